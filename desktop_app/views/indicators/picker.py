"""A box in which one indicator is chosen: from its list, or by typing a name, a code or pinyin initials."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from desktop_app.services.results.figures import TreeNode

_CODE = int(Qt.ItemDataRole.UserRole) + 1
_SOUGHT = int(Qt.ItemDataRole.UserRole) + 2
NOBODY = "（不选）"


class _Completer(QCompleter):
    """Finds by everything that an indicator is called by, and puts its name into the box."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole))


class IndicatorBox(QComboBox):
    """``chosen(code)`` fires when the user has picked another indicator; empty: none (where ``optional``)."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None, *, optional: bool = False) -> None:
        super().__init__(parent)
        self._optional = optional
        self._code = ""
        self._nodes: tuple[TreeNode, ...] = ()
        self.setAccessibleName(name)
        self.setToolTip("选指标，或键入名称、代码、拼音首字母")
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumContentsLength(9)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMaxVisibleItems(18)
        self._known = QStandardItemModel(self)
        self.setModel(self._known)
        completer = _Completer(self._known, self)
        completer.setCompletionRole(_SOUGHT)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated[QModelIndex].connect(self._taken)  # type: ignore[index] # PySide names the overload so
        self.setCompleter(completer)
        self.activated.connect(self._picked)
        line = self.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._typed)

    def set_nodes(self, nodes: Sequence[TreeNode]) -> None:
        """Offer the indicators of the tree; keeps what is there when nothing has changed."""
        if tuple(nodes) == self._nodes:
            return
        self._nodes = tuple(nodes)
        self._known.clear()
        if self._optional:
            self._add(NOBODY, "", "")
        for upper in nodes:
            for lower in upper.children:
                for node in lower.children:
                    self._add(node.name, node.code, f"{node.name} {node.code} {node.initials}")
        self._show()

    def _add(self, name: str, code: str, sought: str) -> None:
        item = QStandardItem(name)
        item.setData(code, _CODE)
        item.setData(sought, _SOUGHT)
        item.setToolTip(f"{name}（{code}）" if code else name)
        self._known.appendRow(item)

    @property
    def code(self) -> str:
        """The code of what is chosen."""
        return self._code

    def set_code(self, code: str) -> None:
        """Choose without emitting."""
        self._code = code
        self._show()

    # ------------------------------------------------------------------------------------------- inside

    def _show(self) -> None:
        number = self.findData(self._code, _CODE)
        self.setCurrentIndex(number)
        self.setEditText(self.itemText(number) if number >= 0 else "")
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def _picked(self, number: int) -> None:
        self._choose(str(self.itemData(number, _CODE) or ""))

    def _taken(self, index: QModelIndex) -> None:
        self._choose(str(index.data(_CODE) or ""))

    def _typed(self) -> None:
        """Enter or leaving the box: the only indicator that fits is taken, else the old one stays."""
        completer = self.completer()
        popup = completer.popup() if completer is not None else None
        if popup is not None and popup.isVisible():
            return
        text = self.currentText().strip()
        if self._optional and not text:
            self._choose("")
            return
        exact = self.findText(text, Qt.MatchFlag.MatchExactly)
        fitting = [
            number
            for number in range(self.count())
            if text and text.lower() in str(self.itemData(number, _SOUGHT)).lower()
        ]
        if exact >= 0:
            self._picked(exact)
        elif fitting:
            self._picked(fitting[0])
        else:
            self._show()

    def _choose(self, code: str) -> None:
        changed = code != self._code
        self.set_code(code)
        if changed:
            self.chosen.emit(code)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        line = self.lineEdit()
        if line is not None:
            line.selectAll()
