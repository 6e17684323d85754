"""Which reports can be made for a month, and making one as a file."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import CancelledError, UserError
from desktop_app.models.values import Month, Period
from desktop_app.services.progress import Cancelled, Progress, never, quiet
from desktop_app.services.reports import formality, layouts, texts
from desktop_app.services.reports.annual import ANNUAL
from desktop_app.services.reports.chase import CHASE
from desktop_app.services.reports.composing import compose, computed
from desktop_app.services.reports.enterprise import ENTERPRISE
from desktop_app.services.reports.green import GREEN
from desktop_app.services.reports.green_notice import GREEN_NOTICE
from desktop_app.services.reports.green_watch import GREEN_WATCH
from desktop_app.services.reports.kinds import EDITIONS, ReportKind
from desktop_app.services.reports.monthly import BRIEF, MONTHLY
from desktop_app.services.reports.places import placed_figures
from desktop_app.services.reports.plan import PLAN
from desktop_app.services.reports.quality import QUALITY
from desktop_app.services.reports.rural import RURAL
from desktop_app.services.reports.rural_papers import RURAL_PAPERS
from desktop_app.services.reports.snapshots import record, snapshot_of
from desktop_app.services.results.reports import FormRow, ReportChoice, ReportFile, SectionRow
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.reporting.content import Document
    from desktop_app.reporting.written import WrittenReport

KINDS: dict[str, ReportKind] = {
    kind.code: kind
    for kind in (
        MONTHLY,
        BRIEF,
        ANNUAL,
        RURAL,
        GREEN,
        PLAN,
        ENTERPRISE,
        CHASE,
        QUALITY,
        GREEN_WATCH,
        GREEN_NOTICE,
        *RURAL_PAPERS,
    )
}
"""Every kind of report by its code on the command line, in the order of the window's list."""


def available(ledger: Ledger, month: Month) -> tuple[ReportChoice, ...]:
    """Reports for the month; those that cannot be made say why."""
    offered = [(kind, kind.offered(month)) for kind in KINDS.values()]
    return tuple(
        ReportChoice(kind.code, kind.title, period.label, kind.blocked(ledger, period), str(period), kind.in_set)
        for kind, period in offered
    )


def make_report(
    ledger: Ledger,
    kind: str,
    period: Period,
    fmt: str,
    edition: str,
    out: Path,
    progress: Progress = quiet,
    cancelled: Cancelled = never,
    *,
    made_on: date | None = None,
    proof: bool = False,
) -> ReportFile:
    """Write one report to ``out``. ``made_on``: 报出日期, today unless given; nothing else in the bytes varies.

    What is written is frozen under its code (:mod:`snapshots`); a ``proof`` is only looked at and is not.

    :raises UserError: unknown kind, format, edition or period, no figures for the period, or the file can't be written.
    """
    wanted = _wanted(ledger, kind, period, fmt, edition)
    check_place(ledger, fmt, out)
    progress(0, 2, "汇总数据")
    composed = compose(ledger, wanted, period, edition, made_on or datetime.now().astimezone().date())
    document = composed.document
    if cancelled():
        raise CancelledError
    progress(1, 2, "排版")
    written = write_document(document, fmt, out)
    progress(2, 2, "")
    snapshot = snapshot_of(kind, period, edition, document)
    if not proof:
        record(ledger, snapshot)
    return ReportFile(
        file=written.file,
        pages=written.pages,
        figures=written.figures,
        missing_glyphs=tuple(written.missing_glyphs),
        remarks=(*composed.remarks, *wanted.remarks(ledger, period)),
        snapshot=snapshot,
        placed=placed_figures(written),
        paragraphs=composed.paragraphs,
    )


def edit_text(ledger: Ledger, kind: str, period: Period, edition: str, key: str, text: str) -> None:
    """Write the clerk's words over a paragraph; see :func:`texts.set_text`.

    :raises UserError: the report cannot be made, has no such paragraph, or the words are too long.
    """
    texts.set_text(ledger, kind, period, edition, _computed(ledger, kind, period, edition), key, text)


def reset_text(ledger: Ledger, kind: str, period: Period, edition: str, key: str) -> None:
    """The computed words again, of one paragraph or (``key`` empty) of the whole report."""
    texts.reset_text(ledger, kind, period, edition, KINDS[kind].title, key)


def renew_figures(ledger: Ledger, kind: str, period: Period, edition: str, key: str) -> None:
    """Put today's figures into edited words in place of those that have moved.

    :raises UserError: the report cannot be made.
    """
    document = _computed(ledger, kind, period, edition)
    _, paragraphs = texts.edited(ledger, kind, period, edition, document)
    for paragraph in paragraphs:
        if paragraph.key == key and paragraph.placed:
            texts.renew_figures(ledger, kind, period, edition, document, paragraph)


def report_sections(
    ledger: Ledger, kind: str, period: Period, edition: str, *, shipped: bool = False
) -> tuple[SectionRow, ...]:
    """The sections of a report in their order; ``shipped``: as the program arranges them.

    :raises UserError: the report cannot be made.
    """
    wanted = _wanted(ledger, kind, period, "pdf", edition)
    document = wanted.build(ledger, period, edition, datetime.now().astimezone().date())
    return layouts.sections(ledger, kind, document, shipped=shipped)


def set_sections(ledger: Ledger, kind: str, rows: Sequence[SectionRow]) -> None:
    """Store the arrangement of a kind of report; none is the program's own again; see :func:`layouts.set_layout`."""
    layouts.set_layout(ledger, kind, KINDS[kind].title, rows)


def report_form(ledger: Ledger, kind: str, period: Period) -> FormRow:
    """The official form of a report, as set or proposed."""
    return formality.form(ledger, kind, period)


def set_form(ledger: Ledger, kind: str, period: Period, row: FormRow) -> None:
    """Store the official form of a report; see :func:`formality.set_form`."""
    formality.set_form(ledger, kind, KINDS[kind].title, period, row)


def _computed(ledger: Ledger, kind: str, period: Period, edition: str) -> Document:
    wanted = _wanted(ledger, kind, period, "pdf", edition)
    return computed(ledger, wanted, period, edition, datetime.now().astimezone().date())


def write_document(document: Document, fmt: str, out: Path) -> WrittenReport:
    """Write any document as pdf, docx or xlsx. The writers are loaded when they are needed: none is at start-up.

    :raises UserError: the place cannot be written.
    """
    match fmt:
        case "docx":
            from desktop_app.reporting.docx.writer import write_docx

            return write_docx(document, out)
        case "xlsx":
            from desktop_app.reporting.xlsx.writer import write_xlsx

            return write_xlsx(document, out)
        case _:
            from desktop_app.reporting.pdf.writer import write_pdf

            return write_pdf(document, out)


def _wanted(ledger: Ledger, code: str, period: Period, fmt: str, edition: str) -> ReportKind:
    kind = KINDS.get(code)
    if kind is None:
        raise UserError(f"还不能打印这种报表：{code}", hint=f"可用：{'、'.join(KINDS)}")
    if fmt not in kind.formats:
        raise UserError(f"{kind.title}不能输出成 {fmt}", hint=f"可用：{'、'.join(kind.formats)}")
    if edition not in EDITIONS:
        raise UserError(f"没有这种版本：{edition}", hint=f"可用：{'、'.join(EDITIONS)}")
    if edition not in kind.editions:
        from desktop_app.reporting.content import Edition

        raise UserError(f"{kind.title}没有{Edition(edition).label}", hint=f"可用：{'、'.join(kind.editions)}")
    if period.kind not in kind.periods:
        raise UserError(f"{kind.title}不能按 {period} 做", hint=kind.period_hint)
    blocked = kind.blocked(ledger, period)
    if blocked:
        raise UserError(blocked, hint=kind.blocked_hint)
    return kind


def check_place(ledger: Ledger, fmt: str, out: Path) -> None:
    """A report is written over an earlier report, never over a ledger or a company's file."""
    if out.suffix.lower() != f".{fmt}":
        raise UserError(f"报表要存成 .{fmt} 文件", hint=f"例如 {out.stem}.{fmt}", where=str(out))
    if ledger.path is not None and out.exists() and out.samefile(ledger.path):
        raise UserError("报表不能盖掉台账", hint="请另取一个文件名", where=str(out))
    if out.exists() and out.is_file() and out.stat().st_size and not _is_ours(out, fmt):
        named = {"pdf": "不是 PDF 的", "docx": "不是本程序做的 Word", "xlsx": "不是本程序做的表格"}[fmt]
        raise UserError(f"那里有一个{named}文件，没有覆盖它", hint="请另取一个文件名", where=str(out))


def _is_ours(path: Path, fmt: str) -> bool:
    """Any PDF may be replaced; of office files only reports: another may be a company's file."""
    if fmt == "pdf":
        with path.open("rb") as file:
            return file.read(5) == b"%PDF-"
    try:
        with zipfile.ZipFile(path) as package:
            return "邮管台账".encode() in package.read("docProps/core.xml")
    except (zipfile.BadZipFile, KeyError, OSError):
        return False
