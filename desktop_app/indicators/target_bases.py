"""Targets against the ledger's own base figures: 倒算的上年数, 文件给出的基期数, increments beyond the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from desktop_app.catalogue.model import Indicator
from desktop_app.catalogue.targets import Measure, Target
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.comparable import comparable_base
from desktop_app.indicators.figures import Scope
from desktop_app.indicators.growth import implied_base
from desktop_app.indicators.results.targets import TargetConflict
from desktop_app.indicators.target_conflicts import conflict_of, growth_pairs, implied_words, place_of
from desktop_app.indicators.target_pace import amount_text, beyond_whole
from desktop_app.indicators.target_reach import standing_period
from desktop_app.indicators.targets import aim_of, applies, base_of
from desktop_app.models.values import Comparator, Month, Period, PeriodKind, quantize


def find_base_conflicts(calculator: Calculator, targets: Sequence[Target], scope: Scope) -> tuple[TargetConflict, ...]:
    """What the ledger contradicts: bases of this area's targets, and shares that can never be reached here."""
    known = calculator.catalogue.indicators
    found: list[TargetConflict] = []
    for level, growth in growth_pairs(targets):
        words = implied_base_words(calculator, level, growth, scope)
        if words:
            indicator = known[level.indicator or ""]
            found.append(conflict_of("base", indicator.code, indicator.name, [level, growth], words))
    for target in targets:
        target_indicator = known.get(target.indicator or "")
        if target_indicator is None or target.measure is Measure.STATED or not applies(target, target_indicator, scope):
            continue
        for kind, words in _own(calculator, target, target_indicator, scope):
            found.append(conflict_of(kind, target_indicator.code, target_indicator.name, [target], words))
    return tuple(found)


def implied_base_words(calculator: Calculator, level: Target, growth: Target, scope: Scope) -> str:
    """Why the base that value and growth ask for is not the ledger's; empty where it is, or nothing can be said.

    The value is taken as it stands, the growth as rounded to its last digit. Over a break of the series only a
    comparable base (可比口径) is held against it.
    """
    indicator = calculator.catalogue.indicators.get(level.indicator or "")
    if indicator is None or not applies(level, indicator, scope) or level.region != scope.region:
        return ""
    if Comparator.GT in {level.comparator, growth.comparator} or level.value is None or growth.value is None:
        return ""
    asked, own = base_asked_and_known(calculator, indicator, level, growth, scope)
    if asked is None or own is None:
        return ""
    half = Fraction(1, 2 * 10 ** max(-int(growth.value.normalize().as_tuple().exponent), 0))
    aim = aim_of(calculator, level) or Fraction(0)
    low = implied_base(aim, Fraction(growth.value) + half)
    high = implied_base(aim, Fraction(growth.value) - half)
    if low is None or high is None or low <= own <= high:
        return ""
    gap = (own - asked) / asked * 100
    return (
        f"{place_of(level)}定{level.text_of_value}、{growth.text_of_value}，"
        f"{implied_words(level, growth, calculator.catalogue.units)}，"
        f"台账上年为{amount_text(indicator, own, scope)}，相差{quantize(abs(gap), 1)}%；请核对目标或上年的数"
    )


def base_asked_and_known(
    calculator: Calculator, indicator: Indicator, level: Target, growth: Target, scope: Scope
) -> tuple[Fraction | None, Fraction | None]:
    """Last year's figure that a level with its growth asks for, and the ledger's own whole one; base units."""
    asked = implied_base(aim_of(calculator, level) or Fraction(0), Fraction(growth.value or 0))
    if indicator.kind.adds_over_months:
        period = Period(PeriodKind.YTD, Month(level.due.year, 1), level.due)
    else:
        period = Period.of_month(level.due)
    comparable = comparable_base(calculator, indicator, period, scope.members)
    if comparable is not None:
        return asked, comparable
    before = period.previous_year()
    if indicator.break_between(before.last, level.due) is not None:
        return asked, None
    own = calculator.amount(indicator.code, before, scope.members)
    return asked, own.value if own.complete or not indicator.kind.adds_over_companies else None


def _own(calculator: Calculator, target: Target, indicator: Indicator, scope: Scope) -> Iterator[tuple[str, str]]:
    if target.region == scope.region and target.base_value is not None and target.base_month is not None:
        unit = calculator.catalogue.units[target.unit]
        own = calculator.amount(indicator.code, standing_period(indicator, target.base_month), scope.members)
        whole = own.complete or not indicator.kind.adds_over_companies
        decimals = max(-int(target.base_value.as_tuple().exponent), 0)
        if own.value is not None and whole and not target.measure.is_rate:
            ours = quantize(own.value / Fraction(unit.factor), decimals)
            if ours != target.base_value:
                stated = f"{target.base_month.label}基期数是{target.base_value:f}{target.unit}"
                yield "base", f"{place_of(target)}给出的{stated}，台账是{ours:f}{target.unit}；请核对"
    base = base_of(calculator, target, indicator, scope)
    top = beyond_whole(target, indicator, aim_of(calculator, target), base)
    if top is not None:
        start = "" if target.measure is Measure.LEVEL or base is None else _start_words(target, base)
        yield (
            "impossible",
            f"{place_of(target)}定{target.text_of_value}，{start}到期要到{quantize(top, 1)}%，超过100%，本地办不到",
        )


def _start_words(target: Target, base: Fraction) -> str:
    return f"本地{target.start.label}已是{quantize(base, 1)}%，"
