"""新增指标: everything that an indicator of the bureau's own is, typed on one page; the same page for changing one."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop_app.models.values import Month
from desktop_app.services.results.own_indicators import FormulaReading, OwnBook, OwnDraft, Trial
from desktop_app.services.results.tone import Tone
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.indicators.formula_panel import FormulaPanel
from desktop_app.views.indicators.new_indicator_form import COMPUTED, IndicatorForm
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.words import Words

PAUSE_MS = 180
"""How long typing rests before it is read."""
_MONTH = re.compile(r"\d{4}-\d{1,2}")


class NewIndicatorDialog(FrameDialog):
    """Asks and stores nothing itself: whoever opened it answers the signals.

    ``code_asked(name)``, ``reading_asked(draft)``, ``trial_asked(draft, month, region)``; ``save_asked(draft, reason)``
    stores.
    """

    code_asked = Signal(str)
    reading_asked = Signal(object)
    trial_asked = Signal(object, object, str)
    save_asked = Signal(object, str)

    def __init__(
        self, book: OwnBook, month: Month, stands: OwnDraft | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("改指标" if stands is not None else "新增指标", parent)
        self.editing = stands.code if stands is not None else ""
        self._month = month
        self._reading = FormulaReading()
        self.form = IndicatorForm(book, stands)
        self.panel = FormulaPanel(book.words, book.regions, month)
        self.reason = QLineEdit()
        hint = "改动的原因（必填），例如：市局来文调整口径" if stands else "为什么要这个指标（可不填）"
        self.reason.setPlaceholderText(hint)
        self.reason.setAccessibleName("原因")
        self.reason.setMaxLength(500)
        self.wrong = Words("", wrap=True)
        self.wrong.set_tone(Tone.BAD)
        self.save = button("保存", self._save, kind="primary", shortcut="Ctrl+S")
        self._lay_out()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(PAUSE_MS)
        self._rest.timeout.connect(self._ask)
        self.form.named.connect(self.code_asked)
        self.form.changed.connect(self._typed)
        self.form.way.chosen.connect(self._show_way)
        self.panel.changed.connect(self._formula_typed)
        self.panel.turned.connect(self._rest.start)
        if stands is not None:
            self.panel.edit.set_formula(stands.formula)
            self._rest.start()
        self._show_way(self.form.way.key)
        self.form.name.setFocus()
        self.resize(1180, 660)

    def _lay_out(self) -> None:
        # Scrolls by itself: the form is taller than a small screen at 150 %.
        left = QScrollArea()
        left.setWidgetResizable(True)
        left.setFrameShape(QScrollArea.Shape.NoFrame)
        left.setWidget(self.form)
        left.setMinimumWidth(self.form.minimumSizeHint().width() + 16)
        right = QScrollArea()
        right.setWidgetResizable(True)
        right.setFrameShape(QScrollArea.Shape.NoFrame)
        self.panel.setMinimumHeight(390)
        right.setWidget(self.panel)
        self.aside = Words(
            "录入或导入的指标没有公式。保存后：企业报表和本局表格里写着它的名称或同义词的列会认出来；"
            "它出现在“行业指标”的树里，可以登记目标。",
            "muted",
            wrap=True,
        )
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addWidget(left, 46)
        beside = QVBoxLayout()
        beside.addWidget(self.aside)
        beside.addWidget(right, 1)
        self._right = right
        self._spring = QWidget()
        beside.addWidget(self._spring, 1)
        columns.addLayout(beside, 54)
        self.body.addLayout(columns, 1)
        self.body.addWidget(self.wrong)
        self.wrong.hide()
        self.buttons.insertWidget(0, self.reason, 1)
        self.buttons.addWidget(button("取消　Esc", self.reject))
        self.buttons.addWidget(self.save)

    # ------------------------------------------------------------------------------------------- what is typed

    @property
    def draft(self) -> OwnDraft:
        """Everything as it stands on the page."""
        draft = self.form.draft
        return replace(draft, formula=self.panel.edit.formula if self.form.way.key == COMPUTED else "")

    @property
    def trial_month(self) -> Month | None:
        """The month of the trial; None while it is no month."""
        text = self.panel.month.text().strip()
        try:
            return Month.parse(text) if _MONTH.fullmatch(text) else None
        except ValueError:
            return None

    def _formula_typed(self) -> None:
        if self.panel.edit.formula and self.form.way.key != COMPUTED:
            self.form.choose_computed()
        self._typed()

    def _typed(self) -> None:
        """What was wrong is being mended."""
        self.wrong.hide()
        self._rest.start()

    def _show_way(self, key: str) -> None:
        computed = key == COMPUTED
        self._right.setVisible(computed)
        self.aside.setVisible(not computed)
        self._spring.setVisible(not computed)
        self._rest.start()

    def _ask(self) -> None:
        if self.form.way.key == COMPUTED:
            self.reading_asked.emit(self.draft)

    # ------------------------------------------------------------------------------------------- answers

    def propose_code(self, code: str) -> None:
        """A code for the name, unless the user has typed one."""
        self.form.propose_code(code)

    def show_reading(self, reading: FormulaReading) -> None:
        """What the formula says; a sound one is tried at once."""
        self._reading = reading
        self.panel.show_reading(reading)
        if not reading.said or not reading.sound:
            return
        if self.trial_month is None:
            self.panel.refuse_trial("试算的月份要写成 2021-03 这样。")
        elif not self.draft.unit:
            self.panel.refuse_trial("选好单位再试算。")
        else:
            self.trial_asked.emit(self.draft, self.trial_month, self.panel.region.key)

    def show_trial(self, trial: Trial) -> None:
        """What the formula gives."""
        self.panel.show_trial(trial)

    def refuse(self, wrong: tuple[tuple[str, str], ...]) -> None:
        """Why it was not stored, by field; everything stays as it was typed."""
        self.save.setEnabled(True)
        self.wrong.setText("\n".join(words for _, words in wrong))
        self.wrong.show()
        field = wrong[0][0] if wrong else ""
        if field == "formula":
            self.panel.edit.setFocus()
        elif field == "reason":
            self.reason.setFocus()
        else:
            self.form.focus_field(field)

    def _save(self) -> None:
        self.save.setEnabled(False)
        self.save_asked.emit(self.draft, self.reason.text())
