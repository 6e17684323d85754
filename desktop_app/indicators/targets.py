"""Progress of targets (目标进度): what is reached, how far it should be by now, what each month must still bring.

序时进度 is the share of the period that has passed; last year's months give the seasonal pace. A plan of several years
is followed along the straight line from its base to its target.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from desktop_app.catalogue.format import DASH, format_amount, format_pct, format_pp
from desktop_app.catalogue.model import Indicator
from desktop_app.catalogue.targets import Measure, Target
from desktop_app.indicators.amounts import Amount, Calculator
from desktop_app.indicators.figures import Scope, completeness, exact, growth_over_year, one_decimal
from desktop_app.indicators.growth import average_growth_pct, change, growth_pct
from desktop_app.indicators.results.targets import Standing, TargetProgress
from desktop_app.models.values import (
    CellState,
    Comparator,
    Month,
    Period,
    PeriodKind,
    cumulative_words,
    months_between,
)


@dataclass(frozen=True)
class _Reached:
    """What stands against the target, and how far the paths say it should be."""

    value: Fraction | None
    basis: str
    state: CellState = CellState.VALUE
    straight: Fraction | None = None
    """Shares of the target in % (flows of the year)."""
    seasonal: Fraction | None = None
    expected: Fraction | None = None
    months_left: int = 0
    gaps: str = ""
    """Who is lacking in the value, in words."""


def target_progress(calculator: Calculator, target: Target, month: Month, scope: Scope) -> TargetProgress:
    """One target as of the end of ``month``, held against the scope's own figure."""
    indicator = calculator.catalogue.indicators.get(target.indicator or "")
    aim = _aim(calculator, target)
    base = _base(calculator, target, indicator, scope)
    if target.measure is Measure.STATED or indicator is None or not applies(target, indicator, scope):
        reached = _Reached(None, "", CellState.NOT_APPLICABLE)
    else:
        reached = _reach(calculator, target, indicator, aim, base, month, scope)
    standing = _standing(target, indicator, reached, aim, month, scope)
    needed = _needed(target, reached, aim)
    counted = target.measure in {Measure.LEVEL, Measure.INCREMENT} and target.comparator in _UPWARD
    return TargetProgress(
        code=target.code,
        document=target.document,
        clause=target.clause,
        region=target.region,
        indicator=target.indicator or "",
        name=target.name,
        measure=target.measure.value,
        comparator=target.comparator.value,
        target=exact(aim),
        target_text=target.text_of_value,
        unit="%" if target.measure.is_rate or indicator is None else indicator.base_unit,
        due=str(target.due),
        baseline=exact(base),
        baseline_text=_base_text(indicator, base, scope),
        value=exact(reached.value),
        value_text=_reached_text(target, indicator, reached, scope),
        basis=reached.basis,
        state=reached.state,
        completion_pct=one_decimal(
            reached.value / aim * 100 if counted and reached.value is not None and aim else None
        ),
        straight_pct=one_decimal(reached.straight),
        seasonal_pct=one_decimal(reached.seasonal),
        expected=exact(reached.expected),
        needed_per_month=exact(needed),
        needed_text=""
        if needed is None
        else f"余{reached.months_left}个月，月均需{_text(target, indicator, needed, scope)}",
        standing=standing,
        text=target.text,
        scope=target.scope,
        nature=target.nature,
        gaps=reached.gaps,
    )


_UPWARD = frozenset({Comparator.GE, Comparator.GT})


def applies(target: Target, indicator: Indicator, scope: Scope) -> bool:
    """Whether the target can be held against the scope's figure: its own area's, or a rate set by an area above it.

    A total set for a wider area says nothing about one county's total. A part of an area (城区) is not what we have,
    unless the indicator itself is of that part (主要品牌).
    """
    if target.region == scope.region:
        return not target.scope or target.scope in indicator.name + indicator.definition
    rate = target.measure.is_rate or not indicator.kind.adds_over_companies
    return target.binds(scope.region) and rate and not target.scope


# ----------------------------------------------------------------------------------------------- aim and base


def _aim(calculator: Calculator, target: Target) -> Fraction | None:
    if target.value is None:
        return Fraction(1) if target.comparator is Comparator.DONE else None
    return target.in_base_units(target.value, calculator.catalogue.units[target.unit].factor)


def _base(calculator: Calculator, target: Target, indicator: Indicator | None, scope: Scope) -> Fraction | None:
    """The base: our own figure of the base period where the target is our area's, else what the document gives.

    Sums in which somebody or some month is lacking are no base: they would stand low and make every pace look good.
    """
    if indicator is None or target.base_month is None:
        return None
    if not applies(target, indicator, scope):
        return stated_base(calculator, target)
    own = calculator.amount(indicator.code, standing_period(indicator, target.base_month), scope.members)
    if own.value is not None and (own.complete or not indicator.kind.adds_over_companies):
        return own.value
    return stated_base(calculator, target) if target.region == scope.region else None


def stated_base(calculator: Calculator, target: Target) -> Fraction | None:
    """The base that the document gives, in base units: its own area's, whoever's the ledger is."""
    if target.base_value is None:
        return None
    return target.in_base_units(target.base_value, calculator.catalogue.units[target.unit].factor)


def standing_period(indicator: Indicator, month: Month) -> Period:
    """The period whose figure stands for ``month``: the twelve months up to it for what adds, else the month."""
    if indicator.kind.adds_over_months:
        return Period(PeriodKind.YEAR, month.shift(-11), month)
    return Period.of_month(month)


# ----------------------------------------------------------------------------------------------- what was reached


def _reach(
    calculator: Calculator,
    target: Target,
    indicator: Indicator,
    aim: Fraction | None,
    base: Fraction | None,
    month: Month,
    scope: Scope,
) -> _Reached:
    month = min(month, target.due)
    match target.measure:
        case Measure.YOY:
            return _growth(calculator, indicator, month, scope)
        case Measure.AVERAGE | Measure.CHANGE:
            return _since_base(calculator, target, indicator, base, month, scope)
        case Measure.INCREMENT:
            return _added(calculator, target, indicator, aim, base, month, scope)
        case _ if indicator.kind.adds_over_months and month.year == target.due.year:
            return _year_to_date(calculator, indicator, target, month, scope)
        case _:
            return _standing_level(calculator, target, indicator, aim, base, month, scope)


def _growth(calculator: Calculator, indicator: Indicator, month: Month, scope: Scope) -> _Reached:
    period = Period.to_date(month) if indicator.kind.adds_over_months else Period.of_month(month)
    now = calculator.amount(indicator.code, period, scope.members)
    rate = growth_over_year(calculator, indicator, period, scope).rate
    state = now.state if now.value is None else CellState.VALUE if rate is not None else CellState.MISSING
    return _Reached(rate, _words(period), state, gaps=_gaps(now, scope))


def _year_to_date(calculator: Calculator, indicator: Indicator, target: Target, month: Month, scope: Scope) -> _Reached:
    """A year's total: cumulated so far, against the months passed and against last year's course."""
    period = Period.to_date(month)
    now = calculator.amount(indicator.code, period, scope.members)
    straight = Fraction(month.month, target.due.month) * 100
    before = calculator.amount(indicator.code, period.previous_year(), scope.members).value
    last_year = calculator.amount(
        indicator.code, Period(PeriodKind.YTD, Month(month.year - 1, 1), target.due.shift(-12)), scope.members
    ).value
    seasonal = before / last_year * 100 if before is not None and last_year else None
    return _Reached(
        now.value,
        _words(period),
        now.state,
        straight,
        seasonal,
        months_left=target.due.month - month.month,
        gaps=_gaps(now, scope),
    )


def _standing_level(
    calculator: Calculator,
    target: Target,
    indicator: Indicator,
    aim: Fraction | None,
    base: Fraction | None,
    month: Month,
    scope: Scope,
) -> _Reached:
    """A level at the end of a month (twelve months for what adds), on the straight line from the base."""
    period = standing_period(indicator, month)
    now = calculator.amount(indicator.code, period, scope.members)
    expected = _on_the_line(target, base, aim, month)
    basis = "近12个月" if indicator.kind.adds_over_months else f"{month.label}"
    return _Reached(now.value, basis, now.state, expected=expected, gaps=_gaps(now, scope))


def _on_the_line(target: Target, base: Fraction | None, aim: Fraction | None, month: Month) -> Fraction | None:
    """Where the straight line from the base to the target stands in ``month``."""
    if base is None or aim is None or target.base_month is None or month < target.base_month:
        return None
    passed = len(months_between(target.base_month, month)) - 1
    whole = len(months_between(target.base_month, target.due)) - 1
    return base + (aim - base) * Fraction(passed, whole) if whole > 0 else aim


def _since_base(
    calculator: Calculator, target: Target, indicator: Indicator, base: Fraction | None, month: Month, scope: Scope
) -> _Reached:
    """Growth since the base over whole years, up to the last one that is over."""
    if target.base_month is None:
        return _Reached(None, "", CellState.MISSING)
    years = (len(months_between(target.base_month, month)) - 1) // 12
    last = target.base_month.shift(12 * years)
    if years < 1:
        return _Reached(None, f"{target.base_month.year + 1}年满后计算", CellState.MISSING)
    now = calculator.amount(indicator.code, standing_period(indicator, last), scope.members)
    if target.measure is Measure.AVERAGE:
        rate = average_growth_pct(now.value, base, years)
    else:
        rate = growth_pct(now.value, base)
    state = now.state if now.value is None else CellState.VALUE if rate is not None else CellState.MISSING
    return _Reached(rate, f"{target.base_month.year}—{last.year}年", state, gaps=_gaps(now, scope))


def _added(
    calculator: Calculator,
    target: Target,
    indicator: Indicator,
    aim: Fraction | None,
    base: Fraction | None,
    month: Month,
    scope: Scope,
) -> _Reached:
    """What has been added since the base: the months' sum for what adds, else the difference."""
    if target.base_month is None or month <= target.base_month:
        return _Reached(None, "", CellState.MISSING)
    if indicator.kind.adds_over_months:
        now = calculator.amount(
            indicator.code, Period(PeriodKind.YEAR, target.base_month.shift(1), month), scope.members
        )
        value = now.value
    else:
        now = calculator.amount(indicator.code, Period.of_month(month), scope.members)
        value = change(now.value, base)
    state = now.state if now.value is None else CellState.VALUE if value is not None else CellState.MISSING
    expected = _on_the_line(target, Fraction(0), aim, month)
    return _Reached(value, f"{target.base_month.label}以来", state, expected=expected, gaps=_gaps(now, scope))


def _gaps(now: Amount, scope: Scope) -> str:
    """“12 家中 2 家未报”: a sum never stands low in silence."""
    return completeness(now, scope.names).words if now.value is not None else ""


def _words(period: Period) -> str:
    return cumulative_words(period.last) + "累计" if period.kind is PeriodKind.YTD else period.label


# ----------------------------------------------------------------------------------------------- standing


def _standing(
    target: Target, indicator: Indicator | None, reached: _Reached, aim: Fraction | None, month: Month, scope: Scope
) -> Standing:
    if target.measure is Measure.STATED:
        return Standing.STATED
    if indicator is None:
        return Standing.OPEN
    if not applies(target, indicator, scope):
        return Standing.ELSEWHERE
    if reached.value is None or aim is None:
        return Standing.SILENT
    if not target.comparator.met(reached.value, aim):
        return _on_its_way(target, reached, aim)
    # A growth can be lost again: before the period is over it is on track and no more.
    return Standing.ON_TRACK if target.measure.is_rate and month < target.due else Standing.MET


def _on_its_way(target: Target, reached: _Reached, aim: Fraction) -> Standing:
    path = _path(reached, aim)
    value = reached.value or Fraction(0)
    if path is None:
        return Standing.BEHIND if target.measure is Measure.YOY else Standing.OPEN
    ahead = value <= path if target.comparator in {Comparator.LE, Comparator.LT} else value >= path
    return Standing.ON_TRACK if ahead else Standing.BEHIND


def _path(reached: _Reached, aim: Fraction) -> Fraction | None:
    """Where it should be by now: by last year's months where they are known, else by the straight path."""
    share = reached.seasonal if reached.seasonal is not None else reached.straight
    return reached.expected if share is None else aim * share / 100


def _needed(target: Target, reached: _Reached, aim: Fraction | None) -> Fraction | None:
    if not reached.months_left or reached.value is None or aim is None or target.comparator not in _UPWARD:
        return None
    return max(aim - reached.value, Fraction(0)) / reached.months_left


# ----------------------------------------------------------------------------------------------- words


def _reached_text(target: Target, indicator: Indicator | None, reached: _Reached, scope: Scope) -> str:
    if reached.value is None:
        return DASH if reached.state is CellState.VALUE else reached.state.label or DASH
    return _text(target, indicator, reached.value, scope)


def _base_text(indicator: Indicator | None, base: Fraction | None, scope: Scope) -> str:
    """The base is an amount of the indicator's, whatever the target says of it."""
    if indicator is None or base is None:
        return DASH
    return format_amount(indicator, base, scope.scale, with_unit=True)


def _text(target: Target, indicator: Indicator | None, value: Fraction, scope: Scope) -> str:
    if indicator is None:
        return DASH
    if target.measure.is_rate:
        return format_pct(value, with_unit=True)
    if target.measure is Measure.INCREMENT and indicator.base_unit == "%":
        return format_pp(value, with_unit=True)
    return format_amount(indicator, value, scope.scale, with_unit=True)
