"""Typing into the entry grid as a clerk does: every key goes to whatever has the focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.models.values import Month
from desktop_app.services.results.entry import CellKey
from desktop_app.views.entry.editor import CellEditor
from desktop_app.views.entry.page import EntryPage
from desktop_app.views.imports.tab import ImportsTab
from desktop_app.views.main_window import MainWindow
from tests.gui.county import settle, until

COUNTY = "220281000000"
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class Clerk:
    """One who enters figures without a mouse."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        window.activateWindow()
        self.key(Qt.Key.Key_E, CONTROL)
        settle(qtbot, window)
        tab = window.current_tab
        assert isinstance(tab, ImportsTab)
        self.tab = tab
        until(qtbot, lambda: self.page.board is not None)
        self.rest()

    @property
    def page(self) -> EntryPage:
        return self.tab.entry

    @property
    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def on(self, widget: QWidget) -> bool:
        """Whether a widget has the focus."""
        return self.focus is widget

    @property
    def editor(self) -> CellEditor:
        """The open editor, which has the focus."""
        found = self.focus
        assert isinstance(found, CellEditor)
        return found

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def type(self, text: str, *, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        """Letter by letter, each to whatever has the focus then."""
        for letter in text:
            QTest.keyClicks(self.focus, letter)
        if end is not None:
            self.key(end)

    def compose(self, preedits: list[str], commit: str) -> None:
        """An input method: preedit after preedit, then the commit."""
        for preedit in preedits:
            QApplication.sendEvent(self.focus, QInputMethodEvent(preedit, []))
        event = QInputMethodEvent("", [])
        event.setCommitString(commit)
        QApplication.sendEvent(self.focus, event)

    def rest(self) -> None:
        """Until everything typed has been answered and the other pages know."""
        settle(self.qtbot, self.window)
        until(self.qtbot, lambda: not self.tab.entry_desk.busy and self.window.jobs.running == 0)

    def by_year(self) -> None:
        self.page.span.set_key("year")
        self.page.span.chosen.emit("year")
        until(self.qtbot, lambda: self.page.board is not None and self.page.board.yearly)
        self.rest()
        self.page.focus_grid()

    def go(self, code: str, period: str, region: str = COUNTY) -> CellKey:
        key = CellKey(code, period, region)
        self.page.show_cell(key)
        assert self.page.grid.current_key == key
        return key

    def text(self, key: CellKey) -> str:
        return self.page.cells.text(key)

    def stored(self, key: CellKey) -> str | None:
        """What stands in the ledger, read past the window; None for nothing."""
        board = self.window.desk.backend.entry_board(_month(self.window), yearly=key.period.isdigit())
        cell = board.cells.get(key)
        return None if cell is None else cell.text

    def until(self, holds: Callable[[], bool]) -> None:
        until(self.qtbot, holds)
        self.rest()

    def clip(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)


def _month(window: MainWindow) -> Month:
    assert window.desk.month is not None
    return window.desk.month
