"""Heads that name a month or a bare scale, rows of one day, and columns that nobody knows: read, asked or told."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Month
from tests.importing.makers import Rows, codes, figures, only, plan_rows

COMPANY = "示例甲快递"


@pytest.mark.parametrize("heads", [["业务量(万)", "业务收入（万）"], ["业务量（单位：万）", "业务收入【万】"]])
def test_a_scale_without_its_unit_is_one_of_the_usual_unit(tmp_path: Path, heads: list[str]) -> None:
    plan = plan_rows(tmp_path, [["2021年4月"], ["企业", *heads], [COMPANY, "1.2", "9.6"]])
    assert codes(plan) == []
    assert figures(plan) == {("MKT.VOL", "M", 1): 12_000_0000, ("MKT.REV", "M", 1): 96_000_0000}


def test_a_scale_behind_a_rate_says_nothing(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, [["2021年4月"], ["企业", "业务量（件）", "同比（万）"], [COMPANY, "12000", "9.6"]])
    assert figures(plan) == {("MKT.VOL", "M", 1): 12_000_0000}


def test_a_month_beside_the_same_month_a_year_before(tmp_path: Path) -> None:
    head = ["企业", "2020年4月业务量（件）", "2021年4月业务量（件）"]
    plan = plan_rows(tmp_path, [head, [COMPANY, "10000", "12000"]])
    assert not plan.errors
    assert plan.month == Month(2021, 4)
    assert figures(plan) == {("MKT.VOL", "M", 1): 12_000_0000}
    assert plan.observations[0].reported_previous == 10_000_0000


def test_one_month_in_all_heads(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, [["企业", "2021年4月业务量（件）", "2021年4月收入（元）"], [COMPANY, "12000", "96000"]])
    assert plan.month == Month(2021, 4)
    assert set(figures(plan)) == {("MKT.VOL", "M", 1), ("MKT.REV", "M", 1)}


def test_heads_of_other_months_than_the_title_are_asked(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, [["2021年3月"], ["企业", "2021年4月业务量（件）"], [COMPANY, "12000"]])
    assert "MONTH_DIFFERS" in codes(plan)


@pytest.mark.parametrize(
    "rows",
    [
        [["日期", "企业", "指标", "数值", "单位"], ["2021-04-05", COMPANY, "快递业务量", "400", "件"]],
        [["日期", "企业", "业务量（件）"], ["2021-04-05", COMPANY, "400"]],
    ],
)
def test_a_row_of_one_day_is_not_the_month_in_silence(tmp_path: Path, rows: Rows) -> None:
    issue = only(plan_rows(tmp_path, rows), "MONTH_DIFFERS")
    assert "2021-04-05这一天" in issue.message
    assert issue.row == 2


@pytest.mark.parametrize("day", ["2021-04-01", "2021-04-30", "2021年4月"])
def test_the_first_and_the_last_day_stand_for_the_month(tmp_path: Path, day: str) -> None:
    plan = plan_rows(tmp_path, [["日期", "企业", "业务量（件）"], [day, COMPANY, "400"]])
    assert codes(plan) == []


def test_ten_days_in_a_row_are_no_month(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, [["日期", "企业", "业务量（件）"], ["2021年4月上旬", COMPANY, "400"]])
    assert plan.errors


def test_columns_of_figures_that_nobody_knows_are_told(tmp_path: Path) -> None:
    head = ["序号", "企业", "业务量（件）", "比上年增减（件）", "投诉率（‰）", "车辆数", "联系电话", "备注"]
    plan = plan_rows(tmp_path, [["2021年4月"], head, ["1", COMPANY, "12000", "200", "3", "4", "13900000000", "无"]])
    assert codes(plan) == []
    assert plan.notes == ("有数、没有认出、没有收的列：“投诉率（‰）”、“车辆数”",)


def test_parts_whose_measure_is_not_said_are_asked_about(tmp_path: Path) -> None:
    head = ["企业", "业务量（件）", "其中：同城（件）", "异地（件）", "国际（件）"]
    plan = plan_rows(tmp_path, [["2021年4月"], head, [COMPANY, "12000", "2000", "9900", "100"]])
    assert codes(plan) == ["UNREAD_COLUMN"] * 3


def test_a_form_of_one_indicator(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, [["示例甲快递2021年4月"], ["指标", "本月"], ["快递业务量（件）", "12000"]])
    assert figures(plan) == {("MKT.VOL", "M", 1): 12_000_0000}


def test_a_quarter_beside_another_month_names_no_month_of_the_file(tmp_path: Path) -> None:
    rows = [
        ["示例甲快递2021年"],
        ["指标", "一季度", "4月"],
        ["快递业务量（件）", "600", "400"],
        ["快递业务收入（元）", "6000", "4000"],
    ]
    assert codes(plan_rows(tmp_path, rows)) == ["MONTH_MISSING"]
    plan = plan_rows(tmp_path, rows, options=ImportOptions(month=Month(2021, 4)))
    assert figures(plan) == {("MKT.VOL", "M", 1): 400_0000, ("MKT.REV", "M", 1): 4000_0000}
