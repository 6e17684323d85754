"""Progress of targets (目标进度): what is reached, how far it should be by now, what each month must still bring.

序时进度 is the share of the period that has passed; last year's months give the seasonal pace. A plan of several years
is followed along the straight line from its base to its target.
"""

from __future__ import annotations

from fractions import Fraction

from desktop_app.catalogue.format import DASH, format_amount, format_pct, format_pp
from desktop_app.catalogue.model import Indicator
from desktop_app.catalogue.targets import Measure, Target
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.figures import Scope, exact, one_decimal
from desktop_app.indicators.results.targets import Standing, TargetProgress
from desktop_app.indicators.target_pace import Needed, needed, pace_note, pace_share, unjudged_words
from desktop_app.indicators.target_reach import UPWARD, Reached, is_ceiling, path_of, reach, standing_period
from desktop_app.models.values import CellState, Comparator, Month


def target_progress(calculator: Calculator, target: Target, month: Month, scope: Scope) -> TargetProgress:
    """One target as of the end of ``month``, held against the scope's own figure."""
    indicator = calculator.catalogue.indicators.get(target.indicator or "")
    aim = aim_of(calculator, target)
    base = base_of(calculator, target, indicator, scope)
    if target.measure is Measure.STATED or indicator is None or not applies(target, indicator, scope):
        reached = Reached(None, "", CellState.NOT_APPLICABLE)
    else:
        reached = reach(calculator, target, indicator, aim, base, month, scope)
    standing = _standing(target, indicator, reached, aim, month, scope)
    unjudged = unjudged_words(target, standing, scope)
    share = None if unjudged or indicator is None else pace_share(target, reached, aim)
    rest = Needed(None, note=unjudged)
    if indicator is not None and not unjudged:
        met = reached.value is not None and aim is not None and target.comparator.met(reached.value, aim)
        rest = needed(target, indicator, reached, aim, base, scope, met=met)
    counted = target.measure in {Measure.LEVEL, Measure.INCREMENT} and target.comparator in UPWARD
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
        straight_pct=one_decimal(share),
        seasonal_pct=one_decimal(reached.seasonal),
        expected=exact(reached.expected),
        needed_per_month=exact(rest.per_month),
        needed_text=rest.text,
        standing=standing,
        text=target.text,
        scope=target.scope,
        nature=target.nature,
        pace_note=unjudged
        or ("" if share is not None or indicator is None else pace_note(target, indicator, reached, aim, month, scope)),
        needed_note=rest.note,
        gaps=reached.gaps,
    )


def applies(target: Target, indicator: Indicator, scope: Scope) -> bool:
    """Whether the target can be held against the scope's figure: its own area's, or a rate set by an area above it.

    A total set for a wider area says nothing about one county's total, but that there be none (不发生) does. A part of
    an area (城区) is not what we have, unless the indicator itself is of that part (主要品牌).
    """
    if target.region == scope.region:
        return not target.scope or target.scope in indicator.name + indicator.definition
    none = target.comparator is Comparator.LE and target.value == 0
    rate = none or target.measure.is_rate or not indicator.kind.adds_over_companies
    return target.binds(scope.region) and rate and not target.scope


# ----------------------------------------------------------------------------------------------- aim and base


def aim_of(calculator: Calculator, target: Target) -> Fraction | None:
    """The target value in base units, growth in %; 1 for what is to be done."""
    if target.value is None:
        return Fraction(1) if target.comparator is Comparator.DONE else None
    return target.in_base_units(target.value, calculator.catalogue.units[target.unit].factor)


def base_of(calculator: Calculator, target: Target, indicator: Indicator | None, scope: Scope) -> Fraction | None:
    """The base: our own figure of the base period where the target is our area's, else what the document gives.

    A document that names no base period starts the December before its first year.

    Sums in which somebody or some month is lacking are no base: they would stand low and make every pace look good.
    """
    if indicator is None or target.measure is Measure.STATED:
        return None
    if not applies(target, indicator, scope):
        return stated_base(calculator, target)
    own = calculator.amount(indicator.code, standing_period(indicator, target.start), scope.members)
    if own.value is not None and (own.complete or not indicator.kind.adds_over_companies):
        return own.value
    return stated_base(calculator, target) if target.region == scope.region else None


def stated_base(calculator: Calculator, target: Target) -> Fraction | None:
    """The base that the document gives, in base units: its own area's, whoever's the ledger is."""
    if target.base_value is None:
        return None
    return target.in_base_units(target.base_value, calculator.catalogue.units[target.unit].factor)


# ----------------------------------------------------------------------------------------------- standing


def _standing(
    target: Target, indicator: Indicator | None, reached: Reached, aim: Fraction | None, month: Month, scope: Scope
) -> Standing:
    if target.measure is Measure.STATED:
        return Standing.STATED
    if indicator is None:
        return Standing.WORDED
    if not applies(target, indicator, scope):
        return Standing.ELSEWHERE
    if reached.value is None or aim is None:
        return Standing.SILENT
    return _judged(target, indicator, reached, aim, month)


def _judged(target: Target, indicator: Indicator, reached: Reached, aim: Fraction, month: Month) -> Standing:
    met = reached.value is not None and target.comparator.met(reached.value, aim)
    if not target.measure.is_rate and is_ceiling(target, indicator, reached, aim):
        return _under_the_ceiling(reached, aim, met=met, over=month >= target.due)
    if not met:
        return _on_its_way(target, reached, aim)
    # A growth can be lost again: before the period is over it is on track and no more.
    return Standing.ON_TRACK if target.measure.is_rate and month < target.due else Standing.MET


def _under_the_ceiling(reached: Reached, aim: Fraction, *, met: bool, over: bool) -> Standing:
    """A cap is kept when the period is over; before, no more of it may be used up than the months that have passed."""
    if over and met:
        return Standing.MET
    path = path_of(reached, aim)
    used = reached.value or Fraction(0)
    return Standing.ON_TRACK if met and (path is None or used <= path) else Standing.BEHIND


def _on_its_way(target: Target, reached: Reached, aim: Fraction) -> Standing:
    path = path_of(reached, aim)
    value = reached.value or Fraction(0)
    if path is None:
        return Standing.BEHIND if target.measure is Measure.YOY else Standing.OPEN
    ahead = value <= path if target.comparator in {Comparator.LE, Comparator.LT} else value >= path
    return Standing.ON_TRACK if ahead else Standing.BEHIND


# ----------------------------------------------------------------------------------------------- words


def _reached_text(target: Target, indicator: Indicator | None, reached: Reached, scope: Scope) -> str:
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
