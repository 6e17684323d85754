"""此数从何来: every kind of number back to its formula, its inputs, its file and row."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.models.values import CellState, Month, Period
from desktop_app.services import comparable, imports
from desktop_app.services.results.tracing import FigureAddress, FigureTrace, TraceNode
from desktop_app.services.tracing import original, trace_figure
from desktop_app.storage.engine import Ledger
from tests.services.demo import MARCH_FILES, brought

MARCH = "2021-03"


def find(node: TraceNode, *names: str) -> TraceNode:
    """The node under these names."""
    for name in names:
        node = next(child for child in node.children if child.name == name)
    return node


def leaves(node: TraceNode) -> list[TraceNode]:
    """Every stored number below."""
    below = [leaf for child in node.children for leaf in leaves(child)]
    return ([node] if node.place is not None else []) + below


def trace(ledger: Ledger, code: str, **more: str) -> FigureTrace:
    return trace_figure(ledger, FigureAddress(code, more.pop("period", MARCH), **more))


def test_a_sum_shows_formula_parts_companies_and_rows(county: Ledger) -> None:
    found = trace(county, "MKT.VOL")
    assert (found.title, found.text, found.state) == ("2021年3月 快递业务量", "62.84万件", CellState.VALUE)
    assert found.line("公式") == "快递业务量 = 同城快递业务量 + 异地快递业务量 + 国际/港澳台快递业务量"
    assert found.line("代入") == "7.58 + 55.17 + 0.09 = 62.84万件"
    assert found.line("口径").startswith("MKT.VOL 第1版：")
    assert "国邮定2.1表" in found.line("出处")
    assert found.line("报送") == "12 家中 10 家已报；示例己快递、示例癸快递未报，不作 0 计"
    assert found.line("同比") == "（本期 62.84 − 上年同期 52.98）÷ 52.98 × 100% = +18.6%"
    assert found.line("同比基数").startswith("本台账的上年同期数")
    first = find(found.tree[0], "示例甲快递")
    assert first.place is not None
    assert (first.place.file, first.place.row, first.place.column) == ("企业月报_2021年3月.csv", 4, "快递业务量合计")
    assert [child.state for child in found.tree[0].children][-2:] == [CellState.MISSING, CellState.MISSING]
    assert [row.who for row in found.lacking] == ["示例己快递", "示例癸快递"]
    assert found.tree[1].name == "2020年3月（上年同期）"


def test_the_numbers_of_the_tree_add_up_to_the_figure(county: Ledger) -> None:
    found = trace(county, "MKT.REV", measure="cumulative")
    texts = [find(found.tree[0], child.name).text for child in found.tree[0].children if child.state is CellState.VALUE]
    total = sum((Decimal(text.removesuffix("万元")) for text in texts), Decimal(0))
    assert abs(total - Decimal(found.text.removesuffix("万元"))) <= Decimal("0.005") * len(texts)
    assert {leaf.name for leaf in leaves(find(found.tree[0], "示例甲快递"))} == {"2021年1月", "2021年2月", "2021年3月"}


def test_a_rate_is_put_in_with_its_numbers_and_every_input_unfolds(county: Ledger) -> None:
    found = trace(county, "MKT.UNITPRICE")
    assert found.line("代入") == "879.10万元 ÷ 62.84万件 = 13.99元/件"
    assert [child.name for child in found.tree[0].children] == ["快递业务收入", "快递业务量"]
    assert find(found.tree[0], "快递业务量", "示例甲快递").place is not None
    rate = trace(county, "GRN.NOREPACK", subject="示例甲快递")
    assert rate.title == "2021年3月 示例甲快递 电商快件不再二次包装率"
    assert [child.text for child in rate.tree[0].children] == ["13.75万件", "15.06万件"]
    assert all(child.place is not None for child in rate.tree[0].children)
    assert rate.line("同比").endswith("= +6.7百分点（按未四舍五入的数算）")


def test_a_correction_shows_both_versions_and_which_counts(county: Ledger) -> None:
    found = trace(county, "MKT.VOL.LOCAL", period="2020-02", subject="8")
    place = found.tree[0].place
    assert place is not None
    assert [(v.version, v.standing, v.text, v.file) for v in place.versions] == [
        (1, "被更正", "未报", "企业月报_2020年2月.csv"),
        (2, "计入", "0.26万件", "辛_2020年2月补报.csv"),
    ]
    assert all(v.who and v.when and v.why for v in place.versions)


def test_an_undone_version_is_shown_but_does_not_count(spring: Ledger) -> None:
    before = trace(spring, "MKT.VOL", subject="1")
    batch = brought(spring, next(MARCH_FILES.glob("甲*.xlsx"))).batch
    assert batch is not None
    imports.undo_batch(spring, batch, "误导入")
    after = trace(spring, "MKT.VOL", subject="1")
    assert after.text == before.text
    place = after.tree[0].place
    assert place is not None
    assert [v.standing for v in place.versions] == ["计入", "已撤销"]
    assert place.versions[1].why.endswith("撤销：误导入")


def test_the_comparable_base_is_named_with_its_reason_and_the_published_one(spring: Ledger) -> None:
    comparable.set_base(spring, "MKT.VOL", Period.parse("2021-03"), "50万件", "剔除一家迁出企业")
    found = trace(spring, "MKT.VOL")
    assert found.line("同比基数").startswith("可比口径基数（录入的），理由：剔除一家迁出企业；公布的上年同期数 ")
    assert [node.name for node in found.tree[1:]] == [
        "2020年3月（可比口径基数，录入）",
        "2020年3月（公布的上年同期数）",
    ]
    assert found.tree[1].text == "50.00万件"


def test_a_rate_of_villages_lists_those_reached_and_not_with_their_records(county: Ledger) -> None:
    found = trace(county, "RUR.REACH", definition="3")
    assert found.line("代入") == "201 ÷ 256 × 100 = 78.5%"
    assert found.line("用的口径").startswith("至少 3 个主要品牌通达（推定")
    assert [(group.name, group.text) for group in found.tree[0].children] == [
        ("不符合“至少 3 个主要品牌通达”", "55 村"),
        ("符合“至少 3 个主要品牌通达”", "201 村"),
    ]
    assert len(found.lacking) == 55
    record = leaves(found.tree[0])[0]
    assert record.place is not None
    assert record.place.file.startswith("进村_")
    assert "沿用" in record.note or record.place.file == "进村_2021年3月.csv"


def test_a_brand_in_a_town_counts_the_villages_of_that_town_only(county: Ledger) -> None:
    town = "220281001000"
    found = trace(county, "RUR.REACH", subject=town, brand="示例甲")
    assert found.text == "100.0%"
    assert found.line("公式") == "建制村快递服务通达率 = 示例甲通达的建制村数 ÷ 建制村总数 × 100"


def test_a_figure_without_a_value_says_who_has_not_given_what(county: Ledger) -> None:
    found = trace(county, "SVC.SAT")
    assert found.text == "未报"
    assert [(row.who, row.what) for row in found.lacking] == [
        ("上级", "2021年3月快递服务公众满意度"),
        ("上级", "2021年3月快递时测满意度"),
    ]
    early = trace(county, "RUR.REACH", period="2019-12")
    assert (early.text, early.state) == ("未报", CellState.MISSING)


def test_a_look_back_shows_the_year_that_is_lacking(county: Ledger) -> None:
    found = trace(county, "MKT.CAGR", period="2021-03")
    assert found.text == "未报"
    assert [child.name for child in found.tree[0].children] == ["快递业务量", "2016年3月业务量"]


def test_numbers_of_programmes_and_of_duties_lead_on(county: Ledger) -> None:
    programme = trace(county, "9792")
    assert any(child.address is not None for child in programme.tree[0].children)
    duty = trace(county, "REPORTING")
    assert duty.text == "10 家已报"
    assert {row.who for row in duty.lacking} == {"示例己快递", "示例癸快递"}


def test_every_indicator_of_the_catalogue_can_be_traced(county: Ledger) -> None:
    from desktop_app.catalogue.loader import load_catalogue

    for code in load_catalogue().indicators:
        found = trace(county, code)
        assert found.line("口径"), code
        assert found.tree, code


def test_the_kept_file_opens_at_the_cell(county: Ledger) -> None:
    place = find(trace(county, "MKT.VOL.LOCAL").tree[0], "示例甲快递").place
    assert place is not None
    sheet = original(county, place.batch, place.sheet, place.row, place.column)
    assert sheet.file == "企业月报_2021年3月.csv"
    assert sheet.first + sheet.row == 4
    assert sheet.rows[sheet.row][sheet.column].replace(",", "") == "23028"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (FigureAddress("MKT.VOL", "2021-13"), "期间写法不对"),
        (FigureAddress("MKT.VOL", MARCH, subject="没有这家"), "台账里没有“没有这家”"),
        (FigureAddress("NO.SUCH", MARCH), "没有指标 NO.SUCH"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused_in_words(county: Ledger, address: FigureAddress, words: str) -> None:
    with pytest.raises(UserError, match=words):
        trace_figure(county, address)


def test_a_company_of_a_month_is_traced_by_its_id_as_by_its_name(county: Ledger) -> None:
    by_id, by_name = (trace(county, "MKT.VOL", subject=who) for who in ("1", "示例甲快递"))
    assert by_id.tree == by_name.tree
    assert Month.parse(MARCH).label in by_id.title


def test_a_rate_given_alone_is_shown_with_its_row_and_said_to_be_in_no_sum(spring: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "癸.csv"
    file.write_text("企业,指标,期间,数值,单位\n示例癸快递,瘦身胶带封装比例,2021-03,88,%\n", encoding="utf-8")
    assert brought(spring, file).outcome.value == "committed"
    found = trace(spring, "GRN.TAPE", subject="示例癸快递")
    assert (found.text, found.state) == ("88.0%", CellState.VALUE)
    assert found.line("数值") == "88.0%（只报了比率，没有分子分母，不入全县合计）"
    assert found.tree[0].place is not None
    assert found.tree[0].place.file == "癸.csv"
    county_node = trace(spring, "GRN.TAPE").tree[0]
    assert "示例癸快递" in {child.name for child in find(county_node, "胶带封装件数").children}


def test_villages_beside_last_year_say_where_rounding_shows(county: Ledger) -> None:
    found = trace(county, "RUR.REACH", subject="220281102000")
    assert found.line("同比") == "本期 100.0% − 上年同期 81.3% = +18.8个百分点（按未四舍五入的数算）"
    assert found.tree[1].name == "2020年3月（上年同期）"
    village = found.tree[0].children[0].children[0].children[0]
    assert village.text.endswith("个品牌")
    assert "示例" in village.note
