"""透视: one indicator by month, quarter or year × company, town or part, with totals and shares."""

from __future__ import annotations

from desktop_app.catalogue.model import Indicator
from desktop_app.charts import ChartKind, ChartSpec, Role, Series
from desktop_app.indicators.figures import points_unit
from desktop_app.indicators.pivot import Subject, lacking_line, line_of, rest_of
from desktop_app.models.values import CellState, Month, Period, PeriodKind, months_between
from desktop_app.services import context
from desktop_app.services.charting import month_labels
from desktop_app.services.figures import find_indicator, regions_with_figures
from desktop_app.services.results.pivot import (
    Axis,
    LineKind,
    Measure,
    PivotBoard,
    PivotLine,
    PivotTable,
    Stretch,
)
from desktop_app.services.subjects import Field, field_of
from desktop_app.storage.engine import Ledger

SHARE_NOTE = "比重各自四舍五入到一位小数，相加可能与 100 差 0.1 或略多"
INCOMPLETE_NOTE = "有企业未报或退回的期间，合计只含已报的企业，未报不作 0 计；比重按已报的企业算"
LEAST_MONTHS = 12
"""Shown even when the figures begin later."""
MOST_TOTALLED_YEARS = 5
"""A total over a longer stretch would reach beyond the figures that one calculation sees."""


def periods_of(stretch: Stretch, last: Month) -> tuple[Period, ...]:
    """The columns, oldest first; the running year of a yearly table is January up to the month (累计)."""
    match stretch:
        case Stretch.YEAR:
            return tuple(Period.of_month(m) for m in months_between(Month(last.year, 1), last))
        case Stretch.MONTHS_12 | Stretch.MONTHS_24 | Stretch.YEARS_10:
            count = {Stretch.MONTHS_12: 12, Stretch.MONTHS_24: 24, Stretch.YEARS_10: 120}[stretch]
            return tuple(Period.of_month(m) for m in months_between(last.shift(1 - count), last))
        case Stretch.QUARTERS:
            ends = [last.shift(-(last.month % 3) - 3 * back) for back in range(7, -1, -1)]
            return tuple(Period(PeriodKind.QUARTER, end.shift(-2), end) for end in ends)
        case Stretch.YEARS_5:
            whole = [Period.year(year) for year in range(last.year - 4, last.year)]
            return (*whole, Period.year(last.year) if last.month == 12 else Period.to_date(last))


def pivot_board(
    ledger: Ledger,
    code: str,
    last: Month,
    *,
    axis: Axis = Axis.COMPANY,
    stretch: Stretch = Stretch.MONTHS_12,
    measure: Measure = Measure.VALUE,
    region: str | None = None,
) -> PivotBoard:
    """The pivot of one indicator up to ``last``, every cell as ``indicator`` gives it.

    :raises UserError: unknown indicator or region.
    """
    indicator = find_indicator(ledger, code)
    if region is not None:
        context.check_region(ledger, region)
    periods = periods_of(stretch, last)
    field = field_of(ledger, indicator, axis, periods, region)
    periods = _told(field, periods)
    table = _table(indicator, field, periods, measure, axis)
    charts = tuple(_chart(table, line, periods) for line in table.lines)
    return PivotBoard(table, charts, regions_with_figures(ledger), axis, field.whole.scope.region)


def _told(field: Field, periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """Without the periods before the first figure: nobody was asked then. A year at least is left."""
    everybody = (field.whole, *field.rows)
    first = next((n for n, p in enumerate(periods) if any(s.amount(p).value is not None for s in everybody)), 0)
    least = LEAST_MONTHS if periods[-1].kind is PeriodKind.MONTH else 1
    return periods[min(first, max(len(periods) - least, 0)) :]


def _table(indicator: Indicator, field: Field, periods: tuple[Period, ...], measure: Measure, axis: Axis) -> PivotTable:
    whole = field.whole
    span = _total_period(periods, measure)
    columns = periods if span is None else (*periods, span)
    lines = [line_of(row, columns, measure, whole) for row in field.rows]
    if axis is Axis.COMPANY:
        lines = [line for line in lines if any(c.state is not CellState.NOT_APPLICABLE for c in line.cells)]
    total = line_of(whole, columns, measure, whole, LineKind.TOTAL)
    if lines or any(each.value is not None for each in total.cells):
        lines.insert(0, total)
    if axis is Axis.TOWN and measure is Measure.VALUE and indicator.kind.adds_over_companies and field.rows:
        lines.extend(filter(None, [rest_of(field.rows, whole, columns, "未分到乡镇")]))
    lacking = lacking_line(whole, columns) if lines else None
    lines[1:1] = [lacking] if lacking is not None else []
    notes = [field.reason] if field.reason and lines else []
    notes += [SHARE_NOTE] * (measure is Measure.SHARE and bool(lines)) + [INCOMPLETE_NOTE] * (lacking is not None)
    return PivotTable(
        code=indicator.code,
        name=indicator.name,
        unit=_unit(indicator, whole, measure),
        decimals=indicator.display[whole.scope.scale].decimals if measure is Measure.VALUE else 1,
        heads=(*_heads(periods), *([_total_head(indicator, periods)] if span is not None else [])),
        keys=(*(str(period) for period in periods), *([_total_key(span)] if span is not None else [])),
        lines=tuple(lines),
        measure=measure,
        notes=tuple(notes),
        reason="" if lines else (field.reason or f"{periods[0].label}至{periods[-1].label}没有{indicator.name}的数据"),
    )


def _unit(indicator: Indicator, whole: Subject, measure: Measure) -> str:
    if measure is Measure.VALUE:
        return indicator.display[whole.scope.scale].unit.name
    points = points_unit(indicator, whole.scope.scale) if measure is Measure.YOY else ""
    return points.removeprefix("个") or "%"


def _heads(periods: tuple[Period, ...]) -> tuple[str, ...]:
    if all(period.kind is PeriodKind.MONTH for period in periods):
        return month_labels([period.last for period in periods])
    return tuple(period.label for period in periods)


def _total_period(periods: tuple[Period, ...], measure: Measure) -> Period | None:
    """The whole stretch as one period, where its columns are months or quarters of a few years.

    Growth is told of a stretch within one year only: another one has no name and no base.
    """
    first, last = periods[0].first, periods[-1].last
    if len(periods) < 2 or periods[-1].kind in (PeriodKind.YEAR, PeriodKind.YTD):
        return None
    if measure in (Measure.YOY, Measure.CONTRIBUTION) and not _one_year(periods):
        return None
    return Period(PeriodKind.YTD, first, last) if last.year - first.year < MOST_TOTALLED_YEARS else None


def _total_key(span: Period) -> str:
    return f"{span.first}..{span.last}"


def _one_year(periods: tuple[Period, ...]) -> bool:
    return periods[0].first.month == 1 and periods[0].first.year == periods[-1].last.year


def _total_head(indicator: Indicator, periods: tuple[Period, ...]) -> str:
    if not indicator.kind.adds_over_months and indicator.formula is None:
        return "期末"
    return "累计" if _one_year(periods) else "全期"


def _chart(table: PivotTable, line: PivotLine, periods: tuple[Period, ...]) -> ChartSpec:
    """A line of the table over its periods."""
    cells = line.cells[: len(periods)]
    series = Series(line.name, tuple(each.value for each in cells), Role.CURRENT)
    empty = not any(each.value is not None for each in cells)
    return ChartSpec(
        kind=ChartKind.LINE,
        title=f"{line.name} · {table.name}" if line.kind is LineKind.ROW else table.name,
        unit=table.unit,
        categories=table.heads[: len(periods)],
        series=(series,),
        decimals=table.decimals,
        keys=table.keys[: len(periods)],
        reason=f"{line.name}在这段时间没有{table.name}的数" if empty else "",
    )
