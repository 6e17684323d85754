"""Sentences of the market's moves, the companies, what is wrong and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_app.indicators.results.figures import Completeness, FigureRow
from desktop_app.models.values import CellState, Month
from desktop_app.reporting.content import Document, Edition, Measure, Paragraph, figures
from desktop_app.reporting.monthly import build_monthly
from desktop_app.reporting.monthly_data import MonthlyData, RegionalPlace
from tests.reporting.sample import FIGURES, monthly_data


def grown(volume: str, before: str | None, **changes: object) -> MonthlyData:
    """The sample with this growth of the volume and that of the month before."""
    told = {**FIGURES, "MKT.VOL": replace(FIGURES["MKT.VOL"], yoy_pct=Decimal(volume), **changes)}  # type: ignore[arg-type]
    rates: Mapping[str, Decimal] = {} if before is None else {"MKT.VOL": Decimal(before)}
    return monthly_data(figures=told, rates_before=rates)


def words(document: Document) -> str:
    return "\n".join("".join(r.text for r in b.runs) for b in document.blocks if isinstance(b, Paragraph))


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ("18.6", "12.4", "同比增长18.6%，增速较上月加快6.2个百分点，环比"),
        ("12.4", "18.6", "同比增长12.4%，增速较上月回落6.2个百分点，环比"),
        ("5.9", "-3.2", "同比增长5.9%，由降转增，环比"),
        ("-5.9", "3.2", "同比下降5.9%，由增转降，环比"),
        ("-5.9", "-3.2", "同比下降5.9%，降幅较上月扩大2.7个百分点，环比"),
        ("-3.2", "-5.9", "同比下降3.2%，降幅较上月收窄2.7个百分点，环比"),
        ("3.2", "3.2", "同比增长3.2%，增速与上月持平，环比"),
        ("0.04", "3.2", "同比基本持平，环比"),
        ("3.2", None, "同比增长3.2%，环比"),
    ],
)
def test_growth_is_set_against_the_month_before(now: str, before: str | None, said: str) -> None:
    assert said in words(build_monthly(grown(now, before)))


def test_growth_of_a_torn_sum_is_not_set_against_anything() -> None:
    said = words(build_monthly(grown("18.6", "12.4", yoy_surplus=2)))
    assert "增速较" not in said
    assert "拉动" not in said.partition("业务量居")[0]


def part(code: str, name: str, pull: str | None) -> FigureRow:
    pulled = None if pull is None else Decimal(pull)
    return FigureRow(code, name, Decimal(1), CellState.VALUE, "1", contribution_pp=pulled, code=code)


def test_the_parts_that_drive_the_growth_are_named() -> None:
    both = (part("MKT.VOL.LOCAL", "同城", "8.0"), part("MKT.VOL.INTER", "异地", "10.6"))
    data = replace(monthly_data(), drivers=(*both, part("MKT.VOL.INTL", "国际/港澳台", "0.0")))
    document = build_monthly(data)
    assert "业务量增长主要由异地业务（10.6个百分点）和同城业务（8.0个百分点）拉动。" in words(document)
    pulls = [run for run in figures(document) if run.measure is Measure.CONTRIBUTION and run.code == "MKT.VOL.INTER"]
    assert [run.value for run in pulls] == [Decimal("10.6")]
    falling = replace(grown("-8.0", None), drivers=(part("A", "同城", "-9.0"), part("B", "异地", "1.0")))
    assert "业务量下降主要受同城业务（下拉9.0个百分点）影响。" in words(build_monthly(falling))
    unknown = replace(monthly_data(), drivers=(*both, part("MKT.VOL.INTL", "国际/港澳台", None)))
    assert "主要由" not in words(build_monthly(unknown))


def test_the_place_among_the_neighbours_is_told() -> None:
    data = replace(monthly_data(), places=(RegionalPlace("MKT.VOL", 3, 10, "吉林市"),))
    assert "业务量居吉林市10个县（市、区）第3位。" in words(build_monthly(data))


def test_companies_are_told_of_inside_and_not_in_public() -> None:
    said = words(build_monthly(monthly_data()))
    assert "业务量居前3位的企业是" in said
    public = words(build_monthly(monthly_data(edition=Edition.PUBLIC)))
    assert "企业是" not in public
    assert "示例壬" not in public


def test_a_company_that_lacks_months_is_not_said_to_decline() -> None:
    rows = tuple(
        replace(part(str(number), f"示例{name}快递", "-1.0"), yoy_pct=Decimal(rate), share_pct=Decimal(10))
        for number, (name, rate) in enumerate((("甲", "5.0"), ("乙", "-4.0"), ("丙", "-20.0")))
    )
    lacking = Completeness(2, 3, ("示例丙快递",), partial=("示例丙快递",))
    told = {**FIGURES, "MKT.VOL": replace(FIGURES["MKT.VOL"], completeness=lacking)}
    said = words(build_monthly(monthly_data(figures=told, ranking=rows)))
    assert "业务量同比下降的企业有1家，是示例乙快递（下降4.0%）。" in said


def test_equal_companies_are_not_torn_apart_by_a_place() -> None:
    rows = tuple(replace(part(str(n), f"示例{n}快递", "1.0"), share_pct=Decimal(25)) for n in range(4))
    assert "业务量居前" not in words(build_monthly(monthly_data(ranking=rows)))


def test_nothing_wrong_is_said_as_such() -> None:
    calm = {code: replace(figure, yoy_pct=Decimal(3)) for code, figure in FIGURES.items()}
    data = monthly_data(figures=calm, rural=None, green=None, reporting=None)
    said = words(build_monthly(data))
    assert "从本月数据看，没有需要专门指出的问题。" in said
    assert "按既定安排做好各项工作。" in said


def test_january_counts_the_next_months_due_day_and_targets() -> None:
    data = replace(monthly_data(month=Month(2021, 1)), behind=("甲", "乙", "丙", "丁"), next_due="3月8日")
    said = words(build_monthly(data))
    assert "4项目标滞后（甲、乙和丙等）" in said
    assert "组织企业按时报送数据（3月8日前）。" in said


def test_shares_that_do_not_move_are_said_once() -> None:
    still = {
        code: replace(figure, cumulative_share_change_pp=Decimal("0.04")) if code.startswith("MKT.VOL.") else figure
        for code, figure in FIGURES.items()
    }
    said = words(build_monthly(monthly_data(figures=still)))
    assert "与去年同期相比，同城、异地、国际/港澳台快递业务量的比重均基本持平。" in said
    assert said.count("比重基本持平") == 0


def test_what_rounds_to_nothing_is_said_in_pieces() -> None:
    few = replace(FIGURES["MKT.VOL.INTL"], cumulative=Decimal(23), cumulative_text="0.00", cumulative_yoy_pct=None)
    said = words(build_monthly(monthly_data(figures={**FIGURES, "MKT.VOL.INTL": few})))
    assert "国际/港澳台业务量累计完成23件。" in said
    none = replace(few, cumulative=Decimal(0))
    assert "国际/港澳台业务量累计完成0件。" in words(
        build_monthly(monthly_data(figures={**FIGURES, "MKT.VOL.INTL": none}))
    )


def test_a_year_of_which_nobody_has_given_all_months_is_not_summed_up() -> None:
    names = ("示例甲快递", "示例乙快递")
    torn = {
        code: replace(figure, cumulative_completeness=Completeness(0, 2, names, partial=names))
        for code, figure in FIGURES.items()
    }
    document = build_monthly(monthly_data(figures=torn))
    assert "累计完成" not in words(document)
    assert "3月份，全市快递服务企业业务量完成62.84万件" in words(document)


def test_no_growth_of_companies_is_told_when_the_whole_declines() -> None:
    assert "拉动较大" not in words(build_monthly(grown("-8.0", None)))
    assert "拉动较大" in words(build_monthly(grown("8.0", None)))
