"""The demo county in a real window: what the tests of 行业指标, 数据导入, 报表打印 and of the first month stand on."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.paths import resources_dir
from desktop_app.services import ledger, sample
from desktop_app.storage.dump import dump_hash
from desktop_app.views.backend import Backend
from desktop_app.views.imports.tab import ImportsTab
from desktop_app.views.indicators.tab import IndicatorsTab
from desktop_app.views.main_window import MainWindow
from desktop_app.views.overview.tab import OverviewTab
from desktop_app.views.printing.tab import PrintingTab
from desktop_app.views.tab import Tab

FILES = resources_dir() / "sample" / "2021-03"
"""The files of March 2021 as the companies handed them in; manifest.json says what each is."""
PATIENCE = 30_000
"""Milliseconds; a slow machine may take long, a fast one waits no longer than it must."""

T = TypeVar("T", bound=Tab[object])


def fill_county(path: Path) -> Path:
    """A ledger with the demo county's 24 months, through the ordinary import path."""
    made = ledger.create(path, "220281", "蛟河市", sample=True)
    sample.fill(made)
    made.close()
    return path


def copy_county(source: Path, folder: Path) -> Path:
    """A ledger of a test's own."""
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(source, folder / "台账.db"))


def open_window(qtbot: QtBot, path: Path, start: str = "总览", size: tuple[int, int] = (1366, 768)) -> MainWindow:
    """The real window on a ledger, opened at a tab and idle."""
    window = MainWindow(Backend(str(path)))
    qtbot.addWidget(window)
    window.strip.setCurrentIndex(number_of(window, start))
    window.resize(*size)
    window.show()
    qtbot.waitUntil(lambda: window.desk.info is not None, timeout=PATIENCE)
    settle(qtbot, window)
    return window


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until nothing is running any more."""
    qtbot.waitUntil(lambda: window.jobs.running == 0, timeout=PATIENCE)


def until(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    qtbot.waitUntil(holds, timeout=PATIENCE)


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Click a widget, in its middle unless a place is named."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at if at is not None else widget.rect().center())


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key while a widget has the focus."""
    QTest.keyClick(widget, key, modifier)


def type_in(widget: QWidget, text: str) -> None:
    """Type ASCII text into a widget."""
    QTest.keyClicks(widget, text)


def number_of(window: MainWindow, name: str) -> int:
    """Index of a tab."""
    return next(i for i in range(window.strip.count()) if window.strip.tabText(i).startswith(name))


def turn_to(qtbot: QtBot, window: MainWindow, name: str) -> Tab[object]:
    """Click a tab's name and wait until it has answered."""
    index = number_of(window, name)
    click(window.strip, window.strip.tabRect(index).center())
    settle(qtbot, window)
    tab = window.current_tab
    assert tab is not None
    until(qtbot, lambda: not tab.waiting)
    return tab


def overview(qtbot: QtBot, window: MainWindow) -> OverviewTab:
    """总览."""
    tab = turn_to(qtbot, window, "总览")
    assert isinstance(tab, OverviewTab)
    return tab


def indicators(qtbot: QtBot, window: MainWindow) -> IndicatorsTab:
    """行业指标."""
    tab = turn_to(qtbot, window, "行业指标")
    assert isinstance(tab, IndicatorsTab)
    return tab


def imports(qtbot: QtBot, window: MainWindow) -> ImportsTab:
    """数据导入."""
    tab = turn_to(qtbot, window, "数据导入")
    assert isinstance(tab, ImportsTab)
    return tab


def printing(qtbot: QtBot, window: MainWindow) -> PrintingTab:
    """报表打印, with its pages on the screen."""
    tab = turn_to(qtbot, window, "报表打印")
    assert isinstance(tab, PrintingTab)
    settle(qtbot, window)
    return tab


def drop(widget: QWidget, paths: Sequence[Path]) -> None:
    """Drop files on a widget as a file manager does."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    middle = QPointF(widget.rect().center())
    copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(middle.toPoint(), copy, mime, left, plain)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted(), "the tab does not take files"
    QApplication.sendEvent(widget, QDropEvent(middle, copy, mime, left, plain))


def text_of(tab: IndicatorsTab, code: str, column: str) -> str:
    """What stands in a cell of the indicator table."""
    model = tab.table.rows_model
    row = next(n for n, line in enumerate(tab.table.rows) if line.figure.code == code)
    heads = [each.head for each in model.columns]
    return str(model.index(row, heads.index(column)).data())


def fingerprint(path: Path) -> str:
    """A hash of everything in the ledger."""
    opened = ledger.open_ledger(path)
    try:
        return dump_hash(opened)
    finally:
        opened.close()
