"""Grey cards that stand where contents will be, while the ledger is being opened."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.views.palette import colours

_ROWS = ((0.0, 64.0, (1.0,)), (76.0, 128.0, (1.0, 1.0, 1.0, 1.0, 1.0)), (216.0, -1.0, (1.15, 1.0, 0.95)))
"""Top, height (-1: the rest) and relative widths of the cards."""


class Skeleton(QWidget):
    """Painted, not built: it must be on the screen within the first frame."""

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        palette = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(16.5, 12.5, -16.5, -12.5)
        for top, height, widths in _ROWS:
            tall = room.height() - top if height < 0 else height
            if tall < 20:
                continue
            left = room.left()
            free = room.width() - 12 * (len(widths) - 1)
            for width in widths:
                card = QRectF(left, room.top() + top, free * width / sum(widths), tall)
                painter.setPen(QPen(palette.colour("border"), 1))
                painter.setBrush(palette.colour("card"))
                painter.drawRoundedRect(card, 8, 8)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(palette.colour("track"))
                words = QRectF(card.left() + 14, card.top() + 16, min(110.0, card.width() / 3), 10)
                painter.drawRoundedRect(words, 5, 5)
                left += card.width() + 12
