"""The monthly report of a county in which one company gives its volume whole, without its parts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.models.values import Period
from desktop_app.services.comparable import set_base
from desktop_app.services.figures import figure_report
from desktop_app.services.ledger import open_ledger
from desktop_app.services.reports.making import make_report
from desktop_app.storage.engine import Ledger
from tests.reporting.office import docx_lines
from tests.services.demo import brought, copied, written

MARCH = Period.parse("2021-03")
FIRST, SECOND = "示例甲快递", "示例乙快递"
PARTS = ("同城快递业务量", "异地快递业务量", "国际/港澳台快递业务量")


def rows_of(month: str, company: str, whole: int, parts: tuple[int, ...] = ()) -> list[str]:
    rows = [f"{month},{company},快递业务量,{whole},件", f"{month},{company},快递业务收入,{whole * 9},元"]
    return rows + [f"{month},{company},{name},{amount},件" for name, amount in zip(PARTS, parts, strict=bool(parts))]


@pytest.fixture
def county(registers_file: Path, tmp_path: Path) -> Iterator[Ledger]:
    """Two companies: 100000件 a month each in 2020, 95000件 and 90000件 in 2021, in March the second without parts."""
    rows = ["期间,企业,指标,数值,单位"]
    for company in (FIRST, SECOND):
        for month in ("2020年2月", "2020年3月"):
            rows += rows_of(month, company, 100_000, (25_000, 74_000, 1_000))
        rows += rows_of("2021年2月", company, 95_000, (24_000, 70_000, 1_000))
    rows += rows_of("2021年3月", FIRST, 90_000, (22_000, 67_000, 1_000)) + rows_of("2021年3月", SECOND, 90_000)
    rows += [f"2021年3月,{FIRST},损毁快件数,11,件"]
    with closing(open_ledger(copied(registers_file, tmp_path))) as ledger:
        assert brought(ledger, written(tmp_path, "明细.csv", "\n".join(rows))).outcome.value == "committed"
        yield ledger


def report_of(ledger: Ledger, folder: Path) -> str:
    path = folder / "月报.docx"
    make_report(ledger, "monthly", MARCH, "docx", "internal", path)
    return "\n".join(docx_lines(path))


def test_parts_that_one_company_has_not_given_neither_pull_nor_stand_low_in_silence(
    county: Ledger, tmp_path: Path
) -> None:
    rows = figure_report(county, "MKT.VOL", MARCH).rows
    assert [str(row.share_pct) for row in rows] == ["24.4", "74.4", "1.1"]
    assert [row.contribution_pp for row in rows] == [None] * 3, "−26.0 points of 异地 would be the silence of a company"
    told = report_of(county, tmp_path)
    assert "业务量完成18.00万件，同比下降10.0%" in told
    assert "业务量下降主要受" not in told
    assert "同城快递业务量本月数、异地快递业务量本月数、国际/港澳台快递业务量本月数：12家中11家未报" in told
    assert "同城快递业务量、异地快递业务量、国际/港澳台快递业务量的上年同期数含本期未报、退回的1家" in told


def test_a_rate_in_ten_thousandths_is_printed_in_words_that_every_font_has(county: Ledger, tmp_path: Path) -> None:
    assert "快件损毁率万分之1.22" in report_of(county, tmp_path)


def test_a_rate_on_a_comparable_base_is_not_held_against_one_on_a_published_base(
    county: Ledger, tmp_path: Path
) -> None:
    assert "业务量完成18.00万件，同比下降10.0%，降幅较上月扩大5.0个百分点" in report_of(county, tmp_path)
    set_base(county, "MKT.VOL", MARCH, "24万件", "两家企业合并")
    told = report_of(county, tmp_path)
    assert "同比下降25.0%" in told
    assert "业务量完成18.00万件，同比下降25.0%，环比" in told


def test_the_annual_report_says_who_is_lacking_in_the_parts(registers_file: Path, tmp_path: Path) -> None:
    rows = ["期间,企业,指标,数值,单位"]
    for month in range(1, 13):
        rows += rows_of(f"2020年{month}月", FIRST, 90_000, (22_000, 67_000, 1_000))
        rows += rows_of(f"2020年{month}月", SECOND, 90_000)
    path = tmp_path / "年报.docx"
    with closing(open_ledger(copied(registers_file, tmp_path))) as ledger:
        assert brought(ledger, written(tmp_path, "明细.csv", "\n".join(rows))).outcome.value == "committed"
        make_report(ledger, "annual", Period.parse("2020"), "docx", "internal", path)
    told = "\n".join(docx_lines(path))
    assert "快递业务量：12 家中 10 家未报，未报和退回的没有计入合计" in told
    assert "同城快递业务量：12 家中 11 家未报，未报和退回的没有计入合计" in told
