"""The recognised table as normalised CSV: RFC 4180, UTF-8, CRLF, one head, cells as text unchanged."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

from desktop_app.importing.plan import FileKind, ImportOptions, PreviewRow, Reading, RowRole
from desktop_app.importing.planner import inspect_file
from desktop_app.importing.readers import EmptyFileError, load_bytes


def write_normalised_csv(source: Reading | Path, out: Path, join: str = "/") -> Reading:
    """Write the table of a file to ``out``: one line of names, then data and totals in their order.

    Title, preamble, notes, blanks, repeated heads and further tables are left out. A line of a text file that has
    more or fewer cells than the others keeps its own number. A file without a head keeps its first line as data;
    an empty file gives an empty table.

    :param source: a reading made before (its column names already joined), or the file itself.
    :param join: separator of the names of a head of several rows, for a file.
    :raises FileRefusedError: the file cannot be read.
    """
    reading = source if isinstance(source, Reading) else _read(source, join)
    margin = _margin(reading)
    with out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        if reading.header_rows:
            writer.writerow(_names(reading)[margin])
        for row in _written(reading):
            writer.writerow(_cells(reading, row)[margin])
    return reading


def _read(path: Path, join: str) -> Reading:
    try:
        return inspect_file(path, ImportOptions(join=join))
    except EmptyFileError:
        return empty_reading(path)


def empty_reading(path: Path) -> Reading:
    """The reading of a file without any content: a table without columns and rows."""
    data = load_bytes(path)
    return Reading(
        file_name=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        encoding="",
        delimiter="",
        quote="",
        sheet="",
        sheets=(),
        title="",
        unit="",
        layout=FileKind.UNKNOWN,
        header_rows=(),
        columns=(),
        rows=(),
        total_rows=(),
        note_rows=(),
        warnings=("文件是空的",),
    )


def _written(reading: Reading) -> Iterator[PreviewRow]:
    return (row for row in reading.rows if row.role in {RowRole.DATA, RowRole.TOTAL})


def _margin(reading: Reading) -> slice:
    """The columns of a worksheet without blank ones beside the table; lines of a text file are kept as they are."""
    if reading.delimiter:
        return slice(None)
    used = {column for column, name in enumerate(reading.columns) if name}
    for row in _written(reading):
        used.update(column for column, cell in enumerate(row.cells) if cell.strip())
    return slice(min(used, default=0), max(used, default=-1) + 1)


def _names(reading: Reading) -> tuple[str, ...]:
    """Names of the columns; in a text file as many as the head has cells, and a head of one line as it stands."""
    if not reading.delimiter:
        return reading.columns
    heads = [row for row in reading.rows if row.number in reading.header_rows]
    if len(heads) == 1:
        return heads[0].cells
    length = max(len(row.cells) for row in heads)
    return (*reading.columns[:length], *[""] * (length - len(reading.columns)))


def _cells(reading: Reading, row: PreviewRow) -> tuple[str, ...]:
    if reading.delimiter:
        return row.cells
    width = len(reading.columns)
    return (*row.cells[:width], *[""] * (width - len(row.cells)))
