"""Months, companies, column heads and villages as files write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.importing.recognise.companies import CompanyIndex
from desktop_app.importing.recognise.figures import Aspect, read_head
from desktop_app.importing.recognise.months import find_month
from desktop_app.importing.recognise.villages import VillageIndex
from desktop_app.models.values import Month, Span, to_fixed
from tests.importing.makers import ENTERPRISES, VILLAGES, plan_rows

MARCH = Month(2021, 3)


@pytest.mark.parametrize(
    "text",
    [
        "2021年3月",
        "2021年03月快递业务量",
        "甲_202103.xlsx",
        "2021-03",
        "2021/3/31",
        "2021.3",
        "二〇二一年三月",
        "二○二一年三月份",
        "２０２１年３月",
        "20210331导出",
        "2021年1—3月",
        "2021年1-3月",
        "2021年一季度",
        "2021年3月1日至3月31日",
    ],
)
def test_month_in_every_writing(text: str) -> None:
    assert find_month(text).month == MARCH


@pytest.mark.parametrize("text", ["2021年2月和2021年3月", "月报(终)", "第3号", "1234567", "2021"])
def test_no_month_is_guessed(text: str) -> None:
    assert find_month(text).month is None


def test_month_without_year_and_cumulative_stretch() -> None:
    assert (find_month("3月份业务量").number, find_month("2021年业务量").year) == (3, 2021)
    assert find_month("2021年1—3月").cumulative
    assert find_month("2021年上半年").cumulative
    assert find_month("3月").month is None
    assert not find_month("2021年3月").cumulative
    assert not find_month("2021年1月").cumulative


@pytest.mark.parametrize(
    "text", ["2021年1季度", "2021年第1季度", "2021Q1", "2021年一至三月", "2021年1月份至3月份", "2021-1季度"]
)
def test_the_first_quarter_is_the_cumulation_of_march(text: str) -> None:
    assert (find_month(text).month, find_month(text).cumulative) == (MARCH, True)


@pytest.mark.parametrize(
    "text",
    [
        "2021年二季度",
        "2021年4季度",
        "2021年4—6月",
        "2021年4月至6月",
        "2021年四至六月",
        "2021Q3",
        "4-6月",
        "2021年下半年",
    ],
)
def test_a_stretch_that_begins_later_is_no_month(text: str) -> None:
    mention = find_month(text)
    assert (mention.month, mention.number, mention.stretch) == (None, None, True)


COMPANIES = CompanyIndex(ENTERPRISES, "蛟河市")


@pytest.mark.parametrize(
    "text",
    [
        "示例甲快递有限公司",
        "示例甲快递",
        "示例甲",
        "甲快递",
        "示例甲速递",
        " 示例甲快递（有限公司）",
        "蛟河市示例甲快递",
        "示例甲快递有限公司蛟河分公司",
    ],
)
def test_company_by_any_of_its_names(text: str) -> None:
    found = COMPANIES.in_cell(text).one
    assert found is not None
    assert found.id == 1


@pytest.mark.parametrize("text", ["示例寅快递有限公司", "示例甲乙快递有限公司", "快递", "甲", "", "其他企业"])
def test_other_names_are_unknown(text: str) -> None:
    assert COMPANIES.in_cell(text).matches == ()


def test_company_in_a_title_and_in_a_file_name() -> None:
    assert COMPANIES.in_text("示例丁快递有限公司3月份业务量统计表").one is ENTERPRISES[3]
    assert COMPANIES.in_text("丁快递3月").one is ENTERPRISES[3]
    assert len(COMPANIES.in_text("示例甲快递、示例乙快递合并表").matches) == 2
    unknown = COMPANIES.in_text("示例寅快递有限公司3月份业务量统计表")
    assert unknown.matches == ()
    assert "示例寅" in unknown.text


def test_one_brand_with_two_companies_is_ambiguous() -> None:
    from dataclasses import replace

    twin = replace(ENTERPRISES[0], id=9, name="示例壹快递有限公司", short_name="示例壹快递", aliases=())
    index = CompanyIndex((*ENTERPRISES, twin), "蛟河市")
    assert {e.id for e in index.in_cell("示例甲").matches} == {1, 9}
    assert index.in_cell("示例甲快递").one is ENTERPRISES[0]


def test_company_named_by_the_user() -> None:
    assert COMPANIES.by_option("2").one is ENTERPRISES[1]
    assert COMPANIES.by_option("示例乙").one is ENTERPRISES[1]
    assert len(COMPANIES.by_option("示例").matches) == 4
    assert COMPANIES.nearest("示例甲快送有限公司") == "示例甲快递有限公司"


@pytest.mark.parametrize(
    ("levels", "code", "aspect", "unit"),
    [
        (("同城业务量",), "MKT.VOL.LOCAL", Aspect.MONTH, None),
        (("业务量", "同城"), "MKT.VOL.LOCAL", Aspect.MONTH, None),
        (("同城", "业务量（万件）"), "MKT.VOL.LOCAL", Aspect.MONTH, "万件"),
        (("业务量（件）", "本月"), "MKT.VOL", Aspect.MONTH, "件"),
        (("业务量", "累计", "万件"), "MKT.VOL", Aspect.YTD, "万件"),
        (("快递业务收入累计同比(%)",), "MKT.REV", Aspect.YTD_YOY, "%"),
        (("业务量比上年同期增长(%)",), "MKT.VOL", Aspect.YOY, "%"),
        (("上年同期业务收入",), "MKT.REV", Aspect.PREVIOUS_YEAR, None),
        (("1—3月业务量",), "MKT.VOL", Aspect.YTD, None),
        (("业务量环比",), "MKT.VOL", Aspect.MOM, None),
        (("使用45毫米以下瘦身胶带封装件数",), "GRN.TAPE.NUM", Aspect.MONTH, None),
    ],
)
def test_heads_name_indicator_aspect_and_unit(
    levels: tuple[str, ...], code: str, aspect: Aspect, unit: str | None
) -> None:
    head = read_head(levels, 0, "/".join(levels))
    assert head is not None
    assert (head.indicator.code, head.aspect, head.unit.name if head.unit else None) == (code, aspect, unit)


@pytest.mark.parametrize("text", ["备注", "来源", "企业名称", "序号", "联系人"])
def test_other_heads_are_no_figures(text: str) -> None:
    assert read_head((text,), 0, text) is None


@pytest.mark.parametrize(
    ("name", "town", "code"),
    [
        ("金星村", "民主街道", "220281001200"),
        ("金星", "民主", "220281001200"),
        ("金星村村委会", "民主街道办事处", "220281001200"),
        ("金星村民委员会", "民主街道", "220281001200"),
        ("金星村委会", "", "220281001200"),
        ("红星村", "白石山镇", "220281100201"),
        ("红星社区居委会", "白石山", "220281100001"),
        ("红星村", "前进乡", "220281201201"),
        ("团山子", "前进乡人民政府", "220281201202"),
    ],
)
def test_villages_by_town_and_name(name: str, town: str, code: str) -> None:
    assert [v.code for v in VillageIndex(VILLAGES).find(name, town)] == [code]


@pytest.mark.parametrize("name", ["崔屯", "崔屯村", "崔屯村民委员会", "崔屯村村委会"])
def test_a_village_called_after_a_hamlet_is_found_without_its_last_word(name: str) -> None:
    index = VillageIndex([*VILLAGES, replace(VILLAGES[0], code="220281100230", name="崔屯村", town="白石山镇")])
    assert [village.code for village in index.find(name, "白石山镇")] == ["220281100230"]


def test_a_name_of_two_towns_is_ambiguous_and_an_unknown_one_has_a_neighbour() -> None:
    index = VillageIndex(VILLAGES)
    assert len(index.find("红星村", "")) == 2
    assert index.find("团山村", "前进乡") == []
    near = index.nearest("团山村", "前进乡")
    assert near is not None
    assert near.name == "团山子村"


def test_a_title_of_all_companies_names_none() -> None:
    found = COMPANIES.in_text("蛟河市各快递公司业务量统计表")
    assert found.matches == ()
    assert found.text == ""


TAIL = [["快递业务量", "1000", "900", "11.1"], ["快递业务收入", "9000", "8100", "11.1"]]


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ([["示例甲快递2021年3月业务情况"], ["项目", "3月完成", "去年同期", "增长%"], *TAIL], "表.csv"),
        ([["示例甲快递"], ["指标", "2021年3月", "2020年3月", "同比"], *TAIL], "表.csv"),
        (
            [
                ["经营月报"],
                ["单位：示例甲快递", "", "2021年3月"],
                ["统计指标", "本月实际", "上年同月", "同比增幅"],
                *TAIL,
            ],
            "表.csv",
        ),
        ([["指标", "数量"], *[row[:2] for row in TAIL]], "示例甲快递_202103.csv"),
    ],
)
def test_the_official_form_in_other_words(tmp_path: Path, rows: Sequence[Sequence[str]], name: str) -> None:
    plan = plan_rows(tmp_path, rows, name=name)
    assert plan.errors == ()
    assert (plan.enterprise_id, plan.month) == (1, MARCH)
    assert {(o.indicator, o.month, o.span): o.value for o in plan.observations} == {
        ("MKT.VOL", MARCH, Span.MONTH): to_fixed(Decimal(1000)),
        ("MKT.REV", MARCH, Span.MONTH): to_fixed(Decimal(9000)),
    }


def test_last_years_month_alone_in_a_head_is_not_the_month(tmp_path: Path) -> None:
    rows = [["示例甲快递"], ["指标", "本月", "2020年3月同期"], *[row[:3] for row in TAIL]]
    plan = plan_rows(tmp_path, rows, name="202103.csv")
    assert plan.month == MARCH
