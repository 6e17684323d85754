"""口径对比: several definitions of one matter side by side, and the one a report names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from desktop_app.catalogue.families import How
from desktop_app.catalogue.loader import load_catalogue
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.facts import Facts
from desktop_app.indicators.figures import exact
from desktop_app.models.values import CellState, Month, Period
from desktop_app.reporting.content import figures
from desktop_app.reporting.monthly import build_monthly
from desktop_app.services import context, definitions, reports
from desktop_app.services.figures import figure_report
from desktop_app.services.pivot import pivot_board
from desktop_app.services.results.pivot import Axis
from desktop_app.services.results.tracing import FigureAddress
from desktop_app.services.rural import coverage_report
from desktop_app.services.tracing import trace_figure
from desktop_app.storage.engine import Ledger
from tests.indicators.world import REGION, fact, key

MARCH = Period.parse("2021-03")


def test_villages_reached_by_five_definitions_of_the_same_month(county: Ledger) -> None:
    table = definitions.compare(county, "RUR.REACH", MARCH)
    assert table is not None
    lines = {line.key: line for line in table.lines}
    assert {key: (line.text, line.fraction) for key, line in lines.items()} == {
        "any": ("86.3%", "221 / 256 村"),
        "2": ("84.8%", "217 / 256 村"),
        "3": ("78.5%", "201 / 256 村"),
        "major": ("0.0%", "0 / 256 村"),
        "direct": ("53.9%", "138 / 256 村"),
    }
    for name, line in lines.items():
        report = coverage_report(county, MARCH.last, name)
        assert line.fraction == f"{report.covered} / {report.villages} 村"
        assert line.clause
    assert [line.key for line in table.lines if line.used] == ["any"]
    assert len(table.trend.series) == 5
    assert [series.values[-1] for series in table.trend.series] == [
        Decimal(text) for text in ("86.3", "84.8", "78.5", "0.0", "53.9")
    ]


def test_the_definition_of_a_figure_is_told_by_its_code_or_its_key(county: Ledger) -> None:
    for code, given, used in (("RUR.DIRECT", "", "direct"), ("RUR.REACH", "3", "3"), ("RUR.MAJOR", "", "major")):
        table = definitions.compare(county, code, MARCH, definition=given)
        assert table is not None
        assert table.used is not None
        assert table.used.key == used
    assert definitions.compare(county, "MKT.VOL", MARCH) is None


def test_what_was_not_reported_by_a_definition_says_what_is_lacking(county: Ledger) -> None:
    table = definitions.compare(county, "GRN.TAPE", MARCH)
    assert table is not None
    parcels, purchase = table.lines
    assert (parcels.text, parcels.used) == ("93.6%", True)
    assert (purchase.text, purchase.state) == ("未报", CellState.MISSING)
    assert purchase.why == "没有瘦身胶带采购量、胶带采购总量"


def test_price_bases_hold_for_their_years_only(county: Ledger) -> None:
    for period, valid in (("2021-03", "price2020"), ("2020-03", "before2021")):
        table = definitions.compare(county, "IND.GROSS", Period.parse(period))
        assert table is not None
        other = next(line for line in table.lines if line.key != valid)
        assert (other.text, other.used) == ("不适用", False)
        assert "有效" in other.why


def test_a_score_handed_down_stands_beside_the_mean() -> None:
    month = Month(2020, 12)
    values = {
        key("SVC.SAT.PUB", month, None): fact(842_000),
        key("SVC.SAT.TIME", month, None): fact(692_000),
        key("SVC.SAT", month, None): fact(770_000),
    }
    calc = Calculator(load_catalogue(), Facts(REGION, values))
    period = Period.of_month(month)
    assert calc.handed_down("SVC.SAT", period).value == 77
    assert calc.computed("SVC.SAT", period).value == Fraction(767, 10)
    assert definitions.used_of(calc, "SVC.SAT", period) == ("快递服务总体满意度", "上级下发", "SVC.SAT 第1版")
    del values[key("SVC.SAT", month, None)]
    computed = replace(calc, facts=Facts(REGION, values), _cache={})
    assert definitions.used_of(computed, "SVC.SAT", period) == (
        "快递服务总体满意度",
        "公众与时测两项平均",
        "SVC.SAT 第1版",
    )


def test_every_family_of_the_catalogue_names_indicator_and_clause() -> None:
    catalogue = load_catalogue()
    for family in catalogue.families.values():
        assert catalogue.family_of(family.code) is family
        for version in family.versions:
            assert version.clause
            entry = catalogue.indicator(version.indicator)
            assert (version.how is How.COMPUTED) <= (entry.formula is not None)


def test_the_monthly_report_names_the_definition_of_each_such_rate(county: Ledger) -> None:
    data = reports.monthly_data(county, Period.of_month(Month(2021, 3)), "internal", date(2021, 4, 9))
    named = {used.name: (used.definition, used.code) for used in data.definitions}
    assert named["建制村快递服务通达率"] == ("任一品牌通达", "RUR.REACH 第1版")
    assert named["瘦身胶带封装比例"] == ("按封装快件数", "GRN.TAPE 第1版")
    document = build_monthly(data)
    said = "".join(run.text for block in document.blocks for run in getattr(block, "runs", ()))
    assert "建制村快递服务通达率按“任一品牌通达”（RUR.REACH 第1版）" in said
    assert figures(document)


def test_a_rate_of_villages_is_told_by_town_and_the_towns_add_up(county: Ledger) -> None:
    report = figure_report(county, "RUR.REACH", MARCH, by="region")
    towns = report.rows[1:]
    assert (report.rows[0].text, len(towns)) == ("86.3", 17)
    book = context.coverage_book(county)
    for code, definition in (("RUR.REACH", "any"), ("RUR.DIRECT", "direct")):
        rows = figure_report(county, code, MARCH, by="region").rows[1:]
        counts = [book.of_town(row.key).snapshot(MARCH.last) for row in rows]
        assert [row.value for row in rows] == [exact(town.rate_pct(definition)) for town in counts]
        assert sum(town.count(definition) for town in counts) == book.snapshot(MARCH.last).count(definition)
    town = next(row for row in towns if row.name == "新站镇")
    alone = figure_report(county, "RUR.REACH", MARCH, region=town.key).figure
    assert (alone.text, alone.yoy_pct) == (town.text, town.yoy_pct) == ("87.1", Decimal("12.9"))
    board = pivot_board(county, "RUR.REACH", MARCH.last, axis=Axis.TOWN)
    assert next(line.cells[-2].text for line in board.table.lines if line.name == "新站镇") == "87.1"
    traced = trace_figure(county, FigureAddress("RUR.REACH", "2021-03", region=town.key))
    assert (traced.text, len(traced.tree[0].children) > 0) == ("87.1%", True)


def test_the_definition_text_names_clause_and_what_is_assumed() -> None:
    catalogue = load_catalogue()
    for code in ("RUR.REACH", "RUR.DIRECT", "RUR.MAJOR"):
        text = catalogue.indicator(code).definition
        assert "口径" in text
        assert "推定" in text
        assert "待核" not in text
