"""粘贴一句话: targets read out of a sentence of a plan, shown for confirmation, then entered."""

from __future__ import annotations

import re
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.models.values import Month
from desktop_app.services.results.targets import Reading, TargetDraft, Unread, entry_of, worded_entry
from desktop_app.services.results.tone import Tone
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.targets.columns import DRAFTS, UNREAD
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

T = TypeVar("T")
_EXAMPLE = "例如：快递业务量完成24亿件、同比增长15%；电商快件不再二次包装率保持在95%以上。"


class PasteDialog(FrameDialog):
    """``entered(tuple[TargetEntry, ...])`` when the clerk has confirmed; ``asked(text, year, title)``: read it."""

    entered = Signal(object)
    asked = Signal(str, int, str)

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__("粘贴一句话，登记目标", parent)
        self._waiting = False
        self._titled: tuple[str, ...] = ()
        self.document = QLineEdit()
        self.document.setPlaceholderText("文件名称（必填），例如：本局2021年工作要点")
        self.clause = QLineEdit()
        self.clause.setPlaceholderText("条款，例如：第3条")
        self.year = QLineEdit(str(year))
        self.year.setToolTip("句子和文件名称里都没有写年份时用")
        self.year.setValidator(QIntValidator(1990, 2100, self))
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(_EXAMPLE)
        self.text.setTabChangesFocus(True)
        self.text.setMaximumHeight(110)
        self.text.setAccessibleName("规划或工作要点里的句子")
        self.drafts: DataTable[TargetDraft] = DataTable(DRAFTS, row_height=28)
        self.drafts.setAccessibleName("认出的目标")
        self.hint = Words("把句子粘贴在上面，认出的目标会列在这里；选中要登记的行（默认全选）。", "muted", wrap=True)
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow("文件", self.document)
        form.addRow("条款", self.clause)
        form.addRow("年度", self.year)
        form.addRow("句子", self.text)
        self.body.addLayout(form)
        self.body.addWidget(self.hint)
        self.unread: DataTable[Unread] = DataTable(UNREAD, row_height=26)
        self.unread.setAccessibleName("没有登记的话")
        self.unread.setToolTip("要照原文登记成文字目标的，在这里选中（按住 Ctrl 点可选几条）")
        self.unread.setVisible(False)
        self.body.addWidget(self.drafts, 3)
        self.body.addWidget(self.unread, 2)
        self.buttons.addWidget(button("取消", self.reject))
        self.enter = button("登记选中的目标", self._enter, kind="primary")
        self.buttons.addWidget(self.enter)
        self.text.textChanged.connect(self._ask)
        self.year.textChanged.connect(self._ask)
        self.document.textChanged.connect(self._show_button)
        self.document.textChanged.connect(self._read_again)
        self.drafts.selectionModel().selectionChanged.connect(self._show_button)
        self.unread.selectionModel().selectionChanged.connect(self._show_button)
        self._show_button()
        self.resize(860, 640)

    def show_reading(self, reading: Reading) -> None:
        """What was understood, chosen to begin with, and what was not."""
        self._waiting = False
        found = reading.drafts
        self.drafts.set_rows(found)
        self.drafts.selectAll()
        left = sorted(reading.unread, key=lambda each: not each.counted)
        self.unread.set_rows(left)
        self.unread.clearSelection()
        self.unread.setVisible(bool(left))
        doubts = sum(1 for draft in found if draft.doubts)
        lines = [f"认出 {len(found)} 个目标" + (f"，{doubts} 个有疑问，请看“疑问”一列" if doubts else "")]
        counted = sum(1 for each in left if each.counted)
        if counted:
            lines[0] += f"；{counted} 处有数没有认出，列在下面"
        elif left:
            lines[0] += f"；{len(left)} 处没有登记，列在下面，选中的照原文登记成文字目标"
        lines[0] += "。选中要登记的行。" if found else "。指标、数和单位要在同一句里。"
        self.hint.setText("\n".join([*lines, *reading.bases]))
        self.hint.setMinimumHeight(self.hint.heightForWidth(self.hint.width()))
        self.hint.set_tone(Tone.WARN if doubts or counted or not found else Tone.NEUTRAL)
        self._show_button()

    def _read_again(self, title: str) -> None:
        """Only a year in the title changes what is read; for another letter the choice of rows would be lost."""
        titled = tuple(re.findall(r"20\d\d年|十[二三四五]五", title))
        if titled != self._titled:
            self._titled = titled
            self._ask()

    def _ask(self) -> None:
        if self.year.hasAcceptableInput():
            # Until the answer comes what is listed may have another year than the title says.
            self._waiting = True
            self._show_button()
            self.asked.emit(self.text.toPlainText(), int(self.year.text()), self.document.text().strip())

    def _chosen(self) -> tuple[TargetDraft, ...]:
        return _selected(self.drafts)

    def _worded(self) -> tuple[Unread, ...]:
        """What is to be entered in its own words."""
        return _selected(self.unread)

    def _show_button(self, *_: object) -> None:
        counts = (len(self._chosen()), "个目标"), (len(self._worded()), "条文字目标")
        chosen = "和 ".join(f"{number} {word}" for number, word in counts if number)
        self.enter.setText(f"登记选中的 {chosen}" if chosen else "登记选中的目标")
        self.enter.setEnabled(bool(chosen) and bool(self.document.text().strip()) and not self._waiting)

    def _enter(self) -> None:
        document, clause = self.document.text().strip(), self.clause.text().strip()
        due = Month(int(self.year.text()), 12)
        counted = tuple(entry_of(draft, document, clause) for draft in self._chosen())
        self.entered.emit(counted + tuple(worded_entry(left, document, clause, due) for left in self._worded()))
        self.accept()


def _selected(table: DataTable[T]) -> tuple[T, ...]:
    rows = sorted({index.row() for index in table.selectionModel().selectedIndexes()})
    return tuple(table.rows[row] for row in rows)
