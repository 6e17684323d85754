"""A county's own total of what companies report never goes in to be lost behind their sum."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.models.values import NATIONAL_REGION, Period
from desktop_app.services.figures import figure_report
from desktop_app.services.results.imports import Outcome
from desktop_app.storage.engine import Ledger
from tests.services.demo import brought, written

HEAD = "月份,企业,指标,数值,单位\n"


@pytest.mark.parametrize("line", ["2021-03,,末端网点数,999,个", "2021-03,,快递业务量,700000,件"])
def test_it_is_refused_with_the_companies_sum_beside_it(spring: Ledger, tmp_path: Path, line: str) -> None:
    result = brought(spring, written(tmp_path, "全县.csv", HEAD + line))
    assert result.outcome is Outcome.REFUSED
    (issue,) = result.issues
    assert issue.code == "COUNTY_TOTAL"
    assert "县级合计由企业数相加得出" in issue.message
    assert "企业在" not in issue.message
    assert "请删去这一行" in issue.suggestion


def test_the_difference_is_told(spring: Ledger, tmp_path: Path) -> None:
    total = figure_report(spring, "MKT.VOL", Period.parse("2021-03")).figure.value
    assert total is not None
    line = f"2021-03,,快递业务量,{total + 1000:.0f},件"
    (issue,) = brought(spring, written(tmp_path, "全县.csv", HEAD + line)).issues
    assert f"企业之和 {total:,.0f} 件" in issue.message
    assert "相差 1,000 件" in issue.message


def test_a_cumulation_and_a_part_are_totals_too(spring: Ledger, tmp_path: Path) -> None:
    text = "月份,企业,指标,数值,单位,口径\n2021-03,,快递业务量,700000,件,累计\n2021-03,,同城快递业务量,7000,件,本月\n"
    result = brought(spring, written(tmp_path, "全县.csv", text))
    assert [issue.code for issue in result.issues] == ["COUNTY_TOTAL", "COUNTY_TOTAL"]


def test_a_total_beside_its_companies_in_one_file_is_refused(fresh: Ledger, tmp_path: Path) -> None:
    text = HEAD + "2021-03,示例甲,末端网点数,5,个\n2021-03,,末端网点数,9,个\n"
    result = brought(fresh, written(tmp_path, "表.csv", text))
    assert [(issue.code, issue.row) for issue in result.issues] == [("COUNTY_TOTAL", 3)]


def test_where_no_company_has_reported_the_total_is_the_figure(fresh: Ledger, tmp_path: Path) -> None:
    result = brought(fresh, written(tmp_path, "全县.csv", HEAD + "2021-03,,快递业务量,700000,件\n"))
    assert result.outcome is Outcome.COMMITTED
    assert figure_report(fresh, "MKT.VOL", Period.parse("2021-03")).figure.value == Decimal(700_000)


def test_years_before_the_companies_begin_and_the_bureaus_own_figures_come_in(spring: Ledger, tmp_path: Path) -> None:
    text = HEAD + "2018-12,,快递业务量,700000,件\n2021-03,,常住人口,40,万人\n"
    assert brought(spring, written(tmp_path, "全县.csv", text)).outcome is Outcome.COMMITTED
    assert figure_report(spring, "MKT.VOL", Period.parse("2018-12")).figure.value == Decimal(700_000)


def test_the_national_series_goes_in_beside_companies(spring: Ledger, tmp_path: Path) -> None:
    series = "月份,快递业务量当月(亿件),来源\n2021-03,87.6,发布会\n"
    assert brought(spring, written(tmp_path, "全国.csv", series)).outcome is Outcome.COMMITTED
    figure = figure_report(spring, "MKT.VOL", Period.parse("2021-03"), region=NATIONAL_REGION).figure
    assert figure.value == Decimal(8_760_000_000)
