"""The issues of a file and the reason (说明) that its warnings want."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPlainTextEdit, QWidget

from desktop_app.services.results.imports import Issue
from desktop_app.services.results.overview import Alarm, Tone
from desktop_app.services.results.reasons import Remembered, earlier_reasons
from desktop_app.views.imports import words
from desktop_app.views.imports.answers import AnswerPanel, asked
from desktop_app.views.imports.identity import Known
from desktop_app.views.imports.stage import StagedFile
from desktop_app.views.widgets.alarms import AlarmList
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.empty import EmptyState
from desktop_app.views.widgets.words import Words


class IssueCard(Card):
    """``marked(Issue)`` shows the cell, ``picked(Issue)`` leads to it.

    ``said(ImportOptions)`` answers an issue; ``reasoned(str)`` fires while the user types; ``shared`` for all files.
    """

    marked = Signal(object)
    picked = Signal(object)
    said = Signal(object)
    column_asked = Signal(int)
    repair_asked = Signal(object)
    reasoned = Signal(str)
    shared = Signal(str)
    rules_asked = Signal(str)
    """Code of the issue that is marked, or of the first one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("问题", parent=parent)
        self._issues: tuple[Issue, ...] = ()
        self._phrases: tuple[str, ...] = ()
        self._file: StagedFile | None = None
        self._known = Known()
        self.list = AlarmList()
        self.list.setAccessibleName("问题")
        self.list.picked.connect(self._pick)
        self.list.marked.connect(self._mark)
        self.answers = AnswerPanel()
        self.answers.said.connect(self.said)
        self.answers.column_asked.connect(self.column_asked)
        self.answers.repair_asked.connect(self.repair_asked)
        self.calm = EmptyState("没有问题", "勾稽关系都成立，可以入库。")
        self.reason_caption = Words("说明（有提示的文件，写明原因才能入库）", "caption", wrap=True)
        self.reason = QPlainTextEdit()
        self.reason.setPlaceholderText("填写或选取说明 …")
        self.reason.setAccessibleName("说明")
        self.reason.setTabChangesFocus(True)
        self.reason.setAcceptDrops(False)
        self.reason.setFixedHeight(self.reason.fontMetrics().height() * 3 + 18)
        self.reason.textChanged.connect(lambda: self.reasoned.emit(self.reason.toPlainText().strip()))
        self._remembered: tuple[Remembered, ...] = ()
        self._earlier: tuple[str, ...] = ()
        self.phrases = button("常用说明 ▾", self._offer_phrases, kind="link")
        self.share = button("用于全部待说明的", self._share, kind="link", tip="把这句说明也写给其余待说明的文件")
        tools = QHBoxLayout()
        tools.setContentsMargins(0, 0, 0, 0)
        tools.addWidget(self.phrases)
        tools.addStretch(1)
        tools.addWidget(self.share)
        self._tools = QWidget()
        self._tools.setLayout(tools)
        self.add_action(button("审核规则…", self._ask_rules, kind="link", tip="看规则、改松紧和界限"))
        self.add(self.list, 1)
        self.add(self.calm, 1)
        for widget in (self.answers, self.reason_caption, self.reason, self._tools):
            self.add(widget)

    def set_phrases(self, phrases: tuple[str, ...]) -> None:
        """Reasons given lately for whatever, to choose from."""
        self._phrases = phrases
        self._name_phrases()

    def set_remembered(self, remembered: tuple[Remembered, ...]) -> None:
        """Every reason that was given before; those for the same company and the same doubts are offered first."""
        self._remembered = remembered

    def _recall(self, file: StagedFile) -> None:
        plan = file.preview.plan
        self._earlier = earlier_reasons(self._remembered, plan) if plan is not None else ()
        self._name_phrases()

    def _name_phrases(self) -> None:
        self.phrases.setText(f"以前的说明 {len(self._earlier)} ▾" if self._earlier else "常用说明 ▾")
        self.phrases.setVisible(bool(self._earlier or self._phrases))

    def show_file(self, file: StagedFile, others: int, known: Known) -> None:
        """Show the issues of a file; ``others``: how many further files want a reason."""
        same = self._file is not None and self._file.preview is file.preview
        self._file, self._known = file, known
        self._issues = file.preview.issues
        count = len(self._issues)
        self.set_subtitle(str(count) if count else "")
        if not same:
            notes = file.preview.plan.notes if file.preview.plan is not None else ()
            told = [Alarm("读法", Tone.INFO, note, "", "") for note in notes]
            self.list.set_alarms([*(words.alarm(issue) for issue in self._issues), *told])
            self._show_answers(self._first_asked())
        self.list.setVisible(bool(self.list.alarms))
        self._say_calm(file)
        self.calm.setVisible(not count)
        wanted = file.warnings > 0 and not file.settled
        for widget in (self.reason_caption, self.reason, self._tools):
            widget.setVisible(wanted)
        self._recall(file)
        self.share.setVisible(wanted and others > 0)
        if self.reason.toPlainText().strip() != file.reason:
            self.reason.blockSignals(True)
            self.reason.setPlainText(file.reason)
            self.reason.blockSignals(False)

    def mark_cell(self, line: int, column: int) -> None:
        """Mark the issue that speaks of a cell of the file; none when no issue does."""
        plan = self._file.preview.plan if self._file is not None else None
        if plan is None:
            return
        places = [(issue.row, words.column_of(plan.reading, issue.column)) for issue in self._issues]
        wanted = ((line, column), (line, None))
        found = next((places.index(place) for place in wanted if place in places), -1)
        if found != self.list.currentIndex().row():
            self.list.mark(found)
            self._show_answers(self._issues[found] if found >= 0 else self._first_asked())

    def _mark(self, number: int) -> None:
        if 0 <= number < len(self._issues):
            self._show_answers(self._issues[number])
            self.marked.emit(self._issues[number])

    def _first_asked(self) -> Issue | None:
        """The first issue that the user can answer."""
        file = self._file
        return next((i for i in self._issues if asked(file, i).anything), None) if file is not None else None

    def _show_answers(self, issue: Issue | None) -> None:
        if self._file is not None:
            self.answers.show_issue(self._file, issue, self._known)

    @property
    def issues(self) -> tuple[Issue, ...]:
        """The issues shown."""
        return self._issues

    def _say_calm(self, file: StagedFile) -> None:
        if file.waiting:
            self.calm.set_words("还没有核对", "读好以后，这里是它的问题。")
        elif file.result is not None:
            self.calm.set_words("已入库", f"批次 {file.result.batch}，{file.result.accepted} 行；可在“历史”中撤销。")
        elif file.returned is not None:
            self.calm.set_words("已退回", f"批次 {file.returned}；文件留作凭据，其中的数不计入。")
        else:
            self.calm.set_words("没有问题", "勾稽关系都成立，可以入库。")

    def _pick(self, alarm: Alarm) -> None:
        number = self.list.currentIndex().row()
        if 0 <= number < len(self._issues) and words.alarm(self._issues[number]) == alarm:
            self.picked.emit(self._issues[number])

    def _ask_rules(self) -> None:
        marked = max(self.list.currentIndex().row(), 0)
        self.rules_asked.emit(self._issues[marked].code if marked < len(self._issues) else "")

    def _share(self) -> None:
        self.shared.emit(self.reason.toPlainText().strip())

    def _offer_phrases(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        others = [phrase for phrase in self._phrases if phrase not in self._earlier]
        for head, phrases in (("此企业对同样问题的说明", self._earlier), ("近来的说明", others)):
            if phrases:
                menu.addAction(head).setEnabled(False)
            for phrase in phrases:
                menu.addAction(phrase, lambda text=phrase: self.reason.setPlainText(text))
        menu.popup(self.phrases.mapToGlobal(self.phrases.rect().bottomLeft()))
