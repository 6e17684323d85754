"""报送质量通报: counted by hand from the demo county, whose 示例己 and 示例癸 owe March 2021."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Period
from desktop_app.services import imports, reports
from desktop_app.storage.engine import Ledger
from tests.reporting.reading import whole_text
from tests.services.demo import MARCH_FILES


def text_of(ledger: Ledger, folder: Path, period: str) -> str:
    out = folder / "通报.pdf"
    return whole_text(reports.make_report(ledger, "quality", Period.parse(period), "pdf", "internal", out).file)


def test_who_owes_what_is_named_and_asked_for(county: Ledger, tmp_path: Path) -> None:
    text = text_of(county, tmp_path, "2021-03")
    assert "2021年3月，全市应报企业12家、月度统计报表12家次，已报10家次，报送率83.3%；未报2家次。" in text
    assert "报齐的企业10家；未报齐的企业2家（示例己快递和示例癸快递）。" in text
    assert "6示例己快递1010.0000" in text
    assert "—合计1210283.30012" in text
    assert "零报1家次（示例庚快递）。" in text
    assert "一是示例己快递和示例癸快递应于收到本通报后三日内补报所缺报表；" in text
    assert "三是各企业应于每月8日前报送上月报表" in text


def test_a_quarter_counts_its_months(county: Ledger, tmp_path: Path) -> None:
    text = text_of(county, tmp_path, "2021-Q1")
    assert "应报企业12家、月度统计报表36家次，已报34家次，报送率94.4%；未报2家次。" in text
    assert "6示例己快递32166.7" in text


def test_months_in_which_all_have_reported_owe_nothing(county: Ledger, tmp_path: Path) -> None:
    text = text_of(county, tmp_path, "2020-H1")
    assert "月度统计报表72家次，已报72家次，报送率100.0%。各企业全部报齐。" in text
    assert "更正已报数据1家次（示例丙快递）。" in text
    assert "补报所缺报表" not in text


def test_what_went_back_is_listed_with_its_reason(own_county: Ledger, tmp_path: Path) -> None:
    preview = imports.preview_file(own_county, MARCH_FILES / "甲_202103.xlsx", ImportOptions())
    imports.return_file(own_county, preview, "同城、异地之和与合计不符")
    text = text_of(own_county, tmp_path, "2021-03")
    assert "退回报表1份次（示例甲快递）" in text
    assert "1示例甲快递2021年3月同城、异地之和与合计不符" in text
    assert "示例甲快递应对照退回原因逐项改正" in text


def test_before_anybody_has_reported_there_is_nothing_to_tell(county: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="还没有企业报送"):
        text_of(county, tmp_path, "2024-05")
