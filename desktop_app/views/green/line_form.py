"""One line of a programme by form: what it is about, how much, by when; counts of a campaign, yes or no of a ban."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from desktop_app.models.values import Comparator
from desktop_app.services.results.programmes import Item, LineDraft
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.words import Words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class LineForm(QWidget):
    """``entered(LineDraft)`` on Enter in any field or by the button."""

    entered = Signal(object)

    def __init__(self, items: Sequence[Item], units: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = {item.name: item for item in reversed(items)}
        self.item = QComboBox()
        self.item.setEditable(True)
        self.item.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.item.addItems([item.name for item in items])
        self.item.setCurrentIndex(-1)
        self.item.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.item.setMinimumContentsLength(18)
        completer = QCompleter([item.name for item in items], self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(12)
        self.item.setCompleter(completer)
        edit = self.item.lineEdit()
        if edit is not None:
            edit.setPlaceholderText("指标、专项治理，或自己写一项")
        self.comparator = QComboBox()
        self.comparator.addItems([each.value for each in Comparator])
        self.value = _field("目标值，如 90")
        self.unit = QComboBox()
        self.unit.setEditable(True)
        self.unit.addItems(list(units))
        self.unit.setCurrentIndex(-1)
        self.due = _field("2021-12")
        self.scope = _field("范围，如 全县")
        self.clause = _field("条款，如 第3条")
        self.text = _field("原文，可不填")
        self.increment = QComboBox()
        self.increment.addItems(["达到", "新增"])
        self.increment.setToolTip("达到：期末达到多少；新增：全年新增多少")
        self._make_counts()
        self.add = button("加入这一行　Enter", self.enter, small=True)
        self._lay_out()
        self.item.currentTextChanged.connect(self._item_changed)
        self.comparator.currentTextChanged.connect(self._dress)
        self._dress()

    def _make_counts(self) -> None:
        self.checked, self.failed = _field("检查数"), _field("不合格数")
        self.done = QComboBox()
        self.done.addItems(["", "是", "否"])
        self.evidence = _field("依据：何时、查了哪里、怎样")
        self.counts = QWidget()
        row = QHBoxLayout(self.counts)
        row.setContentsMargins(0, 0, 0, 0)
        self.counts_words = Words("", "muted")
        for widget, stretch in ((self.counts_words, 0), (self.checked, 1), (self.failed, 1)):
            row.addWidget(widget, stretch)
        self.ban = QWidget()
        row = QHBoxLayout(self.ban)
        row.setContentsMargins(0, 0, 0, 0)
        self.ban_words = Words("", "muted")
        row.addWidget(self.ban_words)
        row.addWidget(self.done)
        row.addWidget(self.evidence, 1)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        upper = (self.item, self.comparator, self.value, self.unit, self.due)
        lower = (self.text, self.increment, self.clause, self.scope, self.add)
        for column, (above, below) in enumerate(zip(upper, lower, strict=True)):
            grid.addWidget(above, 0, column)
            grid.addWidget(below, 1, column)
        grid.addWidget(self.counts, 2, 0, 1, 5)
        grid.addWidget(self.ban, 3, 0, 1, 5)
        for column, stretch in enumerate((4, 0, 2, 2, 2)):
            grid.setColumnStretch(column, stretch)

    # ------------------------------------------------------------------------------------------- showing

    def begin(self, due: str, scope: str, month: str) -> None:
        """Empty, with what most lines share."""
        self.show_line(LineDraft("", due=due, scope=scope), "加入这一行　Enter")
        self.counts_words.setText(f"{month}：")
        self.ban_words.setText(f"{month}做到没有：")

    def show_line(self, line: LineDraft, action: str) -> None:
        """Show a line for changing."""
        self.item.setCurrentText(line.name)
        self.comparator.setCurrentText(line.comparator)
        self.value.setText(line.value)
        self.unit.setCurrentText(line.unit)
        for field, text in (
            (self.due, line.due),
            (self.scope, line.scope),
            (self.clause, line.clause),
            (self.text, line.text),
            (self.checked, line.checked),
            (self.failed, line.failed),
            (self.evidence, line.evidence),
        ):
            field.setText(text)
        self.done.setCurrentText(line.done)
        self.increment.setCurrentIndex(int(line.increment))
        self.add.setText(action)
        self._dress()

    def _known(self) -> Item | None:
        return self._items.get(self.item.currentText().strip())

    def _item_changed(self, *_: object) -> None:
        item = self._known()
        if item is not None:
            self.unit.setCurrentText(item.unit)
            if item.campaign or item.ban:
                self.comparator.setCurrentText(Comparator.DONE.value)
            elif self.comparator.currentText() == Comparator.DONE.value:
                self.comparator.setCurrentText(Comparator.GE.value)
        self._dress()

    def _dress(self, *_: object) -> None:
        item = self._known()
        plain = self.comparator.currentText() != Comparator.DONE.value
        self.value.setEnabled(plain)
        self.unit.setEnabled(plain)
        self.increment.setEnabled(plain)
        self.counts.setVisible(bool(item and item.campaign))
        self.ban.setVisible(bool(item and item.ban))

    # ------------------------------------------------------------------------------------------- entering

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.enter()
        else:
            super().keyPressEvent(event)

    def enter(self) -> None:
        """Hand over what is typed, if anything is."""
        if self.item.currentText().strip():
            self.entered.emit(self.line())

    @property
    def empty(self) -> bool:
        """Whether nothing has been typed that would be lost."""
        return not self.item.currentText().strip()

    def line(self) -> LineDraft:
        """The line as typed; what is not an indicator is a free item."""
        item = self._known()
        comparator = self.comparator.currentText()
        if item is None and not self.value.text().strip():
            comparator = Comparator.DONE.value  # a free item without a number is something to be done
        done = comparator == Comparator.DONE.value
        return LineDraft(
            name=self.item.currentText().strip(),
            indicator=item.code if item else "",
            campaign=item.campaign if item else "",
            comparator=comparator,
            value="" if done else self.value.text().strip(),
            unit=(item.unit if item and not item.campaign else "项") if done else self.unit.currentText().strip(),
            due=self.due.text().strip(),
            scope=self.scope.text().strip(),
            clause=self.clause.text().strip(),
            text=self.text.text().strip(),
            increment=bool(self.increment.currentIndex()) and not done,
            checked=self.checked.text().strip() if item and item.campaign else "",
            failed=self.failed.text().strip() if item and item.campaign else "",
            done=self.done.currentText() if item and item.ban else "",
            evidence=self.evidence.text().strip() if item and item.ban else "",
        )


def _field(hint: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(hint)
    return made
