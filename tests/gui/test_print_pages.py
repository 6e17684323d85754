"""Finding words in the pages, thumbnails, paper, the month's whole set, and what follows saving."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from desktop_app.errors import CancelledError
from desktop_app.services.pages import PageBook
from desktop_app.views.imports import drives
from desktop_app.views.imports.drives import Drive
from desktop_app.views.main_window import MainWindow
from desktop_app.views.printing import month_set, paper
from desktop_app.views.printing.proof import Order
from desktop_app.views.printing.saved_strip import copy_into
from desktop_app.views.printing.set_dialog import SetDialog
from desktop_app.views.printing.tab import PrintingTab
from tests.gui.county import click, open_window, press, printing, settle, type_in, until


@pytest.fixture
def window(qtbot: QtBot, county: Path) -> MainWindow:
    return open_window(qtbot, county, "报表打印")


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow) -> PrintingTab:
    return printing(qtbot, window)


def pdf_printer(target: Path, choice: paper.PaperChoice = paper.ON_A4) -> QPrinter:
    printer = paper.new_printer("报表", choice)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    return printer


# ----------------------------------------------------------------------------------------------- search


def test_words_are_found_marked_and_walked_with_the_keys(qtbot: QtBot, window: MainWindow, tab: PrintingTab) -> None:
    window.activateWindow()
    until(qtbot, window.isActiveWindow)
    view, bar = tab.preview.view, tab.preview.finder
    press(view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert bar.isVisible()
    type_in(bar.words, "165.79")
    settle(qtbot, window)
    count = len(view.hits.hits)
    assert count >= 2, "in the text and in table 1"
    assert bar.count.text() == f"第 1 / {count} 处"
    first = view.hits.current
    assert first is not None
    assert tab.proof is not None
    height = tab.proof.book.sizes[0][1]
    assert 0 < first.boxes[0][1] < height
    press(bar.words, Qt.Key.Key_F3)
    assert bar.count.text() == f"第 2 / {count} 处"
    current = view.hits.current
    assert current is not None
    place = view.hits.rect_of(current.boxes[0], view._paper(current.page), view.scale)
    assert view.viewport().rect().contains(place.center().toPoint()), "walking brings the hit into sight"
    press(bar.words, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    press(bar.words, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count.text() == f"第 {count} / {count} 处", "before the first comes the last"
    press(bar.words, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert not view.hits.hits


def test_what_is_not_there_is_said(qtbot: QtBot, window: MainWindow, tab: PrintingTab) -> None:
    tab.preview.finder.open()
    tab.preview.finder.words.setText("没有的字样")
    settle(qtbot, window)
    assert tab.preview.finder.count.text() == "没有找到"


def test_a_phrase_that_runs_over_a_line_is_found_with_a_box_a_line(tab: PrintingTab) -> None:
    assert tab.proof is not None
    book = tab.proof.book
    lines = book.text(0).replace("\r", "").split("\n")
    broken = next(n for n, line in enumerate(lines) if line.startswith("同比增长26.8%"))
    phrase = lines[broken - 1][-6:] + lines[broken][:6]
    (hit,) = book.find(phrase)
    assert len(hit.boxes) == 2
    upper, lower = hit.boxes
    assert lower[1] > upper[1] + upper[3] - 1
    assert lower[0] < upper[0]


def test_a_search_that_is_no_longer_wanted_stops(tab: PrintingTab) -> None:
    assert tab.proof is not None
    with pytest.raises(CancelledError):
        tab.proof.book.find("业务", lambda: True)


# ----------------------------------------------------------------------------------------------- thumbnails


def test_a_click_on_a_small_page_turns_to_it_and_the_frame_follows_reading(
    qtbot: QtBot, window: MainWindow, tab: PrintingTab
) -> None:
    small, view = tab.preview.thumbnails, tab.preview.view
    until(qtbot, lambda: window.jobs.running == 0 and small.complete)
    assert small.pages == view.pages
    assert small._pictures[0].width() < 150
    click(small.viewport(), small._paper(2).center().toPoint())
    assert view.current_page == 2
    assert small.marked == 2
    press(view, Qt.Key.Key_End)
    assert small.marked == view.pages - 1
    assert small.viewport().rect().intersects(small._paper(small.marked).toRect())
    press(small, Qt.Key.Key_Up)
    assert view.current_page == view.pages - 2
    click(tab.preview.small_pages)
    assert not small.isVisible()


# ----------------------------------------------------------------------------------------------- paper


def test_a_page_that_lies_across_is_printed_across_and_a3_enlarges(
    qtbot: QtBot, window: MainWindow, tab: PrintingTab, tmp_path: Path
) -> None:
    tab.reports.mark("plan")
    settle(qtbot, window)
    assert tab.proof is not None
    width, height = tab.proof.book.sizes[0]
    assert width > height
    for name, choice, sides in (
        ("a4.pdf", paper.ON_A4, (842, 595)),
        ("a3.pdf", paper.PaperChoice(a3=True, both_sides=True), (1191, 842)),
    ):
        tab.print_on(pdf_printer(tmp_path / name, choice))
        settle(qtbot, window)
        printed = PageBook((tmp_path / name).read_bytes())
        assert tuple(round(side) for side in printed.sizes[0]) == sides
        printed.close()


def test_the_dialog_starts_with_the_paper_chosen(tab: PrintingTab) -> None:
    click(tab.side.sheet._pills["a3"])
    click(tab.side.sides._pills["both"])
    made = paper.new_printer("月报", tab.side.paper_choice)
    assert made.pageLayout().pageSize().name() == "A3"
    assert tab.side.paper_choice.both_sides


def test_in_a_set_on_both_sides_every_report_begins_on_a_front(tab: PrintingTab) -> None:
    assert tab.proof is not None
    printer = paper.new_printer("三页")
    three = PageBook(tab.proof.data)
    three.sizes = three.sizes[:3]
    pages = paper.on_fronts((three, three), both_sides=True)
    assert [number for _, number in pages] == [0, 1, 2, None, 0, 1, 2]
    assert [number for _, number in paper.on_fronts((three, three), both_sides=False)] == [0, 1, 2] * 2
    assert paper.chosen_pages(printer, three.pages) == [0, 1, 2]
    three.close()


# ----------------------------------------------------------------------------------------------- the whole set


def open_set(qtbot: QtBot, window: MainWindow, tab: PrintingTab) -> SetDialog:
    click(tab.whole)
    settle(qtbot, window)
    dialog = tab.set_dialog
    assert dialog.isVisible()
    return dialog


def test_the_whole_set_is_saved_into_a_folder_and_frozen(
    qtbot: QtBot, window: MainWindow, tab: PrintingTab, tmp_path: Path
) -> None:
    dialog = open_set(qtbot, window, tab)
    assert [order.kind for order in dialog.orders] == [
        c.kind for c in tab.reports.choices if c.in_set and not c.blocked
    ]
    assert not dialog.ticks["annual"].isChecked(), "last year's report is not printed every month"
    assert dialog.sizeHint().height() < 560, "a screen of 768 lines has a bar at its foot and a title at its head"
    dialog.save_into(tmp_path)
    settle(qtbot, window)
    files = {file.name for file in tmp_path.glob("*.pdf")}
    assert {"蛟河市2021年3月邮政快递业月报.pdf", "蛟河市2021年3月规划监测表.pdf"} <= files
    assert f"已存 {len(files)} 份到 {tmp_path}" in dialog.told.text()
    dialog.reject()
    settle(qtbot, window)
    assert len(tab.printed.card.list.alarms) == len(files), "each is frozen under its code"


def test_the_whole_set_is_printed_as_one_task_and_frozen(
    qtbot: QtBot, window: MainWindow, tab: PrintingTab, tmp_path: Path
) -> None:
    dialog = open_set(qtbot, window, tab)
    for kind, tick in dialog.ticks.items():
        tick.setChecked(kind in {"monthly", "plan"})
    dialog.print_on(pdf_printer(tmp_path / "全套.pdf", paper.PaperChoice(both_sides=True)))
    settle(qtbot, window)
    assert dialog.outcome is not None
    assert dialog.outcome.failed == ()
    printed = PageBook((tmp_path / "全套.pdf").read_bytes())
    assert printed.pages == dialog.outcome.pages
    assert f"共 {dialog.outcome.pages} 页到打印机" in window.message.words
    printed.close()
    dialog.reject()
    settle(qtbot, window)
    assert len(tab.printed.card.list.alarms) == len(dialog.outcome.done)


def test_closing_the_dialog_stops_the_set_first(
    qtbot: QtBot, window: MainWindow, tab: PrintingTab, tmp_path: Path
) -> None:
    dialog = open_set(qtbot, window, tab)
    dialog.save_into(tmp_path)
    dialog.reject()
    assert dialog.isVisible(), "not before what is being made is done or dropped"
    until(qtbot, lambda: window.jobs.running == 0)
    assert window.findChildren(SetDialog) == []


def test_a_set_that_is_stopped_keeps_what_is_done_and_says_so(window: MainWindow, tmp_path: Path) -> None:
    month = window.desk.month
    assert month is not None
    orders = [
        Order(kind, title, str(month), month.label, "internal")
        for kind, title in (("monthly", "月报"), ("plan", "规划监测表"))
    ]
    asked: list[int] = []

    def stop_after_the_first(done: int, _total: int, _words: str) -> None:
        asked.append(done)

    outcome = month_set.save_set(
        window.desk.backend,
        orders,
        tmp_path,
        "pdf",
        "蛟河市",
        stop_after_the_first,
        lambda: any(tmp_path.glob("*.pdf")),
    )
    assert outcome.cancelled
    assert outcome.done == ("月报",)
    assert [file.name for file in outcome.files] == [file.name for file in tmp_path.glob("*.pdf")]


def test_one_that_cannot_be_made_does_not_hold_up_the_others(window: MainWindow, tmp_path: Path) -> None:
    month = window.desk.month
    assert month is not None
    orders = [
        Order(kind, title, str(month), month.label, "public")
        for kind, title in (("plan", "规划监测表"), ("monthly", "月报"))
    ]
    outcome = month_set.save_set(window.desk.backend, orders, tmp_path, "pdf", "", lambda *_: None, lambda: False)
    assert outcome.done == ("月报",)
    assert outcome.failed == (("规划监测表", "规划监测表没有公开版"),)


def test_a_figure_that_no_longer_holds_is_told_of_the_set(window: MainWindow, tab: PrintingTab, tmp_path: Path) -> None:
    month, backend = window.desk.month, window.desk.backend
    assert month is not None
    assert tab.proof is not None
    first = next(each for each in tab.proof.file.paragraphs if "同比增长26.8%" in each.text)
    backend.edit_text("monthly", str(month), "internal", first.key, first.text.replace("增长26.8%", "下降26.8%"))
    orders = [Order("monthly", "月报", str(month), month.label, "internal")]
    outcome = month_set.save_set(backend, orders, tmp_path, "pdf", "", lambda *_: None, lambda: False)
    assert outcome.doubts == ("月报：改过的文字里 1 个数与数据不符",)


# ----------------------------------------------------------------------------------------------- after saving


def test_a_saved_file_is_copied_onto_the_stick(
    qtbot: QtBot, window: MainWindow, tab: PrintingTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not tab.saved.isVisible()
    tab.save_to(tmp_path / "月报.pdf")
    settle(qtbot, window)
    assert tab.saved.isVisible()
    monkeypatch.setattr(drives, "removable_drives", lambda: ())
    click(tab.saved.to_stick)
    assert "没有找到U盘" in window.message.words
    stick = tmp_path / "U盘"
    stick.mkdir()
    monkeypatch.setattr(drives, "removable_drives", lambda: (Drive("工作", stick),))
    click(tab.saved.to_stick)
    settle(qtbot, window)
    assert (stick / "月报.pdf").read_bytes() == (tmp_path / "月报.pdf").read_bytes()
    assert "已拷到U盘 工作" in window.message.words


def test_a_copy_never_covers_another_file(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "月报.pdf").write_bytes(b"%PDF older")
    file = tmp_path / "月报.pdf"
    file.write_bytes(b"%PDF newer")
    assert copy_into(file, stick).name == "月报（2）.pdf"
    assert copy_into(file, stick).name == "月报（2）.pdf", "the same file is not copied twice"
    assert (stick / "月报.pdf").read_bytes() == b"%PDF older"
    assert len(list(stick.iterdir())) == 2
