"""快递进村通报: the coverage as of a month with every village that is not reached."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop_app.models.values import Period, PeriodKind
from desktop_app.services import context
from desktop_app.services.reports.kinds import ReportKind
from desktop_app.services.reports.monthly import bare_data, rural_part
from desktop_app.services.rural import coverage_report
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from fractions import Fraction

    from desktop_app.reporting.content import Document

DEFINITIONS = ("any", "direct", "major")


def blocked(ledger: Ledger, period: Period) -> str:
    """Without a register and a record of the month or before there is nothing to tell."""
    book = context.coverage_book(ledger)
    first = book.first_month()
    if first is None or period.last < first or not book.snapshot(period.last).villages:
        return f"截至{period.last.label}没有村级名录或进村记录"
    return ""


def build(ledger: Ledger, period: Period, edition: str, made_on: date) -> Document:
    """The content of the bulletin, as of the period's last month."""
    from dataclasses import replace

    from desktop_app.reporting.rural_bulletin import RuralBulletinData, build_rural

    month, before = period.last, period.last.shift(-12)
    first = context.coverage_book(ledger).first_month()

    def last_year(definition: str) -> Fraction | None:
        known = first is not None and first <= before
        return coverage_report(ledger, before, definition).exact_pct if known else None

    base = replace(bare_data(ledger, Period.of_month(month), edition, made_on), rural=rural_part(ledger, month))
    rates = tuple((coverage_report(ledger, month, each), last_year(each)) for each in DEFINITIONS)
    return build_rural(RuralBulletinData(base, rates))


RURAL = ReportKind(
    code="rural",
    title="快递进村通报",
    periods=frozenset({PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR}),
    period_hint="例如 2021-03、2021-Q1 或 2021",
    blocked=blocked,
    blocked_hint="请先导入村级名录和进村情况表",
    build=build,
)
