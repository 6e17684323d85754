"""新增指标 by typing: in the tree, its figure right, still there after a restart; a faulty file is shown."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.storage.files import own_file_of
from desktop_app.views.indicators.new_indicator import NewIndicatorDialog
from desktop_app.views.indicators.own_list import OwnListDialog
from desktop_app.views.main_window import MainWindow
from tests.gui.county import click, indicators, open_window, overview, press, settle, text_of, until

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def new_page(qtbot: QtBot, window: MainWindow) -> NewIndicatorDialog:
    """Ctrl+Shift+N."""
    press(window, Qt.Key.Key_N, CTRL | SHIFT)
    until(qtbot, lambda: isinstance(window.frame_actions.dialog, NewIndicatorDialog))
    page = window.frame_actions.dialog
    assert isinstance(page, NewIndicatorDialog)
    return page


def own_list(qtbot: QtBot, window: MainWindow) -> OwnListDialog:
    window.frame_actions.show_own_indicators()
    until(qtbot, lambda: isinstance(window.frame_actions.dialog, OwnListDialog))
    dialog = window.frame_actions.dialog
    assert isinstance(dialog, OwnListDialog)
    return dialog


def commit_text(widget: QWidget, text: str) -> None:
    """What an input method hands over."""
    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtWidgets import QApplication

    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def type_per_piece(qtbot: QtBot, window: MainWindow) -> NewIndicatorDialog:
    """同城件均收入 with the keyboard alone: names, pinyin initials and Tab."""
    page = new_page(qtbot, window)
    commit_text(page.form.name, "同城件均收入")
    until(qtbot, lambda: page.form.code.text() == "OWN.TCJJSR")
    page.form.choose_computed()
    page.form.unit.setFocus()
    unit = page.form.unit.lineEdit()
    assert unit is not None
    unit.selectAll()
    commit_text(unit, "元/件")
    commit_text(page.form.definition, "同城快递业务收入除以同城快递业务量。")
    edit = page.panel.edit
    edit.setFocus()
    until(qtbot, edit.hasFocus)
    commit_text(edit, "同城快递业务收入")
    assert edit.completer.popup().isVisible()
    press(edit.completer.popup(), Qt.Key.Key_Return)
    assert edit.formula == "MKT.REV.LOCAL"
    QTest.keyClicks(edit, "/ tckdywl")
    assert edit.completer.popup().isVisible()
    press(edit.completer.popup(), Qt.Key.Key_Return)
    assert edit.formula == "MKT.REV.LOCAL / MKT.VOL.LOCAL"
    return page


def test_an_indicator_is_added_by_typing_and_stays(qtbot: QtBot, window: MainWindow, county: Path) -> None:
    tab = indicators(qtbot, window)
    page = type_per_piece(qtbot, window)
    until(qtbot, lambda: page.panel.result.text().startswith("= "))
    assert page.panel.said.text() == "读作：同城快递业务收入 ÷ 同城快递业务量"
    assert [row.code for row in page.panel.inputs.rows] == ["MKT.REV.LOCAL", "MKT.VOL.LOCAL"]
    assert all(row.text for row in page.panel.inputs.rows)
    tried = page.panel.result.text().removeprefix("= ")
    press(page, Qt.Key.Key_S, CTRL)
    until(qtbot, lambda: "OWN.TCJJSR" in tab.tree.visible_codes())
    settle(qtbot, window)
    until(qtbot, lambda: not tab.waiting and tab.wish.code == "OWN.TCJJSR")
    shown = text_of(tab, "OWN.TCJJSR", "本月")
    assert tried == f"{shown}元/件"
    figures = {}
    for code in ("MKT.REV.LOCAL", "MKT.VOL.LOCAL"):
        found = window.desk.backend.indicator_detail(code, window.desk.month or pytest.fail("no month"))
        figures[code] = found.figure.value
    revenue, volume = figures["MKT.REV.LOCAL"], figures["MKT.VOL.LOCAL"]
    assert revenue is not None
    assert volume is not None
    assert Decimal(shown) == (revenue / volume).quantize(Decimal("0.01"))
    assert own_file_of(county).exists()
    window.close()
    again = open_window(qtbot, county, "行业指标")
    tab = indicators(qtbot, again)
    assert "OWN.TCJJSR" in tab.tree.visible_codes()
    tab.aim({"code": "OWN.TCJJSR"})
    settle(qtbot, again)
    until(qtbot, lambda: not tab.waiting and tab.wish.code == "OWN.TCJJSR")
    assert text_of(tab, "OWN.TCJJSR", "本月") == shown


def test_slips_are_marked_in_place_and_nothing_typed_is_lost(qtbot: QtBot, window: MainWindow) -> None:
    page = type_per_piece(qtbot, window)
    page.panel.edit.set_formula("MKT.REV.LOCAL / 快递业务的量")
    until(qtbot, lambda: "是中文" in page.panel.notes.text())
    marks = page.panel.edit.extraSelections()
    assert [mark.cursor.selectedText() for mark in marks] == ["快递业务的量"]  # type: ignore[attr-defined]
    press(page, Qt.Key.Key_S, CTRL)
    until(qtbot, page.wrong.isVisible)
    assert "是中文" in page.wrong.text()
    assert page.form.name.text() == "同城件均收入"
    page.panel.edit.set_formula("MKT.VOL + CTX.POP")
    until(qtbot, lambda: "不能相加" in page.panel.notes.text())
    page.panel.month.setText("2019-01")
    page.panel.edit.set_formula("MKT.REV.LOCAL / MKT.VOL.LOCAL")
    until(qtbot, lambda: "所以算不出来" in page.panel.reason.text())
    assert page.panel.result.text() == "—"


def test_an_entered_one_needs_no_formula(qtbot: QtBot, window: MainWindow) -> None:
    page = new_page(qtbot, window)
    assert not page.panel.isVisible()
    press(page, Qt.Key.Key_S, CTRL)
    until(qtbot, page.wrong.isVisible)
    assert "没有写名称" in page.wrong.text()
    until(qtbot, page.form.name.hasFocus)
    commit_text(page.form.name, "乡镇网点巡查次数")
    until(qtbot, lambda: page.form.code.text() == "OWN.XZWDXCCS")
    page.form.unit.setCurrentText("家次")
    page.form.definition.setPlainText("本局当月实地巡查乡镇网点的次数。")
    page.form.aliases.setText("网点巡查、巡查次数")
    press(page, Qt.Key.Key_S, CTRL)
    until(qtbot, lambda: window.frame_actions.dialog is None)
    settle(qtbot, window)
    book = window.desk.backend.own_book()
    assert book.rows[0].draft.aliases == ("网点巡查", "巡查次数")
    assert window.desk.backend.meanings().indicator("网点巡查") is not None


def test_the_list_changes_retires_and_keeps_a_history(qtbot: QtBot, window: MainWindow) -> None:
    page = type_per_piece(qtbot, window)
    press(page, Qt.Key.Key_S, CTRL)
    until(qtbot, lambda: window.frame_actions.dialog is None)
    settle(qtbot, window)
    dialog = own_list(qtbot, window)
    assert [row.draft.code for row in dialog.table.rows] == ["OWN.TCJJSR"]
    click(dialog.change)
    until(qtbot, lambda: isinstance(window.frame_actions.dialog, NewIndicatorDialog))
    page = window.frame_actions.dialog  # type: ignore[assignment]  # checked above
    assert not page.form.code.isEnabled()
    page.form.new_from.setText("2021-03")
    page.form.definition.setPlainText("全部收入除以全部件数。")
    page.panel.edit.set_formula("MKT.REV / MKT.VOL")
    press(page, Qt.Key.Key_S, CTRL)
    until(qtbot, lambda: "要写明原因" in page.wrong.text())
    page.reason.setText("市局来文")
    press(page, Qt.Key.Key_S, CTRL)
    until(qtbot, lambda: isinstance(window.frame_actions.dialog, OwnListDialog))
    again = window.frame_actions.dialog
    assert isinstance(again, OwnListDialog)
    assert again.table.rows[0].version == 2
    assert "第1版（至2021年2月）" in again.versions.text()
    click(again.retire)
    assert not again.ask.yes.isEnabled()
    again.ask.reason.setText("改用市局的")
    press(again.ask.reason, Qt.Key.Key_Return)
    until(qtbot, lambda: again.table.rows[0].retired)
    assert [event[3] for event in again.history.rows] == ["停用，用到 2021-03", "改口径，2021-03 起为第2版", "新增"]
    settle(qtbot, window)
    tab = indicators(qtbot, window)
    assert "OWN.TCJJSR" not in tab.tree.visible_codes()


def test_a_faulty_file_is_shown_and_stops_nothing(qtbot: QtBot, county: Path) -> None:
    own_file_of(county).write_text('[[indicator]]\ncode = "OWN.A"\nname = 巡查\n', encoding="utf-8")
    window = open_window(qtbot, county)
    tab = overview(qtbot, window)
    first = tab.alarms.alarms[0]
    told = f"{first.text}{first.detail}"
    assert "自设指标有错" in told
    assert "第3行" in told
    dialog = own_list(qtbot, window)
    assert "第3行" in dialog.faults.text()
    assert "用记事本打开该文件改正" in dialog.faults.text()
    tab_of_figures = indicators(qtbot, window)
    assert text_of(tab_of_figures, "MKT.VOL", "本月")
