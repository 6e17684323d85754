"""A line that lost or won a delimiter, or was cut by another one, set right by what the other lines hold.

Only where nearly all lines agree on their number of cells, the columns show what belongs in them, and one reading is
clearly the best; otherwise the line stays as it is. What was set right is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from desktop_app.importing.columns import is_typed
from desktop_app.importing.readers.dialect import ODD_DELIMITERS, Dialect
from desktop_app.importing.readers.mend import split_line
from desktop_app.importing.readers.respace import shared_out

_LEAST_LINES = 10
_LEAST_WIDTH = 3
_MAX_SHARE = 0.02
_MAX_LINE = 3000
_SAMPLE = 400
_MAX_SHAPES = 12
_CLEARLY = 0.5
_ENOUGH = 4.0


def set_right(records: list[list[str]], raw: Callable[[int], str], dialect: Dialect) -> list[int]:
    """Mend single lines in place; places of the mended ones.

    :param raw: gives the text of a record by its place.
    """
    widths = Counter(len(record) for record in records if any(record))
    if len(widths) < 2:
        return []
    width, count = widths.most_common(1)[0]
    odd = widths.total() - count
    if width < _LEAST_WIDTH or count < _LEAST_LINES or odd > max(1, _MAX_SHARE * count):
        return []
    places = [place for place, record in enumerate(records) if any(record) and len(record) != width]
    regular = [record for record in records if len(record) == width and any(record)]
    # The first regular line may be the head and says nothing of its columns.
    columns = [Column([record[at] for record in regular[1 : _SAMPLE + 1]]) for at in range(width)]
    if sum(column.typed for column in columns) < 2:
        return []
    mended = []
    for place in places:
        line = raw(place)
        better = _better(records[place], line, dialect, columns)
        if better is None and place == 0 and _above_data(records, columns):
            better = _head(records[0], line, dialect, width)
        if better is not None:
            records[place] = better
            mended.append(place)
    return mended


def _above_data(records: list[list[str]], columns: Sequence[Column]) -> bool:
    """The first line holds words, the second figures: it is a head and no title above one."""
    if any(map(is_typed, records[0])) or len(records[1]) != len(columns):
        return False
    return all(
        is_typed(cell) or not cell or not column.figures for cell, column in zip(records[1], columns, strict=True)
    )


class Column:
    """What the cells of one column look like."""

    def __init__(self, cells: Sequence[str]) -> None:
        filled = [cell for cell in cells if cell]
        self._empty = len(filled) < len(cells)
        self._words = {cell for cell in filled if len(cell) > 1 and not is_typed(cell)}
        self._shapes = {shape(cell) for cell in filled}
        coded = bool(filled) and all(any(map(str.isdigit, cell)) and len(cell) < 30 for cell in filled)
        self.typed = coded and len(self._shapes) <= _MAX_SHAPES and not any(" " in cell for cell in filled)
        self.figures = coded and all(map(is_typed, filled))
        self._longest = max(map(len, filled), default=0)
        self._start = _common_start(filled)
        self._any = not cells

    @property
    def alike(self) -> bool:
        """All cells are of one kind: figures, codes, the same beginning, or seldom filled at all."""
        return self.typed or self.figures or bool(self._start) or (self._empty and len(self._words) < 3)

    def fit(self, cell: str) -> float | None:
        """How well a cell belongs here: 2 and more for “just like the others”, None for “not at all”."""
        if self._any or not cell:
            return (0.0 if cell else None) if self._any else (0.25 if self._empty else None)
        if self.typed or self.figures:
            if shape(cell) in self._shapes:
                return 2.0
            return 0.5 if self.figures and is_typed(cell) and len(cell) <= self._longest else None
        if self._start and not cell.startswith(self._start):
            return None
        if cell in self._words:
            return 3.0
        return 2.0 if self._start else -0.5 * ('"' in cell)


def shape(cell: str) -> str:
    """``MG-8769`` → ``aa-9999``."""
    return re.sub(r"[A-Za-z]", "a", re.sub(r"\d", "9", cell))


def _common_start(cells: Sequence[str]) -> str:
    """What all cells begin with, if that is more than a word and less than a whole cell."""
    if len(cells) < _LEAST_LINES:
        return ""
    first, last = min(cells), max(cells)
    length = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0)
    return first[:length] if length >= 8 else ""


@dataclass(frozen=True)
class _Reading:
    score: float
    cells: list[str]


def _better(record: list[str], line: str, dialect: Dialect, columns: Sequence[Column]) -> list[str] | None:
    best = _Reading(_ENOUGH - _CLEARLY, [])
    second = best.score
    for cost, cells in _candidates(record, line, dialect, columns):
        if cells == best.cells:
            continue
        score = _score(cells, columns)
        if score is None or score - cost <= second:
            continue
        if score - cost > best.score:
            best, second = _Reading(score - cost, cells), best.score
        else:
            second = score - cost
    return best.cells if best.cells and best.score >= second + _CLEARLY else None


def _score(cells: Sequence[str], columns: Sequence[Column]) -> float | None:
    total = 0.0
    for cell, column in zip(cells, columns, strict=True):
        fit = column.fit(cell)
        if fit is None:
            return None
        total += fit
    return total


def _candidates(
    record: list[str], line: str, dialect: Dialect, columns: Sequence[Column]
) -> Iterator[tuple[float, list[str]]]:
    """Readings of the line with the usual number of cells, each with what it costs."""
    width = len(columns)
    if len(record) == width + 1:
        for at in _distinct_gaps(record):
            yield 0.0, record[:at] + record[at + 1 :]
    if len(record) == width - 1:
        yield 0.0, [*record, ""]
        yield from ((1.0, [*record[:at], "", *record[at:]]) for at in range(width - 1))
    if len(line) <= _MAX_LINE and "\n" not in line:
        yield from _with_one_more(line, dialect, width)
        yield from _by_another(line, dialect, columns)


def _with_one_more(line: str, dialect: Dialect, width: int) -> Iterator[tuple[float, list[str]]]:
    """A delimiter put in at every place where none is."""
    if line.count(dialect.delimiter) >= width - 2:
        for at in range(1, len(line)):
            if dialect.delimiter not in line[at - 1 : at + 1]:
                yield from _split(line[:at] + dialect.delimiter + line[at:], dialect, width)


def _by_another(line: str, dialect: Dialect, columns: Sequence[Column]) -> Iterator[tuple[float, list[str]]]:
    """The line cut by another delimiter; by blanks, which may stand in cells too."""
    width = len(columns)
    for mark in ODD_DELIMITERS:
        if mark != dialect.delimiter and line.count(mark) >= width - 2:
            yield from _split(line, Dialect(mark, dialect.quote), width)
    if line.count(" ") >= width - 2 and dialect.delimiter != " ":
        found = split_line(line, Dialect(" ", dialect.quote), None)
        shared = shared_out(found.cells, [column.fit for column in columns]) if found else None
        if shared is not None:
            yield 0.5, shared


def _split(line: str, dialect: Dialect, width: int) -> Iterator[tuple[float, list[str]]]:
    found = split_line(line, dialect, width)
    if found is not None:
        yield found.cost, found.cells


def _distinct_gaps(record: list[str]) -> list[int]:
    return [at for at, cell in enumerate(record) if not cell and (at == 0 or record[at - 1])]


def _head(record: list[str], line: str, dialect: Dialect, width: int) -> list[str] | None:
    """A first line of names: one blank name too many, names cut by blanks, two names parted by a quote alone."""
    blank = [at for at, cell in enumerate(record) if not cell]
    if len(record) == width + 1:
        return [cell for cell in record if cell] if len(blank) == 1 and blank[0] < width else None
    if len(line) > _MAX_LINE:
        return None
    found: list[list[str]] = []
    if len(record) == 1:
        found = [cells for cost, cells in _split(line, Dialect(" ", dialect.quote), width) if not cost]
    elif len(record) <= width - 1 and dialect.quote:
        for at in range(1, len(line)):
            if dialect.quote in line[at - 1 : at + 1]:
                text = line[:at] + dialect.delimiter + line[at:]
                found += [cells for cost, cells in _split(text, dialect, width) if not cost and all(cells)]
    return found[0] if len(found) == 1 else None
