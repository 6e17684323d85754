"""Rates of the demo county: the parts add up to the whole, the pace says how it was reckoned, brands can be changed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from desktop_app.errors import UserError
from desktop_app.indicators.results.rural_rates import RateRow
from desktop_app.models.values import Month
from desktop_app.services.main_brands import main_brands, set_main_brands
from desktop_app.services.rural import coverage_report
from desktop_app.services.rural_rates import NEVER_ARRIVES, rate_table, rural_watch, watched_board
from desktop_app.storage.engine import Ledger

FEBRUARY = Month(2021, 2)


def test_townships_add_up_to_the_county(county: Ledger) -> None:
    table = rate_table(county, FEBRUARY, "town")
    for part in ("villages", "covered", "post_villages", "stations"):
        assert sum(getattr(row, part) for row in table.rows) == getattr(table.total, part), part
    asked = coverage_report(county, FEBRUARY)
    assert (table.total.covered, table.total.reach) == (asked.covered, asked.rate_pct)
    for definition in ("direct", "major"):
        assert getattr(table.total, definition) == coverage_report(county, FEBRUARY, definition).rate_pct
    assert table.total.three == coverage_report(county, FEBRUARY, "3").rate_pct


def test_brands_modes_and_months_agree_with_the_command_line(county: Ledger) -> None:
    def rates(rows: tuple[RateRow, ...]) -> dict[str, int]:
        return {row.key: row.covered for row in rows}

    for by in ("brand", "mode"):
        asked = {line.key: line.covered for line in coverage_report(county, FEBRUARY, by=by).by}
        assert rates(rate_table(county, FEBRUARY, by).rows) == asked
    months = rate_table(county, FEBRUARY, "month").rows
    assert [row.key for row in months][::11] == ["2020-03", "2021-02"]
    assert all(row.covered == coverage_report(county, Month.parse(row.key)).covered for row in months)


def test_the_pace_names_its_formula(county: Ledger) -> None:
    to_2022, to_2025 = rural_watch(county, FEBRUARY).paces
    now = coverage_report(county, FEBRUARY)
    then = coverage_report(county, Month(2020, 8))
    monthly = (Fraction(now.covered * 100, now.villages) - Fraction(then.covered * 100, then.villages)) / 6
    assert monthly > 0
    assert f"2021-02 {now.rate_pct}% − 2020-08 {then.rate_pct}%）÷ 6" in to_2025.formula
    assert (to_2022.aim_text, to_2025.aim_text) == ("100%", ">90%")
    arrival = Month.parse(to_2025.arrival)
    steps = (arrival.year - 2021) * 12 + arrival.month - 2
    reached = Fraction(now.covered * 100, now.villages)
    assert reached + monthly * steps > 90 >= reached + monthly * (steps - 1)
    assert to_2025.words.startswith(f"按现在的进度：{arrival.label}达到")


def test_a_pace_needs_six_months_and_a_fall_never_arrives(county: Ledger) -> None:
    assert "记录不足 6 个月" in rural_watch(county, Month(2020, 4)).paces[0].words
    assert rural_watch(county, Month(2019, 4)).paces[0].words == "还没有进村数据"
    # No record after December 2021: a year later the rate stands still.
    assert rural_watch(county, Month(2022, 12)).paces[0].words == NEVER_ARRIVES


def test_the_villages_that_lost_a_brand_are_named(county: Ledger) -> None:
    watch = rural_watch(county, FEBRUARY)
    lost = {gap.code for gap in coverage_report(county, FEBRUARY, gaps=True).gaps if gap.relapsed}
    assert lost == {each.code for each in watch.relapses if each.cut_off}
    newest = watch.relapses[0]
    assert newest.month == max(each.month for each in watch.relapses)
    assert newest.brand
    assert newest.village


def test_the_main_brands_of_a_year_are_changed_and_earlier_years_stay(own_county: Ledger) -> None:
    before = main_brands(own_county, 2020).chosen
    strict = coverage_report(own_county, FEBRUARY, "major").rate_pct
    two = set_main_brands(own_county, 2021, before[:2])
    assert two.chosen == before[:2]
    assert set(before) <= set(two.known)
    assert main_brands(own_county, 2020).chosen == before
    loose = coverage_report(own_county, FEBRUARY, "major").rate_pct
    assert loose is not None
    assert strict is not None
    assert loose > strict > Decimal(-1)
    with pytest.raises(UserError, match="至少要有一个"):
        set_main_brands(own_county, 2021, ["  "])


def test_the_stacked_modes_are_the_command_lines_numbers(county: Ledger) -> None:
    chart = watched_board(county, FEBRUARY).modes_trend
    assert chart is not None
    assert chart.keys[-1] == "2021-02"
    asked = {line.key: line.covered for line in coverage_report(county, FEBRUARY, by="mode").by}
    shown = {series.name: series.values[-1] for series in chart.series}
    assert {name: shown[name] for name in ("直投", "邮快", "快快")} == {
        name: Decimal(asked[name]) for name in ("直投", "邮快", "快快")
    }
    others = [Decimal(asked[name]) for name in ("交邮", "快商", "第三方", "驻村设点")]
    assert max(others) <= (shown["其他方式"] or 0) <= sum(others), "a village with two of them counts once"
