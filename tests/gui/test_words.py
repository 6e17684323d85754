"""Every word on every tab is Chinese; nothing is cut; everything is reached by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.views.frame.actions import WindowActions
from desktop_app.views.main_window import MainWindow
from desktop_app.views.rules.dialog import HISTORY, RULES, RulesDialog
from desktop_app.views.tabs import TABS
from desktop_app.views.widgets.words import ElidedWords
from tests.gui.county import settle, turn_to

ALLOWED = re.compile(
    r"Ctrl|Alt|Enter|Shift|Tab|Esc|PDF|WPS|Excel|CSV|xlsx?|ods|Word|Qt|LGPL|MIT|OFL|pyqtgraph|Noto|Sans|Serif|db|"
    r"PgUp|PgDn|PgDown|GDP|CR\d|[A-Z]+(\.[A-Z0-9_]+)+|(/[\w.+-]+)+"
)
"""Keys, formats, names of parts, indicator codes and paths."""
TAB_NAMES = [entry.name for entry in TABS]


def texts(root: QWidget) -> Iterator[str]:
    """Everything that a user can read or have read out: labels, buttons, hints, heads, tooltips."""
    for widget in [root, *root.findChildren(QWidget)]:
        if not widget.isVisible():
            continue
        yield widget.toolTip()
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        if isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        if isinstance(widget, QTableView) and (model := widget.model()) is not None:
            for column in range(model.columnCount()):
                yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")


def foreign(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]{3,}", ALLOWED.sub(" ", text))


@pytest.mark.parametrize("name", TAB_NAMES)
def test_every_word_is_chinese(qtbot: QtBot, window: MainWindow, name: str) -> None:
    turn_to(qtbot, window, name)
    # A table's numbering head answers with plain numbers; they are no words.
    assert {text: found for text in texts(window) if (found := foreign(text))} == {}


def test_the_dialogs_speak_chinese(qtbot: QtBot, window: MainWindow) -> None:
    actions: WindowActions = window.frame_actions
    for show in (actions.show_about, actions.show_keys, actions.new_ledger):
        show()
        assert actions.dialog is not None
        assert {text: found for text in texts(actions.dialog) if (found := foreign(text))} == {}
    actions.show_rules("PRICE_BAND")
    settle(qtbot, window)
    assert isinstance(actions.dialog, RulesDialog)
    for page in (HISTORY, RULES):
        actions.dialog.turn.set_key(page)
        assert {text: found for text in texts(actions.dialog) if (found := foreign(text))} == {}


@pytest.mark.parametrize("name", TAB_NAMES)
@pytest.mark.parametrize("size", [(1366, 768), (911, 512)], ids=["100%", "150%"])
def test_no_label_is_cut(qtbot: QtBot, window: MainWindow, name: str, size: tuple[int, int]) -> None:
    window.resize(*size)
    turn_to(qtbot, window, name)
    settle(qtbot, window)
    cut = []
    for label in window.findChildren(QLabel):
        if not label.isVisible() or label.wordWrap() or isinstance(label, ElidedWords) or not label.text():
            continue
        needed = QFontMetrics(label.font()).horizontalAdvance(label.text())
        if needed > label.contentsRect().width() + 1:
            cut.append((label.text(), needed, label.width()))
    assert cut == []


@pytest.mark.parametrize("name", TAB_NAMES)
def test_buttons_are_as_wide_as_their_words(qtbot: QtBot, window: MainWindow, name: str) -> None:
    turn_to(qtbot, window, name)

    cut = [
        button.text()
        for button in window.findChildren(QAbstractButton)
        # What it asks for: the page is laid out after the answer is there. One of no size only lends its key.
        if button.isVisible()
        and button.width() > 0
        and button.sizeHint().width() < QFontMetrics(button.font()).horizontalAdvance(button.text())
    ]
    assert cut == []


@pytest.mark.parametrize("name", TAB_NAMES)
def test_tab_key_reaches_the_page_and_comes_round(qtbot: QtBot, window: MainWindow, name: str) -> None:
    turn_to(qtbot, window, name)
    window.activateWindow()
    window.strip.setFocus()
    reached: list[QWidget] = []
    for _ in range(120):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        if now is window.strip:
            break
        reached.append(now)
    else:
        pytest.fail(f"the focus never came back: {[type(w).__name__ for w in reached[-6:]]}")
    page = window.current_tab
    assert page is not None
    assert any(page.isAncestorOf(widget) for widget in reached)
    tables = [table for table in page.findChildren(QTableView) if table.isVisible()]
    if any(table.focusPolicy() & Qt.FocusPolicy.TabFocus for table in tables):
        assert any(isinstance(widget, QTableView) for widget in reached)
