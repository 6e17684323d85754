"""The finished draft as frozen results: reading, counts, control totals, plan."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.importing.draft import Draft, Fact, cut
from desktop_app.importing.grid import RawBook
from desktop_app.importing.plan import (
    FileKind,
    ImportPlan,
    Issue,
    PlannedObservation,
    PreviewRow,
    Reading,
    RowCounts,
    RowRole,
)
from desktop_app.models.values import Severity, Span

_CHANGES_TOLD = 5
ISSUES_TOLD = 1000
"""Issues of one kind that are listed one by one."""


@dataclass(frozen=True)
class Source:
    """The file behind a draft."""

    name: str
    data: bytes
    book: RawBook
    warnings: tuple[str, ...]


def _observation(draft: Draft, fact: Fact) -> PlannedObservation:
    return PlannedObservation(
        indicator=fact.indicator.code,
        month=fact.month,
        span=fact.span,
        region=fact.region,
        enterprise_id=fact.enterprise.id if fact.enterprise else None,
        value=fact.figure.stored,
        state=fact.figure.state,
        sheet=draft.table.sheet.name,
        row=fact.figure.row + 1,
        column=fact.figure.name,
        reported_previous=fact.previous.stored if fact.previous else None,
        reported_yoy=fact.yoy.stored if fact.yoy else None,
    )


def counts_of(draft: Draft) -> RowCounts:
    """What becomes of each row of the table; those of another table that was not read count as skipped."""
    rows = [row for row, _ in draft.body()]
    rejected = {row for row in rows if row in draft.broken_rows or draft.file_broken}
    skipped = {row for row in rows if row in draft.skipped and row not in rejected}
    unread = sum(role is RowRole.UNREAD for role in draft.table.roles)
    accepted = len(rows) - len(rejected) - len(skipped)
    return RowCounts(len(rows) + unread, accepted, len(rejected), len(skipped) + unread)


def _totals(draft: Draft, observations: list[PlannedObservation]) -> dict[str, int]:
    if draft.kind is FileKind.COVERAGE:
        return {"VILLAGES": len({c.village_code for c in draft.coverage}), "RECORDS": len(draft.coverage)}
    if draft.kind is FileKind.REGISTRY:
        return {"VILLAGES": sum(1 for region in draft.regions if region.administrative_village)}
    if draft.kind is FileKind.OUTLETS:
        return {"OUTLETS": len(draft.outlets)}
    # The sum of scores, ranks or rates would be a number that means nothing.
    kinds = draft.catalogue.indicators
    adding = [o for o in observations if kinds[o.indicator].kind.adds_over_companies and o.value is not None]
    monthly = {item.indicator for item in adding if item.span is Span.MONTH}
    last = {item.indicator: item.month for item in sorted(adding, key=lambda item: item.month)}
    totals: Counter[str] = Counter()
    for item in adding:
        # Of an indicator that the file gives only as 累计, the sum of the last month: those of two months do not add.
        wanted = item.span is Span.MONTH or (item.indicator not in monthly and item.month == last[item.indicator])
        if wanted and item.value is not None:
            totals[item.indicator] += item.value
    return dict(totals)


def make_plan(draft: Draft, reading: Reading) -> ImportPlan:
    """The plan as the window and the command line get it."""
    facts = [fact for fact in draft.facts if fact.figure.row not in draft.broken_rows]
    observations = [_observation(draft, fact) for fact in facts]
    months = {item.month for item in observations} | {item.month for item in draft.coverage} or draft.seen_months
    companies = {fact.enterprise.id: fact.enterprise for fact in facts if fact.enterprise} or draft.seen
    one = next(iter(companies.values())) if len(companies) == 1 else draft.enterprise
    issues = sorted(_capped(draft.issues), key=lambda issue: (issue.severity is not Severity.ERROR, issue.row or 0))
    _tell_changes(draft)
    return ImportPlan(
        reading=reading,
        kind=draft.kind,
        enterprise_id=one.id if one else None,
        enterprise_name=one.name if one else "",
        month=draft.month or (next(iter(months)) if len(months) == 1 else None),
        region=draft.region,
        status=draft.status,
        counts=counts_of(draft),
        issues=tuple(issues),
        grounds=tuple(draft.grounds),
        observations=tuple(observations),
        coverage=tuple(c for c in draft.coverage if c.row - 1 not in draft.broken_rows),
        regions=tuple(draft.regions),
        enterprises=tuple(draft.enterprises),
        outlets=tuple(draft.outlets),
        outlet_figures=tuple(draft.outlet_figures),
        totals=_totals(draft, observations),
        column_meanings=tuple(draft.meanings.get(column, "跳过") for column in range(draft.table.width)),
        changes=tuple(draft.changes),
        profile=draft.profile.profile.name if draft.profile else "",
        own_totals=dict(draft.own_totals),
        said=dict(draft.said),
        by_profile=frozenset(draft.by_profile),
        proposals=tuple(draft.proposals),
        repairs=draft.options.repairs,
        repair_reason=draft.options.repair_reason,
        rules_version=draft.rules.version,
    )


def _capped(issues: Sequence[Issue]) -> list[Issue]:
    """At most so many of one kind, and how many more there are."""
    kept: list[Issue] = []
    counts: Counter[tuple[Severity, str]] = Counter()
    for issue in issues:
        counts[issue.severity, issue.code] += 1
        if counts[issue.severity, issue.code] <= ISSUES_TOLD:
            kept.append(issue)
    for (severity, code), count in counts.items():
        if count > ISSUES_TOLD:
            kept.append(
                Issue(severity, code, f"另有 {count - ISSUES_TOLD} 处同样的问题", "请先改正已列出的，再导入一次")
            )
    return kept


def _tell_changes(draft: Draft) -> None:
    """Which cells were read otherwise than they stand (换写), the first few by name."""
    if not draft.changes:
        return
    head = "；".join(f"第{c.row}行“{cut(c.raw)}”按 {c.read_as} 读" for c in draft.changes[:_CHANGES_TOLD])
    more = " 等" if len(draft.changes) > _CHANGES_TOLD else ""
    draft.ground(f"{len(draft.changes)} 处换写：{head}{more}")


def make_reading(draft: Draft, source: Source) -> Reading:
    """How the file was read, every line with its role."""
    table = draft.table
    roles = table.roles
    raw = table.sheet.rows
    rows = tuple(
        PreviewRow(number + 1, role, raw[number], number in draft.broken_rows) for number, role in enumerate(roles)
    )
    return Reading(
        file_name=source.name,
        sha256=hashlib.sha256(source.data).hexdigest(),
        size=len(source.data),
        encoding=source.book.encoding,
        delimiter=source.book.delimiter,
        quote=source.book.quote,
        sheet=table.sheet.name,
        sheets=tuple(sheet.name for sheet in source.book.sheets if sheet.name),
        title=table.title,
        unit=table.unit,
        layout=draft.kind,
        header_rows=tuple(row + 1 for row in table.head.rows) if table.head else (),
        columns=table.written_names(draft.options.join),
        rows=rows,
        total_rows=tuple(row + 1 for row in table.total_rows),
        note_rows=tuple(row + 1 for row, role in enumerate(roles) if role is RowRole.NOTE),
        warnings=(*source.warnings, *draft.notes),
    )
