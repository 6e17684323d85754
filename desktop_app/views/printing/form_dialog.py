"""公文格式: red head, 文号, draft mark, 落款, 附件."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.services.results.reports import FormRow
from desktop_app.services.results.tone import Tone
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.choice import SegmentedChoice
from desktop_app.views.widgets.words import Words

_FEET = (("posts", "统计签字栏"), ("closing", "署名和日期"), ("both", "两样都有"))


class FormDialog(FrameDialog):
    """``saved(FormRow)`` when the user agrees; ``number_asked(template)`` for the next free 文号."""

    saved = Signal(object)
    number_asked = Signal(str)

    def __init__(self, title: str, period: str, row: FormRow, next_number: str, parent: QWidget | None = None) -> None:
        super().__init__(f"{title}的公文格式", parent)
        self._next = next_number
        self.red_head = QCheckBox("印红头")
        self.red_head.setChecked(row.red_head)
        self.red_head.toggled.connect(lambda _on: self._offer())
        self.organ = _line(row.organ, "发文机关标志", "示例县邮政管理局文件")
        self.template = _line(row.template, "文号样式", "示邮管〔{年}〕{号}号")
        self.template.editingFinished.connect(lambda: self.number_asked.emit(self.template.text()))
        self.number = _line(row.number, "本期文号", "空着则印出空号，待定")
        self.take = button("取号", self._take, small=True)
        self.draft = QCheckBox("征求意见稿（题目下和每页都标）")
        self.draft.setChecked(row.draft)
        self.foot = SegmentedChoice(_FEET, row.foot)
        self.foot.chosen.connect(lambda _key: self._offer())
        self.signatory = _line(row.signatory, "署名", "示例县邮政管理局")
        self.annexes = QPlainTextEdit("\n".join(row.annexes))
        self.annexes.setAccessibleName("附件")
        self.annexes.setPlaceholderText("每行一个附件的名称；没有就空着")
        self.annexes.setTabChangesFocus(True)
        self.annexes.setMaximumHeight(86)
        numbered = QHBoxLayout()
        numbered.setSpacing(8)
        numbered.addWidget(self.number, 1)
        numbered.addWidget(self.take)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget | QHBoxLayout], ...] = (
            ("红头", self.red_head),
            ("机关标志", self.organ),
            ("文号样式", self.template),
            (f"{period}文号", numbered),
            (f"{period}这份是", self.draft),
            ("结尾", self.foot),
            ("署名", self.signatory),
            ("附件", self.annexes),
        )
        for number, (caption, each) in enumerate(rows):
            grid.addWidget(Words(caption, "muted"), number, 0)
            if isinstance(each, QHBoxLayout):
                grid.addLayout(each, number, 1)
            elif isinstance(each, SegmentedChoice):
                grid.addWidget(each, number, 1, Qt.AlignmentFlag.AlignLeft)
            else:
                grid.addWidget(each, number, 1)
        self.body.addLayout(grid)
        self.body.addWidget(
            Words("日期印报出日期。文号和征求意见稿只管这一期，其余以后各期都照此。", "caption", wrap=True)
        )
        self.told = Words("", "muted", wrap=True)
        self.told.set_tone(Tone.BAD)
        self.told.hide()
        self.body.addWidget(self.told)
        self.body.addStretch(1)
        self.save = button("保存", lambda: self.saved.emit(self.row), kind="primary")
        self.buttons.addWidget(self.save)
        self.buttons.addWidget(button("取消", self.reject))
        self.resize(600, 460)
        self.propose(next_number)

    @property
    def row(self) -> FormRow:
        """What is set."""
        return FormRow(
            red_head=self.red_head.isChecked(),
            organ=self.organ.text(),
            template=self.template.text(),
            foot=self.foot.key,
            signatory=self.signatory.text(),
            annexes=tuple(line for line in self.annexes.toPlainText().split("\n") if line.strip()),
            number=self.number.text(),
            draft=self.draft.isChecked(),
        )

    def propose(self, number: str) -> None:
        """The next free 文号."""
        self._next = number
        self.take.setToolTip(f"填上 {number}")
        self._offer()

    def tell(self, words: str) -> None:
        """Say why it could not be saved."""
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def _take(self) -> None:
        self.number.setText(self._next)

    def _offer(self) -> None:
        red = self.red_head.isChecked()
        for widget in (self.organ, self.template, self.number):
            widget.setEnabled(red)
        self.take.setEnabled(red and "{号}" in self.template.text())
        self.signatory.setEnabled(self.foot.key != "posts")


def _line(text: str, name: str, hint: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made
