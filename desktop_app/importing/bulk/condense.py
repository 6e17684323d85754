"""The lines of a large file that ordinary code looks at, as a table that keeps the numbers of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import overload

from desktop_app.importing.bulk.source import HEAD_LINES, OrdinaryError
from desktop_app.importing.grid import RawSheet
from desktop_app.importing.readers.dialect import DELIMITERS
from desktop_app.importing.recognise.units import is_unit
from desktop_app.importing.table import Table, read_table

_LAST_LINES = 12
_MAX_LINES = 300_000
"""With more lines out of the ordinary there is nothing to be gained."""


class SparseRows(Sequence[tuple[str, ...]]):
    """Rows by their number in the file; goes through those that are there."""

    def __init__(self, rows: Mapping[int, tuple[str, ...]]) -> None:
        self._rows = rows

    @overload
    def __getitem__(self, row: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[tuple[str, ...]]: ...
    def __getitem__(self, row: int | slice) -> tuple[str, ...] | Sequence[tuple[str, ...]]:
        if isinstance(row, slice):
            return [self._rows[number] for number in range(*row.indices(len(self))) if number in self._rows]
        return self._rows[row]

    def __len__(self) -> int:
        return max(self._rows, default=-1) + 1

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return iter(self._rows.values())


def wanted_lines(odd: Iterable[int], extra: Iterable[int], total: int) -> list[int]:
    """The head, the end, the odd lines with the lines around them, and some more; ascending.

    :raises OrdinaryError: too many.
    """
    numbers = {*range(min(HEAD_LINES, total)), *range(max(total - _LAST_LINES, 0), total), *extra}
    for number in odd:
        numbers.update((max(number - 1, 0), number, min(number + 1, total - 1)))
    if len(numbers) > _MAX_LINES:
        raise OrdinaryError
    return sorted(numbers)


def condensed(rows: Mapping[int, list[str]], width: int) -> Table:
    """The table of these lines.

    :raises OrdinaryError: several tables, or lines that another delimiter would cut.
    """
    for row in rows.values():
        if len(row) == 1 and any(row[0].count(d) >= width - 1 for d in DELIMITERS if d != " "):
            raise OrdinaryError
    numbers = tuple(rows)
    table = read_table(RawSheet("", tuple(map(tuple, rows.values()))), is_unit)
    if table.warnings or table.head is None or table.width < width:
        raise OrdinaryError
    # Blank lines at the very end belong to no table.
    numbers = numbers[: len(table.cells)]
    cells = SparseRows(dict(zip(numbers, table.cells, strict=True)))
    return replace(table, cells=cells, numbers=numbers)
