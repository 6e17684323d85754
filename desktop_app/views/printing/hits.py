"""Where searched words stand on the pages, and which hit is the current one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_app.services.results.reports import PageHit
from desktop_app.views.palette import colours

_AROUND = 1.0
"""Points around the words."""
_INK = QColor(255, 196, 0)
"""Of a marker pen; the paper is white in both faces."""


class HitMarks:
    """Knows the hits of one search; draws them over the pages."""

    def __init__(self) -> None:
        self._hits: tuple[PageHit, ...] = ()
        self._at = -1

    def set_hits(self, hits: tuple[PageHit, ...], page: int) -> None:
        """Other hits; the first one on ``page`` or behind it becomes the current one."""
        self._hits = hits
        self._at = next((n for n, hit in enumerate(hits) if hit.page >= page), 0 if hits else -1)

    @property
    def hits(self) -> tuple[PageHit, ...]:
        """All, in reading order."""
        return self._hits

    @property
    def number(self) -> int:
        """Of the current hit, from 1; 0 without hits."""
        return self._at + 1

    @property
    def current(self) -> PageHit | None:
        """The hit that is walked to."""
        return self._hits[self._at] if self._hits else None

    def step(self, by: int) -> None:
        """Walk on, round the end."""
        if self._hits:
            self._at = (self._at + by) % len(self._hits)

    def rect_of(self, box: tuple[float, float, float, float], paper: QRectF, scale: float) -> QRectF:
        """Where a box stands on the screen."""
        left, top, width, height = box
        place = QRectF(left - _AROUND, top - _AROUND, width + 2 * _AROUND, height + 2 * _AROUND)
        return QRectF(paper.topLeft() + place.topLeft() * scale, QSizeF(place.width() * scale, place.height() * scale))

    def paint(self, painter: QPainter, page: int, paper: QRectF, scale: float) -> None:
        """All hits of a page like a marker pen, the current one stronger and framed."""
        current = self.current
        for hit in self._hits:
            if hit.page != page:
                continue
            ink = QColor(_INK)
            ink.setAlphaF(0.55 if hit is current else 0.3)
            painter.setBrush(ink)
            painter.setPen(QPen(colours().colour("accent"), 1.5) if hit is current else Qt.PenStyle.NoPen)
            for box in hit.boxes:
                painter.drawRoundedRect(self.rect_of(box, paper, scale), 2, 2)
