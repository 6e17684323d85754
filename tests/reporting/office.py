"""Reading finished .docx and .xlsx files back, as somebody would who has only the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import docx
import openpyxl
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet


def docx_lines(file: Path) -> list[str]:
    """Every paragraph in reading order, those of table cells too."""
    body = docx.Document(str(file)).element.body
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]


def docx_tables(file: Path) -> list[list[list[str]]]:
    """Every native table as text: rows of cells."""
    body = docx.Document(str(file)).element.body

    def text(cell: BaseOxmlElement) -> str:
        return "".join(t.text or "" for t in cell.iter(qn("w:t")))

    tables = body.iter(qn("w:tbl"))
    return [[[text(cell) for cell in row.iter(qn("w:tc"))] for row in table.iter(qn("w:tr"))] for table in tables]


def shown(cell: Cell) -> str:
    """A cell as the spreadsheet shows it, for the number formats that reports use."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    positive = cell.number_format.split(";")[0]
    decimals = len(positive.partition(".")[2])
    number = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{abs(number):,.{decimals}f}" if "," in positive else f"{abs(number):.{decimals}f}"
    sign = "-" if number < 0 else "+" if positive.startswith("+") and number > 0 else ""
    return sign + text


def sheets(file: Path) -> list[Worksheet]:
    return list(openpyxl.load_workbook(file).worksheets)


def xlsx_cells(file: Path) -> Iterator[Cell]:
    """Cells with something in them, sheet after sheet, row after row."""
    for sheet in sheets(file):
        for row in sheet.iter_rows():
            yield from (cell for cell in row if isinstance(cell, Cell) and cell.value is not None)


def bare(text: str) -> str:
    """Without white, and with one kind of minus: what differs between paper and file is not the number."""
    return re.sub(r"\s", "", text).replace("−", "-")
