"""What the tabs show of the demo county: charts, provenance, gaps, drags, search, and what may be printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.charts import ChartSpec
from desktop_app.errors import UserError
from desktop_app.models.values import CellState, CoverageMode, Month, Period, quantize
from desktop_app.services import context
from desktop_app.services.figures import figure_report, indicator_board, indicator_detail, indicator_tree
from desktop_app.services.green import green_board, green_report
from desktop_app.services.reports import available, make_report, monthly_data
from desktop_app.services.rural import coverage_report, rural_board
from desktop_app.services.search import find
from desktop_app.storage.engine import Ledger
from tests.reporting.office import docx_lines, docx_tables
from tests.services.demo import MARCH, expected

PERIOD = Period.of_month(MARCH)
AFTER, BEFORE = Month(2022, 5), Month(2019, 6)
OF_MARCH = expected()["months"]["2021-03"]


def caption(chart: ChartSpec, name: str) -> str:
    return chart.captions[chart.categories.index(name)]


# ----------------------------------------------------------------------------------------------- 行业指标


def test_the_tree_holds_every_indicator_once(county: Ledger) -> None:
    leaves = [leaf.code for upper in indicator_tree(county) for lower in upper.children for leaf in lower.children]
    assert len(leaves) == len(set(leaves))
    assert {"MKT.VOL", "NET.OUTLET", "RUR.REACH", "GRN.TAPE", "SVC.CMPLRATE"} <= set(leaves)


def test_every_indicator_answers_with_a_value_or_a_reason(county: Ledger) -> None:
    for code in load_catalogue().indicators:
        figure = figure_report(county, code, PERIOD).figure
        assert (figure.value is not None) == (figure.state is CellState.VALUE), code
        assert figure.text, code
        assert figure.definition, code


def test_growth_after_a_month_with_gaps_says_so(county: Ledger) -> None:
    """March lacks two companies that have reported in April: 环比 is high by them, and 累计 lacks their March."""
    april = figure_report(county, "MKT.VOL", Period.parse("2021-04")).figure
    assert (april.mom_gap, april.mom_surplus) == (2, 0)
    assert "快递业务量：上期缺 2 家而本期已报，环比偏高" in april.notes
    assert "快递业务量：上年累计含今年未报、退回的 2 家，累计同比偏低" in april.notes
    march = figure_report(county, "MKT.VOL", PERIOD).figure
    assert (march.mom_gap, march.mom_surplus) == (0, 2)
    assert "快递业务量：上期含本期未报、退回的 2 家，环比偏低" in march.notes


def test_months_have_no_share_in_themselves_and_run_forwards(county: Ledger) -> None:
    rows = figure_report(county, "MKT.VOL", PERIOD, by="month").rows
    assert {row.share_pct for row in rows} == {None}
    parts = figure_report(county, "MKT.VOL.LOCAL", PERIOD, by="month").rows
    assert all(row.share_pct is not None for row in parts)
    with pytest.raises(UserError, match="晚于"):
        figure_report(county, "MKT.VOL", PERIOD, by="month", first=Month(2021, 5), last=Month(2021, 1))


@pytest.mark.parametrize("name", ["台账.db", "企业.xlsx", "月报.docx", "月报"])
def test_a_report_is_not_written_over_other_files(own_county: Ledger, tmp_path: Path, name: str) -> None:
    place = tmp_path / name
    place.write_bytes(b"keep")
    with pytest.raises(UserError, match="存成"):
        make_report(own_county, "monthly", PERIOD, "pdf", "internal", place)
    assert place.read_bytes() == b"keep"


def test_a_report_is_not_written_over_a_ledger_or_a_stranger_that_is_called_pdf(
    own_county: Ledger, tmp_path: Path
) -> None:
    assert own_county.path is not None
    link = tmp_path / "月报.pdf"
    link.hardlink_to(own_county.path)
    with pytest.raises(UserError, match="台账"):
        make_report(own_county, "monthly", PERIOD, "pdf", "internal", link)
    stranger = tmp_path / "企业.pdf"
    stranger.write_bytes(b"name;figure")
    with pytest.raises(UserError, match="不是 PDF"):
        make_report(own_county, "monthly", PERIOD, "pdf", "internal", stranger)
    assert stranger.read_bytes() == b"name;figure"


@pytest.mark.parametrize(
    ("code", "members", "said"),
    [
        ("MKT.SHARE.LOCAL/INTER/INTL", 3, "这是 3 个指标"),
        ("svc.sat.pub/time", 2, "这是 2 个指标"),
        ("FORM.2.1", 9, "是报表，不是指标"),
        ("FORM.2013", 0, "没有见到表式"),
    ],
)
def test_rows_of_the_sources_catalogue_that_are_several_indicators_list_them(
    county: Ledger, code: str, members: int, said: str
) -> None:
    report = figure_report(county, code, PERIOD)
    assert (report.figure.value, report.figure.code, len(report.rows)) == (None, code.upper(), members)
    assert said in report.figure.notes[0]
    for row in report.rows:
        assert row.value == figure_report(county, row.key, PERIOD).figure.value


def test_every_figure_without_a_value_says_what_it_waits_for(county: Ledger) -> None:
    said = {}
    for code in context.catalogue(county).indicators:
        figure = figure_report(county, code, PERIOD, with_sources=False).figure
        if figure.value is None:
            assert figure.notes, code
            said[code] = figure.notes[-1]
    assert said["MKT.PERCAP"] == "缺常住人口（未报）"
    assert said["CTX.POP"] == "2021年3月本局没有录入常住人口"
    assert said["RUR.MODE"] == "快递进村方式是分类，没有自己的数"


def test_the_table_of_a_month(county: Ledger) -> None:
    board = indicator_board(county, MARCH, "市场规模/业务量与收入")
    assert board.scope == "蛟河市 · 10 家企业，2 家未报"
    assert [(line.figure.code, line.indent) for line in board.lines[:4]] == [
        ("MKT.VOL", 0),
        ("MKT.VOL.LOCAL", 1),
        ("MKT.VOL.INTER", 1),
        ("MKT.VOL.INTL", 1),
    ]
    assert len(board.enterprises) == 12
    shares = [line.figure.share_pct for line in board.lines[1:4]]
    assert sum(share for share in shares if share is not None) == pytest.approx(Decimal(100), abs=Decimal("0.2"))


def test_the_table_of_one_company_has_its_own_figures_only(county: Ledger) -> None:
    board = indicator_board(county, MARCH, "", enterprise_id=1)
    texts = {line.figure.code: line.figure.text for line in board.lines}
    assert board.scope == "蛟河市 · 示例甲快递"
    assert (texts["MKT.VOL"], texts["NET.STAFF"]) == ("18.23", "91")
    for code in ("SVC.CMPL", "SVC.CMPLRATE", "RUR.REACH", "MKT.CR8"):
        assert texts[code] == "不适用", code


def test_where_a_figure_comes_from(county: Ledger) -> None:
    detail = indicator_detail(county, "MKT.VOL", MARCH)
    assert detail.trace[:2] == (
        "= 同城 7.58 + 异地 55.17 + 国际/港澳台 0.09",
        "10 家企业报送 628,366 件；示例己快递、示例癸快递未报，不作 0 计",
    )
    assert "来源 1 个文件，10 个数" in detail.trace
    assert "快递业务量：上年同期含本期未报、退回的 2 家，同比偏低" in detail.trace
    total = sum(Decimal(source.amount) for source in detail.sources)
    assert total == OF_MARCH["volume"]["total"]
    assert len({(source.file, source.row) for source in detail.sources}) == 10


def test_the_inputs_of_a_ratio_are_named_with_their_amounts(county: Ledger) -> None:
    trace = indicator_detail(county, "OPS.INOUT", MARCH).trace
    assert "进港 192.53万件，出港 62.84万件" in trace
    assert not [line for line in trace if "偏低" in line]


def test_the_trend_has_last_year_s_line(county: Ledger) -> None:
    trend = indicator_detail(county, "MKT.VOL", MARCH).trend
    current, before = trend.series
    assert trend.keys[-1] == "2021-03"
    assert current.values[-1] == Decimal("62.84")
    assert before.values[-1] == Decimal("52.98")
    assert current.values[trend.keys.index("2020-03")] == before.values[-1]
    assert trend.categories[0].startswith("20年")


def test_companies_ranked_with_their_pull(county: Ledger) -> None:
    ranking = indicator_detail(county, "MKT.VOL", MARCH).ranking
    assert ranking.categories[0] == "示例甲快递"
    assert caption(ranking, "示例甲快递") == "18.23\u3000+6.9"
    assert caption(ranking, "示例癸快递") == "未报"
    assert [ranking.categories[i] for i in ranking.warned] == ["示例丙快递", "示例庚快递"]
    rows = figure_report(county, "MKT.VOL", PERIOD, by="enterprise").rows
    pulls = sum((row.contribution_pp for row in rows if row.contribution_pp is not None), Decimal(0))
    base = expected()["months"]["2020-03"]["volume"]["total"]
    lost = sum(
        (row.value or Decimal(0))
        for row in figure_report(county, "MKT.VOL", Period.parse("2020-03"), by="enterprise").rows
        if row.name in {"示例己快递", "示例癸快递"}
    )
    growth = Fraction((OF_MARCH["volume"]["total"] - base) * 100, base)
    assert abs(Fraction(pulls) - Fraction(lost * 100) / base - growth) <= Fraction(len(rows), 20)


def test_charts_without_data_say_why(county: Ledger) -> None:
    detail = indicator_detail(county, "MKT.VOL", Month(2024, 5))
    assert detail.ranking.reason == "2024年5月没有企业报送快递业务量"
    assert detail.trend.reason
    assert detail.composition.reason == "近 12 个月没有快递业务量分项的数据"
    assert indicator_detail(county, "NET.STAFF", MARCH).composition.reason == "从业人员数没有分项"


def test_months_side_by_side(county: Ledger) -> None:
    report = figure_report(county, "MKT.VOL", PERIOD, by="month", first=Month(2021, 1), last=Month(2021, 3))
    assert [row.key for row in report.rows] == ["2021-01", "2021-02", "2021-03"]
    assert [row.value for row in report.rows] == [581_053, 448_514, 628_366]


# ----------------------------------------------------------------------------------------------- 快递进村


def test_breakdowns_by_town_brand_and_mode(county: Ledger) -> None:
    towns = coverage_report(county, MARCH, by="town").by
    assert sum(line.villages for line in towns) == 256
    assert sum(line.covered for line in towns) == OF_MARCH["coverage"]["any"]
    for line in towns:
        assert line.rate_pct == quantize(Fraction(line.covered * 100, line.villages), 1)
    modes = coverage_report(county, MARCH, by="mode").by
    assert [line.key for line in modes] == [mode.value for mode in CoverageMode]
    direct = next(line for line in modes if line.key == "直投")
    assert direct.covered == OF_MARCH["coverage"]["direct"]


@pytest.mark.parametrize("definition", ["any", "direct", "major", "2", "3"])
def test_gaps_are_just_the_villages_not_reached(county: Ledger, definition: str) -> None:
    report = coverage_report(county, MARCH, definition, gaps=True)
    assert len(report.gaps) == report.villages - report.covered
    assert len({gap.code for gap in report.gaps}) == len(report.gaps)
    assert [gap.relapsed for gap in report.gaps] == sorted((gap.relapsed for gap in report.gaps), reverse=True)
    assert all((gap.since == "从未") != gap.relapsed for gap in report.gaps)


def test_villages_that_lost_their_service(county: Ledger) -> None:
    gaps = coverage_report(county, MARCH, gaps=True).gaps
    assert [(gap.town, gap.name, gap.since) for gap in gaps if gap.relapsed] == [
        ("黄松甸镇", "南顶子村", "2021-02"),
        ("黄松甸镇", "沙河掌村", "2021-02"),
        ("黄松甸镇", "进步站村", "2021-02"),
    ]
    board = rural_board(county, MARCH)
    assert {row.name for row in board.villages if row.state == "回退"} == {"南顶子村", "沙河掌村", "进步站村"}
    assert next(town.relapsed for town in board.towns if town.name == "黄松甸镇") == 3
    assert not [gap for gap in coverage_report(county, Month(2021, 1), gaps=True).gaps if gap.relapsed]


def test_before_the_first_sheet_nothing_is_said_of_any_village(county: Ledger) -> None:
    report = coverage_report(county, BEFORE, by="town", gaps=True)
    assert (report.villages, report.rate_pct, report.gaps) == (256, None, ())
    assert {line.rate_pct for line in report.by} == {None}
    board = rural_board(county, BEFORE)
    assert board.empty_reason == "2019年6月及以前没有进村数据。请到“数据导入”放入快递进村表。"
    assert (board.kpis, board.towns, board.villages, board.gaps, board.total) == ((), (), (), (), None)
    assert board.trend.reason


def test_after_the_last_sheet_its_state_is_carried_on(county: Ledger) -> None:
    december, later = (coverage_report(county, month) for month in (Month(2021, 12), AFTER))
    assert (later.covered, later.rate_pct) == (december.covered, december.rate_pct)
    evidence = {gap.evidence for gap in coverage_report(county, AFTER, gaps=True).gaps}
    assert any(words.startswith("待核实") for words in evidence)


def test_an_unknown_definition_is_refused(county: Ledger) -> None:
    with pytest.raises(UserError, match="没有这种口径：0"):
        coverage_report(county, MARCH, "0")


def test_key_figures_of_the_rural_tab(county: Ledger) -> None:
    cards = {kpi.code: kpi for kpi in rural_board(county, MARCH).kpis}
    assert cards["RUR.REACH"].footnote == "221/256 村"
    assert cards["RUR.FREQ3"].text == "96.9"
    assert cards["RUR.YK.VIL"].footnote == "代投 3.13万件"


# ----------------------------------------------------------------------------------------------- 绿色包装


def test_the_programme_of_the_county_s_own_city_comes_first(county: Ledger) -> None:
    board = green_board(county, MARCH)
    assert board.report.programme == "JILIN-2025"
    assert board.programmes[-1][0] in {"29551", "9917-HLJ"}  # set for other regions
    assert green_report(county, PERIOD).programme == "JILIN-2025"


def test_who_pulls_the_county_down_and_what_it_would_bring(county: Ledger) -> None:
    board = green_board(county, MARCH, "2582", "GRN.NOREPACK")
    line = next(line for line in board.report.lines if line.indicator == "GRN.NOREPACK")
    assert line.met is True
    strict = green_board(county, MARCH, "29551", "GRN.NOREPACK")
    assert strict.outlook.startswith("若示例丙快递升到 95%，全县由 90.8% 升到 ")
    assert strict.drag.categories[0] == "示例丙快递"
    county_rate = Fraction(OF_MARCH["green"]["未二次包装电商快件"] * 100, OF_MARCH["green"]["电商快件总数"])
    row = next(row for row in strict.report.matrix if row.indicator == "GRN.NOREPACK")
    assert row.county.value == quantize(county_rate, 4)


def test_companies_that_gave_no_green_sheet_are_lacking_not_zero(county: Ledger) -> None:
    report = green_report(county, PERIOD)
    column = report.enterprises.index("示例己快递")
    for row in report.matrix:
        assert (row.cells[column].state, row.cells[column].value) == (CellState.MISSING, None)


def test_a_company_without_parcels_has_no_rate(county: Ledger) -> None:
    """示例庚 reports zeros: 0 over 0 is 不适用, and its zeros stay in the county's sums."""
    report = green_report(county, PERIOD)
    column = report.enterprises.index("示例庚快递")
    row = next(row for row in report.matrix if row.indicator == "GRN.EWAYBILL")
    assert row.cells[column].text == "不适用"


def test_an_unknown_programme_is_refused(county: Ledger) -> None:
    with pytest.raises(UserError, match="没有绿色方案 1234"):
        green_report(county, PERIOD, "1234")


# ----------------------------------------------------------------------------------------------- search, print


@pytest.mark.parametrize(
    ("typed", "first"), [("hsd", "黄松甸镇"), ("MKT.REV", "快递业务收入"), ("示例丙", "示例丙快递有限公司")]
)
def test_things_are_found_by_initials_code_and_name(county: Ledger, typed: str, first: str) -> None:
    assert find(county, typed)[0].name == first


def test_nothing_is_found_for_nothing(county: Ledger) -> None:
    assert find(county, "  ") == ()
    assert find(county, "没有这个村") == ()


def test_a_month_without_figures_cannot_be_printed(county: Ledger, tmp_path: Path) -> None:
    assert available(county, AFTER)[0].blocked == "2022年5月还没有企业报送业务量"
    assert available(county, MARCH)[0].blocked == ""
    out = tmp_path / "月报.pdf"
    with pytest.raises(UserError, match="2022年5月还没有企业报送业务量"):
        make_report(county, "monthly", Period.of_month(AFTER), "pdf", "internal", out)
    assert not out.exists()


def test_the_report_s_data_are_the_figures_of_the_tabs(county: Ledger) -> None:
    data = monthly_data(county, Period.of_month(MARCH), "internal", date(2021, 4, 9))
    assert data.figures["MKT.VOL"].value == OF_MARCH["volume"]["total"]
    assert data.figures["MKT.VOL"].cumulative == OF_MARCH["cumulative_volume"]
    assert data.rural is not None
    assert data.rural.coverage.covered == OF_MARCH["coverage"]["any"]
    assert data.reporting is not None
    assert (data.reporting.expected, data.reporting.reported) == (12, 10)
    assert data.reporting.missing == ("示例己快递", "示例癸快递")
    assert data.reporting.zero == ("示例庚快递",)
    assert data.sample


def test_a_public_edition_withholds_what_tells_of_single_companies(county: Ledger, tmp_path: Path) -> None:
    out = tmp_path / "公开.docx"
    made = make_report(county, "monthly", PERIOD, "docx", "public", out)
    assert made.figures > 100
    text = "".join(docx_lines(out))
    # Ten companies reported: the eight largest leave two, whose sum CR8 would tell.
    assert "品牌集中度指数CR8的有关数据可推知单个企业的情况，依法不予公布" in text
    cr8 = next(row for table in docx_tables(out) for row in table if row[0].endswith("CR8"))
    assert cr8[2:] == ["—"] * 4
    assert "示例甲快递" not in text


def test_the_same_day_gives_the_same_bytes(county: Ledger, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("一.pdf", "二.pdf")]
    for file in files:
        made = make_report(county, "monthly", PERIOD, "pdf", "internal", file, made_on=date(2021, 4, 9))
        assert (made.missing_glyphs, made.file) == ((), file)
    assert files[0].read_bytes() == files[1].read_bytes()
