"""Tables with a month in every column: indicators of one company, or companies of one indicator."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_app.importing.plan import FileKind, ImportOptions
from desktop_app.models.values import CellState, Month
from tests.importing.makers import codes, official_ledger, official_table, only, plan_rows

YEAR = [f"{number}月" for number in range(1, 13)]
ONE = [
    ["示例甲快递2021年分月情况"],
    ["指标", "单位", *YEAR],
    ["投递量", "万件", "1.1", "1.2", "1.3", *[""] * 9],
    ["有效申诉量", "件", "3", "", "5", *[""] * 9],
]


def test_rows_are_indicators_and_columns_are_months(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, ONE)
    assert (plan.kind, plan.enterprise_id, codes(plan)) == (FileKind.MONTHS, 1, [])
    delivered = {str(o.month): o.value for o in plan.observations if o.indicator == "OPS.IN"}
    assert delivered == {"2021-01": 110_000_000, "2021-02": 120_000_000, "2021-03": 130_000_000}
    assert any("年份：2021年（表题）" in ground for ground in plan.grounds)
    assert plan.column_meanings[2].startswith("2021年1月")


def test_a_gap_is_missing_and_months_to_come_say_nothing(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, ONE)
    complaints = [(str(o.month), o.state) for o in plan.observations if o.row == 4]
    assert complaints == [
        ("2021-01", CellState.VALUE),
        ("2021-02", CellState.MISSING),
        ("2021-03", CellState.VALUE),
    ]


def test_rows_are_companies_and_the_title_names_the_indicator(tmp_path: Path) -> None:
    rows = [
        ["蛟河市各快递企业投递量（万件）"],
        ["企业", "2021年1月", "2021年2月"],
        ["示例甲快递", "1", "1.1"],
        ["示例乙快递", "3", "3.1"],
        ["合计", "4", "4.2"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert (plan.kind, codes(plan)) == (FileKind.MONTHS, [])
    assert {(o.enterprise_id, o.month.month, o.value) for o in plan.observations} == {
        (1, 1, 100_000_000),
        (1, 2, 110_000_000),
        (2, 1, 300_000_000),
        (2, 2, 310_000_000),
    }
    assert plan.counts.skipped == 1
    rows[4][2] = "7"
    assert only(plan_rows(tmp_path, rows), "TOTAL_MISMATCH").row == 5


def test_one_month_of_the_year_on_demand(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, ONE, options=ImportOptions(month=Month(2021, 2)))
    assert {str(o.month) for o in plan.observations} == {"2021-02"}


def test_without_a_year_it_is_asked(tmp_path: Path) -> None:
    rows = [["示例甲快递分月情况"], *ONE[1:]]
    issue = only(plan_rows(tmp_path, rows), "ASK_YEAR")
    assert "--period" in issue.on_command_line


def test_two_indicators_in_the_title_are_asked(tmp_path: Path) -> None:
    rows = [["2021年投递量和有效申诉量"], ["企业", "1月", "2月"], ["示例甲快递", "1", "2"]]
    issue = only(plan_rows(tmp_path, rows), "ASK_INDICATOR")
    assert "进港（投递）量" in issue.message
    assert "有效申诉量" in issue.message


@pytest.mark.parametrize("heads", [("一月", "二月"), ("1月份", "2月份"), ("2021-01", "2021-02")])
def test_month_heads_in_every_writing(tmp_path: Path, heads: tuple[str, str]) -> None:
    rows = [["示例甲快递2021年"], ["指标", *heads], ["投递量", "100", "102"], ["有效申诉量", "1", "1"]]
    plan = plan_rows(tmp_path, rows)
    assert codes(plan) == []
    assert {str(o.month) for o in plan.observations} == {"2021-01", "2021-02"}


def test_january_beside_january_to_february(tmp_path: Path) -> None:
    rows = [
        ["示例甲快递2022年1-2月业务统计"],
        ["指标", "单位", "1月", "1-2月"],
        ["快递业务量", "件", "170000", "320000"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert (plan.kind, codes(plan)) == (FileKind.MONTHS, [])
    assert {(str(o.month), o.span.value, o.value) for o in plan.observations} == {
        ("2022-01", "M", 1_700_000_000),
        ("2022-02", "C", 3_200_000_000),
    }


@pytest.mark.parametrize("cell", ["22-01", "2022年元月", "44562"])
def test_months_of_rows_in_other_shapes(tmp_path: Path, cell: str) -> None:
    plan = plan_rows(tmp_path, [["企业名称", "月份", "业务量"], ["示例甲快递", cell, "170000"]])
    assert not plan.errors
    assert {str(o.month) for o in plan.observations} == {"2022-01"}


def test_a_period_cell_that_lost_its_format(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, official_table(month="44317"), official_ledger())
    assert not plan.errors
    assert plan.month == Month(2021, 5)
    assert any("日期序号 44317" in ground for ground in plan.grounds)


@pytest.mark.parametrize("label", ["户数：", "报出日期："])
def test_other_numbers_above_the_head_are_no_months(tmp_path: Path, label: str) -> None:
    rows = [["示例甲快递"], [label, "44317"], ["企业名称", "投递量（件）", "从业人员"], ["示例甲快递", "5", "6"]]
    assert "MONTH_MISSING" in codes(plan_rows(tmp_path, rows))


@pytest.mark.parametrize("name", ["数量", "数值", "数据", "本期", "发生额"])
def test_a_long_table_whatever_its_figures_are_called(tmp_path: Path, name: str) -> None:
    rows = [
        ["月份", "企业名称", "指标名称", name, "计量单位"],
        ["202201", "示例甲快递", "快递业务量", "17", "万件"],
        ["202201", "示例甲快递", "快递业务收入", "237", "万元"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert (plan.kind, plan.errors) == (FileKind.LONG, ())
    assert {o.indicator: o.value for o in plan.observations} == {"MKT.VOL": 1_700_000_000, "MKT.REV": 23_700_000_000}


def _villages(day: str) -> list[list[str]]:
    return [["蛟河市2022年1月快递进村情况表"], ["建制村", "示例甲", "核查日期"], ["金星村", "直投", day]]


@pytest.mark.parametrize(
    ("day", "asked"), [("1月5日", False), ("05/01/2022", True), ("01/05/2022", True), ("25/01/2022", False)]
)
def test_days_of_checks_by_the_month_of_the_table(tmp_path: Path, day: str, *, asked: bool) -> None:
    plan = plan_rows(tmp_path, _villages(day))
    assert not plan.errors
    expected = date(2022, 1, 25) if day.startswith("25") else date(2022, 1, 5)
    assert [record.evidence_date for record in plan.coverage] == [expected]
    assert ("DATE_AMBIGUOUS" in codes(plan)) is asked
    assert plan.changes[-1].read_as == str(expected)
