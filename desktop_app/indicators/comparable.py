"""可比口径 of a figure: its own, or computed from the comparable bases of what it is computed from."""

from __future__ import annotations

from collections.abc import Callable
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
    if _of_some_months(calculator, indicator, period, members):
        return True
    codes = ("MKT.VOL",) if indicator.kind is Kind.INDEX else indicator.formula.inputs if indicator.formula else ()
    children = [calculator.catalogue.indicator(code) for code in codes]
    return any(
        comparable_base(calculator, child, period, members) is not None
        or has_unused_base(calculator, child, period, members)
        for child in children
    )


def _of_some_months(
    calculator: Calculator, indicator: Indicator, period: Period, members: frozenset[int] | None
) -> bool:
    """Whether a month of the period has a base of its own, while the period has none."""
    if len(period.months) == 1 or not indicator.kind.adds_over_months:
        return False
    months = map(Period.of_month, period.months)
    return any(_stored(calculator, indicator, month, members) is not None for month in months)


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
    entered = calculator.facts.comparable

    def told(month: Month, span: Span) -> Fraction | None:
        found = entered.get(FactKey(indicator.code, month.key, span, who))
        return None if found is None else Fraction(found, SCALE)

    if period.kind is PeriodKind.MONTH and (own := told(period.last, Span.MONTH)) is not None:
        return own
    if not indicator.kind.adds_over_months or period.first.year != period.last.year:
        return None
    cumulated = _between(period, told)
    return _months(period, told) if cumulated is None else cumulated


_Told = Callable[[Month, Span], Fraction | None]


def _between(period: Period, told: _Told) -> Fraction | None:
    """The 累计 base at the end, less the one before the start: 二季度 = 上半年 − 一季度."""
    end = told(period.last, Span.YTD)
    if end is None or period.first.month == 1:
        return end
    start = told(period.first.shift(-1), Span.YTD)
    return None if start is None or start > end else end - start


def _months(period: Period, told: _Told) -> Fraction | None:
    """The sum of the months' bases, where every month has one."""
    bases = [told(month, Span.MONTH) for month in period.months]
    known = [base for base in bases if base is not None]
    return sum(known, Fraction(0)) if len(known) == len(bases) else None
