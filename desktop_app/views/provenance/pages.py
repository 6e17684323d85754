"""From a cell of 透视, 对比, 名次, 旺季日报, 录入 and 已出具 to the address of the figure that stands there."""

from __future__ import annotations

from desktop_app.models.values import CellState
from desktop_app.services.results.daily import DailyItem, DailyKpi, DailyRow, DailySheet
from desktop_app.services.results.entry import CellKey, EntryItem
from desktop_app.services.results.pivot import (
    Axis,
    CompareBoard,
    CompareRow,
    CompareView,
    LineKind,
    Measure,
    PivotBoard,
    PivotLine,
    RankBoard,
    RankRow,
)
from desktop_app.services.results.reports import PrintedFigure
from desktop_app.services.results.tracing import ALL_COMPANIES, DAY, WHOLE_REGION, FigureAddress

_VIEWS = {CompareView.INDEX: "index", CompareView.YOY: "yoy", CompareView.VALUE: "value"}
_COUNTS = (DailyItem.COLLECTED, DailyItem.DUE, DailyItem.DELIVERED)
_RATES = {"妥投率%": "rate", "同比%": "yoy", "倍数": "multiple"}


def pivot_figure(board: PivotBoard, line: PivotLine, column: int) -> FigureAddress | None:
    """A cell of the pivot; who is lacking (未报、退回) leads to the total, the name of a line to its last column."""
    table, last = board.table, len(board.table.keys)
    if not last:
        return None
    number = column - 1 if 1 <= column <= last else last - 1
    cell = line.cells[number]
    code, subject, region, against = table.code, "", board.region, ""
    if line.kind is LineKind.ROW:
        match board.axis:
            case Axis.COMPANY:
                subject, against = line.key, ALL_COMPANIES
            case Axis.TOWN:
                region, against = line.key, WHOLE_REGION
            case Axis.PART:
                code, against = line.key, table.code
    measure = table.measure.value
    printed = f"{cell.text}%" if table.unit == "%" and cell.value is not None and measure != Measure.VALUE else ""
    if line.kind is LineKind.REST:
        measure, printed = "rest", cell.text
    elif line.kind is LineKind.NOTE or (measure not in {Measure.VALUE, Measure.YOY} and not against):
        measure, printed = "value", ""
    if measure in {Measure.VALUE, Measure.YOY}:
        against = ""
    return FigureAddress(code, table.keys[number], measure, subject, region, printed=printed, against=against)


def compare_figure(board: CompareBoard, row: CompareRow, number: int) -> FigureAddress | None:
    """One indicator in one month, as value, growth or index; ``number`` counts the indicators from 0."""
    if not 0 <= number < len(board.codes):
        return None
    cell = row.cells[number]
    printed = cell.text if cell.value is not None and board.view is not CompareView.VALUE else ""
    if printed and board.units[number] == "%":
        printed += "%"
    against = board.base if board.view is CompareView.INDEX else ""
    measure = _VIEWS[board.view] if against or board.view is not CompareView.INDEX else "value"
    return FigureAddress(board.codes[number], row.key, measure, region=board.region, printed=printed, against=against)


def rank_figure(board: RankBoard, row: RankRow, head: str = "") -> FigureAddress:
    """A company's or town's amount, share or growth; its places all rest on the amount."""
    company = board.axis is Axis.COMPANY
    subject, region = (row.key, board.region) if company else ("", row.key)
    measure, printed, against = "cumulative" if board.cumulative else "value", "", ""
    if head == "比重%" and row.share_pct is not None:
        measure = "cumulative_share" if board.cumulative else "share"
        printed, against = f"{row.share_pct:.1f}%", ALL_COMPANIES if company else WHOLE_REGION
    elif head == "同比%":
        measure = "cumulative_yoy" if board.cumulative else "yoy"
    return FigureAddress(board.code, board.month, measure, subject, region, printed=printed, against=against)


def daily_figure(sheet: DailySheet, row: DailyRow, head: str, column: int) -> FigureAddress | None:
    """A count of the daily sheet, or the rate, growth or multiple made of counts."""
    period = row.day.isoformat() if row.day is not None else str(sheet.year)
    subject = "" if sheet.company_id is None else str(sheet.company_id)
    measure = _RATES.get(head, "value")
    printed = {"rate": row.rate_text, "yoy": row.yoy_text, "multiple": row.multiple_text}.get(measure, "")
    if measure == "multiple" and row.day is None:
        return None
    if measure in {"rate", "yoy"} and printed[-1:].isdigit():
        printed += "%"
    item = _COUNTS[column - 2] if 2 <= column <= 4 else DailyItem.COLLECTED
    return FigureAddress(f"{DAY}{item.name}", period, measure, subject, printed=printed)


def daily_card_figure(sheet: DailySheet, kpi: DailyKpi) -> FigureAddress | None:
    """A key figure above the daily sheet; None where there is no figure."""
    if not kpi.period or not any(map(str.isdigit, kpi.text)):
        return None
    subject = "" if sheet.company_id is None else str(sheet.company_id)
    return FigureAddress(f"{DAY}{DailyItem.COLLECTED.name}", kpi.period, kpi.measure, subject, printed=kpi.text)


def daily_point_figure(sheet: DailySheet, key: str, series: int) -> FigureAddress:
    """A day of the chart beside the daily sheet; of its second line the same day of the year before."""
    period = f"{int(key[:4]) - series}{key[4:]}"
    subject = "" if sheet.company_id is None else str(sheet.company_id)
    return FigureAddress(f"{DAY}{DailyItem.COLLECTED.name}", period, subject=subject)


def entry_figure(key: CellKey, item: EntryItem) -> FigureAddress:
    """A cell of the entry grid, whether or not anything stands in it."""
    return FigureAddress(key.code, key.period, "cumulative" if item.cumulative else "value", region=key.region)


def printed_figure(line: PrintedFigure) -> FigureAddress:
    """A number that has been printed: as it is today, with what was printed beside it."""
    printed = line.printed if line.printed != CellState.MISSING.label else ""
    return FigureAddress(line.code, line.period_key, line.measure_key, line.subject_key, printed=printed)
