"""出具过的报表: what was printed, whether it still holds, and the draft of a 更正说明 when it does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import UserError
from desktop_app.models.values import Period
from desktop_app.services import context
from desktop_app.services.reports import formality, layouts, texts
from desktop_app.services.reports.composing import compose
from desktop_app.services.reports.making import KINDS, check_place, write_document
from desktop_app.services.reports.snapshots import ACTION, cells_of
from desktop_app.services.results.reports import PrintedFigure, PrintedReport, PrintedTrace, ReportFile
from desktop_app.storage import audit
from desktop_app.storage.engine import Ledger
from desktop_app.storage.snapshots import PrintedCells, StoredSnapshot, find_snapshot, snapshots

if TYPE_CHECKING:
    from datetime import date

    from desktop_app.reporting.content import Document

_MEASURES = {
    "value": "本期", "previous_year": "上年同期", "change": "与上年之差", "yoy": "同比",
    "yoy_change": "增速变化", "mom": "环比",
    "cumulative": "累计",
    "cumulative_yoy": "累计同比", "share": "比重", "share_change": "比重变化", "cumulative_share": "累计比重",
    "cumulative_share_change": "累计比重变化", "contribution": "拉动", "target": "目标", "gap": "与目标差",
    "numerator": "分子", "denominator": "分母", "count": "个数",
    "base": "基期数", "completion": "完成程度", "pace": "应有进度", "yearly": "年均",
}  # fmt: skip
_NOT_CHANGES = (ACTION, texts.ACTION, layouts.ACTION, formality.ACTION, "备份")
"""Events that change no figure."""

Key = tuple[str, str, str, str]
"""Code, measure, period, subject of a printed number."""


def printed_reports(ledger: Ledger) -> tuple[PrintedReport, ...]:
    """All that have left the house, newest first."""
    with ledger.read() as session:
        return tuple(_report(each) for each in snapshots(session))


def trace_report(ledger: Ledger, typed: str) -> PrintedTrace:
    """A printed report by the code in its foot, every number with what it would be today.

    :raises UserError: no such report in this ledger.
    """
    from desktop_app.reporting.code import read_code

    code = read_code(typed)
    with ledger.read() as session:
        found = find_snapshot(session, code)
    if found is None:
        raise UserError(f"没有编号为 {code} 的报表", hint="编号印在每页页脚；只查得到在本台账上出具的")
    return context.cached(ledger, ("printed", code), lambda: _trace(ledger, found))


def affected_reports(ledger: Ledger) -> tuple[PrintedTrace, ...]:
    """Printed reports of which at least one number would be another one today, newest first."""
    traces = (trace_report(ledger, each.code) for each in printed_reports(ledger))
    return tuple(trace for trace in traces if trace.changed or trace.reason)


def correction(ledger: Ledger, typed: str, made_on: date) -> Document:
    """The draft of a 更正说明: every number that has moved, as printed and as it is now.

    :raises UserError: no such report, or nothing has moved.
    """
    from desktop_app.reporting.correction import Corrected, Moved, build_correction

    trace = trace_report(ledger, typed)
    if not trace.changed:
        raise UserError(f"《{trace.report.title}》的数没有变，不需要更正", hint=trace.reason)
    own = context.home(ledger)
    report = trace.report
    corrected = Corrected(report.title, report.code, report.printed_at[:10], report.edition_label)
    moved = [Moved(_what(line), line.printed, line.now or "不再印出") for line in trace.changed]
    return build_correction(corrected, moved, trace.events, own.bureau, made_on)


def write_correction(ledger: Ledger, typed: str, out: Path, made_on: date) -> ReportFile:
    """Write the draft of a 更正说明 as .docx (to be edited) or .pdf.

    :raises UserError: as :func:`correction`, or the place cannot be written.
    """
    fmt = "pdf" if out.suffix.lower() == ".pdf" else "docx"
    check_place(ledger, fmt, out)
    written = write_document(correction(ledger, typed, made_on), fmt, out)
    return ReportFile(written.file, written.pages, written.figures, written.missing_glyphs)


def _what(line: PrintedFigure) -> str:
    return " ".join(filter(None, (line.period, line.subject, line.name, line.measure)))


def _report(stored: StoredSnapshot) -> PrintedReport:
    from desktop_app.reporting.content import Edition

    return PrintedReport(
        code=stored.code,
        kind=stored.kind,
        kind_title=KINDS[stored.kind].title if stored.kind in KINDS else stored.title,
        title=stored.title,
        period_label=Period.parse(stored.period).label,
        edition_label=Edition(stored.edition).label,
        printed_at=f"{stored.printed_at.astimezone():%Y-%m-%d %H:%M}" if stored.printed_at else "",
        printed_by=stored.printed_by,
        figures=len(stored.figures),
    )


def _trace(ledger: Ledger, stored: StoredSnapshot) -> PrintedTrace:
    kind = KINDS.get(stored.kind)
    reason = ""
    now: PrintedCells = ()
    if kind is None:
        reason = "这种报表本程序已不再做"
    else:
        try:
            period = Period.parse(stored.period)
            now = cells_of(compose(ledger, kind, period, stored.edition, stored.made_on).document)
        except UserError as error:
            reason = error.message
    lines = tuple(_lines(ledger, stored.figures, None if reason else now))
    return PrintedTrace(_report(stored), lines, _events(ledger, stored.printed_at), reason)


def _lines(ledger: Ledger, printed: PrintedCells, now: PrintedCells | None) -> Iterator[PrintedFigure]:
    today = _by_key(now or ())
    names = _Names(ledger)
    for key, before in _by_key(printed).items():
        after = today.get(key, []) if now is not None else before
        for then, current in _paired(before, after):
            code, measure, period, subject = key
            moved = current is None or then[1:] != current[1:]
            yield PrintedFigure(
                code=code,
                name=names.figure(code),
                measure=_MEASURES.get(measure, measure),
                period=Period.parse(period).label,
                subject=names.subject(subject),
                subject_key=subject,
                measure_key=measure,
                period_key=period,
                printed=then[0],
                now="" if current is None else current[0],
                changed=moved,
            )


def _by_key(cells: PrintedCells) -> dict[Key, list[tuple[str, str, str]]]:
    """(text, exact value, unit) of each number that stands for something else; once where all mentions agree."""
    found: dict[Key, list[tuple[str, str, str]]] = {}
    for code, measure, period, subject, text, value, unit in cells:
        mentions = found.setdefault((code, measure, period, subject), [])
        if not any(mention[1:] == (value, unit) for mention in mentions):
            mentions.append((text, value, unit))
    return found


def _paired(
    before: list[tuple[str, str, str]], after: list[tuple[str, str, str]]
) -> Iterator[tuple[tuple[str, str, str], tuple[str, str, str] | None]]:
    """Several counts may bear one name (应报、已报): those that still stand are paired with themselves first."""
    still = {mention[1:] for mention in after}
    gone = [mention for mention in before if mention[1:] not in still]
    known = {mention[1:] for mention in before}
    new = [mention for mention in after if mention[1:] not in known]
    replaced = {mention: other for mention, other in zip_longest(gone, new) if mention is not None}
    for mention in before:
        yield (mention, replaced[mention]) if mention in replaced else (mention, mention)


def _events(ledger: Ledger, since: datetime | None) -> tuple[str, ...]:
    with ledger.read() as session:
        found = [event for event in audit.events(session) if since is not None and event.at > since]
    return tuple(
        f"{event.at.astimezone():%Y-%m-%d %H:%M} {event.action} {event.subject}"
        for event in found
        if event.action not in _NOT_CHANGES
    )


class _Names:
    """Chinese names of what a printed number is of."""

    def __init__(self, ledger: Ledger) -> None:
        self._catalogue = context.catalogue(ledger)
        self._ledger = ledger
        self._members = {str(member.id): member.name for member in context.members(ledger)}

    def figure(self, code: str) -> str:
        indicator = self._catalogue.indicators.get(code)
        programme = self._catalogue.programmes.get(code)
        return indicator.name if indicator else programme.name if programme else "报送情况"

    def subject(self, key: str) -> str:
        if not key:
            return ""
        return self._members.get(key) or context.region_name(self._ledger, key)
