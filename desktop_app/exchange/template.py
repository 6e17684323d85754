"""空白模板: an official form for one company and month that comes back recognised with certainty."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.catalogue.model import FormRow, OfficialForm
from desktop_app.catalogue.template_code import SHEET, TemplateCode
from desktop_app.exchange.return_sheet import save_book

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADS = ("指标名称", "计量单位", "指标代码", "本期", "上年同期", "同比(%)", "本年累计")
WIDTHS = (30, 10, 10, 16, 16, 12, 16)
HEAD_ROW = 5
FIRST_ENTRY, RATE = 4, 6
"""Columns: the first one to fill in, and the one that holds a rate and may be negative."""
_STATES = ("未报", "不适用")


@dataclass(frozen=True)
class Template:
    """What a template is for. ``number``: as printed at the top right (国邮定2.1表)."""

    form: OfficialForm
    company: str
    code: TemplateCode
    due: str = ""


def write_template(template: Template, out: Path) -> None:
    """Write the workbook: form, and the hidden sheet with its code.

    :raises UserError: the place cannot be written.
    """
    from openpyxl import Workbook

    book = Workbook()
    page = book.active or book.create_sheet()
    page.title = template.form.title_words[0][:31]
    _form(page, template)
    hidden = book.create_sheet(SHEET)
    for line in template.code.rows():
        hidden.append(list(line))
    for row in hidden.iter_rows():
        for cell in row:
            cell.number_format = "@"
    hidden.sheet_state = "veryHidden"
    hidden.protection.sheet = True
    from openpyxl.workbook.protection import WorkbookProtection

    book.security = WorkbookProtection(lockStructure=True)
    save_book(book, out)


def _form(page: Worksheet, template: Template) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    last = len(HEADS)
    form = template.form
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=last)
    title = page.cell(1, 1, form.name)
    title.font, title.alignment = Font(size=16, bold=True), Alignment(horizontal="center")
    page.cell(2, last, f"表号：{form.title_words[0]}").alignment = Alignment(horizontal="right")
    page.cell(3, 1, f"填报单位：{template.company}")
    page.cell(3, 4, template.code.month.label)
    page.cell(3, last, f"计量单位：{'、'.join(dict.fromkeys(row.unit for row in form.rows))}").alignment = Alignment(
        horizontal="right"
    )
    page.cell(4, 1, "数据状态：")
    status = page.cell(4, 2, "月报")
    thin = Side(style="thin", color="FF666666")
    box = Border(thin, thin, thin, thin)
    for column, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True), start=1):
        cell = page.cell(HEAD_ROW, column, head)
        cell.font, cell.border = Font(bold=True), box
        cell.alignment = Alignment(horizontal="center")
        cell.fill = PatternFill("solid", fgColor="FFE8F2EC")
        page.column_dimensions[cell.column_letter].width = width
    for number, row in enumerate(form.rows, start=HEAD_ROW + 1):
        for column, text in enumerate((row.name, row.unit, row.code), start=1):
            cell = page.cell(number, column, text)
            cell.border, cell.number_format = box, "@"
            cell.font = Font(bold=row.total)
        for column in range(FIRST_ENTRY, last + 1):
            entry = page.cell(number, column)
            entry.border, entry.number_format = box, "#,##0.0" if column == RATE else _number_format(row)
            entry.protection = Protection(locked=False)
    end = HEAD_ROW + len(form.rows)
    _notes(page, template, end + 1)
    _validate(page, status.coordinate, end)
    status.protection = Protection(locked=False)
    _protect(page, end)


def _number_format(row: FormRow) -> str:
    return "#,##0" if row.unit == "件" else "#,##0.00"


def _notes(page: Worksheet, template: Template, start: int) -> None:
    from openpyxl.styles import Protection

    for column, text in ((1, "单位负责人："), (3, "统计负责人："), (5, "填表人："), (7, "报出日期：")):
        page.cell(start, column, text).protection = Protection(locked=False)
    due = f"请于{template.due}前报送。" if template.due else ""
    fill = "只填本期、上年同期、同比和本年累计四栏；没有数据填“未报”，没有这项业务填“不适用”，0 就是 0。"
    page.cell(start + 1, 1, f"注：1. {due}{fill}")
    page.cell(start + 2, 1, "注：2. 本表已写明企业和月份，请勿改作他用，也不要增删行列。")


def _validate(page: Worksheet, status: str, end: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(type="list", formula1='"月报,快报,预计"', allow_blank=False)
    choice.errorTitle, choice.error = "数据状态", "请选：月报、快报、预计"
    choice.add(status)
    page.add_data_validation(choice)
    for letters, least in (("DEG", 0), ("F", -100)):
        for letter in letters:
            first = f"{letter}{HEAD_ROW + 1}"
            words = ",".join(f'{first}="{word}"' for word in _STATES)
            rule = DataValidation(
                type="custom", formula1=f"OR(AND(ISNUMBER({first}),{first}>={least}),{words})", allow_blank=True
            )
            rule.errorTitle = "请填数字"
            rule.error = f"请填不小于 {least} 的数字；没有数据填“未报”，没有这项业务填“不适用”"
            rule.promptTitle, rule.prompt = "填写说明", "填数字，不写单位和逗号；没有数据填“未报”"
            rule.add(f"{first}:{letter}{end}")
            page.add_data_validation(rule)


def _protect(page: Worksheet, end: int) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    page.protection.sheet = True
    page.protection.formatColumns = False
    page.freeze_panes = f"D{HEAD_ROW + 1}"
    page.print_area = f"A1:G{end + 3}"
    page.page_setup.paperSize, page.page_setup.orientation = 9, "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 1
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_options.horizontalCentered = True
