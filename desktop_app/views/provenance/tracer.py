"""Opens the dialog for whatever figure is asked about, and finds the figure under the keyboard focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.services.results.tone import Tone
from desktop_app.services.results.tracing import FigureAddress, FigureTrace, OriginalSheet, StoredPlace
from desktop_app.views.jobs import Lane
from desktop_app.views.provenance.dialog import TraceDialog
from desktop_app.views.provenance.original import OriginalDialog
from desktop_app.views.widgets.tracing import focused_figure

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.errors import UserError
    from desktop_app.views.desk import Desk


class Tracer(QObject):
    """One window's dialog with the way back through the figures that were looked at."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._seen: list[FigureTrace] = []
        self.dialog: TraceDialog | None = None
        self.original: OriginalDialog | None = None

    def trace(self, address: FigureAddress) -> None:
        """Show where a figure comes from, as the first of a new row of looks."""
        self._ask(address, afresh=True)

    def trace_focus(self) -> None:
        """The figure that is current where the keyboard focus is."""
        if (address := focused_figure()) is not None:
            self.trace(address)
            return
        self._desk.say(
            "先选中一个数，再按 F7 看它从何来",
            Tone.INFO,
            "表里点一格、图上用 ← → 停在一点，或在数上点右键。",
        )

    def _ask(self, address: FigureAddress, *, afresh: bool) -> None:
        backend = self._desk.backend

        def show(found: FigureTrace) -> None:
            if afresh:
                self._seen.clear()
            self._seen.append(found)
            self._show()

        self._desk.jobs.start(
            self,
            "trace",
            lambda *_: backend.trace(address),
            on_result=show,
            on_error=self._desk.complain if afresh else self._complain,
            lane=Lane.QUICK,
        )

    def _show(self) -> None:
        dialog = self.dialog or self._make()
        dialog.show_trace(self._seen[-1], can_go_back=len(self._seen) > 1)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _make(self) -> TraceDialog:
        made = TraceDialog(self._window)
        made.traced.connect(lambda address: self._ask(address, afresh=False))
        made.back_asked.connect(self._back)
        made.original_asked.connect(self._open_original)
        made.batch_asked.connect(self._open_batch)
        self._desk.ledger_changed.connect(made.close)
        self.dialog = made
        return made

    def _back(self) -> None:
        if len(self._seen) > 1:
            self._seen.pop()
            self._show()

    def _open_batch(self, batch: int) -> None:
        if self.dialog is not None:
            self.dialog.close()
        self._desk.go("数据导入", batch=str(batch))

    def _open_original(self, place: StoredPlace) -> None:
        backend = self._desk.backend
        self._desk.jobs.start(
            self,
            "original",
            lambda *_: backend.original(place),
            on_result=self._show_original,
            on_error=self._complain,
            lane=Lane.LONG,
        )

    def _complain(self, error: UserError) -> None:
        if self.dialog is not None:
            self.dialog.complain(error)

    def _show_original(self, sheet: OriginalSheet) -> None:
        if self.original is None:
            self.original = OriginalDialog(self._window)
        self.original.show_sheet(sheet)
        self.original.show()
        self.original.raise_()
        self.original.activateWindow()
