"""Cells of a table: their widths, their lines, and where the decimal points stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop_app.reporting.content import Align, FigureRun, Row, Run, Table, Text
from desktop_app.reporting.pdf.breaking import CLOSING, atoms_of
from desktop_app.reporting.pdf.fonts import Face, FontBook
from desktop_app.reporting.pdf.geometry import SMALL_SIZE, TABLE_SIZE
from desktop_app.reporting.pdf.lines import Line, Piece, set_lines

_NUMBER = re.compile(r"[+\-−]?[0-9,]+(?:\.[0-9]+)?")
GUTTER = 10.0
"""White between two columns, in points."""
INDENT = 1.5
"""An indented row begins so many em further in."""


@dataclass(frozen=True)
class Cell:
    """A set cell. ``point``: width from the decimal point on, so that points stand in a column; None for words."""

    lines: tuple[Line, ...]
    runs: tuple[Run, ...]
    point: float | None


@dataclass(frozen=True)
class Shape:
    """Measures of a table: type size, width of each column (gutters included), width behind the points."""

    size: float
    widths: tuple[float, ...]
    points: tuple[float, ...]


def lone_text(cell: tuple[Run, ...]) -> str:
    """The printed words of a cell."""
    return "".join(run.text for run in cell)


def _point(cell: tuple[Run, ...], size: float, book: FontBook) -> float | None:
    """Width from the decimal point on, 0 for a whole number; None for anything but a lone number."""
    if len(cell) != 1 or not isinstance(cell[0], FigureRun) or _NUMBER.fullmatch(cell[0].text) is None:
        return None
    _, dot, decimals = cell[0].text.partition(".")
    return book.width(dot + decimals, Face.SANS, size) if dot else 0.0


def shape_of(table: Table, width: float, book: FontBook) -> Shape:
    """Columns as wide as their widest cell, the rest of the width shared by weight; the type gets smaller when needed.

    When even 9 pt is too wide, the columns of words are narrowed and their cells run over several lines.
    """
    for size in (TABLE_SIZE, 10.0, 9.5, SMALL_SIZE):
        natural, points = _natural(table, size, book)
        if sum(natural) <= width:
            break
    natural = _evened(table, natural, width)
    spare = width - sum(natural)
    if spare >= 0:
        weights = [float(column.weight) for column in table.columns]
        total = sum(weights)
        return Shape(size, tuple(n + spare * w / total for n, w in zip(natural, weights, strict=True)), points)
    return Shape(size, _narrowed(table, natural, width, size), points)


def _evened(table: Table, natural: Sequence[float], width: float) -> list[float]:
    """Columns of numbers as equally wide as the spare width allows: the narrowest grow first."""
    numbers = [i for i, column in enumerate(table.columns) if column.align is Align.RIGHT]
    result = list(natural)
    spare = width - sum(result)
    for level in sorted({result[i] for i in numbers})[1:]:
        low = [i for i in numbers if result[i] < level]
        need = sum(level - result[i] for i in low)
        share = min(1.0, spare / need) if spare > 0 else 0.0
        for i in low:
            result[i] += (level - result[i]) * share
        spare -= need * share
    return result


def _natural(table: Table, size: float, book: FontBook) -> tuple[list[float], tuple[float, ...]]:
    widths: list[float] = []
    points: list[float] = []
    for index, column in enumerate(table.columns):
        need = _head_width(column.head, size, book)
        behind = before = 0.0
        for row in table.rows:
            cell = row.cells[index]
            bold = row.bold or any(getattr(run, "bold", False) for run in cell)
            measured = book.width(lone_text(cell), Face.SANS_BOLD if bold else Face.SANS, size)
            inset = row.indent * INDENT * size if index == 0 else 0.0
            if column.pointed:
                point = _point(cell, size, book) or 0.0
                behind, before = max(behind, point), max(before, measured - point)
            need = max(need, measured + inset)
        widths.append(max(need, before + behind) + GUTTER)
        points.append(behind)
    return widths, tuple(points)


def _head_width(head: str, size: float, book: FontBook) -> float:
    """A head breaks at its line ends only where the text has some."""
    return max(book.width(part, Face.SANS_BOLD, size) for part in head.split("\n"))


def _cap(widths: Sequence[float], excess: float, floor: float) -> float:
    """How wide columns may be at most, so that they lose ``excess`` together: short names keep their line."""
    rising = sorted(max(width, floor) for width in widths)
    for count in range(1, len(rising) + 1):
        cap = (sum(rising[-count:]) - excess) / count
        if count == len(rising) or cap >= rising[-count - 1]:
            return cap
    return floor


def _narrowed(table: Table, natural: Sequence[float], width: float, size: float) -> tuple[float, ...]:
    """Take what is too much from the columns of words, the widest most; numbers keep their width when that suffices."""
    floor = 4 * size + GUTTER
    yielding = [column.align is Align.LEFT for column in table.columns]
    excess = sum(natural) - width
    give = sum(max(n - floor, 0.0) for n, y in zip(natural, yielding, strict=True) if y)
    if give >= excess:
        cap = _cap([n for n, y in zip(natural, yielding, strict=True) if y], excess, floor)
        return tuple(min(n, max(cap, floor)) if y else n for n, y in zip(natural, yielding, strict=True))
    share = width / sum(natural)
    return tuple(n * share for n in natural)


def set_row(row: Row, table: Table, shape: Shape, book: FontBook) -> tuple[Cell, ...]:
    """Set all cells of a row into their columns."""
    cells: list[Cell] = []
    for index, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
        inset = row.indent * INDENT * shape.size if index == 0 else 0.0
        room = shape.widths[index] - GUTTER - inset + 0.01
        face = Face.SANS_BOLD if row.bold else Face.SANS
        line = _one_line(cell, book, face, shape.size)
        lines: tuple[Line, ...] = (line,)
        if line.width > room:
            atoms = atoms_of(cell, book, face, Face.SANS_BOLD, shape.size)
            lines = tuple(set_lines(atoms, room, justify=False))
        point = _point(cell, shape.size, book) if column.pointed else None
        cells.append(Cell(lines, cell, point))
    return tuple(cells)


def _one_line(cell: tuple[Run, ...], book: FontBook, face: Face, size: float) -> Line:
    """A cell on one line: nearly all are, and looking for places to break takes most of a long table's time."""
    pieces: list[Piece] = []
    x = 0.0
    last = ""
    for index, run in enumerate(cell):
        wanted = Face.SANS_BOLD if getattr(run, "bold", False) else face
        for span in book.spans(run.text, wanted):
            width = span.em * size
            pieces.append(Piece(x, span.text, span.face, size, 0.0, width, index))
            x += width
            last = span.text[-1]
    return Line(tuple(pieces), x, size / 2 if last in CLOSING else 0.0)


def set_head(table: Table, shape: Shape, book: FontBook) -> tuple[Cell, ...]:
    """Set the heads; a line end in a head begins a new line."""
    cells: list[Cell] = []
    for index, column in enumerate(table.columns):
        room = shape.widths[index] - GUTTER + 0.01
        runs = tuple(Text(part, bold=True) for part in column.head.split("\n"))
        lines: list[Line] = []
        for number, run in enumerate(runs):
            atoms = atoms_of((run,), book, Face.SANS_BOLD, Face.SANS_BOLD, shape.size)
            lines += [_renumbered(line, number) for line in set_lines(atoms, room, justify=False)]
        cells.append(Cell(tuple(lines), runs, None))
    return tuple(cells)


def _renumbered(line: Line, run: int) -> Line:
    return Line(tuple(replace(piece, run=run) for piece in line.pieces), line.width)
