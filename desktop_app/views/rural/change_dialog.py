"""One change of villages (改名, 改属乡镇, 合并, 拆分, 撤销, 建制村标志) with its month and its reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.models.values import Month
from desktop_app.services.results.tone import Tone
from desktop_app.services.results.villages import VillageChange, VillageStep, VillageUnit
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.words import Words

_TOLD = {
    VillageStep.RENAME: "代码不变，以前各月仍叫原名。",
    VillageStep.MOVE: "原代码停用，进村记录接到新代码。",
    VillageStep.MERGE: "各村的进村记录接到并后的村，同一品牌以较近的一次为准。",
    VillageStep.SPLIT: "拆出的各村先沿用原村的进村记录，请尽快核实。",
    VillageStep.CLOSE: "这些村从这个月起不再计入。以前各月不变。",
    VillageStep.FLAG: "建制村才计入通达率的分母。以前各月不变。",
}
_NAMED = 5


class ChangeDialog(FrameDialog):
    """``entered(VillageChange)`` when everything needed is there."""

    entered = Signal(object)

    def __init__(
        self, step: VillageStep, units: Sequence[VillageUnit], month: Month, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"{step.value}：{month.label}", parent)
        self.step, self.chosen = step, tuple(units)
        first = self.chosen[0]
        names = "、".join(f"{unit.town}{unit.name}" for unit in self.chosen[:_NAMED])
        more = f"等 {len(self.chosen)} 个" if len(self.chosen) > _NAMED else ""
        self.body.addWidget(Words(names + more, "title", wrap=True))
        self.body.addWidget(Words(_TOLD[step], "muted", wrap=True))
        self.name = QLineEdit("" if step is VillageStep.SPLIT else first.name)
        self.code = QComboBox()
        self.code.setEditable(True)
        self.code.addItems([unit.code for unit in self.chosen])
        self.parts = QPlainTextEdit(f"{first.code} {first.name}\n")
        self.parts.setPlaceholderText("每行一个村：12位代码 名称")
        self.parts.setMaximumHeight(90)
        self.parts.setTabChangesFocus(True)
        self.flag = QComboBox()
        self.flag.addItem("是建制村", True)
        self.flag.addItem("不是建制村", False)
        self.flag.setCurrentIndex(1 if first.flagged else 0)
        self.month = QLineEdit(str(month))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("必填，例如：县政府批复并村")
        self._wrong = Words("", wrap=True)
        self._wrong.set_tone(Tone.BAD)
        self.body.addLayout(self._form())
        self.body.addWidget(self._wrong)
        self.body.addStretch(1)
        self.buttons.addWidget(button("取消", self.reject))
        self.enter = button("登记", self._enter, kind="primary")
        self.enter.setDefault(True)
        self.buttons.addWidget(self.enter)
        self.resize(520, 340)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(8)
        if self.step in {VillageStep.MOVE, VillageStep.MERGE}:
            form.addRow("新代码" if self.step is VillageStep.MOVE else "并后代码", self.code)
        if self.step in {VillageStep.RENAME, VillageStep.MOVE, VillageStep.MERGE}:
            form.addRow("名称", self.name)
        if self.step is VillageStep.SPLIT:
            form.addRow("拆成", self.parts)
        if self.step is VillageStep.FLAG:
            form.addRow("标志", self.flag)
        form.addRow("自哪个月起", self.month)
        form.addRow("原因", self.reason)
        return form

    def refuse(self, words: str) -> None:
        """Say what is wrong and leave everything as it was typed."""
        self._wrong.setText(words)
        self.enter.setEnabled(True)

    def _enter(self) -> None:
        change = self._change()
        if isinstance(change, str):
            self.refuse(change)
        else:
            self.enter.setEnabled(False)
            self.entered.emit(change)

    def _change(self) -> VillageChange | str:
        try:
            month = Month.parse(self.month.text())
        except ValueError:
            return "月份要写成 2021-05 这样"
        units: tuple[tuple[str, str], ...] = ()
        if self.step in {VillageStep.MOVE, VillageStep.MERGE}:
            units = ((self.code.currentText().strip(), self.name.text().strip()),)
        elif self.step is VillageStep.SPLIT:
            lines = [line.split(maxsplit=1) for line in self.parts.toPlainText().splitlines() if line.strip()]
            if any(len(line) < 2 for line in lines):
                return "每行要有 12 位代码和名称，中间空一格"
            units = tuple((code, name.strip()) for code, name in lines)
        return VillageChange(
            self.step,
            tuple(unit.code for unit in self.chosen),
            month,
            self.reason.text(),
            name=self.name.text().strip(),
            units=units,
            flagged=bool(self.flag.currentData()),
        )
