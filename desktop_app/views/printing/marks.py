"""The numbers of the pages that can be asked about: where they stand, and which one is marked."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop_app.services.results.reports import PlacedFigure
from desktop_app.services.results.tracing import FigureAddress
from desktop_app.views.palette import colours

_AROUND = 2.0
"""White around a number that still belongs to it, in points."""


class FigureMarks:
    """Knows rectangles in points from the upper left corner of each page; draws the marked one."""

    def __init__(self) -> None:
        self._figures: tuple[PlacedFigure, ...] = ()
        self._marked: PlacedFigure | None = None

    def set_figures(self, figures: tuple[PlacedFigure, ...]) -> None:
        """Other pages; the mark stays on the same number of the same report."""
        marked = self._marked
        self._figures = figures
        same = (each for each in figures if marked is not None and each.address == marked.address)
        self._marked = next(same, None)

    @property
    def figures(self) -> tuple[PlacedFigure, ...]:
        """All numbers, in reading order."""
        return self._figures

    @property
    def address(self) -> FigureAddress | None:
        """Of the marked number."""
        return self._marked.address if self._marked is not None else None

    def mark(self, figure: PlacedFigure) -> None:
        """Mark a number."""
        self._marked = figure

    def step(self, by: int, page: int) -> PlacedFigure | None:
        """Mark the next or the previous number; the first of ``page`` when none is marked."""
        if not self._figures:
            return None
        if self._marked is None:
            self._marked = next((each for each in self._figures if each.page >= page), self._figures[0])
        else:
            at = self._figures.index(self._marked) + by
            self._marked = self._figures[min(max(at, 0), len(self._figures) - 1)]
        return self._marked

    def at(self, page: int, where: QPointF, scale: float) -> PlacedFigure | None:
        """The number at a place of a page, in pixels from the paper's corner."""
        point = QPointF(where.x() / scale, where.y() / scale)
        for each in self._figures:
            if each.page == page and _rect(each).contains(point):
                return each
        return None

    def rect_of(self, figure: PlacedFigure, paper: QRectF, scale: float) -> QRectF:
        """Where a number stands on the screen."""
        points = _rect(figure)
        return QRectF(paper.topLeft() + points.topLeft() * scale, points.size() * scale)

    def paint(self, painter: QPainter, page: int, paper: QRectF, scale: float) -> None:
        """A frame around the marked number."""
        if self._marked is None or self._marked.page != page:
            return
        painter.setPen(QPen(colours().colour("accent"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.rect_of(self._marked, paper, scale), 2, 2)


def _rect(figure: PlacedFigure) -> QRectF:
    return QRectF(figure.left - _AROUND, figure.top - _AROUND, figure.width + 2 * _AROUND, figure.height + 2 * _AROUND)
