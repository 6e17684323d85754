"""Figures in which somebody is lacking: said of every kind of figure, with the right direction or none, or no rate."""

from __future__ import annotations

from fractions import Fraction

import pytest

from desktop_app.indicators.breakdown import month_rows
from desktop_app.indicators.facts import Fact, FactKey
from desktop_app.indicators.figures import build_figure
from desktop_app.indicators.results.figures import Figure
from desktop_app.models.values import SCALE, Month, Period, Span
from tests.indicators.world import calculator, fact, key, member, scope

JAN, FEB, MAR = (Month(2022, n) for n in (1, 2, 3))
TWELVE = [member(n) for n in range(1, 13)]
COMPUTED = ("MKT.VOL.DAILY", "MKT.UNITPRICE", "MKT.SHARE.LOCAL", "OPS.INOUT", "MKT.CR8", "MKT.HHI", "SVC.CMPLRATE")
GIVEN = ("MKT.VOL", "MKT.VOL.LOCAL", "MKT.REV", "OPS.IN")


def facts(companies: dict[Month, range], code: str = "MKT.VOL") -> dict[FactKey, Fact]:
    return {key(code, m, n): fact((100 + n) * SCALE) for m, who in companies.items() for n in who}


def one_lacks_february(code: str) -> Figure:
    everybody, but_one = range(1, 13), range(2, 13)
    stored: dict[FactKey, Fact] = {}
    for given in GIVEN:
        stored |= facts({JAN: everybody, FEB: but_one, MAR: everybody}, given)
        stored |= facts({m.shift(-12): everybody for m in (JAN, FEB, MAR)}, given)
    stored |= {
        key("SVC.CMPL", m, None): fact(3 * SCALE) for y in (0, -12) for m in (JAN.shift(y), FEB.shift(y), MAR.shift(y))
    }
    return build_figure(calculator(stored, TWELVE), code, Period.of_month(MAR), scope())


@pytest.mark.parametrize("code", COMPUTED)
def test_a_cumulation_of_a_computed_figure_says_who_is_lacking(code: str) -> None:
    figure = one_lacks_february(code)
    assert figure.cumulative is not None
    assert any("累计：12 家中 1 家缺部分月份（2月报 11 家）" in note for note in figure.notes)


@pytest.mark.parametrize("code", COMPUTED)
def test_a_rate_over_other_companies_has_no_direction(code: str) -> None:
    notes = one_lacks_february(code).notes
    assert any(note.endswith("上年累计与今年的企业不一致，累计同比不可直接比") for note in notes)
    assert not any("偏低" in note or "偏高" in note for note in notes)


def test_a_sum_keeps_its_direction() -> None:
    assert "快递业务量：上年累计含今年未报、退回的 1 家，累计同比偏低" in one_lacks_february("MKT.VOL").notes


def test_one_january_of_twelve_is_worded_so_and_has_no_growth() -> None:
    everybody = range(1, 13)
    stored = facts({JAN.shift(-12): everybody, FEB.shift(-12): everybody, JAN: range(1, 2)})
    figure = build_figure(calculator(stored, TWELVE), "MKT.VOL", Period.of_month(FEB), scope())
    assert figure.cumulative == 101
    assert figure.cumulative_yoy_pct is None
    assert figure.cumulative_completeness.words == "12 家中 11 家未报、1 家缺部分月份"
    assert "快递业务量累计：12 家中 11 家未报、1 家缺部分月份（1月报 1 家，2月报 0 家），不作 0 计" in figure.notes
    assert "快递业务量：本期未报的企业占上年同期快递业务量的 96.0%，超过 50%，不算累计同比" in figure.notes


@pytest.mark.parametrize(("late", "told"), [(4, "-50.0"), (5, None)])
def test_the_rate_is_named_up_to_half_of_the_base(late: int, told: str | None) -> None:
    """Eight equal companies: with four of them late the rate stands with its note, with five there is none."""
    companies = [member(n) for n in range(1, 9)]
    stored = {key("MKT.VOL", MAR.shift(-12), n): fact(SCALE) for n in range(1, 9)}
    stored |= {key("MKT.VOL", MAR, n): fact(SCALE) for n in range(1, 9 - late)}
    figure = build_figure(calculator(stored, companies), "MKT.VOL", Period.of_month(MAR), scope())
    assert (None if figure.yoy_pct is None else str(figure.yoy_pct)) == told
    assert any("不算同比" in note for note in figure.notes) is (told is None)


def test_a_base_of_one_company_makes_no_growth_of_twelve() -> None:
    stored = facts({MAR.shift(-12): range(1, 2), MAR: range(1, 13)})
    figure = build_figure(calculator(stored, TWELVE), "MKT.VOL", Period.of_month(MAR), scope())
    assert figure.yoy_pct is None
    assert any("上年同期未报的企业占本期快递业务量" in note for note in figure.notes)


def test_the_rows_of_months_carry_the_mark() -> None:
    stored = facts({JAN: range(1, 13), FEB: range(2, 13)})
    rows = month_rows(calculator(stored, TWELVE), "MKT.VOL.DAILY", JAN, FEB, scope())
    assert [row.lacking for row in rows] == ["", "12 家中 1 家未报"]


def test_figures_made_of_one_take_its_comparable_base() -> None:
    """出港量 is 业务量 by another name, 日均 is 业务量 ÷ 天数: one base serves all three; 单价 would mix two."""
    stored = facts({MAR.shift(-12): range(1, 13), MAR: range(1, 13)})
    stored |= facts({MAR.shift(-12): range(1, 13), MAR: range(1, 13)}, "MKT.REV")
    base = {FactKey("MKT.VOL", MAR.key, Span.MONTH, None): 1000 * SCALE}
    calc = calculator(stored, TWELVE, comparable=base)
    rates = {}
    for code in ("MKT.VOL", "OPS.OUT", "MKT.REGION", "MKT.VOL.DAILY"):
        figure = build_figure(calc, code, Period.of_month(MAR), scope())
        rates[code] = figure.yoy_pct, figure.yoy_basis
        assert any("同比按可比口径" in note for note in figure.notes)
    assert set(rates.values()) == {rates["MKT.VOL"]}
    assert Fraction(str(rates["MKT.VOL"][0])) == Fraction("27.8")
    for code in ("MKT.UNITPRICE", "MKT.CR8"):
        figure = build_figure(calc, code, Period.of_month(MAR), scope())
        assert figure.yoy_basis == ""
        assert any("没有用，仍按公布数" in note for note in figure.notes)


@pytest.mark.parametrize("late", [2, 8])
def test_who_is_lacking_now_is_told_over_a_comparable_base_too(late: int) -> None:
    stored = facts({MAR.shift(-12): range(1, 13), MAR: range(1, 13 - late)})
    base = {FactKey("MKT.VOL", MAR.key, Span.MONTH, None): 1000 * SCALE}
    figure = build_figure(calculator(stored, TWELVE, comparable=base), "MKT.VOL", Period.of_month(MAR), scope())
    if late == 2:
        assert "快递业务量：上年同期含本期未报、退回的 2 家，同比偏低" in figure.notes
    else:
        assert figure.yoy_pct is None
        assert any("超过 50%，不算同比" in note for note in figure.notes)


def test_an_average_growth_says_who_was_there_years_ago_and_is_lacking_now() -> None:
    """100 + 300件 five years ago, 200件 of the first alone now: −12.9 % a year is the silence of the second."""
    now, then = Month(2021, 3), Month(2016, 3)
    stored = {
        key("MKT.VOL", then, 1): fact(100 * SCALE),
        key("MKT.VOL", then, 2): fact(300 * SCALE),
        key("MKT.VOL", now, 1): fact(200 * SCALE),
    }
    words = "2016年3月的快递业务量含本期未报、退回的 1 家（占 75.0%），结果偏低"
    for code, name in (("MKT.CAGR", "快递业务量五年年均增速"), ("MKT.MULT", "快递业务量为五年前的倍数")):
        late = build_figure(calculator(stored, [member(1), member(2)]), code, Period.of_month(now), scope())
        assert f"{name}：{words}" in late.notes
        shut = calculator(stored, [member(1), member(2, closed=Month(2020, 12))])
        assert not any("偏低" in note for note in build_figure(shut, code, Period.of_month(now), scope()).notes)
