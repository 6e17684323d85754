"""Totals wherever they stand and whatever they are called, 其中 rows, and control totals of cumulative tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.makers import Rows, codes, figures, only, plan_rows

HEAD = ("企业名称", "投递量（件）")
A, B = ("示例甲快递", "500"), ("示例乙快递", "1000")
TITLE = ("蛟河市2021年5月",)


def _plan(tmp_path: Path, *rows: tuple[str, ...]) -> tuple[list[str], dict[int | None, int | None], int]:
    plan = plan_rows(tmp_path, [TITLE, HEAD, *rows])
    return codes(plan), {key[2]: value and value // 10_000 for key, value in figures(plan).items()}, plan.counts.skipped


def test_a_total_before_its_rows_is_compared_with_them(tmp_path: Path) -> None:
    assert _plan(tmp_path, ("合计", "1500"), A, B) == ([], {1: 500, 2: 1000}, 1)
    plan = plan_rows(tmp_path, [TITLE, HEAD, ("合计", "1600"), A, B])
    assert "1,600 ≠ 各行之和 1,500" in only(plan, "TOTAL_MISMATCH").message


def test_subtotals_before_their_rows(tmp_path: Path) -> None:
    rows = (("民营小计", "1500"), A, B, ("国有小计", "10"), ("示例丙快递", "10"), ("合计", "1510"))
    assert _plan(tmp_path, *rows) == ([], {1: 500, 2: 1000, 3: 10}, 3)
    wrong = (("民营小计", "1500"), A, B, ("国有小计", "11"), ("示例丙快递", "10"), ("合计", "1510"))
    assert _plan(tmp_path, *wrong)[0] == ["TOTAL_MISMATCH"]


def test_subtotals_behind_their_rows_as_ever(tmp_path: Path) -> None:
    assert _plan(tmp_path, A, ("小计", "500"), B, ("小计", "1000"), ("合计", "1500"))[0] == []
    assert _plan(tmp_path, A, ("小计", "500"), B, ("小计", "1500"), ("合计", "1500"))[0] == ["TOTAL_MISMATCH"]


@pytest.mark.parametrize("name", ["蛟河市合计", "蛟河市", "蛟河", "全县", "全市总计", "汇总", "全县合计"])
def test_a_total_named_by_the_place_is_a_total(tmp_path: Path, name: str) -> None:
    assert _plan(tmp_path, A, B, (name, "1500")) == ([], {1: 500, 2: 1000}, 1)
    assert _plan(tmp_path, (name, "1500"), A, B) == ([], {1: 500, 2: 1000}, 1)
    assert _plan(tmp_path, A, B, (name, "1501"))[0] == ["TOTAL_MISMATCH"]


def test_rows_of_which_are_passed_over_and_told(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, [TITLE, HEAD, A, ("其中：城区", "300"), B, ("合计", "1500")])
    assert not plan.issues
    assert plan.counts.skipped == 2
    assert any("第4行是“其中”数" in ground for ground in plan.grounds)


def test_companies_behind_of_which_are_companies(tmp_path: Path) -> None:
    rows = (("合计", "1500"), ("其中：示例甲快递", "500"), B)
    assert _plan(tmp_path, *rows) == ([], {1: 500, 2: 1000}, 1)


def test_an_unknown_company_behind_of_which_is_not_lost(tmp_path: Path) -> None:
    assert _plan(tmp_path, ("合计", "1500"), ("其中：示例戊快递", "500"), B)[0] == ["UNKNOWN_COMPANY"]


def test_a_company_of_which_below_another_may_be_counted_twice(tmp_path: Path) -> None:
    assert _plan(tmp_path, A, ("其中：示例乙快递", "100"))[0] == ["SIDE_ROW"]


def test_long_tables_pass_over_the_row_of_the_place(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月"], ["企业", "指标", "数值"], [A[0], "投递量", "500"], ["蛟河市", "投递量", "500"]]
    plan = plan_rows(tmp_path, rows)
    assert not plan.issues
    assert figures(plan) == {("OPS.IN", "M", 1): 5_000_000}


@pytest.mark.parametrize(
    ("title", "head"),
    [("蛟河市2021年一季度", "投递量"), ("蛟河市2021年5月", "投递量累计")],
    ids=("quarter", "cumulative"),
)
def test_control_totals_of_cumulative_figures(tmp_path: Path, title: str, head: str) -> None:
    plan = plan_rows(tmp_path, [[title], ["企业名称", head], A, B, ["合计", "1500"]])
    assert plan.totals == {"OPS.IN": 15_000_000}
    assert plan.own_totals["OPS.IN"].agrees


def test_control_totals_of_several_cumulative_months_are_those_of_the_last(tmp_path: Path) -> None:
    rows: Rows = [["月份", "企业名称", "投递量累计"], ["2021年4月", A[0], "400"], ["2021年5月", A[0], "500"]]
    assert plan_rows(tmp_path, rows).totals == {"OPS.IN": 5_000_000}
