"""What stands against a target (目标完成数): the value reached, where it should be by now, what is still lacking."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from desktop_app.catalogue.model import Indicator
from desktop_app.catalogue.targets import Measure, Target
from desktop_app.indicators.amounts import Amount, Calculator
from desktop_app.indicators.figures import Scope, completeness, growth_over_year
from desktop_app.indicators.growth import average_growth_pct, change, growth_pct
from desktop_app.models.values import (
    CellState,
    Comparator,
    Month,
    Period,
    PeriodKind,
    cumulative_words,
    months_between,
)

UPWARD = frozenset({Comparator.GE, Comparator.GT})


@dataclass(frozen=True)
class Reached:
    """What stands against the target, and how far the paths say it should be. Amounts in base units, growth in %."""

    value: Fraction | None
    basis: str
    state: CellState = CellState.VALUE
    straight: Fraction | None = None
    """Shares of the target in % (flows of the year)."""
    seasonal: Fraction | None = None
    expected: Fraction | None = None
    months_left: int = 0
    lacking: Fraction | None = None
    """What must still be added by the due month to meet the target exactly, in the indicator's unit; ≤ 0: nothing."""
    unsaid: str = ""
    """Why ``lacking`` is not known although the value is."""
    gaps: str = ""
    """Who is lacking in the value, in words."""


def path_of(reached: Reached, aim: Fraction | None) -> Fraction | None:
    """Where it should be by now: by last year's months where they are known, else by the straight path."""
    share = reached.seasonal if reached.seasonal is not None else reached.straight
    return reached.expected if share is None or aim is None else aim * share / 100


def is_ceiling(target: Target, indicator: Indicator, reached: Reached, aim: Fraction | None) -> bool:
    """Whether the target caps what adds up (全年有效申诉不超过20件): used up by the month, kept only at the end."""
    if aim is None or target.comparator in UPWARD or not indicator.kind.adds_over_months:
        return False
    match target.measure:
        case Measure.YOY:
            return True
        case Measure.INCREMENT:
            return aim >= 0
        case _:
            return aim == 0 or reached.straight is not None


def standing_period(indicator: Indicator, month: Month) -> Period:
    """The period whose figure stands for ``month``: the twelve months up to it for what adds, else the month."""
    if indicator.kind.adds_over_months:
        return Period(PeriodKind.YEAR, month.shift(-11), month)
    return Period.of_month(month)


def months_to(first: Month, last: Month) -> int:
    """Months from one to the other; 0 when the second is not later."""
    return max(len(months_between(first, last)) - 1, 0)


def reach(
    calculator: Calculator,
    target: Target,
    indicator: Indicator,
    aim: Fraction | None,
    base: Fraction | None,
    month: Month,
    scope: Scope,
) -> Reached:
    """What stands against a target at the end of ``month``, or of its due month when that is over."""
    month = min(month, target.due)
    match target.measure:
        case Measure.YOY:
            return _growth(calculator, target, indicator, aim, month, scope)
        case Measure.AVERAGE | Measure.CHANGE:
            return _since_base(calculator, target, indicator, aim, base, month, scope)
        case Measure.INCREMENT:
            return _added(calculator, target, indicator, aim, base, month, scope)
        case _ if indicator.kind.adds_over_months and month.year == target.due.year:
            return _year_to_date(calculator, indicator, target, aim, month, scope)
        case _:
            return _standing_level(calculator, target, indicator, aim, base, month, scope)


def _growth(
    calculator: Calculator, target: Target, indicator: Indicator, aim: Fraction | None, month: Month, scope: Scope
) -> Reached:
    adds = indicator.kind.adds_over_months
    period = Period.to_date(month) if adds else Period.of_month(month)
    now = calculator.amount(indicator.code, period, scope.members)
    growth = growth_over_year(calculator, indicator, period, scope)
    state = now.state if now.value is None else CellState.VALUE if growth.rate is not None else CellState.MISSING
    lacking, unsaid = None, ""
    if not adds:
        unsaid = "不按月累加的数，增速不分摊到月"
    elif growth.broken:
        unsaid = growth.broken
    elif growth.basis:
        unsaid = f"上年的数按{growth.basis}，全年的基数还不全，不折算到月"
    elif now.value is not None and aim is not None:
        whole = Period(PeriodKind.YTD, Month(target.due.year - 1, 1), target.due.shift(-12))
        last_year = calculator.amount(indicator.code, whole, scope.members)
        if month.year != target.due.year or last_year.value is None or not last_year.complete:
            unsaid = f"{target.due.year - 1}年的数不全，算不出全年要多少"
        else:
            lacking = last_year.value * (1 + aim / 100) - now.value
    return Reached(
        growth.rate,
        _words(period),
        state,
        months_left=months_to(month, target.due),
        lacking=lacking,
        unsaid=unsaid,
        gaps=_gaps(now, scope),
    )


def _year_to_date(
    calculator: Calculator, indicator: Indicator, target: Target, aim: Fraction | None, month: Month, scope: Scope
) -> Reached:
    """A year's total: cumulated so far, against the months passed and against last year's course."""
    period = Period.to_date(month)
    now = calculator.amount(indicator.code, period, scope.members)
    straight = Fraction(month.month, target.due.month) * 100
    before = calculator.amount(indicator.code, period.previous_year(), scope.members)
    last_year = calculator.amount(
        indicator.code, Period(PeriodKind.YTD, Month(month.year - 1, 1), target.due.shift(-12)), scope.members
    )
    seasonal = None
    # A course in which somebody or some month is lacking would bend the pace.
    if before.value is not None and last_year.value and before.complete and last_year.complete:
        seasonal = before.value / last_year.value * 100
    return Reached(
        now.value,
        _words(period),
        now.state,
        straight,
        seasonal,
        months_left=months_to(month, target.due),
        lacking=change(aim, now.value),
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
) -> Reached:
    """A level at the end of a month (twelve months for what adds), on the straight line from the base."""
    period = standing_period(indicator, month)
    now = calculator.amount(indicator.code, period, scope.members)
    basis = "近12个月" if indicator.kind.adds_over_months else f"{month.label}"
    return Reached(
        now.value,
        basis,
        now.state,
        expected=on_the_line(target, base, aim, month),
        months_left=months_to(month, target.due),
        lacking=change(aim, now.value),
        gaps=_gaps(now, scope),
    )


def on_the_line(target: Target, base: Fraction | None, aim: Fraction | None, month: Month) -> Fraction | None:
    """Where the straight line from the base to the target stands in ``month``; what was met at the base is held."""
    if base is None or aim is None or month < target.start:
        return None
    whole = months_to(target.start, target.due)
    if whole == 0 or target.comparator.met(base, aim):
        return aim
    return base + (aim - base) * Fraction(months_to(target.start, month), whole)


def _since_base(
    calculator: Calculator,
    target: Target,
    indicator: Indicator,
    aim: Fraction | None,
    base: Fraction | None,
    month: Month,
    scope: Scope,
) -> Reached:
    """Growth since the base over whole years, up to the last one that is over."""
    left = months_to(month, target.due)
    years, planned = months_to(target.start, month) // 12, months_to(target.start, target.due) // 12
    latest = calculator.amount(indicator.code, standing_period(indicator, month), scope.members)
    lacking, unsaid = None, ""
    if base is None:
        unsaid = f"没有{target.start.label}的基期数，算不出到期要多少"
    elif latest.value is None or not latest.complete:
        unsaid = "近12个月的数不全，算不出还差多少" if indicator.kind.adds_over_months else "没有本期的数"
    elif aim is not None:
        grown = 1 + aim / 100
        lacking = base * (grown**planned if target.measure is Measure.AVERAGE else grown) - latest.value
    if years < 1:
        basis = f"{target.start.year + 1}年满后计算"
        return Reached(None, basis, CellState.MISSING, months_left=left, lacking=lacking, unsaid=unsaid)
    last = target.start.shift(12 * years)
    now = calculator.amount(indicator.code, standing_period(indicator, last), scope.members)
    if target.measure is Measure.AVERAGE:
        rate = average_growth_pct(now.value, base, years)
    else:
        rate = growth_pct(now.value, base)
    state = now.state if now.value is None else CellState.VALUE if rate is not None else CellState.MISSING
    return Reached(
        rate,
        f"{target.start.year}—{last.year}年",
        state,
        months_left=left,
        lacking=lacking,
        unsaid=unsaid,
        gaps=_gaps(now, scope),
    )


def _added(
    calculator: Calculator,
    target: Target,
    indicator: Indicator,
    aim: Fraction | None,
    base: Fraction | None,
    month: Month,
    scope: Scope,
) -> Reached:
    """What has been added since the base: the months' sum for what adds, else the difference."""
    left = months_to(month, target.due)
    if month <= target.start:
        return Reached(None, "", CellState.MISSING, months_left=left)
    if indicator.kind.adds_over_months:
        now = calculator.amount(indicator.code, Period(PeriodKind.YEAR, target.start.shift(1), month), scope.members)
        value = now.value
    else:
        now = calculator.amount(indicator.code, Period.of_month(month), scope.members)
        value = change(now.value, base)
    state = now.state if now.value is None else CellState.VALUE if value is not None else CellState.MISSING
    expected = (
        None if aim is None else aim * Fraction(months_to(target.start, month), months_to(target.start, target.due))
    )
    return Reached(
        value,
        f"{target.start.label}以来",
        state,
        expected=expected,
        months_left=left,
        lacking=change(aim, value),
        gaps=_gaps(now, scope),
    )


def _gaps(now: Amount, scope: Scope) -> str:
    """“12 家中 2 家未报”: a sum never stands low in silence."""
    return completeness(now, scope.names).words if now.value is not None else ""


def _words(period: Period) -> str:
    return cumulative_words(period.last) + "累计" if period.kind is PeriodKind.YTD else period.label
