"""The grid of a file keeps its room at 1366×768, whatever else is to be shown with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop_app.models.values import Month
from desktop_app.services.results.imports import ImportOptions
from desktop_app.views.imports.tab import ImportsTab
from desktop_app.views.main_window import MainWindow
from tests.gui.county import FILES, click, drop, imports, open_window, settle

LEAST = 8


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


def test_the_grid_keeps_eight_lines_beside_what_was_said_and_the_comparison(
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
    assert _lines(tab) >= LEAST
    preview.below.setFocus()
    click(next(pill for pill in preview.below.findChildren(QAbstractButton) if "控制数" in pill.text()))
    assert not preview.diff.isVisible()
    assert preview.totals.isVisible()
