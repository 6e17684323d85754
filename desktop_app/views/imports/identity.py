"""Whose file it is, which month's, how final: recognised, and to be said where it was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_app.models.values import FigureStatus, Month
from desktop_app.services.results.figures import Choice
from desktop_app.services.results.imports import FileKind, ImportOptions
from desktop_app.views.imports.stage import StagedFile
from desktop_app.views.imports.words import ENCODINGS
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.choice import DropDown

_ONE_COMPANY = frozenset({FileKind.OFFICIAL_FORM, FileKind.LONG, FileKind.UNKNOWN})
"""Kinds of file that are one company's; in the others each row says whose it is."""
_UNKNOWN = "未认出，请选"
_MONTHS_BACK = 14


class IdentityRow(QWidget):
    """``said(ImportOptions)`` fires when the user has said something: the file is to be read again."""

    said = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = ImportOptions()
        self.company = DropDown("企业")
        self.month = DropDown("月份")
        self.status = DropDown("状态")
        self.sheet = DropDown("工作表")
        self.encoding = DropDown("编码")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        self.password.setPlaceholderText("打开密码")
        self.password.setMaximumWidth(160)
        self.unlock = button("打开", self._unlock, small=True)
        self.password.returnPressed.connect(self._unlock)
        self.company.chosen.connect(lambda key: self._say(company=key or None))
        self.month.chosen.connect(lambda key: self._say(month=Month.parse(key) if key else None))
        self.status.chosen.connect(lambda key: self._say(status=FigureStatus(key) if key else None))
        self.sheet.chosen.connect(lambda key: self._say(sheet=key or None))
        self.encoding.chosen.connect(lambda key: self._say(encoding=key or None))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self.company, self.month, self.status, self.sheet, self.encoding, self.password, self.unlock):
            row.addWidget(widget)
        row.addStretch(1)

    def show_file(self, file: StagedFile, companies: Sequence[Choice], month: Month | None) -> None:
        """Show what was recognised and offer the rest. ``month``: the one being worked on."""
        self._options = file.options
        plan = file.preview.plan
        kind = plan.kind if plan is not None else FileKind.UNKNOWN
        known = plan is not None
        # An outlet list may be one company's, and name it nowhere.
        one = kind in _ONE_COMPANY or (
            plan is not None and kind is FileKind.OUTLETS and "企业" not in plan.column_meanings
        )
        asked = known and not kind.is_register and kind is not FileKind.NATIONAL
        self.company.setVisible(known and one)
        self.month.setVisible(asked)
        self.status.setVisible(asked)
        reading = plan.reading if plan is not None else None
        self.sheet.setVisible(reading is not None and len(reading.sheets) > 1)
        self.encoding.setVisible((reading is not None and bool(reading.encoding)) or file.options.encoding is not None)
        self.password.setVisible(file.wants_password)
        self.unlock.setVisible(file.wants_password)
        self.password.clear()
        said = file.options
        if plan is not None:
            told = said.company is None
            auto = (plan.enterprise_name or _UNKNOWN) if told else "自动识别"
            self.company.set_options([("", auto), *((c.name, c.name) for c in companies)], said.company or "")
            months = self._months(month or plan.month)
            name = (plan.month.label if plan.month is not None else _UNKNOWN) if said.month is None else "自动识别"
            self.month.set_options([("", name), *months], str(said.month) if said.month is not None else "")
            status = plan.status.value if said.status is None else "自动识别"
            self.status.set_options(
                [("", status), *((s.value, s.value) for s in FigureStatus)], said.status.value if said.status else ""
            )
            self.sheet.set_options(
                [("", plan.reading.sheet or "第一个"), *((s, s) for s in plan.reading.sheets)], said.sheet or ""
            )
        found = ENCODINGS.get(reading.encoding, reading.encoding) if reading is not None else "自动识别"
        codes = (("utf-8", "UTF-8"), ("gb18030", "GB18030"), ("utf-16", "UTF-16"))
        self.encoding.set_options([("", found if said.encoding is None else "自动识别"), *codes], said.encoding or "")
        self.setEnabled(not file.settled)
        shown = (self.company, self.month, self.status, self.sheet, self.encoding, self.password)
        self.setVisible(any(not widget.isHidden() for widget in shown))

    @staticmethod
    def _months(month: Month | None) -> list[tuple[str, str]]:
        """The months around the one being worked on, newest first."""
        if month is None:
            return []
        return [(str(m), m.label) for m in (month.shift(2 - n) for n in range(_MONTHS_BACK))]

    def _say(self, **changes: object) -> None:
        self._options = replace(self._options, **changes)  # type: ignore[arg-type] # the callers name real fields
        self.said.emit(self._options)

    def _unlock(self) -> None:
        if self.password.text():
            self._say(password=self.password.text())
