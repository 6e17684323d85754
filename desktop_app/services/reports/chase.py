"""催报函: the companies that have not reported for a month, or whose file was sent back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop_app.models.values import Period, PeriodKind
from desktop_app.services import context
from desktop_app.services.duties import duties
from desktop_app.services.registers import list_enterprises
from desktop_app.services.reports.kinds import EDITIONS, ReportKind
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.reporting.content import Document

_LATE = ("未报", "退回")


def blocked(ledger: Ledger, period: Period) -> str:
    """Where everybody has reported there is nobody to write to."""
    rows = duties(ledger, period.last)
    if not rows:
        return "企业档案里没有应报企业"
    return "" if any(row.state in _LATE for row in rows) else f"{period.last.label}应报企业都已报送，没有可催报的"


def build(ledger: Ledger, period: Period, _edition: str, made_on: date) -> Document:
    """The list and the letters. They go out to companies: there is one edition."""
    from desktop_app.reporting.chase import ChaseData, Late, build_chase

    month, own = period.last, context.home(ledger)
    rows = [row for row in duties(ledger, month) if row.state != "不适用"]
    known = {company.id: company for company in list_enterprises(ledger)}
    late = tuple(
        Late(
            key=str(row.enterprise_id),
            name=row.enterprise,
            full_name=known[row.enterprise_id].name,
            returned=row.state == "退回",
            reason=row.problem if row.state == "退回" else "",
            contact=" ".join(filter(None, (known[row.enterprise_id].contact, known[row.enterprise_id].phone))),
        )
        for row in rows
        if row.state in _LATE
    )
    after = month.shift(1)
    due_day = min(context.catalogue(ledger).rules.due_day, after.days)
    return build_chase(
        ChaseData(
            region_name=own.name or own.region[:6],
            period=Period.of_month(month),
            made_on=made_on,
            due=date(after.year, after.month, due_day),
            expected=len(rows),
            late=late,
            bureau=own.bureau,
            sample=own.sample,
        )
    )


CHASE = ReportKind(
    code="chase",
    title="催报单、催报函",
    periods=frozenset({PeriodKind.MONTH}),
    period_hint="催报按月，例如 2021-03",
    blocked=blocked,
    blocked_hint="请核对“总览”里的企业报送情况",
    build=build,
    editions=EDITIONS[:1],
)
