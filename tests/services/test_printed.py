"""What was printed stays known by its code, number for number, and is held against the ledger of today."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from desktop_app.errors import UserError
from desktop_app.models.values import Month, Period
from desktop_app.reporting.code import read_code
from desktop_app.services.imports import list_batches, undo_batch
from desktop_app.services.reports import make_report
from desktop_app.services.reports.printed import (
    affected_reports,
    correction,
    printed_reports,
    trace_report,
    write_correction,
)
from desktop_app.storage.engine import Ledger
from tests.reporting.office import docx_lines, docx_tables
from tests.reporting.reading import page_texts

PERIOD = Period.of_month(Month(2021, 3))


@pytest.fixture
def code(own_county: Ledger, tmp_path: Path) -> str:
    """The summary of March, printed."""
    make_report(own_county, "monthly", PERIOD, "pdf", "internal", tmp_path / "月报.pdf")
    return printed_reports(own_county)[0].code


def undo_february(ledger: Ledger) -> str:
    """Take back the companies' figures of the month before; the file's name."""
    batch = next(row for row in list_batches(ledger) if row.file_name == "企业月报_2021年2月.csv")
    undo_batch(ledger, batch.id, "企业来函更正")
    return batch.file_name


def test_every_page_bears_the_code_and_the_code_finds_every_number(
    own_county: Ledger, code: str, tmp_path: Path
) -> None:
    assert all(f"编号{code}" in page for page in page_texts(tmp_path / "月报.pdf"))
    for typed in (code, code.lower(), code.replace("-", ""), f" {code} "):
        trace = trace_report(own_county, typed)
        assert trace.report.code == code
    volume = next(line for line in trace.lines if (line.code, line.measure) == ("MKT.VOL", "本期") and not line.subject)
    assert (volume.name, volume.period, volume.printed, volume.now) == ("快递业务量", "2021年3月", "62.84", "62.84")
    assert trace.changed == ()
    companies = {line.subject for line in trace.lines if line.code == "MKT.VOL" and line.subject}
    assert "示例甲快递" in companies


def test_the_same_figures_are_one_report_and_others_are_another(own_county: Ledger, code: str, tmp_path: Path) -> None:
    again = tmp_path / "再印.docx"
    make_report(own_county, "monthly", PERIOD, "docx", "internal", again, made_on=date(2021, 5, 1))
    assert [report.code for report in printed_reports(own_county)] == [code]
    make_report(own_county, "monthly", PERIOD, "pdf", "public", tmp_path / "公开.pdf")
    undo_february(own_county)
    make_report(own_county, "monthly", PERIOD, "pdf", "internal", tmp_path / "新.pdf")
    assert len({report.code for report in printed_reports(own_county)}) == 3


def test_a_proof_is_not_printed(own_county: Ledger, tmp_path: Path) -> None:
    made = make_report(own_county, "monthly", PERIOD, "pdf", "internal", tmp_path / "看.pdf", proof=True)
    assert made.snapshot is not None
    assert printed_reports(own_county) == ()
    with pytest.raises(UserError, match=f"没有编号为 {made.snapshot.code} 的报表"):
        trace_report(own_county, made.snapshot.code)


def test_a_report_whose_figures_moved_is_listed_and_a_correction_drafted(
    own_county: Ledger, code: str, tmp_path: Path
) -> None:
    assert affected_reports(own_county) == ()
    with pytest.raises(UserError, match="没有变"):
        correction(own_county, code, date(2021, 5, 8))
    file_name = undo_february(own_county)
    (trace,) = affected_reports(own_county)
    assert trace.report.code == code
    assert any(file_name in event for event in trace.events)
    volume = next(line for line in trace.changed if (line.code, line.measure, line.subject) == ("MKT.VOL", "累计", ""))
    assert volume.printed == "165.79万件"
    assert volume.now not in {"", volume.printed}

    out = tmp_path / "更正说明.docx"
    made = write_correction(own_county, code, out, date(2021, 5, 8))
    assert made.file == out
    words = "".join(docx_lines(out))
    assert f"编号{code}" in words
    assert f"其中{len(trace.changed)}个数更正如下" in words
    rows = docx_tables(out)[0]
    assert ["2021年3月 快递业务量 累计", "165.79万件", volume.now] in rows
    assert len(rows) == len(trace.changed) + 1


def test_a_quarter_and_a_brief_are_traced_like_a_month(own_county: Ledger, tmp_path: Path) -> None:
    quarter = Period.parse("2021-Q1")
    for kind, period in (("monthly", quarter), ("brief", PERIOD)):
        for number in (1, 2):
            make_report(own_county, kind, period, "pdf", "internal", tmp_path / f"{kind}{number}.pdf")
    codes = [report.code for report in printed_reports(own_county)]
    assert len(codes) == len(set(codes)) == 2, "printed twice is one report"
    for code in codes:
        trace = trace_report(own_county, code)
        assert trace.changed == ()
        assert not [line for line in trace.lines if line.measure.isascii() or line.name.isascii()]
    file_name = undo_february(own_county)
    found = {trace.report.code: trace for trace in affected_reports(own_county)}
    assert set(found) == set(codes)
    for code, trace in found.items():
        assert any(file_name in event for event in trace.events)
        made = write_correction(own_county, code, tmp_path / f"{code}.docx", date(2021, 5, 8))
        words = "".join(docx_lines(made.file))
        assert f"其中{len(trace.changed)}个数更正如下" in words


def test_what_was_printed_cannot_be_changed_or_deleted(own_county: Ledger, code: str) -> None:
    assert code
    for step in ("UPDATE report_snapshot SET title = '假'", "DELETE FROM report_snapshot"):
        with pytest.raises(DBAPIError, match="append-only"), own_county.write() as session:
            session.execute(text(step))


def test_codes_are_read_as_people_write_them() -> None:
    assert read_code("k7q2m 4xd9p") == "K7Q2M-4XD9P"
    assert read_code("OIL2M—4XD9P") == "0112M-4XD9P"
    assert read_code("不是编号") == "不是编号"
