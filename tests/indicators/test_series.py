"""Breaks in a series, figures that hold on for a year, earlier years in formulas, concentration of the market."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.indicators.facts import Fact, FactKey
from desktop_app.indicators.figures import build_figure
from desktop_app.indicators.growth import concentration
from desktop_app.indicators.moves import base_of
from desktop_app.models.values import SCALE, CellState, Month, Period, Span
from tests.indicators.world import calculator, fact, key, member, scope

BEFORE, AFTER = Month(2020, 12), Month(2021, 12)


def gross(**years: int) -> dict[FactKey, Fact]:
    """业务总量 of whole years in 亿元."""
    return {
        FactKey("IND.GROSS", Month(int(year[1:]), 12).key, Span.YTD, None): fact(amount * 10**8 * SCALE)
        for year, amount in years.items()
    }


def test_growth_over_a_break_is_refused_and_says_why() -> None:
    calc = calculator(gross(y2020=21053, y2021=13698))
    figure = build_figure(calc, "IND.GROSS", Period.year(2021), scope())
    assert figure.yoy_pct is None
    assert figure.mom_pct is None
    assert any("2020年不变单价" in note and "可比口径" in note for note in figure.notes)


def test_over_a_break_nothing_is_contributed() -> None:
    calc = calculator(gross(y2019=16230, y2020=21053, y2021=13698))
    assert base_of(calc, "IND.GROSS", Period.year(2021), None) is None
    assert base_of(calc, "IND.GROSS", Period.year(2020), None) is not None


def test_growth_over_a_break_on_a_comparable_base() -> None:
    calc = calculator(
        gross(y2020=21053, y2021=13698),
        comparable={FactKey("IND.GROSS", AFTER.key, Span.YTD, None): 10950 * 10**8 * SCALE},
    )
    figure = build_figure(calc, "IND.GROSS", Period.year(2021), scope())
    assert str(figure.yoy_pct) == "25.1"
    assert figure.yoy_basis == "可比口径"


def test_growth_on_one_side_of_the_break_is_plain() -> None:
    calc = calculator(gross(y2019=16230, y2020=21053))
    assert str(build_figure(calc, "IND.GROSS", Period.year(2020), scope()).yoy_pct) == "29.7"


def test_a_population_holds_until_the_next_is_entered_but_not_for_ever() -> None:
    calc = calculator({key("CTX.POP", BEFORE, None): fact(400_000 * SCALE)})
    figure = build_figure(calc, "CTX.POP", Period.of_month(Month(2021, 6)), scope())
    assert figure.text == "40.00"
    assert "常住人口：沿用2020年12月的数" in figure.notes
    assert calc.amount("CTX.POP", Period.of_month(Month(2022, 12))).value == 400_000
    assert calc.amount("CTX.POP", Period.of_month(Month(2023, 1))).state is CellState.MISSING


def test_a_month_of_a_company_is_not_carried() -> None:
    calc = calculator({key("NET.STAFF", BEFORE, 1): fact(5 * SCALE)}, [member(1)])
    assert calc.amount("NET.STAFF", Period.of_month(Month(2021, 1))).state is CellState.MISSING


def test_average_growth_and_multiple_look_five_years_back() -> None:
    values = {
        key("MKT.VOL", Month(year, 12), None, Span.YTD): fact(n * SCALE) for year, n in ((2015, 100), (2020, 161))
    }
    calc = calculator(values)
    year = Period.year(2020)
    assert build_figure(calc, "MKT.MULT", year, scope()).text == "1.61"
    assert build_figure(calc, "MKT.CAGR", year, scope()).text == "10.0"
    assert build_figure(calc, "MKT.CAGR", Period.year(2019), scope()).text == "未报"
    used = {k.month for k in calc.amount("MKT.MULT", year).keys}
    assert used == {201512, 202012}


def test_a_score_is_computed_by_its_rule_unless_it_was_handed_down() -> None:
    month = Month(2020, 12)
    parts = {key("SVC.SAT.PUB", month, None): fact(842_000), key("SVC.SAT.TIME", month, None): fact(692_000)}
    assert build_figure(calculator(parts), "SVC.SAT", Period.year(2020), scope()).text == "76.7"
    told = parts | {key("SVC.SAT", month, None): fact(770_000)}
    assert build_figure(calculator(told), "SVC.SAT", Period.year(2020), scope()).text == "77.0"


def test_a_rank_moves_in_places() -> None:
    calc = calculator({key("PLAN.RANK", m, None): fact(n * SCALE) for m, n in ((BEFORE, 5), (AFTER, 3))})
    figure = build_figure(calc, "PLAN.RANK", Period.of_month(AFTER), scope())
    assert (figure.text, figure.yoy_is_points, str(figure.yoy_pct)) == ("3", True, "-2.0")


def test_a_classification_has_no_number() -> None:
    assert build_figure(calculator({}), "RUR.MODE", Period.of_month(AFTER), scope()).text == "不适用"


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=30).filter(any))
def test_concentration_against_plain_arithmetic(amounts: list[int]) -> None:
    shares = [Fraction(amount, sum(amounts)) * 100 for amount in amounts]
    given_amounts = [Fraction(amount) for amount in amounts]
    hhi = concentration("HHI", given_amounts)
    assert hhi == sum(share * share for share in shares)
    assert Fraction(10_000, len(amounts)) <= hhi <= 10_000
    for n in (1, 4, 8):
        assert concentration(f"CR{n}", given_amounts) == sum(sorted(shares)[-n:])
    assert concentration("CR99", given_amounts) == 100


@pytest.mark.parametrize(("rule", "text"), [("MKT.CR4", "100.0"), ("MKT.HHI", "5200"), ("MKT.CR8", "100.0")])
def test_brands_of_two_companies_are_one(rule: str, text: str) -> None:
    values = {key("MKT.VOL", AFTER, n): fact(amount * SCALE) for n, amount in ((1, 20), (2, 40), (3, 40))}
    members = [member(1), member(2), member(3)]
    same = [members[0], members[1].__class__(2, "企业2", members[0].brand), members[2]]
    assert build_figure(calculator(values, same), rule, Period.of_month(AFTER), scope()).text == text
