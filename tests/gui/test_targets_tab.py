"""目标任务 in the real window: the register, a pasted sentence, the form, taking off and putting back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.services.results.targets import Standing
from desktop_app.views.main_window import MainWindow
from desktop_app.views.targets.entry_dialog import EntryDialog
from desktop_app.views.targets.paste_dialog import PasteDialog
from desktop_app.views.targets.tab import ALL, BEHIND, OWN, TargetsTab
from tests.gui.county import click, settle, turn_to, until

SENTENCE = "快递业务量完成800万件、同比增长15%"


def targets(qtbot: QtBot, window: MainWindow) -> TargetsTab:
    tab = turn_to(qtbot, window, "目标任务")
    assert isinstance(tab, TargetsTab)
    return tab


def show(tab: TargetsTab, key: str) -> None:
    tab.which.set_key(key)
    tab.which.chosen.emit(key)


def enter_by_pasting(qtbot: QtBot, window: MainWindow, tab: TargetsTab) -> None:
    tab.paste()
    dialog = tab.dialog
    assert isinstance(dialog, PasteDialog)
    assert not dialog.enter.isEnabled()
    dialog.text.setPlainText(SENTENCE)
    until(qtbot, lambda: len(dialog.drafts.rows) == 2)
    assert not dialog.enter.isEnabled(), "without the document's name nothing is entered"
    dialog.document.setText("本局2021年工作要点")
    until(qtbot, dialog.enter.isEnabled)
    assert dialog.enter.text() == "登记选中的 2 个目标"
    click(dialog.enter)
    until(qtbot, lambda: len([row for row in tab.table.rows if row.code.startswith("OWN.")]) == 2)
    settle(qtbot, window)


def test_the_register_shows_what_binds_the_county_and_the_contradictions(qtbot: QtBot, window: MainWindow) -> None:
    tab = targets(qtbot, window)
    assert {"吉林市快递业发展“十四五”规划", "“十四五”邮政业发展规划"} == {row.document for row in tab.table.rows}
    assert tab.conflicts.model().rowCount() >= 8
    show(tab, ALL)
    assert len(tab.table.rows) > 80
    tab.table.select_where(lambda row: row.clause == "专栏3")
    assert "村村通快递" in tab.quote.text()
    assert "2022年达到" in tab.lines.text()


def test_a_pasted_sentence_is_shown_confirmed_and_followed(qtbot: QtBot, window: MainWindow) -> None:
    tab = targets(qtbot, window)
    enter_by_pasting(qtbot, window, tab)
    level = next(row for row in tab.table.rows if row.measure == "level")
    assert (level.target_text, level.value_text) == ("≥800万件", "165.79万件")
    assert level.completion_pct is not None
    assert level.standing is Standing.ON_TRACK
    show(tab, BEHIND)
    assert level.code not in {row.code for row in tab.table.rows}


def test_taking_off_needs_a_reason_and_can_be_undone(qtbot: QtBot, window: MainWindow) -> None:
    tab = targets(qtbot, window)
    enter_by_pasting(qtbot, window, tab)
    tab.table.select_row(0)
    code = tab.table.rows[0].code
    click(tab.remove)
    assert not tab.question_bar.yes.isEnabled()
    tab.question_bar.reason.setText("上级调整了年度目标")
    QTest.keyClick(tab.question_bar.reason, Qt.Key.Key_Return)
    until(qtbot, lambda: code not in {row.code for row in tab.table.rows})
    settle(qtbot, window)
    click(tab.restore)
    until(qtbot, lambda: code in {row.code for row in tab.table.rows})
    settle(qtbot, window)


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(qtbot: QtBot, window: MainWindow) -> None:
    tab = targets(qtbot, window)
    tab.enter()
    until(qtbot, lambda: tab.dialog is not None)
    dialog = tab.dialog
    assert isinstance(dialog, EntryDialog)
    click(dialog.enter)
    assert "没有这个指标" in dialog._wrong.text()
    dialog.indicator.setCurrentIndex(dialog.indicator.findData("NET.LOCKER"))
    assert dialog.unit.text() == "个"
    dialog.value.setText("七百")
    click(dialog.enter)
    assert "要是数" in dialog._wrong.text()
    dialog.value.setText("700")
    click(dialog.enter)
    until(qtbot, lambda: "文件名称" in dialog._wrong.text())
    dialog.document.setText("本局2021年工作要点")
    click(dialog.enter)
    until(qtbot, lambda: any(row.indicator == "NET.LOCKER" for row in tab.table.rows if row.code.startswith("OWN.")))
    assert tab.which.key == OWN
    settle(qtbot, window)


def test_a_row_leads_to_its_indicator(qtbot: QtBot, window: MainWindow) -> None:
    tab = targets(qtbot, window)
    tab.table.select_where(lambda row: row.indicator == "RUR.REACH")
    click(tab.look)
    settle(qtbot, window)
    assert window.strip.tabText(window.strip.currentIndex()).startswith("行业指标")


def test_what_was_not_understood_is_listed_back_and_the_title_sets_the_year(qtbot: QtBot, window: MainWindow) -> None:
    tab = targets(qtbot, window)
    tab.paste()
    dialog = tab.dialog
    assert isinstance(dialog, PasteDialog)
    dialog.text.setPlainText("快递业务量完成800万件、同比增长15%，重点工程完成投资35亿元，服务能力明显增强")
    until(qtbot, lambda: len(dialog.unread.rows) == 2)
    assert dialog.unread.isVisible()
    assert [(row.text, row.counted) for row in dialog.unread.rows] == [
        ("重点工程完成投资35亿元", True),
        ("服务能力明显增强", False),
    ]
    assert "1 处有数没有认出" in dialog.hint.text()
    assert "倒算2020年为695.65万件，台账上年为655.17万件，对不上" in dialog.hint.text()
    assert {str(row.due) for row in dialog.drafts.rows} == {"2021-12"}
    dialog.document.setText("本局2022年工作要点")
    assert not dialog.enter.isEnabled(), "what is listed is not of the title's year yet"
    until(qtbot, lambda: {str(row.due) for row in dialog.drafts.rows} == {"2022-12"})
    until(qtbot, dialog.enter.isEnabled)
    dialog.text.setPlainText("快递业务量完成800万件")
    until(qtbot, lambda: len(dialog.drafts.rows) == 1 and not dialog.unread.isVisible())
    dialog.reject()
    settle(qtbot, window)


def test_words_without_a_figure_are_entered_as_they_stand(qtbot: QtBot, window: MainWindow) -> None:
    tab = targets(qtbot, window)
    tab.paste()
    dialog = tab.dialog
    assert isinstance(dialog, PasteDialog)
    dialog.document.setText("本局2021年工作要点")
    dialog.clause.setText("第6条")
    dialog.text.setPlainText("快递业务量完成800万件，服务能力明显增强")
    until(qtbot, lambda: len(dialog.unread.rows) == 1 and len(dialog.drafts.rows) == 1)
    until(qtbot, dialog.enter.isEnabled)
    assert dialog.enter.text() == "登记选中的 1 个目标", "words are entered only when they are chosen"
    click(dialog.unread.viewport(), dialog.unread.visualRect(dialog.unread.model().index(0, 0)).center())
    assert dialog.enter.text() == "登记选中的 1 个目标和 1 条文字目标"
    click(dialog.enter)
    until(qtbot, lambda: len(tab.table.rows) == 2)
    settle(qtbot, window)
    worded = next(row for row in tab.table.rows if not row.indicator)
    assert (worded.name, worded.clause, worded.due) == ("服务能力明显增强", "第6条", "2021-12")
    assert worded.standing is Standing.WORDED
    tab.table.select_where(lambda row: not row.indicator)
    assert "服务能力明显增强" in tab.quote.text()
    assert "文字目标，不以数判断" in tab.lines.text()
