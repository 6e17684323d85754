"""退回表 and 空白模板: files that go to the companies."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from desktop_app.errors import CancelledError, FileRefusedError, UserError
from desktop_app.importing.plan import ImportOptions, Issue, Reading
from desktop_app.models.values import BatchState, Month, Severity
from desktop_app.services import context
from desktop_app.services.results.imports import FilePreview
from desktop_app.services.results.returns import ReturnMade, TemplateMade
from desktop_app.storage import batches, enterprises
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.exchange.return_sheet import Fault

_TO_THE_CLERK = (
    "退回企业",
    "本局",
    "入库",
    "填写原因",
    "写明原因",
    "企业已确认",
    "台账里",
    "里选",
    "里另选",
    "请选",
    "后选",
    "小牌",
)
"""Words of sentences that tell the clerk what to do."""
MISSING_BUREAU = "县级邮政管理机构"


@dataclass(frozen=True)
class _Case:
    """A file that goes back, wherever it comes from: the table, or what the ledger keeps of a return."""

    company: str
    month: Month | None
    file_name: str
    reading: Reading | None
    """None where the file cannot be read any more; then only the printed 退回单 can be made."""
    issues: tuple[Issue, ...]
    reason: str = ""


def make_return(
    ledger: Ledger,
    preview: FilePreview,
    out: Path,
    pdf: Path | None = None,
    *,
    reason: str = "",
    options: ImportOptions | None = None,
    made_on: date | None = None,
) -> ReturnMade:
    """Write the company's own workbook with its problems marked and explained, and the printed 退回单 on wish.

    Nothing is noted in the ledger: that is ``imports.return_file``.

    :param out: the workbook (.xlsx).
    :param reason: what the clerk has said; a file without problems needs it.
    :param options: how the preview was read (sheet, encoding, password).
    :raises UserError: the file could not be read at all, has no problem, or the place cannot be written.
    """
    plan = preview.plan
    if plan is None:
        raise UserError("这个文件没有读出表来，做不了退回表", hint="请直接告诉企业重发", where=preview.file_name)
    if not plan.issues and not reason.strip():
        raise UserError("这个文件没有问题，不用退回", where=preview.file_name)
    if out.resolve() == preview.path.resolve():
        raise UserError("退回表不能盖掉企业的原文件", hint="请另取一个文件名", where=str(out))
    case = _Case(plan.enterprise_name, plan.month, plan.reading.file_name, plan.reading, plan.issues, reason.strip())
    day = made_on or datetime.now().astimezone().date()
    _write_workbook(ledger, case, preview.path, options or ImportOptions(), day, out)
    pages = 0 if pdf is None else _print(ledger, case, day, pdf)
    return _made(case, out, pdf, pages)


def return_batch(
    ledger: Ledger,
    batch_id: int,
    folder: Path,
    *,
    password: str | None = None,
    made_on: date | None = None,
) -> ReturnMade:
    """Workbook and 退回单 of a file that has been sent back, from the file that the ledger keeps.

    :param folder: where both go; it is made when it is not there. Nothing in it is overwritten.
    :param password: of a locked workbook; without it only the 退回单 is made.
    :raises UserError: the batch is no return, or the place cannot be written.
    """
    case, content, options = _kept(ledger, batch_id, password)
    day = made_on or datetime.now().astimezone().date()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("文件夹建不了", hint="请换一个地方，例如 U 盘或文档", where=str(folder)) from error
    stem = Path(case.file_name).stem
    workbook = None
    with TemporaryDirectory(prefix="bureau-ledger-") as scratch:
        original = Path(scratch) / case.file_name
        original.write_bytes(content)
        read = _readable(original, options)
        if read is not None:
            case = replace(case, reading=read)
            workbook = unused(folder / f"退回表_{stem}.xlsx")
            _write_workbook(ledger, case, original, options, day, workbook)
    pdf = unused(folder / f"退回单_{stem}.pdf")
    return _made(case, workbook, pdf, _print(ledger, case, day, pdf))


def print_return(ledger: Ledger, batch_id: int, *, made_on: date | None = None) -> bytes:
    """The 退回单 of a file that has been sent back, as PDF.

    :raises UserError: the batch is no return.
    """
    case, _, _ = _kept(ledger, batch_id, None)
    day = made_on or datetime.now().astimezone().date()
    with TemporaryDirectory(prefix="bureau-ledger-") as scratch:
        out = Path(scratch) / "note.pdf"
        _print(ledger, case, day, out)
        return out.read_bytes()


def unused(path: Path) -> Path:
    """The path, or the next one with a number that is still free: 退回表_丁（2）.xlsx."""
    number, free = 2, path
    while free.exists():
        free = path.with_name(f"{path.stem}（{number}）{path.suffix}")
        number += 1
    return free


def _kept(ledger: Ledger, batch_id: int, password: str | None) -> tuple[_Case, bytes, ImportOptions]:
    """What the ledger knows of a return: case without reading, the file, and how it was read."""
    with ledger.read() as session:
        batch = batches.get_batch(session, batch_id)
        if batch.state is not BatchState.RETURNED:
            raise UserError(f"第 {batch_id} 号批次没有退回，不用做退回表", hint="只有“已退回”的批次才有退回材料")
        issues = batches.issues_of(session, batch_id)
        content = batches.read_evidence(session, batch.sha256)
        names = {company.id: company.name for company in enterprises.enterprises(session)}
    case = _Case(
        names.get(batch.enterprise_id or 0, ""),
        batch.month,
        batch.file_name,
        None,
        tuple(Issue(i.severity, i.code, i.message, i.suggestion, i.sheet, i.row, i.column, i.value) for i in issues),
        batch.reason,
    )
    return case, content, ImportOptions(sheet=batch.sheet or None, encoding=batch.encoding or None, password=password)


def _readable(path: Path, options: ImportOptions) -> Reading | None:
    from desktop_app.importing.planner import inspect_file

    try:
        return inspect_file(path, options)
    except FileRefusedError:
        return None


def _made(case: _Case, workbook: Path | None, pdf: Path | None, pages: int) -> ReturnMade:
    errors = sum(issue.severity is Severity.ERROR for issue in case.issues)
    month = str(case.month) if case.month else ""
    return ReturnMade(workbook, pdf, pages, errors, len(case.issues) - errors, case.company, month)


def _write_workbook(ledger: Ledger, case: _Case, original: Path, options: ImportOptions, day: date, out: Path) -> None:
    """The company's workbook with the problems marked.

    :raises UserError: the original cannot be read, or the place cannot be written.
    """
    if out.suffix.lower() != ".xlsx":
        raise UserError("退回表要存成 .xlsx 文件", hint=f"例如 {out.stem}.xlsx", where=str(out))
    from desktop_app.exchange.return_sheet import GridSheet, ReturnSheet, write_return
    from desktop_app.importing.readers import open_workbook

    assert case.reading is not None  # noqa: S101 (both callers have read it)
    try:
        content = original.read_bytes()
    except OSError as error:
        raise UserError("原文件读不到了", hint="请把 U 盘或文件夹接上再试", where=original.name) from error
    book = open_workbook(original, options, data=content)
    sheets = tuple(
        GridSheet(
            sheet.name,
            sheet.rows,
            tuple((m.top + 1, m.left + 1, m.bottom + 1, m.right + 1) for m in sheet.merges),
            sheet.hidden,
        )
        for sheet in book.sheets
    )
    write_return(
        ReturnSheet(
            company=case.company,
            month_label=case.month.label if case.month else "本期",
            file_name=case.file_name,
            bureau=_bureau(ledger),
            date_label=_day(day),
            sheet=case.reading.sheet,
            sheets=sheets,
            faults=_faults(case),
            content=_unlocked(content, options, original.name),
            reason=case.reason,
        ),
        out,
    )


def _unlocked(content: bytes, options: ImportOptions, name: str) -> bytes | None:
    """The bytes of an XLSX, opened with its password; None for another kind, which goes back as its cells."""
    from desktop_app.importing.readers.encrypted import decrypt
    from desktop_app.importing.readers.sniff import Content, sniff

    if sniff(content) is Content.ENCRYPTED:
        content = decrypt(content, options.password, name)
    return content if sniff(content) is Content.XLSX else None


def _print(ledger: Ledger, case: _Case, day: date, pdf: Path) -> int:
    from desktop_app.reporting.pdf.writer import write_pdf
    from desktop_app.reporting.return_note import Problem, ReturnNote, build_return_note

    problems = tuple(Problem(fault.place, fault.kind, fault.message, fault.how) for fault in _faults(case))
    badges = ("示例数据",) if context.home(ledger).sample else ()
    month = case.month.label if case.month else "本期"
    note = ReturnNote(case.company, month, case.file_name, problems, _bureau(ledger), day, badges, case.reason)
    return write_pdf(build_return_note(note), pdf).pages


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _bureau(ledger: Ledger) -> str:
    own = context.home(ledger)
    return own.bureau or (f"{own.name}邮政管理机构" if own.name else MISSING_BUREAU)


def _faults(case: _Case) -> tuple[Fault, ...]:
    from desktop_app.exchange.return_sheet import Fault

    faults = []
    for issue in case.issues:
        row, columns = (issue.row, ()) if case.reading is None else _place(case.reading, issue)
        faults.append(
            Fault(
                blocks=issue.severity is Severity.ERROR,
                message=issue.message,
                how=_for_company(issue.suggestion),
                head=issue.column,
                value=issue.value,
                row=row,
                columns=columns,
            )
        )
    return tuple(faults)


def _for_company(suggestion: str) -> str:
    """What the company is to do: of a suggestion to the clerk only what concerns the company."""
    parts = re.split(r"(?<=[。；])", suggestion)
    kept = "".join(part for part in parts if not any(word in part for word in _TO_THE_CLERK))
    return kept.replace("请企业", "请").rstrip("；。") or "请核对后改正"


def _place(reading: Reading, issue: Issue) -> tuple[int | None, tuple[int, ...]]:
    """Row and columns (from 1) of the cells that an issue means: the cell, the head, or the filled cells of the row."""
    named = [n for n, head in enumerate(reading.columns, start=1) if issue.column and head == issue.column]
    if issue.row is None:
        head_row = reading.header_rows[-1] if reading.header_rows else None
        return (head_row, tuple(named[:1])) if named and head_row else (None, ())
    cells = next((line.cells for line in reading.rows if line.number == issue.row), ())
    if len(named) > 1 and issue.value:
        named = [n for n in named if n <= len(cells) and cells[n - 1].strip() == issue.value] or named
    if named:
        return issue.row, tuple(named[:1])
    told = [n for n, cell in enumerate(cells, start=1) if issue.value and cell.strip() == issue.value]
    return issue.row, tuple(told[:1] or [n for n, cell in enumerate(cells, start=1) if cell])


# ----------------------------------------------------------------------------------------------- templates


def make_template(ledger: Ledger, company: str, month: Month, out: Path, form: str = "") -> TemplateMade:
    """Write the blank official form for one company and month.

    :param company: name, short name, alias or number.
    :param form: code of the form; the first of the catalogue by default.
    :raises UserError: unknown company or form, a company that is not open in that month, or no place to write.
    """
    from desktop_app.catalogue.template_code import TemplateCode
    from desktop_app.exchange.template import Template, write_template

    if out.suffix.lower() != ".xlsx":
        raise UserError("模板要存成 .xlsx 文件", hint=f"例如 {out.stem}.xlsx", where=str(out))
    catalogue = context.catalogue(ledger)
    forms = {code: each for code, each in catalogue.forms.items() if each.rows}
    chosen = forms.get(form) if form else next(iter(forms.values()))
    if chosen is None:
        raise UserError(f"没有表式 {form}", hint=f"可用：{'、'.join(forms)}")
    name = _company(ledger, company, month)
    code = TemplateCode(chosen.code, name, month, context.home(ledger).region)
    due = f"{month.shift(1).month}月{catalogue.rules.due_day}日"
    write_template(Template(chosen, name, code, due), out)
    return TemplateMade(out, chosen.code, name, str(month))


def make_templates(
    ledger: Ledger,
    month: Month,
    folder: Path,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    company: str = "",
) -> tuple[TemplateMade, ...]:
    """One template for every company that is open in the month, or for one of them.

    :param folder: made when it is not there. Nothing in it is overwritten: it may be a form that is filled already.
    :raises UserError: the folder cannot be written, or nobody is open in that month.
    :raises CancelledError: the user has cancelled; what has been written stays.
    """
    with ledger.read() as session:
        known = enterprises.enterprises(session, month=month)
    if company:
        wanted = _company(ledger, company, month)
        known = [each for each in known if each.name == wanted]
    if not known:
        raise UserError(f"{month.label}没有营业的企业", hint="请先导入企业名录，或换一个月份")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("文件夹建不了", hint="请换一个地方，例如 U 盘或文档", where=str(folder)) from error
    made = []
    for number, each in enumerate(known):
        if cancelled is not None and cancelled():
            raise CancelledError
        short = each.short_name or each.name
        if progress is not None:
            progress(number, len(known), f"正在做{short}的空白表")
        made.append(make_template(ledger, each.name, month, unused(folder / f"{short}_{month}_月报.xlsx")))
    return tuple(made)


def _company(ledger: Ledger, wanted: str, month: Month) -> str:
    from desktop_app.importing.plan import KnownEnterprise
    from desktop_app.importing.recognise.companies import CompanyIndex

    with ledger.read() as session:
        known = [
            KnownEnterprise(e.id, e.name, e.short_name, e.brand, e.aliases, e.opened, e.closed)
            for e in enterprises.enterprises(session)
        ]
    found = CompanyIndex(known, context.home(ledger).name).by_option(wanted).matches
    if len(found) != 1:
        names = "、".join(e.short_name or e.name for e in found[:6])
        raise UserError(
            f"“{wanted}”可以是几家企业：{names}" if found else f"“{wanted}”不在企业名录里", hint="请写企业全称"
        )
    company = found[0]
    if (company.opened and month < company.opened) or (company.closed and month > company.closed):
        raise UserError(f"{company.name}在{month.label}没有营业", hint="请核对月份和企业名录中的开办、停业日期")
    return company.name
