"""The answer to an issue, given in place: a button for each way out, or the list from which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop_app.models.values import Month
from desktop_app.services.results.imports import AUTO, SKIP, Answer, FileKind, ImportOptions, Issue, RepairProposal
from desktop_app.views.imports.identity import Known, months_around
from desktop_app.views.imports.stage import StagedFile
from desktop_app.views.imports.words import ENCODING_CHOICES, column_of
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.choice import DropDown
from desktop_app.views.widgets.words import Words

_COMPANY = frozenset({"COMPANY_MISSING", "COMPANY_AMBIGUOUS", "UNKNOWN_COMPANY", "COMPANY_BY_PROFILE"})
_MONTH = frozenset({"MONTH_MISSING", "ASK_YEAR", "MONTH_DIFFERS"})
_COLUMN = frozenset(
    {"ASK_COLUMN", "DUPLICATE_COLUMN", "UNIT_MISMATCH", "UNIT_AMBIGUOUS", "MEANING_UNKNOWN", "RATE_WITHOUT_INPUTS"}
)
_CHOOSE = "请选"


@dataclass(frozen=True)
class Asked:
    """What an issue wants to be told."""

    buttons: tuple[Answer, ...] = ()
    company: bool = False
    month: bool = False
    encoding: bool = False
    column: int | None = None
    repair: RepairProposal | None = None

    @property
    def anything(self) -> bool:
        """Whether the user can answer it here."""
        return (
            bool(self.buttons)
            or self.company
            or self.month
            or self.encoding
            or self.columned
            or self.repair is not None
        )

    @property
    def columned(self) -> bool:
        """Whether it is about what a column means."""
        return self.column is not None


def asked(file: StagedFile, issue: Issue) -> Asked:
    """How an issue of a file can be answered; issues of single rows are the company's to mend."""
    plan = file.preview.plan
    column = column_of(plan.reading, issue.column) if plan is not None and issue.code in _COLUMN else None
    if plan is not None and plan.kind is FileKind.UNKNOWN and issue.code == "UNREADABLE":
        column = next((n for n, m in enumerate(plan.column_meanings) if m == SKIP and n not in plan.said), 0)
    whole = issue.row is None
    proposals = plan.proposals if plan is not None else ()
    return Asked(
        issue.answers,
        company=whole and issue.code in _COMPANY,
        month=whole and issue.code in _MONTH,
        encoding=issue.code == "ASK_ENCODING",
        column=column,
        repair=next((each for each in proposals if each.issue == issue), None),
    )


class AnswerPanel(QFrame):
    """Hidden unless the issue can be answered.

    ``said(ImportOptions)``: the file is to be read again so; ``column_asked(int)``: the menu of a column is wanted;
    ``repair_asked(RepairProposal)``: cells are to be read in another unit.
    """

    said = Signal(object)
    column_asked = Signal(int)
    repair_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answers")
        self._options = ImportOptions()
        self._column = 0
        self._repair: RepairProposal | None = None
        self.caption = Words("", "caption", wrap=True)
        self.company = DropDown("企业")
        self.month = DropDown("月份")
        self.encoding = DropDown("编码")
        self.menu = button("这一列是… ▾", lambda: self.column_asked.emit(self._column), small=True)
        self.repair = button("", self._ask_repair, small=True, shortcut="F9")
        self.company.chosen.connect(lambda key: self._say(company=key) if key else None)
        self.month.chosen.connect(lambda key: self._say(month=Month.parse(key)) if key else None)
        self.encoding.chosen.connect(lambda key: self._say(encoding=key) if key else None)
        self.buttons: list[QPushButton] = []
        """The ways out among which the user may choose."""
        self.ways = QVBoxLayout()
        self.ways.setSpacing(4)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 8)
        box.setSpacing(6)
        box.addWidget(self.caption)
        box.addLayout(self.ways)
        for widget in (self.company, self.month, self.encoding, self.menu, self.repair):
            box.addWidget(widget)
        self.hide()

    def show_issue(self, file: StagedFile, issue: Issue | None, known: Known) -> None:
        """Offer the answers to an issue."""
        self._options = file.options
        wanted = Asked() if issue is None or file.settled else asked(file, issue)
        self._column = wanted.column or 0
        self.caption.setText(f"请回答：{issue.message}" if issue is not None else "")
        self._offer(wanted.buttons)
        self.company.setVisible(wanted.company)
        self.company.set_options([("", _CHOOSE), *((c.name, c.name) for c in known.companies)], "")
        self.month.setVisible(wanted.month)
        self.month.set_options([("", _CHOOSE), *months_around(known.month)], "")
        self.encoding.setVisible(wanted.encoding)
        self.encoding.set_options([("", file.options.encoding or AUTO), *ENCODING_CHOICES], "")
        self.menu.setVisible(wanted.columned)
        plan = file.preview.plan
        heads = plan.reading.columns if plan is not None else ()
        head = heads[self._column] if self._column < len(heads) else ""
        self.menu.setText(f"“{head[:8]}”是… ▾" if head else f"第{self._column + 1}列是… ▾")
        self._repair = wanted.repair
        self.repair.setVisible(wanted.repair is not None)
        if wanted.repair is not None:
            self.repair.setText(f"按{wanted.repair.unit}重读（企业已确认的）　F9")
            self.repair.setToolTip(wanted.repair.text)
        self.setVisible(wanted.anything)

    @property
    def labels(self) -> list[str]:
        """Words of the buttons shown."""
        return [each.text() for each in self.buttons]

    def focus_first(self) -> None:
        """Put the focus on the first thing that can be answered."""
        own = [self.company, self.month, self.encoding, self.menu, self.repair]
        for widget in (*self.buttons, *own):
            if not widget.isHidden():
                widget.setFocus()
                return

    def _offer(self, answers: Sequence[Answer]) -> None:
        for old in self.buttons:
            self.ways.removeWidget(old)
            old.deleteLater()
        self.buttons = [button(answer.label, partial(self._answer, answer), small=True) for answer in answers]
        for each in self.buttons:
            self.ways.addWidget(each)

    def _answer(self, answer: Answer) -> None:
        self.said.emit(answer.upon(self._options))

    def _ask_repair(self) -> None:
        if self._repair is not None:
            self.repair_asked.emit(self._repair)

    def _say(self, **changes: object) -> None:
        self.said.emit(replace(self._options, **changes))  # type: ignore[arg-type] # the callers name real fields
