"""What a table says twice and differently, or only half, is asked or refused with what to do, and never in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.errors import FileRefusedError
from desktop_app.importing.plan import ImportOptions
from tests.importing.makers import Rows, codes, figures, only, plan_rows

MONTHS: Rows = [["示例甲快递2021年分月业务量"], ["指标", "单位", "1月", "2月", "3月", "合计"]]
CODED: Rows = [["2021年3月快递进村情况"], ["村代码", "村名", "品牌", "进村方式"]]


@pytest.mark.parametrize(("total", "found"), [("300", []), ("500", ["TOTAL_MISMATCH"])])
def test_a_total_beside_the_months_is_added_up(tmp_path: Path, total: str, found: list[str]) -> None:
    plan = plan_rows(tmp_path, [*MONTHS, ["快递业务量", "件", "100", "80", "120", total]])
    assert codes(plan) == found
    assert len(plan.observations) == (0 if found else 3)


def test_a_total_of_rounded_months_may_differ_by_the_rounding(tmp_path: Path) -> None:
    assert not plan_rows(tmp_path, [*MONTHS, ["快递业务收入", "万元", "1.24", "1.24", "1.24", "3.71"]]).errors
    assert plan_rows(tmp_path, [*MONTHS, ["快递业务收入", "万元", "1.24", "1.24", "1.24", "3.91"]]).errors


def test_what_there_is_at_the_end_of_a_month_is_not_added_up(tmp_path: Path) -> None:
    assert not plan_rows(tmp_path, [*MONTHS, ["从业人员", "人", "10", "10", "12", "12"]]).errors


def test_a_later_quarter_is_added_up_of_its_own_months(tmp_path: Path) -> None:
    head = ["企业", "3月", "4月", "5月", "6月", "二季度"]
    rows: Rows = [["2021年各企业快递业务量（件）"], head, ["示例甲快递", "90", "80", "100", "90", "271"]]
    issue = only(plan_rows(tmp_path, rows), "TOTAL_MISMATCH")
    assert (issue.row, issue.column) == (3, "二季度")
    assert "271" in issue.message
    assert "270" in issue.message


@pytest.mark.parametrize("title", ["全国快递企业2021年3月情况", "全省2021年3月快递业务表"])
def test_a_title_of_the_country_or_province_is_asked(tmp_path: Path, title: str) -> None:
    rows: Rows = [[title], ["企业", "快递业务量（件）"], ["示例甲快递", "120"]]
    issue = only(plan_rows(tmp_path, rows), "REGION_DIFFERS")
    said = plan_rows(tmp_path, rows, options=issue.answers[0].upon(ImportOptions()))
    assert not said.errors
    assert figures(said) == {("MKT.VOL", "M", 1): 120_0000}


@pytest.mark.parametrize("title", ["全国文明城市蛟河2021年3月快递业务表", "2021年3月全国统一口径快递业务表"])
def test_other_words_with_the_country_in_them_are_not_asked(tmp_path: Path, title: str) -> None:
    assert not plan_rows(tmp_path, [[title], ["企业", "快递业务量（件）"], ["示例甲快递", "120"]]).errors


def test_a_brand_that_is_not_the_companys_is_asked(tmp_path: Path) -> None:
    head = ["企业", "品牌", "快递业务量（件）"]
    rows: Rows = [["2021年3月"], head, ["示例甲快递", "示例乙", "120"], ["示例乙快递", "示例乙", "12"]]
    issue = only(plan_rows(tmp_path, rows), "COMPANY_DIFFERS")
    assert (issue.row, issue.value) == (3, "示例乙")


def test_a_code_and_the_name_of_another_village_stop_until_answered(tmp_path: Path) -> None:
    rows: Rows = [*CODED, ["220281201202", "红星村", "示例甲", "直投"], ["220281100201", "红星村", "示例甲", "直投"]]
    plan = plan_rows(tmp_path, rows)
    issue = only(plan, "VILLAGE_DIFFERS")
    assert issue in plan.errors
    assert "团山子村" in issue.message
    by_code = plan_rows(tmp_path, rows, options=issue.answers[0].upon(ImportOptions()))
    assert not by_code.errors
    assert {record.village_code for record in by_code.coverage} == {"220281201202", "220281100201"}


def test_a_name_that_no_village_has_stays_a_question_beside_the_code(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, [*CODED, ["220281201202", "团山屯子", "示例甲", "直投"]])
    assert codes(plan) == ["VILLAGE_NAME_DIFFERS"]


def test_daily_means_alone_are_refused_with_what_to_send(tmp_path: Path) -> None:
    head = ["企业", "日均业务量（件）", "日均收入（元）"]
    plan = plan_rows(tmp_path, [["2021年3月"], head, ["示例甲快递", "99", "95"], ["示例乙快递", "98", "90"]])
    issue = only(plan, "NOTHING_TO_STORE")
    assert issue in plan.errors
    assert head[1] in issue.message
    assert head[2] in issue.message


@pytest.mark.parametrize("title", ["示例甲快递2021年3月情况表", "示例甲快递3月情况表"])
def test_years_in_the_heads_are_read_by_the_month_of_the_title(tmp_path: Path, title: str) -> None:
    rows: Rows = [["快递业务量", "件", "120", "100"], ["快递业务收入", "元", "1200", "1000"]]
    plan = plan_rows(tmp_path, [[title], ["指标", "单位", "2021年", "2020年"], *rows])
    assert not plan.errors
    assert figures(plan) == {("MKT.VOL", "M", 1): 120_0000, ("MKT.REV", "M", 1): 1200_0000}
    assert any("2020年、2021年" in ground for ground in plan.grounds)


def test_years_in_front_of_the_indicator_are_read_so_too(tmp_path: Path) -> None:
    head = ["企业", "2020年业务量（件）", "2021年业务量（件）"]
    plan = plan_rows(tmp_path, [["2021年3月情况表"], head, ["示例甲快递", "100", "120"]])
    assert figures(plan) == {("MKT.VOL", "M", 1): 120_0000}


@pytest.mark.parametrize("title", ["示例甲快递情况表", "示例甲快递2020年3月情况表"])
def test_years_without_a_month_are_refused_with_what_to_write(tmp_path: Path, title: str) -> None:
    with pytest.raises(FileRefusedError, match="只写了年份") as refusal:
        plan_rows(tmp_path, [[title], ["指标", "单位", "2020年", "2021年"], ["快递业务量", "件", "100", "120"]])
    assert "2021年3月" in refusal.value.hint
