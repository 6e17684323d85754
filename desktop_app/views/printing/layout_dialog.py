"""栏目: order, on and off, and paragraphs of the bureau's own, with undo; kept for every month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop_app.services.results.reports import SectionRow
from desktop_app.services.results.tone import Tone
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.words import Words

_NEW = "下月重点"
_CHECKED, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class LayoutDialog(FrameDialog):
    """``saved(rows)`` when the user agrees; no rows: as the program arranges it."""

    saved = Signal(object)

    def __init__(
        self, title: str, rows: Sequence[SectionRow], shipped: Sequence[SectionRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(f"{title}的栏目", parent)
        self._rows = list(rows)
        self._shipped = list(shipped)
        self._past: list[list[SectionRow]] = []
        self._future: list[list[SectionRow]] = []
        self._mute = False
        self._typing: tuple[str, int] | None = None
        lead = "勾选要印的栏目，排好次序；自加的文字每期都印。文字里写 {期间} 会换成“2021年3月”这样的字。"
        self.body.addWidget(Words(lead, "muted", wrap=True))
        self.told = Words("", "muted", wrap=True)
        self.told.set_tone(Tone.BAD)
        self.told.hide()
        columns = QHBoxLayout()
        columns.setSpacing(14)
        columns.addLayout(self._left(), 5)
        columns.addLayout(self._right(), 6)
        self.body.addLayout(columns, 1)
        self.body.addWidget(self.told)
        self.undo_button = button("撤销", self.undo, tip="Ctrl+Z")
        self.redo_button = button("重做", self.redo, tip="Ctrl+Y")
        self.shipped_button = button("恢复原样", self.reset, tip="改回程序原来的栏目和次序")
        for number, each in enumerate((self.undo_button, self.redo_button, self.shipped_button)):
            self.buttons.insertWidget(number, each)
        self.save = button("保存", self._save, kind="primary")
        self.buttons.addWidget(self.save)
        self.buttons.addWidget(button("取消", self.reject))
        for keys, action in (
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("Alt+Up", lambda: self.move_section(-1)),
            ("Alt+Down", lambda: self.move_section(1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        self.resize(760, 500)
        self._show(0)

    def _left(self) -> QVBoxLayout:
        self.list = QListWidget()
        self.list.setAccessibleName("栏目")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.currentRowChanged.connect(lambda _row: self._fill())
        self.list.itemChanged.connect(self._ticked)
        self.up = button("上移", lambda: self.move_section(-1), small=True, tip="Alt+↑")
        self.down = button("下移", lambda: self.move_section(1), small=True, tip="Alt+↓")
        self.add = button("加栏目", self.add_section, small=True)
        self.remove = button("删栏目", self.remove_section, small=True, tip="只能删自加的；其余取消勾选即不印")
        row = QHBoxLayout()
        row.setSpacing(6)
        for each in (self.up, self.down, self.add, self.remove):
            row.addWidget(each)
        row.addStretch(1)
        box = QVBoxLayout()
        box.setSpacing(8)
        box.addWidget(self.list, 1)
        box.addLayout(row)
        return box

    def _right(self) -> QVBoxLayout:
        self.heading = Words("", "title")
        self.name = QLineEdit()
        self.name.setAccessibleName("栏目标题")
        self.name.setPlaceholderText("栏目标题")
        self.name.textEdited.connect(lambda words: self._write(name=words))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("自加的文字")
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._typed)
        self.hint = Words("", "caption", wrap=True)
        box = QVBoxLayout()
        box.setSpacing(8)
        box.addWidget(self.heading)
        box.addWidget(self.name)
        box.addWidget(self.text, 1)
        box.addWidget(self.hint)
        return box

    # ------------------------------------------------------------------------------------------- what is set

    @property
    def rows(self) -> tuple[SectionRow, ...]:
        """The sections as they are set now."""
        return tuple(self._rows)

    @property
    def at(self) -> int:
        """Number of the marked section, −1 for none."""
        return self.list.currentRow()

    def mark(self, name: str) -> None:
        """Mark a section."""
        self.list.setCurrentRow(next((n for n, row in enumerate(self._rows) if row.name == name), self.at))

    def move_section(self, by: int) -> None:
        """Move the marked section up (−1) or down (+1)."""
        at, to = self.at, self.at + by
        if at >= 0 and 0 <= to < len(self._rows):
            rows = list(self._rows)
            rows.insert(to, rows.pop(at))
            self._set(rows, to)

    def add_section(self) -> None:
        """A section of the bureau's own behind the marked one."""
        taken = {row.name for row in self._rows}
        name = next(n for n in (_NEW, *(f"新栏目{i}" for i in range(1, 100))) if n not in taken)
        at = self.at + 1 if self.at >= 0 else len(self._rows)
        rows = list(self._rows)
        rows.insert(at, SectionRow(name, own=True))
        self._set(rows, at)
        self.name.setFocus()
        self.name.selectAll()

    def remove_section(self) -> None:
        """Take a section of the bureau's own away."""
        if self.at >= 0 and self._rows[self.at].own:
            self._set([row for n, row in enumerate(self._rows) if n != self.at], max(self.at - 1, 0))

    def reset(self) -> None:
        """As the program arranges it."""
        self._set(list(self._shipped), 0)

    def undo(self) -> None:
        """Take the last step back."""
        if self._past:
            self._future.append(self._rows)
            self._rows = self._past.pop()
            self._show(self.at)

    def redo(self) -> None:
        """The step that was taken back, again."""
        if self._future:
            self._past.append(self._rows)
            self._rows = self._future.pop()
            self._show(self.at)

    def _set(self, rows: list[SectionRow], at: int) -> None:
        if rows != self._rows:
            self._remember()
            self._rows = rows
        self._show(at)

    def _remember(self) -> None:
        self._past.append(list(self._rows))
        self._future.clear()

    def _ticked(self, item: QListWidgetItem) -> None:
        if not self._mute:
            number = self.list.row(item)
            on = item.checkState() is _CHECKED
            self._set([replace(row, on=on) if n == number else row for n, row in enumerate(self._rows)], number)

    def _typed(self) -> None:
        if not self._mute:
            self._write(text=self.text.toPlainText())

    def _write(self, **words: str) -> None:
        """Typing in one field is one step."""
        if self.at < 0:
            return
        field = next(iter(words)), self.at
        if self._typing != field:
            self._remember()
            self._typing = field
        self._rows = list(self._rows)
        self._rows[self.at] = replace(self._rows[self.at], **words)  # type: ignore[arg-type] # name and text only
        self._mute = True
        self.list.item(self.at).setText(_label(self._rows[self.at]))
        self._mute = False
        self._offer()

    def tell(self, words: str) -> None:
        """Say why it could not be saved."""
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def _save(self) -> None:
        self.saved.emit(() if self._rows == self._shipped else self.rows)

    # ------------------------------------------------------------------------------------------- showing

    def _show(self, at: int) -> None:
        self._mute = True
        self.list.clear()
        for row in self._rows:
            item = QListWidgetItem(_label(row))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_CHECKED if row.on else _OFF)
            self.list.addItem(item)
        self._mute = False
        self.list.setCurrentRow(min(max(at, 0), len(self._rows) - 1))
        self._fill()

    def _fill(self) -> None:
        if self._mute:
            return
        self._typing = None
        row = self._rows[self.at] if 0 <= self.at < len(self._rows) else SectionRow("")
        self._mute = True
        self.heading.setText("自加的栏目" if row.own else f"{row.name}：自加的文字")
        self.name.setVisible(row.own)
        self.name.setText(row.name)
        self.text.setPlainText(row.text)
        hint = "每行一段。" if row.own else "印在这一栏目的文字之后、表之前，每行一段；不加就空着。"
        self.hint.setText(hint)
        self._mute = False
        self._offer()

    def _offer(self) -> None:
        self.up.setEnabled(self.at > 0)
        self.down.setEnabled(0 <= self.at < len(self._rows) - 1)
        self.remove.setEnabled(0 <= self.at < len(self._rows) and self._rows[self.at].own)
        self.undo_button.setEnabled(bool(self._past))
        self.redo_button.setEnabled(bool(self._future))
        self.shipped_button.setEnabled(self._rows != self._shipped)


def _label(row: SectionRow) -> str:
    added = "（自加）" if row.own else "（有自加的文字）" if row.text.strip() else ""
    return f"{row.name}{added}"
