"""From a sheet of cells to a table: title, unit, head, data, totals, notes. Nothing of the meaning is decided here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app.importing.grid import RawSheet
from desktop_app.importing.heads import Head, find_head
from desktop_app.importing.lines import is_note, is_number, is_total, is_year, opens_as_note, unit_of_line
from desktop_app.importing.plan import RowRole

_INVISIBLE = " \t\r\n\f\v\u3000\xa0\u200b\u200e\u200f\u2060\ufeff"
"""Blanks and marks without ink that exports leave around words."""


@dataclass(frozen=True)
class Table:
    """One table of a sheet.

    ``cells`` are the sheet's cells stripped, padded to one width, with merged ranges filled; ``roles`` one per line.
    Row numbers here are 0-based; what the user sees is one more.
    """

    sheet: RawSheet
    cells: tuple[tuple[str, ...], ...]
    roles: tuple[RowRole, ...]
    head: Head | None
    title: str
    unit: str
    warnings: tuple[str, ...]

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.cells[0]) if self.cells else 0

    @property
    def data_rows(self) -> list[int]:
        """Lines with figures of their own."""
        return [row for row, role in enumerate(self.roles) if role is RowRole.DATA]

    @property
    def total_rows(self) -> list[int]:
        """合计, 小计, 总计."""
        return [row for row, role in enumerate(self.roles) if role is RowRole.TOTAL]

    def names(self, join: str) -> tuple[str, ...]:
        """Names of the columns, levels joined; columns without a name are empty."""
        if self.head is None:
            return tuple("" for _ in range(self.width))
        levels = self.head.levels
        return tuple(join.join(levels[c]) if c < len(levels) else "" for c in range(self.width))

    def lines(self, *roles: RowRole) -> list[str]:
        """Text of the lines of these roles, cells joined by blanks; a merged text stands once."""
        return [_line_text(self.cells[row]) for row, role in enumerate(self.roles) if role in roles]


def read_table(sheet: RawSheet, is_unit: Callable[[str], bool]) -> Table:
    """Find the table of a sheet; ``head`` is None when no line reads like one."""
    cells = _filled_cells(sheet)
    head = find_head(cells, is_unit)
    warnings: list[str] = list(sheet.warnings)
    roles = _roles(cells, head, warnings)
    before = range(head.rows[0]) if head else range(0)
    unit = next((found for row in before if (found := unit_of_line(_once(cells[row])))), "")
    if not unit:
        unit = next(
            (u for row, role in enumerate(roles) if role is RowRole.NOTE and (u := unit_of_line(cells[row]))), ""
        )
    title = " ".join(_line_text(cells[row]) for row in before if roles[row] is RowRole.TITLE)
    return Table(sheet, cells, roles, head, title, unit, tuple(warnings))


def _filled_cells(sheet: RawSheet) -> tuple[tuple[str, ...], ...]:
    rows = [[cell.strip(_INVISIBLE) for cell in row] for row in sheet.rows]
    width = max((_used(row) for row in rows), default=0)
    grid = [row[:width] + [""] * (width - len(row)) for row in rows]
    while grid and not any(grid[-1]):
        grid.pop()
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


def _used(row: Sequence[str]) -> int:
    width = len(row)
    while width and not row[width - 1]:
        width -= 1
    return width


def _once(row: Sequence[str]) -> list[str]:
    return [cell for column, cell in enumerate(row) if cell and (column == 0 or row[column - 1] != cell)]


def _line_text(row: Sequence[str]) -> str:
    return " ".join(_once(row))


def _roles(cells: Sequence[Sequence[str]], head: Head | None, warnings: list[str]) -> tuple[RowRole, ...]:
    if head is None:
        return tuple(RowRole.DATA if any(row) else RowRole.BLANK for row in cells)
    roles = [_role_above(row) for row in cells[: head.rows[0]]]
    above = {tuple(row) for row, role in zip(cells, roles, strict=False) if role is not RowRole.BLANK}
    head_lines = {tuple(cells[row]) for row in head.rows}
    roles += [RowRole.HEADER] * (head.last + 1 - head.rows[0])
    columns = sum(1 for levels in head.levels if levels)
    figures = _figure_columns(cells, head.last + 1)
    seen_note = after_blank = False
    for place in range(head.last + 1, len(cells)):
        row = cells[place]
        role = _role_below(row, columns, head_lines, above)
        if role is RowRole.DATA and after_blank and _new_head(cells, place, figures):
            warnings.append(f"第{place + 1}行起像是另一个表，没有读；如有需要请另存成一个文件")
            roles += [RowRole.NOTE if any(line) else RowRole.BLANK for line in cells[place:]]
            break
        if role is RowRole.DATA and seen_note and sum(map(bool, row)) <= max(1, columns // 3):
            role = RowRole.NOTE
        seen_note = seen_note or role is RowRole.NOTE
        after_blank = role is RowRole.BLANK or (after_blank and role is not RowRole.DATA)
        roles.append(role)
    return tuple(roles)


def _role_above(row: Sequence[str]) -> RowRole:
    if not any(row):
        return RowRole.BLANK
    texts = _once(row)
    if opens_as_note(texts) or (unit_of_line(texts) and len("".join(texts)) < 24):
        return RowRole.NOTE
    return RowRole.TITLE


def _role_below(
    row: Sequence[str], columns: int, head_lines: set[tuple[str, ...]], above: set[tuple[str, ...]]
) -> RowRole:
    if not any(row):
        return RowRole.BLANK
    if tuple(row) in head_lines:
        return RowRole.HEADER
    if tuple(row) in above:
        return RowRole.TITLE
    first = next(cell for cell in row if cell)
    if (not first.isdigit() or len(first) < 6) and is_total(row):
        return RowRole.TOTAL
    if is_note(_once(row), columns):
        return RowRole.NOTE
    return RowRole.DATA


def _figure_columns(cells: Sequence[Sequence[str]], start: int) -> list[int]:
    """Columns that hold figures in most of the first lines of data."""
    sample = [row for row in cells[start : start + 30] if any(row)]
    width = len(cells[0]) if cells else 0
    return [c for c in range(width) if sum(is_number(row[c]) for row in sample) * 2 > len(sample)]


def _new_head(cells: Sequence[Sequence[str]], place: int, figures: list[int]) -> bool:
    """A line of words only where figures stood, with figures again below it."""
    row = cells[place]
    if len(_once(row)) < 2 or not figures or any(is_number(cell) for cell in row):
        return False
    worded = sum(1 for column in figures if row[column])
    below = next((line for line in cells[place + 1 :] if any(line)), ())
    return worded * 2 >= len(figures) and any(is_number(cell) for cell in below)
