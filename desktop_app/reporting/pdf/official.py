"""What makes an official document of a report, after GB/T 9704-2012: the red head over the title, and 落款."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.reporting.content import Closing, RedHead
from desktop_app.reporting.pdf.fonts import Face
from desktop_app.reporting.pdf.geometry import BODY_SIZE, CAP, LEADING, MM, RED, Sheet
from desktop_app.reporting.pdf.pen import Pen

_FROM_TOP = 35 * MM
"""Head of the type area to the head of 发文机关标志."""
_LARGEST = 42.0
_SMALLEST = 16.0
_UNDER_NUMBER = 4 * MM
_RULE = 1.5
_IN = 4 * BODY_SIZE
"""The date ends four characters before the right edge (成文日期右空四字)."""


@dataclass(frozen=True)
class HeadPiece:
    """发文机关标志, two lines lower 发文字号, 4 mm lower the red rule; the title follows two lines below."""

    head: RedHead
    sheet: Sheet
    before: float = 0.0
    with_next: bool = True

    @property
    def _above(self) -> float:
        """On paper that lies across, the standard's 35 mm would take a quarter of the page."""
        return _FROM_TOP if self.sheet.body_height > self.sheet.body_width else 10 * MM

    @property
    def height(self) -> float:
        """With the two lines above the title."""
        return self._above + _LARGEST + 2 * LEADING + BODY_SIZE + _UNDER_NUMBER + 2 * LEADING

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Names that are too long for the line are set smaller."""
        width = self.sheet.body_width
        middle = left + width / 2
        wide = pen.book.width(self.head.organ, Face.TITLE, _LARGEST)
        size = max(min(_LARGEST, _LARGEST * width / max(wide, 1.0)), _SMALLEST)
        line = top - self._above - _LARGEST / 2
        pen.text(middle, line - CAP * size, self.head.organ, Face.TITLE, size, align="center", colour=RED)
        line -= _LARGEST / 2 + 2 * LEADING + BODY_SIZE / 2
        pen.text(middle, line - CAP * BODY_SIZE, self.head.number, Face.TEXT, BODY_SIZE, align="center")
        pen.rule(left, line - BODY_SIZE / 2 - _UNDER_NUMBER, left + width, _RULE, RED)

    def split(self, room: float) -> None:
        """Never."""


@dataclass(frozen=True)
class ClosingPiece:
    """Issuer over the day, with room for the seal above."""

    closing: Closing
    made_on: date
    width: float
    before: float = 2 * LEADING
    with_next: bool = False
    height: float = 2 * LEADING

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """The day four characters in; the issuer centred over it, within the type area."""
        day = f"{self.made_on.year}年{self.made_on.month}月{self.made_on.day}日"
        edge = left + self.width - _IN
        middle = edge - pen.book.width(day, Face.TEXT, BODY_SIZE) / 2
        half = pen.book.width(self.closing.issuer, Face.TEXT, BODY_SIZE) / 2
        middle_of_issuer = max(min(middle, left + self.width - half), left + half)
        first = top - LEADING / 2 - CAP * BODY_SIZE
        pen.text(middle_of_issuer, first, self.closing.issuer, Face.TEXT, BODY_SIZE, align="center")
        pen.text(edge, first - LEADING, day, Face.TEXT, BODY_SIZE, align="right")

    def split(self, room: float) -> None:
        """Never: issuer and day stand together."""
