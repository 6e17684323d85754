"""The grid of the daily sheet with the habits of a spreadsheet: type, Enter down, Tab right, paste a block, Ctrl+Z."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop_app.views.clipboard import put_table
from desktop_app.views.fonts import sized
from desktop_app.views.qtmodels.daily import HEADS, ITEMS, DailyModel
from desktop_app.views.qtmodels.rows import CELL_PX
from desktop_app.views.widgets.delegates.base import CellDelegate

_ROW = 24
_SAMPLES = ("11月11日", "周日", "9,999,999", "9,999,999", "9,999,999", "妥投率%", "+999.9", "99.9倍", "12 家未报")
_PAD = 20


class DailyGrid(QTableView):
    """Reads a :class:`DailyModel`; cells of one company's counts are typed into."""

    def __init__(self, model: DailyModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days = model
        self.setModel(model)
        self.setAccessibleName("旺季日报表")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setShowGrid(False)
        self.setItemDelegate(CellDelegate(self))
        self.setWordWrap(False)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(18)
        self.verticalHeader().setDefaultSectionSize(max(_ROW, int(QFontMetricsF(sized(CELL_PX)).height()) + 5))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        model.modelReset.connect(self._fit)

    # ------------------------------------------------------------------------------------------- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        for key, act in (
            (QKeySequence.StandardKey.Copy, self.copy_block),
            (QKeySequence.StandardKey.Paste, self.paste_block),
            (QKeySequence.StandardKey.Undo, self._days.undo),
            (QKeySequence.StandardKey.Redo, self._days.redo),
        ):
            if event.matches(key):
                act()
                return
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._days.put([(i.row(), i.column(), "") for i in self.selectedIndexes()])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            # The editor lets the key through to here before it closes; then closeEditor goes down.
            if self.state() is not QAbstractItemView.State.EditingState:
                self._step_down()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        still_open = self.indexWidget(self.currentIndex()) is editor
        super().closeEditor(editor, hint)
        if still_open and hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._step_down()

    def _step_down(self) -> None:
        at = self.currentIndex()
        below = self._days.index(at.row() + 1, at.column())
        if below.isValid():
            self.setCurrentIndex(below)

    def copy_block(self) -> None:
        """The marked block, for WPS."""
        chosen = self.selectedIndexes()
        rows = sorted({i.row() for i in chosen})
        columns = sorted({i.column() for i in chosen})
        if chosen:
            put_table([[self._days.text(r, c) for c in columns] for r in rows], figures=[2 <= c <= 7 for c in columns])

    def paste_block(self) -> None:
        """A block from WPS, from the marked cell on; as one step."""
        at = self.currentIndex()
        lines = QGuiApplication.clipboard().text().rstrip("\n").splitlines()
        if at.isValid() and lines:
            self._days.put(
                [
                    (at.row() + r, at.column() + c, text)
                    for r, line in enumerate(lines)
                    for c, text in enumerate(line.split("\t"))
                ]
            )

    def focus_entry(self) -> None:
        """To the first day's count."""
        self.setFocus()
        if not self.currentIndex().isValid() or self.currentIndex().column() not in ITEMS:
            self.setCurrentIndex(self._days.index(1, min(ITEMS)))

    # ------------------------------------------------------------------------------------------- measures

    def _fit(self) -> None:
        metrics = QFontMetricsF(sized(CELL_PX, bold=True))
        widths = [
            max(metrics.horizontalAdvance(sample), metrics.horizontalAdvance(head)) + _PAD
            for sample, head in zip(_SAMPLES, HEADS, strict=True)
        ]
        spare = max(self.viewport().width() - sum(widths), 0) / len(widths)
        for number, width in enumerate(widths):
            self.setColumnWidth(number, int(width + spare))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
