"""The tree of indicators with its filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyleOptionViewItem, QTreeView, QVBoxLayout, QWidget

from desktop_app.services.results.figures import TreeNode
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card

Index = QModelIndex | QPersistentModelIndex

_PLACE = int(Qt.ItemDataRole.UserRole) + 1
_SOUGHT = int(Qt.ItemDataRole.UserRole) + 2


@dataclass(frozen=True)
class Place:
    """A node of the tree: its group, and the code when it is an indicator."""

    group: str
    code: str = ""


class _Filter(QSortFilterProxyModel):
    """Keeps a node when itself, a node above it or one below it fits."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setRecursiveFilteringEnabled(True)
        self.setAutoAcceptChildRows(True)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterRole(_SOUGHT)


class _Tree(QTreeView):
    """Marks the chosen node with a bar at the left edge, as the other lists of the window do."""

    entered_key = Signal()

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().drawRow(painter, option, index)
        if index == self.currentIndex():
            room = self.visualRect(index)
            painter.fillRect(QRect(0, room.top(), 3, room.height()), colours().colour("accent"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered_key.emit()
        else:
            super().keyPressEvent(event)


class IndicatorTree(Card):
    """``chosen(Place)`` fires when the user moves to another node. Typing a name, a code or pinyin initials filters."""

    chosen = Signal(object)
    new_asked = Signal()
    """An indicator of the bureau's own is wanted."""
    left = Signal()
    """Enter was pressed: the user wants to go on to the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("指标", parent=parent, margin=0)
        self.body.setContentsMargins(0, 10, 0, 8)
        head = self.body.itemAt(0).widget()
        head.setContentsMargins(14, 0, 14, 0)
        self.add_action(button("新增…", self.new_asked.emit, small=True, tip="新增指标（Ctrl+Shift+N）"))
        self.filter_box = QLineEdit()
        self.filter_box.setPlaceholderText("筛选：名称、代码、拼音首字母")
        self.filter_box.setClearButtonEnabled(True)
        self.filter_box.textChanged.connect(self._filter)
        self.filter_box.returnPressed.connect(self._take_first)
        framed = QVBoxLayout()
        framed.setContentsMargins(12, 0, 12, 0)
        framed.addWidget(self.filter_box)
        self.add_layout(framed)
        self._model = QStandardItemModel(self)
        self._shown = _Filter(self)
        self._shown.setSourceModel(self._model)
        self._places: dict[Place, QStandardItem] = {}
        self._nodes: tuple[TreeNode, ...] = ()
        self._mute = False
        self.view = _Tree()
        self.view.setModel(self._shown)
        self.view.setHeaderHidden(True)
        self.view.setIndentation(16)
        self.view.setUniformRowHeights(True)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.setAccessibleName("指标树")
        self.view.entered_key.connect(self.left)
        self.view.selectionModel().currentChanged.connect(self._moved)
        self.add(self.view, 1)

    # ------------------------------------------------------------------------------------------- contents

    def set_nodes(self, nodes: Sequence[TreeNode]) -> None:
        """Fill the tree; it keeps what is there when nothing has changed."""
        if tuple(nodes) == self._nodes:
            return
        self._nodes = tuple(nodes)
        self._mute = True
        self._places.clear()
        self._model.clear()
        self._mute = False
        count = 0
        for upper in nodes:
            top = self._item(upper.name, Place(upper.name), upper.name, bold=True)
            self._model.appendRow(top)
            for lower in upper.children:
                place = Place(f"{upper.name}/{lower.name}")
                group = self._item(lower.name, place, lower.name)
                top.appendRow(group)
                for node in lower.children:
                    sought = f"{node.name} {node.code} {node.initials}"
                    group.appendRow(self._item(node.name, Place(place.group, node.code), sought))
                    count += 1
        self.set_subtitle(f"{count} 项")
        self._filter(self.filter_box.text())

    def _item(self, name: str, place: Place, sought: str, *, bold: bool = False) -> QStandardItem:
        item = QStandardItem(name)
        item.setData(place, _PLACE)
        item.setData(sought, _SOUGHT)
        item.setToolTip(f"{name}（{place.code}）" if place.code else name)
        if bold:
            item.setFont(sized(14, bold=True))
        elif place.code:
            item.setFont(sized(13))
        self._places[place] = item
        return item

    def show_place(self, place: Place) -> None:
        """Mark a node without emitting; an indicator whose group is folded marks its group."""
        group = Place(place.group)
        index = self._index_of(place)
        if place.code and not self.view.isExpanded(index.parent()):
            index = self._index_of(group)
        if index.isValid() and index != self.view.currentIndex():
            self._mute = True
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)
            self._mute = False

    @property
    def current(self) -> Place | None:
        """The node that is marked."""
        return self._place_at(self.view.currentIndex())

    def visible_codes(self) -> list[str]:
        """Codes of the indicators that the filter lets through, in the tree's order."""
        return [place.code for place in self._places if place.code and self._index_of(place).isValid()]

    # ------------------------------------------------------------------------------------------- inside

    def _index_of(self, place: Place) -> QModelIndex:
        item = self._places.get(place)
        return self._shown.mapFromSource(item.index()) if item is not None else QModelIndex()

    def _place_at(self, index: QModelIndex) -> Place | None:
        place = index.data(_PLACE) if index.isValid() else None
        return place if isinstance(place, Place) else None

    def _open_groups(self) -> None:
        """Two levels open, the indicators themselves folded."""
        self.view.collapseAll()
        self.view.expandToDepth(0)

    def _filter(self, text: str) -> None:
        self._mute = True
        self._shown.setFilterFixedString(text.strip())
        self._mute = False
        if text.strip():
            self.view.expandAll()
        else:
            self._open_groups()
            if self.view.currentIndex().isValid():
                self.view.scrollTo(self.view.currentIndex())

    def _take_first(self) -> None:
        """Enter in the filter opens the first indicator that fits."""
        found = next((p for p in self._places if p.code and self._index_of(p).isValid()), None)
        if found is not None:
            self.view.setCurrentIndex(self._index_of(found))
            self.left.emit()

    def _moved(self, index: QModelIndex) -> None:
        place = self._place_at(index)
        if place is not None and not self._mute:
            self.chosen.emit(place)
