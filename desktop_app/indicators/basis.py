"""What a formula is evaluated over: the companies that gave every input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.catalogue.formula import Formula
    from desktop_app.indicators.amount import Amount
    from desktop_app.indicators.amounts import Calculator
    from desktop_app.models.values import Period


@dataclass(frozen=True)
class Basis:
    """What a formula is evaluated over: which companies, and in ``calculator`` which of their months."""

    calculator: Calculator
    members: frozenset[int] | None
    missing: frozenset[int] = frozenset()
    returned: frozenset[int] = frozenset()
    partial: frozenset[int] = frozenset()
    on_companies: bool = False
    """Whether any input is summed over companies; figures of the region itself are then taken as they are."""

    def inputs(self, formula: Formula, period: Period) -> dict[str, Amount]:
        """Amounts of the formula's direct inputs."""
        return {code: self.amount(code, period) for code in formula.inputs}

    def amount(self, code: str, period: Period) -> Amount:
        """What the companies that are meant come to."""
        kept = self.on_companies and self.calculator.rests_on_companies(self.calculator.catalogue.indicator(code))
        return self.calculator.over(code, period, self.members if kept else None)
