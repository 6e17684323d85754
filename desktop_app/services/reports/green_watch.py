"""绿色方案监测表: the programmes that are measured in a period, line by line; also on the day a programme is typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop_app.models.values import Period, PeriodKind
from desktop_app.services import context
from desktop_app.services.green import green_report, watched
from desktop_app.services.green_estimates import estimates
from desktop_app.services.reports import green
from desktop_app.services.reports.kinds import ReportKind
from desktop_app.services.reports.monthly import bare_data, remarks
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.reporting.content import Document


def blocked(ledger: Ledger, period: Period) -> str:
    """Without a figure, here or of a programme's wider area, and without an own programme there is nothing to watch."""
    known = context.catalogue(ledger)
    if known.own_programmes:
        return ""
    chosen = watched(known, period.last, context.home(ledger).region)
    if any(line.area for each in chosen for line in green_report(ledger, period, each.code).lines):
        return ""
    return green.blocked(ledger, period)


def build(ledger: Ledger, period: Period, edition: str, made_on: date) -> Document:
    """The content of the table."""
    from desktop_app.reporting.green_watch import GreenWatchData, build_green_watch

    calc = context.calculator(ledger, period.last)
    chosen = watched(calc.catalogue, period.last, calc.facts.region)
    return build_green_watch(
        GreenWatchData(
            bare_data(ledger, period, edition, made_on),
            tuple(green_report(ledger, period, each.code) for each in chosen),
            estimates(ledger, period),
        )
    )


GREEN_WATCH = ReportKind(
    code="green-watch",
    title="绿色方案监测表",
    periods=frozenset({PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR}),
    period_hint="例如 2021-03、2021-Q1 或 2021",
    blocked=blocked,
    blocked_hint="请先导入绿色包装表，或在“方案编辑”里加本局的方案",
    build=build,
    remarks=remarks,
)
