"""Charts of 快递进村: twelve months of 通达率, and the modes that serve villages now."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.catalogue.format import format_pct
from desktop_app.charts import ChartKind, ChartSpec, Series, TargetLine
from desktop_app.indicators.coverage import CoverageBook, definition_text
from desktop_app.indicators.figures import one_decimal
from desktop_app.models.values import CoverageMode, Month, months_between
from desktop_app.services import charting

TREND_MONTHS = 12
REACH_TARGET = Decimal(90)
"""建制村快递服务通达率 2025: > 90 % (“十四五”邮政业发展规划 专栏1); one place for cards and charts."""


def trend_chart(book: CoverageBook, last: Month, definition: str) -> ChartSpec:
    """通达率 over twelve months with the line of the 2025 target."""
    months = months_between(last.shift(1 - TREND_MONTHS), last)
    values = tuple(one_decimal(book.snapshot(m).rate_pct(definition)) if book.started(m) else None for m in months)
    known = [value for value in values if value is not None]
    floor = Decimal(int(min([*known, REACH_TARGET])) // 10 * 10 - 10) if known else None
    return ChartSpec(
        kind=ChartKind.LINE,
        title="建制村通达率" if definition == "any" else definition_text(definition),
        unit="%",
        categories=charting.month_labels(months),
        series=(Series(definition_text(definition), values),),
        decimals=1,
        keys=tuple(str(m) for m in months),
        targets=(TargetLine(REACH_TARGET, f"2025年目标 {format_pct(REACH_TARGET, 0)}%"),)
        if definition == "any"
        else (),
        minimum=max(floor, Decimal(0)) if floor is not None else None,
        maximum=Decimal(100),
        reason="" if known else f"{months[0].label}至{last.label}没有进村数据",
    )


def modes_chart(book: CoverageBook, last: Month) -> ChartSpec:
    """Villages served by each mode in the month (several modes may hold in one village)."""
    snapshot = book.snapshot(last)
    started = book.started(last) and bool(snapshot.villages)
    counts = [sum(mode in v.modes for v in snapshot.villages) for mode in CoverageMode] if started else []
    order = sorted(zip(CoverageMode, counts, strict=False), key=lambda pair: -pair[1])
    return ChartSpec(
        kind=ChartKind.RANK,
        title="进村方式",
        unit="村",
        categories=tuple(mode.value for mode, _ in order),
        series=(Series("村数", tuple(Decimal(count) for _, count in order)),),
        keys=tuple(mode.value for mode, _ in order),
        captions=tuple(f"{count} 村" for _, count in order),
        reason="" if started else f"{last.label}没有进村数据",
        note="一村可有多种方式",
    )
