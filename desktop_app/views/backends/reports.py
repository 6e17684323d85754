"""The window's way to printed reports; a part of :class:`desktop_app.views.backend.Backend`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.models.values import Month
    from desktop_app.services.ledger import Ledger
    from desktop_app.services.pages import PageBook
    from desktop_app.services.results.reports import PrintedTrace, ReportChoice, ReportFile
    from desktop_app.views.jobs import Cancelled, Progress

MOST_PRINTED = 12
"""So many printed reports are held against the ledger when the tab opens; the others are found by their code."""


class ReportsBackend(ABC):
    """Making reports, and what has been printed."""

    @abstractmethod
    def _opened(self) -> Ledger:
        """The ledger of this window."""

    def reports(self, month: Month) -> tuple[ReportChoice, ...]:
        """Which reports can be made for the month."""
        from desktop_app.services import reports

        return tuple(reports.available(self._opened(), month))

    def make_report(
        self,
        kind: str,
        period: str,
        file_format: str,
        edition: str,
        out: Path,
        progress: Progress,
        cancelled: Cancelled,
        *,
        proof: bool = False,
    ) -> ReportFile:
        """Write a report file; a ``proof`` is only looked at and not frozen as printed."""
        from desktop_app.errors import LedgerError
        from desktop_app.models.values import Period
        from desktop_app.services import reports

        try:
            parsed = Period.parse(period)
        except ValueError as error:
            raise LedgerError(str(error)) from None
        return reports.make_report(
            self._opened(), kind, parsed, file_format, edition, out, progress, cancelled, proof=proof
        )

    def open_pages(self, data: bytes) -> PageBook:
        """Open a finished PDF to show and print its pages."""
        from desktop_app.services.pages import PageBook

        return PageBook(data)

    def record_printed(self, made: ReportFile) -> bool:
        """Freeze a proof that has left the house: printed or saved."""
        from desktop_app.services.reports.snapshots import record

        return made.snapshot is not None and record(self._opened(), made.snapshot)

    def printed_reports(self) -> tuple[PrintedTrace, ...]:
        """The newest printed reports, each held against the ledger of today."""
        from desktop_app.services.reports import printed

        ledger = self._opened()
        return tuple(printed.trace_report(ledger, each.code) for each in printed.printed_reports(ledger)[:MOST_PRINTED])

    def trace_printed(self, code: str) -> PrintedTrace:
        """A printed report by the code in its foot."""
        from desktop_app.services.reports import printed

        return printed.trace_report(self._opened(), code)

    def write_correction(self, code: str, out: Path) -> ReportFile:
        """Write the draft of a 更正说明 (.docx or .pdf)."""
        from datetime import datetime

        from desktop_app.services.reports import printed

        return printed.write_correction(self._opened(), code, out, datetime.now().astimezone().date())
