"""快递进村 in rates: by township, brand, mode or month; the pace towards the targets; what has fallen back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from desktop_app.catalogue.format import WHOLE_PCT, format_pct
from desktop_app.charts import ChartKind, ChartSpec, Role, Series
from desktop_app.errors import UserError
from desktop_app.indicators.coverage import CoverageBook
from desktop_app.indicators.figures import one_decimal
from desktop_app.indicators.results.rural_rates import RateRow, RateTable, RuralWatch, TargetPace
from desktop_app.indicators.rural_rates import PACE_MONTHS, Pace, only_brand, only_mode, pace_to, rate_row, relapses
from desktop_app.models.values import CoverageMode, Month, months_between
from desktop_app.services import charting, context
from desktop_app.services.results.rural import RuralBoard
from desktop_app.services.rural import rural_board, towns_of
from desktop_app.services.rural_charts import REACH_TARGET, TREND_MONTHS
from desktop_app.storage.engine import Ledger

GROUPS = ("town", "brand", "mode", "month")
NEVER_ARRIVES = "按现在的进度不会达到"


@dataclass(frozen=True)
class ReachTarget:
    """A target of 通达率. ``above``: the rate must exceed it."""

    name: str
    due: Month
    aim: Decimal
    above: bool

    @property
    def text(self) -> str:
        """≥95% or >90%; 100% without ≥, for no share is higher."""
        if self.aim == WHOLE_PCT and not self.above:
            return f"{format_pct(self.aim, 0)}%"
        return f"{'>' if self.above else '≥'}{format_pct(self.aim, 0)}%"


REACH_TARGETS = (
    ReachTarget(
        "2022年底村村通快递（快递进村三年行动方案，符合条件的建制村）", Month(2022, 12), Decimal(100), above=False
    ),
    ReachTarget("2025年建制村通达率（“十四五”邮政业发展规划 专栏1）", Month(2025, 12), REACH_TARGET, above=True),
)


def rate_table(ledger: Ledger, month: Month, by: str = "town") -> RateTable:
    """Every rate of every group as of ``month``; months: the last twelve.

    :raises UserError: unknown kind of group.
    """
    if by not in GROUPS:
        raise UserError(f"不能按“{by}”分", hint=f"可用 {'、'.join(GROUPS)}")
    book = context.coverage_book(ledger)
    snapshot = book.snapshot(month)
    total = rate_row("", "全县", snapshot.villages, snapshot.majors, month)
    note = ""
    match by:
        case "town":
            rows = [rate_row(code, name, group, snapshot.majors, month) for code, name, group in towns_of(snapshot)]
        case "brand":
            rows = [
                rate_row(brand, brand, [only_brand(v, brand) for v in snapshot.villages], (brand,), month)
                for brand in book.brands
            ]
            note = "按品牌时，“至少3个”和“全通”只看这一个品牌，站点只数该品牌记录里写的"
        case "mode":
            rows = [
                rate_row(
                    mode.value, mode.value, [only_mode(v, mode) for v in snapshot.villages], snapshot.majors, month
                )
                for mode in CoverageMode
            ]
            note = "一村可有多种方式，各行相加会超过全县；站点只数该方式的记录里写的"
        case _:
            rows = [_month_row(book, each) for each in months_between(month.shift(1 - TREND_MONTHS), month)]
    return RateTable(by, tuple(rows), total, snapshot.majors, note)


def _month_row(book: CoverageBook, month: Month) -> RateRow:
    """A month before the first record has villages and no rates."""
    snapshot = book.snapshot(month)
    first = book.first_month()
    if first is None or month < first:
        return RateRow(str(month), month.label, len(snapshot.villages), 0, *(None,) * 5, 0, None, 0, None, None)
    return rate_row(str(month), month.label, snapshot.villages, snapshot.majors, month)


def watched_board(ledger: Ledger, month: Month, definition: str = "any") -> RuralBoard:
    """The board of the tab with what has to be watched.

    :raises UserError: unknown definition.
    """
    board = rural_board(ledger, month, definition)
    if board.empty_reason:
        return board
    stacked = modes_over_time(context.coverage_book(ledger), month)
    return replace(board, watch=rural_watch(ledger, month), modes_trend=stacked)


_STACKED = (
    ("直投", {CoverageMode.DIRECT}, Role.PART_1),
    ("邮快", {CoverageMode.POST}, Role.PART_2),
    ("快快", {CoverageMode.SHARED}, Role.PART_3),
    ("其他方式", set(CoverageMode) - {CoverageMode.DIRECT, CoverageMode.POST, CoverageMode.SHARED}, Role.PART_4),
)
"""Four parts can be told apart in print; 交邮, 快商, 第三方 and 驻村设点 are one."""


def modes_over_time(book: CoverageBook, last: Month) -> ChartSpec:
    """Villages by mode over twelve months, stacked; a village with two modes counts in both."""
    months = months_between(last.shift(1 - TREND_MONTHS), last)
    first = book.first_month()

    def counts(month: Month) -> tuple[Decimal | None, ...]:
        """One number a part, in one walk over the villages."""
        if first is None or month < first:
            return (None,) * len(_STACKED)
        found = [0] * len(_STACKED)
        for village in book.snapshot(month).villages:
            used = {mode for fact in village.records.values() if fact.state.served for mode in fact.modes}
            for part, (_, modes, _) in enumerate(_STACKED):
                found[part] += not used.isdisjoint(modes)
        return tuple(Decimal(number) for number in found)

    by_part = list(zip(*(counts(month) for month in months), strict=True))
    series = tuple(Series(name, by_part[part], role) for part, (name, _, role) in enumerate(_STACKED))
    return ChartSpec(
        kind=ChartKind.STACKED,
        title="进村方式构成",
        unit="村",
        categories=charting.month_labels(months),
        series=series,
        keys=tuple(str(month) for month in months),
        reason="" if first is not None and first <= last else f"{months[0].label}至{last.label}没有进村数据",
        note="一村有几种方式就各计一次；其他方式为交邮、快商、第三方、驻村设点",
    )


def rural_watch(ledger: Ledger, month: Month) -> RuralWatch:
    """Targets with the month at which the present pace arrives, and every brand that has fallen back."""
    book = context.coverage_book(ledger)
    return RuralWatch(reach_paces(book, month), tuple(relapses(book, month)))


def reach_paces(book: CoverageBook, month: Month) -> tuple[TargetPace, ...]:
    """One line per target: reached, arrives in …, or never at this pace; the formula with its numbers."""
    now = book.snapshot(month).rate_pct("any")
    first = book.first_month()
    earlier = month.shift(-PACE_MONTHS)
    then = book.snapshot(earlier).rate_pct("any") if first is not None and first <= earlier else None
    if first is None or month < first:
        now = None
    return tuple(_paced(target, month, now, then) for target in REACH_TARGETS)


def _paced(target: ReachTarget, month: Month, now: Fraction | None, then: Fraction | None) -> TargetPace:
    def line(words: str, formula: str = "", arrival: Month | None = None, *, late: bool = False) -> TargetPace:
        value = one_decimal(now)
        reached_on = "" if arrival is None else str(arrival)
        return TargetPace(target.name, str(target.due), target.text, value, words, formula, reached_on, late)

    if now is None:
        return line("还没有进村数据")
    aim = Fraction(target.aim)
    if now > aim or (now == aim and not target.above):
        return line("已达到", arrival=month)
    if then is None:
        return line(f"记录不足 {PACE_MONTHS} 个月，不推算")
    pace = pace_to(now, then, month, aim, above=target.above)
    formula = _formula(pace, month)
    if pace.arrival is None:
        return line(NEVER_ARRIVES, formula, late=True)
    late = pace.arrival > target.due
    return line(
        f"按现在的进度：{pace.arrival.label}达到{'，晚于期限' if late else ''}", formula, pace.arrival, late=late
    )


def _formula(pace: Pace, month: Month) -> str:
    """近6个月直线：（本月 − 6个月前）÷ 6."""
    now, then = format_pct(pace.now), format_pct(pace.then)
    monthly = format_pct(pace.monthly, 2, signed=True)
    earlier = month.shift(-PACE_MONTHS)
    return (
        f"近{PACE_MONTHS}个月直线推算：（{month} {now}% − {earlier} {then}%）÷ {PACE_MONTHS} = 每月 {monthly} 个百分点"
    )
