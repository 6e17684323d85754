"""The editor of one cell, and how a cell of the entry grid is painted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget

from desktop_app.services.results.entry import EntryCell, FigureStatus
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours
from desktop_app.views.qtmodels.columns import CellRole
from desktop_app.views.qtmodels.entry import Mark, Overlay
from desktop_app.views.qtmodels.rows import CELL_PX
from desktop_app.views.widgets.delegates.base import PAD, CellDelegate

Index = QModelIndex | QPersistentModelIndex

_KEY = Qt.Key
_MOVES = {
    _KEY.Key_Return: (1, 0),
    _KEY.Key_Enter: (1, 0),
    _KEY.Key_Tab: (0, 1),
    _KEY.Key_Backtab: (0, -1),
}
_ARROWS = {_KEY.Key_Up: (-1, 0), _KEY.Key_Down: (1, 0), _KEY.Key_Left: (0, -1), _KEY.Key_Right: (0, 1)}
_WEAK = {FigureStatus.ESTIMATE: "预", FigureStatus.FLASH: "快"}
"""Small words before figures that are not yet final."""


class CellEditor(QLineEdit):
    """``typing``: opened by typing over the cell, so that ← and → leave it as in Excel; F2 lets them move inside."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cellEditor")
        self.setFont(sized(CELL_PX))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.filled = False
        self.typing = False


class EntryDelegate(CellDelegate):
    """``left(rows, columns)``: the editor has been left by a key that moves on."""

    left = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.typing = False
        """Whether the next editor is opened by typing."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option, index
        editor = CellEditor(parent)
        editor.typing, self.typing = self.typing, False
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # Figures that change below an open editor do not take away what is being typed.
        if isinstance(editor, CellEditor) and not editor.filled:
            editor.filled = True
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        del index
        editor.setGeometry(option.rect)  # type: ignore[attr-defined] # the stubs leave out the option's fields

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, CellEditor) and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            move = self._move(editor, event)
            if move is not None:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor)
                self.left.emit(*move)
                return True
        return super().eventFilter(editor, event)

    @staticmethod
    def _move(editor: CellEditor, event: QKeyEvent) -> tuple[int, int] | None:
        key = _KEY(event.key())
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _MOVES:
            down, right = _MOVES[key]
            return (-down if back else down), right
        if key in {_KEY.Key_Up, _KEY.Key_Down} or (editor.typing and not back):
            return _ARROWS.get(key)
        return None

    # ------------------------------------------------------------------------------------------- painting

    def paint_contents(self, painter: QPainter, room: QRectF, index: Index) -> None:
        palette = colours()
        painter.setPen(QPen(palette.colour("row_line"), 1))
        painter.drawLine(room.topRight(), room.bottomRight())
        cell = index.data(CellRole.CELL)
        sign, ink = "", "muted"
        if isinstance(cell, Overlay) and cell.mark is not Mark.SAVING:
            refused = cell.mark is Mark.REFUSED
            sign, ink = ("！", "bad") if refused else ("？", "warn")
            painter.setPen(QPen(palette.colour(ink), 1.5))
            painter.drawRect(room.adjusted(1, 1, -2, -2))
        elif isinstance(cell, EntryCell):
            sign = _WEAK.get(cell.status, "")
        if sign:
            painter.setFont(sized(CELL_PX - 2, bold=ink != "muted"))
            painter.setPen(palette.colour(ink))
            left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(room.adjusted(PAD / 2, 0, 0, 0), int(left), sign)
            room = room.adjusted(PAD, 0, 0, 0)
        super().paint_contents(painter, room, index)
