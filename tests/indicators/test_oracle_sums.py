"""Sums by kind over companies and months of any period, with their states, against decimals of fifty digits."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given, settings

from desktop_app.indicators.figures import build_figure
from desktop_app.models.values import CellState, Month, Period
from tests.indicators import oracle
from tests.indicators.world import World, periods, scope, worlds

FLOW, STOCK = "MKT.VOL", "NET.STAFF"


def exact(value: Fraction | None) -> Decimal | None:
    """A sum of stored amounts is exact in four decimals."""
    return None if value is None else Decimal(value.numerator) / Decimal(value.denominator)


@settings(max_examples=60)
@given(worlds((FLOW,)), periods)
def test_a_flow_adds_over_companies_and_months_and_says_who_is_silent(world: World, period: Period) -> None:
    assume(world.known(FLOW))
    found = world.calculator().amount(FLOW, period)
    wanted = oracle.flow(world, FLOW, period.months)
    assert exact(found.value) == wanted.value
    assert (found.reported, found.missing, found.returned, found.partial) == (
        wanted.given,
        wanted.missing,
        wanted.returned,
        wanted.partial,
    )
    figure = build_figure(world.calculator(), FLOW, period, scope())
    assert figure.completeness.words == wanted.lacking_words
    if wanted.lacking_words and wanted.value is not None:
        assert any(wanted.lacking_words in note for note in figure.notes)


@settings(max_examples=40)
@given(worlds((STOCK,)), periods)
def test_a_stock_stands_as_in_the_last_month(world: World, period: Period) -> None:
    assume(world.known(STOCK))
    found = world.calculator().amount(STOCK, period)
    wanted = oracle.stock(world, STOCK, period.months)
    assert exact(found.value) == wanted.value
    assert (found.reported, found.missing, found.returned) == (wanted.given, wanted.missing, wanted.returned)


@settings(max_examples=40)
@given(worlds((FLOW,)), periods)
def test_the_cumulation_is_january_up_to_the_last_month(world: World, period: Period) -> None:
    assume(world.known(FLOW))
    figure = build_figure(world.calculator(), FLOW, period, scope())
    months = [Month(period.last.year, number) for number in range(1, period.last.month + 1)]
    before = [month.shift(-12) for month in months]
    now = oracle.flow(world, FLOW, months)
    assert figure.cumulative == oracle.rounded(now.value, 4)
    assert figure.cumulative_completeness.words == now.lacking_words
    assert figure.cumulative_yoy_pct == oracle.rounded(oracle.compared(world, FLOW, months, before))


@settings(max_examples=40)
@given(worlds((FLOW,)), periods)
def test_a_printed_amount_is_rounded_once_half_away_from_zero(world: World, period: Period) -> None:
    assume(world.known(FLOW))
    figure = build_figure(world.calculator(), FLOW, period, scope())
    wanted = oracle.flow(world, FLOW, period.months)
    if wanted.value is None:
        assert figure.state is not CellState.VALUE
        assert figure.text in {"未报", "不适用", "退回"}
    else:
        assert figure.text == str(oracle.rounded(oracle.divided(wanted.value, Decimal(10_000)), 2))
