"""The page 历史: every import with its state; each can be taken back as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.models.values import BatchState, Month
from desktop_app.services.results.imports import BatchRow, FileKind
from desktop_app.services.results.overview import Tone
from desktop_app.views.imports.diff_card import DiffCard
from desktop_app.views.jobs import Job
from desktop_app.views.qtmodels.columns import Align, CellKind, Column
from desktop_app.views.widgets.ask_bar import AskBar
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.choice import SegmentedChoice
from desktop_app.views.widgets.progress import ProgressStrip
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import ElidedWords

_TONES = {
    BatchState.COMMITTED.value: Tone.GOOD,
    BatchState.RETURNED.value: Tone.WARN,
    BatchState.UNDONE.value: Tone.NEUTRAL,
}


def _quiet(row: BatchRow) -> Tone | None:
    """Undone imports are grey."""
    return Tone.NEUTRAL if row.state == BatchState.UNDONE.value else None


def _column(head: str, text: Callable[[BatchRow], str], align: Align = Align.LEFT, **more: object) -> Column[BatchRow]:
    return Column(head, text, align, tone=_quiet, **more)  # type: ignore[arg-type] # named fields of Column


COLUMNS: tuple[Column[BatchRow], ...] = (
    _column("批次", lambda r: str(r.id), Align.RIGHT, sort=lambda r: r.id),
    _column("时间", lambda r: r.created_at, width=16, sort=lambda r: r.created_at),
    _column("文件", lambda r: r.file_name, stretch=True, tip=lambda r: f"{r.file_name}\nsha-256 {r.sha256}"),
    _column("种类", lambda r: r.kind_label.partition("（")[0], tip=lambda r: r.kind_label, sort=lambda r: r.kind_label),
    _column("企业", lambda r: r.company or "—", sort=lambda r: r.company),
    _column("月份", lambda r: r.period or "—", sort=lambda r: r.period),
    Column(
        "状态", lambda r: r.state_label, kind=CellKind.TAG, tone=lambda r: _TONES.get(r.state), sort=lambda r: r.state
    ),
    _column("收", lambda r: str(r.accepted), Align.RIGHT, head_tip="入库的行数"),
    _column("拒", lambda r: str(r.rejected), Align.RIGHT, head_tip="拒收的行数"),
    _column("跳过", lambda r: str(r.skipped), Align.RIGHT, head_tip="合计行等，不入库"),
    _column("说明", lambda r: r.reason, tip=lambda r: r.reason, width=28),
    _column("经手", lambda r: r.created_by),
)

ALL, FILES, MONTH, RETURNED, UNDONE = "all", "files", "month", "returned", "undone"


class HistoryPage(QWidget):
    """``undo_asked(BatchRow)`` when the user has agreed; the tab does it. ``undo_reason`` is what was given."""

    undo_agreed = Signal(object, str)
    undo_considered = Signal(object)
    """A :class:`BatchRow`: what hangs on it is to be said in ``question``."""
    papers_asked = Signal(object)
    """A returned :class:`BatchRow` whose 退回表 and 退回单 are wanted."""
    diff_asked = Signal(object)
    """A :class:`BatchRow` whose 更正前后 is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._batches: tuple[BatchRow, ...] = ()
        self._month: Month | None = None
        self._wanted: int | None = None
        self.card = Card("历史")
        self.seek = QLineEdit()
        self.seek.setPlaceholderText("查文件、企业、说明")
        self.seek.setClearButtonEnabled(True)
        self.seek.setMinimumWidth(200)
        self.seek.textChanged.connect(self._filter)
        self.which = SegmentedChoice(
            ((ALL, "全部"), (FILES, "文件"), (MONTH, "本月"), (RETURNED, "已退回"), (UNDONE, "已撤销"))
        )
        self.which.chosen.connect(self._filter)
        self.table: DataTable[BatchRow] = DataTable(COLUMNS, row_height=29)
        self.table.setAccessibleName("导入历史")
        # A hundred lines would make the page taller than the window, because the question below it wraps its words.
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.table.current_changed.connect(self._moved)
        self.table.picked.connect(self.diff_asked)
        copy = button("复制到 WPS", self.table.copy_all, small=True)
        for widget in (self.which, self.seek, copy):
            self.card.add_action(widget)
        self.card.add(self.table, 1)
        self._actions = QWidget()
        self.summary = ElidedWords("", "muted")
        self.progress = ProgressStrip()
        self.compare = button("更正前后　Enter", self._ask_diff, tip="这一批改动了哪些已入库的数")
        self.papers = button("退回材料…", self._ask_papers, shortcut="Ctrl+R")
        self.undo = button("撤销此批", self.ask_undo, shortcut="Ctrl+Z", kind="danger")
        row = QHBoxLayout(self._actions)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.summary, 1)
        row.addWidget(self.progress, 2)
        for widget in (self.compare, self.papers, self.undo):
            row.addWidget(widget)
        self.diff = DiffCard()
        self.question = AskBar()
        self.question.closed.connect(lambda: self.make_room(wanted=False))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.card, 1)
        box.addWidget(self.diff)
        box.addWidget(self._actions)
        box.addWidget(self.question)

    # ------------------------------------------------------------------------------------------- contents

    def show_batches(self, batches: Sequence[BatchRow], month: Month | None) -> None:
        """All imports, newest first."""
        known = max((row.id for row in self._batches), default=0)
        self._batches = tuple(batches)
        newest = max((row.id for row in self._batches), default=0)
        if self._wanted is None and known and newest > known:
            # What was just stored is what an undo is most often meant for.
            self._wanted = newest
        self._month = month
        self._filter()
        if self._wanted is not None:
            self.show_batch(self._wanted)

    def show_batch(self, batch: int) -> None:
        """Mark one import, as soon as it is there; the filter is dropped when it hides it."""
        self._wanted = batch
        if not any(row.id == batch for row in self.table.rows):
            self.which.set_key(ALL)
            self.seek.clear()
            self._filter()
        number = next((n for n, row in enumerate(self.table.rows) if row.id == batch), None)
        if number is not None:
            self._wanted = None
            self.table.select_row(number)

    def _filter(self, *_: object) -> None:
        sought = self.seek.text().strip().casefold()
        wanted = {RETURNED: BatchState.RETURNED.value, UNDONE: BatchState.UNDONE.value}.get(self.which.key)
        rows = [
            row
            for row in self._batches
            if (wanted is None or row.state == wanted)
            and (self.which.key != FILES or row.kind != FileKind.ENTRY.value)
            and (self.which.key != MONTH or row.period == str(self._month))
            and sought in f"{row.file_name} {row.company} {row.reason} {row.kind_label} {row.period}".casefold()
        ]
        marked = self.table.current_row
        self.table.set_rows(rows)
        if marked is not None:
            self.table.select_row(next((n for n, row in enumerate(rows) if row.id == marked.id), 0))
        elif rows:
            self.table.select_row(0)
        self.card.set_subtitle(
            f"{len(rows)} 批" if len(rows) == len(self._batches) else f"{len(self._batches)} 批中 {len(rows)} 批"
        )
        self._show_buttons()

    def _moved(self, *_: object) -> None:
        self.diff.show_diff(None)
        self._show_buttons()

    def _show_buttons(self, *_: object) -> None:
        row = self.table.current_row
        self.papers.setVisible(row is not None and row.state == BatchState.RETURNED.value)
        self.compare.setEnabled(row is not None and row.state != BatchState.RETURNED.value)
        self.undo.setEnabled(row is not None and row.state != BatchState.UNDONE.value and self.progress.isHidden())
        self.summary.setText("" if row is None else describe(row))

    def follow(self, job: Job, words: str) -> None:
        """Show how far an undoing is."""
        self.progress.follow(job, words)
        self._show_buttons()
        job.finished.connect(self._show_buttons)

    # ------------------------------------------------------------------------------------------- undoing

    def ask_undo(self) -> None:
        """Say what undoing would do and ask."""
        row = self.table.current_row
        if row is None or row.state == BatchState.UNDONE.value:
            return
        self.make_room(wanted=True)
        self.question.ask(
            f"撤销第 {row.id} 号批次（{row.file_name}）？",
            consequences(row),
            "撤销此批",
            lambda reason: self.undo_agreed.emit(row, reason),
            hint="撤销原因（可不填），例如：报错月份",
        )
        self.undo_considered.emit(row)

    def make_room(self, *, wanted: bool) -> None:
        """Put buttons and comparison away while a question or a bar stands below, or bring them back."""
        self._actions.setVisible(not wanted)
        self.diff.stand_aside(aside=wanted)

    def _ask_papers(self) -> None:
        row = self.table.current_row
        if row is not None and row.state == BatchState.RETURNED.value:
            self.papers_asked.emit(row)

    def _ask_diff(self) -> None:
        row = self.table.current_row
        if row is not None:
            self.diff_asked.emit(row)


def describe(row: BatchRow) -> str:
    """One line about a batch."""
    parts = [f"第 {row.id} 号批次", row.file_name, row.totals_text, f"{row.created_by} {row.created_at}"]
    return " · ".join(filter(None, parts))


def consequences(row: BatchRow) -> str:
    """What will happen when a batch is undone."""
    if row.state == BatchState.RETURNED.value:
        return "退回的登记将取消；文件仍留作凭据。"
    kind = FileKind(row.kind)
    if kind.is_register:
        return f"{kind.label}的 {row.accepted} 行恢复到导入以前的样子。文件仍留作凭据，以后可以再导入。"
    whose = "".join(filter(None, (row.company, row.period and Month.parse(row.period).label)))
    figures = f"其中{whose}的 {row.accepted} 行不再计入" if whose else f"其中 {row.accepted} 行不再计入"
    return f"{figures}，各页随即改变；此前若有旧的数，则恢复旧数。文件仍留作凭据，以后可以再导入。"
