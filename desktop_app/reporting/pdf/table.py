"""Three-line statistical tables: thick rules at head and foot, a thin one under the heads, open sides.

A table that runs over the page goes on with its heads under 续表; a row is never cut.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.reporting.content import Align, Run, Table, Text
from desktop_app.reporting.pdf.breaking import atoms_of
from desktop_app.reporting.pdf.caption import caption_lines
from desktop_app.reporting.pdf.fonts import Face, FontBook
from desktop_app.reporting.pdf.geometry import (
    CAP,
    CAPTION_SIZE,
    GREY,
    HAIRLINE,
    LEADING,
    NOTE_SIZE,
    THICK,
    Sheet,
)
from desktop_app.reporting.pdf.lines import Line, set_lines
from desktop_app.reporting.pdf.pen import Pen
from desktop_app.reporting.pdf.pieces import Lines
from desktop_app.reporting.pdf.table_cells import GUTTER, INDENT, Cell, Shape, set_head, set_row, shape_of

PITCH = 1.3
"""Line pitch within a cell, in em."""
ROW_WHITE = 3.0
CAPTION_PITCH = 20.0
UNIT_PITCH = 15.0
LEAST_ROWS = 4
FORM_ROW = 25.0
"""Height of a row that is written in by hand: 9 mm."""


@dataclass(frozen=True)
class SetRow:
    """A row with its lines set; ``inset`` moves the first cell in."""

    cells: tuple[Cell, ...]
    height: float
    inset: float = 0.0


@dataclass(frozen=True)
class TablePiece:
    """A table or a part of one. ``first`` and ``stop`` cut out the rows; ``notes`` stand under the last part."""

    caption: tuple[Line, ...]
    continued: tuple[Line, ...]
    unit: str
    shape: Shape
    aligns: tuple[Align, ...]
    head: SetRow
    rows: tuple[SetRow, ...]
    first: int
    stop: int
    notes: tuple[Lines, ...]
    sheet: Sheet
    reason: str = ""
    framed: bool = False
    before: float = 12.0
    with_next: bool = False

    @property
    def last_part(self) -> bool:
        """Nothing of the table comes after."""
        return self.stop == len(self.rows)

    @property
    def _above(self) -> float:
        unit = UNIT_PITCH if self.unit else 2.0
        return CAPTION_PITCH * len(self._caption) + unit + self.head.height

    @property
    def _caption(self) -> tuple[Line, ...]:
        return self.continued if self.first else self.caption

    @property
    def _below(self) -> float:
        return sum(note.height for note in self.notes) + 6.0 if self.last_part else 4.0

    @property
    def height(self) -> float:
        """Caption to notes."""
        rows = sum(row.height for row in self.rows[self.first : self.stop])
        return self._above + (rows or 24.0) + self._below

    def split(self, room: float) -> tuple[TablePiece, TablePiece] | None:
        """Cut behind the last row that fits; neither part is left with fewer than four rows if that can be helped.

        A short table is therefore never cut: it moves to the next page.
        """
        left = room - self._above - 4.0
        stop = self.first
        while stop < self.stop and left >= self.rows[stop].height:
            left -= self.rows[stop].height
            stop += 1
        whole_page = room > self.sheet.body_height - LEADING
        least = 1 if whole_page else LEAST_ROWS
        stop = min(stop, self.stop - min(LEAST_ROWS, max(self.stop - self.first - least, 1)))
        if stop - self.first < least:
            return None
        return replace(self, stop=stop), replace(self, first=stop)

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Caption, unit, rules, rows, notes."""
        middle, right = left + self.sheet.body_width / 2, left + self.sheet.body_width
        pen.centred(self._caption, middle, top, CAPTION_PITCH, CAPTION_SIZE)
        y = top - CAPTION_PITCH * len(self._caption)
        if self.unit:
            baseline = y - UNIT_PITCH / 2 - CAP * NOTE_SIZE
            pen.text(right, baseline, f"单位：{self.unit}", Face.SANS, NOTE_SIZE, align="right")
            y -= UNIT_PITCH
        else:
            y -= 2.0
        pen.rule(left, y, right, THICK)
        upper = y
        self._row(pen, self.head, left, y)
        y -= self.head.height
        pen.rule(left, y, right, HAIRLINE)
        for row in self.rows[self.first : self.stop]:
            self._row(pen, row, left, y)
            y -= row.height
            if self.framed:
                pen.rule(left, y, right, HAIRLINE)
        if self.framed:
            self._uprights(pen, left, upper, y)
        if not self.rows:
            pen.text(middle, y - 16.0, self.reason, Face.SANS, NOTE_SIZE, align="center", colour=GREY)
            y -= 24.0
        pen.rule(left, y, right, THICK)
        y -= 4.0
        if self.last_part:
            for note in self.notes:
                note.draw(pen, left, y)
                y -= note.height

    def _uprights(self, pen: Pen, left: float, upper: float, lower: float) -> None:
        """The upright lines of a form."""
        x = left
        for width in (0.0, *self.shape.widths):
            x += width
            pen.stroke(x, upper, x, lower, HAIRLINE)

    def _row(self, pen: Pen, row: SetRow, left: float, top: float) -> None:
        x = left
        size = self.shape.size
        pitch = size * PITCH
        for index, cell in enumerate(row.cells):
            width = self.shape.widths[index]
            inset = row.inset if index == 0 else 0.0
            y = top - (row.height - len(cell.lines) * pitch) / 2 - pitch / 2 - CAP * size
            for line in cell.lines:
                pen.line_of_text(
                    line, x + self._offset(index, cell, line.width - line.tail, inset, width), y, cell.runs
                )
                y -= pitch
            x += width

    def _offset(self, index: int, cell: Cell, width: float, inset: float, column: float) -> float:
        match self.aligns[index]:
            case Align.LEFT:
                return GUTTER / 2 + inset
            case Align.CENTER:
                return (column - width) / 2
            case Align.RIGHT:
                # Points stand under points: a number with fewer decimals keeps the white of the missing ones.
                behind = 0.0 if cell.point is None else self.shape.points[index] - cell.point
                return column - GUTTER / 2 - width - behind


def table_piece(table: Table, caption: str, book: FontBook, sheet: Sheet) -> TablePiece:
    """Set a table for the width of the sheet."""
    width = sheet.body_width
    shape = shape_of(table, width, book)
    pitch = shape.size * PITCH

    def measured(cells: tuple[Cell, ...], inset: float = 0.0) -> SetRow:
        deepest = max((len(cell.lines) for cell in cells), default=1)
        return SetRow(cells, max(deepest * pitch + ROW_WHITE, FORM_ROW if table.form else 0.0), inset)

    head = measured(set_head(table, shape, book))
    rows = tuple(measured(set_row(row, table, shape, book), row.indent * INDENT * shape.size) for row in table.rows)
    return TablePiece(
        caption=caption_lines(caption, width, CAPTION_SIZE, book),
        continued=caption_lines(f"续{caption}", width, CAPTION_SIZE, book),
        unit=table.unit,
        shape=shape,
        aligns=tuple(column.align for column in table.columns),
        head=head,
        rows=rows,
        first=0,
        stop=len(rows),
        notes=tuple(note_lines(note.label, note.runs, book, width) for note in table.notes),
        sheet=sheet,
        reason=table.reason or "没有数据",
        framed=table.form,
    )


def note_lines(label: str, runs: tuple[Run, ...], book: FontBook, width: float, before: float = 0.0) -> Lines:
    """Small print; the label stands before the first line."""
    whole: tuple[Run, ...] = (Text(f"{label}："), *runs) if label else runs
    atoms = atoms_of(whole, book, Face.SERIF, Face.SERIF_BOLD, NOTE_SIZE)
    return Lines(tuple(set_lines(atoms, width)), whole, NOTE_SIZE * 1.5, NOTE_SIZE, before=before, least=1)
