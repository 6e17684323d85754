"""Chart specifications shared by the tabs and the printed reports."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from desktop_app.catalogue.format import format_pct, format_pp, in_display_unit
from desktop_app.catalogue.model import Indicator
from desktop_app.charts import ChartKind, ChartSpec, Role, Series
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.breakdown import enterprise_rows
from desktop_app.indicators.figures import Scope, share_of
from desktop_app.indicators.results.figures import FigureRow
from desktop_app.models.values import CellState, Month, Period, months_between, plain, quantize

TREND_MONTHS = 24
PART_ROLES = (Role.PART_1, Role.PART_2, Role.PART_3, Role.PART_4)
PEAK_MONTH = 11
"""双11."""


def month_labels(months: list[Month]) -> tuple[str, ...]:
    """“4月”, with the year in front of the first one and of every January: “21年1月”."""
    return tuple(
        f"{m.year % 100:02d}年{m.month}月" if i == 0 or m.month == 1 else f"{m.month}月" for i, m in enumerate(months)
    )


def shown(indicator: Indicator, value: Fraction | None, scale: str) -> Decimal | None:
    """A chart value in the display unit, rounded as printed."""
    return None if value is None else in_display_unit(indicator, value, scale)


def trend_chart(
    calc: Calculator, indicator: Indicator, last: Month, scope: Scope, count: int = TREND_MONTHS
) -> ChartSpec:
    """The indicator over the months up to ``last`` with the line of the same months a year before."""
    months = months_between(last.shift(1 - count), last)
    current = [calc.amount(indicator.code, Period.of_month(m), scope.members).value for m in months]
    before = [calc.amount(indicator.code, Period.of_month(m.shift(-12)), scope.members).value for m in months]
    first_known = next((i for i, value in enumerate(current) if value is not None), None)
    start = max(0, min(first_known or 0, count - 12))
    months, current, before = months[start:], current[start:], before[start:]
    display = indicator.display[scope.scale]
    series = [Series("本期", tuple(shown(indicator, v, scope.scale) for v in current))]
    if any(value is not None for value in before):
        series.append(Series("上年同期", tuple(shown(indicator, v, scope.scale) for v in before), Role.PREVIOUS))
    empty = first_known is None
    return ChartSpec(
        kind=ChartKind.LINE,
        title=indicator.name,
        unit=display.unit.name,
        categories=month_labels(months),
        series=tuple(series),
        decimals=display.decimals,
        keys=tuple(str(m) for m in months),
        reason=f"{months[0].label}至{last.label}没有{indicator.name}的数据" if empty else "",
        note="" if empty else _base_note(months, before),
        minimum=_axis_floor(indicator, [*current, *before]),
        highlights=tuple(i for i, m in enumerate(months) if m.month == PEAK_MONTH)
        if calc.additive(indicator.code)
        else (),
    )


def _base_note(months: list[Month], before: list[Fraction | None]) -> str:
    """Why last year's line is absent or begins late; empty when it is whole."""
    known = [month for month, value in zip(months, before, strict=True) if value is not None]
    if not known:
        return "上年同期无数据"
    return "" if known[0] == months[0] else f"上年同期始于{known[0].label}"


def _axis_floor(indicator: Indicator, values: list[Fraction | None]) -> Decimal | None:
    """Rates near the top are drawn from the ten below their lowest value: from 0 they would be a flat line."""
    if indicator.base_unit != "%":
        return None
    known = [value for value in values if value is not None]
    if not known or min(known) < 50:
        return None
    return Decimal(int(min(known)) // 10 * 10)


def composition_chart(calc: Calculator, indicator: Indicator, last: Month, scope: Scope) -> ChartSpec:
    """Shares of the parts over twelve months, stacked to 100 %."""
    whole = indicator if indicator.parts else calc.catalogue.indicators.get(indicator.parent or "", indicator)
    months = months_between(last.shift(-11), last)
    series = []
    for role, code in zip(PART_ROLES, whole.parts, strict=False):
        values = []
        for m in months:
            period = Period.of_month(m)
            share = share_of(calc, code, whole.code, period, scope.members)
            values.append(None if share is None else quantize(share, 1))
        series.append(Series(calc.catalogue.indicator(code).short, tuple(values), role, code))
    empty = not any(value is not None for s in series for value in s.values)
    reason = f"{whole.name}没有分项" if not whole.parts else f"近 12 个月没有{whole.name}分项的数据"
    return ChartSpec(
        kind=ChartKind.STACKED,
        title=f"{whole.name}构成",
        unit="%",
        categories=month_labels(months),
        series=tuple(series),
        decimals=1,
        keys=tuple(str(m) for m in months),
        maximum=Decimal(100),
        reason=reason if empty else "",
    )


def ranking_chart(calc: Calculator, indicator: Indicator, period: Period, scope: Scope) -> ChartSpec:
    """Companies by size with 拉动 and 贡献率 behind the bar; 未报 and 退回 as words."""
    rows = enterprise_rows(calc, indicator.code, period, scope)
    display = indicator.display[scope.scale]
    values = tuple(None if row.value is None else in_display_unit(indicator, row.value, scope.scale) for row in rows)
    captions = tuple(_with_pull(row) for row in rows)
    rules = calc.catalogue.rules
    limit = rules.threshold("YOY_LIMIT", "limit_pct")
    asked = rules.asks("YOY_LIMIT")
    warned = tuple(i for i, row in enumerate(rows) if asked and row.yoy_pct is not None and abs(row.yoy_pct) > limit)
    known = any(row.state is CellState.VALUE for row in rows)
    pulls = any(row.contribution_pp is not None for row in rows)
    rates = any(row.contribution_pct is not None for row in rows)
    notes = ["数值后为拉动百分点、贡献率" if rates else "数值后为拉动百分点"] * pulls
    notes += [f"橙色：同比超过±{plain(limit)}%"] * bool(warned)
    return ChartSpec(
        kind=ChartKind.RANK,
        title="企业构成",
        unit=display.unit.name,
        categories=tuple(row.name for row in rows),
        series=(Series(indicator.short, values),),
        decimals=display.decimals,
        keys=tuple(row.key for row in rows),
        captions=captions,
        reason="" if known else f"{period.label}没有企业报送{indicator.name}",
        note="；".join(notes),
        warned=warned,
    )


def _with_pull(row: FigureRow) -> str:
    """18.23　+4.1　22.0%: the amount, 拉动 and 贡献率, as far as they are known."""
    words = [row.text]
    if row.contribution_pp is not None:
        words.append(format_pp(row.contribution_pp))
    if row.contribution_pct is not None:
        words.append(f"{format_pct(row.contribution_pct)}%")
    return "　".join(words)
