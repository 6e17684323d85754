"""可比口径…: the base of growth on comparable terms, entered with a reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QWidget

from desktop_app.errors import UserError
from desktop_app.services.results.comparable import BaseQuestion
from desktop_app.services.results.tone import Tone
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.choice import SegmentedChoice
from desktop_app.views.widgets.words import Words

_WHAT = (
    "口径变了、企业合并拆分，使上年同期的公布数不能直接比时，在这里录入可比的上年同期数。"
    "同比按它算，公布数照旧留着、一并注明。"
)


class BaseDialog(FrameDialog):
    """``entered(key, amount, reason)`` when both are typed; ``turned(key)`` when another period is chosen."""

    entered = Signal(str, str, str)
    turned = Signal(str)

    def __init__(self, question: BaseQuestion, periods: tuple[tuple[str, str], ...], parent: QWidget | None) -> None:
        """``periods``: key and label of the month and, where it is cumulated, of January up to it."""
        super().__init__(f"可比口径 · {question.name}", parent)
        self.period = SegmentedChoice(periods)
        self.period.setAccessibleName("期间")
        self.period.chosen.connect(self.turned)
        self.published, self.stands = Words("", wrap=True), Words("", wrap=True)
        self.amount = QLineEdit()
        self.amount.setAccessibleName("可比的上年同期数")
        self.reason = QLineEdit()
        self.reason.setAccessibleName("原因")
        self.reason.setPlaceholderText("必填，例如：上级下发了可比基数；两家企业合并")
        form = QFormLayout()
        form.setSpacing(8)
        periods_row = QHBoxLayout()
        periods_row.addWidget(self.period)
        periods_row.addStretch(1)
        form.addRow("期间", periods_row)
        form.addRow("公布数", self.published)
        form.addRow("现用的", self.stands)
        form.addRow("可比数", self.amount)
        form.addRow("原因", self.reason)
        self._wrong = Words("", wrap=True)
        self._wrong.set_tone(Tone.BAD)
        self.body.addWidget(Words(_WHAT, "muted", wrap=True))
        self.body.addLayout(form)
        self.body.addWidget(self._wrong)
        self.body.addStretch(1)
        self.buttons.addWidget(button("取消", self.reject))
        self.enter = button("记下", self._enter, kind="primary")
        self.enter.setDefault(True)
        self.buttons.addWidget(self.enter)
        self.show_question(question)
        self.amount.setFocus()
        self.resize(560, 340)

    def show_question(self, question: BaseQuestion) -> None:
        """The figures of the chosen period; what is typed stays."""
        self.published.setText(f"{question.base_label} {question.published or '台账里没有'}")
        stands = f"{question.stands}（{question.stands_reason}）；记下新的，它不再使用，仍留在台账里"
        self.stands.setText(stands if question.stands else "没有录入过，同比按公布数")
        self.amount.setPlaceholderText(f"带单位写，例如 {question.published or '50' + question.unit}")

    def refuse(self, error: UserError) -> None:
        """Say what is wrong and leave everything as it was typed."""
        self._wrong.setText("。".join(part for part in (error.message, error.hint) if part))

    def _enter(self) -> None:
        amount, reason = self.amount.text().strip(), self.reason.text().strip()
        if not amount or not reason:
            self._wrong.setText("请写可比数和原因")
            return
        self.entered.emit(self.period.key, amount, reason)
