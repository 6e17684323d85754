"""What a part brings to the growth of its whole: 拉动 in points, 贡献率 in %."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.figures import break_words
from desktop_app.indicators.growth import contribution_pct, contribution_pp
from desktop_app.models.values import Period


@dataclass(frozen=True)
class Move:
    """A part and its whole in a period and a year before, in base units; None where there is no figure."""

    part: Fraction | None
    part_base: Fraction | None
    whole: Fraction | None
    whole_base: Fraction | None

    @property
    def pull_pp(self) -> Fraction | None:
        """拉动."""
        return contribution_pp(self.part, self.part_base, self.whole_base)

    @property
    def rate_pct(self) -> Fraction | None:
        """贡献率."""
        return contribution_pct(self.part, self.part_base, self.whole, self.whole_base)


def base_of(calculator: Calculator, code: str, period: Period, members: frozenset[int] | None) -> Fraction | None:
    """The figure a year before; 0 of a company that was not open yet: it brings all that it has.

    None over a break in the series: what is counted otherwise brings nothing to a growth.
    """
    before = period.previous_year()
    if break_words(calculator, calculator.catalogue.indicator(code), before, period):
        return None
    if members is not None and len(members) == 1:
        member = calculator.facts.member(next(iter(members)))
        if not any(member.active(month) for month in before.months):
            return Fraction(0)
    return calculator.amount(code, before, members).value


def part_move(calculator: Calculator, whole: str, part: str, period: Period, members: frozenset[int] | None) -> Move:
    """A part (分项) in its whole, over the same companies."""
    return Move(
        calculator.amount(part, period, members).value,
        base_of(calculator, part, period, members),
        calculator.amount(whole, period, members).value,
        base_of(calculator, whole, period, members),
    )
