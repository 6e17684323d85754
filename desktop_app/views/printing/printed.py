"""What the printing tab does about reports that have left the house: lists them, opens one, drafts a 更正说明."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop_app.services.results.overview import Tone
from desktop_app.services.results.reports import PrintedTrace, ReportFile
from desktop_app.views.printing.printed_card import PrintedCard
from desktop_app.views.printing.printed_dialog import PrintedDialog
from desktop_app.views.widgets.choose_file import save_as

if TYPE_CHECKING:
    from desktop_app.views.tab import Tab

_KINDS = {"Word 文档 (*.docx)": "docx", "PDF 文件 (*.pdf)": "pdf"}


class PrintedReports(QObject):
    """Owns the card 已出具 and its dialog; asks through the tab's jobs."""

    def __init__(self, tab: Tab[Any]) -> None:
        super().__init__(tab)
        self._tab = tab
        self.card = PrintedCard()
        self.card.code_asked.connect(self.open)
        self.dialog: PrintedDialog | None = None

    def refresh(self) -> None:
        """Hold the printed reports against the ledger; the tab's badge says how many no longer hold."""
        backend = self._tab.desk.backend
        self._tab.run("printed", lambda _progress, _cancelled: backend.printed_reports(), on_result=self._show)

    def record(self, made: ReportFile) -> None:
        """Freeze a report that has just been printed."""
        backend = self._tab.desk.backend
        self._tab.run(
            "record",
            lambda _progress, _cancelled: backend.record_printed(made),
            on_result=lambda _stored: self.refresh(),
        )

    def open(self, code: str) -> None:
        """Show one report, by the code in its foot."""
        backend = self._tab.desk.backend
        self._tab.run("trace", lambda _progress, _cancelled: backend.trace_printed(code), on_result=self._open)

    def _show(self, traces: tuple[PrintedTrace, ...]) -> None:
        self.card.show_traces(traces)
        self._tab.desk.set_badge(self._tab.name, sum(1 for trace in traces if trace.changed or trace.reason))

    def _open(self, trace: PrintedTrace) -> None:
        self.dialog = PrintedDialog(trace, self._tab)
        self.dialog.figure_asked.connect(self._tab.desk.trace)
        self.dialog.correction_asked.connect(self.ask_where)
        self.dialog.finished.connect(self.dialog.deleteLater)
        # Not modal: 此数从何来 opens beside it.
        self.dialog.show()

    def ask_where(self) -> None:
        """Let the user say where the draft goes."""
        if self.dialog is None:
            return
        code = self.dialog.trace.report.code
        write = partial(self.write_correction, code)
        save_as(self.dialog, "更正说明存到哪里", f"更正说明_{code}.docx", _KINDS, write)

    def write_correction(self, code: str, target: Path) -> None:
        """Write the draft of a 更正说明."""
        backend = self._tab.desk.backend
        self._tab.run(
            "correction",
            lambda _progress, _cancelled: backend.write_correction(code, target),
            on_result=lambda made: self._tab.desk.say(f"更正说明已存到 {made.file}", Tone.GOOD, "改好再印"),
        )
