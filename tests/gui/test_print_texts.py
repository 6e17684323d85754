"""The clerk writes over the report in the window: paragraphs beside the pages, marks, reset, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.models.values import Month
from desktop_app.services.results.reports import DraftParagraph
from desktop_app.views.main_window import MainWindow
from desktop_app.views.printing.tab import PrintingTab
from tests.gui.county import click, open_window, press, printing, settle, until


@pytest.fixture
def window(qtbot: QtBot, county: Path) -> MainWindow:
    return open_window(qtbot, county, "报表打印")


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow) -> PrintingTab:
    found = printing(qtbot, window)
    click(found.side.words)
    settle(qtbot, window)
    return found


def printed(tab: PrintingTab) -> str:
    assert tab.proof is not None
    book = tab.proof.book
    return "".join(book.text(page) for page in range(book.pages)).replace("\r", "").replace("\n", "")


def opening(tab: PrintingTab) -> DraftParagraph:
    return next(each for each in tab.texts.card.paragraphs if "165.79万件" in each.text)


def test_a_paragraph_is_picked_edited_and_printed(qtbot: QtBot, window: MainWindow, tab: PrintingTab) -> None:
    card = tab.texts.card
    assert card.isVisible()
    assert not tab.side.isVisible()
    last = card.paragraphs[-1]
    card.pick(last.key)
    settle(qtbot, window)
    assert tab.preview.view.hits.current is not None, "the paragraph is marked on its page"
    first = opening(tab)
    card.pick(first.key)
    assert card.words.toPlainText() == first.text
    card.words.setPlainText(first.text.replace("完成165.79万件", "达到165.79万件，开局良好"))
    press(card.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert "达到165.79万件，开局良好" in printed(tab)
    assert card.current is not None
    assert card.current.key == first.key
    assert not card.told.isVisible()
    assert card.computed.text() == f"程序算出：{first.computed}"
    click(card.reset)
    settle(qtbot, window)
    assert "开局良好" not in printed(tab)
    assert card.words.toPlainText() == first.computed


def test_a_figure_that_does_not_match_is_marked_in_the_words_the_list_and_the_remarks(
    qtbot: QtBot, window: MainWindow, tab: PrintingTab
) -> None:
    card = tab.texts.card
    first = opening(tab)
    card.pick(first.key)
    card.words.setPlainText(first.text.replace("增长26.8%", "下降26.8%"))
    click(card.save)
    settle(qtbot, window)
    assert card.told.text() == "“下降26.8%”与数据不符，现为增长26.8%。"
    (selection,) = card.words.extraSelections()
    assert selection.cursor.selectedText() == "下降26.8%"  # type: ignore[attr-defined]
    assert card.list.currentItem().text().startswith("【数已变】")
    click(card.renew)
    settle(qtbot, window)
    assert card.words.toPlainText() == first.text
    assert not card.told.isVisible()
    card.words.setPlainText(first.text + "另有37辆车。")
    card.leave()
    settle(qtbot, window)
    assert tab.side.isVisible()
    assert ("手写", "37") in [(alarm.word, alarm.detail) for alarm in tab.side.remarks.alarms]


def test_what_is_typed_is_written_when_another_paragraph_or_month_is_turned_to(
    qtbot: QtBot, window: MainWindow, tab: PrintingTab
) -> None:
    card = tab.texts.card
    window.activateWindow()
    until(qtbot, window.isActiveWindow)
    first = opening(tab)
    card.pick(first.key)
    card.words.setFocus()
    card.words.setPlainText(first.text + "完。")
    card.list.setFocus()
    settle(qtbot, window)
    assert "。完。" in printed(tab)
    card.words.setFocus()
    card.words.setPlainText(first.text + "再改。")
    window.desk.set_month(Month(2021, 2))
    settle(qtbot, window)
    assert "再改。" not in printed(tab)
    assert not any(each.edited for each in card.paragraphs), "words belong to their month"
    window.desk.set_month(Month(2021, 3))
    settle(qtbot, window)
    assert "再改。" in printed(tab)


def test_notes_and_titles_are_written_over_like_paragraphs(qtbot: QtBot, window: MainWindow, tab: PrintingTab) -> None:
    card = tab.texts.card
    title = next(each for each in card.paragraphs if each.section.endswith("表题"))
    note = next(each for each in card.paragraphs if "四舍五入" in each.text)
    for paragraph, words in ((title, "全市快递业主要指标"), (note, "本期为初步统计数。")):
        card.pick(paragraph.key)
        card.words.setPlainText(words)
        click(card.save)
        settle(qtbot, window)
        assert not card.told.isVisible()
    text = printed(tab)
    assert "全市快递业主要指标" in text
    assert "1. 本期为初步统计数。" in text
    card.pick(title.key)
    card.words.setPlainText("")
    click(card.save)
    settle(qtbot, window)
    assert "全市快递业主要指标" in printed(tab), "a title is never left out"
    click(card.reset)
    settle(qtbot, window)
    assert "表1　蛟河市2021年3月快递业务量和业务收入" in printed(tab)
