"""Whose file it is, which month's, how final: recognised, and to be said where it was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.models.values import FigureStatus, Month
from desktop_app.services.results.figures import Choice
from desktop_app.services.results.imports import AUTO, FileKind, ImportOptions, ImportPlan
from desktop_app.services.results.profiles import MappingProfile
from desktop_app.views.imports.stage import StagedFile
from desktop_app.views.imports.words import ENCODING_CHOICES, ENCODINGS
from desktop_app.views.widgets.choice import DropDown

_ONE_COMPANY = frozenset({FileKind.OFFICIAL_FORM, FileKind.LONG, FileKind.UNKNOWN})
"""Kinds of file that are one company's; in the others each row says whose it is."""
_UNKNOWN = "未认出，请选"
_MONTHS_BACK = 14


def months_around(month: Month | None) -> list[tuple[str, str]]:
    """The months around the one being worked on, newest first, to choose from."""
    if month is None:
        return []
    return [(str(m), m.label) for m in (month.shift(2 - n) for n in range(_MONTHS_BACK))]


@dataclass(frozen=True)
class Known:
    """What the tab knows and the file may be told: companies, the month being worked on, profiles."""

    companies: Sequence[Choice] = ()
    month: Month | None = None
    profiles: Sequence[MappingProfile] = ()


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
        self.profile = DropDown("方案")
        self.company.chosen.connect(lambda key: self._say(company=key or None))
        self.month.chosen.connect(lambda key: self._say(month=Month.parse(key) if key else None))
        self.status.chosen.connect(lambda key: self._say(status=FigureStatus(key) if key else None))
        self.sheet.chosen.connect(lambda key: self._say(sheet=key or None))
        self.profile.chosen.connect(lambda key: self._say(profile=key or None))
        self.encoding.chosen.connect(lambda key: self._say(encoding=key or None))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self.company, self.month, self.status, self.sheet, self.encoding, self.profile):
            row.addWidget(widget)
        row.addStretch(1)

    def show_file(self, file: StagedFile, known: Known) -> None:
        """Show what was recognised and offer the rest."""
        plan, said = file.preview.plan, file.options
        self._options = said
        if plan is not None:
            self._show_owner(plan, said, known)
            self._show_reading(plan, said, known)
        else:
            for widget in (self.company, self.month, self.status, self.sheet, self.profile):
                widget.hide()
        reading = plan.reading if plan is not None else None
        self.encoding.setVisible((reading is not None and bool(reading.encoding)) or said.encoding is not None)
        found = ENCODINGS.get(reading.encoding, reading.encoding) if reading is not None else AUTO
        self.encoding.set_options(
            [("", found if said.encoding is None else AUTO), *ENCODING_CHOICES], said.encoding or ""
        )
        self.setEnabled(not file.settled)
        shown = (self.company, self.month, self.status, self.sheet, self.encoding, self.profile)
        self.setVisible(any(not widget.isHidden() for widget in shown))

    def _show_owner(self, plan: ImportPlan, said: ImportOptions, known: Known) -> None:
        # An outlet list may be one company's, and name it nowhere.
        unnamed = plan.kind is FileKind.OUTLETS and "企业" not in plan.column_meanings
        self.company.setVisible(plan.kind in _ONE_COMPANY or unnamed)
        for widget in (self.month, self.status):
            widget.setVisible(not plan.kind.is_register and plan.kind is not FileKind.NATIONAL)
        company = (plan.enterprise_name or _UNKNOWN) if said.company is None else AUTO
        self.company.set_options([("", company), *((c.name, c.name) for c in known.companies)], said.company or "")
        month = (plan.month.label if plan.month is not None else _UNKNOWN) if said.month is None else AUTO
        self.month.set_options([("", month), *months_around(known.month or plan.month)], str(said.month or ""))
        status = plan.status.value if said.status is None else AUTO
        statuses = [("", status), *((each.value, each.value) for each in FigureStatus)]
        self.status.set_options(statuses, said.status.value if said.status else "")

    def _show_reading(self, plan: ImportPlan, said: ImportOptions, known: Known) -> None:
        sheets = plan.reading.sheets
        self.sheet.setVisible(len(sheets) > 1)
        self.sheet.set_options([("", plan.reading.sheet or "第一个"), *((s, s) for s in sheets)], said.sheet or "")
        profiles = self._profiles(plan, known)
        self.profile.setVisible(bool(profiles))
        named = (plan.profile or "没有用") if said.profile is None else AUTO
        self.profile.set_options([("", named), *profiles], said.profile or "")

    @staticmethod
    def _profiles(plan: ImportPlan, known: Known) -> list[tuple[str, str]]:
        """Profiles that may be meant: of the file's company, of several companies, or any while it is not known."""
        owner = plan.enterprise_name
        mine = [p for p in known.profiles if not owner or p.enterprise_name in {owner, ""}]
        return [(p.name, p.name) for p in mine]

    def _say(self, **changes: object) -> None:
        self._options = replace(self._options, **changes)  # type: ignore[arg-type] # the callers name real fields
        self.said.emit(self._options)
