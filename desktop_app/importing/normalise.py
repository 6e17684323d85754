"""The recognised table as normalised CSV: RFC 4180, UTF-8, CRLF, header and data rows, cells as text unchanged."""

from __future__ import annotations

import csv
from pathlib import Path

from desktop_app.importing.plan import ImportOptions, Reading, RowRole
from desktop_app.importing.planner import inspect_file


def write_normalised_csv(source: Reading | Path, out: Path, join: str = "/") -> Reading:
    """Write the table of a file to ``out``; title, notes, totals, blanks and repeated heads are left out.

    :param source: a reading made before (its column names already joined), or the file itself.
    :param join: separator of the names of a head of several rows, for a file.
    :raises FileRefusedError: the file cannot be read.
    """
    reading = source if isinstance(source, Reading) else inspect_file(source, ImportOptions(join=join))
    width = len(reading.columns)
    with out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        if reading.header_rows:
            writer.writerow(reading.columns)
        for row in reading.rows:
            if row.role is RowRole.DATA:
                cells = row.cells[:width]
                writer.writerow([*cells, *[""] * (width - len(cells))])
    return reading
