"""What leaves the tab: papers of returns, blank forms; and what is said before an undo. The tab owns one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths

from desktop_app.models.values import BatchState
from desktop_app.services.results.changes import Dependants, ImportDiff
from desktop_app.services.results.imports import BatchRow
from desktop_app.services.results.overview import Tone
from desktop_app.services.results.returns import ReturnMade, TemplateMade
from desktop_app.views.imports.bar import open_folder
from desktop_app.views.imports.gathering import OUTBOX
from desktop_app.views.imports.return_bar import ReturnBar, Returned
from desktop_app.views.imports.stage import StagedFile
from desktop_app.views.imports.template_bar import TemplateBar
from desktop_app.views.jobs import Lane
from desktop_app.views.widgets.ask_bar import AskBar

if TYPE_CHECKING:
    from desktop_app.models.values import Month
    from desktop_app.views.imports.tab import ImportsTab


class Outbox:
    """The bars below the page and the jobs behind them."""

    def __init__(self, tab: ImportsTab) -> None:
        self._tab = tab
        self.papers = ReturnBar()
        self.papers.save_asked.connect(self._save_papers)
        self.papers.print_asked.connect(self._print_note)
        self.papers.open_asked.connect(self._open)
        self.templates = TemplateBar()
        self.templates.asked.connect(self._make_templates)
        self.templates.open_asked.connect(self._open)
        for bar in (self.papers, self.templates):
            bar.closed.connect(self._closed)
        history = tab.history
        history.undo_considered.connect(lambda row: self.consider_undo((row.id,), history.question))
        history.papers_asked.connect(self.offer_papers_again)
        history.diff_asked.connect(self.compare)

    def forget(self) -> None:
        """The ledger has been closed."""
        for bar in (self.papers, self.templates):
            bar.hide()
        self._make_room(wanted=False)

    def put_papers_away(self) -> None:
        """The user has turned to another page: papers of a return are asked for again in the history."""
        if not self.papers.isHidden():
            self.papers.hide()
            self._make_room(wanted=False)

    def _make_room(self, *, wanted: bool) -> None:
        for page in (self._tab.staging, self._tab.history):
            page.question.dismiss()
            page.make_room(wanted=wanted)

    def _closed(self) -> None:
        self._make_room(wanted=False)
        self._tab.focus_first()

    # ------------------------------------------------------------------------------------------- papers of a return

    def offer_papers(self, file: StagedFile, batch: int) -> None:
        """A file of the table has just been returned."""
        plan = file.preview.plan
        company = plan.enterprise_name if plan is not None else ""
        folder = file.path.parent / OUTBOX
        self._offer(Returned(batch, file.preview.file_name, company, folder, file.options.password))

    def offer_papers_again(self, row: BatchRow) -> None:
        """A returned batch of the history."""
        self._offer(Returned(row.id, row.file_name, row.company, _documents() / OUTBOX))

    def _offer(self, case: Returned) -> None:
        self.templates.hide()
        self._make_room(wanted=True)
        self.papers.offer(case)

    def _save_papers(self, case: Returned, folder: Path) -> None:
        backend = self._tab.desk.backend
        self.papers.yes.setEnabled(False)
        job = self._tab.run(
            "papers",
            lambda _progress, _cancelled: backend.return_papers(case.batch, folder, case.password),
            on_result=lambda made: self._papers_saved(made, folder),
        )
        job.finished.connect(lambda: self.papers.yes.setEnabled(True))

    def _papers_saved(self, made: ReturnMade, folder: Path) -> None:
        names = tuple(path.name for path in (made.workbook, made.pdf) if path is not None)
        self.papers.show_saved(folder, names)
        hint = "" if made.workbook else "原文件有打开密码，退回表做不了；退回单照常。"
        self._tab.desk.say(f"已存到 {folder}：{'、'.join(names)}", Tone.GOOD if made.workbook else Tone.WARN, hint)

    def _print_note(self, case: Returned) -> None:
        backend = self._tab.desk.backend
        title = f"退回单_{Path(case.file_name).stem}"
        self._tab.run(
            "note",
            lambda _progress, _cancelled: backend.open_pages(backend.return_note(case.batch)),
            on_result=lambda book: self._ask_printer(book, title),
        )

    def _ask_printer(self, book: object, title: str) -> None:
        from desktop_app.services.pages import PageBook
        from desktop_app.views.printing.dialog import ask_printer

        if isinstance(book, PageBook):
            ask_printer(self._tab, book, title, on_closed=book.close)

    # ------------------------------------------------------------------------------------------- templates

    def offer_templates(self) -> None:
        """Ask for which month and company."""
        desk = self._tab.desk
        if desk.month is None:
            return
        place = desk.info.region_name if desk.info is not None else ""
        self.papers.hide()
        self._make_room(wanted=True)
        self.templates.offer(desk.month, self._tab.staging.known.companies, _documents() / f"{place}空白模板")

    def _make_templates(self, month: Month, company: str, folder: Path) -> None:
        desk, backend = self._tab.desk, self._tab.desk.backend
        job = self._tab.run(
            "templates",
            lambda progress, cancelled: backend.make_templates(month, company, folder, progress, cancelled),
            on_result=lambda made: self._templates_made(made, folder),
            on_cancelled=lambda: desk.say("已取消，做好的几份留在文件夹里", Tone.WARN),
        )
        self.templates.follow(job)

    def _templates_made(self, made: tuple[TemplateMade, ...], folder: Path) -> None:
        self.templates.show_saved(folder, len(made))
        self._tab.desk.say(f"已做好 {len(made)} 份空白模板，存在 {folder}", Tone.GOOD, "发给企业填好后，拖进来就认得。")

    def _open(self, folder: Path) -> None:
        if not open_folder(folder):
            self._tab.desk.say(f"打不开文件夹，请自行前往：{folder}", Tone.WARN)

    # ------------------------------------------------------------------------------------------- undo, history

    def consider_undo(self, batches: tuple[int, ...], question: AskBar) -> None:
        """Say in an open question what hangs on these batches; nothing waits for it."""
        backend = self._tab.desk.backend
        self._tab.run(
            "dependants",
            lambda _progress, _cancelled: tuple(backend.dependants(batch) for batch in batches),
            on_result=lambda found: _tell(question, found, batches),
            lane=Lane.QUICK,
        )

    def compare(self, row: BatchRow) -> None:
        """Show what a batch of the history changed."""
        if row.state == BatchState.RETURNED.value:
            self._tab.desk.say(f"第 {row.id} 号批次已退回，没有入库；按 Ctrl+R 再做退回材料")
            return
        backend = self._tab.desk.backend
        self._tab.run(
            "compare",
            lambda _progress, _cancelled: backend.batch_diff(row.id),
            on_result=lambda diff: self._compared(row, diff),
            lane=Lane.QUICK,
        )

    def _compared(self, row: BatchRow, diff: ImportDiff | None) -> None:
        page = self._tab.history
        if page.table.current_row is None or page.table.current_row.id != row.id:
            return
        page.diff.show_diff(diff)
        if page.diff.isHidden():
            words = diff.headline if diff is not None else "全是新数，没有改动已入库的数"
            self._tab.desk.say(f"第 {row.id} 号批次：{words}")


def _tell(question: AskBar, found: tuple[Dependants, ...], batches: tuple[int, ...]) -> None:
    """Into the question what hangs on the batches; of several, one line each."""
    if question.isHidden():
        return
    if len(found) == 1:
        question.tell(found[0].lines, refused=bool(found[0].refused))
        return
    lines = []
    for each in found:
        # What they say of each other does not matter: they go together.
        others = tuple(f"第 {other} 号批次（" for other in batches if other != each.batch)
        own = "；".join(line for line in each.lines if not line.startswith(others))
        lines.append(f"第 {each.batch} 号（{each.file}）：{own or '没有别的牵连'}")
    question.tell(lines)


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())
