"""The numbers that a figure is made of, as a tree with their places in the files."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from desktop_app.models.values import CellState
from desktop_app.services.results.tracing import TraceNode
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours

HEADS = ("组成", "数", "说明", "文件、行、列、批次")
_NODE = int(Qt.ItemDataRole.UserRole) + 1
_OPEN_UP_TO = 14
"""Nodes of the first level beyond which they stay folded."""


class TraceTree(QTreeView):
    """``marked(TraceNode)`` when the line moves, ``picked(TraceNode)`` on Enter or double click."""

    marked = Signal(object)
    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setAccessibleName("组成")
        self.setUniformRowHeights(True)
        self.setIndentation(18)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setFont(sized(13))
        self.doubleClicked.connect(self._pick)
        self.selectionModel().currentRowChanged.connect(self._moved)

    def show_nodes(self, nodes: tuple[TraceNode, ...]) -> None:
        """Show another figure; its own numbers are unfolded, those it is compared with are folded."""
        self._model.clear()
        self._model.setHorizontalHeaderLabels(list(HEADS))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._model.setHeaderData(1, Qt.Orientation.Horizontal, int(right.value), Qt.ItemDataRole.TextAlignmentRole)
        for node in nodes:
            self._model.appendRow(self._row(node))
        self._dress_head()
        self._unfold()
        self.setCurrentIndex(self._model.index(0, 0))

    @property
    def current(self) -> TraceNode | None:
        """The node of the current line."""
        return self._node(self.currentIndex())

    def open_at(self, *names: str) -> bool:
        """Unfold and mark the node under these names; False when there is none."""
        index = QModelIndex()
        for name in names:
            rows = range(self._model.rowCount(index))
            found = next((r for r in rows if self._model.index(r, 0, index).data() == name), None)
            if found is None:
                return False
            self.expand(index)
            index = self._model.index(found, 0, index)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def _row(self, node: TraceNode) -> list[QStandardItem]:
        where = node.place.words if node.place is not None else ""
        if node.place is not None and len(node.place.versions) > 1:
            where += f"（第 {node.place.version} 版，共 {len(node.place.versions)} 版）"
        items = [QStandardItem(text) for text in (node.name, node.text, node.note, where)]
        items[1].setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for item in items[2:]:
            item.setForeground(colours().colour("muted"))
        if node.state is not CellState.VALUE:
            items[1].setForeground(colours().colour("warn"))
        for item in items:
            item.setToolTip(item.text())
        items[0].setData(node, _NODE)
        for child in node.children:
            items[0].appendRow(self._row(child))
        return items

    def _dress_head(self) -> None:
        head = self.header()
        head.setStretchLastSection(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for section, width in enumerate((260, 120, 190)):
            self.setColumnWidth(section, width)

    def _unfold(self) -> None:
        """The figure and what it is directly made of, and one level more while that is short."""
        first = self._model.index(0, 0)
        self.expand(first)
        children = self._model.rowCount(first)
        inner = [self._model.index(row, 0, first) for row in range(children)]
        if children <= 3 and sum(self._model.rowCount(each) for each in inner) <= _OPEN_UP_TO:
            for each in inner:
                self.expand(each)

    def _node(self, index: QModelIndex) -> TraceNode | None:
        found = index.siblingAtColumn(0).data(_NODE) if index.isValid() else None
        return found if isinstance(found, TraceNode) else None

    def _moved(self, index: QModelIndex) -> None:
        node = self._node(index)
        if node is not None:
            self.marked.emit(node)

    def _pick(self, index: QModelIndex) -> None:
        node = self._node(index)
        if node is not None:
            self.picked.emit(node)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._pick(self.currentIndex())
        else:
            super().keyPressEvent(event)
