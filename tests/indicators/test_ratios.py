"""Ratios of sums over the companies and months that gave both sides; nothing of the county is shown as a company's."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.indicators.figures import build_figure
from desktop_app.indicators.green import target_in_base
from desktop_app.indicators.green_drag import drags
from desktop_app.models.values import SCALE, CellState, Month, Period, Span
from tests.indicators.world import World, calculator, fact, key, member, periods, scope, worlds

MARCH = Month(2021, 3)
PERIOD, QUARTER = Period.of_month(MARCH), Period.parse("2021-Q1")
PRICE = ("MKT.REV", "MKT.VOL")
TAPE = ("GRN.TAPE.NUM", "GRN.TAPE.DEN")


def by_hand(world: World, codes: tuple[str, str], period: Period) -> tuple[Fraction, Fraction, set[int]]:
    """Numerator, denominator and companies over the company-months with both."""
    above = below = Fraction(0)
    who = set()
    for company in world.members:
        months = world.active(company, period.months)
        num, den = (world.given(code, company.id, months) for code in codes)
        for month in num.keys() & den.keys():
            above, below = above + num[month], below + den[month]
            who.add(company.id)
    return above, below, who


@settings(max_examples=60)
@given(worlds(PRICE), periods)
def test_a_price_is_all_revenue_over_all_volume_of_those_who_gave_both(world: World, period: Period) -> None:
    assume(world.known("MKT.REV") and world.known("MKT.VOL"))
    above, below, who = by_hand(world, PRICE, period)
    found = world.calculator().amount("MKT.UNITPRICE", period)
    assert found.value == (above / below if below else None)
    assert found.reported == who
    if not below:
        assert found.state is not CellState.VALUE


@settings(max_examples=30)
@given(worlds(TAPE), periods)
def test_the_inputs_shown_are_those_divided(world: World, period: Period) -> None:
    """Numerator and denominator beside a rate make that rate, whoever is lacking in either."""
    assume(world.known(TAPE[0]) and world.known(TAPE[1]))
    calc = world.calculator()
    indicator = load_catalogue().indicator("GRN.TAPE")
    used = calc.inputs_used(indicator, period)
    value = calc.amount("GRN.TAPE", period).value
    above, below = (used[code].value for code in TAPE)
    if value is not None:
        assert above is not None
        assert below is not None
        assert above / below * 100 == value


@settings(max_examples=30)
@given(worlds(TAPE), periods, st.integers(0, 100))
def test_drags_are_the_gap_to_the_target_to_the_last_digit(world: World, period: Period, target: int) -> None:
    assume(world.known(TAPE[0]) and world.known(TAPE[1]))
    calc = world.calculator()
    value = calc.amount("GRN.TAPE", period).value
    found = drags(calc, load_catalogue().indicator("GRN.TAPE"), Fraction(target), period)
    if value is None:
        assert found == ()
    else:
        assert sum((drag.points for drag in found), Fraction(0)) == value - target
        assert [drag.points for drag in found] == sorted(drag.points for drag in found)


def test_a_ratio_of_sums_is_not_the_mean_of_ratios() -> None:
    stored = {
        key(code, MARCH, company): fact(amount * SCALE)
        for company, revenue, volume in ((1, 1_000, 100), (2, 20, 1))
        for code, amount in (("MKT.REV", revenue), ("MKT.VOL", volume))
    }
    price = calculator(stored, [member(1), member(2)]).amount("MKT.UNITPRICE", PERIOD).value
    assert price == Fraction(1_020, 101)  # the mean of 10 and 20 would be 15


def test_months_in_which_one_side_lacks_enter_neither_side() -> None:
    """Revenue of two months over the volume of three would be a third too cheap."""
    stored = {key("MKT.VOL", Month(2021, n), 1): fact(100 * SCALE) for n in (1, 2, 3)}
    stored |= {key("MKT.REV", Month(2021, n), 1): fact(1_000 * SCALE) for n in (1, 2)}
    stored |= {key(code, Month(2021, n), 2): fact(100 * SCALE) for n in (1, 2, 3) for code in PRICE}
    figure = build_figure(calculator(stored, [member(1), member(2)]), "MKT.UNITPRICE", QUARTER, scope())
    assert figure.value == Fraction(2_300, 500).limit_denominator()
    assert figure.completeness.missing == ("企业1",)


def test_a_company_without_any_common_month_is_left_out_and_said() -> None:
    stored = {
        key("MKT.VOL", Month(2021, 1), 1): fact(100 * SCALE),
        key("MKT.REV", Month(2021, 2), 1): fact(100 * SCALE),
        key("MKT.VOL", MARCH, 2): fact(10 * SCALE),
        key("MKT.REV", MARCH, 2): fact(90 * SCALE),
    }
    amount = calculator(stored, [member(1), member(2)]).amount("MKT.UNITPRICE", QUARTER)
    assert amount.value == 9
    assert amount.reported == {2}
    assert 1 in amount.missing


def test_one_side_each_from_different_companies_is_no_ratio() -> None:
    stored = {key("MKT.VOL", MARCH, 1): fact(100 * SCALE), key("MKT.REV", MARCH, 2): fact(100 * SCALE)}
    amount = calculator(stored, [member(1), member(2)]).amount("MKT.UNITPRICE", PERIOD)
    assert (amount.value, amount.state) == (None, CellState.MISSING)
    assert amount.missing == {1, 2}


def test_nothing_over_nothing_does_not_apply() -> None:
    stored = {key(code, MARCH, 1): fact(0) for code in PRICE}
    figure = build_figure(calculator(stored, [member(1)]), "MKT.UNITPRICE", PERIOD, scope())
    assert figure.value is None
    assert figure.text == "不适用"


def test_a_returned_side_returns_the_ratio() -> None:
    stored = {key(code, Month(2021, 2), 1): fact(SCALE) for code in PRICE}
    calc = calculator(stored, [member(1)], returned=[(1, MARCH.key)])
    assert calc.amount("MKT.UNITPRICE", PERIOD).state is CellState.RETURNED


def test_a_cumulative_price_uses_reported_cumulations() -> None:
    stored = {key(code, MARCH, 1, Span.YTD): fact(n * SCALE) for code, n in (("MKT.REV", 300), ("MKT.VOL", 20))}
    assert calculator(stored, [member(1)]).amount("MKT.UNITPRICE", QUARTER).value == 15


def test_a_formula_of_formulas_rests_on_the_same_companies() -> None:
    """进出港比: the outgoing side is the volume; a company that gave no incoming figure is in neither."""
    stored = {
        key("OPS.IN", MARCH, 1): fact(300 * SCALE),
        key("MKT.VOL", MARCH, 1): fact(100 * SCALE),
        key("MKT.VOL", MARCH, 2): fact(900 * SCALE),
    }
    calc = calculator(stored, [member(1), member(2)])
    indicator = load_catalogue().indicator("OPS.INOUT")
    assert calc.amount("OPS.INOUT", PERIOD).value == 3
    assert {code: amount.value for code, amount in calc.inputs_used(indicator, PERIOD).items()} == {
        "OPS.IN": 300,
        "OPS.OUT": 100,
    }
    assert calc.amount("OPS.HANDLED", PERIOD).value == 400


# ----------------------------------------------------------------------------------- what is not kept by company


def test_a_county_rate_is_not_that_of_one_company() -> None:
    """Complaints come from the city for the whole county: over one company's volume they would be slander."""
    stored = {key("SVC.CMPL", MARCH, None): fact(3 * SCALE)} | {
        key("MKT.VOL", MARCH, n): fact(500_000 * SCALE) for n in (1, 2)
    }
    calc = calculator(stored, [member(1), member(2)])
    assert calc.amount("SVC.CMPLRATE", PERIOD).value == 3
    for code in ("SVC.CMPLRATE", "SVC.CMPL", "MKT.CR8", "RUR.REACH"):
        figure = build_figure(calc, code, PERIOD, scope(frozenset({1})))
        assert (figure.value, figure.text) == (None, "不适用"), code


def test_a_figure_that_a_company_has_yet_to_give_is_lacking_not_inapplicable() -> None:
    calc = calculator({key("MKT.VOL", MARCH, 1): fact(SCALE)}, [member(1)])
    assert build_figure(calc, "NET.STAFF", PERIOD, scope(frozenset({1}))).text == "未报"
    assert build_figure(calc, "GRN.TAPE", PERIOD, scope(frozenset({1}))).text == "未报"


def test_concentration_is_the_share_of_the_eight_greatest_brands() -> None:
    stored = {
        key("MKT.VOL", MARCH, n): fact(amount * SCALE)
        for n, amount in enumerate([0, 10, 20, 30, 40, 50, 60, 70, 80, 90], 0)
    }
    del stored[key("MKT.VOL", MARCH, 0)]
    calc = calculator(stored, [member(n) for n in range(1, 10)])
    assert calc.amount("MKT.CR8", PERIOD).value == Fraction(44_000, 450)


def test_targets_are_compared_in_base_units() -> None:
    catalogue = load_catalogue()
    line = next(line for line in catalogue.programmes["9792"].lines if line.indicator == "GRN.RECYC.N")
    assert target_in_base(catalogue, line) == 20_000
