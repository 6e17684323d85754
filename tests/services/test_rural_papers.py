"""未通村清单, 镇级台账, 村档案 and 巡查表 of the demo county, read back from what was written."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from desktop_app.cli.main import main
from desktop_app.errors import UserError
from desktop_app.models.values import Month, Period, quantize
from desktop_app.services import context, reports
from desktop_app.services.rural import rural_board
from desktop_app.services.rural_rates import rate_table
from desktop_app.services.village_pages import village_page, write_village
from desktop_app.storage.engine import Ledger
from tests.reporting.reading import page_texts, whole_text

FEBRUARY = Month(2021, 2)
PERIOD = Period.of_month(FEBRUARY)
MADE_ON = date(2021, 3, 3)


def made(ledger: Ledger, kind: str, out: Path) -> Path:
    reports.make_report(ledger, kind, PERIOD, out.suffix[1:], "internal", out, made_on=MADE_ON, proof=True)
    return out


def sheet_rows(file: Path, first_head: str) -> list[list[list[str]]]:
    """Rows below the heads of every sheet's table, as words."""
    tables = []
    for sheet in load_workbook(file):
        rows = [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        head = next((n for n, row in enumerate(rows) if row[0] == first_head), None)
        if head is not None:
            body = rows[head + 1 :]
            tables.append([row for row in body if row[0].isdigit()])
    return tables


def test_the_gap_list_says_line_for_line_what_the_command_line_says(
    county: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert county.path is not None
    asked = ["--db", str(county.path), "--json", "coverage", "--period", "2021-02", "--gaps"]
    assert main(asked) == 0
    gaps = json.loads(capsys.readouterr().out)["gaps"]
    lines = [
        [
            g["code"], g["town"], g["name"], g["missing"], g["since"], "回退" if g["relapsed"] else "—", g["evidence"],
        ]
        for g in gaps
    ]  # fmt: skip
    assert len(lines) > 30
    numbered = [[str(n), *line] for n, line in enumerate(lines, start=1)]
    (on_sheet,) = sheet_rows(made(county, "gaps", tmp_path / "清单.xlsx"), "序号")
    assert on_sheet == numbered
    table = docx.Document(str(made(county, "gaps", tmp_path / "清单.docx"))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == numbered
    text = whole_text(made(county, "gaps", tmp_path / "清单.pdf"))
    place = 0
    for line in numbered:
        place = text.index("".join(line).replace(" ", ""), place)
    assert f"未通{len(gaps)}个" in text


def test_the_progress_table_has_every_township_and_their_sum(county: Ledger, tmp_path: Path) -> None:
    board, rates = rural_board(county, FEBRUARY), rate_table(county, FEBRUARY)
    january = {row.key: row for row in rate_table(county, Month(2021, 1)).rows}
    file = made(county, "progress", tmp_path / "进度.xlsx")
    sheet = load_workbook(file).worksheets[0]
    rows = [["" if v is None else str(v) for v in row] for row in sheet.iter_rows(values_only=True)]
    head = next(n for n, row in enumerate(rows) if row[0] == "序号")
    body = rows[head + 1 : head + 2 + len(board.towns)]
    assert [row[1] for row in body] == [*(town.name for town in board.towns), "全市"]
    for row, town, rate in zip(body[:-1], board.towns, rates.rows, strict=True):
        counts = (town.villages, town.covered, town.villages - town.covered, town.relapsed)
        assert [int(cell) for cell in row[2:6]] == list(counts)
        assert Decimal(row[6]) == rate.reach
        before = january[rate.key]
        moved = Fraction(rate.covered * 100, rate.villages) - Fraction(before.covered * 100, before.villages)
        assert Decimal(row[7]) == quantize(moved, 1), "the rates are rounded after they are taken from each other"
    for column in (2, 3, 4, 5, 10, 12):
        assert sum(int(row[column]) for row in body[:-1]) == int(body[-1][column])
    pages = page_texts(made(county, "progress", tmp_path / "进度.pdf"))
    assert board.total is not None
    assert f"通快递{board.total.covered}个" in pages[0]
    assert "全市" in pages[-1]
    assert len(pages) <= 2


def _brands(cell: str) -> list[str]:
    """3家（甲、乙、丙） → 甲, 乙, 丙."""
    found = re.search(r"（(.+)）", cell)
    return found[1].split("、") if found else []


def test_every_township_signs_its_own_sheet(county: Ledger, tmp_path: Path) -> None:
    board = rural_board(county, FEBRUARY)
    pages = page_texts(made(county, "towns", tmp_path / "台账.pdf"))
    begun = [
        next(n for n, page in enumerate(pages) if f"{town.name}2021年2月快递进村台账" in page) for town in board.towns
    ]
    assert len(set(begun)) == len(board.towns), "a township begins on a page of its own"
    assert sum("乡镇负责人（盖章）" in page for page in pages) == len(board.towns)
    signed = [page for page in pages if "乡镇负责人（盖章）" in page]
    assert all(re.search(r"220281\d{6}", page) for page in signed), "nobody signs a page without a village on it"
    book = load_workbook(made(county, "towns", tmp_path / "台账.xlsx"))
    for sheet in book:
        words = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert any(word.startswith("乡镇负责人（盖章）") for word in words), sheet.title
    rows = [row for table in sheet_rows(tmp_path / "台账.xlsx", "序号") for row in table]
    order = list(dict.fromkeys(member.brand for member in context.members(county) if member.brand))
    named = [brands for row in rows if (brands := _brands(str(row[4])))]
    assert any(brands != sorted(brands) for brands in named), "the county has brands whose code points run otherwise"
    assert all(brands == sorted(brands, key=order.index) for brands in named), "brands stand in the register's order"
    listed = [row[1] for row in rows]
    assert sorted(listed) == sorted(row.code for row in board.villages)


def test_the_visit_form_has_every_village_once_with_room_to_write(county: Ledger, tmp_path: Path) -> None:
    board = rural_board(county, FEBRUARY)
    file = made(county, "visits", tmp_path / "巡查.xlsx")
    tables = sheet_rows(file, "序号")
    assert [row[1] for table in tables for row in table] == sorted(row.code for row in board.villages)
    for table in tables:
        assert [row[0] for row in table] == [str(n) for n in range(1, len(table) + 1)]
        assert all(row[4] == "是／否" and not row[5].strip() for row in table)
    heights = load_workbook(file).worksheets[0].row_dimensions
    assert max(heights[n].height or 0 for n in heights) >= 25
    pages = page_texts(made(county, "visits", tmp_path / "巡查.pdf"))
    ends = [page for page in pages if "巡查日期：" in page]
    assert len(ends) == len(board.towns)
    assert all(re.search(r"220281\d{6}", page) for page in ends), "nobody signs a page without a village on it"


def test_a_village_is_told_with_its_past(county: Ledger, tmp_path: Path) -> None:
    lost = next(row for row in rural_board(county, FEBRUARY).villages if row.state == "回退")
    page = village_page(county, lost.code, FEBRUARY)
    assert page.served == 0
    assert dict(page.definitions)["任一品牌通达"] is False
    newest = page.events[0]
    assert newest.loss
    assert newest.month == "2021-02"
    assert all("第" in line.source for line in page.brands), "every line names the file and row it came from"
    written = write_village(county, lost.code, FEBRUARY, tmp_path / "村.pdf", MADE_ON)
    assert written.pages == 1, "a village is one page"
    text = whole_text(written.file)
    assert f"{lost.town}{lost.name}村档案（2021年2月）" in text
    assert f"2021-02{newest.brand}" in text or newest.words in text
    earlier = village_page(county, lost.code, Month(2021, 1))
    assert earlier.served > 0
    assert len(earlier.events) < len(page.events), "a month knows nothing of later ones"


def test_an_unknown_village_is_refused(county: Ledger) -> None:
    with pytest.raises(UserError, match="没有代码为 220281999999 的建制村"):
        village_page(county, "220281999999", FEBRUARY)


def test_without_records_the_papers_say_why_they_cannot_be_made(fresh: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有进村数据"):
        made(fresh, "gaps", tmp_path / "清单.pdf")
    assert "示例" not in whole_text(made(fresh, "visits", tmp_path / "巡查.pdf")), "a form needs no records"


def test_in_word_too_a_township_signs_on_the_page_of_its_last_villages(county: Ledger, tmp_path: Path) -> None:
    word = docx.Document(str(made(county, "towns", tmp_path / "台账.docx")))
    lists = [table for table in word.tables if table.rows[0].cells[0].text == "序号"]
    assert len(lists) == 17
    for table in lists:
        kept = [
            all(p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs) for row in table.rows
        ]
        assert all(kept[-4:])
        assert not any(kept[1:-4])
