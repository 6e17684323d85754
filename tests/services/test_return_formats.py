"""The company's own file comes back as it was, whatever its format, with exactly the wrong cells coloured."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.errors import UserError
from desktop_app.exchange.return_sheet import DOUBT_FILL, ERROR_FILL, EXPLANATION
from desktop_app.importing.plan import ImportOptions
from desktop_app.services import imports, returns
from desktop_app.services.results.returns import ReturnMade
from desktop_app.storage.engine import Ledger
from tests.importing.makers import csv_bytes, save, xls_bytes
from tests.reporting.reading import whole_text
from tests.services.demo import MARCH_FILES

DAY = date(2021, 4, 9)
FAULTY = (ERROR_FILL, DOUBT_FILL)
TITLE = "2021年3月快递企业业务量及收入汇总表"
HEAD = [
    ["序号", "企业名称", "业务量（件）", "", "", "", "业务收入（元）", "", "", "", ""],
    ["", "", "同城", "异地", "国际/港澳台", "合计", "同城", "异地", "国际/港澳台", "其他", "合计"],
]
WRONG = ["1", "示例丁快递有限公司", "1000", "两万左右", "100", "21100", "12000", "180000", "3000", "5000", "200000"]


def returned(ledger: Ledger, file: Path, folder: Path, reason: str = "请核对异地业务量") -> ReturnMade:
    preview = imports.preview_file(ledger, file, ImportOptions())
    assert preview.plan is not None, preview.issues
    batch = imports.return_file(ledger, preview, reason)
    return returns.return_batch(ledger, batch, folder, made_on=DAY)


def coloured(page: Worksheet) -> list[str]:
    return [cell.coordinate for row in page.iter_rows() for cell in row if cell.fill.fgColor.rgb in FAULTY]


def rich_book(path: Path, **more: bool) -> Path:
    """A book as a careful company makes it: two columns in, merged heads, formats, other sheets."""
    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "封面"
    cover["A1"] = "示例丁快递"
    page = book.create_sheet("报表")
    page.merge_cells("C2:M2")
    page["C2"] = TITLE
    page["C2"].font = Font(name="黑体", size=16, bold=True)
    for row, cells in enumerate((*HEAD, WRONG), start=4):
        for column, text in enumerate(cells, start=3):
            if text:
                page.cell(row, column, int(text) if text.isdigit() else text)
    for merge in ("C4:C5", "D4:D5", "E4:H4", "I4:M4"):
        page.merge_cells(merge)
    page["E6"].number_format = "#,##0"
    page["E6"].fill = PatternFill("solid", fgColor="FFCCE5FF")
    page["E6"].comment = Comment("含代收", "丁")
    page["M6"] = "=SUM(I6:L6)" if more.get("formulas") else 200000
    page["C8"] = "=2+2"
    page["C8"].data_type = "s"
    page.column_dimensions["D"].width = 33
    notes = book.create_sheet("说明")
    notes["A1"] = "0012"
    chart = BarChart()
    chart.add_data(Reference(page, min_col=5, min_row=6, max_col=8))
    notes.add_chart(chart, "B2")
    book.create_sheet("暗").sheet_state = "hidden"
    book.save(path)
    return path


def test_a_rich_workbook_keeps_everything_and_shows_the_cell(fresh: Ledger, tmp_path: Path) -> None:
    done = returned(fresh, rich_book(tmp_path / "丁.xlsx"), tmp_path / "退回")
    assert done.workbook is not None
    before, after = openpyxl.load_workbook(tmp_path / "丁.xlsx"), openpyxl.load_workbook(done.workbook)
    assert after.sheetnames == [EXPLANATION, "封面", "报表", "说明", "暗"]
    assert after.active is not None
    assert after.active.title == EXPLANATION
    for sheet in before.worksheets:
        again = after[sheet.title]
        assert [[c.value for c in row] for row in again.iter_rows()] == [
            [c.value for c in row] for row in sheet.iter_rows()
        ]
        assert [str(r) for r in again.merged_cells.ranges] == [str(r) for r in sheet.merged_cells.ranges]
        assert again.sheet_state == sheet.sheet_state
    page = after["报表"]
    assert coloured(page) == ["F6"]
    assert page["C2"].font.name == "黑体"
    assert page["E6"].number_format == "#,##0"
    assert page["E6"].fill.fgColor.rgb == "FFCCE5FF"
    assert page["E6"].comment is not None
    assert page["E6"].comment.text == "含代收"
    assert page["C8"].data_type == "s", "words that look like a formula stay words"
    assert page.column_dimensions["D"].width == pytest.approx(33)


def test_the_companys_own_formulas_stay_formulas(fresh: Ledger, tmp_path: Path) -> None:
    """Its cells carry saved results when the company's program has written them; we hand the formula back."""
    path = rich_book(tmp_path / "丁.xlsx", formulas=True)
    preview = imports.preview_file(fresh, path, ImportOptions())
    out = tmp_path / "退回.xlsx"
    returns.make_return(fresh, preview, out, made_on=DAY)
    page = openpyxl.load_workbook(out)["报表"]
    assert page["M6"].value == "=SUM(I6:L6)"
    assert "F6" in coloured(page)


def with_macros(path: Path) -> Path:
    """A workbook of the kind XLSM, as far as a reader of its parts can tell."""
    plain = rich_book(path.with_suffix(".xlsx"))
    made = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "[Content_Types].xml":
                data = data.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
                data = data.replace(
                    b"</Types>",
                    b'<Override PartName="/xl/vbaProject.bin" '
                    b'ContentType="application/vnd.ms-office.vbaProject"/></Types>',
                )
            new.writestr(item, data)
        new.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0macro")
    path.write_bytes(made.getvalue())
    plain.unlink()
    return path


def test_macros_stay_behind_and_that_is_said(fresh: Ledger, tmp_path: Path) -> None:
    done = returned(fresh, with_macros(tmp_path / "丁.xlsm"), tmp_path / "退回")
    assert done.workbook is not None
    assert done.workbook.suffix == ".xlsx"
    with zipfile.ZipFile(done.workbook) as parts:
        assert not any("vba" in name.lower() for name in parts.namelist())
        assert b"macroEnabled" not in parts.read("[Content_Types].xml")
    book = openpyxl.load_workbook(done.workbook)
    assert coloured(book["报表"]) == ["F6"]
    words = "".join(str(c.value or "") for row in book[EXPLANATION].iter_rows() for c in row)
    assert "原表里的宏没有带过来" in words


def rows() -> list[list[str]]:
    flat = ["序号", "企业名称", *(f"{n}业务量" for n in ("同城", "异地", "国际/港澳台")), "快递业务量合计"]
    flat += [*(f"{n}业务收入" for n in ("同城", "异地", "国际/港澳台", "其他")), "快递业务收入合计"]
    return [[TITLE], ["单位：件、元", "", "=cmd|' /C calc'!A0", "0012", "-5.50"], [], flat, WRONG]


@pytest.mark.parametrize("kind", ["utf-8", "gb18030", "utf-16", "xls", "分号"])
def test_text_and_old_workbooks_come_back_as_their_cells(fresh: Ledger, tmp_path: Path, kind: str) -> None:
    if kind == "xls":
        file = save(tmp_path, "丁.xls", xls_bytes(rows()))
    elif kind == "分号":
        file = save(tmp_path, "丁.csv", "\r\n".join(";".join(row) for row in rows()).encode("gb18030"))
    else:
        file = save(tmp_path, "丁.csv", csv_bytes(rows(), kind))
    done = returned(fresh, file, tmp_path / "退回")
    assert done.workbook is not None
    page = openpyxl.load_workbook(done.workbook).worksheets[1]
    assert coloured(page) == ["D5"], "the line number of the file is the line number of the sheet, blank lines too"
    assert page["D5"].value == "两万左右"
    assert page["C5"].value == 1000
    assert page["C2"].value == "=cmd|' /C calc'!A0"
    assert page["C2"].data_type == "s"
    assert page["C2"].quotePrefix
    assert page["D2"].value == "0012"
    assert (page["E2"].value, page["E2"].number_format) == (-5.5, "0.00")


def test_a_locked_workbook_needs_its_password_for_the_sheet_but_not_for_the_page(fresh: Ledger, tmp_path: Path) -> None:
    """The ledger keeps no passwords; the 退回单 is made of what was noted when the file was returned."""
    options = ImportOptions(password="示例2021", company="示例甲快递有限公司")
    preview = imports.preview_file(fresh, MARCH_FILES / "加密.xlsx", options)
    assert preview.plan is not None
    batch = imports.return_file(fresh, preview, "请发没有密码的文件")
    bare = returns.return_batch(fresh, batch, tmp_path / "甲", made_on=DAY)
    assert (bare.workbook, bare.pages) == (None, 1)
    assert bare.pdf is not None
    assert "请发没有密码的文件" in "".join(whole_text(bare.pdf).split())
    whole = returns.return_batch(fresh, batch, tmp_path / "乙", password="示例2021", made_on=DAY)
    assert whole.workbook is not None
    assert EXPLANATION in openpyxl.load_workbook(whole.workbook).sheetnames


def test_nothing_in_the_folder_is_overwritten(fresh: Ledger, tmp_path: Path) -> None:
    file = save(tmp_path, "丁.csv", csv_bytes(rows()))
    preview = imports.preview_file(fresh, file, ImportOptions())
    batch = imports.return_file(fresh, preview, "请核对")
    names = set()
    for _ in range(3):
        done = returns.return_batch(fresh, batch, tmp_path / "退回", made_on=DAY)
        assert done.workbook is not None
        names.add(done.workbook.name)
    assert names == {"退回表_丁.xlsx", "退回表_丁（2）.xlsx", "退回表_丁（3）.xlsx"}


def test_a_file_without_faults_goes_back_for_the_reason_that_the_clerk_gives(fresh: Ledger, tmp_path: Path) -> None:
    good = [*WRONG[:3], "20000", *WRONG[4:]]
    file = save(tmp_path, "丁.csv", csv_bytes([*rows()[:-1], good]))
    done = returned(fresh, file, tmp_path / "退回", "电话核实：漏了乡镇网点的件")
    assert done.workbook is not None
    assert done.pdf is not None
    words = [c.value for row in openpyxl.load_workbook(done.workbook)[EXPLANATION].iter_rows() for c in row if c.value]
    assert "退回原因：电话核实：漏了乡镇网点的件" in words
    assert "漏了乡镇网点的件" in "".join(whole_text(done.pdf).split())


def test_only_what_was_returned_has_papers(fresh: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有退回"):
        returns.return_batch(fresh, 1, tmp_path)
    with pytest.raises(UserError, match="没有退回"):
        returns.print_return(fresh, 1)


def test_a_folder_that_cannot_be_made_is_said(fresh: Ledger, tmp_path: Path) -> None:
    file = save(tmp_path, "丁.csv", csv_bytes(rows()))
    preview = imports.preview_file(fresh, file, ImportOptions())
    batch = imports.return_file(fresh, preview, "请核对")
    with pytest.raises(UserError, match="文件夹建不了"):
        returns.return_batch(fresh, batch, file / "退回")
