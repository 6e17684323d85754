"""Rates by group, pace and relapses on six villages that were reckoned by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from desktop_app.indicators.coverage import CoverageBook, CoverageFact, VillageState
from desktop_app.indicators.rural_rates import only_brand, only_mode, pace_to, rate_row, relapses
from desktop_app.models.values import CoverageMode, CoverageState, Month
from tests.indicators.test_coverage import APR, CODES, FEB, JAN, MAR, VILLAGES, book

MAJORS = ("甲", "乙", "丙")


def test_the_rates_of_march() -> None:
    villages = book().snapshot(MAR).villages
    row = rate_row("", "全县", villages, MAJORS, MAR)
    # Reached: 1, 2, 5. Direct: 1, 5. All three brands: 5. Three times a week: 1, 3 (on record), 5.
    assert (row.villages, row.covered, row.stations, row.post_villages) == (6, 3, 1, 1)
    assert row.reach == Decimal("50.0")
    assert row.direct == Decimal("33.3")
    assert row.three == row.major == Decimal("16.7")
    # 1 brand + 1 brand + 3 brands over six villages.
    assert row.mean_brands == Decimal("0.8")
    assert row.station == Decimal("16.7")
    assert row.post_parcels is None, "nobody reported parcels: that is not none"


def test_a_brand_and_a_mode_alone() -> None:
    villages = book().snapshot(JAN).villages
    second = rate_row("乙", "乙", [only_brand(v, "乙") for v in villages], ("乙",), JAN)
    assert (second.covered, second.major) == (2, Decimal("33.3"))
    post = rate_row("邮快", "邮快", [only_mode(v, CoverageMode.POST) for v in villages], MAJORS, JAN)
    assert (post.covered, post.post_villages, post.stations) == (2, 2, 1)


def test_mail_to_a_village_that_a_brand_does_not_serve_is_no_frequency_of_the_brand() -> None:
    """In April the postman comes thrice a week to the fourth village, where 甲 says 否: 1 and 5 are all that 甲 has."""
    villages = book().snapshot(APR).villages
    alone = [only_brand(v, "甲") for v in villages]
    assert [v.village.code for v in alone if (v.frequency or 0) >= 3] == [CODES[0], CODES[4]]
    assert rate_row("甲", "甲", alone, MAJORS, APR).often == Decimal("33.3")
    assert rate_row("", "全县", villages, MAJORS, APR).often == Decimal("50.0")


def test_parcels_are_not_carried_forward() -> None:
    post = frozenset({CoverageMode.POST})
    fact = CoverageFact(JAN.key, CoverageState.NORMAL, post, parcels_in=30, parcels_out=5)
    state = VillageState(VILLAGES[0], {"甲": fact})
    assert rate_row("", "", [state], (), JAN).post_parcels == 35
    assert rate_row("", "", [state], (), FEB).post_parcels is None


@pytest.mark.parametrize(
    ("now", "then", "aim", "above", "arrival"),
    [
        (84, 78, 90, False, Month(2021, 9)),  # 1 point a month, six more
        (84, 78, 90, True, Month(2021, 10)),  # exactly 90 is not above 90
        (90, 84, 90, True, Month(2021, 4)),
        (90, 84, 90, False, MAR),
        (84, 80, 90, False, Month(2021, 12)),  # 2/3 a month: nine months
        (80, 80, 90, False, None),
        (79, 80, 90, False, None),
    ],
)
def test_when_the_pace_arrives(now: int, then: int, aim: int, above: bool, arrival: Month | None) -> None:
    assert pace_to(Fraction(now), Fraction(then), MAR, Fraction(aim), above=above).arrival == arrival


def test_a_crawl_does_not_arrive_in_this_century() -> None:
    assert pace_to(Fraction(80), Fraction(79999, 1000), MAR, Fraction(100), above=False).arrival is None


def test_what_has_fallen_back() -> None:
    def told(month: Month) -> list[tuple[str, str, str, str, bool]]:
        return [(each.code, each.brand, each.month, each.state, each.cut_off) for each in relapses(book(), month)]

    assert told(JAN) == []
    assert told(FEB) == [(CODES[2], "乙", "2021-02", "回退", True)]
    assert told(MAR) == [(CODES[0], "乙", "2021-03", "停运", False), (CODES[2], "乙", "2021-02", "回退", True)]
    assert told(APR) == [(CODES[0], "乙", "2021-03", "停运", False)], "the third village has come back"


def test_a_village_said_to_have_stopped_without_ever_running_counts_from_its_first_word() -> None:
    fact = CoverageFact(FEB.key, CoverageState.SUSPENDED, frozenset())
    own = CoverageBook(((VILLAGES[0], 202001, None),), {CODES[0]: {"甲": (fact,)}})
    assert [each.month for each in relapses(own, MAR)] == ["2021-02"]
