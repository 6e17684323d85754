"""要处理的事: tag, sentence, detail; a list that the keyboard walks through."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.services.results.overview import Alarm
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours
from desktop_app.views.widgets.tag import paint_tag, tag_height, tag_width

Index = QModelIndex | QPersistentModelIndex

_TOP = 6.0
_GAP = 8.0
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class _AlarmModel(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.alarms: tuple[Alarm, ...] = ()

    def set(self, alarms: Sequence[Alarm]) -> None:
        self.beginResetModel()
        self.alarms = tuple(alarms)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.alarms)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        alarm = self.alarms[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{alarm.word}：{alarm.text} {alarm.detail}"
        return alarm if role == Qt.ItemDataRole.UserRole else None


class _AlarmDelegate(QStyledItemDelegate):
    def _heights(self, alarm: Alarm, width: float) -> tuple[float, float]:
        room = QRectF(0, 0, max(width, 40), 1000)
        text = QFontMetricsF(sized(14)).boundingRect(room, _WRAP, alarm.text).height()
        detail = QFontMetricsF(sized(12)).boundingRect(room, _WRAP, alarm.detail).height() if alarm.detail else 0.0
        return text, detail

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        alarm: Alarm = index.data(Qt.ItemDataRole.UserRole)
        view = option.widget  # type: ignore[attr-defined] # the stubs leave out the option's fields
        width = view.viewport().width() - tag_width(alarm.word) - _GAP - 4
        return QSize(100, int(sum(self._heights(alarm, width)) + 2 * _TOP + 1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        alarm: Alarm = index.data(Qt.ItemDataRole.UserRole)
        palette = colours()
        room = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        if state & (QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected):
            painter.fillRect(room, palette.colour("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(room, palette.colour("panel"))
        width = tag_width(alarm.word)
        paint_tag(painter, QRectF(room.left(), room.top() + _TOP, width, tag_height()), alarm.word, alarm.tone)
        left = room.left() + width + _GAP
        inner = QRectF(left, room.top() + _TOP, room.right() - left - 4, room.height())
        tall, _ = self._heights(alarm, inner.width())
        painter.setFont(sized(14))
        painter.setPen(palette.colour("text"))
        painter.drawText(inner, _WRAP, alarm.text)
        painter.setFont(sized(12))
        painter.setPen(palette.colour("muted"))
        painter.drawText(inner.adjusted(0, tall, 0, 0), _WRAP, alarm.detail)
        painter.setPen(QPen(palette.colour("row_line"), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        painter.restore()


class AlarmList(QListView):
    """``picked(Alarm)`` on click or Enter; ``marked(int)`` when another line is the current one, −1 for none."""

    picked = Signal(object)
    marked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alarms = _AlarmModel(self)
        self.setModel(self._alarms)
        self.setItemDelegate(_AlarmDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.clicked.connect(self._pick)
        self.selectionModel().currentChanged.connect(lambda index: self.marked.emit(index.row()))

    def set_alarms(self, alarms: Sequence[Alarm]) -> None:
        """Show the alarms, most pressing first as given."""
        self._alarms.set(alarms)

    def mark(self, number: int) -> None:
        """Make a line the current one without saying so; −1 for none."""
        self.selectionModel().blockSignals(True)
        if number < 0:
            self.selectionModel().clear()
        else:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self._alarms.index(number), flag)
        self.selectionModel().blockSignals(False)
        self.viewport().update()
        if number >= 0:
            self.scrollTo(self._alarms.index(number))

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """The alarms shown."""
        return self._alarms.alarms

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._pick(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _pick(self, index: QModelIndex) -> None:
        alarm = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(alarm, Alarm):
            self.picked.emit(alarm)
