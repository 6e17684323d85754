"""What goes back to a company: its own workbook with the problems marked, a printed page, and blank forms."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.errors import CancelledError, UserError
from desktop_app.exchange.return_sheet import DOUBT_FILL, ERROR_FILL, EXPLANATION
from desktop_app.importing.plan import FileKind, ImportOptions
from desktop_app.models.values import Month
from desktop_app.services import imports, returns
from desktop_app.services.results.imports import Outcome
from desktop_app.storage.engine import Ledger
from tests.importing.makers import csv_bytes, save, xls_bytes, xlsx_bytes
from tests.reporting.reading import whole_text

MARCH = Month(2021, 3)
DAY = date(2021, 4, 9)
HEAD = [
    *("序号", "企业名称", "同城业务量", "异地业务量", "国际/港澳台业务量", "快递业务量合计"),
    *("同城业务收入", "异地业务收入", "国际/港澳台业务收入", "其他业务收入", "快递业务收入合计"),
]
GOOD = ["1", "示例丁快递有限公司", "1000", "20000", "100", "21100", "12000", "180000", "3000", "5000", "200000"]
BAD = [*GOOD[:3], "两万左右", *GOOD[4:5], "99", *GOOD[6:]]


def table(*rows: list[str]) -> list[list[str]]:
    return [["2021年3月快递企业业务量及收入汇总表"], ["单位：件、元"], HEAD, *rows]


def made(ledger: Ledger, file: Path, out: Path, pdf: Path | None = None) -> tuple[Worksheet, Worksheet]:
    preview = imports.preview_file(ledger, file, ImportOptions())
    returns.make_return(ledger, preview, out, pdf, made_on=DAY)
    book = openpyxl.load_workbook(out)
    return book[EXPLANATION], book.worksheets[1]


@pytest.mark.parametrize("kind", ["csv", "xls", "xlsx"])
def test_the_faulty_cell_is_coloured_and_remarked(fresh: Ledger, tmp_path: Path, kind: str) -> None:
    rows = table(BAD)
    made_as = {"csv": csv_bytes, "xls": xls_bytes, "xlsx": xlsx_bytes}
    content = made_as[kind](rows)
    words, page = made(fresh, save(tmp_path, f"丁.{kind}", content), tmp_path / "退回.xlsx")
    cell = page["D4"]
    assert cell.value == "两万左右"
    assert cell.fill.fgColor.rgb == ERROR_FILL
    assert cell.comment is not None
    assert "错误：" in cell.comment.text
    assert "约数" in cell.comment.text
    assert page["C4"].comment is None
    said = [[c.value for c in row] for row in words.iter_rows()]
    assert said[0][0] == "退回说明：2021年3月报表"
    line = next(row for row in said if row[3] and "约数" in str(row[3]))
    assert line[1] == "第 4 行“异地业务量”列"
    assert line[5] == "两万左右"
    link = next(c.hyperlink for row in words.iter_rows() for c in row if c.hyperlink)
    assert link.location == f"'{page.title}'!D4" or str(link.ref)


def test_what_the_company_mends_comes_back_readable(fresh: Ledger, tmp_path: Path) -> None:
    out = tmp_path / "退回.xlsx"
    made(fresh, save(tmp_path, "丁.csv", table(BAD)), out)
    book = openpyxl.load_workbook(out)
    page = book.worksheets[1]
    page["D4"], page["F4"] = 20000, 21100
    book.save(out)
    preview = imports.preview_file(fresh, out, ImportOptions())
    assert preview.plan is not None
    assert preview.plan.errors == ()
    assert preview.plan.totals["MKT.VOL"] == 211_000_000


def test_codes_keep_their_zeros_and_nothing_becomes_a_formula(fresh: Ledger, tmp_path: Path) -> None:
    rows = [*table(BAD)]
    rows[0] = ["2021年3月汇总表", "007", "=1+1", "12345678901234567"]
    _, page = made(fresh, save(tmp_path, "丁.csv", rows), tmp_path / "退回.xlsx")
    assert [page.cell(1, c).value for c in (2, 3, 4)] == ["007", "=1+1", "12345678901234567"]
    assert page.cell(1, 3).data_type == "s" or page.cell(1, 3).value == "=1+1"


def test_doubts_look_otherwise_than_errors(fresh: Ledger, tmp_path: Path) -> None:
    dear = [*GOOD[:6], "120000", "1800000", "30000", "50000", "2000000"]
    preview = imports.preview_file(fresh, save(tmp_path, "丁.csv", table(dear)), ImportOptions())
    out = tmp_path / "退回.xlsx"
    done = returns.make_return(fresh, preview, out, made_on=DAY)
    assert (done.errors, done.warnings > 0, done.pdf) == (0, True, None)
    page = openpyxl.load_workbook(out).worksheets[1]
    assert any(cell.fill.fgColor.rgb == DOUBT_FILL for row in page.iter_rows() for cell in row)


def test_the_printed_page_is_one(fresh: Ledger, tmp_path: Path) -> None:
    bad = [[str(n), "示例丁快递有限公司", *["坏"] * 9] for n in range(1, 10)]
    pdf = tmp_path / "退回单.pdf"
    preview = imports.preview_file(fresh, save(tmp_path, "丁.csv", table(*bad)), ImportOptions())
    done = returns.make_return(fresh, preview, tmp_path / "退回.xlsx", pdf, made_on=DAY)
    assert done.errors > 12
    assert done.pages == 1
    text = "".join(whole_text(pdf).split())
    for words in ("企业报表退回单", "2021年3月", "不是数字", "见随附的退回表", "经办人", "2021年4月9日"):
        assert words in text


def test_what_cannot_be_returned_is_said(fresh: Ledger, tmp_path: Path) -> None:
    good = imports.preview_file(fresh, save(tmp_path, "好.csv", table(GOOD)), ImportOptions())
    if good.plan is not None and not good.plan.issues:
        with pytest.raises(UserError, match="没有问题"):
            returns.make_return(fresh, good, tmp_path / "a.xlsx")
    unread = imports.preview_file(fresh, save(tmp_path, "空.csv", b""), ImportOptions())
    with pytest.raises(UserError, match="没有读出表"):
        returns.make_return(fresh, unread, tmp_path / "a.xlsx")
    bad = imports.preview_file(fresh, save(tmp_path, "坏.csv", table(BAD)), ImportOptions())
    with pytest.raises(UserError, match="xlsx"):
        returns.make_return(fresh, bad, tmp_path / "a.csv")


# ----------------------------------------------------------------------------------------------- templates


def filled(path: Path, **others: str) -> Path:
    """What a company does with its template."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    volume, revenue = (1000, 20000, 100, 21100), (12000, 180000, 3000, 5000, 200000)
    for row, number in enumerate((*volume, *revenue), start=6):
        page.cell(row, 4, number)
    for place, text in others.items():
        page[place] = text
    target = path.with_name("填好.xlsx")
    book.save(target)
    return target


def test_a_filled_template_is_recognised_with_certainty(fresh: Ledger, tmp_path: Path) -> None:
    done = returns.make_template(fresh, "示例丙", MARCH, tmp_path / "丙.xlsx")
    assert (done.company, done.period, done.form) == ("示例丙快递有限公司", "2021-03", "FORM.2.1")
    preview = imports.preview_file(fresh, filled(done.workbook), ImportOptions())
    plan = preview.plan
    assert plan is not None
    assert plan.errors == ()
    assert (plan.kind, plan.enterprise_name, plan.month) == (FileKind.OFFICIAL_FORM, done.company, MARCH)
    assert any(ground.startswith("种类、企业、月份按模板编码") for ground in plan.grounds)
    assert plan.totals["MKT.VOL"] == 211_000_000
    stored = imports.commit_previews(fresh, [preview], "已核实")[0]
    assert stored.outcome is Outcome.COMMITTED


def test_the_code_stands_although_names_are_gone_and_a_contradiction_is_asked(fresh: Ledger, tmp_path: Path) -> None:
    done = returns.make_template(fresh, "示例丙", MARCH, tmp_path / "丙.xlsx")
    bare = imports.preview_file(fresh, filled(done.workbook, A3="", D3=""), ImportOptions()).plan
    assert bare is not None
    assert (bare.enterprise_name, bare.month) == (done.company, MARCH)
    other = imports.preview_file(fresh, filled(done.workbook, A3="填报单位：示例甲快递有限公司"), ImportOptions()).plan
    assert other is not None
    assert "COMPANY_AMBIGUOUS" in [issue.code for issue in other.errors]


def test_a_renamed_file_with_renamed_sheets_is_still_certain(fresh: Ledger, tmp_path: Path) -> None:
    """Only the hidden code tells: company, month and form."""
    done = returns.make_templates(fresh, MARCH, tmp_path / "发出", company="示例丙快递有限公司")[0]
    book = openpyxl.load_workbook(filled(done.workbook, A1="", A3="", D3=""))
    book.worksheets[0].title = "Sheet7"
    target = tmp_path / "新建 XLSX 工作表 (3).xlsx"
    book.save(target)
    plan = imports.preview_file(fresh, target, ImportOptions()).plan
    assert plan is not None
    assert (plan.kind, plan.enterprise_name, plan.month) == (FileKind.OFFICIAL_FORM, done.company, MARCH)
    assert any(ground.startswith("种类、企业、月份按模板编码") for ground in plan.grounds)
    assert plan.errors == ()


def test_a_returned_template_is_certain_again(fresh: Ledger, tmp_path: Path) -> None:
    """The company mends the return sheet instead of its own file, and it is known whose it is."""
    done = returns.make_template(fresh, "示例丙", MARCH, tmp_path / "丙.xlsx")
    preview = imports.preview_file(fresh, filled(done.workbook, D9="99"), ImportOptions())
    batch = imports.return_file(fresh, preview, "分项不符")
    sent = returns.return_batch(fresh, batch, tmp_path / "退回", made_on=DAY).workbook
    assert sent is not None
    book = openpyxl.load_workbook(sent)
    page = next(sheet for sheet in book.worksheets if sheet.title != EXPLANATION and sheet.sheet_state == "visible")
    page["D9"] = 21100
    book.save(tmp_path / "改好.xlsx")
    plan = imports.preview_file(fresh, tmp_path / "改好.xlsx", ImportOptions()).plan
    assert plan is not None
    assert plan.errors == ()
    assert any(ground.startswith("种类、企业、月份按模板编码") for ground in plan.grounds)


def test_templates_overwrite_nothing_and_can_be_stopped(fresh: Ledger, tmp_path: Path) -> None:
    first = returns.make_templates(fresh, MARCH, tmp_path, company="示例丙快递有限公司")[0].workbook
    kept = first.read_bytes()
    second = returns.make_templates(fresh, MARCH, tmp_path, company="示例丙快递有限公司")[0].workbook
    assert (second.name, first.read_bytes()) == ("示例丙快递_2021-03_月报（2）.xlsx", kept)
    with pytest.raises(CancelledError):
        returns.make_templates(fresh, MARCH, tmp_path / "停", cancelled=lambda: True)
    with pytest.raises(UserError, match="没有营业的企业"):
        returns.make_templates(fresh, Month(1990, 1), tmp_path)


def test_a_code_that_was_changed_is_not_believed(fresh: Ledger, tmp_path: Path) -> None:
    done = returns.make_template(fresh, "示例丙", MARCH, tmp_path / "丙.xlsx")
    book = openpyxl.load_workbook(filled(done.workbook))
    book.worksheets[1]["B3"] = "示例甲快递有限公司"
    book.save(done.workbook)
    plan = imports.preview_file(fresh, done.workbook, ImportOptions()).plan
    assert plan is not None
    assert plan.enterprise_name == done.company
    assert not any("模板编码" in ground for ground in plan.grounds)
    assert any("被改动过" in warning for warning in plan.reading.warnings)


def test_an_untouched_template_is_no_zero_report(fresh: Ledger, tmp_path: Path) -> None:
    done = returns.make_template(fresh, "示例丙", MARCH, tmp_path / "丙.xlsx")
    preview = imports.preview_file(fresh, done.workbook, ImportOptions())
    assert not preview.ready or all(o.value is None for o in (preview.plan.observations if preview.plan else ()))


def test_only_the_entry_cells_can_be_changed(fresh: Ledger, tmp_path: Path) -> None:
    done = returns.make_template(fresh, "示例丙", MARCH, tmp_path / "丙.xlsx")
    book = openpyxl.load_workbook(done.workbook)
    page = book.worksheets[0]
    assert page.protection.sheet
    assert page["A6"].protection.locked
    assert not page["D6"].protection.locked
    assert book.worksheets[1].sheet_state == "veryHidden"
    kinds = sorted(rule.type for rule in page.data_validations.dataValidation)
    assert kinds == ["custom", "custom", "custom", "custom", "list"]


def test_templates_for_all_open_companies(county: Ledger, tmp_path: Path) -> None:
    everyone = returns.make_templates(county, MARCH, tmp_path)
    assert len(everyone) >= 10
    assert all(template.workbook.exists() for template in everyone)


@pytest.mark.parametrize(("company", "form", "said"), [("无此企业", "", "名录"), ("示例丙", "FORM.9", "表式")])
def test_templates_that_cannot_be_made(fresh: Ledger, tmp_path: Path, company: str, form: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        returns.make_template(fresh, company, MARCH, tmp_path / "x.xlsx", form)
