"""Every key acts once, whichever page is on the screen."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.views.main_window import MainWindow
from desktop_app.views.tabs import TABS
from tests.gui.county import FILES, drop, imports, settle, turn_to, until

CTRL = Qt.KeyboardModifier.ControlModifier


def _live(window: MainWindow) -> Counter[str]:
    """Keys that Qt would hear now, each as often as somebody listens to it: of widgets on the screen and enabled."""
    heard: Counter[str] = Counter()
    for hot in window.findChildren(QShortcut):
        owner = hot.parent()
        if isinstance(owner, QWidget) and owner.isVisible() and owner.isEnabled() and hot.isEnabled():
            heard.update({hot.key().toString()})
    for action in window.findChildren(QAction):
        owner = action.parent()
        if isinstance(owner, QWidget) and owner.isVisible() and action.isEnabled():
            heard.update({key.toString() for key in action.shortcuts() if not key.isEmpty()})
    return heard


def _twice(window: MainWindow) -> list[str]:
    return [key for key, times in _live(window).items() if times > 1]


@pytest.mark.parametrize("name", [tab.name for tab in TABS])
def test_no_key_is_heard_twice_on_a_tab_after_all_have_been_seen(qtbot: QtBot, window: MainWindow, name: str) -> None:
    for tab in TABS:
        turn_to(qtbot, window, tab.name)
    turn_to(qtbot, window, name)
    assert _live(window), "the window hears its keys"
    assert not _twice(window)


def test_the_keys_of_both_pages_of_imports_act_once_and_on_their_own_page(qtbot: QtBot, window: MainWindow) -> None:
    tab = imports(qtbot, window)
    drop(tab, [FILES / "乙3月.csv", FILES / "丁快递3月.csv"])
    settle(qtbot, window)
    asked: list[str] = []
    tab.staging.return_asked.connect(lambda: asked.append("退回此件"))
    tab.history.papers_asked.connect(lambda *_: asked.append("退回材料"))
    tab.staging.undo.clicked.connect(lambda: asked.append("撤销上次入库"))
    tab.history.undo.clicked.connect(lambda: asked.append("撤销此批"))
    unsure: list[str] = []
    for hot in window.findChildren(QShortcut):
        hot.activatedAmbiguously.connect(lambda: unsure.append("twice"))
    assert not _twice(window)
    faulty = next(file for file in tab.staging.stage.files if file.returnable)
    tab.staging.list.mark(faulty.path)
    until(qtbot, tab.staging.give_back.isEnabled)
    QTest.keyClick(tab.staging.list, Qt.Key.Key_R, CTRL)
    assert asked == ["退回此件"]
    tab.staging.question.dismiss()
    QTest.keyClick(tab.staging.list, Qt.Key.Key_H, CTRL)
    settle(qtbot, window)
    assert not _twice(window)
    returned = next(row for row in tab.history.table.rows if row.state != "undone")
    tab.history.show_batch(returned.id)
    QTest.keyClick(tab.history.table, Qt.Key.Key_Z, CTRL)
    assert asked == ["退回此件", "撤销此批"]
    assert not unsure
