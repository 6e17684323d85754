"""From a file to an import plan; nothing is written anywhere (读入、识别、换算、审核)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.errors import CancelledError, FileRefusedError
from desktop_app.importing.checks import run_checks
from desktop_app.importing.draft import Draft, Fact
from desktop_app.importing.grid import RawBook, RawSheet
from desktop_app.importing.plan import (
    FileKind,
    ImportContext,
    ImportOptions,
    ImportPlan,
    PlannedObservation,
    PreviewRow,
    Reading,
    RowCounts,
    RowRole,
)
from desktop_app.importing.readers import load_bytes, open_workbook
from desktop_app.importing.recognise.companies import CompanyIndex
from desktop_app.importing.recognise.context import settle_region, settle_status
from desktop_app.importing.recognise.kind import Recognised, recognise
from desktop_app.importing.recognise.units import is_unit
from desktop_app.importing.table import Table, read_table
from desktop_app.models.values import FigureStatus, Month, Severity, Span

Progress = Callable[[float, str], None]
Cancelled = Callable[[], bool]
_CHANGES_TOLD = 5


class _NoHistory:
    """A ledger that holds nothing: for inspecting a file without one."""

    def value(self, *_key: object) -> int | None:
        return None

    def status(self, *_key: object) -> FigureStatus | None:
        return None

    def reported_months(self, *_key: object) -> tuple[Month, ...]:
        return ()


@dataclass(frozen=True)
class _Opened:
    """A file with the sheet that was chosen in it."""

    path: Path
    data: bytes
    book: RawBook
    draft: Draft
    found: Recognised | None
    warnings: tuple[str, ...]


def plan_import(
    path: Path,
    context: ImportContext,
    options: ImportOptions,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportPlan:
    """What importing this file would do.

    :param progress: called with a share between 0 and 1 and a Chinese word for the step.
    :param cancelled: asked between the steps.
    :raises FileRefusedError: the file cannot be read or holds no table that we know.
    :raises CancelledError: the user has cancelled.
    """
    tell = _Steps(progress, cancelled)
    tell(0.0, "读文件")
    opened = _open(path, context, options)
    draft = opened.draft
    tell(0.4, "识别")
    if opened.found is None or not any(draft.body()):
        raise _unrecognised(draft)
    draft.kind = opened.found.kind
    draft.ground(opened.found.ground)
    settle_region(draft)
    if draft.kind not in {FileKind.REGISTRY, FileKind.ENTERPRISES}:
        settle_status(draft)
    _ragged_rows(draft)
    opened.found.build(draft)
    _finish_facts(draft)
    tell(0.7, "审核")
    run_checks(draft)
    tell(0.9, "汇总")
    plan = _plan(opened)
    tell(1.0, "完成")
    return plan


def inspect_file(path: Path, options: ImportOptions) -> Reading:
    """How a file is read, without a ledger; the layout is UNKNOWN where no kind fits.

    :raises FileRefusedError: the file cannot be read.
    """
    opened = _open(path, ImportContext("000000000000", "", (), (), _NoHistory()), options)
    if opened.found is not None:
        opened.draft.kind = opened.found.kind
    return _reading(opened)


class _Steps:
    def __init__(self, progress: Progress | None, cancelled: Cancelled | None) -> None:
        self._progress, self._cancelled = progress, cancelled

    def __call__(self, share: float, word: str) -> None:
        if self._cancelled is not None and self._cancelled():
            raise CancelledError
        if self._progress is not None:
            self._progress(share, word)


# --------------------------------------------------------------------------------------------------- opening


def _open(path: Path, context: ImportContext, options: ImportOptions) -> _Opened:
    data = load_bytes(path)
    book = open_workbook(path, options, data=data)
    sheets = _wanted_sheets(book, options, path)
    companies = CompanyIndex(context.enterprises, context.region_name)
    best: tuple[tuple[bool, bool, int], Draft, Recognised | None] | None = None
    recognised: list[str] = []
    for sheet in sheets:
        draft = _draft(path, sheet, context, options, companies)
        found = recognise(draft)
        if found is not None and not sheet.hidden:
            recognised.append(sheet.name)
        score = (found is not None, not sheet.hidden, _size(draft.table))
        if best is None or score > best[0]:
            best = (score, draft, found)
    if best is None:
        raise FileRefusedError("文件里没有任何内容", hint="请企业重新导出后再发一份", where=path.name)
    _, draft, found = best
    warnings = (*book.warnings, *draft.table.warnings, *_sheet_warnings(book, draft, recognised))
    return _Opened(path, data, book, draft, found, warnings)


def _wanted_sheets(book: RawBook, options: ImportOptions, path: Path) -> list[RawSheet]:
    filled = [sheet for sheet in book.sheets if any(any(row) for row in sheet.rows)]
    if options.sheet is None:
        if not filled:
            raise FileRefusedError("文件里没有任何内容", hint="请企业重新导出后再发一份", where=path.name)
        return filled
    chosen = [sheet for sheet in book.sheets if sheet.name == options.sheet]
    if not chosen and options.sheet.isdigit() and 1 <= int(options.sheet) <= len(book.sheets):
        chosen = [book.sheets[int(options.sheet) - 1]]
    if not chosen:
        names = "、".join(sheet.name for sheet in book.sheets if sheet.name)
        raise FileRefusedError(
            f"没有名为“{options.sheet}”的工作表",
            hint=f"工作簿里有：{names}" if names else "这不是工作簿",
            where=path.name,
        )
    return chosen


def _draft(
    path: Path, sheet: RawSheet, context: ImportContext, options: ImportOptions, companies: CompanyIndex
) -> Draft:
    table = read_table(sheet, is_unit)
    return Draft(path, table, table.names(options.join), load_catalogue(), context, options, companies)


def _size(table: Table) -> int:
    return sum(1 for row in table.data_rows for cell in table.cells[row] if cell)


def _sheet_warnings(book: RawBook, draft: Draft, recognised: list[str]) -> list[str]:
    chosen = draft.table.sheet.name
    warnings: list[str] = []
    if draft.table.sheet.hidden:
        warnings.append(f"工作表“{chosen}”是隐藏的")
    hidden = [s.name for s in book.sheets if s.hidden and s.name != chosen and any(any(row) for row in s.rows)]
    if hidden:
        warnings.append(f"隐藏的工作表没有读：{'、'.join(hidden)}")
    others = [name for name in recognised if name != chosen]
    if others:
        warnings.append(f"读的是工作表“{chosen}”；另有可读的工作表没有读：{'、'.join(others)}（请分别指定工作表导入）")
    elif sum(any(any(row) for row in s.rows) for s in book.sheets if not s.hidden) > 1:
        warnings.append(f"工作簿有几个工作表，读的是“{chosen}”")
    return warnings


def _unrecognised(draft: Draft) -> FileRefusedError:
    where = draft.file.name
    if draft.table.head is None:
        return FileRefusedError(
            "没有找到表头，不知道每一列是什么",
            hint="表里应有一行列名，例如：企业名称、业务量（件）、业务收入（元）",
            where=where,
        )
    if not draft.table.data_rows and not draft.table.total_rows:
        return FileRefusedError("表里只有表头，没有数据", hint="请企业填好后再发一份", where=where)
    seen = "、".join(name for name in draft.names if name)[:80]
    return FileRefusedError(
        f"认不出这是什么表，缺少指标、企业或村的列（列名有：{seen}）",
        hint="列名请用常用的名称，例如：企业名称、快递业务量、快递业务收入；或请企业用国邮定2.1表填报",
        where=where,
    )


# --------------------------------------------------------------------------------------------------- the plan


def _ragged_rows(draft: Draft) -> None:
    """A row with filled cells beyond the head has slipped: a separator inside a figure, most likely."""
    head = draft.table.head
    if head is None:
        return
    named = max((c for c, levels in enumerate(head.levels) if levels), default=-1) + 1
    for row, _ in draft.body():
        extra = sum(1 for cell in draft.table.cells[row][named:] if cell)
        if extra:
            draft.error(
                "ROW_TOO_LONG",
                f"这一行比表头多 {extra} 格，各列可能错位",
                "多半是数字里的逗号没有加引号；请企业另存为 .xlsx 再发",
                row=row,
                value="｜".join(draft.table.cells[row][named:])[:60],
            )


def _finish_facts(draft: Draft) -> None:
    """Figures of rows with errors are not planned."""
    draft.facts = [fact for fact in draft.facts if fact.figure.row not in draft.broken_rows]


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


def _counts(draft: Draft) -> RowCounts:
    rows = [row for row, _ in draft.body()]
    rejected = {row for row in rows if row in draft.broken_rows or draft.file_broken}
    skipped = {row for row in rows if row in draft.skipped and row not in rejected}
    return RowCounts(len(rows), len(rows) - len(rejected) - len(skipped), len(rejected), len(skipped))


def _totals(draft: Draft, observations: list[PlannedObservation]) -> dict[str, int]:
    if draft.kind is FileKind.COVERAGE:
        return {"VILLAGES": len({c.village_code for c in draft.coverage}), "RECORDS": len(draft.coverage)}
    if draft.kind is FileKind.REGISTRY:
        return {"VILLAGES": sum(1 for region in draft.regions if region.administrative_village)}
    totals: Counter[str] = Counter()
    for item in observations:
        if item.span is Span.MONTH and item.value is not None:
            totals[item.indicator] += item.value
    return dict(totals)


def _plan(opened: _Opened) -> ImportPlan:
    draft = opened.draft
    facts = [fact for fact in draft.facts if fact.figure.row not in draft.broken_rows]
    observations = [_observation(draft, fact) for fact in facts]
    months = {item.month for item in observations} | {item.month for item in draft.coverage}
    companies = {fact.enterprise.id: fact.enterprise for fact in facts if fact.enterprise}
    one = next(iter(companies.values())) if len(companies) == 1 else draft.enterprise
    issues = sorted(draft.issues, key=lambda issue: (issue.severity is not Severity.ERROR, issue.row or 0))
    _tell_changes(draft)
    return ImportPlan(
        reading=_reading(opened),
        kind=draft.kind,
        enterprise_id=one.id if one else None,
        enterprise_name=one.name if one else "",
        month=draft.month or (next(iter(months)) if len(months) == 1 else None),
        region=draft.region,
        status=draft.status,
        counts=_counts(draft),
        issues=tuple(issues),
        grounds=tuple(draft.grounds),
        observations=tuple(observations),
        coverage=tuple(c for c in draft.coverage if c.row - 1 not in draft.broken_rows),
        regions=tuple(draft.regions),
        enterprises=tuple(draft.enterprises),
        totals=_totals(draft, observations),
        column_meanings=tuple(draft.meanings.get(column, "跳过") for column in range(draft.table.width)),
    )


def _tell_changes(draft: Draft) -> None:
    """Which cells were read otherwise than they stand (换写), the first few by name."""
    if not draft.changes:
        return
    head = "；".join(f"第{row + 1}行{change}" for row, change in draft.changes[:_CHANGES_TOLD])
    more = " 等" if len(draft.changes) > _CHANGES_TOLD else ""
    draft.ground(f"{len(draft.changes)} 处换写：{head}{more}")


def _reading(opened: _Opened) -> Reading:
    draft, table = opened.draft, opened.draft.table
    roles = table.roles
    raw = table.sheet.rows
    rows = tuple(
        PreviewRow(number + 1, role, raw[number], number in draft.broken_rows) for number, role in enumerate(roles)
    )
    return Reading(
        file_name=opened.path.name,
        sha256=hashlib.sha256(opened.data).hexdigest(),
        size=len(opened.data),
        encoding=opened.book.encoding,
        delimiter=opened.book.delimiter,
        quote=opened.book.quote,
        sheet=table.sheet.name,
        sheets=tuple(sheet.name for sheet in opened.book.sheets if sheet.name),
        title=table.title,
        unit=table.unit,
        layout=draft.kind,
        header_rows=tuple(row + 1 for row in table.head.rows) if table.head else (),
        columns=draft.names,
        rows=rows,
        total_rows=tuple(row + 1 for row in table.total_rows),
        note_rows=tuple(row + 1 for row, role in enumerate(roles) if role is RowRole.NOTE),
        warnings=opened.warnings,
    )
