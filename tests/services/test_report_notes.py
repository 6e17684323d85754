"""Notes and the titles of tables and charts are edited as paragraphs are."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.models.values import Month, Period
from desktop_app.services.reports import make_report
from desktop_app.services.reports.making import edit_text, reset_text
from desktop_app.services.results.imports import Outcome
from desktop_app.services.results.reports import DraftParagraph, ReportFile
from desktop_app.storage.engine import Ledger
from tests.reporting import office
from tests.reporting.reading import whole_text
from tests.services.demo import MARCH_FILES, brought

PERIOD = Period.of_month(Month(2021, 3))


def proof(ledger: Ledger, folder: Path, fmt: str = "pdf") -> ReportFile:
    return make_report(ledger, "monthly", PERIOD, fmt, "internal", folder / f"月报.{fmt}", proof=True)


def named(made: ReportFile, words: str) -> DraftParagraph:
    return next(each for each in made.paragraphs if words in each.text)


def write(ledger: Ledger, key: str, text: str) -> None:
    edit_text(ledger, "monthly", PERIOD, "internal", key, text)


def test_titles_of_tables_and_charts_are_hers_in_every_format(own_county: Ledger, tmp_path: Path) -> None:
    before = proof(own_county, tmp_path)
    table = next(each for each in before.paragraphs if each.section.endswith("表题"))
    chart = next(each for each in before.paragraphs if each.section.endswith("图题"))
    assert table.text == "蛟河市2021年3月快递业务量和业务收入"
    write(own_county, table.key, "全市快递业主要指标")
    write(own_county, chart.key, "全市快递业务量走势")
    made = proof(own_county, tmp_path)
    text = whole_text(made.file)
    assert "表1全市快递业主要指标" in text
    assert "图1全市快递业务量走势" in text
    assert not [mark for each in made.paragraphs for mark in each.marks]
    lines = office.docx_lines(proof(own_county, tmp_path, "docx").file)
    assert "表1\u3000全市快递业主要指标" in lines
    reset_text(own_county, "monthly", PERIOD, "internal", table.key)
    assert "表1蛟河市2021年3月快递业务量和业务收入" in whole_text(proof(own_county, tmp_path).file)


def test_a_title_is_never_empty(own_county: Ledger, tmp_path: Path) -> None:
    table = next(each for each in proof(own_county, tmp_path).paragraphs if each.section.endswith("表题"))
    with pytest.raises(UserError, match="标题不能空"):
        write(own_county, table.key, " ")


def test_a_note_that_is_left_out_closes_the_numbers_up(own_county: Ledger, tmp_path: Path) -> None:
    made = proof(own_county, tmp_path)
    first = named(made, "四舍五入")
    assert first.section == "备注"
    assert not first.text.startswith("1"), "the number is not hers"
    write(own_county, first.key, "")
    text = whole_text(proof(own_county, tmp_path).file)
    assert "四舍五入" not in text
    assert "备注：1.口径：" in text
    write(own_county, first.key, "本表为初步统计。")
    text = whole_text(proof(own_county, tmp_path).file)
    assert "备注：1.本表为初步统计。2.口径：" in text


def test_a_figure_in_an_edited_note_is_marked_when_the_data_move(own_county: Ledger, tmp_path: Path) -> None:
    note = named(proof(own_county, tmp_path), "快递业务量本月数、")
    assert "12家中2家未报" in note.text
    write(own_county, note.key, note.text + "已电话催报。")
    made = named(proof(own_county, tmp_path), "已电话催报")
    assert made.edited
    assert made.marks == ()
    assert brought(own_county, MARCH_FILES / "更正件" / "癸_202103.xlsx").outcome is Outcome.COMMITTED
    moved = named(proof(own_county, tmp_path), "已电话催报")
    assert moved.placed
    assert moved.moved
    assert [(mark.text, mark.now) for mark in moved.marks if mark.kind == "stale"] == [("2家", "1家")]
