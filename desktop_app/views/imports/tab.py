"""数据导入: two pages, one flow. Files come in, are looked at, are stored or sent back; every import can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from desktop_app.errors import UserError
from desktop_app.models.values import Month
from desktop_app.services.results.imports import BatchRow
from desktop_app.services.results.overview import Tone
from desktop_app.views.entry.desk import EntryDesk
from desktop_app.views.entry.page import LEAST as ENTRY_LEAST
from desktop_app.views.entry.page import EntryPage
from desktop_app.views.imports import work
from desktop_app.views.imports.drives import Drive, removable_drives
from desktop_app.views.imports.gathering import TABLES
from desktop_app.views.imports.history import HistoryPage
from desktop_app.views.imports.identity import Known
from desktop_app.views.imports.intaking import Intaking
from desktop_app.views.imports.outbox import Outbox
from desktop_app.views.imports.saying import Saying
from desktop_app.views.imports.stage import StagedFile, not_stored, other_months
from desktop_app.views.imports.staging_page import StagingPage
from desktop_app.views.imports.words import return_reason, runs
from desktop_app.views.jobs import Cancelled, Progress
from desktop_app.views.tab import Question, Tab
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.choice import SegmentedChoice
from desktop_app.views.widgets.hover import HoverFrame, paths_of
from desktop_app.views.widgets.scrolling import PageStack, scrolling_page

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QShowEvent

FILES, ENTRY, HISTORY = "files", "entry", "history"
LEAST = (1060, 520)
_FILTERS = f"表格文件 ({' '.join(f'*{ending}' for ending in TABLES)});;所有文件 (*)"
_PHRASES = 8


class ImportsTab(Tab[work.Shelf]):
    """The tab of imports."""

    name = "数据导入"

    def build(self) -> None:
        self.last_batches: tuple[int, ...] = ()
        self._folder = ""
        self._waiting: list[Path] = []
        self.find_drives: Callable[[], Sequence[Drive]] = removable_drives
        self._awaited = ""
        self._meanings_known = False
        self.staging = StagingPage()
        self._intake = Intaking(self)
        self.saying = Saying(self)
        self.history = HistoryPage()
        self.entry = EntryPage()
        self.entry_desk = EntryDesk(self, self.desk, self.entry)
        self.turn = SegmentedChoice(((FILES, "本次文件"), (ENTRY, "录入"), (HISTORY, "历史")))
        self.turn.chosen.connect(self._turned)
        self._pages = PageStack()
        self._pages.addWidget(self.staging)
        self._pages.addWidget(self.entry)
        self._pages.addWidget(self.history)
        head = QHBoxLayout()
        head.addWidget(self.turn)
        head.addStretch(1)
        head.addWidget(
            button("读表方案…", self.saying.show_profiles, kind="flat", tip="看、改、共享各企业报表的列的含义")
        )
        self.outbox = Outbox(self)
        self.blank = button("空白模板…", self.outbox.offer_templates, shortcut="Ctrl+T", tip="做好空白表发给企业填报")
        head.addWidget(self.blank)
        box = scrolling_page(self.page, *LEAST)
        box.setSpacing(10)
        box.addLayout(head)
        box.addWidget(self._pages, 1)
        for bar in (self.outbox.papers, self.outbox.templates):
            box.addWidget(bar)
        self._give_keys()
        self._hover = HoverFrame(self)
        self.setAcceptDrops(True)
        self.staging.issues.rules_asked.connect(self.desk.ask_rules)
        self.listen(self.desk.rules_changed, self.saying.rules_changed)
        for changed in (self.desk.rules_changed, self.desk.ledger_changed):
            self.listen(changed, self._forget_meanings)
        self.staging.files_asked.connect(self.choose_files)
        self.staging.folder_asked.connect(self.choose_folder)
        self.staging.commit_asked.connect(self.commit_ready)
        self.staging.return_asked.connect(self.ask_return)
        self.staging.undo_asked.connect(self.ask_undo_last)
        self.staging.said.connect(self.saying.read_otherwise)
        self.staging.repair_asked.connect(self.saying.ask_repair)
        self.staging.diff.review_asked.connect(self.saying.review)
        self.staging.drive_asked.connect(lambda drive: self.add_paths([drive.path]))
        self.history.undo_agreed.connect(self._undo_one)
        for diff in (self.history.diff, self.staging.diff):
            diff.table.traced.connect(self.desk.trace)
        self.listen(self.desk.ledger_changed, self._forget_files)

    def _give_keys(self) -> None:
        for keys, call in (
            ("Ctrl+Shift+I", self.choose_folder),
            ("Ctrl+H", lambda: self.show_page(FILES if self.turn.key == HISTORY else HISTORY)),
        ):
            QShortcut(QKeySequence(keys), self.page).activated.connect(call)

    # ------------------------------------------------------------------------------------------- tab

    def question(self, month: Month) -> Question[work.Shelf]:
        del month
        backend = self.desk.backend
        return lambda: work.ask_shelf(backend)

    def show_answer(self, answer: work.Shelf) -> None:
        self.staging.naming = answer.naming
        self.staging.known = Known(answer.companies, self.desk.month, answer.profiles)
        self._load_meanings()
        reasons = dict.fromkeys(row.reason for row in answer.batches if row.reason and row.state == "committed")
        self.staging.issues.set_phrases(tuple(reasons)[:_PHRASES])
        self.staging.issues.set_remembered(answer.remembered)
        self._say_awaited()
        self.history.show_batches(answer.batches, self.desk.month)
        self.turn.set_options(((FILES, "本次文件"), (ENTRY, "录入"), (HISTORY, f"历史 {len(answer.batches)}")))
        if self.turn.key == ENTRY:
            self.entry_desk.refresh()
        self.staging.show_file()
        if self._waiting:
            paths, self._waiting = self._waiting, []
            self.add_paths(paths)

    def aim(self, target: dict[str, str]) -> None:
        """``batch``: history at it; ``enterprise``: that company's file; ``profiles``: 读表方案; ``entry``: 录入."""
        if "profiles" in target:
            self.saying.show_profiles()
        elif "entry" in target:
            self.show_page(ENTRY)
        elif batch := target.get("batch"):
            self.show_page(HISTORY)
            self.history.show_batch(int(batch))
        else:
            self.show_page(FILES)
            self._awaited = target.get("enterprise", "")
            self._say_awaited()

    def _load_meanings(self) -> None:
        """What columns may mean: after the first answer, because the words for searching take a moment to load."""
        backend = self.desk.backend
        if not self._meanings_known:
            self._meanings_known = True
            self.run("meanings", lambda *_: backend.meanings(), on_result=self.staging.preview.menu.set_book)

    def _forget_meanings(self) -> None:
        """Another ledger, or one more indicator of the bureau's own."""
        self._meanings_known = False

    def _say_awaited(self) -> None:
        names = {choice.key: choice.name for choice in self.staging.known.companies}
        self.staging.zone.expect(names.get(self._awaited, ""))

    def command(self, name: str) -> bool:
        if name == "import":
            self.choose_files()
        return name == "import"

    def focus_first(self) -> None:
        if self.turn.key == HISTORY:
            self.history.table.setFocus()
        elif self.turn.key == ENTRY:
            self.entry.focus_grid()
        elif self.staging.stage.files:
            self.staging.list.setFocus()
        else:
            self.staging.zone.choose.setFocus()

    def show_page(self, key: str) -> None:
        """Turn to 本次文件, 录入 or 历史."""
        self.turn.set_key(key)
        self._turned(key)

    def _turned(self, key: str) -> None:
        self.outbox.put_papers_away()
        pages = {HISTORY: self.history, ENTRY: self.entry}
        self._pages.turn_to(pages.get(key, self.staging), ENTRY_LEAST if key == ENTRY else LEAST)
        if key == ENTRY:
            self.entry_desk.refresh()
        self.focus_first()

    def _forget_files(self) -> None:
        """What lies on the table was checked against the ledger that has been closed."""
        self.entry_desk.forget()
        self.staging.question.dismiss()
        self.history.question.dismiss()
        self.outbox.forget()
        self.staging.stage.drop([file.path for file in self.staging.stage.files])
        self._intake.forget()
        self.last_batches = ()
        self.staging.set_undoable(0)
        self.tell_badge()

    # ------------------------------------------------------------------------------------------- files in

    def choose_files(self) -> None:
        """Let the user pick files."""
        dialog = QFileDialog(self, "选企业交来的文件", self._folder, _FILTERS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self._open(dialog)

    def choose_folder(self) -> None:
        """Let the user pick a folder."""
        dialog = QFileDialog(self, "选存放文件的文件夹", self._folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.filesSelected.connect(lambda names: self.add_paths([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def look_for_drives(self) -> None:
        """Offer the sticks that are plugged in now."""
        self.staging.show_drives(self.find_drives())

    def shut(self) -> None:
        self.entry_desk.shut()
        super().shut()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look_for_drives()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Whoever plugs in a stick comes back from the desktop to this window.
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.look_for_drives()

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Read files and folders and put them on the list; stores nothing."""
        if not paths:
            return
        self.show_page(FILES)
        if self.desk.info is None:
            self._waiting += paths
            return
        self._folder, self._awaited = str(paths[0].parent), ""
        self.staging.show_left(())
        self.staging.stage.drop_settled()
        self._intake.take(paths)

    def tell_badge(self) -> None:
        """Show on the tab's name how many files want something."""
        self.desk.set_badge(self.name, self.staging.stage.pressing)

    # ------------------------------------------------------------------------------------------- storing

    def commit_ready(self) -> None:
        """Store what can be stored."""
        files = self.staging.stage.ready
        if not files:
            return
        backend = self.desk.backend
        job = self.run(
            "commit",
            lambda progress, cancelled: work.commit(backend, files, progress, cancelled),
            on_result=lambda done: self._committed(done, len(files)),
            on_cancelled=lambda: self._committed((), len(files)),
        )
        self.staging.follow(job, f"正在入库 {len(files)} 件 …")

    def _committed(self, files: tuple[StagedFile, ...], wanted: int) -> None:
        stored = [file.result.batch for file in files if file.result is not None and file.result.batch is not None]
        self.staging.stage.settle(files)
        self.tell_badge()
        kept = [file for file in files if file.result is None]
        self.staging.show_left(file.path for file in kept)
        if stored:
            self.last_batches = tuple(stored)
            self.staging.set_undoable(len(stored))
            self.desk.say(
                f"已入库 {len(stored)} 件{other_months(files, self.desk.month)}",
                Tone.GOOD,
                "各页已更新；可撤销，见下方按钮或“历史”。",
            )
            self.desk.announce_change()
        if kept:
            self.desk.say(*not_stored(kept))
        if len(files) < wanted:
            self.desk.say(f"已取消，入库 {len(stored)} 件，其余 {wanted - len(files)} 件没有动", Tone.WARN)
        self.staging.show_next()

    # ------------------------------------------------------------------------------------------- sending back

    def ask_return(self) -> None:
        """Ask why the marked file goes back."""
        file = self.staging.list.current
        if file is None or not file.returnable:
            return
        plan = file.preview.plan
        whose = f"{plan.enterprise_name} {plan.month.label}" if plan is not None and plan.month is not None else ""
        self.staging.ask_in_place().ask(
            f"退回 {file.preview.file_name}（{whose}）？",
            "文件留作凭据，其中的数不计入；总览里该企业记为“退回”，企业重报后再导入。本局不改企业的数。",
            "退回此件",
            lambda reason: self._return(file, reason),
            reason=return_reason(file.preview),
            hint="退回原因（必填，告知企业）",
            needs_reason=True,
        )

    def _return(self, file: StagedFile, reason: str) -> None:
        backend = self.desk.backend
        job = self.run(
            "return",
            lambda _progress, _cancelled: backend.return_file(file.preview, reason),
            on_result=lambda batch: self._returned(file, batch),
        )
        self.staging.follow(job, "正在登记退回 …")

    def _returned(self, file: StagedFile, batch: int) -> None:
        self.staging.stage.settle([StagedFile(file.preview, file.options, file.reason, returned=batch)])
        self.tell_badge()
        self.desk.say(f"已退回 {file.preview.file_name}", Tone.GOOD, "原因已登记；可在“历史”中撤销。")
        self.desk.announce_change()
        self.staging.show_next()
        self.outbox.offer_papers(file, batch)

    # ------------------------------------------------------------------------------------------- undoing

    def ask_undo_last(self) -> None:
        """Ask whether the last 入库 is to be taken back."""
        if not self.last_batches:
            return
        count, numbers = len(self.last_batches), runs(self.last_batches)
        self.staging.ask_in_place().ask(
            f"撤销上次入库的 {count} 件（批次 {numbers}）？",
            "这些数不再计入，各页随即改变；此前若有旧的数，则恢复旧数。文件仍留作凭据，以后可以再导入。",
            f"撤销 {count} 件",
            lambda reason: self._undo(self.last_batches, reason),
            hint="撤销原因（可不填）",
        )
        self.outbox.consider_undo(self.last_batches, self.staging.question)

    def _undo_one(self, row: BatchRow, reason: str) -> None:
        self._undo((row.id,), reason)

    def _undo(self, batches: tuple[int, ...], reason: str) -> None:
        backend = self.desk.backend
        again = [file for file in self.staging.stage.files if file.batch in batches]

        def do(progress: Progress, cancelled: Cancelled) -> tuple[StagedFile, ...]:
            del cancelled
            work.undo(backend, batches, reason, progress)
            return work.read_again(backend, again, progress, lambda: False)

        job = self.run("undo", do, on_result=lambda files: self._undone(batches, files), on_error=self._not_undone)
        page = self.history if self.turn.key == HISTORY else self.staging
        page.follow(job, f"正在撤销 {len(batches)} 批 …")

    def _undone(self, batches: tuple[int, ...], files: tuple[StagedFile, ...]) -> None:
        self.last_batches = tuple(batch for batch in self.last_batches if batch not in batches)
        self.staging.set_undoable(len(self.last_batches))
        self.staging.stage.settle(files)
        self.tell_badge()
        self.desk.say(f"已撤销批次 {runs(batches)}", Tone.GOOD, "这些数不再计入，各页已更新。")
        self.desk.announce_change()

    def _not_undone(self, error: UserError) -> None:
        """Some may have been undone before the refusal: everything is looked at anew."""
        self.desk.complain(error)
        self.desk.announce_change()

    # ------------------------------------------------------------------------------------------- dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = paths_of(event.mimeData())
        if paths:
            self._hover.show_for(len(paths))
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hover.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._hover.hide()
        paths = paths_of(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.add_paths(paths)
