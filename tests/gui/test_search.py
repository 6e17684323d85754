"""The header's search: what is typed leads to the indicator, company or village."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.views.frame.search_list import SearchList
from desktop_app.views.indicators.tab import IndicatorsTab
from desktop_app.views.main_window import MainWindow
from desktop_app.views.rural.tab import RuralTab
from tests.gui.county import PATIENCE, settle, until


def type_words(qtbot: QtBot, window: MainWindow, words: str) -> None:
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = window.header.search
    until(qtbot, box.hasFocus)
    if words.isascii():
        QTest.keyClicks(box, words)
    else:
        composed = QInputMethodEvent()  # as an input method hands over a word that has been composed
        composed.setCommitString(words)
        QApplication.sendEvent(box, composed)
    settle(qtbot, window)


def shown_tab(window: MainWindow) -> str:
    return window.strip.tabText(window.strip.currentIndex())


@pytest.mark.parametrize(
    ("words", "first"), [("kdywl", "快递业务量"), ("MKT.REV", "快递业务收入"), ("hsdz", "黄松甸镇")]
)
def test_initials_and_codes_find(qtbot: QtBot, window: MainWindow, words: str, first: str) -> None:
    type_words(qtbot, window, words)
    assert window.header.search.hits[0].name == first


def test_enter_opens_the_indicator(qtbot: QtBot, window: MainWindow) -> None:
    type_words(qtbot, window, "kdywsr")
    QTest.keyClick(window.header.search, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert shown_tab(window) == "行业指标"
    tab = window.current_tab
    assert isinstance(tab, IndicatorsTab)
    until(qtbot, lambda: tab.table.current_row is not None and tab.table.current_row.figure.code == "MKT.REV")
    assert window.header.search.text() == ""
    assert window.header.search.hits == ()


def test_arrows_walk_through_the_list_and_a_village_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    type_words(qtbot, window, "南顶子")
    hits = window.header.search.hits
    assert [hit.kind for hit in hits] == ["村"]
    QTest.keyClick(window.header.search, Qt.Key.Key_Down)
    QTest.keyClick(window.header.search, Qt.Key.Key_Return)
    settle(qtbot, window)
    tab = window.current_tab
    assert isinstance(tab, RuralTab)
    until(qtbot, lambda: [line.row.name for line in tab.panel.villages.rows] == [hits[0].name])


def test_a_company_opens_with_its_figures(qtbot: QtBot, window: MainWindow) -> None:
    type_words(qtbot, window, "示例甲")
    assert window.header.search.hits[0].kind == "企业"
    QTest.keyClick(window.header.search, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert shown_tab(window) == "行业指标"


def test_nothing_found_is_said_and_escape_closes(qtbot: QtBot, window: MainWindow) -> None:
    type_words(qtbot, window, "zzzzzz")
    found = window.findChild(SearchList)
    assert found is not None
    assert found.isVisible()
    assert found.hits == ()
    QTest.keyClick(window.header.search, Qt.Key.Key_Escape)
    assert not found.isVisible()


def test_an_answer_to_older_words_is_not_shown(qtbot: QtBot, window: MainWindow) -> None:
    type_words(qtbot, window, "hsd")
    box = window.header.search
    before = box.hits
    box.show_hits("hs", ())
    assert box.hits == before


def test_leaving_the_box_closes_the_list(qtbot: QtBot, window: MainWindow) -> None:
    type_words(qtbot, window, "hsd")
    window.strip.setFocus()
    qtbot.waitUntil(lambda: window.header.search.hits == (), timeout=PATIENCE)
