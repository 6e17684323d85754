"""Progress of targets against hand calculation, and the contradictions of the published documents."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.targets import Measure, Target
from desktop_app.indicators.facts import Fact, FactKey
from desktop_app.indicators.results.targets import Standing, TargetProgress
from desktop_app.indicators.target_bases import find_base_conflicts
from desktop_app.indicators.target_conflicts import find_conflicts
from desktop_app.indicators.targets import target_progress
from desktop_app.models.values import NATIONAL_REGION, SCALE, CellState, Comparator, Month, Span
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
    (23, "IND.GROSS", "break", ("≥540亿元", "≥13.8%", "倒算2020年为474.52亿元", "2020年不变单价")),
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
            if target.indicator is not None:
                assert target.indicator in load_catalogue().indicators


def test_a_goal_in_words_is_kept_and_not_judged() -> None:
    plan = replace(VOLUME, indicator=None, value=None, comparator=Comparator.DONE, unit="是/否")
    found = progress(plan, {})
    assert (found.standing, found.pace_note) == (Standing.WORDED, "文字目标，不以数判断")
    number = progress(replace(VOLUME, indicator=None), {})
    assert (number.standing, number.pace_note) == (Standing.WORDED, "没有登记成指标，台账没有这个数")


# ----------------------------------------------------------------------------------------------- pace and what is left


LOCKERS = replace(VOLUME, indicator="NET.LOCKER", value=Decimal(700), unit="组", due=Month(2021, 12))


def test_a_level_without_a_base_starts_from_our_own_figure() -> None:
    """515 at the end of 2020, 700 wanted a year later: 561.25 in March, and 20 a month from 520."""
    values = {key("NET.LOCKER", Month(2020, 12), None): fact(515 * SCALE)}
    values[key("NET.LOCKER", MARCH, None)] = fact(520 * SCALE)
    found = progress(LOCKERS, values)
    assert (found.baseline, found.expected) == (Decimal(515), Decimal("561.25"))
    assert (found.completion_pct, found.straight_pct) == (Decimal("74.3"), Decimal("80.2"))
    assert (found.needed_per_month, found.needed_text) == (Decimal(20), "余9个月，月均需增加20.0组")
    assert (found.standing, found.pace_note, found.needed_note) == (Standing.BEHIND, "", "")


def test_without_any_base_the_reason_is_said_and_what_is_left_all_the_same() -> None:
    found = progress(LOCKERS, {key("NET.LOCKER", MARCH, None): fact(520 * SCALE)})
    assert (found.straight_pct, found.pace_note) == (None, "没有2020年12月的基期数，说不出应有进度")
    assert found.standing is Standing.OPEN
    assert found.needed_per_month == Decimal(20)


def test_what_was_better_than_the_target_at_the_base_is_to_be_held() -> None:
    share = replace(VOLUME, indicator="GRN.EWAYBILL", value=Decimal(98), unit="%", due=Month(2025, 12))
    share = replace(share, base_month=Month(2020, 12))
    values = {key("GRN.EWAYBILL", month, None): fact(n * SCALE) for month, n in ((Month(2020, 12), 99), (MARCH, 97))}
    found = progress(share, values)
    assert (found.straight_pct, found.standing) == (Decimal("100.0"), Standing.BEHIND)
    assert found.needed_text == "余57个月，月均需提高0.02个百分点"


def test_growth_says_what_each_month_must_bring() -> None:
    """Last year 120, +15 % asks for 138; 33 have come, 105 are left in nine months."""
    rate = replace(VOLUME, measure=Measure.YOY, value=Decimal(15), unit="%")
    found = progress(rate, monthly(2020, [10] * 12) | monthly(2021, [11, 11, 11]))
    assert found.needed_text == "余9个月，月均需11.67万件"
    assert found.pace_note == "同比增速直接看累计同比，没有序时进度"
    without = progress(rate, monthly(2020, [10] * 3) | monthly(2021, [11, 11, 11]))
    assert (without.needed_per_month, without.needed_note) == (None, "2020年的数不全，算不出全年要多少")


def test_a_yearly_total_due_in_years_says_the_growth_that_is_left() -> None:
    plan = replace(VOLUME, due=Month(2025, 12), base_month=Month(2020, 12))
    values = monthly(2020, [10] * 12) | monthly(2021, [10] * 12)
    found = progress(plan, values, Month(2021, 12))
    assert (found.completion_pct, found.straight_pct) == (Decimal("50.0"), Decimal("60.0"))
    assert found.needed_text == "余48个月，近12个月累计月均需增加2.50万件（往后年均需增长18.9%）"
    rate = replace(plan, measure=Measure.AVERAGE, value=Decimal(15), unit="%")
    found = progress(rate, values, Month(2021, 12))
    # 120 × 1.15⁵ = 241.36 are wanted, 120 are there.
    assert found.needed_text == "余48个月，近12个月累计月均需增加2.53万件"
    assert found.pace_note == "年均增速按整年看，没有序时进度"


def test_what_must_come_down() -> None:
    time = replace(VOLUME, indicator="SVC.TIME", comparator=Comparator.LE, value=Decimal(50), unit="小时")
    values = {key("SVC.TIME", month, None): fact(n * SCALE) for month, n in ((Month(2020, 12), 62), (MARCH, 59))}
    found = progress(time, values)
    assert (found.expected, found.standing) == (Decimal(59), Standing.ON_TRACK)
    assert (found.needed_per_month, found.needed_text) == (Decimal(-1), "余9个月，月均需降低1.00小时")
    assert found.pace_note == "越低越好，现在应不高于59.00小时"


def test_that_there_be_none_binds_the_parts_of_an_area_too() -> None:
    none = replace(VOLUME, indicator="SAF.MAJOR", comparator=Comparator.LE, value=Decimal(0), unit="起")
    none = replace(none, region="220200000000")
    zero = {key("SAF.MAJOR", Month(2021, n), None): fact(0) for n in (1, 2, 3)}
    found = progress(none, zero)
    assert found.standing is Standing.ON_TRACK, "there are nine months to come in which it may happen"
    assert found.needed_text == "余9个月，不能再增加"
    one = zero | {key("SAF.MAJOR", MARCH, None): fact(SCALE)}
    found = progress(none, one)
    assert found.standing is Standing.BEHIND
    assert found.needed_note == "已超出1起"
    year = {key("SAF.MAJOR", Month(2021, n), None): fact(0) for n in range(1, 13)}
    assert progress(none, year, Month(2021, 12)).standing is Standing.MET


COMPLAINTS = replace(VOLUME, indicator="SVC.CMPL", comparator=Comparator.LE, value=Decimal(20), unit="件")


def complaints(*months: int) -> dict[FactKey, Fact]:
    return {key("SVC.CMPL", Month(2021, n), None): fact(each * SCALE) for n, each in enumerate(months, start=1)}


@pytest.mark.parametrize(
    ("given", "standing", "needed", "note"),
    [
        # A quarter of the year may use up a quarter of 20.
        ((2, 2, 1), Standing.ON_TRACK, "余9个月，月均不超过1.7件", ""),
        ((2, 2, 2), Standing.BEHIND, "余9个月，月均不超过1.6件", ""),
        ((10, 5, 3), Standing.BEHIND, "余9个月，月均不超过0.2件", ""),
        ((10, 5, 5), Standing.BEHIND, "余9个月，不能再增加", ""),
        ((10, 10, 13), Standing.BEHIND, None, "已超出13件"),
    ],
)
def test_a_cap_on_a_year_is_used_up_by_the_month_and_kept_at_its_end(
    given: tuple[int, ...], standing: Standing, needed: str | None, note: str
) -> None:
    found = progress(COMPLAINTS, complaints(*given))
    assert (found.standing, found.needed_text or None, found.needed_note) == (standing, needed, note)
    assert found.pace_note == "是上限，到期末才算数，按进度现在应不高于5件"
    full = (*given, *[0] * 9)
    last = progress(COMPLAINTS, complaints(*full), Month(2021, 12))
    assert last.standing is (Standing.MET if sum(given) <= 20 else Standing.BEHIND)


def test_a_fall_asked_of_a_year_leaves_so_much_a_month() -> None:
    """60件 last year, 10 % less is 54件; 9件 in three months leave 5件 a month."""
    fall = replace(COMPLAINTS, measure=Measure.YOY, value=Decimal(-10), unit="%")
    last_year = {key("SVC.CMPL", Month(2020, n), None): fact(5 * SCALE) for n in range(1, 13)}
    found = progress(fall, last_year | complaints(3, 3, 3))
    assert (found.value, found.standing) == (Decimal(-40), Standing.ON_TRACK)
    assert found.needed_text == "余9个月，月均不超过5.0件"
    assert progress(fall, last_year | complaints(30, 20, 10)).needed_note == "已超出6件"


def test_an_increment_beyond_the_whole_is_told_and_alarmed() -> None:
    """+40 points from 82.8 %."""
    more = replace(VOLUME, indicator="RUR.REACH", measure=Measure.INCREMENT, value=Decimal(40), unit="%")
    more = replace(more, region=NATIONAL_REGION, due=Month(2025, 12), base_month=Month(2020, 12))
    values = {
        key("RUR.REACH", month, None): fact(n * SCALE // 10) for month, n in ((Month(2020, 12), 828), (MARCH, 863))
    }
    found = progress(more, values)
    assert found.needed_text.endswith("基期82.8%，到期要到122.8%，超过100%，办不到")
    (alarm,) = find_base_conflicts(calculator(values), [more], scope())
    assert alarm.kind == "impossible"
    assert "本地2020年12月已是82.8%，到期要到122.8%" in alarm.message
    less = replace(more, value=Decimal(10))
    assert find_base_conflicts(calculator(values), [less], scope()) == ()


# ----------------------------------------------------------------------------------------------- implied bases


RATE = replace(VOLUME, code="OWN.2", measure=Measure.YOY, value=Decimal(20), unit="%")


def test_a_goal_with_its_growth_is_held_against_last_year() -> None:
    """240 with +20 % asks for 200; 200 and 199.5 fit (the growth is rounded), 180 does not."""
    for months in ([10] * 6 + [140 / 6] * 6, [10] * 11 + [90]):
        fits = monthly(2020, [int(each) for each in months[:-1]] + [200 - sum(int(each) for each in months[:-1])])
        assert find_base_conflicts(calculator(fits), [VOLUME, RATE], scope()) == ()
    (alarm,) = find_base_conflicts(calculator(monthly(2020, [15] * 12)), [VOLUME, RATE], scope())
    assert alarm.kind == "base"
    assert alarm.targets == ("OWN.1", "OWN.2")
    assert "倒算2020年为200.00万件，台账上年为180.00万件，相差10.0%" in alarm.message


def test_nothing_is_said_against_an_incomplete_year_another_clause_or_a_mere_lower_bound() -> None:
    short = calculator(monthly(2020, [15] * 11))
    assert find_base_conflicts(short, [VOLUME, RATE], scope()) == ()
    whole = calculator(monthly(2020, [15] * 12))
    assert find_base_conflicts(whole, [VOLUME, replace(RATE, clause="第2条")], scope()) == ()
    assert find_base_conflicts(whole, [VOLUME, replace(RATE, comparator=Comparator.GT)], scope()) == ()


def test_the_base_that_a_document_gives_is_held_against_ours() -> None:
    plan = replace(VOLUME, due=Month(2025, 12), base_month=Month(2020, 12), base_value=Decimal("125.5"))
    (alarm,) = find_base_conflicts(calculator(monthly(2020, [10] * 12)), [plan], scope())
    assert (alarm.kind, "基期数是125.5万件，台账是120.0万件" in alarm.message) == ("base", True)
