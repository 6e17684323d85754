"""The strip of key figures under the title, and the foot with the signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.reporting.content import KeyFigure, KeyFigures, SignatureBlock
from desktop_app.reporting.pdf.fonts import Face
from desktop_app.reporting.pdf.geometry import CAP, GREY, HAIRLINE, INK, SMALL_SIZE
from desktop_app.reporting.pdf.pen import Pen

_PER_ROW = 4
_ROW_HEIGHT = 62.0
_NUMBER = 18.0
_CAPTION = 9.5
_SIGN = 10.5


@dataclass(frozen=True)
class StripPiece:
    """Key figures side by side, at most four a row, between two hairlines."""

    block: KeyFigures
    width: float
    before: float = 6.0
    with_next: bool = False

    @property
    def _rows(self) -> list[tuple[KeyFigure, ...]]:
        items = self.block.items
        return [items[i : i + _PER_ROW] for i in range(0, len(items), _PER_ROW)]

    @property
    def height(self) -> float:
        """All rows and the white below."""
        return len(self._rows) * _ROW_HEIGHT + 8.0

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Caption, number with unit, change."""
        pen.rule(left, top, left + self.width, HAIRLINE)
        for row in self._rows:
            width = self.width / len(row)
            for index, item in enumerate(row):
                if index:
                    x = left + index * width
                    pen.stroke(x, top - 8, x, top - _ROW_HEIGHT + 8, HAIRLINE, "#BBBBBB")
                _draw_item(pen, item, left + index * width + 8.0, top, width - 12.0)
            top -= _ROW_HEIGHT
            pen.rule(left, top, left + self.width, HAIRLINE)

    def split(self, room: float) -> None:
        """Never: it is low."""


def _draw_item(pen: Pen, item: KeyFigure, x: float, top: float, room: float) -> None:
    caption = min(_CAPTION, _CAPTION * room / max(pen.book.width(item.label, Face.SANS, _CAPTION), 1.0))
    pen.text(x, top - 16, item.label, Face.SANS, max(caption, SMALL_SIZE), colour=GREY)
    unit_width = pen.book.width(item.unit, Face.SANS, 10.0) + 3.0
    wide = pen.book.width(item.figure.text, Face.SANS_BOLD, _NUMBER)
    size = min(_NUMBER, _NUMBER * (room - unit_width) / max(wide, 1.0))
    width = pen.text(x, top - 38, item.figure.text, Face.SANS_BOLD, size, colour=INK)
    pen.note(item.figure, x, top - 38, width, size)
    pen.text(x + width + 3.0, top - 38, item.unit, Face.SANS, 10.0)
    change = "".join(run.text for run in item.change)
    fit = min(_CAPTION, _CAPTION * room / max(pen.book.width(change, Face.SANS, _CAPTION), 1.0))
    size = max(fit, SMALL_SIZE)
    for run in item.change:
        width = pen.text(x, top - 54, run.text, Face.SANS, size)
        pen.note(run, x, top - 54, width, size)
        x += width


@dataclass(frozen=True)
class SignaturePiece:
    """单位负责人 统计负责人 填表人 报出日期, with room to sign."""

    block: SignatureBlock
    made_on: date
    width: float
    before: float = 18.0
    with_next: bool = False
    height: float = 54.0

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """A row of equal fields for names written by hand, the date below."""
        baseline = top - 16.0 - CAP * _SIGN
        field = self.width / max(len(self.block.posts), 1)
        for index, post in enumerate(self.block.posts):
            x = left + index * field
            width = pen.text(x, baseline, f"{post}：", Face.SERIF, _SIGN)
            pen.stroke(x + width, baseline - 2, x + field - 12, baseline - 2, HAIRLINE)
        pen.text(left + self.width, baseline - 24.0, self.block.dated(self.made_on), Face.SERIF, _SIGN, align="right")

    def split(self, room: float) -> None:
        """Never: signatures stand together."""
