"""From a file to an import plan; nothing is written anywhere (读入、识别、换算、审核)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.template_code import SHEET as CODE_SHEET
from desktop_app.catalogue.template_code import TemplateCode, read_code
from desktop_app.errors import CancelledError, FileRefusedError
from desktop_app.importing.building import build, tell_damage
from desktop_app.importing.bulk.sink import Sink
from desktop_app.importing.checks import run_checks
from desktop_app.importing.draft import Draft
from desktop_app.importing.grid import ERROR_CELL, FORMULA_WITHOUT_VALUE, RawBook, RawSheet
from desktop_app.importing.outcome import Source, make_plan, make_reading
from desktop_app.importing.plan import ImportContext, ImportOptions, ImportPlan, Reading
from desktop_app.importing.readers import load_bytes, open_workbook
from desktop_app.importing.readers.encoding import was_garbled
from desktop_app.importing.recognise.by_hand import settle_said
from desktop_app.importing.recognise.by_profile import settle_code, settle_profile
from desktop_app.importing.recognise.companies import CompanyIndex
from desktop_app.importing.recognise.kind import Recognised, recognise
from desktop_app.importing.recognise.units import is_unit
from desktop_app.importing.recognise.vocabulary import recognising
from desktop_app.importing.recognise.years import settle_month_heads, settle_years, years_without_month
from desktop_app.importing.table import Table, read_table
from desktop_app.models.values import FigureStatus, Month

LARGE = 2 * 1024 * 1024
"""Bytes from which a text file is read in pieces."""

_NO_TABLES = ("说明", "封面", "目录", "索引", "字典", "readme")
_ANY_TABLE = 1 << 40
Progress = Callable[[float, str], None]
Cancelled = Callable[[], bool]


class _NoHistory:
    """A ledger that holds nothing: for inspecting a file without one."""

    def value(self, *_key: object) -> int | None:
        return None

    def status(self, *_key: object) -> FigureStatus | None:
        return None

    def reported_months(self, *_key: object) -> tuple[Month, ...]:
        return ()

    def companies_report(self, *_key: object) -> bool:
        return False


@dataclass(frozen=True)
class _Opened:
    """A file with the sheet that was chosen in it."""

    source: Source
    draft: Draft
    found: Recognised | None


def plan_import(
    path: Path,
    context: ImportContext,
    options: ImportOptions,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    sink: Sink | None = None,
) -> ImportPlan:
    """What importing this file would do.

    :param sink: see :func:`desktop_app.importing.bulk.planner.plan_large`.
    :param progress: called with a share between 0 and 1 and a Chinese word for the step.
    :param cancelled: asked between the steps.
    :raises FileRefusedError: the file cannot be read or holds no table that we know.
    :raises CancelledError: the user has cancelled.
    """
    with recognising(context.catalogue):
        tell = Steps(progress, cancelled)
        tell(0.0, "读文件")
        if is_large(path):
            from desktop_app.importing.bulk.planner import plan_large

            large = plan_large(path, context, options, tell, sink)
            if large is not None:
                return large
        return _plan(path, context, options, tell, cancelled)


def _plan(
    path: Path, context: ImportContext, options: ImportOptions, tell: Steps, cancelled: Cancelled | None
) -> ImportPlan:
    opened = _open(path, context, options, cancelled)
    draft = opened.draft
    tell(0.4, "识别")
    if opened.found is None or not any(draft.body()):
        raise _unrecognised(opened)
    _tell_unread(opened)
    build(draft, opened.found)
    tell(0.7, "审核")
    run_checks(draft)
    tell(0.9, "汇总")
    plan = make_plan(draft, make_reading(draft, opened.source))
    tell(1.0, "完成")
    return plan


def is_large(path: Path) -> bool:
    """Whether a file is of a size that is read in pieces if its content allows it."""
    try:
        return path.stat().st_size >= LARGE
    except OSError:
        return False


def inspect_file(path: Path, options: ImportOptions) -> Reading:
    """How a file is read, without a ledger; the layout is UNKNOWN where no kind fits.

    :raises FileRefusedError: the file cannot be read.
    """
    opened = _open(path, ImportContext("000000000000", "", (), (), _NoHistory()), options)
    if opened.found is not None:
        opened.draft.kind = opened.found.kind
    return make_reading(opened.draft, opened.source)


class Steps:
    """Tells how far planning is, and stops it when the user has cancelled."""

    def __init__(self, progress: Progress | None, cancelled: Cancelled | None) -> None:
        self._progress, self._cancelled = progress, cancelled

    def __call__(self, share: float, word: str) -> None:
        """``share`` of the work is done."""
        if self._cancelled is not None and self._cancelled():
            raise CancelledError
        if self._progress is not None:
            self._progress(share, word)


def _tell_unread(opened: _Opened) -> None:
    """A second table, another sheet that could be read as well, or damaged cells are not passed over in silence."""
    tell_damage(opened.draft, opened.source.warnings)
    for words in opened.source.warnings:
        if "没有读" in words and not words.startswith("隐藏"):
            opened.draft.warn("UNREAD_PART", words, "还有用的部分请另存成一个文件再导入；确实不要的写明原因")


# --------------------------------------------------------------------------------------------------- opening


def _open(path: Path, context: ImportContext, options: ImportOptions, cancelled: Cancelled | None = None) -> _Opened:
    data = load_bytes(path)
    book = open_workbook(path, options, data=data, cancelled=cancelled)
    book, code = split_code(book)
    sheets = _wanted_sheets(book, options, path)
    companies = CompanyIndex(context.enterprises, context.region_name)
    best: tuple[tuple[bool, bool, int], Draft, Recognised | None] | None = None
    recognised: list[str] = []
    for sheet in sheets:
        draft = make_draft(path, read_table(sheet, is_unit), context, options, companies)
        draft.code = code
        settle_code(draft)
        settle_said(draft)
        settle_profile(draft)
        settle_month_heads(draft)
        settle_years(draft)
        found = recognise(draft)
        if found is not None and not sheet.hidden:
            recognised.append(sheet.name)
        score = (found is not None, not sheet.hidden, _size(draft.table) if found else _weight(draft.table))
        if best is None or score > best[0]:
            best = (score, draft, found)
    if best is None:
        raise FileRefusedError("文件里没有任何内容", hint="请企业重新导出后再发一份", where=path.name)
    _, draft, found = best
    warnings = (
        *book.warnings,
        *draft.table.warnings,
        *_flag_warnings(draft),
        *_sheet_warnings(book, draft, recognised),
    )
    return _Opened(Source(path.name, data, book, warnings), draft, found)


def split_code(book: RawBook) -> tuple[RawBook, TemplateCode | None]:
    """The book without the hidden sheet of a template, and the code that stands in it."""
    marked = [sheet for sheet in book.sheets if sheet.name == CODE_SHEET]
    code = next((found for sheet in marked if (found := read_code(sheet.rows)) is not None), None)
    if not marked:
        return book, None
    told = () if code else (f"隐藏的“{CODE_SHEET}”表被改动过，不作数；按普通的表读",)
    rest = tuple(sheet for sheet in book.sheets if sheet.name != CODE_SHEET)
    return replace(book, sheets=rest, warnings=(*book.warnings, *told)), code


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


def make_draft(
    path: Path, table: Table, context: ImportContext, options: ImportOptions, companies: CompanyIndex
) -> Draft:
    """A draft about which nothing is decided yet."""
    return Draft(path, table, table.names("/"), context.catalogue or load_catalogue(), context, options, companies)


def _size(table: Table) -> int:
    return sum(1 for row in table.data_rows for cell in table.cells[row] if cell)


def _weight(table: Table) -> int:
    """Of sheets that no kind fits the first with a table counts; a cover, a list of contents or help is none."""
    if any(word in table.sheet.name.lower() for word in _NO_TABLES):
        return 0
    return _ANY_TABLE if table.head is not None and len(table.data_rows) > 1 else _size(table)


def _flag_warnings(draft: Draft) -> list[str]:
    """Cells without a usable value, wherever they stand."""
    warnings: list[str] = []
    for code, words in (
        (FORMULA_WITHOUT_VALUE, "个公式没有保存结果，读不出数"),
        (ERROR_CELL, "个单元格是错误值（如 #REF!）"),
    ):
        rows = sorted({row + 1 for (row, _), flag in draft.table.sheet.flags.items() if flag.code == code})
        if rows:
            count = sum(flag.code == code for flag in draft.table.sheet.flags.values())
            places = "、".join(map(str, rows[:5])) + (" 等" if len(rows) > 5 else "")
            warnings.append(f"{count} {words}（第{places}行）")
    return warnings


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


def _unrecognised(opened: _Opened) -> FileRefusedError:
    draft = opened.draft
    where = draft.file.name
    if draft.table.head is None:
        return FileRefusedError(
            "没有找到表头，不知道每一列是什么",
            hint="表里应有一行列名，例如：企业名称、业务量（件）、业务收入（元）",
            where=where,
        )
    if not draft.table.data_rows and not draft.table.total_rows:
        return FileRefusedError("表里只有表头，没有数据", hint="请企业填好后再发一份", where=where)
    seen = "、".join(name for name in draft.shown if name)[:80]
    if was_garbled(" ".join((draft.table.title, *draft.names))):
        return UnrecognisedError.of(
            opened,
            f"文字是乱码（列名读出来是：{seen[:40]}），保存时编码弄错了",
            "请企业用 Excel 或 WPS 打开原表，另存为 .xlsx 后再发",
        )
    if years := years_without_month(draft):
        return UnrecognisedError.of(
            opened,
            f"列名只写了年份（{years}），没有写是哪几个月的数，认不出是当月、累计还是全年",
            "请企业把列名写成“2021年3月”或“2021年1—3月”；或在表题里写明月份，如“2021年3月”",
        )
    if daily := [name for name in draft.names if "日均" in name]:
        return UnrecognisedError.of(
            opened,
            f"表里只有日均数（{'、'.join(daily)[:60]}），台账记的是整月的数，日均乘天数只是约数",
            "请企业改报当月合计，例如：快递业务量、快递业务收入；日均由程序自己算",
        )
    return UnrecognisedError.of(
        opened,
        f"认不出这是什么表，缺少指标、企业或村的列（列名有：{seen}）",
        "列名请用常用的名称，例如：企业名称、快递业务量、快递业务收入；或请企业用国邮定2.1表填报",
    )


class UnrecognisedError(FileRefusedError):
    """A table that was read but is of no kind that we know; ``plan`` shows it, so that its columns can be named."""

    plan: ImportPlan

    @classmethod
    def of(cls, opened: _Opened, message: str, hint: str) -> UnrecognisedError:
        """The refusal with the table as it reads; every row of it counts as rejected."""
        opened.draft.error("UNREADABLE", message, hint)
        error = cls(message, hint=hint, where=opened.draft.file.name)
        error.plan = make_plan(opened.draft, make_reading(opened.draft, opened.source))
        return error
