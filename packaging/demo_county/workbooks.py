"""Writing grids of cells as XLSX, XLS and CSV, and locking a workbook with a password."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msoffcrypto.format.ooxml
import openpyxl
import xlwt
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from demo_county.files import csv_bytes
from demo_county.forms import Grid

_STAMP = (2021, 4, 6, 9, 0, 0)


def text_grid(grid: Grid, *, separators: bool = False) -> list[list[str]]:
    """Cells as a person would see them: whole numbers without decimals, dates as 2021-03-31."""

    def text(cell: object) -> str:
        if cell is None:
            return ""
        if isinstance(cell, int | Decimal):
            # One decimal is a percentage, which keeps its zero; an amount of money loses it.
            percentage = isinstance(cell, Decimal) and cell.as_tuple().exponent == -1
            number = int(cell) if cell == int(cell) and not percentage else cell
            return f"{number:,}" if separators else f"{number}"
        return str(cell)

    return [[text(cell) for cell in row] for row in grid]


def grid_csv(grid: Grid, encoding: str, *, delimiter: str = ",", separators: bool = False) -> bytes:
    """A grid as a CSV file."""
    return csv_bytes(text_grid(grid, separators=separators), encoding, delimiter=delimiter)


def xlsx(sheets: Mapping[str, Grid], *, decimals: str = "General") -> bytes:
    """A workbook with one sheet per grid; the first row of each is a merged, centred title.

    Times inside the file are fixed, so that the same cells give the same file.
    """
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    side = Side(style="thin")
    thin = Border(left=side, right=side, top=side, bottom=side)
    for name, grid in sheets.items():
        sheet = book.create_sheet(name)
        for at, row in enumerate(grid, start=1):
            for column, value in enumerate(row, start=1):
                if value is None:
                    continue
                cell = sheet.cell(at, column)
                cell.value = _number(value) if isinstance(value, int | Decimal) else value
                if isinstance(value, Decimal):
                    cell.number_format = decimals
                elif isinstance(value, date):
                    cell.number_format = "yyyy/m/d"
                if None not in row:
                    cell.border = thin
        width = max(len(row) for row in grid)
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
        sheet.cell(1, 1).alignment = Alignment(horizontal="center")
        sheet.cell(1, 1).font = Font(size=16, bold=True)
        for column in range(1, width + 1):
            sheet.column_dimensions[get_column_letter(column)].width = 28 if column == 1 else 14
    buffer = io.BytesIO()
    book.save(buffer)
    return _steady(buffer.getvalue())


def _number(value: int | Decimal) -> int | float:
    # A workbook knows doubles only; what a person typed is what its shortest decimal form says.
    return int(value) if value == int(value) else float(value)


def _steady(content: bytes) -> bytes:
    """The same workbook with fixed times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            data = old.read(entry)
            if entry == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2021-04-06T01:00:00Z", data)
            new.writestr(zipfile.ZipInfo(entry, _STAMP), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def xls(name: str, grid: Grid) -> bytes:
    """An old workbook (BIFF8) with one sheet."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(name)
    for at, row in enumerate(grid):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(at, column, _number(value) if isinstance(value, int | Decimal) else value)
    sheet.col(0).width = 256 * 28
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def locked(workbook: bytes, password: str) -> bytes:
    """The workbook behind a password. Its salt is random: the bytes differ every time, the cells do not."""
    buffer = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(workbook)).encrypt(password, buffer)
    return buffer.getvalue()
