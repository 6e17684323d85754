"""What would otherwise go in wrong, or be left out, without a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.planner import plan_import
from tests.importing.makers import (
    Rows,
    codes,
    context,
    csv_bytes,
    official_ledger,
    official_table,
    only,
    plan_rows,
    save,
)


def test_a_second_table_in_the_file_is_asked_about(tmp_path: Path) -> None:
    second = official_table(company="示例乙快递有限公司")
    plan = plan_rows(tmp_path, [*official_table(), [], *second], official_ledger())
    assert "像是另一个表，没有读" in only(plan, "UNREAD_PART").message


@pytest.mark.parametrize("name", ["浙江甲快递有限公司", "示例甲甲快递有限公司"])
def test_a_company_whose_name_only_contains_a_known_one_is_another(tmp_path: Path, name: str) -> None:
    plan = plan_rows(tmp_path, official_table(company=name))
    assert plan.enterprise_id is None
    assert {"UNKNOWN_COMPANY", "COMPANY_MISSING", "COMPANY_AMBIGUOUS"} & set(codes(plan))


@pytest.mark.parametrize("cell", ["", "-", "未报"])
def test_a_report_without_a_number_is_asked_about(tmp_path: Path, cell: str) -> None:
    rows: Rows = [["2021年5月"], ["企业名称", "投递量（件）"], ["示例甲快递", cell]]
    assert "没有一个数" in only(plan_rows(tmp_path, rows), "NO_FIGURES").message


@pytest.mark.parametrize("unit", [("件", "美元"), ("吨", "元"), ("公斤", "元")])
def test_a_unit_that_nobody_knows_is_not_read_as_the_usual_one(tmp_path: Path, unit: tuple[str, str]) -> None:
    plan = plan_rows(tmp_path, official_table(unit=unit), official_ledger())
    assert "UNIT_UNKNOWN" in codes(plan)
    assert plan.errors


@pytest.mark.parametrize(
    ("line", "known"), [("单位：件、美元", False), ("单位：件、元", True), ("单位：件、百元", True)]
)
def test_a_line_of_units_with_a_stranger_is_refused(tmp_path: Path, line: str, *, known: bool) -> None:
    rows: Rows = [["2021年5月"], [line], ["企业名称", "投递量", "快递业务收入"], ["示例甲快递", "500", "3000"]]
    assert ("UNIT_UNKNOWN" not in codes(plan_rows(tmp_path, rows))) is known


def test_a_column_of_figures_that_is_not_understood_is_asked_about(tmp_path: Path) -> None:
    head = ["企业名称", "快递业务量计划（件）", "投递量（件）", "联系电话"]
    rows: Rows = [["2021年5月"], head, ["示例甲快递", "500", "300", "13800000000"]]
    issue = only(plan_rows(tmp_path, rows), "UNREAD_COLUMN")
    assert "快递业务量计划" in issue.message


def test_a_row_of_formulas_without_results_is_told_as_such(tmp_path: Path) -> None:
    """The total row of a form that was never calculated: the row is there, so no “请补上” and no “填 0”."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in official_table():
        total = line[0] == "快递业务收入合计"
        sheet.append([f"=SUM({n})" if total and n > 3 else cell for n, cell in enumerate(line, start=1)])
    path = tmp_path / "表.xlsx"
    book.save(path)
    plan = plan_import(path, context(official_ledger()), ImportOptions())
    assert "FORMULA_WITHOUT_VALUE" in codes(plan)
    assert "MISSING_PART" not in codes(plan)


def test_two_months_in_the_title_are_asked_about(tmp_path: Path) -> None:
    rows: Rows = [["2021年4月、5月"], ["企业名称", "投递量"], ["示例甲快递", "500"]]
    assert "两个月" in only(plan_rows(tmp_path, rows), "MONTH_DIFFERS").message


@pytest.mark.parametrize(("title", "name"), [("蛟河市2021年5月", "表.csv"), ("企业报表", "2021年5月.csv")])
def test_rows_of_another_month_than_title_or_file_name_are_asked_about(tmp_path: Path, title: str, name: str) -> None:
    rows: Rows = [[title], ["月份", "企业名称", "投递量"], ["2021年4月", "示例甲快递", "500"]]
    assert "2021年4月" in only(plan_rows(tmp_path, rows, name=name), "MONTH_DIFFERS").message


def test_a_month_larger_than_its_own_cumulative_figure_is_asked_about(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月"], ["企业名称", "投递量本月", "投递量累计"], ["示例甲快递", "5000", "400"]]
    assert "写反" in only(plan_rows(tmp_path, rows), "MONTH_OVER_TOTAL").suggestion


def test_a_damaged_name_is_asked_about(tmp_path: Path) -> None:
    rows = official_table(company="示例甲快递有限公司")
    data = csv_bytes(rows)
    where = data.index("异地".encode()) + 5
    file = save(tmp_path, "三月.csv", data[:where] + b"\xff" + data[where + 1 :])
    issue = only(plan_import(file, context(official_ledger()), ImportOptions()), "BROKEN_TEXT")
    assert "有乱码字符" in issue.message
    assert "请企业重发" in issue.suggestion


def test_hidden_rows_are_told_with_the_file(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in official_table():
        page.append(list(row))
    page.row_dimensions[5].hidden = True
    file = tmp_path / "三月.xlsx"
    book.save(file)
    notes = plan_import(file, context(official_ledger()), ImportOptions()).notes
    assert any("有 1 行是隐藏的（第5行），也读了进来" in note for note in notes)


def test_a_company_is_told_of_all_slips_of_a_row_at_once(tmp_path: Path) -> None:
    """One cell that is no number does not hide that the one beside it is negative, or no whole number."""
    head = ["企业名称", "快递业务量（件）", "快递业务收入（元）", "投递量（件）"]
    rows: Rows = [["2021年5月"], head, ["示例甲快递", "-5", "x", "3.5"], ["示例乙快递", "800", "6400", "500"]]
    assert sorted(codes(plan_rows(tmp_path, rows))) == ["NEGATIVE", "NOT_A_NUMBER", "NOT_WHOLE"]
