"""打开原件: the kept file of a batch as text cells, turned to the row that a number came from."""

from __future__ import annotations

from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.importing.grid import RawBook, RawSheet
from desktop_app.importing.plan import ImportOptions
from desktop_app.services.results.tracing import OriginalSheet, StoredPlace
from desktop_app.storage import batches
from desktop_app.storage.engine import Ledger

AROUND = 400
"""Rows shown before and after the wanted one; a village sheet may have tens of thousands."""
MOST_COLUMNS = 60
HEAD_ROWS = 12
"""Where the heads of a table may stand."""


def original(ledger: Ledger, batch: int, sheet: str, row: int, column: str) -> OriginalSheet:
    """The rows around ``row`` (line of the file, from 1) of a batch's file.

    :raises UserError: the file is not kept, damaged, or cannot be read without its password.
    """
    from desktop_app.importing.readers import open_workbook

    with ledger.read() as session:
        stored = batches.get_batch(session, batch)
        content = batches.read_evidence(session, stored.sha256)
    options = ImportOptions(encoding=stored.encoding or None)
    book = open_workbook(Path(stored.file_name), options, data=content)
    return _around(book, stored.file_name, batch, sheet or stored.sheet, row, column)


def original_daily(ledger: Ledger, place: StoredPlace) -> OriginalSheet:
    """The same of a daily figure's file, which belongs to no batch.

    :raises UserError: as :func:`original`, or the figure was typed.
    """
    from desktop_app.importing.readers import open_workbook

    if not place.sha256:
        raise UserError("这个数是键入的，没有原件", where=place.file)
    with ledger.read() as session:
        content = batches.read_evidence(session, place.sha256)
    book = open_workbook(Path(place.file), ImportOptions(), data=content)
    return _around(book, place.file, 0, place.sheet, place.row, place.column)


def _around(book: RawBook, file: str, batch: int, sheet: str, row: int, column: str) -> OriginalSheet:
    found = _sheet(book, sheet)
    at = row - 1
    if not 0 <= at < len(found.rows):
        raise UserError(f"原件只有 {len(found.rows)} 行，没有第 {row} 行", where=file)
    first = 0 if at <= AROUND else at - AROUND
    rows = tuple(tuple(each[:MOST_COLUMNS]) for each in found.rows[first : at + AROUND + 1])
    return OriginalSheet(file, batch, found.name, rows, first + 1, at - first, _column(found, at, column))


def _sheet(book: RawBook, name: str) -> RawSheet:
    return next((each for each in book.sheets if each.name == name), book.sheets[0])


def _column(sheet: RawSheet, at: int, head: str) -> int:
    """The column under the head that the import noted; −1 when no head says so."""
    wanted = _folded(head)
    if not wanted:
        return -1
    tops = [list(map(_folded, row)) for row in sheet.rows[: min(at, HEAD_ROWS)]]
    for row in reversed(tops):
        if wanted in row:
            return row.index(wanted)
    width = max((len(row) for row in tops), default=0)
    for number in range(width):
        stacked = [row[number] for row in tops if number < len(row) and row[number]]
        if stacked and wanted.endswith(stacked[-1]) and all(part in wanted for part in stacked[-2:]):
            return number
    return -1


def _folded(text: str) -> str:
    return "".join(text.split()).replace("/", "")
