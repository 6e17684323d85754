"""Text in a cell of a workbook: codes keep their zeros, nothing becomes a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

_STARTS_FORMULA = frozenset("=+-@")
_LONGEST = 32_000
"""Characters; a spreadsheet holds little more in a cell."""


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Write text as text; a cell that is covered by a merged one is left alone."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell

    if isinstance(cell, MergedCell):
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST]
    cell.data_type = "s"
    cell.number_format = "@"
    if text.strip()[:1] in _STARTS_FORMULA:
        # Retyped or pasted elsewhere it stays text too.
        cell.quotePrefix = True
