"""What a public edition may say of a month: the rules of :mod:`disclosure` over its indicators and periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from desktop_app.catalogue.format import DASH
from desktop_app.catalogue.model import Indicator, Kind
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.disclosure import Contributions, Equation, gives_away, withheld
from desktop_app.indicators.results.figures import Figure
from desktop_app.models.values import CellState, Month, Period

_VOLUME = "MKT.VOL"


@dataclass(frozen=True)
class Publication:
    """Which of ``codes`` (and of the figures that they rest on) must be withheld for a month, and in which respect.

    A month that is withheld makes its year to date withheld too, now and in the months to come: the next cumulative
    figure would otherwise give it away.
    """

    month: frozenset[str]
    cumulative: frozenset[str]
    month_base: frozenset[str]
    """Of the same month a year before: no growth may lead back to it."""
    cumulative_base: frozenset[str]
    previous: frozenset[str]
    """Of the month before."""
    parents: Mapping[str, str] = field(default_factory=dict)
    """Part → its whole: a part with its share in the whole gives the whole away."""

    @property
    def telling(self) -> frozenset[str]:
        """Codes of which this period or its base is withheld: no change of them may be said."""
        return self.month | self.month_base

    def figure(self, figure: Figure) -> Figure:
        """The figure as a public edition prints it: “—” where it is withheld, no growth from a withheld base."""
        code = figure.code
        if code in self.month:
            figure = replace(
                figure, value=None, state=CellState.VALUE, text=DASH, previous_year=None, previous_year_text=DASH,
                yoy_pct=None, previous=None, mom_pct=None, share_pct=None, share_change_pp=None,
            )  # fmt: skip
        if code in self.month_base:
            figure = replace(figure, previous_year=None, previous_year_text=DASH, yoy_pct=None, share_change_pp=None)
        if code in self.previous:
            figure = replace(figure, previous=None, mom_pct=None)
        if code in self.cumulative:
            figure = replace(
                figure, cumulative=None, cumulative_text=DASH, cumulative_label="", cumulative_yoy_pct=None,
                cumulative_share_pct=None, cumulative_share_change_pp=None,
            )  # fmt: skip
        if code in self.cumulative_base:
            figure = replace(figure, cumulative_yoy_pct=None, cumulative_share_change_pp=None)
        return self._without_shares(figure)

    def _without_shares(self, figure: Figure) -> Figure:
        whole = self.parents.get(figure.code, "")
        if whole in self.month:
            figure = replace(figure, share_pct=None, share_change_pp=None)
        if whole in self.month_base:
            figure = replace(figure, share_change_pp=None)
        if whole in self.cumulative:
            figure = replace(figure, cumulative_share_pct=None, cumulative_share_change_pp=None)
        if whole in self.cumulative_base:
            figure = replace(figure, cumulative_share_change_pp=None)
        return figure


def plan_publication(
    calculator: Calculator, codes: Iterable[str], month: Month, period: Period | None = None
) -> Publication:
    """Find what must be withheld when ``codes`` are published for ``month`` and its year to date.

    :param period: a quarter or half year ending with ``month`` in its place: ``month`` of the result is then of it.
    """
    plan = _Plan(calculator, tuple(dict.fromkeys(codes)))
    year_ago = month.shift(-12)
    now = period or Period.of_month(month)
    return Publication(
        month=plan.over(now),
        cumulative=plan.to_date(month),
        month_base=plan.over(now.previous_year()),
        cumulative_base=plan.to_date(year_ago),
        previous=plan.over(now.previous()),
        parents=plan.parents,
    )


def withheld_months(calculator: Calculator, code: str, months: Iterable[Month]) -> frozenset[Month]:
    """The months in which ``code`` by itself must be withheld (charts)."""
    plan = _Plan(calculator, (code,))
    return frozenset(month for month in months if code in plan.hidden(Period.of_month(month)))


class _Plan:
    """Contributions of companies to the published codes and to what they are computed from."""

    def __init__(self, calculator: Calculator, codes: tuple[str, ...]) -> None:
        self._calculator = calculator
        catalogue = calculator.catalogue
        self._published = tuple(catalogue.indicator(code) for code in codes)
        leaves = (leaf for indicator in self._published for leaf in self._rests_on(indicator))
        self._cells = tuple(dict.fromkeys(leaf for leaf in leaves if calculator.additive(leaf)))
        self._equations = tuple(
            Equation(code, catalogue.indicator(code).parts) for code in self._cells if catalogue.indicator(code).parts
        )
        self._known: dict[Period, frozenset[str]] = {}

    @property
    def parents(self) -> dict[str, str]:
        """Part → its whole, of what is published."""
        return {each.code: each.parent for each in self._published if each.parent is not None}

    def _rests_on(self, indicator: Indicator) -> tuple[str, ...]:
        if indicator.kind is Kind.INDEX:
            return (_VOLUME,)
        return self._calculator.inputs(indicator)

    def hidden(self, period: Period, forced: frozenset[str] = frozenset()) -> frozenset[str]:
        """Codes that must be withheld in one period."""
        if forced or period not in self._known:
            cells = {code: self._contributions(code, period) for code in self._cells}
            found = withheld(cells, self._equations, forced)
            found |= {each.code for each in self._published if self._derived_from(each, found, period)}
            if forced:
                return found
            self._known[period] = found
        return self._known[period]

    def to_date(self, month: Month) -> frozenset[str]:
        """Codes that must be withheld in the year up to ``month``: also those of which one of its months is."""
        return self.over(Period.to_date(month))

    def over(self, period: Period) -> frozenset[str]:
        """Codes that must be withheld in a month, or in several: also those of which one of the months is."""
        if len(period.months) == 1:
            return self.hidden(Period.of_month(period.last))
        forced = frozenset().union(*(self.hidden(Period.of_month(each)) for each in period.months))
        return self.hidden(period, forced) | forced

    def _derived_from(self, indicator: Indicator, hidden: frozenset[str], period: Period) -> bool:
        """Whether a computed figure leads back to a withheld one."""
        if not hidden.isdisjoint(self._rests_on(indicator)):
            return True
        if indicator.kind is Kind.INDEX and indicator.rule.startswith("CR"):
            return gives_away(self._brands(period), int(indicator.rule.removeprefix("CR")))
        return False

    def _contributions(self, code: str, period: Period) -> Contributions:
        found: dict[int, Fraction] = {}
        for member in self._calculator.facts.active_members(period.months):
            value = self._calculator.amount(code, period, frozenset({member.id})).value
            if value is not None:
                found[member.id] = value
        return found

    def _brands(self, period: Period) -> list[Fraction]:
        brands: dict[str, Fraction] = {}
        for company, amount in self._contributions(_VOLUME, period).items():
            member = self._calculator.facts.member(company)
            label = member.brand or member.name
            brands[label] = brands.get(label, Fraction(0)) + amount
        return list(brands.values())
