"""Figures of five published documents, recomputed and compared as they are printed; see golden.csv."""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from desktop_app.indicators.growth import average_growth_pct
from desktop_app.models.values import quantize
from tests.reference.county import figure, printed
from tests.reference.recomputed import (
    AGREE,
    DERIVED,
    OTHERWISE,
    PLAUSIBLE,
    WITHIN_ROUNDING,
    density,
    five_years,
    jilin,
    nation,
    of_product,
)


def _rows() -> dict[str, dict[str, str]]:
    with (Path(__file__).parent / "golden.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


ROWS = _rows()


def test_every_row_is_accounted_for_once() -> None:
    tables = (AGREE, OTHERWISE, WITHIN_ROUNDING, DERIVED, PLAUSIBLE)
    assert sorted(row for table in tables for row in table) == sorted(ROWS)


@pytest.mark.parametrize("row", AGREE)
def test_our_figure_is_the_published_one(row: str) -> None:
    assert Decimal(AGREE[row]()) == Decimal(ROWS[row]["published"])


@pytest.mark.parametrize("row", OTHERWISE)
def test_our_figure_is_not_the_published_one_and_we_know_why(row: str) -> None:
    recompute, ours, reason = OTHERWISE[row]
    assert recompute() == ours
    assert Decimal(ours) != Decimal(ROWS[row]["published"])
    assert ROWS[row]["verdict"] == "DISAGREE"
    assert reason


@pytest.mark.parametrize("row", WITHIN_ROUNDING)
def test_the_published_figure_is_possible_from_the_printed_ones(row: str) -> None:
    function, box, decimals = WITHIN_ROUNDING[row]
    corners = []
    for signs in product((-1, 1), repeat=len(box)):
        pairs = zip(box.items(), signs, strict=True)
        value = function({name: Fraction(text) + sign * Fraction(half) for (name, (text, half)), sign in pairs})
        assert value is not None
        corners.append(value)
    published = Decimal(ROWS[row]["published"])
    assert quantize(min(corners), decimals) <= published <= quantize(max(corners), decimals)


@pytest.mark.parametrize("row", DERIVED)
def test_what_two_published_figures_ask_for(row: str) -> None:
    recompute, ours, unit = DERIVED[row]
    assert recompute() == ours == ROWS[row]["computed"]
    assert ROWS[row]["published"] == "(not published)"
    assert unit in {"亿元", "亿件"}


@pytest.mark.parametrize("row", PLAUSIBLE)
def test_an_estimate_beside_the_published_figure(row: str) -> None:
    """The estimate is the row's, and within a tenth of what was published."""
    recompute, ours, reason = PLAUSIBLE[row]
    assert recompute() == ours == ROWS[row]["computed"]
    assert ROWS[row]["verdict"] == "plausible"
    assert abs(Decimal(ours) / Decimal(ROWS[row]["published"]) - 1) < Decimal("0.1")
    assert reason


def test_rows_marked_as_disagreeing_are_the_ones_that_do() -> None:
    assert {row for row in ROWS if ROWS[row]["verdict"] == "DISAGREE"} == set(OTHERWISE)


def test_a_leap_year_has_366_days_whatever_the_document_took() -> None:
    """G66: the plan divided 2020 by 365; ours is 57.15 as a day's mean of that year."""
    value = figure(jilin(), "OPS.HANDLED", 2020).value
    assert value is not None
    assert quantize(Fraction(value) / 366 / 10_000, 2) == Decimal("57.15")
    assert printed(nation(), "MKT.VOL.DAILY", 2020, "亿件/日", 3) == "2.278"


def test_the_share_of_the_gross_product_is_the_published_one_in_per_mille() -> None:
    """G06: printed with its own unit, which the document got wrong."""
    assert of_product("IND.GDP.EXPR") == "8.7"


def test_densities_as_published() -> None:
    """G71, G73: 4.92 and 3.3, over an area and a population that were entered a year earlier."""
    assert density("NET.DENS_AREA") == "4.92"
    assert density("NET.DENS_POP") == "3.3"


def test_rates_and_multiples_over_five_years_are_indicators() -> None:
    """G40, G42, G60 and G61 by the indicators; the national plan's own years lie ten years on."""
    assert five_years("MKT.REV", "15000亿元", "8795亿元", "MKT.CAGR.REV") == "11.3"
    assert five_years("MKT.VOL", "3925.37万件", Fraction("39253700") / Fraction("3.1564"), "MKT.MULT") == "3.16"
    assert five_years("MKT.REV", "6.1亿元", Fraction("610000000") / Fraction("2.8571"), "MKT.MULT.REV") == "2.86"


@pytest.mark.parametrize(
    ("value", "base", "years"), [(None, 1, 5), (1, None, 5), (1, 0, 5), (1, -2, 5), (-1, 2, 5), (2, 1, 0)]
)
def test_no_average_growth_without_a_base_or_a_year(value: int | None, base: int | None, years: int) -> None:
    pair = [None if number is None else Fraction(number) for number in (value, base)]
    assert average_growth_pct(pair[0], pair[1], years) is None


def test_average_growth_of_a_power_is_exact_enough_and_of_nothing_is_all_lost() -> None:
    rate = average_growth_pct(Fraction("1.1") ** 7, Fraction(1), 7)
    assert rate is not None
    assert abs(rate - 10) < Fraction(1, 10**30)
    assert average_growth_pct(Fraction(0), Fraction(5), 3) == -100
