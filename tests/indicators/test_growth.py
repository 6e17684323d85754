"""Growth, shares, contributions: exact, never invented, adding up to the whole."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.indicators.breakdown import enterprise_rows, month_rows, part_rows
from desktop_app.indicators.figures import build_figure, growth_over_year, shares
from desktop_app.indicators.growth import change, contribution_pp, growth_pct, share_pct
from desktop_app.models.values import SCALE, CellState, Month, Period, Span, quantize
from tests.indicators.world import VOLUME_PARTS, World, calculator, fact, key, member, periods, scope, worlds

MARCH, LAST_MARCH = Month(2021, 3), Month(2020, 3)
PERIOD = Period.of_month(MARCH)
numbers = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10_000)
positive = st.fractions(min_value=Fraction(1, 10_000), max_value=10**9, max_denominator=10_000)


@settings(max_examples=60)
@given(positive, positive)
def test_growth_undone_gives_the_figure_back(value: Fraction, base: Fraction) -> None:
    rate = growth_pct(value, base)
    assert rate is not None
    assert base * (1 + rate / 100) == value


@settings(max_examples=60)
@given(numbers | st.none(), numbers | st.none())
def test_growth_is_never_invented_and_never_falls_by_more_than_all(
    value: Fraction | None, base: Fraction | None
) -> None:
    rate = growth_pct(value, base)
    if value is None or base is None or base <= 0 or value < 0:
        assert rate is None
    else:
        assert rate is not None
        assert rate >= -100
        assert (rate > 0) == (value > base)


@settings(max_examples=60)
@given(numbers | st.none(), numbers | st.none())
def test_shares_need_a_whole(part: Fraction | None, whole: Fraction | None) -> None:
    share = share_pct(part, whole)
    if part is None or whole is None or whole <= 0:
        assert share is None
    else:
        assert share is not None
        assert share * whole == part * 100


@settings(max_examples=60)
@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=6))
def test_contributions_add_up_to_the_change_of_the_whole(parts: list[tuple[Fraction, Fraction]]) -> None:
    now, before = (sum((pair[n] for pair in parts), Fraction(0)) for n in (0, 1))
    pulls = [contribution_pp(one, base, before) for one, base in parts]
    if before <= 0:
        assert pulls == [None] * len(parts)
    else:
        assert sum((pull for pull in pulls if pull is not None), Fraction(0)) == (now - before) / before * 100


@settings(max_examples=60)
@given(numbers | st.none(), numbers | st.none())
def test_a_change_in_points_is_the_plain_difference(value: Fraction | None, base: Fraction | None) -> None:
    moved = change(value, base)
    assert moved == (None if value is None or base is None else value - base)


# ----------------------------------------------------------------------------------------------- of figures


@settings(max_examples=40)
@given(worlds(("MKT.VOL",), silent=False, moving=False), periods)
def test_yoy_and_mom_of_a_figure_come_from_its_own_amounts(world: World, period: Period) -> None:
    calc = world.calculator()
    figure = build_figure(calc, "MKT.VOL", period, scope())
    value, last_year, before = (
        calc.amount("MKT.VOL", p).value for p in (period, period.previous_year(), period.previous())
    )

    def printed(base: Fraction | None) -> Decimal | None:
        return None if value is None or not base else quantize((value - base) / base * 100, 1)

    assert figure.yoy_pct == printed(last_year)
    assert figure.mom_pct == (printed(before) if figure.mom_applies else None)
    assert figure.previous_year == (None if last_year is None else quantize(last_year, 4))


@settings(max_examples=30)
@given(worlds(VOLUME_PARTS, silent=False), periods)
def test_shares_of_the_parts_make_a_hundred_and_their_changes_nothing(world: World, period: Period) -> None:
    calc = world.calculator()
    catalogue = load_catalogue()
    pairs = [shares(calc, catalogue.indicator(code), period, scope()) for code in VOLUME_PARTS]
    if not calc.amount("MKT.VOL", period).value:
        assert [share for share, _ in pairs] == [None] * 3
        return
    assert sum(share for share, _ in pairs if share is not None) == 100
    moves = [move for _, move in pairs if move is not None]
    assert len(moves) in {0, 3}
    assert sum(moves) == 0


@settings(max_examples=30)
@given(worlds(VOLUME_PARTS, silent=False), periods)
def test_pulls_of_the_parts_make_the_growth(world: World, period: Period) -> None:
    calc = world.calculator()
    now, before = (calc.amount("MKT.VOL", p).value for p in (period, period.previous_year()))
    rows = part_rows(calc, "MKT.VOL", period, scope())
    pulls = [row.contribution_pp for row in rows]
    if now is None or not before:
        assert pulls == [None] * 3
    else:
        total = sum((pull for pull in pulls if pull is not None), Decimal(0))
        assert abs(Fraction(total) - (now - before) / before * 100) <= Fraction(3, 20)  # three roundings of 0.05


@settings(max_examples=40)
@given(worlds(("MKT.VOL",), silent=False), periods)
def test_pulls_of_the_companies_with_those_that_left_make_the_growth(world: World, period: Period) -> None:
    calc = world.calculator()
    now, before = (calc.amount("MKT.VOL", p).value for p in (period, period.previous_year()))
    if now is None or not before:
        return
    rows = enterprise_rows(calc, "MKT.VOL", period, scope())
    here = {row.key for row in rows}
    left = [m for m in world.members if str(m.id) not in here]
    lost = sum(
        (calc.amount("MKT.VOL", period.previous_year(), frozenset({m.id})).value or Fraction(0) for m in left),
        Fraction(0),
    )
    pulls = [row.contribution_pp for row in rows]
    assert None not in pulls
    total = sum((Fraction(pull) for pull in pulls if pull is not None), Fraction(0)) - lost / before * 100
    assert abs(total - (now - before) / before * 100) <= Fraction(len(rows), 20)


@settings(max_examples=25)
@given(worlds(("MKT.VOL",), silent=False), periods)
def test_shares_of_the_companies_make_a_hundred(world: World, period: Period) -> None:
    calc = world.calculator()
    rows = enterprise_rows(calc, "MKT.VOL", period, scope())
    if not calc.amount("MKT.VOL", period).value:
        assert all(row.share_pct is None for row in rows)
    else:
        total = sum((row.share_pct for row in rows if row.share_pct is not None), Decimal(0))
        assert abs(total - 100) <= Decimal(len(rows)) / 20


def test_companies_come_largest_first_and_the_silent_last() -> None:
    stored = {key("MKT.VOL", MARCH, n): fact(amount * SCALE) for n, amount in ((1, 5), (2, 0), (4, 9))}
    calc = calculator(stored, [member(n) for n in range(1, 6)], returned=[(5, MARCH.key)])
    rows = enterprise_rows(calc, "MKT.VOL", PERIOD, scope())
    assert [(row.name, row.text) for row in rows] == [
        ("企业4", "0.00"),
        ("企业1", "0.00"),
        ("企业2", "0.00"),
        ("企业3", "未报"),
        ("企业5", "退回"),
    ]


def test_months_of_a_figure_have_their_own_growth() -> None:
    stored = {
        key("MKT.VOL", Month(year, n), 1): fact((10 + n * (year - 2019)) * SCALE)
        for year in (2020, 2021)
        for n in (1, 2)
    }
    rows = month_rows(calculator(stored, [member(1)]), "MKT.VOL", Month(2021, 1), MARCH, scope())
    assert [(row.key, row.value, row.yoy_pct) for row in rows] == [
        ("2021-01", 12, Decimal("9.1")),
        ("2021-02", 14, Decimal("16.7")),
        ("2021-03", None, None),
    ]
    assert rows[2].state is CellState.MISSING


# ----------------------------------------------------------------------------------------------- whose base


def test_our_own_base_comes_before_the_reported_one() -> None:
    stored = {
        key("MKT.VOL", MARCH, 1): fact(120 * SCALE, reported_previous=50 * SCALE, reported_yoy=140 * SCALE),
        key("MKT.VOL", LAST_MARCH, 1): fact(100 * SCALE),
    }
    figure = build_figure(calculator(stored, [member(1)]), "MKT.VOL", PERIOD, scope())
    assert figure.yoy_pct == 20
    assert figure.previous_year == 100
    assert figure.yoy_basis == ""


def test_the_reported_base_stands_in_and_is_named() -> None:
    stored = {
        key("MKT.VOL", MARCH, n): fact(120 * SCALE, reported_previous=base * SCALE) for n, base in ((1, 80), (2, 120))
    }
    figure = build_figure(calculator(stored, [member(1), member(2)]), "MKT.VOL", PERIOD, scope())
    assert figure.previous_year == 200
    assert figure.yoy_pct == 20
    assert figure.yoy_basis == "报送"
    assert "快递业务量：同比按报送" in figure.notes


def test_half_a_reported_base_is_none() -> None:
    stored = {
        key("MKT.VOL", MARCH, 1): fact(120 * SCALE, reported_previous=80 * SCALE),
        key("MKT.VOL", MARCH, 2): fact(120 * SCALE),
    }
    figure = build_figure(calculator(stored, [member(1), member(2)]), "MKT.VOL", PERIOD, scope())
    assert (figure.yoy_pct, figure.previous_year, figure.previous_year_text) == (None, None, "—")


def test_a_reported_rate_alone_is_shown_without_a_base() -> None:
    stored = {key("MKT.VOL", Month(2020, 12), None, Span.YTD): fact(8 * 10**12, reported_yoy=312_000)}
    figure = build_figure(calculator(stored), "MKT.VOL", Period.year(2020), scope())
    assert figure.yoy_pct == Decimal("31.2")
    assert (figure.previous_year, figure.yoy_basis) == (None, "报送")


def test_the_comparable_base_comes_first_and_is_named() -> None:
    stored = {key("MKT.VOL", MARCH, 1): fact(120 * SCALE), key("MKT.VOL", LAST_MARCH, 1): fact(100 * SCALE)}
    comparable = {key("MKT.VOL", MARCH, None): 96 * SCALE}
    calc = calculator(stored, [member(1)], comparable=comparable)
    figure = build_figure(calc, "MKT.VOL", PERIOD, scope())
    assert figure.yoy_pct == 25
    assert figure.previous_year == 96
    assert figure.yoy_basis == "可比口径"
    assert any(note.startswith("快递业务量：同比按可比口径（上年同期公布数") for note in figure.notes)


def test_a_comparable_base_of_one_company_is_its_own() -> None:
    stored = {key("MKT.VOL", month, n): fact(100 * SCALE) for month in (MARCH, LAST_MARCH) for n in (1, 2)}
    calc = calculator(stored, [member(1), member(2)], comparable={key("MKT.VOL", MARCH, 1): 80 * SCALE})
    one = build_figure(calc, "MKT.VOL", PERIOD, scope(frozenset({1})))
    other = build_figure(calc, "MKT.VOL", PERIOD, scope(frozenset({2})))
    assert one.yoy_pct == 25
    assert one.yoy_basis == "可比口径"
    assert other.yoy_pct == 0
    assert other.yoy_basis == ""


def test_a_comparable_base_of_the_cumulation_is_used_for_it_alone() -> None:
    stored = {key("MKT.VOL", month.shift(-n), 1): fact(100 * SCALE) for month in (MARCH, LAST_MARCH) for n in (0, 1, 2)}
    calc = calculator(stored, [member(1)], comparable={key("MKT.VOL", MARCH, None, Span.YTD): 240 * SCALE})
    figure = build_figure(calc, "MKT.VOL", PERIOD, scope())
    assert figure.yoy_pct == 0
    assert figure.yoy_basis == ""
    assert figure.cumulative_yoy_pct == 25
    assert figure.cumulative_yoy_basis == "可比口径"
    quarter = build_figure(calc, "MKT.VOL", Period.parse("2021-Q1"), scope())
    assert quarter.yoy_basis == "可比口径"  # a first quarter is January to March


@pytest.mark.parametrize("base", [0, -5])
def test_no_growth_over_nothing(base: int) -> None:
    stored = {key("MKT.REV", MARCH, 1): fact(120 * SCALE), key("MKT.REV", LAST_MARCH, 1): fact(base * SCALE)}
    figure = build_figure(calculator(stored, [member(1)]), "MKT.REV", PERIOD, scope())
    assert figure.yoy_pct is None
    assert figure.previous_year == base


def test_a_revenue_below_zero_has_no_growth() -> None:
    """A correction may make a month negative; “下降 150%” is no sentence."""
    stored = {key("MKT.REV", MARCH, 1): fact(-60 * SCALE), key("MKT.REV", LAST_MARCH, 1): fact(120 * SCALE)}
    assert build_figure(calculator(stored, [member(1)]), "MKT.REV", PERIOD, scope()).yoy_pct is None


def test_who_is_lacking_in_the_base_is_said() -> None:
    stored = {key("MKT.VOL", MARCH, n): fact(120 * SCALE) for n in (1, 2)} | {
        key("MKT.VOL", LAST_MARCH, 1): fact(100 * SCALE)
    }
    calc = calculator(stored, [member(1), member(2)])
    found = growth_over_year(calc, load_catalogue().indicator("MKT.VOL"), PERIOD, scope())
    assert found.lacking == "2 家中 1 家未报"
    assert "快递业务量：上年同期2 家中 1 家未报" in build_figure(calc, "MKT.VOL", PERIOD, scope()).notes


def test_rates_move_in_points() -> None:
    stored = {
        key(code, month, 1): fact(amount * SCALE)
        for month, above in ((MARCH, 95), (LAST_MARCH, 90))
        for code, amount in (("GRN.TAPE.NUM", above), ("GRN.TAPE.DEN", 100))
    }
    figure = build_figure(calculator(stored, [member(1)]), "GRN.TAPE", PERIOD, scope())
    assert figure.value == 95
    assert figure.yoy_is_points
    assert figure.yoy_pct == 5


def test_a_share_that_barely_moves_moves_by_nothing() -> None:
    catalogue = load_catalogue()
    stored = {
        key(code, month, 1): fact(amount * SCALE)
        for month, local in ((MARCH, 2_000), (LAST_MARCH, 2_004))
        for code, amount in (("MKT.VOL.LOCAL", local), ("MKT.VOL.INTER", 10_000 - local), ("MKT.VOL.INTL", 0))
    }
    calc = calculator(stored, [member(1)])
    _, moved = shares(calc, catalogue.indicator("MKT.VOL.LOCAL"), PERIOD, scope())
    assert moved == Fraction(-4, 100)
    figure = build_figure(calc, "MKT.VOL.LOCAL", PERIOD, scope())
    assert str(figure.share_change_pp) == "0.0"


def test_a_share_moves_by_the_difference_of_unrounded_shares() -> None:
    """83.2 − 80.35 printed would be 2.9; the true difference prints as it is."""
    stored = {
        key(code, month, 1): fact(amount * SCALE)
        for month, parts in ((MARCH, (1449, 8551, 0)), (LAST_MARCH, (1735, 8265, 0)))
        for code, amount in zip(VOLUME_PARTS, parts, strict=True)
    }
    figure = build_figure(calculator(stored, [member(1)]), "MKT.VOL.INTER", PERIOD, scope())
    assert (figure.share_pct, figure.share_change_pp) == (Decimal("85.5"), Decimal("2.9"))


@settings(max_examples=40)
@given(worlds(("MKT.VOL", *VOLUME_PARTS)), periods)
def test_a_share_is_the_one_that_its_formula_gives_whoever_is_silent(world: World, period: Period) -> None:
    """Two ways to 同城比重 are one figure: over the companies, and their months, that gave the part and the whole."""
    calc = world.calculator()
    share, _ = shares(calc, load_catalogue().indicator("MKT.VOL.LOCAL"), period, scope())
    assert share == calc.amount("MKT.SHARE.LOCAL", period).value


def test_who_gave_the_whole_alone_does_not_make_the_shares_of_the_parts_low() -> None:
    stored = {
        key(code, MARCH, 1): fact(amount * SCALE)
        for code, amount in (("MKT.VOL", 100), *zip(VOLUME_PARTS, (25, 74, 1), strict=True))
    }
    calc = calculator(stored | {key("MKT.VOL", MARCH, 2): fact(900 * SCALE)}, [member(1), member(2)])
    rows = part_rows(calc, "MKT.VOL", PERIOD, scope())
    assert [str(row.share_pct) for row in rows] == ["25.0", "74.0", "1.0"]
    words = "有企业只报了快递业务量，比重按两个数都报了的企业算"
    assert all(row.lacking == f"2 家中 1 家未报；{words}" for row in rows)
    figure = build_figure(calc, "MKT.VOL.LOCAL", PERIOD, scope())
    assert (figure.text, str(figure.share_pct)) == ("0.00", "25.0")
    assert f"同城快递业务量：{words}" in figure.notes


def test_the_days_of_a_leap_year() -> None:
    stored = {key("MKT.VOL", Month(year, n), 1): fact(366 * 365 * SCALE) for year in (2020, 2021) for n in range(1, 13)}
    calc = calculator(stored, [member(1)])
    assert calc.amount("MKT.VOL.DAILY", Period.year(2020)).value == 365 * 12
    assert calc.amount("MKT.VOL.DAILY", Period.year(2021)).value == 366 * 12
    assert calc.amount("MKT.VOL.DAILY", Period.of_month(Month(2020, 2))).value == Fraction(366 * 365, 29)
    assert calc.amount("MKT.VOL.DAILY", Period.parse("2020-Q1")).value == Fraction(3 * 366 * 365, 91)


def test_a_base_with_companies_that_are_late_now_is_said() -> None:
    """The rate of ten companies over twelve reads lower than it is; the reader must know."""
    stored = {key("MKT.VOL", MARCH, 1): fact(120 * SCALE)} | {
        key("MKT.VOL", LAST_MARCH, n): fact(100 * SCALE) for n in (1, 2)
    }
    figure = build_figure(calculator(stored, [member(1), member(2)]), "MKT.VOL", PERIOD, scope())
    assert str(figure.yoy_pct) == "-40.0"
    notes = build_figure(calculator(stored, [member(1), member(2)]), "MKT.VOL", PERIOD, scope()).notes
    assert "快递业务量：上年同期含本期未报、退回的 1 家，同比偏低" in notes
