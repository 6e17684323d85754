"""Tables with a month in every column: indicators of one company, or companies of one indicator."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.importing.plan import FileKind, ImportOptions
from desktop_app.models.values import CellState, Month
from tests.importing.makers import codes, only, plan_rows

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
    assert "--period" in issue.suggestion


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
