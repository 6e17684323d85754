"""Who has reported for a month, who has not, and what is doubtful (企业报送)."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.catalogue.format import DASH, format_pct
from desktop_app.importing.plan import FileKind
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.facts import Fact, Member
from desktop_app.indicators.figures import Scope, growth_over_year, one_decimal
from desktop_app.models.values import BatchState, CellState, FigureStatus, Month, Period, Severity, Span
from desktop_app.services import context
from desktop_app.services.results.overview import DutyRow, Tone
from desktop_app.storage import batches, trace
from desktop_app.storage.batches import StoredBatch, StoredIssue
from desktop_app.storage.engine import Ledger

MARKET = ("MKT.VOL", "MKT.VOL.LOCAL", "MKT.VOL.INTER", "MKT.VOL.INTL")
"""A company has reported when any of these stands for the month."""
OTHER_KINDS = frozenset({FileKind.GREEN.value, FileKind.COVERAGE.value})
"""Files that are not about the market: sending one back leaves the monthly report alone."""


@dataclass(frozen=True)
class _Standing:
    state: str
    tone: Tone
    problem: str = ""


def duties(ledger: Ledger, month: Month) -> tuple[DutyRow, ...]:
    """One row per company that is open in the month, in the register's order."""
    calc = context.calculator(ledger, month)
    scope = context.scope(ledger)
    with ledger.read() as session:
        current = trace.current_market(session, month, scope.region, MARKET)
        returned = batches.list_batches(session, state=BatchState.RETURNED, month=month)
        issues = {b: batches.issues_of(session, b) for b in {c.batch_id for c in current.values()}}
    rows = []
    for member in calc.facts.active_members([month]):
        found = current.get(member.id)
        sent_back = [b for b in returned if b.enterprise_id == member.id and b.kind not in OTHER_KINDS]
        standing = _standing(calc, member, month, found, sent_back, issues)
        rows.append(_row(calc, scope, member, month, standing, found))
    return tuple(rows)


def _standing(
    calc: Calculator,
    member: Member,
    month: Month,
    found: trace.CurrentMarket | None,
    sent_back: list[StoredBatch],
    issues: dict[int, list[StoredIssue]],
) -> _Standing:
    if found is None:
        return _silent(calc, member, month, sent_back)
    if sent_back and sent_back[0].id > found.batch_id:
        return _Standing("退回", Tone.BAD, f"{sent_back[0].reason}；合计暂用此前所报的{found.status}数")
    remark = _remark(member, found, issues)
    if found.total == 0:
        return _Standing("零报", Tone.NEUTRAL, remark or "业务量为 0")
    if found.version > 1 and found.previous_status == found.status:
        return _Standing("更正", Tone.INFO, f"第{found.version}版" + (f"：{found.reason}" if found.reason else ""))
    return _Standing("已报", Tone.GOOD, remark or ("快报" if found.status is FigureStatus.FLASH else ""))


def _silent(calc: Calculator, member: Member, month: Month, sent_back: list[StoredBatch]) -> _Standing:
    """Standing of a company of which no figure counts."""
    if sent_back:
        return _Standing("退回", Tone.BAD, sent_back[0].reason)
    if _not_applicable(calc, member, month):
        return _Standing("不适用", Tone.NEUTRAL)
    return _Standing("未报", Tone.BAD, f"截止 {due_label(calc, month)}")


def _not_applicable(calc: Calculator, member: Member, month: Month) -> bool:
    facts: list[Fact | None] = [calc.facts.get(code, month, Span.MONTH, member.id) for code in MARKET]
    known = [fact for fact in facts if fact is not None]
    return bool(known) and all(fact.state is CellState.NOT_APPLICABLE for fact in known)


def _remark(member: Member, found: trace.CurrentMarket, issues: dict[int, list[StoredIssue]]) -> str:
    """The warning that was accepted for this company, in a few words."""
    for issue in issues.get(found.batch_id, []):
        if issue.code == "CORRECTION" and found.previous_status is None:
            continue  # what it corrected has been undone since
        if issue.severity is Severity.WARNING and (found.own_file or member.name in issue.message):
            return f"已说明：{issue.message}"
    return ""


def _row(
    calc: Calculator,
    scope: Scope,
    member: Member,
    month: Month,
    standing: _Standing,
    found: trace.CurrentMarket | None,
) -> DutyRow:
    only = Scope(scope.region, scope.region_name, scope.scale, frozenset({member.id}), scope.names)
    period = Period.of_month(month)
    amount = calc.amount("MKT.VOL", period, only.members)
    growth = growth_over_year(calc, calc.catalogue.indicator("MKT.VOL"), period, only)
    silent = DASH if standing.state == "退回" else standing.state
    # A figure that is only worked out of 累计 is none that the company has reported for the month.
    volume = silent if found is None or amount.value is None else f"{int(amount.value):,}"
    rate = one_decimal(growth.rate) if found is not None else None
    return DutyRow(
        enterprise_id=member.id,
        enterprise=member.name,
        state=standing.state,
        tone=standing.tone,
        volume=volume,
        yoy=DASH if rate is None else format_pct(rate, signed=True, with_unit=True),
        problem=standing.problem,
        batches=(found.batch_id,) if found else (),
    )


def due_label(calc: Calculator, month: Month) -> str:
    """“4月8日”: the due day in the month after."""
    return f"{month.shift(1).month}月{calc.catalogue.rules.due_day}日"
