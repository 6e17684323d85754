"""What stands against a target (目标完成数): the value reached, where it should be by now, what is still lacking."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from desktop_app.catalogue.model import Indicator
from desktop_app.catalogue.targets import Measure, Target
from desktop_app.indicators.amounts import NOTHING, Amount, Calculator
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


@dataclass(frozen=True)
class _Course:
    """One target on its way: whose figures, what is aimed at, from which base, as of which month."""

    calculator: Calculator
    target: Target
    indicator: Indicator
    aim: Fraction | None
    base: Fraction | None
    month: Month
    scope: Scope

    def amount(self, period: Period) -> Amount:
        return self.calculator.amount(self.indicator.code, period, self.scope.members)

    def standing(self, month: Month) -> Amount:
        return self.amount(standing_period(self.indicator, month))

    def last_year(self) -> Amount:
        """The year before the due one up to the same month."""
        due = self.target.due
        return self.amount(Period(PeriodKind.YTD, Month(due.year - 1, 1), due.shift(-12)))

    def reached(self, now: Amount, basis: str) -> Reached:
        """A value that stands as it is: what it lacks is its distance from the aim."""
        return self.derived(now, now.value, basis, lacking=change(self.aim, now.value))

    def derived(
        self, now: Amount, value: Fraction | None, basis: str, *, lacking: Fraction | None = None, unsaid: str = ""
    ) -> Reached:
        """A value made from ``now``: not known where ``now`` is, or where what it is held against is not."""
        return Reached(
            value,
            basis,
            now.state if now.value is None else CellState.VALUE if value is not None else CellState.MISSING,
            months_left=months_to(self.month, self.target.due),
            lacking=lacking,
            unsaid=unsaid,
            gaps=_gaps(now, self.scope),
        )


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
    course = _Course(calculator, target, indicator, aim, base, month, scope)
    match target.measure:
        case Measure.YOY:
            return _growth(course)
        case Measure.AVERAGE | Measure.CHANGE:
            return _since_base(course)
        case Measure.INCREMENT:
            return _added(course)
        case _ if indicator.kind.adds_over_months and month.year == target.due.year:
            return _year_to_date(course)
        case _:
            return _standing_level(course)


def _growth(course: _Course) -> Reached:
    """Growth over the same period of the year before, and what the year's growth asks of the months left."""
    adds, due = course.indicator.kind.adds_over_months, course.target.due
    period = Period.to_date(course.month) if adds else Period.of_month(course.month)
    now = course.amount(period)
    growth = growth_over_year(course.calculator, course.indicator, period, course.scope)
    lacking, unsaid = None, ""
    if not adds:
        unsaid = "不按月累加的数，增速不分摊到月"
    elif growth.broken:
        unsaid = growth.broken
    elif growth.basis:
        unsaid = f"上年的数按{growth.basis}，全年的基数还不全，不折算到月"
    elif now.value is not None and course.aim is not None:
        before = course.last_year()
        if course.month.year != due.year or before.value is None or not before.complete:
            unsaid = f"{due.year - 1}年的数不全，算不出全年要多少"
        else:
            lacking = before.value * (1 + course.aim / 100) - now.value
    return course.derived(now, growth.rate, _words(period), lacking=lacking, unsaid=unsaid)


def _year_to_date(course: _Course) -> Reached:
    """A year's total: cumulated so far, against the months passed and against last year's course."""
    period = Period.to_date(course.month)
    before, last_year = course.amount(period.previous_year()), course.last_year()
    seasonal = None
    # A course in which somebody or some month is lacking would bend the pace.
    if before.value is not None and last_year.value and before.complete and last_year.complete:
        seasonal = before.value / last_year.value * 100
    straight = Fraction(course.month.month, course.target.due.month) * 100
    return replace(course.reached(course.amount(period), _words(period)), straight=straight, seasonal=seasonal)


def _standing_level(course: _Course) -> Reached:
    """A level at the end of a month (twelve months for what adds), on the straight line from the base."""
    basis = "近12个月" if course.indicator.kind.adds_over_months else course.month.label
    expected = on_the_line(course.target, course.base, course.aim, course.month)
    return replace(course.reached(course.standing(course.month), basis), expected=expected)


def on_the_line(target: Target, base: Fraction | None, aim: Fraction | None, month: Month) -> Fraction | None:
    """Where the straight line from the base to the target stands in ``month``; what was met at the base is held."""
    if base is None or aim is None or month < target.start:
        return None
    whole = months_to(target.start, target.due)
    if whole == 0 or target.comparator.met(base, aim):
        return aim
    return base + (aim - base) * Fraction(months_to(target.start, month), whole)


def _since_base(course: _Course) -> Reached:
    """Growth since the base over whole years, up to the last one that is over."""
    target, base = course.target, course.base
    years, planned = months_to(target.start, course.month) // 12, months_to(target.start, target.due) // 12
    latest = course.standing(course.month)
    lacking, unsaid = None, ""
    if base is None:
        unsaid = f"没有{target.start.label}的基期数，算不出到期要多少"
    elif latest.value is None or not latest.complete:
        adds = course.indicator.kind.adds_over_months
        unsaid = "近12个月的数不全，算不出还差多少" if adds else "没有本期的数"
    elif course.aim is not None:
        grown = 1 + course.aim / 100
        lacking = base * (grown**planned if target.measure is Measure.AVERAGE else grown) - latest.value
    if years < 1:
        return course.derived(NOTHING, None, f"{target.start.year + 1}年满后计算", lacking=lacking, unsaid=unsaid)
    last = target.start.shift(12 * years)
    now = course.standing(last)
    if target.measure is Measure.AVERAGE:
        rate = average_growth_pct(now.value, base, years)
    else:
        rate = growth_pct(now.value, base)
    return course.derived(now, rate, f"{target.start.year}—{last.year}年", lacking=lacking, unsaid=unsaid)


def _added(course: _Course) -> Reached:
    """What has been added since the base: the months' sum for what adds, else the difference."""
    target, month = course.target, course.month
    if month <= target.start:
        return course.derived(NOTHING, None, "")
    if course.indicator.kind.adds_over_months:
        now = course.amount(Period(PeriodKind.YEAR, target.start.shift(1), month))
        value = now.value
    else:
        now = course.amount(Period.of_month(month))
        value = change(now.value, course.base)
    passed = Fraction(months_to(target.start, month), months_to(target.start, target.due))
    expected = None if course.aim is None else course.aim * passed
    found = course.derived(now, value, f"{target.start.label}以来", lacking=change(course.aim, value))
    return replace(found, expected=expected)


def _gaps(now: Amount, scope: Scope) -> str:
    """“12 家中 2 家未报”: a sum never stands low in silence."""
    return completeness(now, scope.names).words if now.value is not None else ""


def _words(period: Period) -> str:
    return cumulative_words(period.last) + "累计" if period.kind is PeriodKind.YTD else period.label
