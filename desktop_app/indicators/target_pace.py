"""序时进度 and what the months left must bring (月均需), or in plain words why neither can be said."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from desktop_app.catalogue.format import format_amount, format_pct
from desktop_app.catalogue.model import Indicator, Kind
from desktop_app.catalogue.targets import Measure, Target
from desktop_app.indicators.growth import average_growth_pct
from desktop_app.indicators.results.targets import Standing
from desktop_app.indicators.scope import Scope
from desktop_app.indicators.target_reach import UPWARD, Reached, is_ceiling, path_of
from desktop_app.models.values import NATIONAL_REGION, YES_NO_UNIT, Month, plain, quantize

WHOLE = Fraction(100)
"""Percent that a share of a whole cannot exceed."""


@dataclass(frozen=True)
class Needed:
    """What each month left must bring: ``per_month`` in the indicator's unit with its words, or the reason."""

    per_month: Fraction | None
    text: str = ""
    note: str = ""


def is_share(indicator: Indicator) -> bool:
    """Whether it is a part of a whole in %, which 100 bounds (通达率、使用率); not a ratio of two different things."""
    bounded = indicator.kind in {Kind.RATIO, Kind.COVERAGE} and indicator.base_unit == "%"
    return bounded and ("率" in indicator.name or "比例" in indicator.name or "比重" in indicator.name)


def elsewhere_words(target: Target, scope: Scope) -> str:
    """Why a target is not held against the figures of this ledger."""
    if target.scope:
        return f"只指{target.scope}，台账没有这一部分的数"
    if not target.binds(scope.region):
        return f"是别的地区的目标，不与{scope.region_name or '本地'}比"
    return f"{'全国' if target.region == NATIONAL_REGION else '上级'}总数，不与{scope.region_name or '本地'}比"


def unjudged_words(target: Target, standing: Standing, scope: Scope) -> str:
    """Why nothing is judged at all; empty for a target that is followed."""
    match standing:
        case Standing.STATED:
            return "文件公布的数，不是目标"
        case Standing.WORDED:
            return "文字目标，不以数判断" if target.value is None else "没有登记成指标，台账没有这个数"
        case Standing.ELSEWHERE:
            return elsewhere_words(target, scope)
        case _:
            return ""


def pace_share(target: Target, reached: Reached, aim: Fraction | None) -> Fraction | None:
    """Share of the target in % that should be there by now: the months passed, or the line from the base."""
    if target.measure.is_rate or target.unit == YES_NO_UNIT or target.comparator not in UPWARD:
        return None
    if reached.straight is not None:
        return reached.straight
    return reached.expected / aim * 100 if reached.expected is not None and aim else None


def pace_note(
    target: Target, indicator: Indicator, reached: Reached, aim: Fraction | None, month: Month, scope: Scope
) -> str:
    """Why :func:`pace_share` is None."""
    based = f"没有{target.start.label}的基期数，"
    if target.measure is Measure.YOY:
        note = "同比增速直接看累计同比，没有序时进度"
    elif target.measure.is_rate:
        note = f"{target.measure.label}按整年看，没有序时进度"
    elif target.unit == YES_NO_UNIT:
        note = "做到与否，没有序时进度"
    elif is_ceiling(target, indicator, reached, aim):
        path = path_of(reached, aim)
        cap = "" if path is None else f"，按进度现在应不高于{amount_text(indicator, path, scope)}"
        note = f"是上限，到期末才算数{cap}"
    elif target.comparator not in UPWARD and indicator.kind.adds_over_months:
        note = "越低越好，没有序时进度"
    elif target.comparator not in UPWARD and reached.expected is not None:
        note = f"越低越好，现在应不高于{amount_text(indicator, reached.expected, scope)}"
    elif target.comparator not in UPWARD:
        note = f"越低越好，{based}说不出现在应降到多少"
    elif not aim:
        note = "只要求有升，没有序时进度"
    else:
        note = f"从{target.start.label}起算，还没有开始" if month < target.start else f"{based}说不出应有进度"
    return note


def needed(
    target: Target,
    indicator: Indicator,
    reached: Reached,
    aim: Fraction | None,
    base: Fraction | None,
    scope: Scope,
    *,
    met: bool,
) -> Needed:
    """What each month left must bring for the target to be met when it is due."""
    down = target.comparator not in UPWARD
    if (why := _not_by_month(target, indicator)) and not met:
        return Needed(None, note=why)
    if is_ceiling(target, indicator, reached, aim):
        return _allowance(target, indicator, reached, base, scope)
    if (met and not target.measure.is_rate) or (reached.lacking is not None and (reached.lacking < 0) is not down):
        return Needed(Fraction(0))
    if reached.lacking is None or not reached.months_left:
        silent = reached.unsaid or _silent(target, reached, base)
        return Needed(None, note=silent if reached.lacking is None else "期限已到，没有剩余月份")
    each = reached.lacking / reached.months_left
    words = (
        f"余{reached.months_left}个月，{_verb(target, indicator, reached, down=down)}{_size(indicator, each, scope)}",
        _yearly(target, indicator, reached),
        _out_of_reach(target, indicator, aim, base),
    )
    return Needed(each, "".join(words))


def _allowance(target: Target, indicator: Indicator, reached: Reached, base: Fraction | None, scope: Scope) -> Needed:
    """What each month left may still bring under a cap, or by how much the cap is broken."""
    left = reached.lacking
    if left is None:
        return Needed(None, note=reached.unsaid or _silent(target, reached, base))
    if left < 0:
        return Needed(None, note=f"已超出{amount_text(indicator, -left, scope)}")
    if not reached.months_left:
        return Needed(Fraction(0))
    each = left / reached.months_left
    may = f"月均不超过{_size(indicator, each, scope)}" if each else "不能再增加"
    return Needed(each, f"余{reached.months_left}个月，{may}")


def _not_by_month(target: Target, indicator: Indicator) -> str:
    if target.unit == YES_NO_UNIT:
        return "做到与否，不按月分摊"
    return "位次不按月分摊" if indicator.kind is Kind.RANK else ""


def _silent(target: Target, reached: Reached, base: Fraction | None) -> str:
    if reached.state.label:
        return f"本期{reached.state.label}，算不出月均所需"
    return f"没有{target.start.label}的基期数" if base is None else "没有本期的数"


def _verb(target: Target, indicator: Indicator, reached: Reached, *, down: bool) -> str:
    adds = indicator.kind.adds_over_months
    rolling = target.measure in {Measure.AVERAGE, Measure.CHANGE} or (
        target.measure is Measure.LEVEL and reached.straight is None
    )
    if not adds:
        return "月均需降低" if down else "月均需提高" if indicator.base_unit in {"%", "分"} else "月均需增加"
    if rolling:
        return "近12个月累计月均需减少" if down else "近12个月累计月均需增加"
    return "月均不超过" if down else "月均需"


def _yearly(target: Target, indicator: Indicator, reached: Reached) -> str:
    """“（往后年均需增长15.3%）” for a yearly total that is due whole years from now."""
    rolling = target.measure is Measure.LEVEL and indicator.kind.adds_over_months and reached.straight is None
    if not rolling or reached.value is None or reached.lacking is None or reached.months_left % 12:
        return ""
    rate = average_growth_pct(reached.value + reached.lacking, reached.value, reached.months_left // 12)
    return "" if rate is None else f"（往后年均需增长{format_pct(rate, with_unit=True)}）"


def _out_of_reach(target: Target, indicator: Indicator, aim: Fraction | None, base: Fraction | None) -> str:
    """A share that started at 82.8 % cannot gain 40 points."""
    top = beyond_whole(target, indicator, aim, base)
    return "" if top is None else f"；基期{_share(base)}，到期要到{_share(top)}，超过100%，办不到"


def beyond_whole(target: Target, indicator: Indicator, aim: Fraction | None, base: Fraction | None) -> Fraction | None:
    """The share in % that a target asks for, where it is more than the whole; else None."""
    if aim is None or not is_share(indicator):
        return None
    if target.measure is Measure.LEVEL:
        top = aim
    elif target.measure is Measure.INCREMENT and base is not None:
        top = base + aim
    else:
        return None
    return top if top > WHOLE and target.comparator in UPWARD else None


def _share(value: Fraction | None) -> str:
    return "" if value is None else f"{plain(quantize(value, 1))}%"


def amount_text(indicator: Indicator, value: Fraction, scope: Scope) -> str:
    """An amount as it is printed."""
    return format_amount(indicator, value, scope.scale, with_unit=True)


def _size(indicator: Indicator, each: Fraction, scope: Scope) -> str:
    """A month's part without sign; finer than the indicator prints where that would show nothing but 0."""
    each = abs(each)
    display = indicator.display[scope.scale]
    scaled = each / Fraction(display.unit.factor)
    decimals = display.decimals
    while decimals < display.decimals + 3 and (quantize(scaled, decimals) == 0 or decimals == 0):
        decimals += 1
    unit = "个百分点" if indicator.base_unit == "%" else display.unit.name
    return f"{quantize(scaled, decimals):f}{unit}"
