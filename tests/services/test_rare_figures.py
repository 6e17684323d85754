"""Figures that are counted by the quarter or the year come in as 累计, however a file names their month."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Period, Span
from desktop_app.services.figures import figure_report
from desktop_app.services.imports import preview_file
from desktop_app.services.results.imports import Outcome
from desktop_app.storage.engine import Ledger
from tests.services.demo import brought, written

HEAD = "期间,企业,指标,数值,单位\n"


@pytest.mark.parametrize("period", ["2021年12月", "2021-12", "2021", "2021年", "2021年度"])
def test_the_year_of_a_product_is_its_december(fresh: Ledger, tmp_path: Path, period: str) -> None:
    file = written(tmp_path, "GDP.csv", f"{HEAD}{period},,地区生产总值,160,亿元\n")
    assert brought(fresh, file).outcome is Outcome.COMMITTED
    figure = figure_report(fresh, "CTX.GDP", Period.parse("2021")).figure
    assert figure.value == Decimal(16_000_000_000)


def test_that_it_was_read_so_is_told_and_can_be_said_otherwise(fresh: Ledger, tmp_path: Path) -> None:
    plan = preview_file(
        fresh, written(tmp_path, "a.csv", f"{HEAD}2021-09,,地区生产总值,120,亿元\n"), ImportOptions()
    ).plan
    assert plan is not None
    assert [o.span for o in plan.observations] == [Span.YTD]
    assert any("按本年累计读" in ground for ground in plan.grounds)
    head = HEAD.strip() + ",口径\n"
    plan = preview_file(
        fresh, written(tmp_path, "b.csv", f"{head}2021-09,,地区生产总值,12,亿元,本月\n"), ImportOptions()
    ).plan
    assert plan is not None
    assert [o.span for o in plan.observations] == [Span.MONTH]


def test_a_stock_of_a_year_stands_at_its_end(fresh: Ledger, tmp_path: Path) -> None:
    brought(fresh, written(tmp_path, "人口.csv", f"{HEAD}2021,,常住人口,40,万人\n"))
    assert figure_report(fresh, "CTX.POP", Period.parse("2021-12")).figure.value == Decimal(400_000)


def test_a_bare_year_of_what_is_reported_by_the_month_is_refused(fresh: Ledger, tmp_path: Path) -> None:
    result = brought(fresh, written(tmp_path, "量.csv", f"{HEAD}2021,示例甲,快递业务量,40,件\n"))
    assert [issue.code for issue in result.issues] == ["MONTH_UNREADABLE"]
