"""A table whose first columns stay in sight while the others scroll sideways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours
from desktop_app.views.qtmodels.columns import Column
from desktop_app.views.qtmodels.rows import CELL_PX
from desktop_app.views.widgets.table import DataTable

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex


class _Pane(QTableView):
    """The columns that stay, drawn over the table, with a line at their right edge."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(QPen(colours().colour("border"), 1))
        edge = self.viewport().width() - 0.5
        painter.drawLine(QPointF(edge, 0), QPointF(edge, self.viewport().height()))


class FrozenTable(DataTable[R]):
    """A DataTable that keeps its first ``frozen`` columns when there are more columns than room.

    ``clicked``, ``picked`` and head clicks come from both parts alike.
    """

    _pane: _Pane | None = None

    def __init__(
        self,
        columns: Sequence[Column[R]],
        parent: QWidget | None = None,
        *,
        frozen: int = 1,
        row_height: int = 30,
        tallest_row: int = 0,
    ) -> None:
        super().__init__(columns, parent, row_height=row_height)
        self._frozen = frozen
        self._tallest = tallest_row
        pane = _Pane(self)
        self._pane = pane
        pane.setModel(self.rows_model)
        pane.setSelectionModel(self.selectionModel())
        pane.setSelectionBehavior(self.selectionBehavior())
        pane.setSelectionMode(self.selectionMode())
        pane.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        pane.setShowGrid(False)
        pane.setWordWrap(False)
        pane.setFrameShape(QFrame.Shape.NoFrame)
        pane.setFocusProxy(self)
        pane.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        pane.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        pane.verticalHeader().hide()
        pane.verticalHeader().setMinimumSectionSize(20)
        head = pane.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(28)
        head.setSectionsClickable(True)
        head.sectionClicked.connect(self.horizontalHeader().sectionClicked)
        pane.clicked.connect(self.clicked)
        pane.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        pane.customContextMenuRequested.connect(self._offer_menu)
        pane.doubleClicked.connect(self.doubleClicked)
        self.verticalScrollBar().valueChanged.connect(pane.verticalScrollBar().setValue)
        pane.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.horizontalScrollBar().rangeChanged.connect(self._place_pane)
        self.horizontalHeader().sectionResized.connect(self._follow_width)
        self._dress_columns()
        self._place_pane()

    # ------------------------------------------------------------------------------------------- contents

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows."""
        super().set_rows(rows)
        self._fit_rows()

    def set_columns(self, columns: Sequence[Column[R]], rows: Sequence[R] = ()) -> None:
        """Show other columns with rows that fit them."""
        super().set_columns(columns, rows)
        self._fit_rows()

    @property
    def keeps_columns(self) -> bool:
        """Whether the first columns are being held in sight because the others scroll."""
        return self._pane is not None and not self._pane.isHidden()

    def tallest(self) -> int:
        """Height with every row as tall as it may become."""
        rows = max(len(self.rows), 1)
        return self.horizontalHeader().sizeHint().height() + rows * max(self._tallest, self._row_height()) + 2

    # ------------------------------------------------------------------------------------------- measures

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        super().scrollTo(index, hint)
        if self.keeps_columns and self._pane is not None and index.column() >= self._frozen:
            hidden = self._pane.width() - self.visualRect(index).left()
            if hidden > 0:
                self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rows()
        self._place_pane()

    def _row_height(self) -> int:
        """Cells with a ground of their own need less air around them than lines of text."""
        return max(self._row_px, int(QFontMetricsF(sized(CELL_PX)).height()) + 5)

    def _dress_columns(self) -> None:
        super()._dress_columns()
        if self._pane is None:
            return
        self._pane.setItemDelegate(self._plain)
        for number, column in enumerate(self.rows_model.columns):
            self._pane.setItemDelegateForColumn(number, self._painters.get(column.kind, self._plain))

    def _fit_rows(self) -> None:
        """Rows grow with the room up to ``tallest_row``, so that a tall window is used."""
        height = self._row_height()
        if self._tallest and self.rows:
            height = max(min(self.viewport().height() // len(self.rows), self._tallest), height)
        for view in (self, self._pane):
            if view is not None and view.verticalHeader().defaultSectionSize() != height:
                view.verticalHeader().setDefaultSectionSize(height)
        self._place_pane()

    def _follow_width(self, section: int, _old: int, new: int) -> None:
        if self._pane is not None:
            self._pane.setColumnWidth(section, new)
            self._place_pane()

    def _place_pane(self, *_: object) -> None:
        pane = self._pane
        if pane is None:
            return
        needed = self.horizontalScrollBar().maximum() > 0
        if needed:
            for number in range(len(self.rows_model.columns)):
                pane.setColumnHidden(number, number >= self._frozen)
                pane.setColumnWidth(number, self.columnWidth(number))
            pane.horizontalHeader().setFixedHeight(self.horizontalHeader().height())
            wide = sum(self.columnWidth(number) for number in range(self._frozen))
            edge = self.frameWidth()
            pane.setGeometry(edge, edge, wide, self.horizontalHeader().height() + self.viewport().height())
            pane.verticalScrollBar().setValue(self.verticalScrollBar().value())
        pane.setVisible(needed)
