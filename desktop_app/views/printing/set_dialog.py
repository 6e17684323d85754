"""打印本月全套: which reports, which edition, on paper or into a folder or onto a stick."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QWidget

from desktop_app.errors import UserError
from desktop_app.models.values import Month
from desktop_app.services.results.reports import ReportChoice
from desktop_app.services.results.tone import Tone
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.imports import drives
from desktop_app.views.printing.month_set import SetOutcome, print_set, save_set
from desktop_app.views.printing.proof import Order
from desktop_app.views.printing.side_card import EDITIONS
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.choice import SegmentedChoice
from desktop_app.views.widgets.progress import ProgressStrip
from desktop_app.views.widgets.words import Words

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop_app.views.jobs import Job
    from desktop_app.views.printing.paper import PaperChoice
    from desktop_app.views.tab import Tab

PAPER, FOLDER = "paper", "folder"
_FORMATS = (("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel"))


class SetDialog(FrameDialog):
    """Runs through the jobs of its tab, so that closing it leaves nothing behind."""

    def __init__(
        self, tab: Tab[Any], choices: tuple[ReportChoice, ...], month: Month, edition: str, paper: PaperChoice
    ) -> None:
        super().__init__(f"打印{month.label}全套", tab)
        self._tab, self._paper = tab, paper
        self.outcome: SetOutcome | None = None
        self._job: Job | None = None
        self._closing = False
        self.ticks: dict[str, QCheckBox] = {}
        self._choices = {choice.kind: choice for choice in choices}
        for choice in choices:
            tick = QCheckBox(choice.title + (f"（{choice.blocked}）" if choice.blocked else ""))
            tick.setEnabled(not choice.blocked)
            tick.setChecked(choice.in_set and not choice.blocked)
            tick.toggled.connect(lambda _on: self._offer())
            self.ticks[choice.kind] = tick
        self.body.addLayout(_in_columns(list(self.ticks.values())))
        self.edition = SegmentedChoice(EDITIONS, edition)
        sticks = drives.removable_drives()
        self._sticks = {str(stick.path): stick for stick in sticks}
        where = [(PAPER, "打印机"), (FOLDER, "文件夹"), *((str(s.path), f"U盘 {s.name}") for s in sticks)]
        self.where = SegmentedChoice(where)
        self.where.chosen.connect(lambda _key: self._offer())
        self.form = SegmentedChoice(_FORMATS)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(2, 1)
        rows: tuple[tuple[str, QWidget], ...] = (("版本", self.edition), ("送到", self.where), ("格式", self.form))
        for number, (caption, widget) in enumerate(rows):
            grid.addWidget(Words(caption, "muted"), number, 0)
            grid.addWidget(widget, number, 1, Qt.AlignmentFlag.AlignLeft)
        self.body.addSpacing(6)
        self.body.addLayout(grid)
        self.told = Words("", "soft", wrap=True)
        self.body.addWidget(self.told)
        self.progress = ProgressStrip()
        self.body.addWidget(self.progress)
        self.body.addStretch(1)
        self.go = button("打印…", self.start, kind="primary")
        self.buttons.addWidget(self.go)
        self.buttons.addWidget(button("关闭", self.reject))
        self.resize(620, 420)
        self._tell("")
        self._offer()

    @property
    def orders(self) -> tuple[Order, ...]:
        """What is ticked, in the list's order."""
        return tuple(
            Order(kind, choice.title, choice.period, choice.period_label, self.edition.key)
            for kind, choice in self._choices.items()
            if (tick := self.ticks[kind]).isChecked() and tick.isEnabled()
        )

    def start(self) -> None:
        """Ask for the printer or the folder, and begin."""
        if self.where.key == PAPER:
            self._ask_printer()
        elif self.where.key in self._sticks:
            self.save_into(Path(self.where.key))
        else:
            self._ask_folder()

    def save_into(self, folder: Path) -> None:
        """Save the ticked reports into a folder."""
        orders, form, backend = self.orders, self.form.key, self._tab.desk.backend
        info = self._tab.desk.info
        place = info.region_name if info is not None else ""
        self._follow(
            self._tab.run(
                "set",
                lambda progress, cancelled: save_set(backend, orders, folder, form, place, progress, cancelled),
                on_result=lambda outcome: self._done(outcome, folder),
                on_error=self._refused,
            )
        )

    def print_on(self, printer: QPrinter) -> None:
        """Print the ticked reports as one task."""
        orders, backend = self.orders, self._tab.desk.backend
        self._follow(
            self._tab.run(
                "set",
                lambda progress, cancelled: print_set(backend, orders, printer, progress, cancelled),
                on_result=self._done,
                on_error=self._refused,
                on_cancelled=lambda: self._tell("已取消，没有印出的页已撤回。"),
            )
        )

    def _ask_printer(self) -> None:
        from desktop_app.views.printing.dialog import open_dialog

        try:
            open_dialog(self, self.windowTitle(), 0, self.print_on, self._paper)
        except UserError as error:
            self._tell(f"{error.message}。{error.hint}。")

    def _ask_folder(self) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chooser = QFileDialog(self, "全套报表存到哪个文件夹", documents)
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(lambda name: self.save_into(Path(name)))
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def _follow(self, job: Job) -> None:
        self._tell("")
        self.go.setEnabled(False)
        self._job = job
        job.finished.connect(self._finished)
        self.progress.follow(job, "正在做全套报表 …")

    def reject(self) -> None:
        """Close; while reports are being made it stops first, at the next one."""
        if self._job is None:
            super().reject()
        else:
            self._closing = True
            self._job.cancel()

    def _finished(self) -> None:
        self._job = None
        self._offer()
        if self._closing:
            super().reject()

    def _offer(self) -> None:
        paper = self.where.key == PAPER
        count = len(self.orders)
        self.go.setText(f"打印 {count} 份…" if paper else f"存 {count} 份" + ("…" if self.where.key == FOLDER else ""))
        self.go.setEnabled(count > 0)
        self.form.setEnabled(not paper)

    def _done(self, outcome: SetOutcome, folder: Path | None = None) -> None:
        self.outcome = outcome
        if folder is None:
            words = f"已送出 {len(outcome.done)} 份共 {outcome.pages} 页到打印机"
        else:
            words = f"已存 {len(outcome.done)} 份到 {folder}"
        if outcome.cancelled:
            words = f"已取消；{words}"
        failed = "；".join((*(f"{title}没有做成：{why}" for title, why in outcome.failed), *outcome.doubts))
        self._tell(f"{words}。{failed}")
        self._tab.desk.say(words, Tone.WARN if failed or outcome.cancelled else Tone.GOOD, failed)

    def _refused(self, error: UserError) -> None:
        self._tell(f"{error.message}。{error.hint}")

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))


def _in_columns(ticks: Sequence[QCheckBox]) -> QGridLayout:
    """The reports in two columns, read downwards: in one they would be higher than a small screen."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    high = (len(ticks) + 1) // 2
    for number, tick in enumerate(ticks):
        grid.addWidget(tick, number % high, number // high)
    return grid
