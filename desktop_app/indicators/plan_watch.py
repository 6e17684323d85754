"""规划监测: targets as rows of the printed table, and where a plan stands in its middle (中期评估)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from desktop_app.catalogue.format import MINUS
from desktop_app.catalogue.model import Indicator, Unit
from desktop_app.catalogue.targets import Measure, Target
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.figures import Scope, completeness, one_decimal
from desktop_app.indicators.growth import average_growth_pct
from desktop_app.indicators.results.plan_watch import Grade, MidTermLine, Quantity, WatchLine
from desktop_app.indicators.results.targets import Standing, TargetProgress
from desktop_app.indicators.target_pace import elsewhere_words
from desktop_app.indicators.target_reach import standing_period
from desktop_app.indicators.targets import applies, stated_base
from desktop_app.models.values import (
    YES_NO_UNIT,
    CellState,
    Comparator,
    Month,
    months_between,
    plain,
    quantize,
)

_MOST_DECIMALS = 4
_LEAST_YEARS = 2
"""A plan of one year has no middle."""
_MEASURED = ("增速", "增长", "增量", "增幅", "新增", "增加")
_WORDED_UNITS = {"‱": "万分比"}
"""The bundled fonts have no sign for it."""
_GRADES = {
    Standing.MET: Grade.MET,
    Standing.ON_TRACK: Grade.ON_TRACK,
    Standing.BEHIND: Grade.BEHIND,
    Standing.OPEN: Grade.UNDER_WAY,
}


# ----------------------------------------------------------------------------------------------- numbers in one unit


def decimals_in(indicator: Indicator, unit: Unit, scale: str) -> int:
    """Decimals in a unit, as fine as printed at this scale: a county's 亿件 have more than a nation's."""
    usual = indicator.display[scale]
    finer = (unit.factor / usual.unit.factor).adjusted()
    return min(max(usual.decimals + finer, 0), _MOST_DECIMALS)


def _in_unit(
    calculator: Calculator, target: Target, value: Fraction | None, scale: str, *, state: CellState | None = None
) -> Quantity:
    """An amount of ours in the document's unit."""
    indicator = calculator.catalogue.indicators.get(target.indicator or "")
    if value is None or indicator is None:
        return Quantity(state=state)
    unit = calculator.catalogue.units[target.unit]
    rate = target.measure.is_rate
    if unit.name == YES_NO_UNIT:
        return Quantity("是" if value else "否")
    number = quantize(
        value if rate else value / Fraction(unit.factor), 1 if rate else decimals_in(indicator, unit, scale)
    )
    return Quantity(_signed(f"{abs(number):f}", number), number, "%" if rate else unit.name)


def _stated(number: Decimal | None, unit: str, sign: str = "") -> Quantity:
    """A number as the document gives it."""
    if number is None:
        return Quantity()
    return Quantity(sign + _signed(plain(abs(number)), number), number, unit)


def _signed(text: str, number: Decimal) -> str:
    return MINUS + text if number < 0 else text


# ----------------------------------------------------------------------------------------------- the year


def watch_line(calculator: Calculator, target: Target, found: TargetProgress, month: Month, scope: Scope) -> WatchLine:
    """A target with its progress as a row of 年度监测."""
    value = None if found.value is None else Fraction(found.value)
    grade = _grade(target, found, month)
    return WatchLine(
        code=target.code,
        indicator=target.indicator or "",
        period=str(min(month, target.due)),
        name=_name(target),
        unit=_unit_words(target),
        nature=target.nature,
        base=_base(calculator, target, found, scope.scale),
        target=_aim(target),
        value=_in_unit(calculator, target, value, scope.scale, state=_state(found)),
        completion_pct=found.completion_pct,
        straight_pct=found.straight_pct,
        seasonal_pct=found.seasonal_pct,
        grade=grade,
        reason=_reason(target, found, grade, scope),
        clause=target.clause,
    )


def _name(target: Target) -> str:
    """Name with what of it is meant, where the name does not say so itself, and whose."""
    told = target.measure is Measure.LEVEL or any(word in target.name for word in _MEASURED)
    return (
        target.name
        + ("" if told else target.measure.label)
        + (f"（{target.scope}）" if target.scope and target.scope not in target.name else "")
    )


def _unit_words(target: Target) -> str:
    if target.measure is Measure.INCREMENT and target.unit == "%":
        return "百分点"
    return _WORDED_UNITS.get(target.unit, target.unit)


def _aim(target: Target) -> Quantity:
    if target.unit == YES_NO_UNIT:
        return Quantity("做到")
    lead = {Measure.INCREMENT: "增加", Measure.CHANGE: "增幅"}.get(target.measure, "")
    return _stated(target.value, target.unit, lead + target.comparator.value)


def _base(calculator: Calculator, target: Target, found: TargetProgress, scale: str) -> Quantity:
    """What the document gives, unless our own figure of the base period is another one."""
    if target.measure.is_rate or found.baseline is None:
        # Of a growth the base is an amount, in another unit than the rate of the row.
        return Quantity() if target.measure.is_rate else _stated(target.base_value, target.unit)
    base = Fraction(found.baseline)
    stated = stated_base(calculator, target)
    return _stated(target.base_value, target.unit) if base == stated else _in_unit(calculator, target, base, scale)


def _state(found: TargetProgress) -> CellState | None:
    if found.standing is Standing.ELSEWHERE or found.state in {CellState.VALUE, CellState.NOT_APPLICABLE}:
        return None
    return found.state


def _grade(target: Target, found: TargetProgress, month: Month) -> Grade:
    grade = _GRADES.get(found.standing, Grade.NO_DATA)
    over = month >= target.due and grade in {Grade.ON_TRACK, Grade.BEHIND, Grade.UNDER_WAY}
    return Grade.MISSED if over else grade


def _reason(target: Target, found: TargetProgress, grade: Grade, scope: Scope) -> str:
    if found.standing is Standing.ELSEWHERE:
        return elsewhere_words(target, scope)
    if grade is Grade.NO_DATA:
        return found.basis if found.basis.endswith("计算") else f"{found.basis}{found.value_text}".strip()
    due = Month.parse(found.due)
    more = {Grade.UNDER_WAY: found.pace_note, Grade.MISSED: f"{due.label}到期"}.get(grade, "")
    return "；".join(part for part in (found.basis, found.gaps, more) if part)


# ----------------------------------------------------------------------------------------------- the middle


def mid_term(
    calculator: Calculator, target: Target, found: TargetProgress, kin: Sequence[Target], month: Month, scope: Scope
) -> MidTermLine | None:
    """Where a target of several years stands at the end of the last whole year; None for what has no middle.

    :param kin: the targets of the same document; a rate or an increment set for the same thing is quoted beside.
    """
    indicator = calculator.catalogue.indicators.get(target.indicator or "")
    start = target.base_month
    if indicator is None or start is None or target.measure is not Measure.LEVEL or target.value is None:
        return None
    years = (len(months_between(start, target.due)) - 1) // 12
    base = stated_base(calculator, target) if found.baseline is None else Fraction(found.baseline)
    # Another area's base says what the plan asks for, never what has been reached here.
    own_base = None if found.baseline is None else base
    if years < _LEAST_YEARS or base is None or target.unit == YES_NO_UNIT:
        return None
    aim = target.in_base_units(target.value, calculator.catalogue.units[target.unit].factor)
    passed = min((len(months_between(start, month)) - 1) // 12, years) if month > start else 0
    middle, state, gaps = _middle(calculator, target, indicator, start.shift(12 * passed), passed, scope)
    geometric = indicator.kind.adds_over_companies
    factor = Fraction(calculator.catalogue.units[target.unit].factor)

    def yearly(one: Fraction | None, other: Fraction | None, count: int) -> Fraction | None:
        if one is None or other is None or count < 1:
            return None
        return average_growth_pct(other, one, count) if geometric else (other - one) / factor / count

    planned, reached = yearly(base, aim, years), yearly(own_base, middle, passed)
    grade = _mid_grade(target, middle, aim, planned, reached, over=passed == years)
    return MidTermLine(
        code=target.code,
        indicator=indicator.code,
        period=str(start.shift(12 * passed)),
        name=_name(target),
        unit=_unit_words(target),
        base=_base(calculator, target, found, scope.scale),
        middle=_in_unit(calculator, target, middle, scope.scale, state=state),
        target=_aim(target),
        base_year=start.year,
        middle_year=start.year + passed if passed else None,
        due_year=target.due.year,
        rate_unit="%" if geometric else "个百分点" if target.unit == "%" else target.unit,
        planned=one_decimal(planned),
        stated=_kin_words(target, kin),
        reached=one_decimal(reached),
        needed=None if grade is Grade.MET else one_decimal(yearly(middle, aim, years - passed)),
        grade=grade,
        reason=_mid_reason(
            target,
            indicator,
            found,
            scope,
            middle=middle,
            start=start,
            passed=passed,
            gaps=gaps,
            based=own_base is not None,
        ),
        clause=target.clause,
    )


def _middle(
    calculator: Calculator, target: Target, indicator: Indicator, last: Month, passed: int, scope: Scope
) -> tuple[Fraction | None, CellState | None, str]:
    """The figure of the last whole year, its state where there is none, and who is lacking in it."""
    if not passed or not applies(target, indicator, scope):
        return None, None, ""
    now = calculator.amount(indicator.code, standing_period(indicator, last), scope.members)
    if now.value is None:
        return None, now.state, ""
    return now.value, None, completeness(now, scope.names).words


def _kin_words(target: Target, kin: Sequence[Target]) -> str:
    """“10.3”, “≥15”, “累计>40”: what the document itself says of the yearly rate or of the whole increment."""
    key = (target.indicator, target.scope, target.due)
    for other in kin:
        if other.value is None or (other.indicator, other.scope, other.due) != key:
            continue
        if other.measure is Measure.AVERAGE:
            return f"{other.comparator.value}{plain(other.value)}"
        if other.measure is Measure.INCREMENT:
            return f"累计{other.comparator.value}{plain(other.value)}"
    return ""


def _mid_grade(
    target: Target,
    middle: Fraction | None,
    aim: Fraction,
    planned: Fraction | None,
    reached: Fraction | None,
    *,
    over: bool,
) -> Grade:
    if middle is None:
        return Grade.NO_DATA
    if target.comparator.met(middle, aim):
        # A growth can be lost again before the period is over.
        return Grade.MET if over or not target.measure.is_rate else Grade.ON_TRACK
    if over:
        return Grade.MISSED
    if planned is None or reached is None:
        return Grade.UNDER_WAY
    down = target.comparator in {Comparator.LE, Comparator.LT}
    return Grade.ON_TRACK if (reached <= planned if down else reached >= planned) else Grade.BEHIND


def _mid_reason(
    target: Target,
    indicator: Indicator,
    found: TargetProgress,
    scope: Scope,
    *,
    middle: Fraction | None,
    start: Month,
    passed: int,
    gaps: str,
    based: bool,
) -> str:
    if not applies(target, indicator, scope):
        return _reason(target, found, Grade.NO_DATA, scope)
    if not passed:
        return f"{start.year + 1}年满后评估"
    last = start.shift(12 * passed)
    return (
        f"{last.label}未报"
        if middle is None
        else "；".join(filter(None, (last.label, gaps, "" if based else "没有本地基期数")))
    )
