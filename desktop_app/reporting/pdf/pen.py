"""Drawing on one reportlab canvas: text with fallback faces, rules, and the note where each figure stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from desktop_app.reporting.content import FigureRun, Run, StateRun
from desktop_app.reporting.pdf.fonts import Face, FontBook, load
from desktop_app.reporting.pdf.geometry import CAP, INK, SMALL_SIZE
from desktop_app.reporting.pdf.lines import Line

if TYPE_CHECKING:
    from reportlab.lib.colors import Color
    from reportlab.pdfgen.canvas import Canvas


@dataclass(frozen=True)
class FigurePlace:
    """Where a printed number, or the word in its place, stands.

    ``page`` counts from 1; the rectangle is in points from the page's lower left corner.
    """

    page: int
    left: float
    bottom: float
    width: float
    height: float
    run: FigureRun | StateRun


@cache
def colour_of(code: str) -> Color:
    """The reportlab colour of ``#RRGGBB``; parsed once."""
    from reportlab.lib.colors import HexColor

    return HexColor(code)


class Pen:
    """Draws in points from the lower left corner; collects the places of figures."""

    def __init__(self, canvas: Canvas, book: FontBook) -> None:
        self.canvas = canvas
        self.book = book
        self.page = 1
        self.places: list[FigurePlace] = []
        self.silences: list[FigurePlace] = []
        """Of the words (未报 …) that stand where a known number would."""

    def text(
        self, x: float, y: float, text: str, face: Face, size: float, *, align: str = "left", colour: str = INK
    ) -> float:
        """One line with its baseline at ``y``; ``align`` left, right or center of ``x``. Gives its width."""
        spans = self.book.spans(text, face)
        total = sum(span.em for span in spans) * size
        x -= {"left": 0.0, "right": total, "center": total / 2}[align]
        self._ink(colour)
        for span in spans:
            self._piece(x, y, span.text, span.face, size)
            x += span.em * size
        return total

    def fitted(self, x: float, y: float, text: str, face: Face, size: float, room: float) -> None:
        """One centred line, set smaller when it would be wider than ``room``; never below the smallest type."""
        width = self.book.width(text, face, size)
        if width > room:
            size = max(size * room / width, SMALL_SIZE)
        self.text(x, y, text, face, size, align="center")

    def line_of_text(self, line: Line, x: float, y: float, runs: tuple[Run, ...], colour: str = INK) -> None:
        """A set line with its baseline at ``y``; figures in it are noted."""
        self._ink(colour)
        for piece in line.pieces:
            self._piece(x + piece.x, y, piece.text, piece.face, piece.size, piece.spacing)
            run = runs[piece.run]
            self.note(run, x + piece.x, y, piece.width, piece.size)

    def note(self, run: Run, x: float, y: float, width: float, size: float) -> None:
        """Remember where a run stands when it is a figure or stands for one; ``x``: left edge, ``y``: baseline."""
        if isinstance(run, FigureRun):
            self._note(self.places, run, x, y, width, size)
        elif isinstance(run, StateRun) and run.code:
            self._note(self.silences, run, x, y, width, size)

    def centred(self, lines: Sequence[Line], x: float, top: float, pitch: float, size: float) -> None:
        """Lines of plain words, one below the other, each centred on ``x``."""
        self._ink(INK)
        for number, line in enumerate(lines):
            y = top - (number + 0.5) * pitch - CAP * size
            for piece in line.pieces:
                self._piece(x - line.width / 2 + piece.x, y, piece.text, piece.face, piece.size)

    def rule(self, x1: float, y: float, x2: float, width: float, colour: str = INK) -> None:
        """A horizontal rule."""
        self.stroke(x1, y, x2, y, width, colour)

    def stroke(
        self, x1: float, y1: float, x2: float, y2: float, width: float, colour: str = INK, dash: tuple[float, ...] = ()
    ) -> None:
        """A straight line."""
        self.canvas.setStrokeColor(colour_of(colour))
        self.canvas.setLineWidth(width)
        self.canvas.setDash(list(dash))
        self.canvas.line(x1, y1, x2, y2)

    def frame(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A dashed, empty rectangle."""
        self.canvas.setDash([2, 2])
        self.canvas.setLineWidth(0.5)
        self.canvas.setStrokeColor(colour_of(colour))
        self.canvas.rect(x, y, width, height, stroke=1, fill=0)

    def _ink(self, colour: str) -> None:
        self.canvas.setFillColor(colour_of(colour))

    def _piece(self, x: float, y: float, text: str, face: Face, size: float, spacing: float = 0.0) -> None:
        load(face)
        self.canvas.setFont(face.value, size)
        self.canvas.drawString(x, y, text, charSpace=spacing)

    def _note(
        self, places: list[FigurePlace], run: FigureRun | StateRun, x: float, y: float, width: float, size: float
    ) -> None:
        previous = places[-1] if places else None
        bottom = y + CAP * size - size / 2
        if previous is not None and previous.run is run and previous.page == self.page and previous.bottom == bottom:
            # A figure that was drawn in several pieces is one place.
            places[-1] = FigurePlace(self.page, previous.left, bottom, x + width - previous.left, previous.height, run)
            return
        places.append(FigurePlace(self.page, x, bottom, width, size, run))
