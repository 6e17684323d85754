"""A whole month without a mouse: the twelve companies' folder, from the first key to the printed page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.services.pages import PageBook
from desktop_app.views.imports.tab import ImportsTab
from desktop_app.views.indicators.tab import IndicatorsTab
from desktop_app.views.main_window import MainWindow
from desktop_app.views.printing.tab import PrintingTab
from tests.gui.county import FILES, open_window, settle, text_of, until

CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
MOST_KEYS = 120
"""What a practised clerk presses in two minutes; the words that she types are counted letter by letter."""

COMPLETE = "66.91"
"""万件 of all twelve: ten flash reports 628 366, 己 26 480, 癸 14 260, revisions of 戊 +18, 壬 −18, 子 +28."""


class Keyboard:
    """Presses keys wherever the focus is, as a keyboard does, and counts them."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot, self._window = qtbot, window
        self.pressed = 0

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        """One key, some times; then whatever it has started is waited for."""
        for _ in range(times):
            self.pressed += 1
            QTest.keyClick(self._place(), key, modifier)
        settle(self._qtbot, self._window)

    def write(self, text: str) -> None:
        """Words; a Chinese character counts as two keys of an input method."""
        self.pressed += sum(2 if char > "~" else 1 for char in text)
        place = self._place()
        assert isinstance(place, QWidget)
        QTest.keyClicks(place, text) if text.isascii() else _commit(place, text)

    def path(self, path: Path) -> None:
        """A folder's name in the open dialog; the clerk remembers it or picks it from the list: ten keys."""
        self.pressed += 10
        place = self._place()
        assert isinstance(place, QLineEdit), "the dialog begins in the field of its name"
        place.setText(str(path))

    def _place(self) -> QWidget:
        place = QApplication.focusWidget()
        assert place is not None, "a key would go nowhere"
        return place


def _commit(place: QWidget, text: str) -> None:
    """What an input method hands over."""
    from PySide6.QtGui import QInputMethodEvent

    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(place, event)


@pytest.fixture
def window(qtbot: QtBot, county: Path) -> MainWindow:
    made = open_window(qtbot, county)
    made.activateWindow()
    until(qtbot, made.isActiveWindow)
    return made


def words_of(tab: ImportsTab) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for file in tab.staging.stage.files:
        found.setdefault(file.word, []).append(file.preview.file_name)
    return found


def take_in_the_folder(qtbot: QtBot, window: MainWindow, keys: Keyboard, month: Path) -> ImportsTab:
    """The folder of the month, with all its faults and the corrected files."""
    keys.key(Qt.Key.Key_6, CTRL)
    tab = window.current_tab
    assert isinstance(tab, ImportsTab)
    until(qtbot, lambda: not tab.waiting)
    keys.key(Qt.Key.Key_I, CTRL | SHIFT)
    until(qtbot, lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    keys.path(month)
    keys.key(Qt.Key.Key_Return)
    window.activateWindow()  # what a window manager does when a dialog closes
    until(qtbot, window.isActiveWindow)
    settle(qtbot, window)
    assert len(tab.staging.stage.files) == 22
    assert tab.staging.list.hasFocus(), "the first file that wants something is under the keys"
    return tab


def return_the_first(tab: ImportsTab, keys: Keyboard, month: Path) -> None:
    """Its issue, and the cell that it means; then it goes back to the company with its papers."""
    current = tab.staging.list.current
    assert current is not None
    assert current.preview.file_name == "丁快递3月.csv"
    keys.key(Qt.Key.Key_F8)
    grid = tab.staging.preview.grid
    assert (grid.currentIndex().data(), grid.hasFocus()) == ("35,401", True)
    keys.key(Qt.Key.Key_R, CTRL)
    assert "分项之和" in tab.staging.question.reason.text(), "the reason is written already"
    keys.key(Qt.Key.Key_Return)
    assert tab.outbox.papers.isVisible()
    keys.key(Qt.Key.Key_Return)
    assert len(list((month / "退回").iterdir())) == 2
    keys.key(Qt.Key.Key_Escape)
    assert tab.staging.list.hasFocus()


def explain_and_store(window: MainWindow, tab: ImportsTab, keys: Keyboard) -> None:
    """The two files with doubts want a word, one for both; then everything that can go in goes in."""
    while tab.staging.list.current is not None and not tab.staging.list.current.wants_reason:
        keys.key(Qt.Key.Key_Down)
    keys.key(Qt.Key.Key_F6, times=2)
    assert tab.staging.issues.reason.hasFocus()
    keys.write("春节错月，已核实")
    keys.key(Qt.Key.Key_Tab, times=2)
    assert QApplication.focusWidget() is tab.staging.issues.share
    keys.key(Qt.Key.Key_Space)
    assert sorted(words_of(tab)["已说明"]) == ["丙 月报(终).xls", "庚_零报.xlsx"]
    keys.key(Qt.Key.Key_Return, CTRL)
    assert len(words_of(tab)["已入库"]) == 14
    assert "已入库 14 件" in window.message.words


def undo_and_redo_the_last(tab: ImportsTab, keys: Keyboard) -> None:
    """The history: the last import is looked at, taken back with a reason, and comes in again."""
    keys.key(Qt.Key.Key_6, CTRL)
    keys.key(Qt.Key.Key_H, CTRL)
    assert tab.history.table.hasFocus()
    last = tab.history.table.current_row
    assert last is not None
    keys.key(Qt.Key.Key_Return)
    assert tab.history.diff.isVisible()
    keys.key(Qt.Key.Key_Z, CTRL)
    assert tab.history.question.isVisible()
    assert tab.history.question.lines.text()
    keys.write("ceshi")
    keys.key(Qt.Key.Key_Return)
    undone = next(row for row in tab.history.table.rows if row.id == last.id)
    assert (undone.state_label, undone.reason) == ("已撤销", "ceshi")
    keys.key(Qt.Key.Key_H, CTRL)
    assert words_of(tab)["可入库"] == [last.file_name]
    keys.key(Qt.Key.Key_Return, CTRL)
    assert len(words_of(tab)["已入库"]) == 14


def test_a_month_by_keyboard_alone(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    month = Path(shutil.copytree(FILES, tmp_path / "3月"))
    keys = Keyboard(qtbot, window)
    tab = take_in_the_folder(qtbot, window, keys, month)
    return_the_first(tab, keys, month)
    explain_and_store(window, tab, keys)

    keys.key(Qt.Key.Key_2, CTRL)
    board = window.current_tab
    assert isinstance(board, IndicatorsTab)
    until(qtbot, lambda: not board.waiting)
    assert text_of(board, "MKT.VOL", "本月") == COMPLETE
    undo_and_redo_the_last(tab, keys)

    # The page to be signed.
    keys.key(Qt.Key.Key_7, CTRL)
    printing = window.current_tab
    assert isinstance(printing, PrintingTab)
    until(qtbot, lambda: printing.proof is not None and printing.preview.view.complete)
    assert printing.proof is not None
    book = PageBook(printing.proof.data)
    text = "".join(book.text(page) for page in range(book.pages)).replace("\r", "").replace("\n", "")
    book.close()
    assert f"业务量完成{COMPLETE}万件" in text
    assert keys.pressed <= MOST_KEYS, keys.pressed
