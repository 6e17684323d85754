"""Unit price, 进出港比, daily means, densities, per-million rates and shares against decimals of fifty digits."""

from __future__ import annotations

from calendar import isleap, monthrange
from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.indicators.figures import build_figure
from desktop_app.models.values import SCALE, Month, Period
from tests.indicators import oracle
from tests.indicators.world import MONTHS, World, calculator, fact, key, periods, scope, worlds

MILLION, HUNDRED = Decimal(1_000_000), Decimal(100)
positive = st.integers(1, 10**13)


def text_of(code: str, value: Decimal | None) -> str:
    """As the county prints it; factors of the display unit are powers of ten or one."""
    display = load_catalogue().indicator(code).display["county"]
    printed = oracle.rounded(oracle.divided(value, display.unit.factor), display.decimals)
    return str(printed).replace("-", "−")


@settings(max_examples=60)
@given(worlds(("MKT.REV", "MKT.VOL")), periods)
def test_a_unit_price_is_revenue_over_volume_of_those_who_gave_both(world: World, period: Period) -> None:
    assume(world.known("MKT.REV") and world.known("MKT.VOL"))
    found = build_figure(world.calculator(), "MKT.UNITPRICE", period, scope())
    sums, who = oracle.both(world, ("MKT.REV", "MKT.VOL"), period.months)
    price = oracle.divided(*sums) if sums is not None else None
    assert found.value == oracle.rounded(price, 4)
    assert world.calculator().amount("MKT.UNITPRICE", period).reported == who
    if price is not None:
        assert found.text == text_of("MKT.UNITPRICE", price)


@settings(max_examples=40)
@given(worlds(("OPS.IN", "MKT.VOL")), periods)
def test_in_over_out(world: World, period: Period) -> None:
    assume(world.known("OPS.IN") and world.known("MKT.VOL"))
    sums, _ = oracle.both(world, ("OPS.IN", "MKT.VOL"), period.months)
    found = build_figure(world.calculator(), "OPS.INOUT", period, scope())
    assert found.value == oracle.rounded(oracle.divided(*sums) if sums is not None else None, 4)


@settings(max_examples=40)
@given(worlds(("GRN.TAPE.NUM", "GRN.TAPE.DEN")), periods)
def test_a_green_rate_is_the_ratio_of_sums(world: World, period: Period) -> None:
    assume(world.known("GRN.TAPE.NUM") and world.known("GRN.TAPE.DEN"))
    sums, _ = oracle.both(world, ("GRN.TAPE.NUM", "GRN.TAPE.DEN"), period.months)
    found = build_figure(world.calculator(), "GRN.TAPE", period, scope())
    assert found.value == oracle.rounded(oracle.divided(sums[0], sums[1], HUNDRED) if sums is not None else None, 4)


@settings(max_examples=40)
@given(worlds(("MKT.VOL",)), periods)
def test_a_daily_mean_counts_the_days_of_the_calendar(world: World, period: Period) -> None:
    assume(world.known("MKT.VOL"))
    days = sum(monthrange(month.year, month.month)[1] for month in period.months)
    if len(period.months) == 12:
        assert days == (366 if isleap(period.last.year) else 365)
    wanted = oracle.divided(oracle.flow(world, "MKT.VOL", period.months).value, Decimal(days))
    assert build_figure(world.calculator(), "MKT.VOL.DAILY", period, scope()).value == oracle.rounded(wanted, 4)


@settings(max_examples=40)
@given(worlds(("MKT.VOL",)), st.sampled_from(MONTHS), positive)
def test_complaints_per_million(world: World, month: Month, complaints: int) -> None:
    assume(world.known("MKT.VOL"))
    calc = world.calculator()
    values = dict(calc.facts.values) | {key("SVC.CMPL", month, None): fact(complaints)}
    calc = replace(calc, facts=replace(calc.facts, values=values), _cache={})
    volume = oracle.flow(world, "MKT.VOL", [month]).value
    wanted = oracle.divided(Decimal(complaints) / SCALE, volume, MILLION)
    found = build_figure(calc, "SVC.CMPLRATE", Period.of_month(month), scope())
    assert found.value == oracle.rounded(wanted, 4)


@given(st.lists(st.integers(0, 10**8), min_size=4, max_size=4), positive, positive)
def test_outlets_per_head_and_per_area(counts: list[int], people: int, area: int) -> None:
    month = Month(2021, 12)
    codes = ("NET.FIRM", "NET.BRANCH", "NET.OUTLET", "NET.VILSTN")
    values = {key(code, month, None): fact(count * SCALE) for code, count in zip(codes, counts, strict=True)}
    values |= {key("CTX.POP.REG", month, None): fact(people), key("CTX.AREA", month, None): fact(area)}
    calc, period = calculator(values), Period.of_month(month)
    outlets = Decimal(sum(counts))
    catalogue = load_catalogue()
    for ending, below, times in (("* 10000", people, Decimal(10_000)), ("* 100", area, HUNDRED)):
        code = next(
            each.code
            for each in catalogue.indicators.values()
            if each.formula is not None
            and each.formula.text.startswith("(NET.FIRM")
            and each.formula.text.endswith(ending)
        )
        wanted = oracle.divided(outlets, Decimal(below) / SCALE, times)
        assert build_figure(calc, code, period, scope()).value == oracle.rounded(wanted, 4)


@given(positive, positive, positive)
def test_parcels_per_head(volume: int, people: int, registered: int) -> None:
    month = Month(2020, 12)
    values = {key("MKT.VOL", month, None): fact(volume), key("CTX.POP", month, None): fact(people)}
    values[key("CTX.POP.REG", month, None)] = fact(registered)
    for code, below in (("MKT.PERCAP", people), ("MKT.PERCAP.REG", registered)):
        found = build_figure(calculator(values), code, Period.of_month(month), scope())
        assert found.value == oracle.rounded(oracle.divided(Decimal(volume), Decimal(below)), 4)


@settings(max_examples=30)
@given(worlds(("MKT.VOL.LOCAL", "MKT.VOL.INTER", "MKT.VOL.INTL"), silent=False), periods)
def test_shares_of_local_and_other_parcels(world: World, period: Period) -> None:
    codes = ("MKT.VOL.LOCAL", "MKT.VOL.INTER", "MKT.VOL.INTL")
    parts = [oracle.flow(world, code, period.months).value for code in codes]
    if None in parts:
        return
    whole = sum((part for part in parts if part is not None), Decimal(0))
    catalogue = load_catalogue()
    for code, part in zip(codes, parts, strict=True):
        rate = next(
            each.code
            for each in catalogue.indicators.values()
            if each.formula is not None and each.formula.text == f"{code} / MKT.VOL * 100"
        )
        wanted = oracle.rounded(oracle.share(part, whole), 4)
        assert build_figure(world.calculator(), rate, period, scope()).value == wanted
