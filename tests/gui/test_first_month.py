"""A first month in the real window: drop a file, look, store, see every tab change, print, and take it back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_app.paths import program_dir
from desktop_app.services.pages import PageBook
from tests.gui.county import (
    FILES,
    click,
    drop,
    fingerprint,
    imports,
    indicators,
    open_window,
    overview,
    printing,
    settle,
    text_of,
    until,
)

LATE = FILES / "己.csv"
"""示例己's monthly report, handed in late: 26 480 件. The ledger holds ten companies' figures, 628 366 件."""
BEFORE, AFTER = "62.84", "65.48"


def _volume_on_overview(qtbot: QtBot, window: object) -> str:
    tab = overview(qtbot, window)  # type: ignore[arg-type] # the window of this module's tests
    return next(card.kpi.text for card in tab.kpis.cards if card.kpi is not None and card.kpi.title == "快递业务量")


def _printed(volume: str) -> str:
    """The sentence of the monthly summary that says the month's volume."""
    return f"3月份，全市快递服务企业业务量完成{volume}万件"


def _words(data: bytes) -> str:
    book = PageBook(data)
    try:
        return "".join(book.text(page) for page in range(book.pages)).replace("\r", "").replace("\n", "")
    finally:
        book.close()


def test_a_late_report_goes_all_the_way_to_paper_and_back(qtbot: QtBot, county: Path, tmp_path: Path) -> None:
    """The whole way of one figure through the window, and its undoing."""
    untouched = fingerprint(county)
    window = open_window(qtbot, county)

    # Before: ten companies.
    assert _volume_on_overview(qtbot, window) == BEFORE
    board = indicators(qtbot, window)
    assert text_of(board, "MKT.VOL", "本月") == BEFORE
    first_paper = printing(qtbot, window)
    assert first_paper.proof is not None
    assert _printed(BEFORE) in _words(first_paper.proof.data)

    # The file is dropped and looked at; nothing is stored yet.
    desk = imports(qtbot, window)
    drop(desk, [LATE])
    settle(qtbot, window)
    file = desk.staging.stage.files[0]
    assert file.word == "可入库"
    assert "快递业务量 26,480 件" in desk.staging.preview.totals.text
    assert fingerprint(county) == untouched

    # Stored: every tab says the new figure.
    click(desk.staging.commit)
    settle(qtbot, window)
    assert "已入库 1 件" in window.message.words
    assert _volume_on_overview(qtbot, window) == AFTER
    board = indicators(qtbot, window)
    assert text_of(board, "MKT.VOL", "本月") == AFTER
    assert board.table_card.subtitle.endswith("11 家企业，1 家未报")
    assert board.detail is not None
    assert any(source.file == "己.csv" for source in board.detail.sources)

    # Printed: the page holds it, and the command line writes the same bytes.
    paper = printing(qtbot, window)
    until(qtbot, lambda: paper.preview.view.complete)
    saved = tmp_path / "月报.pdf"
    paper.save_to(saved)
    settle(qtbot, window)
    words = _words(saved.read_bytes())
    assert _printed(AFTER) in words
    assert _printed(BEFORE) not in words
    assert saved.read_bytes() == _printed_by_command(county, tmp_path / "命令行.pdf")

    # Taken back from the history, even when the list has been left: the old figure counts again.
    desk = imports(qtbot, window)
    desk.show_page("history")
    assert desk.history.table.rows[0].file_name == "己.csv"
    desk.history.table.select_row(0)
    click(desk.history.undo)
    desk.history.question.reason.setText("试一次")
    click(desk.history.question.yes)
    settle(qtbot, window)
    assert desk.history.table.rows[0].state_label == "已撤销"
    assert _volume_on_overview(qtbot, window) == BEFORE
    board = indicators(qtbot, window)
    assert text_of(board, "MKT.VOL", "本月") == BEFORE
    paper = printing(qtbot, window)
    assert paper.proof is not None
    assert _printed(BEFORE) in _words(paper.proof.data)


def _printed_by_command(county: Path, out: Path) -> bytes:
    """The same report from the command line."""
    command = [sys.executable, "-m", "desktop_app", "--db", str(county), "report", "monthly"]
    command += ["--period", "2021-03", "-o", str(out)]
    done = subprocess.run(command, cwd=program_dir(), capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return out.read_bytes()


def test_a_bad_file_gets_one_clear_sentence_and_changes_nothing(qtbot: QtBot, county: Path) -> None:
    """A PDF with the name of a table: said once, in Chinese, and the ledger stays as it was."""
    before = fingerprint(county)
    window = open_window(qtbot, county, "数据导入")
    desk = imports(qtbot, window)
    drop(desk, [FILES / "其实是PDF.csv"])
    settle(qtbot, window)
    assert [issue.message for issue in desk.staging.issues.issues] == ["这是 PDF 文件，不是表格"]
    assert desk.staging.preview.unread.words.startswith("这是 PDF 文件，不是表格")
    assert not desk.staging.commit.isEnabled()
    assert text_of(indicators(qtbot, window), "MKT.VOL", "本月") == BEFORE
    assert fingerprint(county) == before
