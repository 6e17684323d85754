"""Text whose cells are parted by single blanks while some cells hold blanks: shared out by what the columns hold."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.importing.columns import is_typed
from desktop_app.importing.readers.align import Column
from desktop_app.importing.readers.dialect import Dialect
from desktop_app.importing.readers.mend import split_line
from desktop_app.importing.readers.respace import shared_out

BLANK = Dialect(" ")
_OTHERS = ",\t;|，"
_LEAST_COLUMNS = 5
_LEAST_LINES = 10
_MAX_LINES = 20_000
_MAX_EFFORT = 4_000_000
_LEADING = 3
"""So many first columns must hold figures, dates or codes in every line: prose does not."""


def by_blanks(text: str) -> list[list[str]] | None:
    """Records of such a text; None where it reads like anything else."""
    lines = text.splitlines()
    while lines and not lines[-1]:
        lines.pop()
    if not _LEAST_LINES < len(lines) < _MAX_LINES or any(mark in lines[0] for mark in _OTHERS):
        return None
    names = _words(lines[0])
    if len(names) < _LEAST_COLUMNS or not all(names) or any(map(is_typed, names)):
        return None
    rows = [_words(line) for line in lines[1:]]
    if len({len(row) for row in rows}) < 2 or any(len(row) < len(names) - 1 for row in rows):
        return None
    if sum(len(row) ** 2 for row in rows) * len(names) > _MAX_EFFORT:
        return None
    columns = _columns(rows, len(names))
    if columns is None:
        return None
    shared = [shared_out(row, [column.fit for column in columns]) for row in rows]
    records = [row for row in shared if row is not None]
    return [names, *records] if len(records) == len(rows) else None


def _words(line: str) -> list[str]:
    found = split_line(line, BLANK, None) if len(line) < 5000 else None
    return found.cells if found else []


def _columns(rows: Sequence[list[str]], width: int) -> list[Column] | None:
    """What the first and the last columns hold, as far as they are the same kind in every line."""
    firsts = [Column([row[at] for row in rows]) for at in range(width)]
    lasts = [Column([row[at - width] for row in rows]) for at in range(width)]
    leading = next((at for at, column in enumerate(firsts) if not column.alike), width)
    if leading < _LEADING:
        return None
    trailing = next((at for at, column in enumerate(reversed(lasts)) if not column.alike), 0)
    free = Column([])
    return [*firsts[:leading], *[free] * (width - leading - trailing), *lasts[width - trailing :]][:width]
