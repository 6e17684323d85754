"""退回表 and 空白模板: files that go to the companies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import UserError
from desktop_app.importing.plan import ImportPlan, Issue
from desktop_app.models.values import Month, Severity
from desktop_app.services import context
from desktop_app.services.results.imports import FilePreview
from desktop_app.services.results.returns import ReturnMade, TemplateMade
from desktop_app.storage import enterprises
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.exchange.return_sheet import Fault

_ZIP = b"PK\x03\x04"
MISSING_BUREAU = "县级邮政管理机构"


def make_return(
    ledger: Ledger, preview: FilePreview, out: Path, pdf: Path | None = None, *, made_on: date | None = None
) -> ReturnMade:
    """Write the company's own workbook with its problems marked and explained, and the printed 退回单 on wish.

    Nothing is noted in the ledger: that is ``imports.return_file``.

    :param out: the workbook (.xlsx).
    :raises UserError: the file could not be read at all, has no problem, or the place cannot be written.
    """
    plan = preview.plan
    if plan is None:
        raise UserError("这个文件没有读出表来，做不了退回表", hint="请直接告诉企业重发", where=preview.file_name)
    if not plan.issues:
        raise UserError("这个文件没有问题，不用退回", where=preview.file_name)
    if out.suffix.lower() != ".xlsx":
        raise UserError("退回表要存成 .xlsx 文件", hint=f"例如 {out.stem}.xlsx", where=str(out))
    if out.resolve() == preview.path.resolve():
        raise UserError("退回表不能盖掉企业的原文件", hint="请另取一个文件名", where=str(out))
    from desktop_app.exchange.return_sheet import ReturnSheet, write_return

    day = made_on or datetime.now().astimezone().date()
    month = plan.month.label if plan.month else "本期"
    faults = tuple(_fault(plan, issue) for issue in plan.issues)
    write_return(
        ReturnSheet(
            company=plan.enterprise_name,
            month_label=month,
            file_name=plan.reading.file_name,
            bureau=_bureau(ledger),
            date_label=_day(day),
            sheet=plan.reading.sheet,
            rows=tuple(row.cells for row in plan.reading.rows),
            faults=faults,
            content=_own_content(preview.path),
        ),
        out,
    )
    pages = 0 if pdf is None else _print(ledger, plan, faults, day, pdf)
    return ReturnMade(
        out,
        pdf,
        pages,
        len(plan.errors),
        len(plan.warnings),
        plan.enterprise_name,
        str(plan.month) if plan.month else "",
    )


def _print(ledger: Ledger, plan: ImportPlan, faults: tuple[Fault, ...], day: date, pdf: Path) -> int:
    from desktop_app.reporting.pdf.writer import write_pdf
    from desktop_app.reporting.return_note import Problem, ReturnNote, build_return_note

    problems = tuple(Problem(fault.place, fault.kind, fault.message, fault.how) for fault in faults)
    badges = ("示例数据",) if context.home(ledger).sample else ()
    month = plan.month.label if plan.month else "本期"
    note = ReturnNote(plan.enterprise_name, month, plan.reading.file_name, problems, _bureau(ledger), day, badges)
    return write_pdf(build_return_note(note), pdf).pages


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _bureau(ledger: Ledger) -> str:
    own = context.home(ledger)
    return own.bureau or (f"{own.name}邮政管理机构" if own.name else MISSING_BUREAU)


def _own_content(path: Path) -> bytes | None:
    """The bytes of an XLSX; another kind of file goes back as a workbook of its cells."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserError("原文件读不到了", hint="请把 U 盘或文件夹接上再试", where=path.name) from error
    return content if content.startswith(_ZIP) else None


def _fault(plan: ImportPlan, issue: Issue) -> Fault:
    from desktop_app.exchange.return_sheet import Fault

    row, columns = _place(plan, issue)
    return Fault(
        blocks=issue.severity is Severity.ERROR,
        message=issue.message,
        how=issue.suggestion.replace("请企业", "请"),
        head=issue.column,
        value=issue.value,
        row=row,
        columns=columns,
    )


def _place(plan: ImportPlan, issue: Issue) -> tuple[int | None, tuple[int, ...]]:
    """Row and columns (from 1) of the cells that an issue means: the cell, the head, or the filled cells of the row."""
    reading = plan.reading
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
    forms = catalogue.forms
    chosen = forms.get(form) if form else next(iter(forms.values()))
    if chosen is None:
        raise UserError(f"没有表式 {form}", hint=f"可用：{'、'.join(forms)}")
    name = _company(ledger, company, month)
    code = TemplateCode(chosen.code, name, month, context.home(ledger).region)
    due = f"{month.shift(1).month}月{catalogue.rules.due_day}日"
    write_template(Template(chosen, name, code, due), out)
    return TemplateMade(out, chosen.code, name, str(month))


def make_templates(
    ledger: Ledger, month: Month, folder: Path, progress: Callable[[int, int, str], None] | None = None
) -> tuple[TemplateMade, ...]:
    """One template for every company that is open in the month.

    :raises UserError: the folder cannot be written.
    """
    with ledger.read() as session:
        names = [(e.name, e.short_name or e.name) for e in enterprises.enterprises(session, month=month)]
    made = []
    for number, (name, short) in enumerate(names):
        if progress is not None:
            progress(number, len(names), short)
        made.append(make_template(ledger, name, month, folder / f"{short}_{month}_月报.xlsx"))
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
        raise UserError(f"{company.name}在{month.label}没有营业", hint="请核对月份和企业档案中的开停业时间")
    return company.name
