"""Multiples, geometric 年均增速, CRn and HHI against decimals of fifty digits."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop_app.indicators.figures import build_figure
from desktop_app.models.values import SCALE, CellState, Month, Period, Span
from tests.indicators import oracle
from tests.indicators.world import World, calculator, fact, key, periods, scope, worlds

YEAR = Period.year(2020)
amounts = st.integers(0, 10**15)


@given(amounts, amounts)
def test_five_years_as_a_multiple_and_as_a_yearly_mean(now: int, then: int) -> None:
    values = {key("MKT.VOL", Month(y, 12), None, Span.YTD): fact(n) for y, n in ((2015, then), (2020, now))}
    calc = calculator(values)
    value, base = Decimal(now) / SCALE, Decimal(then) / SCALE
    multiple = build_figure(calc, "MKT.MULT", YEAR, scope())
    assert multiple.value == oracle.rounded(oracle.divided(value, base), 4)
    mean = build_figure(calc, "MKT.CAGR", YEAR, scope())
    assert mean.value == oracle.rounded(oracle.average_growth(value, base, 5), 4)
    if mean.value is None:
        assert mean.state is CellState.NOT_APPLICABLE


@given(amounts)
def test_without_the_base_year_a_look_back_is_unreported(now: int) -> None:
    calc = calculator({key("MKT.VOL", Month(2020, 12), None, Span.YTD): fact(now)})
    for code in ("MKT.MULT", "MKT.CAGR"):
        figure = build_figure(calc, code, YEAR, scope())
        assert (figure.value, figure.text) == (None, "未报")


@settings(max_examples=50)
@given(worlds(("MKT.VOL",)), periods)
def test_concentration_of_the_brands(world: World, period: Period) -> None:
    assume(world.known("MKT.VOL"))
    companies = [member.id for member in world.members]
    sums = [oracle.flow(world, "MKT.VOL", period.months, [company]).value for company in companies]
    brands = [each for each in sums if each is not None]
    calc = world.calculator()
    for code, largest in (("MKT.CR4", 4), ("MKT.CR8", 8), ("MKT.HHI", None)):
        found = build_figure(calc, code, period, scope())
        wanted = oracle.concentration(brands, largest) if brands else None
        assert found.value == oracle.rounded(wanted, 4)


@settings(max_examples=30)
@given(worlds(("MKT.VOL",), silent=False, moving=False), periods)
def test_concentration_keeps_its_bounds(world: World, period: Period) -> None:
    calc = world.calculator()
    hhi = build_figure(calc, "MKT.HHI", period, scope()).value
    if hhi is not None:
        assert Decimal(10_000) / len(world.members) - Decimal("0.0001") <= hhi <= 10_000


@given(st.integers(0, 1_000_000), st.integers(0, 1_000_000), st.none() | st.integers(0, 1_000_000))
def test_a_score_is_the_mean_of_two_unless_it_was_handed_down(public: int, timed: int, told: int | None) -> None:
    month = Month(2020, 12)
    values = {key("SVC.SAT.PUB", month, None): fact(public), key("SVC.SAT.TIME", month, None): fact(timed)}
    if told is not None:
        values[key("SVC.SAT", month, None)] = fact(told)
    mean = oracle.divided(Decimal(public + timed) / SCALE, Decimal(2))
    wanted = mean if told is None else Decimal(told) / SCALE
    found = build_figure(calculator(values), "SVC.SAT", Period.of_month(month), scope())
    assert found.value == oracle.rounded(wanted, 4)
    assert found.text == str(oracle.rounded(wanted, 1))
