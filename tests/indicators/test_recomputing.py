"""An attack on the public edition: everything that two years of months and quarters publish, as one linear system.

Unknown are the area's parts by month. Whatever a published value, growth or share says of them is a row; a sum that
tells of a single company must not lie in the span of all rows.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest

from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.disclosure import sensitive
from desktop_app.indicators.facts import Fact, FactKey
from desktop_app.indicators.figures import build_figure
from desktop_app.indicators.publication import plan_publication
from desktop_app.models.values import SCALE, Month, Period, months_between
from tests.indicators.world import VOLUME_PARTS, calculator, fact, key, member, scope

CODES = ("MKT.VOL", *VOLUME_PARTS)
MONTHS = months_between(Month(2020, 1), Month(2021, 12))
QUARTERS = tuple(
    Period.parse(f"{year}-{name}") for year in (2020, 2021) for name in ("Q1", "Q2", "Q3", "Q4", "H1", "H2")
)
Row = dict[tuple[str, Month], float]


def small_market(seed: int) -> Calculator:
    """Three to five companies, some silent, one at times far ahead, few of them abroad: much must be withheld."""
    dice = random.Random(seed)  # noqa: S311  a market, no secret key
    companies = range(1, dice.choice((3, 4, 5)) + 1)
    values: dict[FactKey, Fact] = {}
    for month in MONTHS:
        for company in companies:
            if dice.random() < 0.08:
                continue
            local, inter = dice.randint(100, 9000), dice.randint(1000, 90000)
            if company == 1 and dice.random() < 0.3:
                inter *= 30
            abroad = dice.randint(1, 90) if company < dice.choice((1, 2, 3, 4)) else 0
            for code, size in zip(VOLUME_PARTS, (local, inter, abroad), strict=True):
                values[key(code, month, company)] = fact(SCALE * size)
    return calculator(values, [member(company) for company in companies])


def amounts(code: str, period: Period, factor: float = 1.0) -> Row:
    """A sum of the unknowns; the whole is its parts."""
    parts = VOLUME_PARTS if code == "MKT.VOL" else (code,)
    return {(part, month): factor for part in parts for month in period.months}


def joined(*rows: Row) -> Row:
    found: Row = {}
    for row in rows:
        for unknown, factor in row.items():
            found[unknown] = found.get(unknown, 0.0) + factor
    return found


def ratio(calc: Calculator, over: tuple[str, Period], under: tuple[str, Period]) -> Iterator[Row]:
    """x / y is published: x − (x/y)·y = 0, with the true ratio, as if it were printed to any number of places."""
    above, below = calc.amount(*over).value, calc.amount(*under).value
    if above is not None and below:
        yield joined(amounts(*over), amounts(*under, factor=-float(above / below)))


def published(calc: Calculator, period: Period) -> Iterator[Row]:
    """A row for every number that the public report of a period may print."""
    plan = plan_publication(calc, CODES, period.last, period)
    year = Period.to_date(period.last)
    for code in CODES:
        figure = plan.figure(build_figure(calc, code, period, scope()))
        before, whole = period.previous_year(), "MKT.VOL"
        for printed, row in ((figure.value, period), (figure.previous_year, before), (figure.cumulative, year)):
            if printed is not None:
                yield amounts(code, row)
        said = (
            (figure.yoy_pct, (code, period), (code, before)),
            (figure.mom_pct, (code, period), (code, period.previous())),
            (figure.cumulative_yoy_pct, (code, year), (code, year.previous_year())),
            (figure.share_pct, (code, period), (whole, period)),
            (figure.share_change_pp, (code, before), (whole, before)),
            (figure.cumulative_share_pct, (code, year), (whole, year)),
            (figure.cumulative_share_change_pp, (code, year.previous_year()), (whole, year.previous_year())),
        )
        for rate, over, under in said:
            if rate is not None:
                yield from ratio(calc, over, under)


def contributions(calc: Calculator, code: str, period: Period) -> dict[int, Fraction]:
    found = {each.id: calc.amount(code, period, frozenset({each.id})).value for each in calc.facts.members}
    return {company: amount for company, amount in found.items() if amount is not None}


@pytest.mark.parametrize("seed", range(6))
def test_nothing_that_tells_of_one_company_can_be_recomputed(seed: int) -> None:
    calc = small_market(seed)
    periods = (*(Period.of_month(month) for month in MONTHS), *QUARTERS)
    rows = [row for period in periods for row in published(calc, period) if any(row.values())]
    unknowns = {unknown: at for at, unknown in enumerate(dict.fromkeys(each for row in rows for each in row))}

    def vector(row: Row) -> np.ndarray:
        made = np.zeros(len(unknowns))
        for unknown, factor in row.items():
            made[unknowns[unknown]] = factor
        return made

    system = np.array([vector(row) for row in rows])
    _, strengths, directions = np.linalg.svd(system / np.abs(system).max(axis=1, keepdims=True), full_matrices=False)
    span = directions[strengths > 1e-9 * strengths[0]]
    secret = open_ = 0
    for code in CODES:
        for period in periods:
            row = amounts(code, period)
            if not row.keys() <= unknowns.keys():
                continue
            wanted = vector(row)
            known = float(np.linalg.norm(wanted - span.T @ (span @ wanted))) < 1e-6
            if sensitive(contributions(calc, code, period)):
                secret += 1
                assert not known, f"{code} {period.label}"
            open_ += known
    assert secret > 5, "the market was to hold secrets"
    assert open_ > 20, "a report that says nothing keeps every secret"
