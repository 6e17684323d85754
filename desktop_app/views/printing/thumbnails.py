"""Small pages in a column: where one is in the report, and the way to another page with one click."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours
from desktop_app.views.printing.page_view import PageView

WIDTH = 108
_NUMBER_HEIGHT = 15.0
_HERE = QColor("#00693C")
"""The page is white in both faces, and so is its number."""


class Thumbnails(PageView):
    """``page_asked(int)`` (from 0) when a page is clicked or walked to with the arrow keys."""

    margin = 12.0
    least_fit = 0.02
    kept = 60
    page_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("页面缩略图")
        self.setFixedWidth(WIDTH)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._marked = 0

    @property
    def marked(self) -> int:
        """The page that is framed."""
        return self._marked

    def mark(self, page: int) -> None:
        """Frame a page and bring it into sight."""
        if page != self._marked and 0 <= page < self.pages:
            self._marked = page
            self._bring(self._paper(page))

    def paint_over(self, painter: QPainter, page: int, paper: QRectF) -> None:
        """The frame of the page that is read, and the number of each."""
        palette = colours()
        here = page == self._marked
        if here:
            painter.setPen(QPen(palette.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(paper.adjusted(-3, -3, 3, 3))
        tag = QRectF(paper.center().x() - 14, paper.bottom() - _NUMBER_HEIGHT - 2, 28, _NUMBER_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_HERE if here else Qt.GlobalColor.darkGray)
        painter.drawRoundedRect(tag, 3, 3)
        painter.setPen(Qt.GlobalColor.white)
        painter.setFont(sized(11))
        painter.drawText(tag, int(Qt.AlignmentFlag.AlignCenter), str(page + 1))

    def page_at(self, where: QPoint) -> int | None:
        """The page (from 0) at a place of the viewport."""
        return next((page for page in self._visible() if self._paper(page).contains(where.toPointF())), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        QAbstractScrollArea.mouseMoveEvent(self, event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        page = self.page_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and page is not None:
            self.page_asked.emit(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        by = steps.get(Qt.Key(event.key()))
        if by is not None:
            self.page_asked.emit(min(max(self._marked + by, 0), self.pages - 1))
        else:
            QAbstractScrollArea.keyPressEvent(self, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        QAbstractScrollArea.wheelEvent(self, event)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(WIDTH, 200)
