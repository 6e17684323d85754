"""报表打印 as its user meets it: real pages, real files, a real (PDF) printer."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from pytestqt.qtbot import QtBot

from desktop_app.errors import CancelledError, UserError
from desktop_app.models.values import Month
from desktop_app.services.pages import PageBook, PageImage
from desktop_app.services.results.overview import Tone
from desktop_app.services.results.reports import ReportFile, ReportRemark
from desktop_app.views.main_window import MainWindow
from desktop_app.views.printing import paper
from desktop_app.views.printing.proof import remarks, write
from desktop_app.views.printing.side_card import paper_words
from desktop_app.views.printing.tab import PrintingTab
from tests.gui.county import click, open_window, press, printing, settle, until
from tests.reporting import office


@pytest.fixture
def window(qtbot: QtBot, county: Path) -> MainWindow:
    return open_window(qtbot, county, "报表打印")


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow) -> PrintingTab:
    return printing(qtbot, window)


def ink_share(image: QImage) -> float:
    """Part of a picture that is not white."""
    small = image.scaled(120, 170, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    dark = sum(1 for x in range(120) for y in range(170) if small.pixelColor(x, y).lightness() < 240)
    return dark / (120 * 170)


def words_of(data: bytes) -> str:
    """Everything that a PDF says, without breaks."""
    book = PageBook(data)
    try:
        return "".join(book.text(page) for page in range(book.pages)).replace("\r", "").replace("\n", "")
    finally:
        book.close()


def shown_sharp(qtbot: QtBot, window: MainWindow, tab: PrintingTab) -> None:
    """Wait until the pages on the screen have been drawn."""
    until(qtbot, lambda: window.jobs.running == 0 and tab.preview.view.complete)


# ----------------------------------------------------------------------------------------------- preview


def test_the_preview_shows_the_real_pages(qtbot: QtBot, window: MainWindow, tab: PrintingTab) -> None:
    shown_sharp(qtbot, window, tab)
    assert tab.preview.shows_pages
    assert tab.proof is not None
    assert tab.preview.view.pages == tab.proof.file.pages == tab.proof.book.pages
    first = tab.preview.view._pictures[0]
    assert ink_share(first) > 0.03, "something is printed on it"
    wanted = tab.preview.view.scale * tab.preview.view.devicePixelRatioF()
    assert abs(first.width() - tab.proof.book.sizes[0][0] * wanted) <= 1, "drawn at the size in which it is shown"
    assert tab.preview.place.text() == f"第 1 / {tab.preview.view.pages} 页"
    assert tab.side.paper.text() == "A4 纵向"
    assert "62.84" in words_of(tab.proof.data)


def test_who_is_missing_is_told_before_signing(tab: PrintingTab) -> None:
    alarm = tab.side.remarks.alarms[0]
    assert (alarm.word, alarm.detail) == ("缺报", "示例己快递、示例癸快递")


def test_page_keys_turn_pages(qtbot: QtBot, window: MainWindow, tab: PrintingTab) -> None:
    shown_sharp(qtbot, window, tab)
    view = tab.preview.view
    for _ in range(2):
        press(view, Qt.Key.Key_PageDown)
    assert view.current_page == 2
    press(view, Qt.Key.Key_PageUp)
    assert view.current_page == 1
    press(view, Qt.Key.Key_End)
    assert view.current_page == view.pages - 1
    shown_sharp(qtbot, window, tab)
    assert view.pages - 1 in view._pictures, "pages are drawn as they come into view"
    press(view, Qt.Key.Key_Home)
    assert view.current_page == 0


def test_zooming_draws_anew_and_fitting_follows_the_window(qtbot: QtBot, window: MainWindow, tab: PrintingTab) -> None:
    view = tab.preview.view
    shown_sharp(qtbot, window, tab)
    before = view._pictures[0].width()
    press(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    shown_sharp(qtbot, window, tab)
    assert view._pictures[0].width() > before
    assert tab.preview.fit.isEnabled()
    click(tab.preview.fit)
    shown_sharp(qtbot, window, tab)
    assert view._pictures[0].width() == before
    assert not tab.preview.fit.isEnabled()


def test_black_and_white_shows_no_colour(qtbot: QtBot, window: MainWindow, tab: PrintingTab) -> None:
    tab.preview.view.go_to(1)
    shown_sharp(qtbot, window, tab)
    assert not tab.preview.view._pictures[1].isGrayscale(), "the chart is in colour"
    click(tab.side.look._pills["grey"])
    shown_sharp(qtbot, window, tab)
    assert tab.preview.view._pictures[1].isGrayscale()


def test_the_edition_for_the_authority_above_is_made_anew(qtbot: QtBot, window: MainWindow, tab: PrintingTab) -> None:
    assert tab.proof is not None
    inside = tab.proof.data
    click(tab.side.edition._pills["upward"])
    settle(qtbot, window)
    assert tab.proof is not None
    assert tab.proof.order.edition == "upward"
    assert tab.proof.data != inside


def test_a_month_without_figures_says_why_and_offers_the_import(
    qtbot: QtBot, window: MainWindow, tab: PrintingTab
) -> None:
    window.desk.set_month(Month(2022, 5))
    settle(qtbot, window)
    assert not tab.preview.shows_pages
    assert "2022年5月还没有企业报送业务量" in tab.preview.empty.words
    assert not tab.side.print.isEnabled()
    assert not tab.side.save.isEnabled()
    click(tab.preview.empty._button)
    until(qtbot, lambda: window.current_tab is not tab)
    assert window.current_tab is not None
    assert window.current_tab.name == "数据导入"


# ----------------------------------------------------------------------------------------------- saving


def test_the_saved_file_is_what_was_looked_at(
    qtbot: QtBot, window: MainWindow, tab: PrintingTab, tmp_path: Path
) -> None:
    assert tab.file_name() == "蛟河市2021年3月邮政快递业月报.pdf"
    target = tmp_path / tab.file_name()
    tab.save_to(target)
    settle(qtbot, window)
    assert tab.proof is not None
    assert target.read_bytes() == tab.proof.data
    assert f"已存到 {target}" in window.message.words
    assert [each.name for each in tmp_path.iterdir() if each.suffix in {".pdf", ".new"}] == [target.name]


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_word_and_excel_editions_print_the_figures_on_the_screen(
    qtbot: QtBot, window: MainWindow, tab: PrintingTab, tmp_path: Path, ending: str
) -> None:
    target = tmp_path / f"月报.{ending}"
    tab.save_to(target)
    settle(qtbot, window)
    assert f"已存到 {target}" in window.message.words
    assert tab.proof is not None
    pages = "".join(tab.proof.book.text(number) for number in range(tab.proof.book.pages))
    volume = re.search(r"业务量完成([0-9.]+万件)", re.sub(r"\s", "", pages))
    assert volume is not None
    text = (
        "".join(office.docx_lines(target))
        if ending == "docx"
        else "".join(office.shown(cell) for cell in office.xlsx_cells(target))
    )
    assert f"业务量完成{volume[1]}" in text


def test_a_workbook_of_somebody_else_is_not_overwritten(
    qtbot: QtBot, window: MainWindow, tab: PrintingTab, tmp_path: Path
) -> None:
    target = tmp_path / "企业报表.xlsx"
    book = openpyxl.Workbook()
    book.save(target)
    before = target.read_bytes()
    tab.save_to(target)
    settle(qtbot, window)
    assert "没有覆盖它" in window.message.words
    assert target.read_bytes() == before


def test_a_place_that_cannot_be_written_is_told_and_leaves_nothing(
    qtbot: QtBot, window: MainWindow, tab: PrintingTab, tmp_path: Path
) -> None:
    tab.save_to(tmp_path / "没有这个文件夹" / "月报.pdf")
    settle(qtbot, window)
    assert "文件没有存成" in window.message.words
    assert "请检查磁盘空间和写入权限" in window.message.words


def test_a_file_that_is_there_stays_whole_when_saving_fails(tmp_path: Path) -> None:
    target = tmp_path / "月报.pdf"
    target.mkdir()
    with pytest.raises(UserError, match="没有存成"):
        write(b"%PDF", target)
    assert target.is_dir()
    assert list(tmp_path.iterdir()) == [target]


# ----------------------------------------------------------------------------------------------- printing


def test_the_printer_gets_every_page_at_its_true_size(
    qtbot: QtBot, window: MainWindow, tab: PrintingTab, tmp_path: Path
) -> None:
    printer = paper.new_printer("月报")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "纸.pdf"))
    tab.print_on(printer)
    settle(qtbot, window)
    assert tab.proof is not None
    printed = PageBook((tmp_path / "纸.pdf").read_bytes())
    try:
        assert printed.pages == tab.proof.book.pages
        assert [round(side) for side in printed.sizes[0]] == [595, 842]
        assert f"已送出 {printed.pages} 页到打印机" in window.message.words
        drawn, wanted = ink_box(printed.render(0, 1.0, grey=True)), ink_box(tab.proof.book.render(0, 1.0, grey=True))
        assert all(abs(d - w) <= 1 for d, w in zip(drawn, wanted, strict=True)), "in its place to a third of a mm"
    finally:
        printed.close()


def ink_box(image: PageImage) -> tuple[int, int, int, int]:
    """First and last line and column of a grey page that carry ink."""
    lines = [image.data[y * image.stride : y * image.stride + image.width] for y in range(image.height)]
    rows = [y for y, line in enumerate(lines) if min(line) < 100]
    columns = [x for x in range(image.width) if any(line[x] < 100 for line in lines)]
    return rows[0], rows[-1], columns[0], columns[-1]


def test_only_the_pages_asked_for_are_printed(
    qtbot: QtBot, window: MainWindow, tab: PrintingTab, tmp_path: Path
) -> None:
    printer = paper.new_printer("月报")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "纸.pdf"))
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    tab.print_on(printer)
    settle(qtbot, window)
    printed = PageBook((tmp_path / "纸.pdf").read_bytes())
    assert printed.pages == 2
    printed.close()


def test_the_systems_dialog_leads_to_the_printer(
    qtbot: QtBot, window: MainWindow, tab: PrintingTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+P opens the dialog; agreeing prints, here into a PDF file for want of a printer."""
    fresh = paper.new_printer

    def pdf_printer(title: str) -> QPrinter:
        printer = fresh(title)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "纸.pdf"))
        return printer

    monkeypatch.setattr(paper, "new_printer", pdf_printer)
    monkeypatch.setattr(paper, "any_printer", lambda: True)
    window.activateWindow()
    until(qtbot, window.isActiveWindow)
    press(tab.preview.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = tab.findChild(QPrintDialog)
    assert isinstance(dialog, QPrintDialog)
    assert dialog.isVisible()
    dialog.accept()
    settle(qtbot, window)
    assert (tmp_path / "纸.pdf").read_bytes().startswith(b"%PDF")
    assert "页到打印机" in window.message.words


def test_without_a_printer_the_way_out_is_named(
    qtbot: QtBot, window: MainWindow, tab: PrintingTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "any_printer", lambda: False)
    click(tab.side.print)
    assert "没有找到打印机" in window.message.words
    assert "另存为 PDF" in window.message.words


# ----------------------------------------------------------------------------------------------- parts


def test_a_sign_that_no_font_has_is_told() -> None:
    file = ReportFile(
        Path("x.pdf"), 1, 2, missing_glyphs=("㐂",), remarks=(ReportRemark("缺报", Tone.WARN, "1 家未报", "示例甲"),)
    )
    lines = remarks(file)
    assert [line.word for line in lines] == ["缺字", "缺报"]
    assert "㐂" in lines[0].text
    assert lines[0].tone is Tone.BAD


def test_a_closed_document_is_drawn_no_more(tab: PrintingTab) -> None:
    assert tab.proof is not None
    book = PageBook(tab.proof.data)
    book.close()
    with pytest.raises(CancelledError):
        book.render(0, 1.0)


def test_bytes_that_are_no_pdf_are_refused() -> None:
    with pytest.raises(UserError, match="打不开"):
        PageBook(b"not a pdf")


def test_paper_has_a_name() -> None:
    assert paper_words(((595.28, 841.89),)) == "A4 纵向"
    assert paper_words(((841.89, 595.28), (841.89, 595.28))) == "A4 横向"
    assert paper_words(((200.0, 300.0),)) == "71×106 毫米"


# ----------------------------------------------------------------------------------------------- what was printed


def test_a_saved_report_is_listed_and_says_when_its_figures_have_moved(
    qtbot: QtBot, window: MainWindow, tab: PrintingTab, tmp_path: Path
) -> None:
    assert not tab.printed.card.list.alarms
    tab.save_to(tmp_path / "月报.pdf")
    settle(qtbot, window)
    (line,) = tab.printed.card.list.alarms
    assert (line.word, line.text) == ("未变", "2021年3月内部版")
    backend = window.desk.backend
    batch = next(b for b in backend.batches() if b.file_name == "企业月报_2021年2月.csv")
    backend.undo_batch(batch.id, "企业来函更正")
    tab.printed.refresh()
    settle(qtbot, window)
    (line,) = tab.printed.card.list.alarms
    assert line.word == "已变"

    tab.printed.card.seek.setText(line.detail.split("\n")[1].lower())
    press(tab.printed.card.seek, Qt.Key.Key_Return)
    settle(qtbot, window)
    dialog = tab.printed.dialog
    assert dialog is not None
    assert dialog.isVisible()
    shown = {(row.name, row.measure, row.subject): (row.printed, row.now) for row in dialog.table.rows}
    assert shown["快递业务量", "累计", ""][0] == "165.79万件"
    assert all(printed != now for printed, now in shown.values())
    out = tmp_path / "更正.docx"
    tab.printed.write_correction(dialog.trace.report.code, out)
    settle(qtbot, window)
    assert "更正说明已存到" in window.message.words
    assert "165.79万件" in "".join(office.docx_lines(out))


def test_an_unknown_code_is_told(qtbot: QtBot, window: MainWindow, tab: PrintingTab) -> None:
    tab.printed.card.seek.setText("AAAAA-AAAAA")
    press(tab.printed.card.seek, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert "没有编号为 AAAAA-AAAAA 的报表" in window.message.words
