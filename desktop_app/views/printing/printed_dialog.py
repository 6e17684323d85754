"""One printed report: every number as printed and as it is today, and the draft of a 更正说明."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desktop_app.services.results.reports import PrintedFigure, PrintedTrace
from desktop_app.services.results.tone import Tone
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.provenance.pages import printed_figure
from desktop_app.views.qtmodels.columns import Align, CellKind, Column
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.choice import SegmentedChoice
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.tracing import give_trace_key
from desktop_app.views.widgets.words import Words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

MOVED, ALL = "moved", "all"

COLUMNS: tuple[Column[PrintedFigure], ...] = (
    Column("指标", lambda r: r.name, bold=True, stretch=True, tip=lambda r: f"{r.name}（{r.code}）"),
    Column("量", lambda r: r.measure),
    Column("期间", lambda r: r.period),
    Column("属于", lambda r: r.subject or "全域", muted=True),
    Column("印出", lambda r: r.printed, Align.RIGHT),
    Column("现在", lambda r: r.now or "不再印出", Align.RIGHT),
    Column(
        "状态",
        lambda r: "已变" if r.changed else "未变",
        kind=CellKind.TAG,
        tone=lambda r: Tone.WARN if r.changed else Tone.GOOD,
    ),
)


class PrintedDialog(FrameDialog):
    """``figure_asked(FigureAddress)`` to see where a number comes from; ``correction_asked()`` for the draft."""

    figure_asked = Signal(object)
    correction_asked = Signal()

    def __init__(self, trace: PrintedTrace, parent: QWidget | None = None) -> None:
        super().__init__(trace.report.title, parent)
        self.trace = trace
        report, moved = trace.report, len(trace.changed)
        verdict = trace.reason or (f"其中 {moved} 个已变" if moved else "都没有变")
        about = f"编号 {report.code}，{report.edition_label}，{report.printed_at} 由 {report.printed_by} 出具"
        self.body.addWidget(Words(f"{about}；所印 {len(trace.lines)} 个数，{verdict}。", "soft", wrap=True))
        if trace.events and moved:
            since = "；".join(trace.events[:3]) + (f" 等 {len(trace.events)} 项" if len(trace.events) > 3 else "")
            self.body.addWidget(Words(f"其后：{since}", "muted", wrap=True))
        self.which = SegmentedChoice(((MOVED, f"变了的 {moved}"), (ALL, f"全部 {len(trace.lines)}")))
        self.which.set_key(MOVED if moved else ALL)
        self.which.chosen.connect(lambda _key: self._show())
        self.body.addWidget(self.which)
        self.table: DataTable[PrintedFigure] = DataTable(COLUMNS, row_height=28)
        self.table.setAccessibleName("印出的数")
        self.table.tracer = lambda line, _column: printed_figure(line)
        self.table.traced.connect(self.figure_asked)
        self.table.picked.connect(lambda line: self.figure_asked.emit(printed_figure(line)))
        give_trace_key(self, self.table, self.figure_asked.emit)
        self.body.addWidget(self.table, 1)
        self.buttons.addWidget(button("复制", self.table.copy_all, tip="复制全表，可粘贴到 WPS"))
        self.correct = button("更正说明…", self.correction_asked.emit, kind="primary" if moved else "")
        self.correct.setEnabled(bool(moved))
        self.buttons.addWidget(self.correct)
        self.buttons.addWidget(button("关闭", self.reject))
        self.resize(900, 560)
        self._show()

    def _show(self) -> None:
        self.table.set_rows(self.trace.changed if self.which.key == MOVED else self.trace.lines)
