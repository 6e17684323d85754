"""What the paginator places: pieces of a known height that draw themselves, and the plain ones among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from desktop_app.reporting.content import Run
from desktop_app.reporting.pdf.geometry import CAP, INK
from desktop_app.reporting.pdf.lines import Line
from desktop_app.reporting.pdf.pen import Pen


class Piece(Protocol):
    """A stretch of the column of text.

    ``height`` in points; ``before``: white above it, dropped at the head of a page; ``with_next``: must not be last on
    a page.
    """

    @property
    def height(self) -> float:
        """Points, without ``before``."""

    @property
    def before(self) -> float:
        """White above."""

    @property
    def with_next(self) -> bool:
        """Stays with what follows."""

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Draw with the upper left corner there."""

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """Cut so that the first part is at most ``room`` high; None when that cannot be done decently."""


@dataclass(frozen=True)
class Lines:
    """Set lines in a fixed pitch. ``least``: how many lines may stand alone at the foot or head of a page.

    ``bookmark``: words of the entry in the file's outline and its level from 0.
    """

    lines: tuple[Line, ...]
    runs: tuple[Run, ...]
    pitch: float
    size: float
    before: float = 0.0
    with_next: bool = False
    least: int = 2
    centred_in: float = 0.0
    flush_right_in: float = 0.0
    bookmark: tuple[str, int] | None = None
    colour: str = INK

    @property
    def height(self) -> float:
        """All lines at their pitch."""
        return len(self.lines) * self.pitch

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Each line in the middle of its pitch."""
        if self.bookmark is not None:
            words, level = self.bookmark
            key = f"p{pen.page}-{words}"
            pen.canvas.bookmarkHorizontal(key, 0, top)
            pen.canvas.addOutlineEntry(words, key, level=level, closed=0)
        for number, line in enumerate(self.lines):
            middle = top - (number + 0.5) * self.pitch
            inset = (self.centred_in - line.width) / 2 if self.centred_in else 0.0
            if self.flush_right_in:
                inset = self.flush_right_in - line.width
            pen.line_of_text(line, left + inset, middle - CAP * self.size, self.runs, self.colour)

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """At least ``least`` lines on both sides."""
        fitting = min(int((room + 0.01) // self.pitch), len(self.lines) - self.least)
        if fitting < self.least or self.with_next:
            return None
        head, tail = self.lines[:fitting], self.lines[fitting:]
        return (
            Lines(head, self.runs, self.pitch, self.size, self.before, least=self.least, colour=self.colour),
            Lines(tail, self.runs, self.pitch, self.size, least=self.least, colour=self.colour),
        )


@dataclass(frozen=True)
class Break:
    """Turns the page."""

    height: float = 0.0
    before: float = 0.0
    with_next: bool = False

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Nothing."""

    def split(self, room: float) -> None:
        """Never."""
