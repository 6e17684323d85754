"""Bullet bars in table cells: what is reached against the target, with a tick where it should be by now."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPen

from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours
from desktop_app.views.qtmodels.columns import Bullet, CellRole
from desktop_app.views.widgets.delegates.base import CellDelegate, Index

_BAR = 10.0
_NUMBER_PX = 12.5
_WIDEST = "100.0%"


def paint_bullet(painter: QPainter, room: QRectF, bullet: Bullet) -> None:
    """Track, bar, tick of the pace, and the share as a number; more than 100 % fills the track."""
    palette = colours()
    font = sized(_NUMBER_PX)
    number = QFontMetricsF(font).horizontalAdvance(_WIDEST) + 6
    track = QRectF(room.left(), room.center().y() - _BAR / 2, max(room.width() - number, 20), _BAR)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.colour("track"))
    painter.drawRoundedRect(track, 3, 3)
    share = min(max(float(bullet.value) / 100, 0.0), 1.0)
    if share > 0:
        bar = QRectF(track.left(), track.top(), track.width() * share, track.height())
        painter.setBrush(palette.colour("warn_bar" if bullet.behind else "accent"))
        painter.drawRoundedRect(bar, 3, 3)
        if bullet.behind:
            # What lags is told apart without colours too: by slanting lines.
            painter.setBrush(QBrush(palette.colour("card"), Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(bar, 3, 3)
    if bullet.pace is not None:
        x = track.left() + track.width() * min(max(float(bullet.pace) / 100, 0.0), 1.0)
        # A rim of the ground parts the tick from a bar that is as dark as it is.
        painter.setPen(QPen(palette.colour("card"), 6))
        painter.drawLine(QLineF(x, track.top(), x, track.bottom()))
        painter.setPen(QPen(palette.colour("text"), 2))
        painter.drawLine(QLineF(x, track.top() - 4, x, track.bottom() + 4))
    painter.setFont(font)
    painter.setPen(palette.colour("text"))
    words = QRectF(track.right(), room.top(), number, room.height())
    painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), f"{bullet.value}%")
    painter.restore()


class BulletDelegate(CellDelegate):
    """Paints the column's :class:`Bullet`."""

    def paint_contents(self, painter: QPainter, room: QRectF, index: Index) -> None:
        bullet = index.data(CellRole.CELL)
        if isinstance(bullet, Bullet):
            paint_bullet(painter, room.adjusted(6, 0, -6, 0), bullet)
