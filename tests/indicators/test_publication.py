"""What a public edition says over months and years: no withheld month can be had back from what is published."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings

from desktop_app.indicators.disclosure import sensitive
from desktop_app.indicators.figures import build_figure
from desktop_app.indicators.publication import plan_publication, withheld_months
from desktop_app.models.values import SCALE, Month, Period
from tests.indicators.world import REVENUE_PARTS, VOLUME_PARTS, World, calculator, fact, key, member, scope, worlds

YEAR = [Month(2021, number) for number in range(1, 7)]
CODES = ("MKT.VOL", *VOLUME_PARTS)


def contributions(world: World, code: str, month: Month) -> dict[int, Fraction]:
    """What every company brings, added up by hand; the whole is the sum of a company's parts."""
    parts = VOLUME_PARTS if code == "MKT.VOL" else (code,)
    found: dict[int, Fraction] = {}
    for company in world.members:
        given_parts = [world.given(part, company.id, world.active(company, [month])).get(month) for part in parts]
        known = [amount for amount in given_parts if amount is not None]
        if known:
            found[company.id] = sum(known, Fraction(0))
    return found


@settings(max_examples=40, deadline=None)
@given(worlds(VOLUME_PARTS))
def test_no_month_that_tells_of_one_company_is_published_or_follows_later(world: World) -> None:
    calc = world.calculator()
    for index, month in enumerate(YEAR):
        plan = plan_publication(calc, CODES, month)
        for code in CODES:
            if calc.additive(code) and sensitive(contributions(world, code, month)):
                assert code in plan.month
            if code in plan.month:
                # Every year to date that holds the month is withheld too, or two of them would give it away.
                for later in YEAR[index:]:
                    assert code in plan_publication(calc, CODES, later).cumulative


@settings(max_examples=40, deadline=None)
@given(worlds(VOLUME_PARTS))
def test_a_withheld_figure_says_nothing_at_all(world: World) -> None:
    calc, month = world.calculator(), YEAR[-1]
    plan = plan_publication(calc, CODES, month)
    for code in CODES:
        figure = plan.figure(build_figure(calc, code, Period.of_month(month), scope()))
        if code in plan.month:
            said = (figure.value, figure.previous_year, figure.yoy_pct, figure.mom_pct, figure.share_pct)
            assert (*said, figure.share_change_pp, figure.text) == (None,) * 6 + ("—",)
        if code in plan.month_base:
            assert (figure.previous_year, figure.yoy_pct) == (None, None)
        if code in plan.previous:
            assert (figure.previous, figure.mom_pct) == (None, None)
        if code in plan.cumulative:
            assert (figure.cumulative, figure.cumulative_yoy_pct, figure.cumulative_share_pct) == (None, None, None)


def test_what_rests_on_a_withheld_figure_is_withheld_and_what_is_handed_down_is_not() -> None:
    month = YEAR[2]
    values = {
        key(code, month, company): fact(SCALE * size)
        for company, size in ((1, 40), (2, 30), (3, 30), (4, 25))
        for code in VOLUME_PARTS
    }
    # Two companies alone have a revenue: it goes, and the price of a piece with it.
    values |= {key(code, month, company): fact(SCALE * 900) for company in (1, 2) for code in REVENUE_PARTS}
    values[key("SVC.CMPL", month, None)] = fact(SCALE * 3)
    calc = calculator(values, [member(number) for number in range(1, 5)])
    plan = plan_publication(calc, ("MKT.VOL", "MKT.REV", *REVENUE_PARTS, "MKT.UNITPRICE", "SVC.CMPL"), month)
    assert plan.month == {"MKT.REV", *REVENUE_PARTS, "MKT.UNITPRICE"}
    assert withheld_months(calc, "MKT.REV", YEAR) == {month}
    assert withheld_months(calc, "MKT.VOL", YEAR) == set()
