"""What a part brings to the growth of its whole: 拉动 in points, 贡献率 in %."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.comparable import comparable_base
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
    rebased: bool = False
    """Whether the bases are comparable ones (可比口径), as the growth of the whole is."""

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


class Side(NamedTuple):
    """A part or a whole: an indicator of some companies, in the calculator of its place."""

    calculator: Calculator
    code: str
    members: frozenset[int] | None

    def amount(self, period: Period) -> Fraction | None:
        """Its amount in a period."""
        return self.calculator.amount(self.code, period, self.members).value

    def comparable(self, period: Period) -> Fraction | None:
        """Its comparable base, where one is entered."""
        indicator = self.calculator.catalogue.indicator(self.code)
        return comparable_base(self.calculator, indicator, period, self.members)

    def base(self, period: Period) -> Fraction | None:
        """Its base as published."""
        return base_of(self.calculator, self.code, period, self.members)


def move_of(part: Side, whole: Side, period: Period) -> Move:
    """What a part brings to the growth of its whole, on the base on which that growth is computed.

    Nothing of parts (分项) that some company has not given beside the whole: they would fall, and pull, by all that is
    not told of them. Nothing either where the whole grows on a comparable base and the part has none: pulls on the
    published base would add up to another growth than the one beside them.
    """
    both_years = (period, period.previous_year())
    if part.code != whole.code and not all(_told_alike(part, whole, each) for each in both_years):
        return Move(None, None, None, None)
    rebased = whole.comparable(period)
    if rebased is not None:
        return Move(part.amount(period), part.comparable(period), whole.amount(period), rebased, rebased=True)
    return Move(part.amount(period), part.base(period), whole.amount(period), whole.base(period))


def _told_alike(part: Side, whole: Side, period: Period) -> bool:
    """Whether everybody who gave the whole gave the part too."""
    both = part.calculator.together((part.code, whole.code), period, part.members)
    return [each.value for each in both] == [part.amount(period), whole.amount(period)]
