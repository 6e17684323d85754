"""季报 and 半年报 by the templates of the month, in the words of their period."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.models.values import Period
from desktop_app.services import reports
from desktop_app.storage.engine import Ledger
from tests.reporting.reading import whole_text


def text_of(ledger: Ledger, folder: Path, period: str, edition: str = "internal") -> str:
    out = folder / "报告.pdf"
    return whole_text(reports.make_report(ledger, "monthly", Period.parse(period), "pdf", edition, out).file)


def test_the_first_quarter_has_no_cumulative_sentence_beside_its_own(county: Ledger, tmp_path: Path) -> None:
    text = text_of(county, tmp_path, "2021-Q1")
    assert text.startswith("蛟河市2021年一季度邮政快递业运行情况")
    assert "一季度，全市快递服务企业业务量完成165.79万件，同比增长" in text
    assert "累计完成" not in text
    assert "本季度同比（%）环比（%）" in text
    assert "五、报送情况1—2月应报企业12家，各月均已报齐。3月份应报" in text
    assert "3月份应报企业12家（4月8日前报送）" in text


def test_two_months_against_three_are_no_decline_of_a_company(county: Ledger, tmp_path: Path) -> None:
    """示例己 has not reported March: its 4.16万件 of two months are set against nothing, and the table says why."""
    text = text_of(county, tmp_path, "2021-Q1")
    assert "10示例己快递4.162.5——" in text
    assert "11示例癸快递2.211.3——" in text
    assert "注：示例己快递和示例癸快递缺部分月份，不计算同比和拉动。" in text


def test_doubts_say_of_which_month_they_are(county: Ledger, tmp_path: Path) -> None:
    text = text_of(county, tmp_path, "2021-Q1")
    assert "1月数据质量说明：示例丁快递：同比变动过大" in text
    assert "3月数据质量说明：示例丙快递：同比变动过大" in text


def test_half_a_year_of_full_reports_is_said_once(county: Ledger, tmp_path: Path) -> None:
    text = text_of(county, tmp_path, "2020-H1")
    assert "五、报送情况1—5月应报企业12家，各月均已报齐。6月份应报企业12家" in text
    assert text.count("应报企业12家") == 2


def test_the_second_quarter_says_the_half_year_too(county: Ledger, tmp_path: Path) -> None:
    text = text_of(county, tmp_path, "2021-Q2")
    assert "上半年，全市快递服务企业业务量累计完成349.29万件，同比增长24.2%" in text
    assert "二季度，全市快递服务企业业务量完成183.50万件，同比增长21.9%，环比增长10.7%" in text
    assert "的上季度数缺本季度已报的2家，环比偏高" in text
    assert "本月" not in text


def test_half_years(county: Ledger, tmp_path: Path) -> None:
    assert "上半年，全市快递服务企业业务量完成349.29万件，同比增长24.2%" in text_of(county, tmp_path, "2021-H1")
    text = text_of(county, tmp_path, "2021-H2")
    assert "全年，全市快递服务企业业务量累计完成798.29万件" in text
    assert "下半年，全市快递服务企业业务量完成449.00万件" in text


def test_a_public_quarter_withholds_what_a_month_of_it_withholds(county: Ledger, tmp_path: Path) -> None:
    text = text_of(county, tmp_path, "2021-Q1", "public")
    assert "依法不予公布" in text
    assert "示例甲快递" not in text


def test_a_year_is_no_monthly_report(county: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不能按 2021 做"):
        text_of(county, tmp_path, "2021")
    with pytest.raises(UserError, match="还没有企业报送业务量"):
        text_of(county, tmp_path, "2022-Q1")
