"""The bureau arranges a report: order, on and off, paragraphs of its own; once for every kind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.models.values import Month, Period
from desktop_app.services.reports import make_report
from desktop_app.services.reports.making import edit_text, report_sections, set_sections
from desktop_app.services.results.reports import SectionRow
from desktop_app.storage import audit
from desktop_app.storage.engine import Ledger
from tests.reporting import office
from tests.reporting.reading import whole_text

MARCH = Month(2021, 3)
PERIOD = Period.of_month(MARCH)
SHIPPED = ["市场运行", "快递进村", "绿色包装", "服务质量", "报送情况", "存在问题", "下月重点"]


def rows(ledger: Ledger, kind: str = "monthly") -> list[SectionRow]:
    return list(report_sections(ledger, kind, PERIOD, "internal"))


def printed(ledger: Ledger, folder: Path, month: Month = MARCH, kind: str = "monthly") -> str:
    out = folder / f"{kind}{month}.pdf"
    make_report(ledger, kind, Period.of_month(month), "pdf", "internal", out, proof=True)
    return whole_text(out)


def test_sections_change_places_and_are_numbered_anew(own_county: Ledger, tmp_path: Path) -> None:
    found = rows(own_county)
    assert [row.name for row in found] == SHIPPED
    assert not any(row.own or row.text for row in found)
    set_sections(own_county, "monthly", [found[2], found[0], found[1], replace(found[4], on=False)])
    text = printed(own_county, tmp_path)
    places = [text.index(words) for words in ("一、绿色包装", "三、市场运行", "四、快递进村", "注：")]
    assert places == sorted(places)
    assert text.index("62.84") < places[0], "key figures stay before the first section"
    assert "单位负责人：" in text
    assert text.index("单位负责人：") > places[2], "signatures stay last"
    assert "、报送情况" not in text
    assert [row.name for row in rows(own_county)] == [
        "绿色包装", "服务质量", "市场运行", "快递进村", "报送情况", "存在问题", "下月重点",
    ]  # fmt: skip
    set_sections(own_county, "monthly", ())
    assert "一、市场运行" in printed(own_county, tmp_path)


def test_own_sections_and_paragraphs_come_every_month_and_can_be_edited_in_one(
    own_county: Ledger, tmp_path: Path
) -> None:
    found = rows(own_county)
    market = replace(found[0], text="以上为初步统计。")
    own = SectionRow("下月重点", own=True, text="一是抓好{期间}后的旺季保障。\n\n二是推进进村。")
    set_sections(own_county, "monthly", [market, own, *found[1:-1]])
    text = printed(own_county, tmp_path)
    assert text.index("以上为初步统计。") < text.index("表1") < text.index("二、下月重点") < text.index("三、快递进村")
    assert "一是抓好2021年3月后的旺季保障。" in text
    assert "抓好2021年2月后的旺季" in printed(own_county, tmp_path, Month(2021, 2))
    edit_text(own_county, "monthly", PERIOD, "internal", "own.下月重点.2", "二是推进进村，办好培训。")
    assert "办好培训" in printed(own_county, tmp_path)
    assert "办好培训" not in printed(own_county, tmp_path, Month(2021, 2))
    out = tmp_path / "月报.docx"
    make_report(own_county, "monthly", PERIOD, "docx", "internal", out, proof=True)
    assert "二、下月重点" in office.docx_lines(out)


def test_headings_with_a_date_are_one_section_in_every_period(own_county: Ledger, tmp_path: Path) -> None:
    found = rows(own_county, "plan")
    assert "年度监测" in [row.name for row in found]
    set_sections(own_county, "plan", [*found, SectionRow("工作建议", own=True, text="请有关科室核对。")])
    for month in (Month(2021, 3), Month(2021, 2)):
        text = printed(own_county, tmp_path, month, "plan")
        assert text.count("、年度监测（截至") == 1
        assert "工作建议" in text


def test_a_section_that_the_layout_does_not_know_keeps_its_place(own_county: Ledger, tmp_path: Path) -> None:
    found = rows(own_county)
    set_sections(own_county, "monthly", [found[4], found[0]])
    assert [row.name for row in rows(own_county)] == [
        "报送情况", "存在问题", "下月重点", "市场运行", "快递进村", "绿色包装", "服务质量",
    ]  # fmt: skip
    assert "六、绿色包装" in printed(own_county, tmp_path)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ([SectionRow(" ", own=True, text="字")], "要有标题"),
        ([SectionRow("市场运行"), SectionRow("市场运行", own=True)], "都叫“市场运行”"),
        ([SectionRow("市场运行", on=False)], "没有留下可印的栏目"),
        ([SectionRow("重点" * 30, own=True)], "太长"),
    ],
)
def test_a_layout_that_cannot_be_printed_is_refused(own_county: Ledger, changed: list[SectionRow], told: str) -> None:
    with pytest.raises(UserError, match=told):
        set_sections(own_county, "monthly", changed)
    assert [row.name for row in rows(own_county)] == SHIPPED


def test_every_step_stands_in_the_audit_trail(own_county: Ledger) -> None:
    found = rows(own_county)
    set_sections(own_county, "monthly", found[::-1])
    set_sections(own_county, "monthly", found[::-1])
    set_sections(own_county, "monthly", ())
    with own_county.read() as session:
        steps = [event for event in audit.events(session) if event.action == "改报表栏目"]
    assert len(steps) == 2
