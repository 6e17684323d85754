"""What a kind of report is: its name, for which periods and editions it can be made, and how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.models.values import Month, Period, PeriodKind
from desktop_app.services.results.reports import ReportRemark
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.reporting.content import Document

ALL_FORMATS = ("pdf", "docx", "xlsx")
EDITIONS = ("internal", "upward", "public")
"""内部版, 上报版, 公开版; a kind that has no way to withhold must leave out the last."""


def no_remarks(_ledger: Ledger, _period: Period) -> tuple[ReportRemark, ...]:
    """Nothing that the signer should know beforehand."""
    return ()


@dataclass(frozen=True)
class ReportKind:
    """One kind of report.

    ``blocked``: why it cannot be made for the period, empty when it can. ``build``: the whole content for a ledger,
    period, edition and 报出日期; raises UserError. ``remarks``: what the signer should know.
    """

    code: str
    title: str
    periods: frozenset[PeriodKind]
    period_hint: str
    blocked: Callable[[Ledger, Period], str]
    blocked_hint: str
    build: Callable[[Ledger, Period, str, date], Document]
    remarks: Callable[[Ledger, Period], tuple[ReportRemark, ...]] = no_remarks
    editions: tuple[str, ...] = EDITIONS[:2]
    formats: tuple[str, ...] = ALL_FORMATS
    in_set: bool = True
    """Whether a bureau prints it every month (本月全套); papers of many pages are asked for one by one."""

    def offered(self, month: Month) -> Period:
        """The period that is offered for a month: itself, or for a report of years the last one over by then."""
        if PeriodKind.MONTH in self.periods:
            return Period.of_month(month)
        return Period.year(month.shift(1).year - 1)
