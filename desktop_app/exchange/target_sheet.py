"""目标表: the workbook in which targets travel: the form, lists to choose from, a page on how to fill it in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.catalogue.model import Catalogue
from desktop_app.catalogue.target_form import COMPARATORS, GUIDE, LISTS, SHEET, WORDED, TargetField
from desktop_app.catalogue.targets import Measure, Target
from desktop_app.exchange.cells import put_text
from desktop_app.exchange.return_sheet import save_book
from desktop_app.models.values import Month

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {
    TargetField.DOCUMENT: 30,
    TargetField.CLAUSE: 14,
    TargetField.CODE: 14,
    TargetField.NAME: 24,
    TargetField.MEASURE: 11,
    TargetField.COMPARATOR: 8,
    TargetField.VALUE: 12,
    TargetField.UNIT: 10,
    TargetField.DUE: 13,
    TargetField.SCOPE: 14,
    TargetField.BASE_MONTH: 11,
    TargetField.BASE_VALUE: 11,
    TargetField.REGION: 15,
    TargetField.TEXT: 60,
}
FIELDS = tuple(_WIDTHS)
"""Columns of the form, in order."""
_ROOM = 300
"""Lines to fill in at least."""
_MEASURES = (*(measure.label for measure in Measure if measure is not Measure.STATED), WORDED)
_GUIDE = (
    "目标表怎样填",
    "一行一个目标，填在“目标”页；第一行的列名不要改，列不要增删。填好存盘，在“目标任务”里点“表格”—“由表格导入…”，或把文件拖到那一页上。",
    "导入时先列出认出的每一行和认不出的行、原因，点“登记”以后才存；存错了可以整批撤销。",
    "文件：文件的全名，例如 本局2021年工作要点。必填。",
    "条款：目标在文件里的位置，例如 第3条、专栏2。",
    "指标代码、指标名称：填一个就行，都填时要是同一个指标；代码和名称见“指标和单位”页。",
    "口径：水平（全年的数或期末的数）、同比增速、年均增速、累计增量、累计增幅。不填按水平。",
    "没有数的目标，口径选“文字目标”，写上文件、条款和原文就行，照原文登记，不判断。",
    "比较符：≥ 不低于、> 超过、≤ 不超过、< 低于、= 达到、约 左右。不填按 ≥。",
    "= 和 约 按 ≥ 登记（越低越好的指标按 ≤），导入时会说明。",
    "目标值：只写数；单位写在“单位”列，例如 800 和 万件。增速的单位是 %。",
    "期限：2025年、2022年6月、2021年1—9月，或 2025-12。量写到某个月的，指当年1月到该月的累计。",
    "范围：只指一部分时写明，例如 城区、主要品牌；不写就是全地区。",
    "基期、基期数：年均增速、累计增量、累计增幅要写从哪年或哪月算起，例如 2020年；文件写明了基期数的也写上。",
    "地区代码：不填就是本地；上级文件写上级的区划代码，例如 220200。",
    "原文：文件里的原话。只填文件、条款和原文也可以，程序从原文里认目标，例如 快递业务量完成24亿件、同比增长15%。",
    "示例（不要填在这一页）：本局2021年工作要点｜第3条｜MKT.VOL｜快递业务量｜水平｜≥｜800｜万件｜2021年｜｜｜｜｜快递业务量完成800万件",
)


def write_target_sheet(rows: Sequence[Target], catalogue: Catalogue, own_region: str, out: Path) -> None:
    """Write the workbook; without rows it is the empty form.

    :param own_region: the region code that is left out, because it is what a blank cell means.
    :raises UserError: the place cannot be written.
    """
    from openpyxl import Workbook

    book = Workbook()
    page = book.active or book.create_sheet()
    page.title = SHEET
    lists = book.create_sheet(LISTS)
    _lists(lists, catalogue)
    _guide(book.create_sheet(GUIDE))
    last = max(_ROOM, len(rows) + 50) + 1
    _heads(page)
    _body(page, rows, own_region, last)
    _choices(page, catalogue, last)
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = page.protection.sort = False
    page.protection.autoFilter = False
    page.freeze_panes = "A2"
    page.page_setup.paperSize, page.page_setup.orientation = 9, "landscape"
    page.print_title_rows = "1:1"
    save_book(book, out)


def _heads(page: Worksheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for column, field in enumerate(FIELDS, start=1):
        cell = page.cell(1, column, field.value)
        cell.font, cell.alignment = Font(bold=True), Alignment(horizontal="center", vertical="center")
        cell.fill = PatternFill("solid", fgColor="FFE8F2EC")
        page.column_dimensions[cell.column_letter].width = _WIDTHS[field]
    page.row_dimensions[1].height = 22


def _body(page: Worksheet, rows: Sequence[Target], own_region: str, last: int) -> None:
    from openpyxl.styles import Alignment, Border, Protection, Side

    thin = Side(style="thin", color="FFBBBBBB")
    box = Border(thin, thin, thin, thin)
    for number in range(2, last + 1):
        values = _cells(rows[number - 2], own_region) if number - 2 < len(rows) else {}
        for column, field in enumerate(FIELDS, start=1):
            cell = page.cell(number, column)
            cell.border, cell.protection = box, Protection(locked=False)
            cell.alignment = Alignment(wrap_text=field is TargetField.TEXT, vertical="top")
            # Numbers and dates are text too: what is written is what is read, to the last digit.
            cell.number_format = "@"
            if text := values.get(field, ""):
                put_text(cell, text)


def _cells(target: Target, own_region: str) -> dict[TargetField, str]:
    if target.indicator is None:
        return _worded_cells(target, own_region)
    return {
        TargetField.DOCUMENT: target.document,
        TargetField.CLAUSE: target.clause,
        TargetField.CODE: target.indicator or "",
        TargetField.NAME: "",
        TargetField.MEASURE: target.measure.label,
        TargetField.COMPARATOR: target.comparator.value,
        TargetField.VALUE: "" if target.value is None else f"{target.value:f}",
        TargetField.UNIT: target.unit,
        TargetField.DUE: _when(target.due),
        TargetField.SCOPE: target.scope,
        TargetField.BASE_MONTH: _when(target.base_month) if target.base_month is not None else "",
        TargetField.BASE_VALUE: "" if target.base_value is None else f"{target.base_value:f}",
        TargetField.REGION: "" if target.region == own_region else target.region,
        TargetField.TEXT: target.text,
    }


def _worded_cells(target: Target, own_region: str) -> dict[TargetField, str]:
    """A goal without an indicator: a figure that it may have stands in its text."""
    return {
        TargetField.DOCUMENT: target.document,
        TargetField.CLAUSE: target.clause,
        TargetField.NAME: target.name,
        TargetField.MEASURE: WORDED,
        TargetField.DUE: _when(target.due),
        TargetField.SCOPE: target.scope,
        TargetField.REGION: "" if target.region == own_region else target.region,
        TargetField.TEXT: target.text,
    }


def _when(month: Month) -> str:
    return f"{month.year}年" if month.month == 12 else month.label


def _lists(page: Worksheet, catalogue: Catalogue) -> None:
    """Codes, names and units; the choices of the form point here."""
    from openpyxl.styles import Font

    for column, (head, width) in enumerate(
        (("指标代码", 18), ("指标名称", 34), ("基本单位", 12), ("可用单位", 16)), start=1
    ):
        cell = page.cell(1, column, head)
        cell.font = Font(bold=True)
        page.column_dimensions[cell.column_letter].width = width
    for number, indicator in enumerate(catalogue.indicators.values(), start=2):
        for column, text in enumerate((indicator.code, indicator.name, indicator.base_unit), start=1):
            page.cell(number, column, text).number_format = "@"
    for number, name in enumerate(catalogue.units, start=2):
        page.cell(number, 4, name).number_format = "@"
    page.freeze_panes = "A2"
    page.protection.sheet = True


def _choices(page: Worksheet, catalogue: Catalogue, last: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    codes, units = len(catalogue.indicators) + 1, len(catalogue.units) + 1
    inline = {
        TargetField.MEASURE: ",".join(_MEASURES),
        TargetField.COMPARATOR: ",".join(COMPARATORS),
    }
    ranges = {
        TargetField.CODE: f"'{LISTS}'!$A$2:$A${codes}",
        TargetField.NAME: f"'{LISTS}'!$B$2:$B${codes}",
        TargetField.UNIT: f"'{LISTS}'!$D$2:$D${units}",
    }
    for field in (*inline, *ranges):
        formula = f'"{inline[field]}"' if field in inline else ranges[field]
        strict = field in inline or field is TargetField.CODE
        rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=strict)
        rule.errorTitle, rule.error = field.value, f"请从列表里选{field.value}"
        letter = get_column_letter(FIELDS.index(field) + 1)
        rule.add(f"{letter}2:{letter}{last}")
        page.add_data_validation(rule)


def _guide(page: Worksheet) -> None:
    from openpyxl.styles import Alignment, Font

    page.column_dimensions["A"].width = 110
    for number, line in enumerate(_GUIDE, start=1):
        cell = page.cell(number, 1, line)
        cell.font = Font(size=14, bold=True) if number == 1 else Font()
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        page.row_dimensions[number].height = 18 * (1 + len(line) // 62)
    page.protection.sheet = True
