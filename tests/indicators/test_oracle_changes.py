"""同比、环比、比重、百分点、拉动、贡献率, the comparable base and breaks, against decimals of fifty digits."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop_app.indicators.breakdown import enterprise_rows, part_rows
from desktop_app.indicators.facts import FactKey
from desktop_app.indicators.figures import build_figure
from desktop_app.models.values import SCALE, Month, Period, PeriodKind, Span
from tests.indicators import oracle
from tests.indicators.world import VOLUME_PARTS, World, calculator, fact, key, periods, scope, worlds

VOLUME = "MKT.VOL"
MARCH = Month(2021, 3)
amounts = st.integers(-(10**9), 10**15)


def total(world: World, code: str, period: Period, companies: list[int] | None = None) -> Decimal | None:
    return oracle.flow(world, code, period.months, companies).value


@settings(max_examples=60)
@given(worlds((VOLUME,)), periods)
def test_growth_over_the_year_and_over_the_period_before(world: World, period: Period) -> None:
    assume(world.known(VOLUME))
    figure = build_figure(world.calculator(), VOLUME, period, scope())
    months = period.months
    assert figure.yoy_pct == oracle.rounded(oracle.compared(world, VOLUME, months, period.previous_year().months))
    assert figure.mom_applies is (period.previous() != period.previous_year())
    before = oracle.compared(world, VOLUME, months, period.previous().months)
    assert figure.mom_pct == (oracle.rounded(before) if figure.mom_applies else None)


@settings(max_examples=40)
@given(worlds(VOLUME_PARTS, silent=False), periods)
def test_shares_pulls_and_contributions_of_the_parts(world: World, period: Period) -> None:
    rows = {row.key: row for row in part_rows(world.calculator(), VOLUME, period, scope())}
    before = period.previous_year()
    parts = {code: (total(world, code, period), total(world, code, before)) for code in VOLUME_PARTS}
    now, then = (sum((p[n] or Decimal(0) for p in parts.values()), Decimal(0)) for n in (0, 1))
    known_now = all(p[0] is not None for p in parts.values())
    known_then = all(p[1] is not None for p in parts.values())
    whole, whole_before = (now if known_now else None), (then if known_then else None)
    for code, (part, part_before) in parts.items():
        row = rows[code]
        share, share_before = oracle.share(part, whole), oracle.share(part_before, whole_before)
        assert row.share_pct == oracle.rounded(share)
        assert row.share_change_pp == oracle.rounded(oracle.points(share, share_before))
        assert row.yoy_pct == oracle.rounded(oracle.growth(part, part_before))
        assert row.contribution_pp == oracle.rounded(oracle.pull(part, part_before, whole_before))
        assert row.contribution_pct == oracle.rounded(oracle.contribution(part, part_before, whole, whole_before))


@settings(max_examples=40)
@given(worlds((VOLUME,)), periods)
def test_shares_pulls_and_contributions_of_the_companies(world: World, period: Period) -> None:
    assume(world.known(VOLUME))
    before = period.previous_year()
    whole, whole_before = total(world, VOLUME, period), total(world, VOLUME, before)
    for row in enterprise_rows(world.calculator(), VOLUME, period, scope()):
        company = int(row.key)
        now, then = total(world, VOLUME, period, [company]), total(world, VOLUME, before, [company])
        share, share_before = oracle.share(now, whole), oracle.share(then, whole_before)
        assert row.share_pct == oracle.rounded(share)
        assert row.share_change_pp == oracle.rounded(oracle.points(share, share_before))
        alone = World(tuple(m for m in world.members if m.id == company), world.cells)
        assert row.yoy_pct == oracle.rounded(oracle.compared(alone, VOLUME, period.months, before.months))
        base = then if oracle.open_months(world, company, before.months) else Decimal(0)
        assert row.contribution_pp == oracle.rounded(oracle.pull(now, base, whole_before))
        assert row.contribution_pct == oracle.rounded(oracle.contribution(now, base, whole, whole_before))


@given(amounts, amounts, amounts)
def test_the_comparable_base_is_divided_by_and_the_published_one_is_kept(now: int, published: int, base: int) -> None:
    calc = calculator(
        {key(VOLUME, MARCH, None): fact(now), key(VOLUME, MARCH.shift(-12), None): fact(published)},
        comparable={FactKey(VOLUME, MARCH.key, Span.MONTH, None): base},
    )
    figure = build_figure(calc, VOLUME, Period.of_month(MARCH), scope())
    value, divisor = Decimal(now) / SCALE, Decimal(base) / SCALE
    assert figure.yoy_pct == oracle.rounded(oracle.growth(value, divisor))
    assert figure.yoy_basis == "可比口径"
    assert figure.previous_year == divisor
    assert any("公布" in note for note in figure.notes)


@given(st.integers(2018, 2023), st.integers(1, 12), amounts, amounts)
def test_a_broken_series_is_not_chained(year: int, month: int, now: int, before: int) -> None:
    """业务总量 before 2021 is in other prices than since: no growth over that January, plain growth elsewhere."""
    at = Month(year, month)
    calc = calculator({key("IND.GROSS", at, None): fact(now), key("IND.GROSS", at.shift(-12), None): fact(before)})
    figure = build_figure(calc, "IND.GROSS", Period.of_month(at), scope())
    plain = oracle.rounded(oracle.growth(Decimal(now) / SCALE, Decimal(before) / SCALE))
    assert figure.yoy_pct == (None if year == 2021 else plain)
    assert any("不可比" in note for note in figure.notes) is (year == 2021)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_rates_move_in_points_not_in_per_cent(now: int, before: int) -> None:
    code = "SVC.72H"
    calc = calculator({key(code, MARCH, None): fact(now), key(code, MARCH.shift(-12), None): fact(before)})
    figure = build_figure(calc, code, Period.of_month(MARCH), scope())
    assert figure.yoy_is_points
    assert figure.yoy_pct == oracle.rounded(oracle.points(Decimal(now) / SCALE, Decimal(before) / SCALE))


@given(periods)
def test_the_period_before_is_as_long_and_ends_where_this_one_begins(period: Period) -> None:
    before, last_year = period.previous(), period.previous_year()
    if period.kind is PeriodKind.YTD:
        assert before == last_year
    else:
        assert len(before.months) == len(period.months)
        assert before.last.shift(1) == period.first
    assert [month.shift(12) for month in last_year.months] == period.months
