"""The grid: Enter down, Tab right, typing replaces, F2 edits, blocks in and out, states by menu; the mouse is optional.

The first key of a Chinese composition opens the editor and goes on in it: the view takes input methods itself, and
Qt hands a composition that begins there to the editor, which gets the focus when the composition ends. A letter that
comes without composition is handed on here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from desktop_app.services.results.entry import CellKey, CellState, FigureStatus
from desktop_app.views.entry.block import Block, read_block, write_block
from desktop_app.views.entry.editor import CellEditor, EntryDelegate
from desktop_app.views.fonts import sized
from desktop_app.views.provenance.pages import entry_figure
from desktop_app.views.qtmodels.entry import EntryModel
from desktop_app.views.qtmodels.rows import CELL_PX
from desktop_app.views.widgets.delegates.base import PAD
from desktop_app.views.widgets.tracing import offer_trace

if TYPE_CHECKING:
    from desktop_app.services.results.tracing import FigureAddress

Index = QModelIndex | QPersistentModelIndex

STATES = (CellState.MISSING, CellState.NOT_APPLICABLE, CellState.RETURNED)
_ROW_PX = 28
_LEAST = 76
_HEAD_MOST = 320
_TABS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class EntryGrid(QTableView):
    """``entered({CellKey: text})``: to be checked and stored; ``refused(words)``: what cannot be done as it is."""

    entered = Signal(object)
    refused = Signal(str)
    undo_asked = Signal()
    redo_asked = Signal()
    status_asked = Signal(object, object)
    """Cells and a :class:`FigureStatus` that they are to have."""
    moved = Signal()
    """Another cell is the current one."""
    traced = Signal(object)
    """A :class:`FigureAddress`: 此数从何来 was asked of a cell."""
    escaped = Signal()
    """Esc, where no cell is being typed into."""
    idle = Signal()
    """An editor has been closed."""

    def __init__(self, model: EntryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = model
        self._tab_from: int | None = None
        self.takes_escape = False
        """Whether Esc answers a question that stands below the grid."""
        self.setModel(model)
        self._editor = EntryDelegate(self)
        self._editor.left.connect(self._step)
        self.setItemDelegate(self._editor)
        model.typed.connect(lambda typed: self.entered.emit(dict(typed)))
        model.modelReset.connect(self._fit)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._offer_menu)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(max(_ROW_PX, int(QFontMetricsF(sized(CELL_PX)).height()) + 9))
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        rows.setMaximumWidth(_HEAD_MOST)
        rows.setHighlightSections(False)
        self.horizontalHeader().setHighlightSections(False)
        self.setAccessibleName("录入")
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())

    # ------------------------------------------------------------------------------------------- where

    @property
    def editing(self) -> bool:
        """Whether a cell is being typed into."""
        return self.state() is QAbstractItemView.State.EditingState

    @property
    def current_key(self) -> CellKey | None:
        """Address of the current cell."""
        return self.cells.key_at(self.currentIndex())

    def traced_figure(self) -> FigureAddress | None:
        """The figure of the current cell."""
        return self._figure_at(self.currentIndex())

    def _figure_at(self, index: QModelIndex) -> FigureAddress | None:
        pivot = self.cells.pivot
        if pivot is None or not index.isValid():
            return None
        item, period, place = pivot.at(index.row(), index.column())
        return entry_figure(CellKey(item.code, period.key, place.code), item)

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one, as far as the grid reaches."""
        height, width = self.cells.rowCount(), self.cells.columnCount()
        if height and width:
            index = self.cells.index(min(max(row, 0), height - 1), min(max(column, 0), width - 1))
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def _step(self, rows: int, columns: int) -> None:
        """On from the current cell; Enter returns to the column in which a run of Tabs began."""
        index = self.currentIndex()
        if columns and self._tab_from is None:
            self._tab_from = index.column()
        column = index.column() + columns
        if rows:
            column, self._tab_from = (index.column() if self._tab_from is None else self._tab_from), None
        self.go_to(index.row() + rows, column)
        self.setFocus()

    def _marked(self) -> list[tuple[int, int]]:
        """The marked cells, row by row."""
        return sorted((index.row(), index.column()) for index in self.selectionModel().selectedIndexes())

    def _edges(self) -> tuple[int, int, int, int]:
        """Top, left, bottom and right of the marked block."""
        marked = self._marked() or [(self.currentIndex().row(), self.currentIndex().column())]
        rows, columns = [row for row, _ in marked], [column for _, column in marked]
        return min(rows), min(columns), max(rows), max(columns)

    # ------------------------------------------------------------------------------------------- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        for standard, act in (
            (QKeySequence.StandardKey.Copy, self.copy),
            (QKeySequence.StandardKey.Cut, self.cut),
            (QKeySequence.StandardKey.Paste, self.paste),
            (QKeySequence.StandardKey.Undo, self.undo_asked.emit),
            (QKeySequence.StandardKey.Redo, self.redo_asked.emit),
        ):
            if event.matches(standard):
                act()
                return
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        key = Qt.Key(event.key())
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if control and key in _CONTROLLED:
            _CONTROLLED[key](self)
        elif key in _ENTERS and not control:
            self._step(-1 if shift else 1, 0)
        elif key in _TABS and not control:
            self._step(0, _TABS[key])
        elif key is Qt.Key.Key_Delete:
            self.clear_marked()
        elif key is Qt.Key.Key_Escape:
            self.escaped.emit()
            super().keyPressEvent(event)
        else:
            self._plain_key(event, key)

    def event(self, event: QEvent) -> bool:
        override = self.takes_escape and event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            # Else it would belong to the window, which closes its message with it.
            event.accept()
            return True
        return super().event(event)

    def _plain_key(self, event: QKeyEvent, key: Qt.Key) -> None:
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._tab_from = None
        self._editor.typing = key is not Qt.Key.Key_F2
        if key is Qt.Key.Key_Backspace:
            # As in Excel: the cell is opened empty.
            if self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.AnyKeyPressed, event):
                event.accept()
            return
        if event.text().strip() and self._locked_words():
            self.refused.emit(self._locked_words())
        super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's signature
        """Tab belongs to the cells; F6 leaves the grid."""
        del next
        return False

    def _locked_words(self) -> str:
        index = self.currentIndex()
        pivot = self.cells.pivot
        return pivot.lock(index.row(), index.column()) if pivot is not None and index.isValid() else ""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        opens = not self.editing
        self._editor.typing = opens
        super().inputMethodEvent(event)
        # What comes without a composition (１ or ， of a Chinese input method) opens the editor but is not handed on.
        editor = self.findChild(CellEditor)
        if opens and editor is not None and self.editing and event.commitString() not in {"", editor.text()}:
            editor.selectAll()
            editor.insert(event.commitString())

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        self.idle.emit()

    # ------------------------------------------------------------------------------------------- acts

    def copy(self) -> None:
        """Copy the marked block, as Excel and WPS take it."""
        top, left, bottom, right = self._edges()
        rows = [
            [self.cells.text(key) for column in range(left, right + 1) if (key := self._key(row, column)) is not None]
            for row in range(top, bottom + 1)
        ]
        QGuiApplication.clipboard().setText(write_block(rows))

    def cut(self) -> None:
        """Copy and clear."""
        self.copy()
        self.clear_marked()

    def paste(self) -> None:
        """Paste a block at the corner of the marked one; a single cell fills all that is marked."""
        text = QGuiApplication.clipboard().text()
        if not text or not self.currentIndex().isValid():
            return
        block = read_block(text)
        top, left, bottom, right = self._edges()
        if len(block) == len(block[0]) == 1:
            block = ((block[0][0],) * (right - left + 1),) * (bottom - top + 1)
        over = self._too_large(block, top, left)
        if over:
            self.refused.emit(over)
            return
        self._put(block, top, left)
        end = self.cells.index(top + len(block) - 1, left + len(block[0]) - 1)
        self._mark(self.cells.index(top, left), end)

    def _too_large(self, block: Block, top: int, left: int) -> str:
        """Nothing is cut off in silence: words when the block reaches beyond the grid."""
        rows = top + len(block) - self.cells.rowCount()
        columns = left + len(block[0]) - self.cells.columnCount()
        beyond = [f"{count} {word}" for count, word in ((rows, "行"), (columns, "列")) if count > 0]
        if not beyond:
            return ""
        size = f"{len(block)} 行 {len(block[0])} 列"
        return f"粘贴的是 {size}，从这一格起放不下（多出 {'、'.join(beyond)}），没有粘贴。请换一个起点，或少复制一些"

    def _mark(self, first: QModelIndex, last: QModelIndex) -> None:
        from PySide6.QtCore import QItemSelection

        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(QItemSelection(first, last), flag)

    def _put(self, block: Block, top: int, left: int) -> None:
        texts: dict[CellKey, str] = {}
        for down, line in enumerate(block):
            for across, text in enumerate(line):
                key = self._key(top + down, left + across)
                if key is not None and text != self.cells.text(key):
                    texts[key] = text
        if texts:
            self.entered.emit(texts)

    def clear_marked(self) -> None:
        """Delete: what stands in the marked cells becomes 未报, what was refused goes."""
        keys = [key for row, column in self._marked() if (key := self._key(row, column)) is not None]
        texts = dict.fromkeys((key for key in keys if self.cells.text(key)), "")
        if texts:
            self.entered.emit(texts)

    def fill_down(self) -> None:
        """Ctrl+D: the first row of the marked block into the rows below; of a single row, the row above it."""
        top, left, bottom, right = self._edges()
        source = top if bottom > top else top - 1
        if source < 0:
            return
        keys = [self._key(source, column) for column in range(left, right + 1)]
        line = tuple("" if key is None else self.cells.text(key) for key in keys)
        self._put((line,) * (bottom - source), source + 1, left)

    def set_state(self, state: CellState) -> None:
        """Write the word of a state into the marked cells."""
        keys = [key for row, column in self._marked() if (key := self._key(row, column)) is not None]
        texts = {key: state.label for key in keys if self.cells.text(key) != state.label}
        if texts:
            self.entered.emit(texts)

    def _key(self, row: int, column: int) -> CellKey | None:
        return self.cells.key_at(self.cells.index(row, column))

    def _offer_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, act in (
            ("复制\tCtrl+C", self.copy),
            ("粘贴\tCtrl+V", self.paste),
            ("向下填充\tCtrl+D", self.fill_down),
        ):
            menu.addAction(text, act)
        menu.addSeparator()
        for state in STATES:
            menu.addAction(f"标为“{state.label}”", lambda s=state: self.set_state(s))
        menu.addAction("清除\tDel", self.clear_marked)
        menu.addSeparator()
        keys = [key for row, column in self._marked() if (key := self._key(row, column)) is not None]
        stored = [key for key in keys if self.cells.cell(key) is not None]
        for status in FigureStatus:
            action = menu.addAction(
                f"状态改为{status_name(status)}", lambda s=status: self.status_asked.emit(stored, s)
            )
            action.setEnabled(bool(stored))
        menu.addSeparator()
        offer_trace(menu, self._figure_at(self.indexAt(where)), self.traced.emit)
        menu.addAction("撤销\tCtrl+Z", self.undo_asked.emit)
        menu.addAction("重做\tCtrl+Y", self.redo_asked.emit)
        menu.popup(self.viewport().mapToGlobal(where))

    # ------------------------------------------------------------------------------------------- measures

    def _fit(self) -> None:
        """Columns as wide as their heads want, and wider while there is room."""
        count = self.cells.columnCount()
        if not count:
            return
        self.verticalHeader().setFixedWidth(min(self.verticalHeader().sizeHint().width() + 4, _HEAD_MOST))
        metrics = QFontMetricsF(sized(CELL_PX))
        heads = [str(self.cells.headerData(n, Qt.Orientation.Horizontal) or "") for n in range(count)]
        wide = [max(metrics.horizontalAdvance(line) for line in head.split("\n")) + 2 * PAD + 4 for head in heads]
        room = (self.viewport().width() - sum(max(_LEAST, each) for each in wide)) / count
        for number, each in enumerate(wide):
            self.setColumnWidth(number, int(max(_LEAST, each) + min(max(room, 0), 40)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


_CONTROLLED: dict[Qt.Key, Callable[[EntryGrid], None]] = {Qt.Key.Key_D: EntryGrid.fill_down}


def status_name(status: FigureStatus) -> str:
    """The word of a status as the clerk knows it."""
    return {FigureStatus.ESTIMATE: "预计", FigureStatus.FLASH: "快报（初报）", FigureStatus.FINAL: "年报（核定）"}.get(
        status, status.value
    )
