"""The grid of a file keeps its room at 1366×768, whatever else is to be shown with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop_app import settings
from desktop_app.models.values import Month
from desktop_app.services.results.imports import ImportOptions
from desktop_app.views.imports.file_list import elided_name, shown_names
from desktop_app.views.imports.tab import ImportsTab
from desktop_app.views.main_window import MainWindow
from desktop_app.views.widgets.choice import SegmentedChoice
from desktop_app.views.widgets.split import KeptSplitter
from tests.gui.county import FILES, click, drop, imports, open_window, press, settle, until

LEAST = 10
ALL_ROOM = 15


@pytest.fixture
def window(qtbot: QtBot, county: Path) -> MainWindow:
    return open_window(qtbot, county, "数据导入")


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow) -> ImportsTab:
    return imports(qtbot, window)


def _lines(tab: ImportsTab) -> int:
    """Whole lines of the file that the grid shows."""
    grid = tab.staging.preview.grid
    return grid.viewport().height() // grid.verticalHeader().defaultSectionSize()


def test_the_grid_keeps_nine_lines_beside_what_was_said_and_the_comparison(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab
) -> None:
    drop(tab, [FILES / "戊-更正.xlsx"])
    settle(qtbot, window)
    file = tab.staging.list.current
    assert file is not None
    tab.staging.said.emit(file, ImportOptions(month=Month(2021, 3)))
    settle(qtbot, window)
    preview = tab.staging.preview
    assert preview.strip.isVisible()
    assert preview.diff.isVisible()
    assert _lines(tab) >= LEAST - 1
    _turn(preview.below, "控制数")
    assert not preview.diff.isVisible()
    assert preview.totals.isVisible()


def _turn(choice: SegmentedChoice, word: str) -> None:
    """Click one of the pills that stand side by side."""
    click(next(pill for pill in choice.findChildren(QAbstractButton) if word in pill.text()))


def _drag(split: KeptSplitter, number: int, by: QPoint) -> None:
    """Drag a handle as a mouse does."""
    handle = split.handle(number)
    middle = handle.rect().center()
    half = QPoint(by.x() // 2, by.y() // 2)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(handle, middle + half)
    QTest.mouseMove(handle, middle + half)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=middle)


@pytest.mark.parametrize("name", ["甲_202103.xlsx", "丁快递3月.csv", "进村_3月.xlsx", "绿色包装_3月.xlsx"])
def test_good_faulty_long_and_wide_files_show_ten_lines_and_no_note_is_cut(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, name: str
) -> None:
    drop(tab, [FILES / name])
    settle(qtbot, window)
    preview = tab.staging.preview
    assert _lines(tab) >= LEAST
    _turn(preview.below, "控制数")
    for notes in (preview.totals, preview.grounds):
        area, line = notes.area, notes.line_height
        assert area.height() >= 3 * line
        assert area.height() % line == 0, "the last line is whole"
        assert area.geometry().bottom() <= notes.height()


def test_folding_and_enlarging_give_the_grid_the_room(qtbot: QtBot, window: MainWindow, tab: ImportsTab) -> None:
    drop(tab, [FILES / "进村_3月.xlsx", FILES / "丁快递3月.csv"])
    settle(qtbot, window)
    page, preview = tab.staging, tab.staging.preview
    page.list.mark(FILES / "进村_3月.xlsx")
    _turn(preview.below, "收起")
    until(qtbot, lambda: _lines(tab) >= ALL_ROOM)
    assert not preview.totals.isVisible()
    assert preview.counts.isVisible()
    page.list.mark(FILES / "丁快递3月.csv")
    assert preview.panel.is_folded, "as the clerk has left it, for the next file too"
    assert settings.get("imports.lower") == "folded"
    _turn(preview.below, "控制数")

    wide = preview.grid.viewport().width()
    preview.grid.setFocus()
    press(preview.grid, Qt.Key.Key_F11)
    until(qtbot, lambda: preview.grid.viewport().width() > wide + 400)
    assert (page.issues.isVisible(), page.list_card.isVisible(), _lines(tab) >= ALL_ROOM) == (False, False, True)
    press(preview.grid, Qt.Key.Key_F8)
    until(qtbot, page.issues.isVisible)
    assert page.list_card.isVisible()
    assert preview.totals.isVisible()


def test_dragged_borders_are_found_again(qtbot: QtBot, county: Path, window: MainWindow, tab: ImportsTab) -> None:
    drop(tab, [FILES / "甲_202103.xlsx"])
    settle(qtbot, window)
    split = tab.staging.preview.split
    before = split.sizes()[0]
    _drag(split, 1, QPoint(0, -80))
    until(qtbot, lambda: split.sizes()[0] < before - 40)
    until(qtbot, lambda: bool(settings.get("split.imports.below")))
    kept = split.sizes()
    window.close()
    again = open_window(qtbot, county, "数据导入")
    other = imports(qtbot, again)
    drop(other, [FILES / "甲_202103.xlsx"])
    settle(qtbot, again)
    until(qtbot, lambda: abs(other.staging.preview.split.sizes()[0] - kept[0]) < 3)
    QTest.mouseDClick(other.staging.preview.split.handle(1), Qt.MouseButton.LeftButton)
    until(qtbot, lambda: abs(other.staging.preview.split.sizes()[0] - before) < 3)


def test_what_is_asked_about_stays_in_sight(qtbot: QtBot, window: MainWindow, tab: ImportsTab) -> None:
    drop(tab, [FILES / "丁快递3月.csv"])
    settle(qtbot, window)
    preview = tab.staging.preview
    tab.ask_return()
    until(qtbot, lambda: _lines(tab) >= LEAST)
    assert preview.panel.is_folded
    tab.staging.question.dismiss()
    until(qtbot, preview.totals.isVisible)


def test_two_files_of_one_name_are_told_apart_by_their_folders(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab
) -> None:
    drop(tab, [FILES / "丁快递3月.csv", FILES / "更正件" / "丁快递3月.csv"])
    settle(qtbot, window)
    names = shown_names(tab.staging.stage.files)
    metrics = QFontMetricsF(tab.staging.list.font())
    room = metrics.horizontalAdvance(names[1]) * 0.8
    shown = elided_name(names[1], "丁快递3月.csv", metrics, room)
    assert shown.startswith("丁")
    assert "…" in shown
    assert shown.endswith(" · 更正件")
    assert metrics.horizontalAdvance(shown) <= room
