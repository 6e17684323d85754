"""What an indicator rests on, whatever the period: its inputs, and whether companies give them."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_app.catalogue.model import Catalogue, Indicator, Kind, Owner, SeasonFigure
from desktop_app.indicators.facts import Facts
from desktop_app.models.values import Month


@dataclass(frozen=True)
class Ties:
    """Answers of one catalogue over one region's facts, each found once: a pivot asks them ten thousand times."""

    catalogue: Catalogue
    facts: Facts
    _inputs: dict[tuple[str, int, Month | None], tuple[str, ...]] = field(default_factory=dict, repr=False)
    _from_companies: dict[str, bool] = field(default_factory=dict, repr=False)
    _kept: dict[str, bool] = field(default_factory=dict, repr=False)
    _rests: dict[str, bool] = field(default_factory=dict, repr=False)
    _company_inputs: dict[tuple[str, int, Month | None], tuple[Indicator, ...]] = field(
        default_factory=dict, repr=False
    )
    _versioned: bool = field(init=False, repr=False)
    """Whether any indicator was once defined otherwise: only then does the month matter."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_versioned", any(each.earlier for each in self.catalogue.indicators.values()))

    def inputs(self, indicator: Indicator, month: Month | None = None) -> tuple[str, ...]:
        """The reported indicators that a computed one finally rests on, by ``month``'s (or today's) definitions."""
        if indicator.formula is None:
            return (indicator.code,)
        month = month if self._versioned else None
        key = (indicator.code, indicator.definition_version, month)
        if key not in self._inputs:
            found: dict[str, None] = {}
            for code in indicator.formula.inputs:
                child = self.catalogue.indicator(code)
                child = child if month is None else child.at(month)
                for leaf in (code,) if self.facts.knows(code) else self.inputs(child, month):
                    found[leaf] = None
            self._inputs[key] = tuple(found)
        return self._inputs[key]

    def company_inputs(self, indicator: Indicator, month: Month) -> tuple[Indicator, ...]:
        """The indicators summed over companies that a figure rests on: itself, its inputs, or the brands' volume."""
        key = (indicator.code, indicator.definition_version, month if self._versioned else None)
        if key not in self._company_inputs:
            codes = ("MKT.VOL",) if indicator.kind is Kind.INDEX else self.inputs(indicator, month)
            leaves = (indicator,) if self.from_companies(indicator) else map(self.catalogue.indicator, codes)
            self._company_inputs[key] = tuple(leaf for leaf in leaves if self.from_companies(leaf))
        return self._company_inputs[key]

    def rests_on_companies(self, indicator: Indicator) -> bool:
        """Whether the figure is summed over companies, or computed from figures that are."""
        found = self._rests.get(indicator.code)
        if found is None:
            found = indicator.season is SeasonFigure.USUAL or any(
                self.from_companies(self.catalogue.indicator(code))
                for code in (indicator.code, *self.inputs(indicator))
            )
            self._rests[indicator.code] = found
        return found

    def from_companies(self, indicator: Indicator) -> bool:
        """Whether the figure is summed over companies: somebody reported it, or its parts."""
        found = self._from_companies.get(indicator.code)
        if found is None:
            adds = indicator.kind.adds_over_companies
            found = adds and any(self.facts.reporters(code) for code in (indicator.code, *indicator.parts))
            self._from_companies[indicator.code] = found
        return found

    def kept_by_company(self, indicator: Indicator) -> bool:
        """Whether companies give this figure, or every figure that it is computed from."""
        found = self._kept.get(indicator.code)
        if found is None:
            found = self._kept[indicator.code] = self._given_by_company(indicator)
        return found

    def _given_by_company(self, indicator: Indicator) -> bool:
        if indicator.kind in (Kind.COVERAGE, Kind.INDEX, Kind.CATEGORY):
            return False
        leaves = [self.catalogue.indicator(code) for code in self.inputs(indicator)]
        return all(
            self.from_companies(leaf) or (leaf.owner is Owner.COMPANY and not self.facts.has_own(leaf.code))
            for leaf in leaves
        )
