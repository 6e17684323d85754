"""已出具的报表: what has left the house, which of it no longer holds, and the search by the code in the foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.services.results.overview import Alarm, Tone
from desktop_app.services.results.reports import PrintedTrace
from desktop_app.views.widgets.alarms import AlarmList
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.words import Words


class PrintedCard(Card):
    """``code_asked(str)`` when a report is picked or a code has been typed."""

    code_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("已出具", parent=parent)
        self._codes: dict[Alarm, str] = {}
        self.seek = QLineEdit()
        self.seek.setPlaceholderText("页脚上的编号，回车查")
        self.seek.setAccessibleName("按编号查已出具的报表")
        self.seek.setClearButtonEnabled(True)
        self.seek.returnPressed.connect(self._seek)
        self.list = AlarmList()
        self.list.setAccessibleName("已出具的报表")
        self.list.picked.connect(lambda alarm: self.code_asked.emit(self._codes[alarm]))
        self.none = Words("打印或另存过的报表列在这里；数后来变了会标出。", "muted", wrap=True)
        self.add(self.seek)
        self.add(self.list, 1)
        self.add(self.none)
        self.body.addStretch(0)
        self.show_traces(())

    def show_traces(self, traces: Sequence[PrintedTrace]) -> None:
        """Show printed reports, newest first, those that no longer hold marked."""
        self._codes = {_line(trace): trace.report.code for trace in traces}
        self.list.set_alarms(tuple(self._codes))
        self.list.setVisible(bool(traces))
        self.none.setVisible(not traces)

    def _seek(self) -> None:
        if typed := self.seek.text().strip():
            self.code_asked.emit(typed)


def _line(trace: PrintedTrace) -> Alarm:
    report = trace.report
    moved = len(trace.changed)
    word, tone = ("已变", Tone.WARN) if moved or trace.reason else ("未变", Tone.GOOD)
    counted = f"，{moved} 个数变了" if moved else f"，{trace.reason}" if trace.reason else ""
    return Alarm(
        word,
        tone,
        f"{report.period_label}{report.edition_label}",
        f"{report.kind_title}\n{report.code}\n{report.printed_at}{counted}",
        "",
    )
