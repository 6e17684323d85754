"""What is said of figures that rest on something counted once a year, and of a year itself."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.indicators.facts import Fact, FactKey
from desktop_app.indicators.figures import build_figure
from desktop_app.models.values import SCALE, Month, Period
from tests.indicators.world import calculator, fact, key, scope


def volume(year: int) -> dict[FactKey, Fact]:
    return {key("MKT.VOL", Month(year, n), None): fact(10_000 * SCALE) for n in range(1, 13)}


@pytest.mark.parametrize(
    ("counted", "words"),
    [(Month(2020, 12), "常住人口用2020年末的数"), (Month(2021, 12), "常住人口用2021年末的数")],
)
def test_a_figure_per_head_says_whose_years_population_it_used(counted: Month, words: str) -> None:
    calc = calculator({**volume(2021), key("CTX.POP", counted, None): fact(40_000 * SCALE)})
    found = build_figure(calc, "MKT.PERCAP", Period.year(2021), scope())
    assert found.text == "3.0"
    assert f"人均快递使用量：{words}" in found.notes


def test_a_census_in_the_middle_of_the_year_is_named_by_its_month() -> None:
    calc = calculator({**volume(2021), key("CTX.POP", Month(2020, 11), None): fact(40_000 * SCALE)})
    found = build_figure(calc, "MKT.PERCAP", Period.of_month(Month(2021, 3)), scope())
    assert "人均快递使用量：常住人口用2020年11月的数" in found.notes


def test_a_year_has_no_change_over_the_period_before() -> None:
    """The period before 2021 is 2020: naming it 环比 would say 同比 twice."""
    calc = calculator({**volume(2020), **volume(2021)})
    year = build_figure(calc, "MKT.VOL", Period.year(2021), scope())
    assert (year.yoy_pct, year.mom_pct, year.previous, year.mom_applies) == (Decimal(0), None, None, False)
    quarter = build_figure(calc, "MKT.VOL", Period.parse("2021-Q2"), scope())
    assert (quarter.mom_pct, quarter.mom_applies) == (Decimal(0), True)
