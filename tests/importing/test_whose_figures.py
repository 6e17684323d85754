"""A file of another county or of another company never goes in without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.recognise.places import places_in
from tests.importing.makers import COUNTY, Rows, codes, figures, official_table, only, plan_rows

HEAD = ("企业名称", "投递量（件）", "快递业务收入（元）")
ROW = ("示例甲快递", "500", "3000")


@pytest.mark.parametrize(
    "title",
    [
        *("磐石市2021年5月快递企业汇总表", "磐石市邮政管理局2021年5月汇总表", "2021年5月永吉县快递企业汇总表"),
        *("吉林市2021年5月快递企业汇总表", "2021年5月快递企业汇总表 填报地区：磐石市", "吉林市船营区快递业务2021年5月"),
    ],
)
def test_a_title_of_another_county_is_refused_until_the_user_says_that_it_is_ours(tmp_path: Path, title: str) -> None:
    plan = plan_rows(tmp_path, [[title], HEAD, ROW])
    issue = only(plan, "REGION_DIFFERS")
    assert plan.errors == (issue,)
    said = plan_rows(tmp_path, [[title], HEAD, ROW], options=issue.answers[0].upon(ImportOptions()))
    assert not said.issues
    assert {o.region for o in said.observations} == {COUNTY}


@pytest.mark.parametrize(
    "title",
    [
        *("吉林省吉林市蛟河市2021年5月汇总", "全市2021年5月快递业务汇总", "蛟河2021年5月快递企业汇总表"),
        *("同城市场2021年5月业务表", "城市快递企业2021年5月业务情况", "各县区快递企业2021年5月业务情况表"),
        *("蛟河市邮政管理局辖区快递企业2021年5月表", "2021年5月快递服务区域业务表", "开发区快递企业2021年5月表"),
    ],
)
def test_titles_of_our_own_or_of_no_place_go_through(tmp_path: Path, title: str) -> None:
    assert not plan_rows(tmp_path, [[title], HEAD, ROW]).issues


def test_another_county_in_the_file_name_alone_is_asked_about(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, [["2021年5月"], HEAD, ROW], name="磐石市2021年5月.csv")
    assert "磐石市" in only(plan, "REGION_DIFFERS").message
    assert not plan.errors


def test_rows_of_other_counties_are_left_out_with_a_word(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月"], ["县区", *HEAD], ["蛟河市", *ROW], ["磐石市", "示例乙快递", "7", "8"]]
    plan = plan_rows(tmp_path, rows)
    assert "磐石市" in only(plan, "REGION_DIFFERS").message
    assert {o.enterprise_id for o in plan.observations} == {1}
    assert plan.counts.skipped == 1


def test_a_table_of_another_county_only_is_refused(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, [["2021年5月"], ["县区", *HEAD], ["磐石市", *ROW]])
    assert [issue.code for issue in plan.errors] == ["REGION_DIFFERS"]


def test_a_code_of_another_county_is_refused(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月"], ["区划代码", "企业", "指标", "数值"], ["220284", "示例甲快递", "投递量", "3000"]]
    assert [issue.code for issue in plan_rows(tmp_path, rows).errors] == ["REGION_DIFFERS"]


def test_a_known_company_with_another_county_before_its_name_is_asked_about(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月"], HEAD, ["磐石市示例甲快递有限公司", "500", "3000"]]
    assert "磐石市" in only(plan_rows(tmp_path, rows), "REGION_DIFFERS").message
    form = plan_rows(tmp_path, official_table(company="磐石市示例甲快递有限公司"))
    assert "磐石市" in only(form, "REGION_DIFFERS").message


@pytest.mark.parametrize("company", ["吉林省示例甲快递有限公司", "蛟河市示例甲快递有限公司"])
def test_our_own_county_or_the_province_before_a_name_is_nothing(tmp_path: Path, company: str) -> None:
    assert "REGION_DIFFERS" not in codes(plan_rows(tmp_path, official_table(company=company)))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("长白朝鲜族自治县2021年5月表", ["长白朝鲜族自治县"]),
        ("2021年5月和县快递业务", ["和县"]),
        ("关于磐石市快递业务的表", ["磐石市"]),
        ("磐石市场快递业务", []),
        ("吉林市示例甲快递有限公司2021年5月", []),
        ("超市、门市、城区、园区", []),
    ],
)
def test_places_in_a_text(text: str, places: list[str]) -> None:
    assert places_in(text) == places


# --------------------------------------------------------------------------------------------------- company

_WIDE: Rows = [["2021年5月"], HEAD, ROW]
_LONG: Rows = [["2021年5月"], ["企业", "指标", "数值"], ["示例甲快递", "投递量", "3000"]]
_GREEN: Rows = [["2021年5月"], ["企业名称", "电商件数", "不再二次包装电商件数"], ["示例甲快递", "500", "300"]]
_MONTHS: Rows = [["2021年投递量（件）"], ["企业名称", "1月", "2月"], ["示例甲快递", "300", "310"]]


@pytest.mark.parametrize("rows", [_WIDE, _LONG, _GREEN, _MONTHS], ids=("wide", "long", "green", "months"))
@pytest.mark.parametrize("place", ["title", "reporter", "file"])
def test_a_company_named_around_the_rows_of_another_is_asked_about(tmp_path: Path, rows: Rows, place: str) -> None:
    title = {"title": "示例乙快递有限公司", "reporter": "填报单位：示例乙快递有限公司"}.get(place, "")
    name = "示例乙快递.csv" if place == "file" else "表.csv"
    lines: Rows = [[title], *rows] if place == "reporter" else [[title + rows[0][0]], *rows[1:]]
    issue = only(plan_rows(tmp_path, lines, name=name), "COMPANY_DIFFERS")
    assert "示例乙快递" in issue.message
    assert "示例甲快递" in issue.message


def test_an_unknown_company_in_the_title_is_asked_about(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, [["浙江某某快递有限公司2021年5月报表"], HEAD, ROW])
    assert "浙江某某快递有限公司" in only(plan, "COMPANY_DIFFERS").message


@pytest.mark.parametrize(
    "title",
    [
        "示例甲快递2021年5月报表",
        "蛟河市邮政管理局2021年5月报表",
        "各快递公司2021年5月报表",
        "示例甲、示例乙报表2021年5月",
    ],
)
def test_the_same_company_or_none_in_the_title_is_nothing(tmp_path: Path, title: str) -> None:
    assert not plan_rows(tmp_path, [[title], HEAD, ROW]).issues


def test_two_companies_of_one_named_in_the_title_are_asked_about(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, [["示例乙快递2021年5月报表"], HEAD, ROW, ["示例乙快递", "5", "30"]])
    assert "COMPANY_DIFFERS" in codes(plan)
    assert len(figures(plan)) == 4
