"""The table of the house: figures to the right, quiet lines, keyboard first, copies as WPS and Excel expect."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QToolTip, QWidget

from desktop_app.views.clipboard import put_table
from desktop_app.views.fonts import sized
from desktop_app.views.qtmodels.columns import Align, CellKind, CellRole, Column
from desktop_app.views.qtmodels.rows import CELL_PX, RowTableModel
from desktop_app.views.widgets.delegates.base import INDENT, PAD, CellDelegate
from desktop_app.views.widgets.delegates.bullets import BulletDelegate
from desktop_app.views.widgets.delegates.heat import HeatDelegate
from desktop_app.views.widgets.delegates.sparks import SparkDelegate
from desktop_app.views.widgets.delegates.tags import TagDelegate
from desktop_app.views.widgets.tag import tag_width
from desktop_app.views.widgets.tracing import offer_trace

if TYPE_CHECKING:
    from desktop_app.services.results.tracing import FigureAddress

R = TypeVar("R")

_MEASURED = 400
"""Rows looked at when a column is as wide as its contents."""
_CANDIDATES = 10
"""Of these rows as many are measured to the pixel."""


class DataTable(QTableView, Generic[R]):
    """A read-only table over frozen rows.

    ``picked(row)`` fires on double click or Enter, ``current_changed(row)`` when the selection moves.
    """

    picked = Signal(object)
    current_changed = Signal(object)
    traced = Signal(object)
    """A :class:`FigureAddress`: 此数从何来 was chosen on a cell of which :attr:`tracer` knows the figure."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        parent: QWidget | None = None,
        *,
        row_height: int = 30,
        select_rows: bool = True,
    ) -> None:
        super().__init__(parent)
        self._row_px = row_height
        self.rows_model: RowTableModel[R] = RowTableModel(columns, self)
        self.setModel(self.rows_model)
        behaviour = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(behaviour.SelectRows if select_rows else behaviour.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._offer_menu)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setDefaultSectionSize(self._row_height())
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(28)
        head.setStretchLastSection(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionsClickable(True)
        head.sectionClicked.connect(self._sort_clicked)
        self.tracer: Callable[[R, int], FigureAddress | None] | None = None
        """Row and column → the figure in the cell; None when there is none."""
        self.more: Callable[[R], Sequence[tuple[str, Callable[[], None]]]] | None = None
        """Row → further entries of its context menu, each with what it does."""
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self._plain = CellDelegate(self)
        self._painters = {
            CellKind.TAG: TagDelegate(self),
            CellKind.HEAT: HeatDelegate(self),
            CellKind.SPARK: SparkDelegate(self),
            CellKind.BULLET: BulletDelegate(self),
        }
        self.setItemDelegate(self._plain)
        self._dress_columns()
        self.doubleClicked.connect(self._picked)
        self.selectionModel().currentRowChanged.connect(self._moved)

    # ------------------------------------------------------------------------------------------- contents

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows; the selection stays on the same line number, the column widths fit again."""
        before = self.currentIndex().row()
        self.rows_model.set_rows(rows)
        self._fit()
        if 0 <= before < len(rows):
            self.select_row(before)

    def set_columns(self, columns: Sequence[Column[R]], rows: Sequence[R] = ()) -> None:
        """Show other columns with rows that fit them."""
        self.rows_model.set_columns(columns, rows)
        self._sorted = None
        self.horizontalHeader().setSortIndicatorShown(False)
        self._dress_columns()
        self._fit()

    def select_row(self, number: int) -> None:
        """Select a line and bring it into view."""
        index = self.rows_model.index(number, 0)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(index, flags)
            self.scrollTo(index)

    def select_where(self, test: Callable[[R], bool]) -> bool:
        """Select the first line that passes the test; False when there is none."""
        number = next((n for n, row in enumerate(self.rows) if test(row)), None)
        if number is not None:
            self.select_row(number)
        return number is not None

    @property
    def current_row(self) -> R | None:
        """The frozen row of the current line."""
        return self.rows_model.row_at(self.currentIndex())

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows as they stand on the screen."""
        return self.rows_model.rows

    # ------------------------------------------------------------------------------------------- copying

    def copy_selection(self) -> None:
        """Copy the marked block, tab-separated, with the heads when whole rows are marked."""
        chosen = self.selectionModel().selectedIndexes()
        if chosen:
            rows = sorted({i.row() for i in chosen})
            columns = sorted({i.column() for i in chosen})
            self._copy(rows, columns, heads=len(columns) == len(self.rows_model.columns) and len(rows) > 1)

    def copy_all(self) -> None:
        """Copy the whole table with its heads."""
        self._copy(range(len(self.rows)), range(len(self.rows_model.columns)), heads=True)

    def _copy(self, rows: Sequence[int], columns: Sequence[int], *, heads: bool) -> None:
        model = self.rows_model
        chosen = [model.columns[c] for c in columns]
        put_table(
            [[column.text(model.rows[r]) for column in chosen] for r in rows],
            heads=[column.head for column in chosen] if heads else (),
            figures=[column.align is Align.RIGHT for column in chosen],
        )

    def _offer_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("复制\tCtrl+C", self.copy_selection).setEnabled(self.selectionModel().hasSelection())
        menu.addAction("复制全部（可粘贴到 WPS）", self.copy_all).setEnabled(bool(self.rows))
        offer_trace(menu, self._figure_at(self.indexAt(where)), self.traced.emit, shown=self.tracer is not None)
        row = self.rows_model.row_at(self.indexAt(where))
        for label, act in self.more(row) if self.more is not None and row is not None else ():
            menu.addAction(label, act)
        menu.popup(self.viewport().mapToGlobal(where))

    # ------------------------------------------------------------------------------------------- 此数从何来

    def traced_figure(self) -> FigureAddress | None:
        """The figure of the current cell."""
        return self._figure_at(self.currentIndex())

    def _figure_at(self, index: QModelIndex) -> FigureAddress | None:
        row = self.rows_model.row_at(index)
        return self.tracer(row, index.column()) if self.tracer is not None and row is not None else None

    # ------------------------------------------------------------------------------------------- keyboard, sort

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not control:
            self._picked(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _picked(self, index: QModelIndex) -> None:
        row = self.rows_model.row_at(index)
        if row is not None:
            self.picked.emit(row)

    def _moved(self, index: QModelIndex) -> None:
        row = self.rows_model.row_at(index)
        if row is not None:
            self.current_changed.emit(row)

    def _sort_clicked(self, section: int) -> None:
        """First click sorts, second turns round, third restores the given order."""
        if self.rows_model.columns[section].sort is None:
            return
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        first = down if self.rows_model.columns[section].align is Align.RIGHT else up
        other = up if first is down else down
        if self._sorted is None or self._sorted[0] != section:
            self._sorted = (section, first)
        elif self._sorted[1] is first:
            self._sorted = (section, other)
        else:
            self._sorted = None
        head = self.horizontalHeader()
        head.setSortIndicatorShown(self._sorted is not None)
        if self._sorted is None:
            self.rows_model.sort(-1)
        else:
            head.setSortIndicator(*self._sorted)
            self.rows_model.sort(*self._sorted)

    # ------------------------------------------------------------------------------------------- measures

    def viewportEvent(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            self._tell_cut_text(event)
            return True
        return super().viewportEvent(event)  # type: ignore[arg-type] # PySide hands over the right kind

    def _tell_cut_text(self, event: QHelpEvent) -> None:
        index = self.indexAt(event.pos())
        tip = index.data(Qt.ItemDataRole.ToolTipRole) or ""
        if not tip and index.isValid():
            text = str(index.data() or "")
            if self._text_width(index.column(), index.row()) > self.columnWidth(index.column()) + 1:
                tip = text
        QToolTip.showText(event.globalPos(), tip, self)

    def _row_height(self) -> int:
        return max(self._row_px, int(QFontMetricsF(sized(CELL_PX)).height()) + 7)

    def _dress_columns(self) -> None:
        for number, column in enumerate(self.rows_model.columns):
            self.setItemDelegateForColumn(number, self._painters.get(column.kind, self._plain))

    def _text_width(self, column: int, row: int) -> float:
        index = self.rows_model.index(row, column)
        text = str(index.data() or "")
        kind = self.rows_model.columns[column].kind
        if kind is CellKind.TAG and index.data(CellRole.TONE) is not None:
            return tag_width(text) + 2 * PAD
        font = index.data(Qt.ItemDataRole.FontRole) or sized(CELL_PX)
        indent = INDENT * int(index.data(CellRole.INDENT) or 0)
        return QFontMetricsF(font).horizontalAdvance(text) + indent + 2 * PAD + 2

    def _wanted_width(self, number: int) -> float:
        column = self.rows_model.columns[number]
        metrics = QFontMetricsF(sized(CELL_PX))
        if column.width is not None:
            return column.width * metrics.horizontalAdvance("0") + 2 * PAD
        head = metrics.horizontalAdvance(column.head) + 2 * PAD + 2
        return max([head, *(self._text_width(number, row) for row in self._longest(number))])

    def _longest(self, number: int) -> list[int]:
        """Lines whose text in a column may be the widest: measuring all of them would hold up the window."""
        text = self.rows_model.columns[number].text
        # One byte for a letter or digit, two for a Chinese character: as wide as they are set.
        rough = [len(text(row).encode("gb18030", "replace")) for row in self.rows[:_MEASURED]]
        return sorted(range(len(rough)), key=rough.__getitem__, reverse=True)[:_CANDIDATES]

    def _fit(self) -> None:
        """Give every column its width; what is left goes to the stretching ones, or over all in proportion."""
        columns = self.rows_model.columns
        if not columns:
            return
        widths = [self._wanted_width(n) for n in range(len(columns))]
        room = self.viewport().width() - sum(widths)
        stretching = [n for n, c in enumerate(columns) if c.stretch] or [
            n for n, c in enumerate(columns) if c.kind is CellKind.TEXT and c.width is None
        ]
        if room > 0 and stretching:
            for n in stretching:
                widths[n] += room / len(stretching)
        elif room < 0:
            self._squeeze(widths, -room)
        for number, width in enumerate(widths):
            self.setColumnWidth(number, int(width))

    def _squeeze(self, widths: list[float], missing: float) -> None:
        """Take room from notes first, then from other words; figures are never cut, the table scrolls instead."""
        metrics = QFontMetricsF(sized(CELL_PX))
        floor = metrics.horizontalAdvance("中") * 4 + 2 * PAD
        words = [
            (n, c)
            for n, c in enumerate(self.rows_model.columns)
            if c.kind is CellKind.TEXT and c.align is Align.LEFT and c.width is None
        ]
        notes = [n for n, c in words if c.muted or c.stretch]
        # What a line is called is not cut: below this the table scrolls.
        name = next((n for n, c in words if not c.muted), None)
        floors = {n: min(widths[n], 3 * floor) if n == name else floor for n, _ in words}
        for group in (notes, [n for n, _ in words if n not in notes]):
            spare = sum(max(widths[n] - floors[n], 0) for n in group)
            if spare <= 0:
                continue
            take = min(missing, spare)
            for n in group:
                widths[n] -= take * max(widths[n] - floors[n], 0) / spare
            missing -= take

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        rows = max(len(self.rows), 1)
        return QSize(300, self.horizontalHeader().sizeHint().height() + rows * self._row_height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.horizontalHeader().sizeHint().height() + 2 * self._row_height())
