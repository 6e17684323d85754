"""可比口径 of a figure: its own, or computed from the comparable bases of what it is computed from."""

from __future__ import annotations

from fractions import Fraction

from desktop_app.catalogue.model import Indicator, Kind
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.facts import FactKey
from desktop_app.indicators.past import PastYears
from desktop_app.models.values import SCALE, Month, Period, PeriodKind, Span


def comparable_base(
    calculator: Calculator, indicator: Indicator, period: Period, members: frozenset[int] | None
) -> Fraction | None:
    """What the year before ``period`` comes to on comparable terms, in base units; None where nothing is entered.

    A computed figure (出港量 = 业务量, 日均 = 业务量 ÷ 天数) takes the bases of its inputs, if every input that adds
    over months has one; inputs that stand (人口、面积) are taken as they were.
    """
    if not calculator.facts.comparable:
        return None
    stored = _stored(calculator, indicator, period, members)
    if stored is not None or indicator.formula is None or indicator.formula.years_back:
        return stored
    before = period.previous_year()
    values: dict[str, Fraction | None] = {}
    rebased = False
    for code in indicator.formula.inputs:
        child = calculator.catalogue.indicator(code)
        base = comparable_base(calculator, child, period, members)
        if base is None and _adds(calculator, child):
            return None
        rebased = rebased or base is not None
        values[code] = calculator.amount(code, before, members).value if base is None else base
    past = PastYears(calculator, before, members)
    return indicator.formula.evaluate(values.__getitem__, before.days, past) if rebased else None


def has_unused_base(
    calculator: Calculator, indicator: Indicator, period: Period, members: frozenset[int] | None
) -> bool:
    """Whether something that the figure is computed from has a comparable base, which the figure does not use."""
    if not calculator.facts.comparable or comparable_base(calculator, indicator, period, members) is not None:
        return False
    codes = ("MKT.VOL",) if indicator.kind is Kind.INDEX else indicator.formula.inputs if indicator.formula else ()
    children = [calculator.catalogue.indicator(code) for code in codes]
    return any(
        comparable_base(calculator, child, period, members) is not None
        or has_unused_base(calculator, child, period, members)
        for child in children
    )


def _adds(calculator: Calculator, indicator: Indicator) -> bool:
    """Whether the figure, or anything that it is computed from, adds over months."""
    leaves = (calculator.catalogue.indicator(code) for code in calculator.inputs(indicator))
    return any(leaf.kind.adds_over_months for leaf in leaves)


def _stored(
    calculator: Calculator, indicator: Indicator, period: Period, members: frozenset[int] | None
) -> Fraction | None:
    if members is not None and len(members) != 1:
        return None
    who = next(iter(members)) if members else None
    span = Span.MONTH if period.kind is PeriodKind.MONTH else Span.YTD
    if span is Span.YTD and period.first != Month(period.last.year, 1):
        return None
    stored = calculator.facts.comparable.get(FactKey(indicator.code, period.last.key, span, who))
    return None if stored is None else Fraction(stored, SCALE)
