"""Files dragged over a tab: which they are, and the frame that says what letting go will do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours


def paths_of(mime: QMimeData) -> list[Path]:
    """The local files and folders among what is dragged."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()] if mime.hasUrls() else []


class HoverFrame(QWidget):
    """Covers the tab while files hover over it, and says what letting go will do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._over = parent
        self._count = 0
        self.hide()

    def show_for(self, count: int) -> None:
        """Cover the parent for so many files."""
        self._count = count
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        palette = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = palette.colour("accent_soft")
        ground.setAlphaF(0.92)
        painter.setBrush(ground)
        painter.setPen(QPen(palette.colour("accent"), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(8, 8, -8, -8), 8, 8)
        painter.setPen(palette.colour("accent"))
        painter.setFont(sized(18, bold=True))
        words = f"松开鼠标，核对这 {self._count} 项（不会立即入库）"
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
