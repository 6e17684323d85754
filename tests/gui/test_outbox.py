"""What leaves 数据导入: papers of a return, blank forms; cell diffs; and what is said before an undo."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from pytestqt.qtbot import QtBot

from desktop_app.exchange.return_sheet import ERROR_FILL, EXPLANATION
from desktop_app.views.imports.gathering import OUTBOX, gather
from desktop_app.views.imports.tab import ImportsTab
from desktop_app.views.main_window import MainWindow
from desktop_app.views.printing import paper
from tests.gui.county import FILES, click, drop, fingerprint, imports, open_window, press, settle, until


@pytest.fixture
def window(qtbot: QtBot, county: Path) -> MainWindow:
    return open_window(qtbot, county, "数据导入")


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow) -> ImportsTab:
    return imports(qtbot, window)


@pytest.fixture
def month(tmp_path: Path) -> Path:
    """The month's files where papers may be written beside them."""
    return Path(shutil.copytree(FILES, tmp_path / "三月"))


def put(qtbot: QtBot, window: MainWindow, tab: ImportsTab, *paths: Path) -> None:
    drop(tab, list(paths))
    settle(qtbot, window)


def send_back(qtbot: QtBot, window: MainWindow, tab: ImportsTab, path: Path) -> None:
    put(qtbot, window, tab, path)
    click(tab.staging.give_back)
    click(tab.staging.question.yes)
    settle(qtbot, window)


# ----------------------------------------------------------------------------------------------- papers of a return


def test_a_return_offers_its_papers_and_enter_saves_them_beside_the_file(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, month: Path
) -> None:
    send_back(qtbot, window, tab, month / "丁快递3月.csv")
    bar = tab.outbox.papers
    assert bar.isVisible()
    assert "示例丁快递有限公司" in bar.title.text()
    assert bar.folder.text() == str(month / OUTBOX)
    assert not tab.staging.give_back.isVisible(), "the bar stands in place of the buttons"
    press(bar.folder, Qt.Key.Key_Return)
    settle(qtbot, window)
    names = sorted(path.name for path in (month / OUTBOX).iterdir())
    assert names == ["退回单_丁快递3月.pdf", "退回表_丁快递3月.xlsx"]
    book = openpyxl.load_workbook(month / OUTBOX / names[1])
    assert book.sheetnames[0] == EXPLANATION
    assert book.worksheets[1]["C9"].fill.fgColor.rgb == ERROR_FILL
    assert "已存" in bar.detail.text()
    assert bar.open.isVisible()
    press(bar.open, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert tab.staging.give_back.isVisible()
    inside = gather([month]).files
    assert not any(OUTBOX in path.parts for path in inside), "what is on its way out does not come in again"


def test_papers_can_be_had_weeks_later_from_the_history(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, month: Path, tmp_path: Path
) -> None:
    """The original need not be there any more: the ledger keeps it."""
    send_back(qtbot, window, tab, month / "丁快递3月.csv")
    tab.outbox.papers.dismiss()
    (month / "丁快递3月.csv").unlink()
    tab.show_page("history")
    page = tab.history
    assert page.papers.isVisible()
    click(page.papers)
    bar = tab.outbox.papers
    assert bar.isVisible()
    bar.folder.setText(str(tmp_path / "U盘"))
    click(bar.yes)
    settle(qtbot, window)
    assert sorted(path.suffix for path in (tmp_path / "U盘").iterdir()) == [".pdf", ".xlsx"]
    bar.dismiss()
    page.table.select_row(1)
    assert not page.papers.isVisible(), "what was stored has no return papers"


def test_a_folder_that_cannot_be_written_is_said_and_the_bar_stays(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, month: Path
) -> None:
    send_back(qtbot, window, tab, month / "丁快递3月.csv")
    bar = tab.outbox.papers
    bar.folder.setText(str(month / "乙3月.csv" / "退回"))
    click(bar.yes)
    settle(qtbot, window)
    assert "文件夹建不了" in window.message.words
    assert bar.isVisible()
    assert bar.yes.isEnabled()


def test_the_note_is_printed_through_the_systems_dialog(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, month: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = paper.new_printer

    def pdf_printer(title: str, choice: paper.PaperChoice = paper.ON_A4) -> QPrinter:
        printer = fresh(title, choice)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(month / "纸.pdf"))
        return printer

    monkeypatch.setattr(paper, "new_printer", pdf_printer)
    monkeypatch.setattr(paper, "any_printer", lambda: True)
    send_back(qtbot, window, tab, month / "丁快递3月.csv")
    click(tab.outbox.papers.print)
    settle(qtbot, window)
    dialog = tab.findChild(QPrintDialog)
    assert isinstance(dialog, QPrintDialog)
    dialog.accept()
    settle(qtbot, window)
    assert (month / "纸.pdf").read_bytes().startswith(b"%PDF")
    assert "已送出 1 页到打印机" in window.message.words


def test_without_a_printer_saving_is_named(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, month: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "any_printer", lambda: False)
    send_back(qtbot, window, tab, month / "丁快递3月.csv")
    click(tab.outbox.papers.print)
    settle(qtbot, window)
    assert "没有找到打印机" in window.message.words


# ----------------------------------------------------------------------------------------------- blank forms


def test_blank_forms_for_all_companies_go_into_a_folder(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, tmp_path: Path, county: Path
) -> None:
    before = fingerprint(county)
    click(tab.blank)
    bar = tab.outbox.templates
    assert bar.month.text() == "2021年4月", "the month that comes next is proposed"
    bar.folder.setText(str(tmp_path / "空白"))
    press(bar.folder, Qt.Key.Key_Return)
    assert bar.progress.isVisible()
    settle(qtbot, window)
    made = sorted((tmp_path / "空白").iterdir())
    assert len(made) == 12
    assert "示例甲快递_2021-04_月报.xlsx" in {path.name for path in made}
    assert "已做好 12 份" in bar.detail.text()
    assert fingerprint(county) == before


def test_forms_for_one_company_and_cancelling(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, tmp_path: Path
) -> None:
    click(tab.blank)
    bar = tab.outbox.templates
    bar.company.set_key("示例甲快递有限公司")
    bar.folder.setText(str(tmp_path / "一"))
    click(bar.yes)
    settle(qtbot, window)
    assert len(list((tmp_path / "一").iterdir())) == 1
    bar.company.set_key("")
    bar.folder.setText(str(tmp_path / "停"))
    click(bar.yes)
    bar.progress._stop()
    settle(qtbot, window)
    assert "已取消" in window.message.words
    assert bar.yes.isEnabled()
    press(bar.folder, Qt.Key.Key_Escape)
    assert not bar.isVisible()


# ----------------------------------------------------------------------------------------------- diff, undo


def test_a_correction_shows_what_differs_before_and_after_it_is_stored(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab
) -> None:
    put(qtbot, window, tab, FILES / "戊-更正.xlsx")
    card = tab.staging.diff
    assert card.isVisible()
    assert card.subtitle.startswith("快报改为月报：2 格不同")
    model = card.table.rows_model
    line = [str(model.index(0, n).data()) for n in range(len(model.columns))]
    assert line[0] == "更正"
    assert line[1:3] == ["示例戊快递", "异地快递业务量"]
    assert line[5:8] == ["68,097", "68,115", "+18"]
    click(tab.staging.commit)
    settle(qtbot, window)
    assert not card.isVisible()
    tab.show_page("history")
    page = tab.history
    press(page.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert page.diff.isVisible()
    assert page.diff.headline.startswith("快报改为月报：2 格不同")
    page.table.select_row(1)
    assert not page.diff.isVisible(), "another import, another comparison"


def test_an_import_of_new_figures_has_nothing_to_compare(qtbot: QtBot, window: MainWindow, tab: ImportsTab) -> None:
    put(qtbot, window, tab, FILES / "己.csv")
    assert tab.staging.diff.isVisible(), "未报 becomes a figure"
    tab.show_page("history")
    tab.history.show_batch(3)
    press(tab.history.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert not tab.history.diff.isVisible()
    assert "全是新数" in window.message.words


def test_the_question_before_an_undo_lists_what_hangs_on_it(qtbot: QtBot, window: MainWindow, tab: ImportsTab) -> None:
    tab.show_page("history")
    page = tab.history
    page.seek.setText("企业月报_2021年1月")
    click(page.undo)
    settle(qtbot, window)
    assert "不再计入" in page.question.lines.text()
    assert "示例甲快递 2021年1月" in page.question.lines.text()
    assert page.question.yes.isEnabled()
    press(page.question.reason, Qt.Key.Key_Escape)


def test_what_cannot_be_undone_is_said_before_it_is_tried(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, county: Path
) -> None:
    before = fingerprint(county)
    tab.show_page("history")
    tab.history.show_batch(1)
    click(tab.history.undo)
    settle(qtbot, window)
    question = tab.history.question
    assert question.lines.text().startswith("· 不能撤销：第 1 号批次带来的村")
    assert not question.yes.isEnabled()
    press(question.reason, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert fingerprint(county) == before
    press(question.reason, Qt.Key.Key_Escape)
    until(qtbot, lambda: not question.isVisible())
    tab.history.table.select_row(0)
    click(tab.history.undo)
    settle(qtbot, window)
    assert question.yes.isEnabled(), "the next question is free again"


def test_the_last_storing_lists_each_of_its_files(qtbot: QtBot, window: MainWindow, tab: ImportsTab) -> None:
    put(qtbot, window, tab, FILES / "乙3月.csv", FILES / "己.csv")
    click(tab.staging.commit)
    settle(qtbot, window)
    click(tab.staging.undo)
    settle(qtbot, window)
    lines = tab.staging.question.lines.text().splitlines()
    assert len(lines) == 2
    assert any("乙3月.csv" in line for line in lines)
    assert any("己.csv" in line for line in lines)


def test_keys_answer_while_the_papers_lie_ready(qtbot: QtBot, window: MainWindow, tab: ImportsTab, month: Path) -> None:
    """Ctrl+Enter stores what can go in; turning to the history puts the bar away, where it would hide the buttons."""
    put(qtbot, window, tab, month / "乙3月.csv")
    send_back(qtbot, window, tab, month / "丁快递3月.csv")
    bar = tab.outbox.papers
    press(bar.folder, Qt.Key.Key_Return)
    settle(qtbot, window)
    press(bar.open, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert "已入库 1 件" in window.message.words
    assert bar.isVisible()
    tab.show_page("history")
    assert not bar.isVisible()
    assert tab.history.undo.isVisible()


def test_a_returned_batch_says_that_nothing_was_stored(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, month: Path
) -> None:
    send_back(qtbot, window, tab, month / "丁快递3月.csv")
    tab.show_page("history")
    settle(qtbot, window)
    press(tab.history.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert "已退回，没有入库" in window.message.words
