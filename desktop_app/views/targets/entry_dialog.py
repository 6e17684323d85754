"""登记目标: one target by form."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QFormLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.models.values import Comparator, Month
from desktop_app.services.results.figures import TreeNode
from desktop_app.services.results.targets import MEASURES, TargetEntry
from desktop_app.services.results.tone import Tone
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.words import Words


class EntryDialog(FrameDialog):
    """``entered(TargetEntry)`` when everything needed is there; refusals of the ledger come back by :meth:`refuse`."""

    entered = Signal(object)

    def __init__(self, indicators: Sequence[TreeNode], year: int, parent: QWidget | None = None) -> None:
        super().__init__("登记目标", parent)
        self._units = {node.code: node.unit for node in indicators}
        self._make_choices(indicators)
        self._make_fields(year)
        self._wrong = Words("", wrap=True)
        self._wrong.set_tone(Tone.BAD)
        self.body.addLayout(self._form())
        self.body.addWidget(self._wrong)
        self.body.addStretch(1)
        self.buttons.addWidget(button("取消", self.reject))
        self.enter = button("登记", self._enter, kind="primary")
        self.enter.setDefault(True)
        self.buttons.addWidget(self.enter)
        self.indicator.currentIndexChanged.connect(self._suggest_unit)
        self.measure.currentIndexChanged.connect(self._suggest_unit)
        self.resize(560, 480)

    def _make_choices(self, indicators: Sequence[TreeNode]) -> None:
        self.indicator = QComboBox()
        self.indicator.setEditable(True)
        self.indicator.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for node in indicators:
            self.indicator.addItem(node.name, node.code)
        self.indicator.setCurrentIndex(-1)
        completer = QCompleter([node.name for node in indicators], self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.indicator.setCompleter(completer)
        self.measure = QComboBox()
        for key, label in MEASURES:
            self.measure.addItem(label, key)
        self.comparator = QComboBox()
        for each in (Comparator.GE, Comparator.GT, Comparator.LE, Comparator.LT):
            self.comparator.addItem(each.value)

    def _make_fields(self, year: int) -> None:
        self.document = _field("例如：本局2021年工作要点")
        self.clause = _field("例如：第3条")
        self.value = _field("例如：800")
        self.unit = _field("单位，如 万件")
        self.due = QLineEdit(f"{year}-12")
        self.base_month = _field("基期年月，如 2020-12")
        self.base_value = _field("文件写明的基期数，可不填")
        self.scope = _field("只指一部分时写明，例如：城区、主要品牌")
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText("原文")
        self.text.setTabChangesFocus(True)
        self.text.setMaximumHeight(70)

    def _form(self) -> QFormLayout:
        amount = QHBoxLayout()
        for widget, stretch in ((self.comparator, 0), (self.value, 2), (self.unit, 1)):
            amount.addWidget(widget, stretch)
        base = QHBoxLayout()
        base.addWidget(self.base_month, 1)
        base.addWidget(self.base_value, 1)
        form = QFormLayout()
        form.setSpacing(8)
        for label, field in (
            ("文件", self.document),
            ("条款", self.clause),
            ("指标", self.indicator),
            ("算什么", self.measure),
            ("定为", amount),
            ("完成时间", self.due),
            ("基期", base),
            ("范围", self.scope),
            ("原文", self.text),
        ):
            form.addRow(label, field)
        return form

    def refuse(self, words: str) -> None:
        """Say what is wrong and leave everything as it was typed."""
        self._wrong.setText(words)

    def _suggest_unit(self, *_: object) -> None:
        growth = self.measure.currentData() in {"yoy", "average", "change"}
        code = self.indicator.currentData()
        if growth:
            self.unit.setText("%")
        elif code is not None:
            self.unit.setText(self._units[code])

    def _enter(self) -> None:
        entry = self._entry()
        if isinstance(entry, str):
            self.refuse(entry)
        else:
            self.entered.emit(entry)

    def _entry(self) -> TargetEntry | str:
        """What was typed as an entry, or what is wrong with it."""
        number = self.indicator.findText(self.indicator.currentText().strip())
        if number < 0:
            return "没有这个指标，请从列表里选"
        try:
            value = Decimal(self.value.text().replace(",", "").strip())
            base_text = self.base_value.text().replace(",", "").strip()
            base_value = Decimal(base_text) if base_text else None
        except InvalidOperation:
            return "目标值和基期数要是数，例如 800"
        try:
            due = Month.parse(self.due.text())
            base_month = Month.parse(self.base_month.text()) if self.base_month.text().strip() else None
        except ValueError:
            return "时间要写成 2021-12 这样的年月"
        return TargetEntry(
            document=self.document.text(),
            clause=self.clause.text(),
            indicator=str(self.indicator.itemData(number)),
            value=value,
            unit=self.unit.text().strip(),
            due=due,
            measure=str(self.measure.currentData()),
            comparator=self.comparator.currentText(),
            text=self.text.toPlainText(),
            scope=self.scope.text(),
            base_month=base_month,
            base_value=base_value,
        )


def _field(hint: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(hint)
    return made
