"""Comparable bases entered by the clerk: used for growth, the published figure kept and shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.models.values import NATIONAL_REGION, Period
from desktop_app.services.comparable import base_question, bases, set_base
from desktop_app.services.figures import figure_report
from desktop_app.services.ledger import open_ledger
from desktop_app.services.wording import figure_sentence
from desktop_app.storage.engine import Ledger
from tests.services.demo import brought, copied, written

QUARTER = Period.parse("2024-Q1")
REASON = "2024年起国家局调整了上年同期的可比基数"


@pytest.fixture
def nation(registers_file: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A county's ledger with the two quarters of the national series."""
    series = (
        "月份,快递业务量当月(亿件),快递业务量累计(亿件),来源\n2023-03,103.4,268.9,发布会\n2024-03,138.4,371.1,发布会\n"
    )
    with closing(open_ledger(copied(registers_file, tmp_path))) as ledger:
        assert brought(ledger, written(tmp_path, "全国.csv", series)).outcome.value == "committed"
        yield ledger


def test_the_first_quarter_of_2024_as_published(nation: Ledger) -> None:
    """371.1亿件: +38.0 % on the 268.9亿件 published a year before, +25.2 % as released, on comparable terms."""
    plain = figure_report(nation, "MKT.VOL", QUARTER, region=NATIONAL_REGION).figure
    assert (str(plain.yoy_pct), plain.yoy_basis) == ("38.0", "")
    row = set_base(nation, "MKT.VOL", QUARTER, "296.4亿件", REASON, region=NATIONAL_REGION)
    assert (row.published, row.comparable, row.cumulative) == (Decimal(26_890_000_000), Decimal(29_640_000_000), True)
    figure = figure_report(nation, "MKT.VOL", QUARTER, region=NATIONAL_REGION).figure
    assert (str(figure.yoy_pct), figure.yoy_basis) == ("25.2", "可比口径")
    assert "快递业务量：同比按可比口径（上年同期公布数268.9亿件，可比数296.4亿件）" in figure.notes


def test_a_base_of_a_company_month_in_the_county(own_county: Ledger) -> None:
    march = Period.parse("2021-03")
    before = figure_report(own_county, "MKT.VOL", march).figure
    set_base(own_county, "mkt.vol", march, "50万件", "两家企业合并")
    after = figure_report(own_county, "MKT.VOL", march).figure
    assert before.yoy_pct != after.yoy_pct
    assert after.previous_year == Decimal(500_000)
    set_base(own_county, "MKT.VOL", march, "60万件", "更正")
    assert [(row.comparable, row.reason) for row in bases(own_county)] == [(Decimal(600_000), "更正")]


@pytest.mark.parametrize(
    ("code", "period", "amount", "reason", "words"),
    [
        ("MKT.VOL", "2024-Q2", "1", REASON, "不从1月开始"),
        ("MKT.VOL", "2024-Q1", "1", " ", "要写明原因"),
        ("MKT.VOL", "2024-Q1", "很多", REASON, "不是数"),
        ("MKT.VOL", "2024-Q1", "-5", REASON, "不是数"),
        ("MKT.VOL", "2024-Q1", "5亿元", REASON, "单位是件"),
        ("NET.STAFF", "2024", "5", REASON, "按月录入"),
        ("NO.SUCH", "2024", "5", REASON, "没有指标"),
    ],
)
def test_what_is_refused_changes_nothing(
    own_county: Ledger, code: str, period: str, amount: str, reason: str, words: str
) -> None:
    with pytest.raises(UserError, match=words):
        set_base(own_county, code, Period.parse(period), amount, reason)
    assert bases(own_county) == ()


def test_a_bare_number_that_is_far_from_the_published_one_wants_its_unit(own_county: Ledger) -> None:
    march = Period.parse("2021-03")
    with pytest.raises(UserError, match="没有写单位") as told:
        set_base(own_county, "MKT.VOL", march, "50", REASON)
    assert "万件" in told.value.hint
    assert bases(own_county) == ()
    assert set_base(own_county, "MKT.VOL", march, "50件", REASON).comparable == Decimal(50)


def test_a_base_is_replaced_with_a_word(own_county: Ledger) -> None:
    march = Period.parse("2021-03")
    assert set_base(own_county, "MKT.VOL", march, "50万件", "甲").replaced is None
    again = set_base(own_county, "MKT.VOL", march, "51万件", "乙")
    assert (again.replaced, again.replaced_reason) == (Decimal(500_000), "甲")
    question = base_question(own_county, "MKT.VOL", march)
    assert (question.stands, question.stands_reason, question.base_label) == ("51.00万件", "乙", "2020年3月")


def test_the_cumulation_on_a_comparable_base_says_so_in_notes_and_sentence(nation: Ledger) -> None:
    set_base(nation, "MKT.VOL", QUARTER, "296.4亿件", REASON, region=NATIONAL_REGION)
    figure = figure_report(nation, "MKT.VOL", Period.parse("2024-03"), region=NATIONAL_REGION).figure
    assert (str(figure.cumulative_yoy_pct), figure.cumulative_yoy_basis) == ("25.2", "可比口径")
    assert "快递业务量：累计同比按可比口径（上年同期公布数268.9亿件，可比数296.4亿件）" in figure.notes
    assert figure_sentence(figure).endswith("；累计同比按可比口径增长25.2%")
    quarter = figure_report(nation, "OPS.OUT", QUARTER, region=NATIONAL_REGION).figure
    assert figure_sentence(quarter) == "371.1亿件，按可比口径同比增长25.2%"
