"""From a sheet of cells to a table: title, unit, head, data, totals, notes. Nothing of the meaning is decided here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from desktop_app.importing.beside import without_side_cells
from desktop_app.importing.grid import RawSheet
from desktop_app.importing.heads import Head, find_head, name_levels
from desktop_app.importing.lines import is_number, is_year, once
from desktop_app.importing.plan import RowRole
from desktop_app.importing.roles import find_roles
from desktop_app.importing.traditional import TOLD, is_traditional, simplified
from desktop_app.importing.units_told import told_units

INVISIBLE = " \t\r\n\f\v\u3000\xa0\u200b\u200e\u200f\u2060\ufeff"
"""Blanks and marks without ink that exports leave around words."""


@dataclass(frozen=True)
class Table:
    """One table of a sheet.

    ``cells`` are the sheet's cells stripped, padded to one width, with merged ranges filled; ``roles`` one per line.
    Row numbers here are 0-based; what the user sees is one more. Of a large file (see :mod:`.bulk`) only some lines
    are there: ``numbers`` says which, ``roles`` are theirs, and ``cells`` is asked by the number of the row.
    """

    sheet: RawSheet
    cells: Sequence[tuple[str, ...]]
    roles: Sequence[RowRole]
    head: Head | None
    title: str
    unit: str
    warnings: tuple[str, ...]
    numbers: tuple[int, ...] | None = None
    heads: tuple[tuple[str, ...], ...] | None = None
    """The names of the columns as written, where ``head`` has them in simplified characters."""

    def numbered(self) -> Iterator[tuple[int, RowRole]]:
        """Row numbers with the roles of the rows."""
        if self.numbers is None:
            return iter(enumerate(self.roles))
        return zip(self.numbers, self.roles, strict=True)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(next(iter(self.cells), ()))

    @property
    def data_rows(self) -> list[int]:
        """Lines with figures of their own."""
        return [row for row, role in self.numbered() if role is RowRole.DATA]

    @property
    def total_rows(self) -> list[int]:
        """合计, 小计, 总计."""
        return [row for row, role in self.numbered() if role is RowRole.TOTAL]

    def names(self, join: str) -> tuple[str, ...]:
        """Names of the columns as written, levels joined; columns without a name are empty."""
        if self.head is None:
            return tuple("" for _ in range(self.width))
        levels = self.heads or self.head.levels
        return tuple(join.join(levels[c]) if c < len(levels) else "" for c in range(self.width))

    def written_names(self, join: str) -> tuple[str, ...]:
        """The same for showing; a head that is written twice in a row keeps both lines, as any of two rows does."""
        names = self.names(join)
        rows = self.head.rows if self.head else ()
        if len(rows) > 1 and all(self.cells[row] == self.cells[rows[0]] for row in rows):
            return tuple(join.join([name] * len(rows)) if name else "" for name in names)
        return names

    def lines(self, *roles: RowRole) -> list[str]:
        """Text of the lines of these roles, cells joined by blanks; a merged text stands once."""
        return [_line_text(self.cells[row]) for row, role in self.numbered() if role in roles]


def read_table(sheet: RawSheet, is_unit: Callable[[str], bool]) -> Table:
    """Find the table of a sheet; ``head`` is None when no line reads like one."""
    warnings: list[str] = list(sheet.warnings)
    other = is_traditional(sheet)
    cells = _filled_cells(simplified(sheet) if other else sheet)
    if other:
        warnings.append(TOLD)
    lengths = _lengths(sheet, len(cells))
    head = find_head(cells, is_unit, lengths)
    if head is not None and sheet.name:
        cells = without_side_cells(cells, head, warnings)
    roles = find_roles(cells, head, lengths, warnings)
    before = range(head.rows[0]) if head else range(0)
    notes = [once(cells[row]) for row, role in enumerate(roles) if role is RowRole.NOTE and row not in before]
    unit = told_units([once(cells[row]) for row in before], notes, is_unit)
    title = " ".join(_line_text(cells[row]).lstrip("#/ ") for row in before if roles[row] is RowRole.TITLE)
    heads = name_levels(_filled_cells(sheet), head.rows, is_unit) if head is not None and other else None
    return Table(sheet, cells, roles, head, title, unit, tuple(warnings), heads=heads)


def _lengths(sheet: RawSheet, height: int) -> tuple[int, ...] | None:
    """Cells of each line as written; None where all filled lines have the same number and it tells nothing."""
    lengths = tuple(map(len, sheet.rows[:height]))
    return lengths if len({length for length in lengths if length}) > 1 else None


def _filled_cells(sheet: RawSheet) -> tuple[tuple[str, ...], ...]:
    # A row that is clean already is taken as it is: large files would fill the memory with copies.
    width = max(map(_used, sheet.rows), default=0)
    blank = ("",) * width
    rows = [_padded(row, blank) if row else blank for row in sheet.rows]
    while rows and not any(rows[-1]):
        rows.pop()
    if not sheet.merges:
        return tuple(rows)
    grid = [list(row) for row in rows]
    for merge in sheet.merges:
        if merge.top >= len(grid) or merge.left >= width:
            continue
        text = grid[merge.top][merge.left]
        if is_number(text) and not is_year(text):
            # A figure stands once; filling its range would count it several times.
            continue
        for row in range(merge.top, min(merge.bottom, len(grid) - 1) + 1):
            for column in range(merge.left, min(merge.right, width - 1) + 1):
                grid[row][column] = grid[row][column] or text
    return tuple(map(tuple, grid))


def _padded(row: tuple[str, ...], blank: tuple[str, ...]) -> tuple[str, ...]:
    clean = tuple(cell.strip(INVISIBLE) for cell in row)
    if len(clean) != len(blank):
        clean = clean[: len(blank)] + blank[len(clean) :]
    return row if clean == row else clean


def _used(row: Sequence[str]) -> int:
    width = len(row)
    while width and not row[width - 1].strip(INVISIBLE):
        width -= 1
    return width


def _line_text(row: Sequence[str]) -> str:
    return " ".join(once(row))
