"""The clerk's words over a report: they survive a recalculation, their figures stay traceable or are marked."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.models.values import Month, Period
from desktop_app.services.imports import list_batches, undo_batch
from desktop_app.services.reports import make_report
from desktop_app.services.reports.making import edit_text, renew_figures, reset_text
from desktop_app.services.reports.printed import printed_reports, trace_report
from desktop_app.services.results.imports import Outcome
from desktop_app.services.results.reports import DraftParagraph, ReportFile
from desktop_app.storage import audit
from desktop_app.storage.engine import Ledger
from tests.reporting import office
from tests.reporting.reading import whole_text
from tests.services.demo import brought, written

PERIOD = Period.of_month(Month(2021, 3))


def proof(ledger: Ledger, folder: Path, edition: str = "internal", fmt: str = "pdf") -> ReportFile:
    return make_report(ledger, "monthly", PERIOD, fmt, edition, folder / f"月报.{fmt}", proof=True)


def paragraph(made: ReportFile, key: str) -> DraftParagraph:
    return next(each for each in made.paragraphs if each.key == key)


def write(ledger: Ledger, key: str, text: str) -> None:
    edit_text(ledger, "monthly", PERIOD, "internal", key, text)


def opening(made: ReportFile) -> DraftParagraph:
    """The paragraph of the quarter: 165.79万件."""
    return next(each for each in made.paragraphs if "165.79万件" in each.text)


def test_every_paragraph_is_listed_under_its_heading_with_a_key_of_its_own(own_county: Ledger, tmp_path: Path) -> None:
    made = proof(own_county, tmp_path)
    keys = [each.key for each in made.paragraphs]
    assert len(keys) == len(set(keys)) > 5
    assert opening(made).section == "市场运行"
    assert not any(each.edited or each.marks for each in made.paragraphs)
    pages = whole_text(made.file)
    assert all(re.sub(r"\s", "", each.text) in pages for each in made.paragraphs)


def test_edited_words_are_printed_by_all_writers_and_their_figures_stay_typed(
    own_county: Ledger, tmp_path: Path
) -> None:
    before = proof(own_county, tmp_path)
    first = opening(before)
    words = first.text.replace("累计完成165.79万件", "达到165.79万件，势头良好")
    write(own_county, first.key, words)
    made = proof(own_county, tmp_path)
    assert "达到165.79万件，势头良好" in whole_text(made.file)
    assert paragraph(made, first.key).edited
    assert paragraph(made, first.key).marks == ()
    assert made.figures == before.figures
    assert [p.address for p in made.placed] == [p.address for p in before.placed], "every number can still be asked"
    word = proof(own_county, tmp_path, fmt="docx")
    assert "达到165.79万件，势头良好" in "".join(office.docx_lines(word.file))
    book = proof(own_county, tmp_path, fmt="xlsx")
    assert any("势头良好" in office.shown(cell) for cell in office.xlsx_cells(book.file))
    assert made.snapshot is not None
    assert before.snapshot is not None
    assert made.snapshot.code == before.snapshot.code, "the same figures"
    other = proof(own_county, tmp_path, edition="upward")
    assert "势头良好" not in whole_text(other.file), "words belong to one edition"


def test_a_recalculation_keeps_her_words_and_marks_what_moved(own_county: Ledger, tmp_path: Path) -> None:
    first = opening(proof(own_county, tmp_path))
    write(own_county, first.key, first.text + "全市快递业务量165.79万件，创同期新高。")
    make_report(own_county, "monthly", PERIOD, "pdf", "internal", tmp_path / "印.pdf")
    corrected = (
        "蛟河市2021年2月企业业务量汇总表\n企业名称,同城业务量（件）,异地业务量（件）,国际/港澳台业务量（件）,快递业务量合计（件）\n"
        "示例甲快递,17000,112000,300,129300\n"
    )
    result = brought(own_county, written(tmp_path, "更正.csv", corrected), "企业来函更正")
    assert result.outcome is Outcome.COMMITTED, result.issues
    made = proof(own_county, tmp_path)
    now = paragraph(made, first.key)
    assert "创同期新高" in whole_text(made.file)
    assert "165.79万件" in whole_text(made.file), "nothing in her words is changed behind her back"
    assert now.moved
    stale = [mark for mark in now.marks if mark.text == "165.79万件"]
    assert len(stale) == 2
    fresh = stale[0].now
    assert fresh.endswith("万件")
    assert fresh in now.computed
    assert now.text[stale[0].start : stale[0].start + stale[0].length] == "165.79万件"
    remark = next(each for each in made.remarks if each.word == "数已变")
    assert f"165.79万件（现为{fresh}）" in remark.detail
    trace = trace_report(own_county, printed_reports(own_county)[0].code)
    assert any(line.printed == "165.79万件" for line in trace.changed)

    renew_figures(own_county, "monthly", PERIOD, "internal", first.key)
    mended = paragraph(proof(own_county, tmp_path), first.key)
    assert mended.text.endswith(f"全市快递业务量{fresh}，创同期新高。")
    assert mended.marks == ()


def test_a_direction_that_turned_is_marked_though_the_number_is_the_same(own_county: Ledger, tmp_path: Path) -> None:
    first = opening(proof(own_county, tmp_path))
    assert "同比增长26.8%" in first.text
    write(own_county, first.key, first.text.replace("同比增长26.8%", "同比下降26.8%"))
    (mark,) = paragraph(proof(own_county, tmp_path), first.key).marks
    assert (mark.kind, mark.text, mark.now) == ("stale", "下降26.8%", "增长26.8%")


def test_numbers_of_her_own_are_marked_but_dates_and_places_are_not(own_county: Ledger, tmp_path: Path) -> None:
    first = opening(proof(own_county, tmp_path))
    write(own_county, first.key, first.text + "2021年3月15日、1—3月、第2次会议、表1、〔2021〕5号；投入37辆车。")
    made = proof(own_county, tmp_path)
    assert [(m.kind, m.text) for m in paragraph(made, first.key).marks] == [("loose", "37")]
    assert next(each for each in made.remarks if each.word == "手写").detail == "37"


def test_new_lines_are_paragraphs_and_no_words_leave_it_out(own_county: Ledger, tmp_path: Path) -> None:
    first = opening(proof(own_county, tmp_path))
    write(own_county, first.key, "第一段说这些。\n\n第二段说那些。\x00")
    word = proof(own_county, tmp_path, fmt="docx")
    lines = office.docx_lines(word.file)
    assert "第一段说这些。" in lines
    assert "第二段说那些。" in lines
    write(own_county, first.key, "  ")
    made = proof(own_county, tmp_path)
    assert "说这些" not in whole_text(made.file)
    assert paragraph(made, first.key).text == ""
    reset_text(own_county, "monthly", PERIOD, "internal", first.key)
    assert paragraph(proof(own_county, tmp_path), first.key) == first


def test_every_step_stands_in_the_audit_trail(own_county: Ledger, tmp_path: Path) -> None:
    first = opening(proof(own_county, tmp_path))
    write(own_county, first.key, "改过。")
    write(own_county, first.key, "改过。")
    write(own_county, first.key, first.computed)
    with own_county.read() as session:
        steps = [event for event in audit.events(session) if event.action == "改报表文字"]
    assert len(steps) == 2, "the same words twice are one step"
    assert [json.loads(step.detail)["now"] for step in steps] == [None, "改过。"]


def test_words_of_a_paragraph_that_is_not_there_are_kept_and_told(own_county: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="本期没有这一段"):
        write(own_county, "market.99", "字")
    with pytest.raises(UserError, match="太长"):
        write(own_county, opening(proof(own_county, tmp_path)).key, "字" * 6000)
    keys = [each for each in proof(own_county, tmp_path).paragraphs if each.section == "快递进村"]
    write(own_county, keys[0].key, "进村情况另行通报。")
    for row in list_batches(own_county):
        if row.kind == "coverage" and row.state == "committed":
            undo_batch(own_county, row.id, "全部收回")
    made = proof(own_county, tmp_path)
    lost = [each for each in made.paragraphs if each.text == "进村情况另行通报。"]
    assert [each.placed for each in lost] == [False]
    assert "另行通报" not in whole_text(made.file)
    assert next(each for each in made.remarks if each.word == "未印").detail == "进村情况另行通报。"


def test_hostile_words_print_as_they_are(own_county: Ledger, tmp_path: Path) -> None:
    first = opening(proof(own_county, tmp_path))
    write(own_county, first.key, '=1+1 <b>甲</b><img src="x">')
    assert '=1+1<b>甲</b><imgsrc="x">' in whole_text(proof(own_county, tmp_path).file)
