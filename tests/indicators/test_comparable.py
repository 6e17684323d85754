"""Comparable bases (可比口径): of stretches made of months, and behind what parts bring to the growth of the whole."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.breakdown import enterprise_rows, part_rows
from desktop_app.indicators.facts import FactKey
from desktop_app.indicators.figures import build_figure
from desktop_app.models.values import SCALE, Month, Period, Span
from tests.indicators.world import VOLUME_PARTS, calculator, fact, key, member, scope

MAY = Period.of_month(Month(2021, 5))
SECOND, HALF = Period.parse("2021-Q2"), Period.parse("2021-H1")


def half_a_year(comparable: dict[FactKey, int]) -> Calculator:
    """Two companies with 100件 and 50件 a month in 2020 and 120件 and 60件 in 2021: 450件 → 540件 a quarter."""
    given = {2020: (100, 50), 2021: (120, 60)}
    stored = {
        key("MKT.VOL", Month(year, month), who): fact(amount * SCALE)
        for year, amounts in given.items()
        for month in range(1, 7)
        for who, amount in enumerate(amounts, 1)
    }
    bases = {where: amount * SCALE for where, amount in comparable.items()}
    return calculator(stored, [member(1), member(2)], comparable=bases)


def volume(month: int, span: Span = Span.MONTH) -> FactKey:
    return key("MKT.VOL", Month(2021, month), None, span)


def test_a_quarter_whose_months_have_bases_stands_on_their_sum() -> None:
    calc = half_a_year({volume(4): 144, volume(5): 144, volume(6): 144})
    quarter = build_figure(calc, "MKT.VOL", SECOND, scope())
    assert (quarter.previous_year, quarter.yoy_pct, quarter.yoy_basis) == (Decimal(432), Decimal(25), "可比口径")


def test_the_bases_of_two_cumulations_are_those_of_the_quarter_and_the_month_between() -> None:
    calc = half_a_year({volume(3, Span.YTD): 450, volume(6, Span.YTD): 882})
    quarter = build_figure(calc, "MKT.VOL", SECOND, scope())
    assert (quarter.previous_year, quarter.yoy_pct, quarter.yoy_basis) == (Decimal(432), Decimal(25), "可比口径")
    june = half_a_year({volume(5, Span.YTD): 738, volume(6, Span.YTD): 882})
    assert build_figure(june, "MKT.VOL", Period.of_month(Month(2021, 6)), scope()).previous_year == 144


def test_a_stretch_of_which_some_months_have_bases_says_that_they_are_not_used() -> None:
    half = build_figure(half_a_year({volume(5): 144}), "MKT.VOL", HALF, scope())
    assert (half.yoy_pct, half.yoy_basis) == (Decimal(20), "")
    assert "快递业务量：有的月份录有可比口径基数，但不齐，同比没有用，仍按公布数" in half.notes


def test_without_a_base_of_its_own_a_company_brings_nothing_that_could_be_said() -> None:
    """The county grows by 25.0 % on comparable terms; pulls on published figures would add up to 20.0."""
    calc = half_a_year({volume(5): 144})
    rows = enterprise_rows(calc, "MKT.VOL", MAY, scope())
    assert [(row.contribution_pp, row.contribution_pct) for row in rows] == [(None, None)] * 2
    assert (
        "快递业务量：没有可比口径基数的企业、分项不算拉动和贡献率" in build_figure(calc, "MKT.VOL", MAY, scope()).notes
    )


def test_with_bases_of_their_own_the_pulls_of_companies_make_the_growth_as_printed() -> None:
    month = Month(2021, 5)
    calc = half_a_year({volume(5): 144, key("MKT.VOL", month, 1): 96, key("MKT.VOL", month, 2): 48})
    assert build_figure(calc, "MKT.VOL", MAY, scope()).yoy_pct == 25
    rows = enterprise_rows(calc, "MKT.VOL", MAY, scope())
    assert [str(row.contribution_pp) for row in rows] == ["16.7", "8.3"]
    assert [str(row.contribution_pct) for row in rows] == ["66.7", "33.3"]


def test_parts_with_comparable_bases_pull_and_shift_on_them() -> None:
    """200 + 800 of 1000件 now, 250 + 550 of 800件 on comparable terms, 100 + 900 of 1000件 as published."""
    now, then = Month(2021, 5), Month(2020, 5)
    stored = {
        key(code, month, 1): fact(amount * SCALE)
        for month, amounts in ((now, (200, 800, 0)), (then, (100, 900, 0)))
        for code, amount in zip(VOLUME_PARTS, amounts, strict=True)
    }
    bases = {key("MKT.VOL", now, None): 800 * SCALE} | {
        key(code, now, None): amount * SCALE for code, amount in zip(VOLUME_PARTS, (250, 550, 0), strict=True)
    }
    calc = calculator(stored, [member(1)], comparable=bases)
    local, inter, _ = part_rows(calc, "MKT.VOL", MAY, scope())
    assert (local.contribution_pp, inter.contribution_pp) == (Decimal("-6.3"), Decimal("31.3"))
    # 20 % now, 31.25 % then.
    assert local.share_change_pp == Decimal("-11.3")
