"""报表打印: what can be printed this month, its real pages, saving and printing them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from desktop_app.errors import UserError
from desktop_app.models.values import Month
from desktop_app.services.results.overview import Tone
from desktop_app.services.results.reports import ReportChoice, ReportFile
from desktop_app.views.jobs import Lane
from desktop_app.views.printing import proof as proofs
from desktop_app.views.printing.preview_pane import PreviewPane
from desktop_app.views.printing.printed import PrintedReports
from desktop_app.views.printing.proof import Order, Proof
from desktop_app.views.printing.report_list import ReportList
from desktop_app.views.printing.side_card import SideCard
from desktop_app.views.tab import Question, Tab
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.scrolling import scrolling_page

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

FORMATS = {"PDF 文件 (*.pdf)": "pdf", "Word 文档 (*.docx)": "docx", "Excel 表格 (*.xlsx)": "xlsx"}
"""Kinds of file in the saving dialog and their endings."""


class PrintingTab(Tab[tuple[ReportChoice, ...]]):
    """The tab of reports."""

    name = "报表打印"

    def build(self) -> None:
        self.proof: Proof | None = None
        self._folder = ""
        self.list_card = Card("本月可打印", margin=0)
        self.list_card.body.itemAt(0).widget().setContentsMargins(14, 0, 14, 0)
        self.reports = ReportList()
        self.reports.turned.connect(lambda _choice: self._make())
        self.list_card.add(self.reports, 1)
        self.preview = PreviewPane()
        self.preview.view.wanted.connect(self._render)
        self.preview.view.traced.connect(self.desk.trace)
        self.preview.acted.connect(lambda: self.desk.go("数据导入"))
        self.side = SideCard()
        self.side.edition_chosen.connect(lambda _key: self._make())
        self.side.look_chosen.connect(self.preview.view.forget_pictures)
        self.side.save_asked.connect(self.ask_where)
        self.side.print_asked.connect(self.ask_printer)
        self.printed = PrintedReports(self)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.list_card, 6)
        left.addWidget(self.printed.card, 5)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addLayout(left, 240)
        columns.addWidget(self.preview, 780)
        columns.addWidget(self.side, 290)
        self.listen(self.desk.ledger_changed, lambda: self._take(None))
        self.list_card.setMinimumWidth(190)
        self.side.setMinimumWidth(250)
        scrolling_page(self.page, 900, 480).addLayout(columns, 1)

    # ------------------------------------------------------------------------------------------- tab

    def question(self, month: Month) -> Question[tuple[ReportChoice, ...]]:
        backend = self.desk.backend
        return lambda: backend.reports(month)

    def show_answer(self, answer: tuple[ReportChoice, ...]) -> None:
        month = self.desk.month
        self.list_card.set_subtitle(month.label if month is not None else "")
        self.reports.show_choices(answer)
        self._make()
        self.printed.refresh()

    def aim(self, target: dict[str, str]) -> None:
        """``kind`` of a report."""
        self.reports.mark(target.get("kind", ""))

    def command(self, name: str) -> bool:
        if name == "print":
            self.ask_printer()
        return name == "print"

    def focus_first(self) -> None:
        self.preview.view.setFocus()

    def shut(self) -> None:
        super().shut()
        self._take(None)

    # ------------------------------------------------------------------------------------------- making

    def _make(self) -> None:
        """Make the marked report anew; the pages before stay until it is ready."""
        choice = self.reports.current
        if choice is None:
            return
        if choice.blocked:
            self.desk.jobs.drop(self, "proof")
            self._take(None)
            self.preview.show_reason(f"{choice.title}还不能打印", choice.blocked, "导入文件")
            return
        order = Order(choice.kind, choice.title, choice.period, choice.period_label, self.side.edition.key)
        backend = self.desk.backend
        job = self.run(
            "proof",
            lambda progress, cancelled: proofs.make_proof(backend, order, progress, cancelled),
            on_result=self._made,
            on_error=self._not_made,
            on_cancelled=lambda: self._not_made(UserError("已取消排版", hint="按 F5 重新生成")),
        )
        self.preview.follow(job, f"正在排版{choice.title} …")

    def _made(self, proof: Proof) -> None:
        before = self.proof.order if self.proof is not None else None
        same = before is not None and (before.kind, before.period) == (proof.order.kind, proof.order.period)
        self._take(proof)
        self.reports.show_pages(proof.order.kind, proof.file.pages)
        self.preview.show_pages(proof.book.sizes, keep_place=same)
        self.preview.view.show_figures(proof.file.placed)

    def _not_made(self, error: UserError) -> None:
        self._take(None)
        head = f"{error.where}：{error.message}" if error.where else error.message
        self.preview.show_reason(head, error.hint)

    def _take(self, proof: Proof | None) -> None:
        """Take over a finished report and let go of the one before."""
        if self.proof is not None:
            self.desk.jobs.drop(self, "pages")
            self.proof.book.close()
        self.proof = proof
        self.side.show_proof(proof)
        if proof is None:
            self.preview.view.show_sizes((), keep_place=False)
            self.preview.view.show_figures(())

    def _render(self, pages: tuple[int, ...], scale: float) -> None:
        """Draw the pages that are on the screen."""
        if self.proof is None:
            return
        book, grey = self.proof.book, self.side.grey
        self.run(
            "pages",
            lambda _progress, cancelled: proofs.pictures(book, pages, scale, cancelled, grey=grey),
            on_result=lambda pictures: self.preview.view.take(pictures, scale),
            lane=Lane.QUICK,
        )

    # ------------------------------------------------------------------------------------------- saving

    def file_name(self) -> str:
        """The name that is proposed: 蛟河市2021年3月邮政快递业月报.pdf."""
        if self.proof is None:
            return ""
        place = self.desk.info.region_name if self.desk.info is not None else ""
        order = self.proof.order
        edition = {"internal": "", "upward": "（上级）", "public": "（公开）"}[order.edition]
        return f"{place}{order.period_label}{order.title}{edition}.pdf"

    def ask_where(self) -> None:
        """Let the user say where to save."""
        if self.proof is None:
            return
        folder = self._folder or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, "另存报表", str(Path(folder) / self.file_name()), ";;".join(FORMATS))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.filterSelected.connect(lambda words: dialog.setDefaultSuffix(FORMATS[words]))
        dialog.selectFile(self.file_name())
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, target: Path) -> None:
        """Save the report that is on the screen; Word and Excel editions are made anew from the same figures."""
        if self.proof is None:
            return
        self._folder = str(target.parent)
        proof, backend = self.proof, self.desk.backend
        if target.suffix.lower() in (".docx", ".xlsx"):
            self.run(
                "save",
                lambda progress, cancelled: proofs.make_copy(backend, proof.order, target, progress, cancelled),
                on_result=self._saved,
            )
        else:
            self.run("save", lambda _progress, _cancelled: proofs.save(backend, proof, target), on_result=self._saved)

    def _saved(self, target: Path) -> None:
        self.desk.say(f"已存到 {target}", Tone.GOOD)
        self.printed.refresh()

    # ------------------------------------------------------------------------------------------- printing

    def ask_printer(self) -> None:
        """Let the user choose printer, pages and copies."""
        from desktop_app.views.printing.dialog import open_dialog

        if self.proof is None:
            return
        try:
            open_dialog(self, self.file_name(), self.proof.book.pages, self.print_on)
        except UserError as error:
            self.desk.complain(error)

    def print_on(self, printer: QPrinter) -> None:
        """Print the report that is on the screen."""
        from desktop_app.views.printing import paper

        if self.proof is None:
            return
        book, made = self.proof.book, self.proof.file
        job = self.run(
            "print",
            lambda progress, cancelled: paper.print_pages(book, printer, progress, cancelled),
            on_result=lambda pages: self._sent(pages, made),
            on_cancelled=lambda: self.desk.say("已取消打印", Tone.WARN, "没有印出的页已撤回。"),
        )
        self.preview.progress.follow(job, "正在打印 …")

    def _sent(self, pages: int, made: ReportFile) -> None:
        self.desk.say(f"已送出 {pages} 页到打印机", Tone.GOOD)
        self.printed.record(made)
