"""对比: several indicators over 24 months or five years, brought to one base, as growth, or as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from desktop_app.catalogue.format import DASH, format_pct, format_pp
from desktop_app.catalogue.model import Indicator
from desktop_app.charts import ChartKind, ChartSpec, Series
from desktop_app.errors import UserError
from desktop_app.indicators.figures import (
    amount_text,
    break_words,
    completeness,
    growth_over_year,
    moves_in_points,
    one_decimal,
    points_unit,
)
from desktop_app.indicators.indexed import index_number
from desktop_app.indicators.pivot import Subject, printed_number
from desktop_app.models.values import CellState, Month, Period, months_between
from desktop_app.services import context
from desktop_app.services.charting import PART_ROLES, month_labels
from desktop_app.services.figures import find_indicator, regions_with_figures
from desktop_app.services.results.figures import Choice
from desktop_app.services.results.pivot import CompareBoard, CompareRow, CompareView, PivotCell
from desktop_app.services.subjects import needed, years_of
from desktop_app.storage.engine import Ledger

MOST = len(PART_ROLES)
"""Indicators that are told apart in one chart, in colour and on a mono print."""
SPANS = (24, 60)
"""Months: two years, five years."""
_MONTHS_TOLD = 3
"""Months with somebody lacking that are told one by one."""
LEAST_MONTHS = 12
"""Shown even when the figures begin later."""


@dataclass(frozen=True)
class _Line:
    """One indicator over the months: its amounts, and what is shown of them."""

    indicator: Indicator
    subject: Subject
    cells: tuple[PivotCell, ...]


def compare_board(
    ledger: Ledger,
    codes: Sequence[str],
    last: Month,
    *,
    months: int = SPANS[0],
    view: CompareView = CompareView.INDEX,
    base: Month | None = None,
    enterprise_id: int | None = None,
    region: str | None = None,
) -> CompareBoard:
    """Indicators side by side up to ``last``.

    :param base: month whose figure is 100; default the first month in which every indicator has one.
    :raises UserError: unknown indicator or region, none, or more than four.
    """
    indicators = [find_indicator(ledger, code) for code in dict.fromkeys(codes)]
    if not 1 <= len(indicators) <= MOST:
        raise UserError(f"一次可对比 1 到 {MOST} 个指标", hint="请增减指标")
    if region is not None:
        context.check_region(ledger, region)
    scope = context.scope(ledger, region, enterprise_id)
    span = months_between(last.shift(1 - months), last)
    years = range(span[0].year - 1, last.year + 1)
    subjects = [
        Subject(i.code, i.name, i.code, years_of(ledger, needed(ledger, i), years, region), scope) for i in indicators
    ]
    span = _told(subjects, span)
    usable = _bases(subjects, span)
    chosen = base if base in usable else (usable[0] if usable else None)
    lines = [
        _Line(i, s, tuple(_cell(s, i, m, view, chosen) for m in span))
        for i, s in zip(indicators, subjects, strict=True)
    ]
    notes = _notes(lines, span, view, chosen)
    return CompareBoard(
        codes=tuple(each.code for each in indicators),
        region=scope.region,
        chart=replace(_chart(lines, span, view, chosen), note="；".join(notes)),
        names=tuple(line.indicator.name for line in lines),
        units=tuple(_unit(line, view) for line in lines),
        rows=tuple(
            CompareRow(str(month), month.label, tuple(line.cells[n] for line in lines)) for n, month in enumerate(span)
        ),
        view=view,
        base=str(chosen) if chosen is not None else "",
        bases=tuple(Choice(str(month), month.label) for month in usable),
        notes=notes,
        regions=regions_with_figures(ledger),
    )


def _told(subjects: Sequence[Subject], span: list[Month]) -> list[Month]:
    """Without the months before the first figure of any indicator; a year at least is left."""
    first = next(
        (n for n, m in enumerate(span) if any(s.amount(Period.of_month(m)).value is not None for s in subjects)), 0
    )
    return span[min(first, max(len(span) - LEAST_MONTHS, 0)) :]


def _bases(subjects: Sequence[Subject], span: Sequence[Month]) -> list[Month]:
    """Months in which every indicator that has any figure has a positive one."""
    values = [[s.amount(Period.of_month(month)).value for month in span] for s in subjects]
    told = [row for row in values if any(value is not None for value in row)]
    if not told:
        return []
    return [month for n, month in enumerate(span) if all((row[n] or 0) > 0 for row in told)]


def _cell(subject: Subject, indicator: Indicator, month: Month, view: CompareView, base: Month | None) -> PivotCell:
    period = Period.of_month(month)
    amount = subject.amount(period)
    scale = subject.scope.scale
    number: Decimal | None
    match view:
        case CompareView.VALUE:
            text = amount_text(indicator, amount, scale)
            number = printed_number(text) if amount.value is not None else None
        case CompareView.YOY:
            number = one_decimal(growth_over_year(subject.calculator(period), indicator, period, subject.scope).rate)
            text = format_pp(number) if moves_in_points(indicator) else format_pct(number, signed=True)
        case CompareView.INDEX:
            number = one_decimal(_index(subject, indicator, period, amount.value, base))
            text = format_pct(number)
    if number is None and amount.state is not CellState.VALUE:
        text = amount.state.label or DASH
    lacking = "" if amount.complete else completeness(amount, subject.scope.names).words
    return PivotCell(text, number, amount.state, amount.value, indicator.base_unit, lacking)


def _index(
    subject: Subject, indicator: Indicator, period: Period, value: Fraction | None, base: Month | None
) -> Fraction | None:
    """Against the base month; refused over a break in the series, on either side of the base."""
    if base is None:
        return None
    start = Period.of_month(base)
    earlier, later = sorted((start, period), key=lambda each: each.last)
    if break_words(subject.calculator(later), indicator, earlier, later):
        return None
    return index_number(value, subject.amount(start).value)


def _lacking_words(line: _Line, span: Sequence[Month]) -> str:
    """Who is not in which month's figure: without a word a low month would be read as one; empty when all are."""
    short = [(month, cell.lacking) for month, cell in zip(span, line.cells, strict=True) if cell.lacking]
    if not short:
        return ""
    told = "；".join(f"{month.label} {words}" for month, words in short[:_MONTHS_TOLD])
    more = f"等 {len(short)} 个月" if len(short) > _MONTHS_TOLD else ""
    return f"{line.indicator.name}：{told}{more}，不作 0 计"


def _unit(line: _Line, view: CompareView) -> str:
    if view is CompareView.VALUE:
        return line.indicator.display[line.subject.scope.scale].unit.name
    if view is CompareView.INDEX:
        return "基期=100"
    return points_unit(line.indicator, line.subject.scope.scale).removeprefix("个") or "%"


def _chart(lines: Sequence[_Line], span: Sequence[Month], view: CompareView, base: Month | None) -> ChartSpec:
    """All lines in one picture, as long as they are in one unit."""
    units = dict.fromkeys(_unit(line, view) for line in lines)
    empty = not any(cell.value is not None for line in lines for cell in line.cells)
    reason = ""
    if empty:
        reason = f"{span[0].label}至{span[-1].label}没有这些指标的数据" + (
            "，不能算同比" if view is CompareView.YOY else ""
        )
    elif view is CompareView.VALUE and len(units) > 1:
        reason = f"单位不同（{'、'.join(units)}），不能画在一张图里；请看定基指数或同比，数值见下表"
    elif view is CompareView.YOY and len(units) > 1:
        reason = "增速（%）与增减（百分点）不能画在一张图里；数值见下表"
    title = {
        CompareView.INDEX: f"定基指数（{base.label if base else '基期'}=100）",
        CompareView.YOY: "同比",
        CompareView.VALUE: "各月数值",
    }[view]
    display = lines[0].indicator.display[lines[0].subject.scope.scale]
    drawn = (
        ()
        if reason
        else tuple(
            Series(line.indicator.short, tuple(cell.value for cell in line.cells), role)
            for line, role in zip(lines, PART_ROLES, strict=False)
        )
    )
    return ChartSpec(
        kind=ChartKind.LINE,
        title=title,
        unit=next(iter(units)) if view is not CompareView.INDEX else "",
        categories=month_labels(list(span)),
        series=drawn,
        decimals=display.decimals if view is CompareView.VALUE else 1,
        keys=tuple(str(month) for month in span),
        reason=reason,
        minimum=_floor([cell.value for line in lines for cell in line.cells], view),
    )


def _floor(values: Sequence[Decimal | None], view: CompareView) -> Decimal | None:
    """Growth may fall below zero; an index is drawn from 0."""
    known = [value for value in values if value is not None]
    if view is not CompareView.YOY or not known or min(known) >= 0:
        return None
    return Decimal(int(min(known)) // 10 * 10 - 10)


def _notes(lines: Sequence[_Line], span: Sequence[Month], view: CompareView, base: Month | None) -> tuple[str, ...]:
    notes: list[str] = []
    if not any(cell.value is not None for line in lines for cell in line.cells):
        return ()
    for line in lines:
        if words := _lacking_words(line, span):
            notes.append(words)
        gaps = sum(1 for cell in line.cells if cell.state is not CellState.VALUE)
        if gaps:
            notes.append(f"{line.indicator.name}：{len(span)} 个月中 {gaps} 个月没有数，图上断开，不作 0")
        calc = line.subject.calculator(Period.of_month(span[-1]))
        words = break_words(calc, line.indicator, Period.of_month(span[0]), Period.of_month(span[-1]))
        if words and view is CompareView.INDEX:
            notes.append(words.partition("；")[0] + "，断点另一侧不算指数")
    if view is CompareView.INDEX and base is None:
        notes.append("没有一个月这些指标都有大于 0 的数，不能定基")
    return tuple(notes)
