"""一页简报: the month's figures on one page, in every edition and format."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_app.models.values import Period
from desktop_app.services import reports
from desktop_app.services.reports.printed import trace_report
from desktop_app.storage.engine import Ledger
from tests.reporting.reading import whole_text

DAY = date(2021, 4, 12)


@pytest.mark.parametrize("period", ["2021-01", "2021-03", "2020-12", "2021-Q1", "2021-H1"])
@pytest.mark.parametrize("edition", ["internal", "public"])
def test_the_brief_is_one_page(county: Ledger, tmp_path: Path, period: str, edition: str) -> None:
    made = reports.make_report(
        county, "brief", Period.parse(period), "pdf", edition, tmp_path / "a.pdf", made_on=DAY, proof=True
    )
    assert made.pages == 1
    text = whole_text(made.file)
    leads = [text.index(words) for words in ("市场运行。", "快递进村。", "绿色包装。", "服务质量。", "报送情况。")]
    assert leads == sorted(leads)
    assert "2021年4月12日" in text
    assert ("示例甲快递" in text) is False


def test_the_brief_says_what_the_monthly_report_says(own_county: Ledger, tmp_path: Path) -> None:
    counted = set()
    for fmt in ("pdf", "docx", "xlsx"):
        made = reports.make_report(
            own_county, "brief", Period.parse("2021-03"), fmt, "internal", tmp_path / f"a.{fmt}", made_on=DAY
        )
        counted.add(made.figures)
    assert len(counted) == 1
    text = whole_text(tmp_path / "a.pdf")
    assert (
        "一季度，全市快递业务量累计完成165.79万件，同比增长26.8%；业务收入累计完成2324.56万元，同比增长18.2%。" in text
    )
    assert "3月份应报企业12家，已报10家；未报2家。" in text
    assert "下月重点。一是督促未报企业补报3月份数据" in text
    assert made.snapshot is not None
    trace = trace_report(own_county, made.snapshot.code)
    assert trace.report.kind_title == "一页简报"
    assert trace.changed == ()
