"""The plain cell: ground, hairline, selection, text with indent; the others paint their contents on top."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours
from desktop_app.views.qtmodels.columns import CellRole
from desktop_app.views.qtmodels.rows import CELL_PX

Index = QModelIndex | QPersistentModelIndex

PAD = 8.0
INDENT = 16.0


class CellDelegate(QStyledItemDelegate):
    """Paints a cell without the platform's own decoration."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        room = QRectF(option.rect)  # type: ignore[attr-defined] # the stubs leave out the option's fields
        self.paint_ground(painter, option, room, index)
        self.paint_contents(painter, room, index)
        if option.state & QStyle.StateFlag.State_HasFocus:  # type: ignore[attr-defined]
            painter.setPen(QPen(colours().colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(room.adjusted(0.5, 0.5, -1.5, -1.5))
        painter.restore()

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, room: QRectF, index: Index) -> None:
        """Ground and hairline."""
        palette = colours()
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(room, palette.colour("accent_soft"))
        elif isinstance(ground, QBrush | QColor):
            painter.fillRect(room, ground)
        painter.setPen(QPen(palette.colour("row_line"), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())

    def paint_contents(self, painter: QPainter, room: QRectF, index: Index) -> None:
        """The text of the cell, cut with … when there is no room."""
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if not text:
            return
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        given = index.data(Qt.ItemDataRole.FontRole)
        font = given if isinstance(given, QFont) else sized(CELL_PX)
        painter.setFont(font)
        painter.setPen(ink if isinstance(ink, QColor) else colours().colour("text"))
        inner = room.adjusted(PAD + INDENT * int(index.data(CellRole.INDENT) or 0), 0, -PAD, 0)
        shown = QFontMetricsF(font).elidedText(str(text), Qt.TextElideMode.ElideRight, inner.width() + 1)
        flags = index.data(Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(inner, int(flags) if flags is not None else int(Qt.AlignmentFlag.AlignVCenter), shown)
