"""One rule: what it checks, how strict it is, its thresholds, and the reason for changing them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.models.values import plain
from desktop_app.services.results.rules import RuleRow, Strictness, Threshold
from desktop_app.services.results.tone import Tone
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.choice import SegmentedChoice
from desktop_app.views.widgets.words import Words


@dataclass(frozen=True)
class Wish:
    """What the user wants of a rule. ``thresholds``: those that differ from what is in force, as typed."""

    code: str
    severity: Strictness | None
    thresholds: Mapping[str, str]
    reason: str


class RuleEditor(QWidget):
    """``save_asked(Wish)`` and ``reset_asked(Wish)``; nothing is changed here. An edit waits while others are seen."""

    save_asked = Signal(object)
    reset_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: RuleRow | None = None
        self._waiting: dict[str, tuple[str, dict[str, str], str]] = {}
        self.title = Words("", "title", wrap=True)
        self.text = Words("", "muted", wrap=True)
        self.state = Words("", "caption", wrap=True)
        self.message = Words("", wrap=True)
        self.strictness = SegmentedChoice()
        self.strictness.setAccessibleName("松紧")
        self.strictness.chosen.connect(self._show_buttons)
        self.fields: dict[str, QLineEdit] = {}
        self._lines: list[QWidget] = []
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("改动的原因（必填）")
        self.reason.setAccessibleName("原因")
        self.reason.setMaxLength(500)
        self.reason.textChanged.connect(self._show_buttons)
        self.reason.returnPressed.connect(self._save)
        self.reset = button("恢复出厂设置", self._reset)
        self.save = button("保存", self._save, kind="primary", shortcut="Ctrl+S")
        choice = QHBoxLayout()
        choice.addWidget(self.strictness)
        choice.addStretch(1)
        self._form_box = QWidget()
        self._form = QFormLayout(self._form_box)
        self._form.setContentsMargins(0, 4, 0, 4)
        self._form.setSpacing(8)
        self._form.addRow("松紧", choice)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addStretch(1)
        row.addWidget(self.reset)
        row.addWidget(self.save)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 14, 10)
        box.setSpacing(8)
        for widget in (self.title, self.text, self.state, self._form_box, self.reason):
            box.addWidget(widget)
        box.addLayout(row)
        box.addWidget(self.message)
        box.addStretch(1)

    @property
    def code(self) -> str:
        """Code of the rule that is shown."""
        return self._row.code if self._row is not None else ""

    def show_rule(self, row: RuleRow) -> None:
        """Show a rule; what was typed for the one before is kept until that one is shown again."""
        self._keep()
        self._row = row
        self.title.setText(row.name)
        self.text.setText(row.text)
        self.state.setText(_state(row))
        self.state.set_tone(Tone.WARN if row.problem else None)
        self.say("")
        strictness, values, reason = self._waiting.get(row.code, (row.severity.value, {}, ""))
        self.strictness.set_options([(choice.value, choice.label) for choice in row.choices], strictness)
        self._build_form(row, values)
        self.reason.setText(reason)
        for widget in (self._form_box, self.reason, self.save):
            widget.setVisible(not row.fixed)
        self._show_buttons()

    def forget(self, code: str) -> None:
        """What was typed for this rule has been stored, or is no longer wanted."""
        self._waiting.pop(code, None)
        if self.code == code:
            self._row = None

    def say(self, text: str, tone: Tone | None = None) -> None:
        """A line below the fields: what was done, or why not."""
        self.message.setText(text)
        self.message.set_tone(tone)
        self.message.setVisible(bool(text))

    def focus_first(self) -> None:
        """Put the cursor where the rule can be changed."""
        if self._row is not None and not self._row.fixed:
            next(iter(self.fields.values()), self.reason).setFocus()

    # ------------------------------------------------------------------------------------------- fields

    def _build_form(self, row: RuleRow, values: Mapping[str, str]) -> None:
        for line in self._lines:
            self._form.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines, self.fields = [], {}
        for threshold in row.thresholds:
            field = QLineEdit(values.get(threshold.name, plain(threshold.value)))
            field.setAccessibleName(threshold.label)
            field.textChanged.connect(self._show_buttons)
            field.returnPressed.connect(self.reason.setFocus)
            self.fields[threshold.name] = field
            self._add(threshold.label, field, _range(threshold))

    def _add(self, name: str, field: QLineEdit, after: str) -> None:
        line = QWidget()
        cells = QHBoxLayout(line)
        cells.setContentsMargins(0, 0, 0, 0)
        cells.setSpacing(10)
        field.setMaximumWidth(field.fontMetrics().horizontalAdvance("0") * 12)
        cells.addWidget(field)
        cells.addWidget(Words(after, "caption", wrap=True), 1)
        label = Words(name)
        self._lines += [label, line]
        self._form.addRow(label, line)

    def _changed(self) -> tuple[Strictness | None, dict[str, str]]:
        if self._row is None or self._row.fixed:
            return None, {}
        severity = Strictness(self.strictness.key) if self.strictness.key else self._row.severity
        values = {
            t.name: self.fields[t.name].text().strip()
            for t in self._row.thresholds
            if self.fields[t.name].text().strip() != plain(t.value)
        }
        return (None if severity is self._row.severity else severity), values

    def _keep(self) -> None:
        severity, values = self._changed()
        if self._row is not None and (severity is not None or values or self.reason.text().strip()):
            self._waiting[self._row.code] = (self.strictness.key, values, self.reason.text())

    # ------------------------------------------------------------------------------------------- asking

    def _show_buttons(self, *_: object) -> None:
        severity, values = self._changed()
        given = bool(self.reason.text().strip())
        self.save.setEnabled(given and (severity is not None or bool(values)))
        row = self._row
        self.reset.setVisible(row is not None and (row.changed or bool(row.problem)))
        self.reason.setVisible(row is not None and (not row.fixed or bool(row.problem)))
        self.reset.setEnabled(given)

    def _wish(self) -> Wish:
        severity, values = self._changed()
        return Wish(self.code, severity, values, self.reason.text().strip())

    def _save(self) -> None:
        if self.save.isEnabled():
            self.save_asked.emit(self._wish())

    def _reset(self) -> None:
        self.reset_asked.emit(self._wish())


def _state(row: RuleRow) -> str:
    if row.problem:
        return row.problem
    if row.fixed:
        return "必须执行的规则，不能放宽，也不能关掉。"
    if not row.changed:
        return "现为出厂设置。"
    shipped = "；".join([row.shipped_severity.label, *(f"{t.label} {t.text}" for t in row.shipped_thresholds)])
    return f"{row.changed_at} {row.changed_by} 改：{row.reason}\n出厂为 {shipped}"


def _range(threshold: Threshold) -> str:
    whole = "，整数" if threshold.whole else ""
    return f"{threshold.unit}　可设 {plain(threshold.low)}—{plain(threshold.high)}{whole}".strip("　")
