"""Cells of a workbook: a printed number stays a number with its decimals, all else is text and never a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from desktop_app.reporting.content import FigureRun, Run

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SIGNS = str.maketrans({"−": "-", "，": ",", "＋": "+"})
_PLAIN = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[+-]?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_LONGEST = 15
"""Digits that a spreadsheet keeps."""
_LONGEST_TEXT = 32_000
_STARTS_FORMULA = frozenset("=+-@")


def number_of(cell: Sequence[Run]) -> tuple[Decimal, str] | None:
    """The number of a cell that prints one figure and nothing else, with the number format that prints it alike.

    The printed text decides, not the value behind it: what is shown is what was rounded once.
    """
    if len(cell) != 1 or not isinstance(run := cell[0], FigureRun):
        return None
    text = run.text.translate(_SIGNS)
    if _PLAIN.fullmatch(text) is None or sum(c.isdigit() for c in text) > _LONGEST:
        return None
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:  # pragma: no cover  the pattern lets nothing else through
        return None
    _, _, decimals = text.partition(".")
    whole = "#,##0" if "," in text else "0"
    shown = f"{whole}.{'0' * len(decimals)}" if decimals else whole
    return value, f"+{shown};-{shown};{shown}" if text.startswith("+") else shown


def put_text(page: Worksheet, row: int, column: int, text: str) -> None:
    """Text as text: codes keep their zeros, and what begins like a formula is none, here or pasted elsewhere."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell = page.cell(row, column)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_TEXT]
    cell.data_type = "s"
    cell.number_format = "@"
    if text.strip()[:1] in _STARTS_FORMULA:
        cell.quotePrefix = True


def put(page: Worksheet, row: int, column: int, runs: Sequence[Run]) -> None:
    """One cell of the content model."""
    number = number_of(runs)
    if number is None:
        put_text(page, row, column, "".join(run.text for run in runs))
        return
    cell = page.cell(row, column)
    value, shown = number
    cell.value = value
    cell.number_format = shown
