"""报表打印: what can be printed this month, its real pages, saving and printing them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.errors import UserError
from desktop_app.models.values import Month
from desktop_app.services.results.overview import Tone
from desktop_app.services.results.reports import ReportChoice, ReportFile
from desktop_app.views.jobs import Lane
from desktop_app.views.printing import proof as proofs
from desktop_app.views.printing.page_view import PageView
from desktop_app.views.printing.preview_pane import PreviewPane
from desktop_app.views.printing.printed import PrintedReports
from desktop_app.views.printing.proof import Order, Proof
from desktop_app.views.printing.report_list import ReportList
from desktop_app.views.printing.saved_strip import SavedStrip
from desktop_app.views.printing.settings import ReportSettings
from desktop_app.views.printing.side_card import SideCard
from desktop_app.views.printing.texts import ReportTexts
from desktop_app.views.tab import Question, Tab
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.choose_file import save_as
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
        self.preview = PreviewPane()
        self.preview.view.wanted.connect(self._render)
        self.preview.thumbnails.wanted.connect(self._render_small)
        self.preview.find_asked.connect(self._find)
        self.preview.view.traced.connect(self.desk.trace)
        self.preview.acted.connect(lambda: self.desk.go("数据导入"))
        self.side = SideCard()
        self.side.edition_chosen.connect(lambda _key: self._make())
        self.side.look_chosen.connect(self._redraw)
        self.side.save_asked.connect(self.ask_where)
        self.side.print_asked.connect(self.ask_printer)
        self.saved = SavedStrip(self)
        self.side.add(self.saved)
        self.printed = PrintedReports(self)
        self.texts = ReportTexts(self)
        self.texts.changed.connect(self._make)
        self.texts.found.connect(self.preview.view.show_hits)
        self.texts.card.left.connect(lambda: self._write(on=False))
        self.side.words_asked.connect(lambda: self._write(on=True))
        self.sets = ReportSettings(self)
        self.sets.changed.connect(self._make)
        self.side.sections_asked.connect(lambda: self._with_order(self.sets.ask_sections))
        self.side.form_asked.connect(lambda: self._with_order(self.sets.ask_form))
        self.left = self._lists()
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addWidget(self.left, 240)
        columns.addWidget(self.preview, 780)
        columns.addWidget(self.side, 290)
        columns.addWidget(self.texts.card, 520)
        self.texts.card.hide()
        self.listen(self.desk.ledger_changed, self._let_go)
        self.side.setMinimumWidth(250)
        scrolling_page(self.page, 900, 480).addLayout(columns, 1)

    def _lists(self) -> QWidget:
        """What can be printed, over what has been printed."""
        self.list_card = Card("本月可打印", margin=0)
        self.list_card.body.itemAt(0).widget().setContentsMargins(14, 0, 14, 0)
        self.reports = ReportList()
        self.reports.turned.connect(lambda _choice: self._make())
        self.list_card.add(self.reports, 1)
        self.whole = button("打印本月全套…", self.ask_set, tip="一次做好、印出（或存下）本月能做的全部报表")
        frame = QHBoxLayout()
        frame.setContentsMargins(14, 0, 14, 2)
        frame.addWidget(self.whole)
        self.list_card.add_layout(frame)
        lists = QWidget()
        left = QVBoxLayout(lists)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        left.addWidget(self.list_card, 9)
        left.addWidget(self.printed.card, 5)
        self.list_card.setMinimumWidth(190)
        return lists

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
        self._let_go()

    def _with_order(self, ask: Callable[[Order], None]) -> None:
        """Ask about the report that is on the screen."""
        if self.proof is not None:
            ask(self.proof.order)

    def _write(self, *, on: bool) -> None:
        """Paragraphs beside the preview in place of lists and buttons, or back."""
        self.texts.card.setVisible(on)
        self.left.setVisible(not on)
        self.side.setVisible(not on)
        if on:
            self.texts.card.list.setFocus()
        else:
            self.preview.view.show_hits(())
            self.preview.view.setFocus()

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

    def _let_go(self) -> None:
        self.texts.forget()
        self._take(None)

    def _take(self, proof: Proof | None) -> None:
        """Take over a finished report and let go of the one before."""
        if self.proof is not None:
            for key in ("pages", "thumbnails", "find"):
                self.desk.jobs.drop(self, key)
            self.proof.book.close()
        self.proof = proof
        self.side.show_proof(proof)
        self.texts.show_proof(proof)
        if proof is None:
            self.preview.clear()

    def _render(self, pages: tuple[int, ...], scale: float) -> None:
        """Draw the pages that are on the screen."""
        self._draw("pages", self.preview.view, pages, scale)

    def _render_small(self, pages: tuple[int, ...], scale: float) -> None:
        self._draw("thumbnails", self.preview.thumbnails, pages, scale)

    def _draw(self, key: str, view: PageView, pages: tuple[int, ...], scale: float) -> None:
        if self.proof is None:
            return
        book, grey = self.proof.book, self.side.grey
        self.run(
            key,
            lambda _progress, cancelled: proofs.pictures(book, pages, scale, cancelled, grey=grey),
            on_result=lambda pictures: view.take(pictures, scale),
            lane=Lane.QUICK,
        )

    def _redraw(self) -> None:
        self.preview.view.forget_pictures()
        self.preview.thumbnails.forget_pictures()

    def _find(self, words: str) -> None:
        """Look for words in the pages that are shown."""
        if self.proof is None:
            return
        book = self.proof.book
        self.run(
            "find",
            lambda _progress, cancelled: book.find(words, cancelled),
            on_result=self.preview.show_hits,
            lane=Lane.QUICK,
        )

    # ------------------------------------------------------------------------------------------- saving

    def file_name(self) -> str:
        """The name that is proposed: 蛟河市2021年3月邮政快递业月报.pdf."""
        if self.proof is None:
            return ""
        place = self.desk.info.region_name if self.desk.info is not None else ""
        return proofs.file_name(self.proof.order, place, "pdf")

    def ask_where(self) -> None:
        """Let the user say where to save."""
        if self.proof is None:
            return
        save_as(self, "另存报表", self.file_name(), FORMATS, self.save_to, self._folder)

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
        self.saved.show_file(target)
        self.printed.refresh()

    # ------------------------------------------------------------------------------------------- printing

    def ask_printer(self) -> None:
        """Let the user choose printer, pages and copies."""
        from desktop_app.views.printing.dialog import open_dialog

        if self.proof is None:
            return
        try:
            open_dialog(self, self.file_name(), self.proof.book.pages, self.print_on, self.side.paper_choice)
        except UserError as error:
            self.desk.complain(error)

    def ask_set(self) -> None:
        """Let the user say what of the month's set is printed or saved."""
        if self.desk.month is None:
            return
        from desktop_app.views.printing.set_dialog import SetDialog

        choice = self.side.paper_choice
        self.set_dialog = SetDialog(self, self.reports.choices, self.desk.month, self.side.edition.key, choice)
        self.set_dialog.finished.connect(lambda _: self.printed.refresh())
        self.set_dialog.finished.connect(self.set_dialog.deleteLater)
        self.set_dialog.open()

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
