"""The window's way to printed reports; a part of :class:`desktop_app.views.backend.Backend`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.views.backends.base import LedgerBackend

if TYPE_CHECKING:
    from desktop_app.models.values import Month
    from desktop_app.services.pages import PageBook
    from desktop_app.services.results.reports import FormRow, PrintedTrace, ReportChoice, ReportFile, SectionRow
    from desktop_app.views.jobs import Cancelled, Progress

MOST_PRINTED = 12
"""So many printed reports are held against the ledger when the tab opens; the others are found by their code."""


class ReportsBackend(LedgerBackend):
    """Making reports, and what has been printed."""

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

    def edit_text(self, kind: str, period: str, edition: str, key: str, text: str) -> None:
        """Write the clerk's words over a paragraph of a report; none at all leave it out."""
        from desktop_app.models.values import Period
        from desktop_app.services.reports import making

        making.edit_text(self._opened(), kind, Period.parse(period), edition, key, text)

    def reset_text(self, kind: str, period: str, edition: str, key: str = "") -> None:
        """The computed words again, of one paragraph or of the whole report."""
        from desktop_app.models.values import Period
        from desktop_app.services.reports import making

        making.reset_text(self._opened(), kind, Period.parse(period), edition, key)

    def renew_figures(self, kind: str, period: str, edition: str, key: str) -> None:
        """Today's figures in place of those in edited words that have moved."""
        from desktop_app.models.values import Period
        from desktop_app.services.reports import making

        making.renew_figures(self._opened(), kind, Period.parse(period), edition, key)

    def report_sections(self, kind: str, period: str, edition: str, *, shipped: bool = False) -> tuple[SectionRow, ...]:
        """The sections of a report in their order; ``shipped``: as the program arranges them."""
        from desktop_app.models.values import Period
        from desktop_app.services.reports import making

        return making.report_sections(self._opened(), kind, Period.parse(period), edition, shipped=shipped)

    def set_sections(self, kind: str, rows: Sequence[SectionRow]) -> None:
        """Store the arrangement of a kind of report; none is the program's own again."""
        from desktop_app.services.reports import making

        making.set_sections(self._opened(), kind, rows)

    def report_form(self, kind: str, period: str) -> tuple[FormRow, str]:
        """The official form of a report, as set or proposed, and the next free 文号 by its template."""
        from datetime import datetime

        from desktop_app.models.values import Period
        from desktop_app.services.reports import formality, making

        row = making.report_form(self._opened(), kind, Period.parse(period))
        today = datetime.now().astimezone().date()
        return row, formality.next_number(self._opened(), row.template, today)

    def next_number(self, template: str) -> str:
        """The next free 文号 by a template."""
        from datetime import datetime

        from desktop_app.services.reports import formality

        return formality.next_number(self._opened(), template, datetime.now().astimezone().date())

    def set_form(self, kind: str, period: str, row: FormRow) -> None:
        """Store the official form of a report."""
        from desktop_app.models.values import Period
        from desktop_app.services.reports import making

        making.set_form(self._opened(), kind, Period.parse(period), row)

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
