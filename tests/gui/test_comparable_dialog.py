"""可比口径… of a line of 行业指标: typed in the window, used for growth, told in the table."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop_app.services.comparable import bases
from desktop_app.views.indicators.base_actions import TO_DATE
from desktop_app.views.indicators.base_dialog import BaseDialog
from desktop_app.views.indicators.tab import IndicatorsTab
from desktop_app.views.main_window import MainWindow
from tests.gui.county import click, indicators, open_window, settle, until


@pytest.fixture
def window(qtbot: QtBot, county: Path) -> MainWindow:
    return open_window(qtbot, county, "行业指标")


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow) -> IndicatorsTab:
    return indicators(qtbot, window)


def opened(qtbot: QtBot, tab: IndicatorsTab, code: str) -> BaseDialog:
    """The dialog, by the context menu of a line."""
    number = next(n for n, line in enumerate(tab.table.rows) if line.figure.code == code)
    index = tab.table.rows_model.index(number, 0)
    tab.table.scrollTo(index)
    tab.table.customContextMenuRequested.emit(tab.table.visualRect(index).center())
    menu = next(menu for menu in tab.table.findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.text() == "可比口径…").trigger()
    menu.close()
    until(qtbot, lambda: tab.bases.dialog is not None)
    dialog = tab.bases.dialog
    assert dialog is not None
    return dialog


def line_text(tab: IndicatorsTab, code: str, head: str) -> str:
    line = next(line for line in tab.table.rows if line.figure.code == code)
    return next(column.text(line) for column in tab.table.rows_model.columns if column.head == head)


def test_a_base_is_entered_with_its_reason_and_used(qtbot: QtBot, window: MainWindow, tab: IndicatorsTab) -> None:
    dialog = opened(qtbot, tab, "MKT.VOL")
    assert dialog.published.text().startswith("2020年3月 ")
    click(dialog.enter)
    assert "请写可比数和原因" in dialog._wrong.text()
    dialog.amount.setText("50")
    dialog.reason.setText("两家企业合并")
    click(dialog.enter)
    until(qtbot, lambda: "没有写单位" in dialog._wrong.text())
    dialog.amount.setText("50万件")
    click(dialog.enter)
    until(qtbot, lambda: tab.bases.dialog is None)
    settle(qtbot, window)
    until(qtbot, lambda: line_text(tab, "MKT.VOL", "同比%").startswith("可比 "))
    (row,) = bases(window.desk.backend._opened())
    assert (row.comparable, row.reason, row.cumulative) == (Decimal(500_000), "两家企业合并", False)
    again = opened(qtbot, tab, "MKT.VOL")
    assert again.stands.text().startswith("50.00万件（两家企业合并）")
    again.reject()


def test_the_cumulation_has_a_base_of_its_own(qtbot: QtBot, window: MainWindow, tab: IndicatorsTab) -> None:
    dialog = opened(qtbot, tab, "MKT.REV")
    dialog.period.set_key(TO_DATE)
    dialog.turned.emit(TO_DATE)
    until(qtbot, lambda: dialog.published.text().startswith("2020年一季度 "))
    dialog.amount.setText("1000万元")
    dialog.reason.setText("口径调整")
    click(dialog.enter)
    until(qtbot, lambda: tab.bases.dialog is None)
    settle(qtbot, window)
    until(qtbot, lambda: line_text(tab, "MKT.REV", "累计同比%").startswith("可比 "))
    assert line_text(tab, "MKT.REV", "同比%")[:2] != "可比"
