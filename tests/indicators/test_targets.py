"""Progress of targets against hand calculation, and the contradictions of the published documents."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.targets import Measure, Target
from desktop_app.indicators.facts import Fact, FactKey
from desktop_app.indicators.results.targets import Standing, TargetProgress
from desktop_app.indicators.target_conflicts import find_conflicts
from desktop_app.indicators.targets import target_progress
from desktop_app.models.values import SCALE, CellState, Comparator, Month, Span
from tests.indicators.world import REGION, calculator, fact, key, scope

VOLUME = Target(
    code="OWN.1",
    document="本局2021年工作要点",
    document_code="OWN",
    region=REGION,
    name="快递业务量",
    indicator="MKT.VOL",
    measure=Measure.LEVEL,
    comparator=Comparator.GE,
    value=Decimal(240),
    unit="万件",
    due=Month(2021, 12),
    clause="第1条",
    text="快递业务量完成240万件",
)
MARCH = Month(2021, 3)


def monthly(year: int, amounts: list[int]) -> dict[FactKey, Fact]:
    """The region's own volume of the year's first months, in 万件."""
    return {
        key("MKT.VOL", Month(year, n), None): fact(amount * 10_000 * SCALE) for n, amount in enumerate(amounts, start=1)
    }


def progress(target: Target, values: dict[FactKey, Fact], month: Month = MARCH) -> TargetProgress:
    return target_progress(calculator(values), target, month, scope())


def test_a_year_is_followed_along_the_months_passed_and_along_last_year() -> None:
    values = monthly(2020, [5, 5, 10, *[20] * 9]) | monthly(2021, [10, 10, 10])
    found = progress(VOLUME, values)
    assert found.value == 300_000
    assert found.target == 2_400_000
    assert found.value_text == "30.00万件"
    assert found.basis == "一季度累计"
    assert found.completion_pct == Decimal("12.5")
    assert found.straight_pct == Decimal("25.0")
    assert found.seasonal_pct == Decimal("10.0")
    assert found.standing is Standing.ON_TRACK, "ahead of last year's course, though behind the calendar"
    assert found.needed_text == "余9个月，月均需23.33万件"


def test_without_last_year_the_calendar_decides() -> None:
    found = progress(VOLUME, monthly(2021, [10, 10, 10]))
    assert (found.seasonal_pct, found.standing) == (None, Standing.BEHIND)


def test_a_target_that_is_reached_is_met_and_needs_nothing_more() -> None:
    found = progress(replace(VOLUME, value=Decimal(30)), monthly(2021, [10, 10, 10]))
    assert found.standing is Standing.MET
    assert found.needed_per_month == 0


def test_growth_of_the_year_is_cumulated_growth() -> None:
    rate = replace(VOLUME, measure=Measure.YOY, value=Decimal(15), unit="%")
    values = monthly(2020, [10, 10, 10]) | monthly(2021, [11, 12, 12])
    found = progress(rate, values)
    assert (found.value_text, found.standing) == ("16.7%", Standing.ON_TRACK), "the year is not over"
    assert progress(replace(rate, value=Decimal(20)), values).standing is Standing.BEHIND


def test_a_plan_of_five_years_follows_the_straight_line_from_its_base() -> None:
    plan = replace(
        VOLUME,
        indicator="NET.LOCKER",
        value=Decimal(700),
        unit="组",
        due=Month(2025, 12),
        base_month=Month(2020, 12),
        base_value=Decimal(515),
    )
    lockers = {key("NET.LOCKER", Month(2021, 6), None): fact(530 * SCALE)}
    found = progress(plan, lockers, Month(2021, 6))
    assert found.baseline == 515
    assert found.expected == Decimal("533.5")
    assert found.standing is Standing.BEHIND
    enough = {key("NET.LOCKER", Month(2021, 6), None): fact(534 * SCALE)}
    assert progress(plan, enough, Month(2021, 6)).standing is Standing.ON_TRACK


def test_average_growth_counts_whole_years_only() -> None:
    plan = replace(
        VOLUME,
        measure=Measure.AVERAGE,
        value=Decimal(15),
        unit="%",
        due=Month(2025, 12),
        base_month=Month(2020, 12),
    )
    values = {
        key("MKT.VOL", Month(year, 12), None, Span.YTD): fact(amount * 10_000 * SCALE)
        for year, amount in ((2020, 100), (2022, 144))
    }
    assert progress(plan, values, Month(2021, 6)).standing is Standing.SILENT
    found = progress(plan, values, Month(2022, 12))
    assert (found.value_text, found.standing, found.basis) == ("20.0%", Standing.ON_TRACK, "2020—2022年")
    values[key("MKT.VOL", Month(2025, 12), None, Span.YTD)] = fact(250 * 10_000 * SCALE)
    assert progress(plan, values, Month(2025, 12)).standing is Standing.MET


def test_what_was_added_since_the_base() -> None:
    trained = replace(
        VOLUME,
        indicator="HR.TRAIN",
        measure=Measure.INCREMENT,
        value=Decimal(1000),
        unit="人次",
        due=Month(2025, 12),
        base_month=Month(2020, 12),
    )
    values = {key("HR.TRAIN", Month(2021, n), None): fact(30 * SCALE) for n in (1, 2, 3)}
    found = progress(trained, values)
    assert (found.value, found.expected) == (Decimal(90), Decimal(50))
    assert found.standing is Standing.ON_TRACK


def test_a_figure_that_is_lacking_is_said_and_not_counted_as_nothing() -> None:
    found = progress(VOLUME, {})
    assert (found.value, found.state, found.standing) == (None, CellState.MISSING, Standing.SILENT)
    assert found.value_text == "未报"


def test_a_wider_areas_total_is_not_held_against_the_county_but_a_rate_is() -> None:
    city = "220200000000"
    values = monthly(2021, [10, 10, 10]) | monthly(2020, [10, 10, 10])
    assert progress(replace(VOLUME, region=city), values).standing is Standing.ELSEWHERE
    rate = replace(VOLUME, region=city, measure=Measure.YOY, value=Decimal(15), unit="%")
    assert progress(rate, values).standing is Standing.BEHIND
    assert progress(replace(rate, region="320500000000"), values).standing is Standing.ELSEWHERE
    assert progress(replace(rate, scope="城区"), values).standing is Standing.ELSEWHERE


def test_the_lower_the_better() -> None:
    rank = replace(VOLUME, indicator="PLAN.RANK", comparator=Comparator.LE, value=Decimal(3), unit="位")
    third = {key("PLAN.RANK", MARCH, None): fact(3 * SCALE)}
    fourth = {key("PLAN.RANK", MARCH, None): fact(4 * SCALE)}
    assert progress(rank, third).standing is Standing.MET
    assert progress(rank, fourth).standing is Standing.OPEN
    assert progress(rank, fourth).completion_pct is None


# ----------------------------------------------------------------------------------------------- documents


def _contradictions() -> dict[tuple[str, str], str]:
    catalogue = load_catalogue()
    targets = [target for plan in catalogue.plans.values() for target in plan.targets]
    found = find_conflicts(targets, catalogue.indicators, catalogue.units)
    return {(each.indicator, each.kind): each.message for each in found}


INCONSISTENCIES = (
    # number in the list of the sources' inconsistencies, indicator, kind, words of the message
    (2, "NET.TOWNCOV", "stated", ("98%", "97.7%", "前言四", "五（一）")),
    (3, "HR.TITLE", "stated", ("8354人", "8423人")),
    (3, "HR.TITLE.SENIOR", "stated", ("75人", "96人")),
    (4, "GRN.BOX", "values", ("≥10万个", "≥15万个", "第45条", "民生实事第12条")),
    (18, "NET.STAFF", "increment", ("≥4000人", "3086人", "只增加500人", "要增加914人")),
    (19, "GRN.EWAYBILL", "values", ("≥98%", "≥99%", "三（四）1", "专栏7")),
    (19, "GRN.RECYC.COV", "values", ("≥98%", "≥100%", "三（四）1", "专栏7")),
    (20, "GRN.TAPE", "met", ("≥98%", "已是98%", "专栏7")),
    (20, "GRN.BAG", "met", ("≥98%", "已是98%", "三（四）1")),
)
"""Every line of that list that is about targets or published figures which can be held against each other."""

NO_CONTRADICTION = (
    # number, indicators, why it is none
    (12, ("IND.MAILVOL", "MKT.VOL"), "two indicators: 邮件快件 and 快递"),
    (13, ("RUR.REACH", "RUR.DIRECT"), "two indicators: 通达率 50 % and 直投到村 over 50 %"),
    (14, ("SVC.72H",), "77.11 is what 77.1 was rounded from"),
    (16, ("MKT.VOL",), "the rates of past years are no targets; the target of 15 % a year fits its level"),
)


@pytest.mark.parametrize(("number", "indicator", "kind", "words"), INCONSISTENCIES)
def test_contradictions_of_the_published_documents(
    number: int, indicator: str, kind: str, words: tuple[str, ...]
) -> None:
    message = _contradictions()[indicator, kind]
    assert all(word in message for word in words), (number, message)


@pytest.mark.parametrize(("number", "indicators", "why"), NO_CONTRADICTION)
def test_what_only_looks_like_a_contradiction(number: int, indicators: tuple[str, ...], why: str) -> None:
    assert not [place for place in _contradictions() if place[0] in indicators], (number, why)


def test_levels_and_rates_that_agree_are_no_contradiction() -> None:
    """十四五 专栏1: 8795 → 15000 is 11.3 % a year; 94.7 → 99 is 4.3 points."""
    found = _contradictions()
    assert not [place for place in found if place[0] in {"MKT.REV", "IND.REV", "RUR.FREQ3", "MKT.VOL"}]


def test_every_document_names_area_clause_and_text() -> None:
    for plan in load_catalogue().plans.values():
        for target in plan.targets:
            assert target.clause, target.code
            assert target.text, target.code
            assert target.region == plan.region
            assert target.indicator in load_catalogue().indicators
