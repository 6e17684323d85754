"""A programme's lines: levels and increments, conflicting clauses, and what a county is not measured by."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.model import Programme
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.facts import Fact, FactKey
from desktop_app.indicators.green import build_green, line_amount
from desktop_app.indicators.green_drag import drag_text, drags
from desktop_app.indicators.results.green import GreenLine
from desktop_app.models.values import SCALE, CellState, Month, Period
from tests.indicators.world import calculator, fact, key, member, scope

MARCH, DECEMBER = Month(2021, 3), Month(2020, 12)
PERIOD = Period.of_month(MARCH)


def programme(code: str) -> Programme:
    return load_catalogue().programmes[code]


def line_of(code: str, indicator: str, calc: Calculator, number: int = 0, region: str | None = None) -> GreenLine:
    where = scope() if region is None else replace(scope(), region=region)
    lines = [line for line in build_green(calc, programme(code), PERIOD, where).lines if line.indicator == indicator]
    return lines[number]


def rates(pairs: dict[int, tuple[int, int]], name: str = "GRN.NOREPACK") -> dict[FactKey, Fact]:
    return {
        key(f"{name}.{side}", MARCH, company): fact(amount * SCALE)
        for company, (above, below) in pairs.items()
        for side, amount in (("NUM", above), ("DEN", below))
    }


def test_a_line_met_and_a_line_missed() -> None:
    calc = calculator(rates({1: (95, 100), 2: (80, 100)}), [member(1), member(2)])
    county = line_of("2582", "GRN.NOREPACK", calc)
    assert (county.value, county.numerator, county.denominator) == (Decimal("87.5"), Decimal(175), Decimal(200))
    assert (county.met, county.state_text, county.target_text, county.gap_text) == (True, "已达", "≥80%", "+7.5")
    assert county.fraction_text == "175 / 200件"
    city = line_of("29551", "GRN.NOREPACK", calc)
    assert (city.met, city.state_text, city.gap_text) == (False, "未达", "−7.5")


def test_a_target_is_met_by_the_unrounded_rate() -> None:
    """79.96 % prints as 80.0 % and is still below 80 %."""
    line = line_of("2582", "GRN.NOREPACK", calculator(rates({1: (7_996, 10_000)}), [member(1)]))
    assert (line.value_text, line.met) == ("80.0%", False)


def test_nothing_reported_is_neither_met_nor_missed() -> None:
    line = line_of("2582", "GRN.NOREPACK", calculator({}, [member(1)]))
    assert (line.value, line.met, line.state, line.state_text) == (None, None, CellState.MISSING, "未报")
    assert (line.numerator, line.denominator, line.fraction_text) == (None, None, "")


def test_a_campaign_has_no_rate() -> None:
    lines = build_green(calculator({}, [member(1)]), programme("2582"), PERIOD, scope()).lines
    campaign = next(line for line in lines if line.comparator == "完成")
    assert (campaign.target_text, campaign.state_text, campaign.met) == ("完成", "专项治理", None)


def test_the_nation_s_total_is_no_measure_of_a_county() -> None:
    stored = {key("GRN.BOX", MARCH, 1): fact(6_000_000 * SCALE)}
    line = line_of("2582", "GRN.BOX", calculator(stored, [member(1)]))
    assert line.target_text == "≥500万个"
    assert (line.met, line.state_text) == (None, "全国总数")


def test_two_clauses_that_disagree_are_both_shown_as_conflicting() -> None:
    stored = {key("GRN.BOX", MARCH, 1): fact(120_000 * SCALE)}
    calc = calculator(stored, [member(1)])
    suzhou = "320500000000"
    first, second = (line_of("29551", "GRN.BOX", calc, number, suzhou) for number in (0, 1))
    assert (first.clause, first.target_text, first.met) == ("第45条", "≥10万个", True)
    assert (second.clause, second.target_text, second.met) == ("民生实事第12条", "≥15万个", False)
    assert (first.state_text, second.state_text) == ("已达，两处不一致", "未达，两处不一致")
    elsewhere = line_of("29551", "GRN.BOX", calc)
    assert (elsewhere.met, elsewhere.gap, elsewhere.state_text) == (None, None, "市级总数，两处不一致")


# ----------------------------------------------------------------------------------------------- 新增


def increment(calc: Calculator) -> Fraction | None:
    line = next(line for line in programme("2582").lines if line.increment)
    return line_amount(calc, line, PERIOD).value


def outlets(month: Month, company: int, amount: int) -> dict[FactKey, Fact]:
    return {key("GRN.RECYC.N", month, company): fact(amount * SCALE)}


def test_what_was_added_since_december() -> None:
    stored = outlets(DECEMBER, 1, 30) | outlets(MARCH, 1, 42)
    assert increment(calculator(stored, [member(1)])) == 12


def test_a_company_that_is_late_takes_nothing_away() -> None:
    """Its outlets have not gone: they are left out at both ends."""
    stored = outlets(DECEMBER, 1, 30) | outlets(DECEMBER, 2, 50) | outlets(MARCH, 1, 42)
    calc = calculator(stored, [member(1), member(2)])
    line = next(line for line in programme("2582").lines if line.increment)
    found = line_amount(calc, line, PERIOD)
    assert found.value == 12
    assert found.missing == {2}


def test_a_company_without_a_december_adds_nothing_one_that_opened_adds_all() -> None:
    stored = outlets(DECEMBER, 1, 30) | outlets(MARCH, 1, 42) | outlets(MARCH, 2, 9) | outlets(MARCH, 3, 5)
    calc = calculator(stored, [member(1), member(2), member(3, opened=Month(2021, 2))])
    assert increment(calc) == 12 + 5


def test_without_a_december_nothing_can_be_said_of_an_increment() -> None:
    assert increment(calculator(outlets(MARCH, 1, 42), [member(1)])) is None


# ----------------------------------------------------------------------------------------------- the matrix


def test_companies_side_by_side_with_the_county() -> None:
    stored = rates({1: (96, 100), 2: (70, 100)}) | {
        key("GRN.NOREPACK", MARCH, 3): fact(99 * SCALE),
        key("GRN.NOREPACK.NUM", MARCH, 4): fact(None, CellState.NOT_APPLICABLE),
        key("GRN.NOREPACK.DEN", MARCH, 4): fact(None, CellState.NOT_APPLICABLE),
    }
    calc = calculator(stored, [member(n) for n in range(1, 7)], returned=[(6, MARCH.key)])
    report = build_green(calc, programme("29551"), PERIOD, scope())
    row = next(row for row in report.matrix if row.indicator == "GRN.NOREPACK")
    assert report.enterprises == tuple(f"企业{n}" for n in range(1, 7))
    assert [(cell.text, cell.met, cell.rate_only) for cell in row.cells] == [
        ("96.0", True, False),
        ("70.0", False, False),
        ("99.0", True, True),  # the rate alone: shown, but not in the county's
        ("不适用", None, False),
        ("未报", None, False),
        ("退回", None, False),
    ]
    assert (row.county.text, row.county.met, row.target_text) == ("83.0", False, "≥95%")


def test_a_quarter_names_who_gave_a_month_s_rate_alone_and_shows_none_as_the_quarter_s() -> None:
    months = [Month(2021, n) for n in (1, 2, 3)]
    stored = {
        key(f"GRN.NOREPACK.{side}", month, 1): fact(amount * SCALE)
        for month in months
        for side, amount in (("NUM", 90), ("DEN", 100))
    }
    stored |= {
        key(f"GRN.NOREPACK.{side}", month, 2): fact(amount * SCALE)
        for month in months[1:]
        for side, amount in (("NUM", 80), ("DEN", 100))
    }
    stored |= {key("GRN.NOREPACK", months[0], 2): fact(99 * SCALE), key("GRN.NOREPACK", MARCH, 3): fact(70 * SCALE)}
    calc = calculator(stored, [member(n) for n in (1, 2, 3)])
    report = build_green(calc, programme("2582"), Period.parse("2021-Q1"), scope())
    row = next(row for row in report.matrix if row.indicator == "GRN.NOREPACK")
    assert [cell.text for cell in row.cells] == ["90.0", "80.0", "未报"], "March's 70 % is not the quarter's"
    assert row.county.text == "86.0", "430 of 500"
    assert report.rate_only == (("不再二次包装", ("企业2", "企业3")),)
    line = next(line for line in report.lines if line.indicator == "GRN.NOREPACK")
    assert line.remark == "不含只报比率的企业2、企业3；企业2有的月份没有报"


def test_what_is_counted_stands_company_by_company_with_its_place() -> None:
    stored = {
        key("GRN.BOX", MARCH, 1): fact(300 * SCALE),
        key("GRN.BOX", MARCH, 2): fact(500 * SCALE),
        key("GRN.BOX.HELD", MARCH, 1): fact(350 * SCALE),
        key("NET.NEV", MARCH, 2): fact(7 * SCALE),
        key("GRN.CARTON", MARCH, 1): fact(12_345 * SCALE),
    }
    report = build_green(calculator(stored, [member(n) for n in (1, 2, 3)]), programme("2582"), PERIOD, scope())
    rows = {row.name: row for row in report.counts}
    assert list(rows) == ["可循环箱", "可循环箱保有", "复用纸箱", "新能源车"], (
        "使用量、保有量 apart, nothing that nobody gave"
    )
    box = rows["可循环箱"]
    assert [(cell.text, cell.place) for cell in box.cells] == [("300", "2/2"), ("500", "1/2"), ("未报", "")]
    assert (box.county.text, box.unit) == ("800", "个")
    assert (rows["复用纸箱"].county.text, rows["复用纸箱"].unit) == ("1.23", "万个")


def test_who_pulls_the_county_down() -> None:
    calc = calculator(rates({1: (96, 100), 2: (60, 100), 3: (95, 100)}), [member(n) for n in (1, 2, 3)])
    found = drags(calc, load_catalogue().indicator("GRN.NOREPACK"), Fraction(95), PERIOD)
    assert [(drag.name, drag_text(drag)) for drag in found] == [
        ("企业2", "−11.67"),
        ("企业3", "+0.00"),
        ("企业1", "+0.33"),
    ]


def test_a_count_has_no_drags() -> None:
    calc = calculator(outlets(MARCH, 1, 42), [member(1)])
    assert drags(calc, load_catalogue().indicator("GRN.RECYC.N"), Fraction(95), PERIOD) == ()


def test_the_spark_is_a_year_of_months_with_holes_where_nothing_came() -> None:
    line = line_of("2582", "GRN.NOREPACK", calculator(rates({1: (95, 100)}), [member(1)]))
    assert line.spark == (*[None] * 11, Decimal(95))
