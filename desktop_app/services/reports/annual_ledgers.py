"""Part two of the annual report: what the registers and the work of the year say, counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.importing.plan import FileKind
from desktop_app.indicators.results.plan_watch import Grade
from desktop_app.models.values import BatchState, Period
from desktop_app.services import context
from desktop_app.services.duties import duties
from desktop_app.services.green import green_report
from desktop_app.services.reports.plan import plan_data
from desktop_app.storage import assessments, batches, coverage, snapshots
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.indicators.results.green import GreenReport
    from desktop_app.reporting.annual_data import AnnualData

_OF_COMPANIES = frozenset(
    kind.value for kind in (FileKind.OFFICIAL_FORM, FileKind.WIDE, FileKind.LONG, FileKind.MONTHS, FileKind.GREEN)
)
"""Kinds of files by which companies report their months."""
_NAMED = 3
_CHASE = "chase"
"""Kind of the letters to companies that are late: their cells bear the company."""


def with_ledgers(ledger: Ledger, data: AnnualData) -> AnnualData:
    """The register, who reported, files, scored outlets, targets, green programme and campaigns."""
    from desktop_app.reporting.monthly.green import counted

    period = data.period
    calc = context.calculator(ledger, period.last)
    members = calc.facts.active_members([period.last])
    rows = [row for month in period.months for row in duties(ledger, month) if row.state != "不适用"]
    lacking = sum(row.state in ("未报", "退回") for row in rows)
    plan = plan_data(ledger, period.last, data.edition.value, data.made_on)
    lines = [line for watched in plan.plans for line in watched.year]
    green = green_report(ledger, Period.of_month(period.last))
    counts = {
        "companies": len(members),
        "brands": len({member.brand for member in members if member.brand}),
        "due": len(rows),
        "reported": len(rows) - lacking,
        "lacking": lacking,
        "corrected": sum(row.state == "更正" for row in rows),
        "targets": len(lines),
        "targets_met": sum(line.grade is Grade.MET for line in lines),
        "targets_on_track": sum(line.grade in {Grade.ON_TRACK, Grade.UNDER_WAY} for line in lines),
        "targets_behind": sum(line.grade.lags for line in lines),
        "targets_no_data": sum(line.grade is Grade.NO_DATA for line in lines),
        **dict(_papers(ledger, period)),
    }
    met, unmet, unreported = counted(green)
    if met or unmet:
        counts |= {"green_met": len(met), "green_unmet": len(unmet), "green_unreported": len(unreported)}
    behind = tuple(dict.fromkeys(line.name for line in lines if line.grade.lags))
    return replace(
        data,
        counts=counts,
        programme=green.programme_name,
        behind=behind[:_NAMED],
        campaigns=tuple(_campaigns(green)),
    )


def _papers(ledger: Ledger, period: Period) -> Iterator[tuple[str, int]]:
    """What came in, went back and was asked for of the year's months, and the villages that were seen in the year.

    Of what is printed only 催报函 are counted: the printing of this report must not change it.
    """
    months, year = set(period.months), period.first.year
    with ledger.read() as session:
        seen = coverage.seen_on_the_spot(session, date(year, 1, 1), date(year, 12, 31))
        chased = {
            (cell[2], cell[3])
            for each in snapshots.snapshots(session)
            if each.kind == _CHASE and Period.parse(each.period).last in months
            for cell in each.figures
            if cell[3]
        }
        held = [each for each in batches.list_batches(session) if each.month in months]
        scored = [each for each in assessments.assessments(session) if each.made_on.year == year]
    yield "files", sum(each.state is BatchState.COMMITTED and each.kind in _OF_COMPANIES for each in held)
    yield "returned", sum(each.state is BatchState.RETURNED for each in held)
    yield "scored", len(scored)
    yield "visited", len({village for village, _ in seen})
    yield "visits", len(seen)
    yield "chased", len(chased)


def _campaigns(green: GreenReport) -> Iterator[str]:
    """过度包装专项治理检查 12 家、不合格 1 家: what has been entered of each campaign."""
    for line in green.lines:
        if not line.indicator and line.value is not None and line.note:
            found = line.note.partition("检查")[2].replace(" ", "")
            yield f"{line.name}检查{found}"
