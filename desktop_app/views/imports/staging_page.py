"""The page 本次文件: list, preview, issues, and the row of buttons that a question may replace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.services.results.imports import ImportOptions, Issue
from desktop_app.views.imports.drive_button import DriveButton
from desktop_app.views.imports.drives import Drive
from desktop_app.views.imports.drop import DropZone
from desktop_app.views.imports.file_list import FileList
from desktop_app.views.imports.identity import Known
from desktop_app.views.imports.issues import IssueCard
from desktop_app.views.imports.keys import give_keys
from desktop_app.views.imports.preview_card import PreviewCard
from desktop_app.views.imports.stage import Stage, StagedFile, wanted_first
from desktop_app.views.imports.words import Naming
from desktop_app.views.jobs import Job
from desktop_app.views.widgets.ask_bar import AskBar
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.choice import SegmentedChoice
from desktop_app.views.widgets.progress import ProgressStrip
from desktop_app.views.widgets.split import KeptSplitter
from desktop_app.views.widgets.words import ElidedWords

_ALL, _LEFT = "all", "left"


class StagingPage(QWidget):
    """Shows the stage and says what the user wants done; the tab does it."""

    files_asked = Signal()
    folder_asked = Signal()
    commit_asked = Signal()
    return_asked = Signal()
    undo_asked = Signal()
    said = Signal(object, object)
    """A :class:`StagedFile` and the :class:`ImportOptions` that the user has chosen for it."""
    drive_asked = Signal(object)
    repair_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = Stage(self.show_stage)
        self.naming = Naming()
        self.known = Known()
        self._undoable = 0
        self._jobs = 0
        self._large = False
        self.zone = DropZone()
        self.zone.files_asked.connect(self.files_asked)
        self.zone.folder_asked.connect(self.folder_asked)
        self.zone.drive_asked.connect(self.drive_asked)
        self._build_cards()
        self._build_actions()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.zone)
        self._stack.addWidget(self._cards)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self._stack, 1)
        box.addWidget(self._actions)
        box.addWidget(self.question)
        self.show_stage()

    def _build_cards(self) -> None:
        self._cards = KeptSplitter(Qt.Orientation.Horizontal, "imports.across", (220, 790, 300), 1)
        self.list_card = Card("文件", margin=0)
        self.list_card.body.itemAt(0).widget().setContentsMargins(14, 0, 14, 0)
        self.list = FileList()
        self.list.turned.connect(self._turned)
        self.list.removal_asked.connect(self.remove_chosen)
        self.which = SegmentedChoice()
        self.which.chosen.connect(lambda _key: self.show_stage())
        self._left: frozenset[Path] = frozenset()
        self._pills = QWidget()
        inside = QHBoxLayout(self._pills)
        inside.setContentsMargins(14, 0, 14, 0)
        inside.addWidget(self.which)
        inside.addStretch(1)
        self.list_card.add(self._pills)
        self.list_card.add(self.list, 1)
        self.preview = PreviewCard()
        self.preview.said.connect(self._said)
        self.preview.take_back.connect(self._take_back)
        self.preview.large_asked.connect(self.turn_large)
        self.diff = self.preview.diff
        self.issues = IssueCard()
        self.preview.cell_marked.connect(self.issues.mark_cell)
        self.issues.marked.connect(self.preview.show_issue)
        self.issues.picked.connect(self._to_cell)
        self.issues.said.connect(self._said)
        self.issues.column_asked.connect(self.preview.ask_column)
        self.issues.repair_asked.connect(self.repair_asked)
        self.issues.reasoned.connect(self._reasoned)
        self.issues.shared.connect(self._shared)
        self.list_card.setMinimumWidth(170)
        self.issues.setMinimumWidth(240)
        for card in (self.list_card, self.preview, self.issues):
            self._cards.addWidget(card)
        self._cards.place()

    def _build_actions(self) -> None:
        self._actions = QWidget()
        self.summary = ElidedWords("", "muted")
        self.progress = ProgressStrip()
        self.choose = button("添加文件…", self.files_asked.emit, tip="Ctrl+I；也可以把文件或文件夹拖进来")
        self.drives = DriveButton()
        self.drives.asked.connect(self.drive_asked)
        self.remove = button("移出列表", self.remove_chosen, tip="Del；只从这里移走，不动台账")
        self.give_back = button("退回此件", self.return_asked.emit, shortcut="Ctrl+R")
        self.undo = button("撤销上次入库", self.undo_asked.emit, tip="Ctrl+Z")
        give_keys(self)
        self.commit = button("入库", self.commit_asked.emit, kind="primary")
        self._commit_keys = "　Ctrl+Enter"
        hot = button("", shortcut="Ctrl+Return")
        # Not among the buttons: it answers while a bar stands in their place, too.
        hot.setParent(self)
        hot.setFixedSize(0, 0)
        hot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        hot.clicked.connect(self._commit_by_key)
        row = QHBoxLayout(self._actions)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.summary, 2)
        row.addWidget(self.progress, 3)
        for widget in (self.choose, self.drives, self.remove, self.give_back, self.undo, self.commit):
            row.addWidget(widget)
        self.question = AskBar()
        self.question.closed.connect(self._question_closed)

    # ------------------------------------------------------------------------------------------- showing

    def show_stage(self) -> None:
        """Show the files as they stand."""
        files = self.stage.files
        self._stack.setCurrentWidget(self._cards if files else self.zone)
        self.list_card.set_subtitle(f"{len(files)} 个" if files else "")
        before = self.list.current
        left = tuple(file for file in files if file.path in self._left and not file.settled)
        self.which.set_options(((_ALL, "全部"), (_LEFT, f"没有入库 {len(left)}")))
        self._pills.setVisible(bool(left))
        if not left:
            self.which.set_key(_ALL)
        files = left if self.which.key == _LEFT else files
        self.list.show_files(files)
        if files and self.list.current is None:
            kept = self.stage.get(before.path) if before is not None else None
            first = kept or wanted_first(files)
            if first is not None:
                self.list.mark(first.path)
        self.show_file()
        self._show_buttons()

    def show_left(self, paths: Iterable[Path]) -> None:
        """List only these, which the last 入库 has left out, until the user wants to see all; none lists all again."""
        self._left = frozenset(paths)
        self.show_stage()
        self.which.set_key(_LEFT if self._left else _ALL)
        self.show_stage()

    def _turned(self, _file: object) -> None:
        # A question that is still open was about the file before.
        self.question.dismiss()
        self.show_file()

    def show_file(self) -> None:
        """Show the marked file."""
        file = self.list.current
        if file is not None:
            self.preview.show_file(file, self.naming, self.known)
            self._show_issues(file)
            self.preview.panel.show_diff(file.preview.diff if not file.settled else None)
            self.diff.offer_review(offered=file.wants_review)
        self._show_buttons()

    def _show_issues(self, file: StagedFile) -> None:
        others = sum(1 for each in self.stage.files if each.wants_reason and each.path != file.path)
        self.issues.show_file(file, others, self.known)

    def turn_large(self) -> None:
        """The grid alone, for wide and long tables, or all panels again."""
        self._large = not self._large
        self.preview.large.setText("还原　F11" if self._large else "放大　F11")
        self.list_card.setVisible(not self._large)
        self.issues.setVisible(not self._large)
        self.preview.panel.squeeze("large", wanted=self._large)
        self.preview.focus_first()

    @property
    def large(self) -> bool:
        """Whether the grid has all the room."""
        return self._large

    def show_drives(self, drives: Sequence[Drive]) -> None:
        """Sticks that are plugged in now."""
        for each in (self.zone.drives, self.drives):
            each.show_drives(drives)
        self._show_buttons()

    def set_undoable(self, batches: int) -> None:
        """How many batches 撤销上次入库 would take back."""
        self._undoable = batches
        self._show_buttons()

    @property
    def busy(self) -> bool:
        """While a job runs nothing else may be started, but files may still be dropped."""
        return self._jobs > 0

    def follow(self, job: Job, words: str) -> None:
        """Show how far a job is."""
        self._jobs += 1
        self._show_buttons()
        self.summary.hide()
        self.progress.follow(job, words)
        job.finished.connect(self._job_done)

    def ask_in_place(self) -> AskBar:
        """The bar for a question, in place of the buttons."""
        self.make_room(wanted=True)
        return self.question

    def make_room(self, *, wanted: bool) -> None:
        """Put the buttons away while a question or a bar stands below, or bring them back."""
        self._actions.setVisible(not wanted)
        # What is asked about must stay in sight, so the panel below the grid gives way.
        self.preview.panel.squeeze("question", wanted=wanted)

    def show_next(self) -> None:
        """Turn to the next file that wants something, after the others have been settled."""
        file = wanted_first(self.stage.files)
        if file is not None and file.presses:
            self.list.mark(file.path)

    def _show_buttons(self) -> None:
        files, file, ready = self.stage.files, self.list.current, len(self.stage.ready)
        free = not self.busy
        self.summary.setText(self.stage.summary)
        self.commit.setText((f"入库可入的 {ready} 件" if ready else "没有可入库的") + self._commit_keys)
        self.commit.setEnabled(free and ready > 0)
        self.give_back.setEnabled(free and file is not None and file.returnable)
        self.remove.setEnabled(free and file is not None)
        self.choose.setEnabled(free)
        self.undo.setEnabled(free and self._undoable > 0)
        self.undo.setText(f"撤销上次入库的 {self._undoable} 件" if self._undoable else "撤销上次入库")
        for widget in (self.commit, self.give_back, self.remove, self.choose):
            widget.setVisible(bool(files))
        self.drives.setVisible(bool(files) and bool(self.drives.drives))
        self.drives.setEnabled(free)
        self.undo.setVisible(bool(files) or self._undoable > 0)

    # ------------------------------------------------------------------------------------------- saying

    def remove_chosen(self) -> None:
        """Take the marked files off the list."""
        if not self.busy:
            self.stage.drop([file.path for file in self.list.chosen])

    def _commit_by_key(self) -> None:
        # A question that is open is answered first.
        if self.question.isHidden():
            self.commit.click()

    def _said(self, options: ImportOptions) -> None:
        file = self.list.current
        if file is not None and not self.busy:
            self.said.emit(file, options)

    def _take_back(self) -> None:
        file = self.list.current
        if file is not None and not self.busy:
            self.stage.take_back(file.path)

    def _to_cell(self, issue: Issue) -> None:
        self.preview.show_issue(issue)
        self.preview.focus_first()

    def _reasoned(self, text: str) -> None:
        file = self.list.current
        if file is not None and file.reason != text:
            self.stage.say([file.path], text)

    def _shared(self, text: str) -> None:
        self.stage.say([file.path for file in self.stage.files if file.wants_reason], text)

    def _question_closed(self) -> None:
        self.make_room(wanted=False)
        self.list.setFocus()

    def _job_done(self) -> None:
        self._jobs -= 1
        self.summary.setVisible(not self.busy)
        self._show_buttons()
