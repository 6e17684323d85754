"""Rows of the plan monitoring table against hand calculation: the year, and the middle of a plan."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.targets import Measure, Target
from desktop_app.indicators.facts import Fact, FactKey
from desktop_app.indicators.plan_watch import decimals_in, mid_term, watch_line
from desktop_app.indicators.results.plan_watch import Grade, MidTermLine, WatchLine
from desktop_app.indicators.targets import target_progress
from desktop_app.models.values import SCALE, CellState, Comparator, Month, Span
from tests.indicators.test_targets import VOLUME, monthly
from tests.indicators.world import calculator, fact, key, scope

PLAN = replace(
    VOLUME,
    value=Decimal(200),
    due=Month(2025, 12),
    base_month=Month(2020, 12),
    base_value=Decimal(100),
    text="快递业务量力争达到200万件",
)


def yearly(**amounts: int) -> dict[FactKey, Fact]:
    """The region's own volume of whole years (y2020=100), in 万件, as the 累计 of December."""
    return {
        key("MKT.VOL", Month(int(year[1:]), 12), None, Span.YTD): fact(amount * 10_000 * SCALE)
        for year, amount in amounts.items()
    }


def line(target: Target, values: dict[FactKey, Fact], month: Month) -> WatchLine:
    calc = calculator(values)
    return watch_line(calc, target, target_progress(calc, target, month, scope()), month, scope())


def middle(
    target: Target, values: dict[FactKey, Fact], month: Month, kin: tuple[Target, ...] = ()
) -> MidTermLine | None:
    calc = calculator(values)
    return mid_term(calc, target, target_progress(calc, target, month, scope()), kin, month, scope())


def test_a_target_of_the_year_in_the_documents_own_unit() -> None:
    values = monthly(2020, [5, 5, 10, *[20] * 9]) | monthly(2021, [10, 10, 10])
    found = line(VOLUME, values, Month(2021, 3))
    assert (found.unit, found.target.text, found.value.text) == ("万件", "≥240", "30.00")
    assert (found.completion_pct, found.straight_pct, found.seasonal_pct) == (
        Decimal("12.5"),
        Decimal(25),
        Decimal(10),
    )
    assert (found.grade, found.reason) == (Grade.ON_TRACK, "一季度累计")
    billions = replace(VOLUME, value=Decimal("0.024"), unit="亿件")
    assert line(billions, values, Month(2021, 3)).value.text == "0.0030"


def test_after_its_date_a_target_is_met_or_missed() -> None:
    values = monthly(2021, [10] * 12)
    assert line(VOLUME, values, Month(2021, 12)).grade is Grade.MISSED
    assert line(VOLUME, values, Month(2021, 12)).reason == "全年累计；2021年12月到期"
    assert line(replace(VOLUME, value=Decimal(120)), values, Month(2021, 12)).grade is Grade.MET


def test_what_cannot_be_held_against_it_says_why() -> None:
    city = line(replace(VOLUME, region="220200000000"), monthly(2021, [10]), Month(2021, 1))
    assert (city.grade, city.reason, city.value.text) == (Grade.NO_DATA, "上级总数，不与示例县比", "")
    part = line(replace(VOLUME, scope="城区"), monthly(2021, [10]), Month(2021, 1))
    assert (part.grade, part.reason) == (Grade.NO_DATA, "只指城区，台账没有这一部分的数")
    silent = line(VOLUME, {}, Month(2021, 3))
    assert (silent.grade, silent.value.state, silent.reason) == (Grade.NO_DATA, CellState.MISSING, "一季度累计未报")


def test_nature_is_what_the_document_says() -> None:
    assert line(PLAN, {}, Month(2021, 3)).nature == "预期性"
    assert line(VOLUME, {}, Month(2021, 3)).nature == ""
    assert line(replace(VOLUME, text="（约束性）快递业务量240万件"), {}, Month(2021, 3)).nature == "约束性"


def test_the_middle_of_a_plan() -> None:
    """100 → 200 in five years is 14.9 % a year; 144 after two is 20.0 %; 144 → 200 in three is 11.6 %."""
    rate = replace(PLAN, measure=Measure.AVERAGE, value=Decimal(15), unit="%")
    found = middle(PLAN, yearly(y2020=100, y2022=144), Month(2022, 12), (PLAN, rate))
    assert found is not None
    assert (found.base_year, found.middle_year, found.due_year) == (2020, 2022, 2025)
    assert (found.base.text, found.middle.text, found.target.text) == ("100", "144.00", "≥200")
    assert (found.planned, found.reached, found.needed) == (Decimal("14.9"), Decimal("20.0"), Decimal("11.6"))
    assert (found.stated, found.rate_unit, found.grade) == ("≥15", "%", Grade.ON_TRACK)
    behind = middle(PLAN, yearly(y2020=100, y2022=121), Month(2022, 12))
    assert behind is not None
    assert (behind.reached, behind.needed, behind.grade) == (Decimal("10.0"), Decimal("18.2"), Grade.BEHIND)


def test_only_whole_years_count() -> None:
    found = middle(PLAN, yearly(y2020=100, y2021=130, y2022=144), Month(2022, 11))
    assert found is not None
    assert (found.middle_year, found.reached) == (2021, Decimal("30.0"))
    early = middle(PLAN, yearly(y2020=100), Month(2021, 6))
    assert early is not None
    assert (early.middle_year, early.reached, early.grade, early.reason) == (
        None,
        None,
        Grade.NO_DATA,
        "2021年满后评估",
    )


def test_the_end_of_a_plan_is_met_or_missed() -> None:
    missed = middle(PLAN, yearly(y2020=100, y2025=190), Month(2025, 12))
    assert missed is not None
    assert (missed.grade, missed.needed) == (Grade.MISSED, None)
    met = middle(PLAN, yearly(y2020=100, y2025=210), Month(2026, 3))
    assert met is not None
    assert met.grade is Grade.MET


def test_shares_move_in_points_a_year_and_the_lower_the_better_is_turned_round() -> None:
    share = replace(
        PLAN, indicator="GRN.EWAYBILL", value=Decimal(99), unit="%", base_value=Decimal(94), text="电子面单使用率99%"
    )
    values = {key("GRN.EWAYBILL", Month(2022, 12), None): fact(97 * SCALE)}
    found = middle(share, values, Month(2022, 12))
    assert found is not None
    assert (found.rate_unit, found.planned) == ("个百分点", Decimal("1.0"))
    delay = replace(share, indicator="SVC.TIME", comparator=Comparator.LE, value=Decimal(50), unit="小时")
    delay = replace(delay, base_value=Decimal(60))
    slow = middle(delay, {key("SVC.TIME", Month(2022, 12), None): fact(58 * SCALE)}, Month(2022, 12))
    quick = middle(delay, {key("SVC.TIME", Month(2022, 12), None): fact(55 * SCALE)}, Month(2022, 12))
    assert slow is not None
    assert quick is not None
    assert (slow.planned, slow.reached, slow.grade) == (Decimal("-2.0"), Decimal("-1.0"), Grade.BEHIND)
    assert quick.grade is Grade.ON_TRACK


@pytest.mark.parametrize(
    ("name", "planned"), [("邮政业业务收入", "10.3"), ("邮件快件业务量", "10.2"), ("快递业务收入", "11.3")]
)
def test_the_rates_of_the_national_plan_follow_from_its_levels(name: str, planned: str) -> None:
    targets = load_catalogue().plans["CN145"].targets
    level = next(target for target in targets if target.name == name)
    found = middle(level, {}, Month(2021, 3), targets)
    assert found is not None
    assert found.planned == Decimal(planned)
    assert found.stated == f"≥{planned}", "as the plan itself says"


def test_another_areas_base_is_never_mixed_with_what_has_been_reached_here() -> None:
    city = replace(
        PLAN, indicator="GRN.EWAYBILL", value=Decimal(99), unit="%", base_value=Decimal(94), region="220200000000"
    )
    values = {key("GRN.EWAYBILL", Month(2022, 12), None): fact(90 * SCALE)}
    found = middle(city, values, Month(2022, 12))
    assert found is not None
    assert (found.planned, found.reached, found.grade) == (Decimal("1.0"), None, Grade.UNDER_WAY)
    assert found.reason == "2022年12月；没有本地基期数"
    own = middle(city, values | {key("GRN.EWAYBILL", Month(2020, 12), None): fact(80 * SCALE)}, Month(2022, 12))
    assert own is not None
    assert (own.base.text, own.planned, own.reached) == ("80.0", Decimal("3.8"), Decimal("5.0"))


def test_a_row_says_what_of_the_indicator_it_means() -> None:
    rate = replace(VOLUME, measure=Measure.YOY, value=Decimal(15), unit="%")
    assert line(rate, monthly(2021, [10]), Month(2021, 1)).name == "快递业务量同比增速"
    assert line(replace(rate, name="快递业务量增速"), {}, Month(2021, 1)).name == "快递业务量增速"


def test_decimals_of_a_unit() -> None:
    catalogue = load_catalogue()
    volume, units = catalogue.indicators["MKT.VOL"], catalogue.units
    assert [decimals_in(volume, units[name], "county") for name in ("件", "万件", "亿件")] == [0, 2, 4]
    assert decimals_in(volume, units["亿件"], "national") == 1
