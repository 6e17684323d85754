"""One table as an .xlsx: numbers with their decimals, everything else as text that never becomes a formula."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.exchange.return_sheet import STARTS_FORMULA, save_book

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

SheetCell = str | Decimal | int | None
"""A Decimal is written with as many decimals as it has."""

_WIDEST, _NARROWEST = 40, 8


@dataclass(frozen=True)
class TableSheet:
    """A table for the spreadsheet. ``heads`` and every row are of one length; ``bold``: rows that are totals."""

    title: str
    subtitle: str
    heads: tuple[str, ...]
    rows: tuple[tuple[SheetCell, ...], ...]
    notes: tuple[str, ...] = ()
    bold: frozenset[int] = frozenset()
    name: str = "数据"


def write_sheet(made: TableSheet, out: Path) -> None:
    """Write the workbook.

    :raises UserError: the place cannot be written.
    """
    from openpyxl import Workbook

    book = Workbook()
    page = book.active or book.create_sheet()
    page.title = made.name[:31]
    _fill(page, made)
    save_book(book, out)


def _fill(page: Worksheet, made: TableSheet) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    thin = Side(style="thin", color="FFBBBBBB")
    box = Border(thin, thin, thin, thin)
    _text(page.cell(1, 1), made.title)
    page.cell(1, 1).font = Font(size=14, bold=True)
    _text(page.cell(2, 1), made.subtitle)
    for column, head in enumerate(made.heads, start=1):
        top = page.cell(3, column)
        _text(top, head)
        top.font, top.border = Font(bold=True), box
        top.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        top.fill = PatternFill("solid", fgColor="FFE8F2EC")
    for number, row in enumerate(made.rows):
        for column, value in enumerate(row, start=1):
            cell = page.cell(4 + number, column)
            put(cell, value)
            cell.border = box
            cell.font = Font(bold=number in made.bold)
            if column > 1:
                cell.alignment = Alignment(horizontal="right")
    for number, note in enumerate(made.notes):
        _text(page.cell(5 + len(made.rows) + number, 1), f"注：{note}")
    for column in range(1, len(made.heads) + 1):
        words = [made.heads[column - 1], *(str(row[column - 1] or "") for row in made.rows)]
        widest = max(len(word.encode("gb18030", "replace")) for word in words)
        page.column_dimensions[get_column_letter(column)].width = min(max(widest + 2, _NARROWEST), _WIDEST)
    page.freeze_panes = "B4"
    page.page_setup.paperSize, page.page_setup.orientation = 9, "landscape"


def put(cell: Cell | MergedCell, value: SheetCell) -> None:
    """A number as a number with its decimals, words as text, nothing as nothing."""
    from openpyxl.cell.cell import MergedCell

    if value is None or isinstance(cell, MergedCell):
        return
    if isinstance(value, str):
        _text(cell, value)
        return
    cell.value = value
    decimals = max(-int(value.as_tuple().exponent), 0) if isinstance(value, Decimal) else 0
    cell.number_format = "#,##0" + (f".{'0' * decimals}" if decimals else "")


def _text(cell: Cell | MergedCell, words: str) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell

    if isinstance(cell, MergedCell):
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", words)[:32000]
    cell.data_type = "s"
    cell.number_format = "@"
    if words[:1] in STARTS_FORMULA:
        # Retyped or pasted elsewhere it stays text too.
        cell.quotePrefix = True
