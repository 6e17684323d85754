"""审核规则 in the real window: seen, set with a reason, put back, by keyboard; waiting files follow at once."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMenu
from pytestqt.qtbot import QtBot

from desktop_app.services import rules
from desktop_app.services.imports import list_batches
from desktop_app.services.ledger import open_ledger
from desktop_app.services.results.rules import RuleRow, Strictness
from desktop_app.views.frame.menu import build_menu
from desktop_app.views.imports.tab import ImportsTab
from desktop_app.views.main_window import MainWindow
from desktop_app.views.rules.dialog import HISTORY, RulesDialog
from desktop_app.views.theme import ThemeMode
from tests.gui.county import FILES, click, drop, fingerprint, imports, open_window, press, settle, type_in, until
from tests.services.test_reasons import table, zero

ZERO = FILES / "庚_零报.xlsx"
GOOD = FILES / "甲_202103.xlsx"


@pytest.fixture
def window(qtbot: QtBot, county: Path) -> MainWindow:
    return open_window(qtbot, county, "数据导入")


def opened(qtbot: QtBot, window: MainWindow, code: str = "") -> RulesDialog:
    """The dialog, opened from the menu."""
    actions = window.frame_actions
    menu = build_menu(window, actions, ThemeMode.LIGHT, actions.set_mode)
    next(action for action in menu.actions() if action.text() == "审核规则…").trigger()
    settle(qtbot, window)
    dialog = window.frame_actions.dialog
    assert isinstance(dialog, RulesDialog)
    if code:
        assert dialog.table.select_where(lambda row: row.code == code)
    return dialog


def row_of(path: Path, code: str) -> RuleRow:
    """The rule as another program finds it in the ledger."""
    with closing(open_ledger(path)) as ledger:
        return next(row for row in rules.list_rules(ledger) if row.code == code)


def test_a_limit_is_set_by_keyboard_and_stands_in_the_history(qtbot: QtBot, window: MainWindow, county: Path) -> None:
    dialog = opened(qtbot, window, "MOM_LIMIT")
    assert dialog.editor.state.text() == "现为出厂设置。"
    press(dialog.table, Qt.Key.Key_F2)
    field = dialog.editor.fields["limit_pct"]
    until(qtbot, field.hasFocus)
    field.selectAll()
    type_in(field, "65")
    assert not dialog.editor.save.isEnabled(), "a reason is wanted"
    press(field, Qt.Key.Key_Return)
    until(qtbot, dialog.editor.reason.hasFocus)
    dialog.editor.reason.insert("淡旺季起落大")
    press(dialog.editor.reason, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert "已保存" in dialog.editor.message.text()
    row = row_of(county, "MOM_LIMIT")
    assert (row.thresholds_text, row.reason) == ("环比界限 65%", "淡旺季起落大")
    marked = dialog.table.current_row
    assert marked is not None
    assert (marked.code, marked.changed) == ("MOM_LIMIT", True)
    dialog.turn.set_key(HISTORY)
    assert [(step.what, step.reason) for step in dialog.history.rows] == [("环比界限 50% → 65%", "淡旺季起落大")]
    dialog.editor.reason.insert("试行期满")
    click(dialog.editor.reset)
    settle(qtbot, window)
    assert not row_of(county, "MOM_LIMIT").changed
    assert dialog.editor.fields["limit_pct"].text() == "50"
    assert not dialog.editor.reset.isVisible()


def test_what_may_not_be_set_is_said_beside_the_field(qtbot: QtBot, window: MainWindow, county: Path) -> None:
    before = fingerprint(county)
    dialog = opened(qtbot, window, "YOY_LIMIT")
    dialog.editor.fields["limit_pct"].setText("4000")
    dialog.editor.reason.setText("试")
    dialog.editor.save.click()
    settle(qtbot, window)
    assert "同比界限应在 1 与 1000 之间，不能是 4000" in dialog.editor.message.text()
    assert dialog.editor.fields["limit_pct"].text() == "4000", "what was typed is still there"
    dialog.table.select_where(lambda row: row.code == "PARTS_SUM")
    assert "不能放宽" in dialog.editor.state.text()
    shown = [b.text() for b in dialog.editor.findChildren(QAbstractButton) if b.isVisible()]
    assert shown == [], "nothing to press on a rule that is fixed"
    dialog.table.select_where(lambda row: row.code == "YOY_LIMIT")
    assert dialog.editor.fields["limit_pct"].text() == "4000", "an edit waits while another rule is looked at"
    assert fingerprint(county) == before


def test_waiting_files_follow_the_rules_at_once(qtbot: QtBot, window: MainWindow, county: Path) -> None:
    """A zero report waits for its reason; the rule made strict refuses it, the rule switched off lets it in."""
    tab = imports(qtbot, window)
    drop(tab, [ZERO, GOOD])
    settle(qtbot, window)
    tab.staging.list.mark(ZERO)
    link = next(b for b in tab.staging.issues.findChildren(QAbstractButton) if b.text() == "审核规则…")
    click(link)
    settle(qtbot, window)
    dialog = window.frame_actions.dialog
    assert isinstance(dialog, RulesDialog)
    assert dialog.editor.code == "ZERO_REPORT", "the rule of the marked issue"
    set_to(qtbot, window, dialog, Strictness.ERROR)
    assert standing(tab, ZERO) == "有错 1"
    assert standing(tab, GOOD) == "可入库"
    set_to(qtbot, window, dialog, Strictness.OFF)
    assert standing(tab, ZERO) == "可入库"
    dialog.accept()
    tab.staging.commit.click()
    settle(qtbot, window)
    with closing(open_ledger(county)) as ledger:
        newest = list_batches(ledger)[:2]
    assert {batch.file_name for batch in newest} == {ZERO.name, GOOD.name}


def set_to(qtbot: QtBot, window: MainWindow, dialog: RulesDialog, wanted: Strictness) -> None:
    """Press a pill, give a reason, save."""
    pill = next(b for b in dialog.editor.findChildren(QAbstractButton) if b.text() == wanted.label and b.isVisible())
    click(pill)
    dialog.editor.reason.setText("试行")
    dialog.editor.save.click()
    settle(qtbot, window)


def standing(tab: ImportsTab, path: Path) -> str:
    file = tab.staging.stage.get(path)
    assert file is not None
    return file.word


def test_a_reason_for_one_doubt_is_none_for_another(qtbot: QtBot, window: MainWindow, county: Path) -> None:
    """A rule tightened after the reason was given brings a new doubt: it must be explained by itself."""
    with closing(open_ledger(county)) as ledger:
        rules.set_rule(ledger, "YOY_LIMIT", None, {"limit_pct": "5"}, "从严")
    tab = imports(qtbot, window)
    drop(tab, [GOOD])
    settle(qtbot, window)
    tab.staging.issues.reason.setPlainText("新接电商客户")
    assert standing(tab, GOOD) == "已说明"
    with closing(open_ledger(county)) as ledger:
        rules.set_rule(ledger, "MOM_LIMIT", None, {"limit_pct": "1"}, "再从严")
        before = list_batches(ledger)
    tab.staging.commit.click()
    settle(qtbot, window)
    assert standing(tab, GOOD).startswith("待说明")
    assert tab.staging.issues.reason.toPlainText() == ""
    with closing(open_ledger(county)) as ledger:
        assert list_batches(ledger) == before
    tab.staging.issues.reason.setPlainText("新接电商客户；节后恢复")
    tab.staging.commit.click()
    settle(qtbot, window)
    assert standing(tab, GOOD) == "已入库"


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard")
def test_the_companys_own_reasons_are_offered_first(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """The same company, the same doubt, a month later: its reason is one choice away."""
    tab = imports(qtbot, window)
    for name, month in (("五月.csv", "2022年1月"), ("六月.csv", "2022年2月")):
        file = tmp_path / name
        file.write_text(table(zero("示例辛快递"), month=month), encoding="utf-8")
        drop(tab, [file])
        settle(qtbot, window)
        tab.staging.list.mark(file)
        if month == "2022年1月":
            tab.staging.issues.reason.setPlainText("门店装修停业")
            tab.staging.commit.click()
            settle(qtbot, window)
    assert tab.staging.issues.phrases.text() == "以前的说明 1 ▾"
    press(tab.staging.issues.phrases, Qt.Key.Key_Space)
    menu = tab.staging.issues.findChildren(QMenu)[-1]
    named = [action.text() for action in menu.actions()]
    assert named[:3] == ["此企业对同样问题的说明", "门店装修停业", "近来的说明"]
    assert named.count("门店装修停业") == 1
    menu.actions()[1].trigger()
    menu.close()
    assert tab.staging.issues.reason.toPlainText() == "门店装修停业"
    tab.staging.commit.click()
    settle(qtbot, window)
    assert standing(tab, file) == "已入库"


@pytest.mark.parametrize("size", [(1000, 640), (546, 307)], ids=["100%", "250%"])
def test_the_dialog_fits_small_screens(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> None:
    dialog = opened(qtbot, window, "PRICE_BAND")
    dialog.resize(*size)
    qtbot.waitExposed(dialog)
    until(qtbot, lambda: (dialog.width(), dialog.height()) == size)
    assert dialog.close_button.isVisible()
    assert dialog.rect().contains(dialog.close_button.geometry())
