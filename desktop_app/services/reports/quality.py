"""报送质量通报: who has reported for the months of a period, what went back and what was doubted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.models.values import BatchState, Month, Period, PeriodKind
from desktop_app.services import context
from desktop_app.services.duties import OTHER_KINDS, duties
from desktop_app.services.reasons import explained_doubts
from desktop_app.services.reports.kinds import ReportKind
from desktop_app.services.reports.monthly import bare_data
from desktop_app.storage import batches
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.reporting.content import Document
    from desktop_app.reporting.quality import Standing

_OWED = ("未报", "退回")


def blocked(ledger: Ledger, period: Period) -> str:
    """Where nobody has to report, or nobody has yet, there is nothing to tell."""
    states = [row.state for month in period.months for row in duties(ledger, month) if row.state != "不适用"]
    if not states:
        return "企业档案里没有应报企业"
    return f"{period.label}还没有企业报送" if all(state in _OWED for state in states) else ""


def build(ledger: Ledger, period: Period, edition: str, made_on: date) -> Document:
    """The content of the bulletin."""
    from desktop_app.reporting.quality import QualityData, build_quality

    returned = tuple(_returned(ledger, period))
    doubts = tuple(_doubts(ledger, period))
    return build_quality(
        QualityData(
            base=bare_data(ledger, period, edition, made_on),
            companies=tuple(
                _standings(
                    ledger,
                    period,
                    Counter(company for company, _, _ in returned),
                    Counter(company for _, company, _, _ in doubts),
                )
            ),
            returned=returned,
            doubts=doubts,
            due_day=context.catalogue(ledger).rules.due_day,
        )
    )


def _standings(
    ledger: Ledger, period: Period, returned: Mapping[str, int], doubts: Mapping[str, int]
) -> Iterator[Standing]:
    """A line a company that had to report in any month, in the register's order."""
    from desktop_app.reporting.quality import Standing

    states: dict[tuple[int, str], list[str]] = {}
    for month in period.months:
        for row in duties(ledger, month):
            if row.state != "不适用":
                states.setdefault((row.enterprise_id, row.enterprise), []).append(row.state)
    for (key, name), found in states.items():
        yield Standing(
            key=str(key),
            name=name,
            due=len(found),
            reported=sum(state not in _OWED for state in found),
            returned=returned.get(name, 0),
            corrected=found.count("更正"),
            zero=found.count("零报"),
            doubts=doubts.get(name, 0),
        )


def _returned(ledger: Ledger, period: Period) -> Iterator[tuple[str, str, str]]:
    """Company, month and reason of every monthly report that was sent back, oldest first."""
    names = {member.id: member.name for member in context.members(ledger)}
    months = set(period.months)
    with ledger.read() as session:
        held = batches.list_batches(session, state=BatchState.RETURNED)
    for batch in reversed(held):
        if batch.month in months and batch.kind not in OTHER_KINDS and batch.enterprise_id in names:
            yield names[batch.enterprise_id], _label(batch.month), batch.reason


def _doubts(ledger: Ledger, period: Period) -> Iterator[tuple[str, str, str, str]]:
    """Month, company, matter and reason of what was doubted in the figures that count; no company's own are left."""
    for month in period.months:
        for group in explained_doubts(ledger, month):
            for what, names in group.doubts:
                yield from ((_label(month), name, what, group.reason) for name in names if name)


def _label(month: Month | None) -> str:
    return month.label if month is not None else ""


QUALITY = ReportKind(
    code="quality",
    title="报送质量通报",
    periods=frozenset({PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR}),
    period_hint="例如 2021-03、2021-Q1 或 2021",
    blocked=blocked,
    blocked_hint="请先导入企业名录和该期的企业报表",
    build=build,
)
