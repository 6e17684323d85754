"""Earlier years of a period, for the formulas that look back (年均增速、倍数)."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop_app.indicators.growth import average_growth_pct

if TYPE_CHECKING:
    from desktop_app.indicators.amount import Amount
    from desktop_app.indicators.amounts import Calculator
    from desktop_app.models.values import Period


@dataclass
class PastYears:
    """Earlier years of a period for ``ago()`` and ``cagr()``; remembers what it was asked for."""

    calculator: Calculator
    period: Period
    members: frozenset[int] | None
    asked: list[Amount] = field(default_factory=list)

    def ago(self, code: str, years: int) -> Fraction | None:
        """The same period so many years before; None over a break in the series."""
        then = self.period.years_before(years)
        if self.calculator.catalogue.indicator(code).break_between(then.last, self.period.last) is not None:
            return None
        found = self.calculator.amount(code, then, self.members)
        self.asked.append(found)
        return found.value

    def average_growth(self, code: str, years: int) -> Fraction | None:
        """年均增速 over so many years, the base year not counted."""
        now = self.calculator.amount(code, self.period, self.members)
        return average_growth_pct(now.value, self.ago(code, years), years)

    def concentration(self, code: str, count: int) -> Fraction | None:
        """CRn of the brands; one company has none."""
        if self.members is not None:
            return None
        found = self.calculator.concentration(f"CR{count}", code, self.period, None)
        self.asked.append(found)
        return found.value
