"""规划监测表 of the demo county, read back from its pages."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.enum.section import WD_ORIENTATION
from docx.shared import Mm
from openpyxl import load_workbook

from desktop_app.errors import UserError
from desktop_app.models.values import Month, Period
from desktop_app.services import reports, targets
from desktop_app.services.results.targets import TargetEntry
from desktop_app.storage.engine import Ledger
from tests.reporting.reading import greys, page_texts, render, whole_text
from tests.services.demo import MARCH
from tests.services.test_targets import YEAR

QUARTER = Period.parse("2021-Q1")


def printed(ledger: Ledger, folder: Path, period: Period = QUARTER, edition: str = "internal") -> Path:
    return reports.make_report(ledger, "plan", period, "pdf", edition, folder / "规划.pdf").file


def plan(ledger: Ledger) -> None:
    """Two targets of the year, one behind, and one of a plan to 2025."""
    targets.add_target(ledger, YEAR)
    entry = TargetEntry("本局“十四五”方案", "MKT.VOL", Decimal(2000), "万件", Month(2025, 12), clause="二（一）")
    with_base = TargetEntry(
        entry.document,
        entry.indicator,
        entry.value,
        entry.unit,
        entry.due,
        clause=entry.clause,
        base_month=Month(2020, 12),
        base_value=Decimal("655.17"),
        text="力争达到2000万件",
    )
    targets.add_targets(ledger, [with_base])
    revenue = TargetEntry("本局2021年工作要点", "MKT.REV", Decimal(90000), "万元", Month(2021, 12), clause="第3条")
    targets.add_targets(ledger, [revenue])


def test_every_document_that_binds_is_a_table_of_its_own(spring: Ledger, tmp_path: Path) -> None:
    plan(spring)
    text = whole_text(printed(spring, tmp_path))
    assert "蛟河市规划目标监测表（2021年3月）" in text
    assert "表1《本局2021年工作要点》目标进度（蛟河市，截至2021年3月）" in text
    assert "《吉林市快递业发展“十四五”规划》目标进度" in text
    assert "苏州" not in text, "another city's programme of work binds nobody here"
    # name, unit, nature, base, target, value, completion, straight, seasonal, verdict
    assert "快递业务量万件——≥800165.7920.725.0" in text
    assert "快递业务收入万元——≥900002324.562.625.0" in text
    for head in ("完成率（%）", "序时进度（%）", "上年同期进度（%）", "评价", "依据条款"):
        assert head in text
    assert "滞后" in text
    assert "第3条" in text


def test_a_company_that_is_lacking_is_said_beside_the_sum(county: Ledger, tmp_path: Path) -> None:
    text = whole_text(printed(county, tmp_path))
    assert "可循环中转袋使用率" in text
    rows = [row for row in targets.targets(county, MARCH) if row.gaps]
    assert rows, "the demo county lacks two companies in March"
    assert "家中" in text


def test_the_middle_of_the_plans_with_the_rates_that_follow(spring: Ledger, tmp_path: Path) -> None:
    plan(spring)
    text = whole_text(printed(spring, tmp_path))
    assert "二、中期评估（截至2021年3月）" in text
    for row in (
        "邮政业业务收入亿元2020→202511038—≥1800010.3≥10.3",
        "邮件快件业务量亿件2020→20251089—≥177010.2≥10.2",
        "快递业务收入亿元2020→20258795—≥1500011.3≥11.3",
    ):
        assert row in text, row
    assert "2020→2025655.17—≥200025.0" in text, "the bureau's own plan: 655.17 → 2000 is 25.0 % a year"


def test_notes_name_contradictions_missing_figures_and_definitions(county: Ledger, tmp_path: Path) -> None:
    text = whole_text(printed(county, tmp_path))
    assert "三（四）1为≥98%" in text
    assert "专栏7为≥99%" in text
    assert re.search(r"无数据\d+项：", text)
    assert "建制村快递服务通达率（RUR.REACH，第1版）" in text
    assert "力争、争取的为预期性" in text
    for post in ("单位负责人：", "统计负责人：", "填表人：", "报出日期："):
        assert post in text


def test_pages_lie_across_and_tables_go_on_with_their_heads(county: Ledger, tmp_path: Path) -> None:
    file = printed(county, tmp_path)
    document = pypdfium2.PdfDocument(file)
    try:
        sizes = {tuple(round(side) for side in page.get_size()) for page in document}
    finally:
        document.close()
    assert sizes == {(842, 595)}
    pages = page_texts(file)
    continued = [page for page in pages if "续表" in page]
    assert continued
    assert all("指标单位性质" in page or "指标单位年份" in page for page in continued)
    for number, page in enumerate(pages, start=1):
        assert f"—{number}—" in page
    made = reports.make_report(county, "plan", QUARTER, "pdf", "internal", tmp_path / "p.pdf")
    assert made.missing_glyphs == (), "万分比 instead of a sign that the fonts have not"
    assert made.figures > 100


def test_bars_that_lag_are_hatched_so_that_a_mono_print_tells_them(spring: Ledger, tmp_path: Path) -> None:
    plan(spring)
    file = printed(spring, tmp_path)
    page = next(n for n, text in enumerate(page_texts(file), start=1) if "图1" in text)
    image = render(file, page, 3.0)
    document = pypdfium2.PdfDocument(file)
    try:
        words = document[page - 1].get_textpage()
        box = words.get_charbox(words.get_text_range().index("20.7% 滞后"))
        height = document[page - 1].get_height()
    finally:
        document.close()
    middle = round((height - (box[1] + box[3]) / 2) * 3)
    # From just right of the axis to the tick: stripes of ink and paper, never one even tone.
    strip = greys(image, (0, middle - 1, image.width, middle))
    dark = [x for x, level in enumerate(strip) if level < 90]
    assert dark
    stripes = sum(1 for one, other in pairwise(strip) if abs(one - other) > 40)
    assert stripes > 20


def test_goals_in_words_are_told_in_a_note_and_take_no_row(spring: Ledger, tmp_path: Path) -> None:
    text = whole_text(printed(spring, tmp_path)).replace("\n", "")
    assert "《吉林市快递业发展“十四五”规划》另有16条目标不以台账的数判断" in text
    assert "应急预案（三（五）4）" in text
    assert "文字目标，不以数判断" not in text


def test_december_is_the_years_report_and_a_month_a_quarter_or_a_year_may_be_asked_for(
    spring: Ledger, tmp_path: Path
) -> None:
    plan(spring)
    text = whole_text(printed(spring, tmp_path, Period.parse("2021")))
    assert "截至2021年12月" in text
    assert "未完成" in text
    assert "中期评估" in text


def test_a_document_that_is_over_is_no_longer_watched(spring: Ledger, tmp_path: Path) -> None:
    plan(spring)
    text = whole_text(printed(spring, tmp_path, Period.parse("2022-03")))
    assert "本局2021年工作要点" not in text
    assert "本局“十四五”方案" in text


def test_what_is_refused(spring: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有公开版"):
        reports.make_report(spring, "plan", QUARTER, "pdf", "public", tmp_path / "规划.pdf")
    offered = {choice.kind: choice for choice in reports.available(spring, MARCH)}
    assert list(offered)[:7] == ["monthly", "brief", "annual", "rural", "green", "plan", "enterprise"]
    assert (offered["monthly"].period, offered["monthly"].blocked) == ("2021-03", "")
    assert (offered["plan"].period, offered["plan"].blocked) == ("2021-03", "")
    assert offered["annual"].period == "2020", "in March the year that is over"
    assert "还没有报到12月" in offered["annual"].blocked
    late = reports.available(spring, Month(2031, 1))
    assert {"monthly", "annual", "green", "plan"} <= {choice.kind for choice in late if choice.blocked}


def test_word_and_excel_say_the_same_on_paper_that_lies_across(spring: Ledger, tmp_path: Path) -> None:
    plan(spring)
    counts = {}
    for kind in ("pdf", "docx", "xlsx"):
        made = reports.make_report(spring, "plan", QUARTER, kind, "upward", tmp_path / f"规划.{kind}")
        counts[kind] = made.figures
    assert len(set(counts.values())) == 1
    section = docx.Document(str(tmp_path / "规划.docx")).sections[0]
    assert section.orientation is WD_ORIENTATION.LANDSCAPE
    # Word keeps twentieths of a point.
    assert section.page_width == pytest.approx(Mm(297), rel=0.001)
    assert section.page_height == pytest.approx(Mm(210), rel=0.001)
    tables = docx.Document(str(tmp_path / "规划.docx")).tables
    widest = max(sum(cell.width or 0 for cell in table.rows[0].cells) for table in tables)
    assert widest == pytest.approx(Mm(245), rel=0.01)
    book = load_workbook(tmp_path / "规划.xlsx")
    assert {page.page_setup.orientation for page in book.worksheets} == {"landscape"}
    texts = {str(cell.value) for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value}
    assert "≥800" in texts
    assert "表1\u3000《本局2021年工作要点》目标进度（蛟河市，截至2021年3月）" in texts
