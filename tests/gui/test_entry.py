"""录入 in the real window: Excel's keys, blocks, input methods, checks, reasons, undo, and what the other pages see."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QInputMethodQueryEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop_app.services.results.entry import CellKey, FigureStatus
from desktop_app.views.entry.editor import CellEditor
from desktop_app.views.imports.history import FILES as ONLY_FILES
from desktop_app.views.imports.tab import HISTORY
from desktop_app.views.main_window import MainWindow
from desktop_app.views.qtmodels.entry import Mark
from tests.gui.county import click, indicators, open_window, settle, text_of, until
from tests.gui.entering import CONTROL, COUNTY, Clerk

SHIFT = Qt.KeyboardModifier.ShiftModifier
K = Qt.Key
SPOTS, VISITS = "GOV.INSPECT", "GOV.INSPECT.VISIT"
"""Two rows, one below the other."""


@pytest.fixture
def clerk(qtbot: QtBot, window: MainWindow) -> Clerk:
    return Clerk(qtbot, window)


def key_of(code: str, period: str) -> CellKey:
    return CellKey(code, period, COUNTY)


def test_ctrl_e_opens_the_grid_at_the_month_of_the_window(clerk: Clerk) -> None:
    assert clerk.on(clerk.page.grid)
    key = clerk.page.grid.current_key
    assert key is not None
    assert (key.period, key.region) == ("2021-03", COUNTY)


def test_a_column_is_typed_without_a_mouse(clerk: Clerk) -> None:
    rows = range(clerk.page.grid.currentIndex().row(), clerk.page.grid.currentIndex().row() + 6)
    keys = [clerk.page.cells.key_at(clerk.page.cells.index(row, 2)) for row in rows]
    for number in range(6):
        clerk.type(str(number))
    clerk.rest()
    assert [clerk.stored(key) for key in keys if key] == ["0", "1", "2", "3", "4", "5"]
    assert clerk.page.grid.currentIndex().row() == rows.stop
    assert "已存 1 格" in clerk.page.saved.text()


def test_tab_runs_right_and_enter_returns_to_where_it_began(clerk: Clerk) -> None:
    clerk.go(VISITS, "2021-01")
    row = clerk.page.grid.currentIndex().row()
    clerk.type("11", end=K.Key_Tab)
    clerk.type("12", end=K.Key_Tab)
    clerk.type("13")
    clerk.rest()
    assert [clerk.stored(key_of(VISITS, f"2021-0{n}")) for n in (1, 2, 3)] == ["11", "12", "13"]
    index = clerk.page.grid.currentIndex()
    assert (index.row(), index.column()) == (row + 1, 0)
    clerk.key(K.Key_Return, SHIFT)
    assert clerk.page.grid.currentIndex().row() == row


def test_f2_edits_typing_replaces_and_escape_leaves_it(clerk: Clerk) -> None:
    key = clerk.go(VISITS, "2021-03")
    clerk.type("12")
    clerk.rest()
    clerk.go(VISITS, "2021-03")
    clerk.key(K.Key_F2)
    editor = clerk.editor
    assert editor.text() == "12"
    editor.deselect()
    editor.end(False)
    clerk.type("3", end=None)
    assert editor.text() == "123"
    clerk.key(K.Key_Escape)
    assert clerk.text(key) == "12"
    assert clerk.on(clerk.page.grid)
    clerk.type("9", end=None)
    assert clerk.editor.text() == "9"
    clerk.key(K.Key_Escape)
    clerk.rest()
    assert clerk.stored(key) == "12"


def test_home_and_end_and_arrows_walk(clerk: Clerk) -> None:
    clerk.go(VISITS, "2021-03")
    clerk.key(K.Key_End)
    assert clerk.page.grid.currentIndex().column() == 11
    clerk.key(K.Key_Home)
    assert clerk.page.grid.currentIndex().column() == 0
    clerk.type("5", end=K.Key_Right)
    clerk.rest()
    assert clerk.page.grid.currentIndex().column() == 1
    assert clerk.stored(key_of(VISITS, "2021-01")) == "5"


# ------------------------------------------------------------------------------------------------- input methods


def test_the_first_key_of_a_composition_is_not_lost(clerk: Clerk) -> None:
    clerk.go(VISITS, "2021-03")
    clerk.type("12")
    clerk.rest()
    key = clerk.go(VISITS, "2021-03")
    grid = clerk.page.grid
    assert grid.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    asked = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QApplication.sendEvent(grid, asked)
    assert asked.value(Qt.InputMethodQuery.ImEnabled) is True
    QApplication.sendEvent(grid, QInputMethodEvent("w", []))
    editor = grid.findChild(CellEditor)
    assert editor is not None
    clerk.compose(["we", "wei", "weib", "weibao"], "未报")
    assert editor.text() == "未报", "the word stands alone: it has replaced what was there, and nothing of it is lost"
    until(clerk.qtbot, lambda: clerk.on(editor))
    clerk.key(K.Key_Return)
    clerk.until(clerk.page.ask.isVisible)
    assert "12 → 未报" in clerk.page.ask.lines.text()
    clerk.key(K.Key_F6)
    clerk.compose(["cuo", "cuo l"], "错录")
    clerk.key(K.Key_Return)
    clerk.rest()
    assert clerk.stored(key) == "未报"
    clerk.go(VISITS, "2021-03")
    assert "错录" in clerk.page.note.text()


def test_a_committed_letter_without_preedit_opens_the_editor_too(clerk: Clerk) -> None:
    """Numbers typed while a Chinese input method is on come as commits; full-width ones too."""
    key = clerk.go(VISITS, "2021-03")
    clerk.compose([], "１")
    editor = clerk.page.grid.findChild(CellEditor)
    assert editor is not None
    until(clerk.qtbot, lambda: clerk.on(editor))
    clerk.compose([], "２")
    clerk.key(K.Key_Return)
    clerk.rest()
    assert clerk.stored(key) == "12"


def test_a_composition_given_up_leaves_the_cell_as_it_was(clerk: Clerk) -> None:
    key = clerk.go(VISITS, "2021-03")
    clerk.type("12")
    clerk.rest()
    clerk.go(VISITS, "2021-03")
    clerk.compose(["b", "bu"], "")
    clerk.key(K.Key_Escape)
    clerk.rest()
    assert clerk.stored(key) == "12"


# ------------------------------------------------------------------------------------------------- blocks


def test_a_block_from_wps_goes_in_as_one_act_and_comes_back_as_it_was(clerk: Clerk) -> None:
    clerk.go(SPOTS, "2021-01")
    clerk.clip('1,000\t"1,200"\t1100\r\n—\t未报\t"6"\r\n')
    clerk.key(K.Key_V, CONTROL)
    clerk.rest()
    top = clerk.page.cells.place_of(key_of(SPOTS, "2021-01"))
    below = clerk.page.cells.key_at(clerk.page.cells.index(top.row() + 1, 0))
    assert below is not None
    assert [clerk.stored(key_of(SPOTS, f"2021-0{n}")) for n in (1, 2, 3)] == ["1000", "1200", "1100"]
    assert [clerk.stored(below._replace(period=f"2021-0{n}")) for n in (1, 2, 3)] == ["不适用", "未报", "6"]
    clerk.key(K.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "1000\t1200\t1100\n不适用\t未报\t6"
    clerk.key(K.Key_Z, CONTROL)
    clerk.rest()
    assert clerk.stored(below) is None
    clerk.key(K.Key_Y, CONTROL)
    clerk.rest()
    assert clerk.stored(below) == "不适用"


def test_a_block_that_does_not_fit_is_not_cut_off(clerk: Clerk) -> None:
    clerk.go(VISITS, "2021-12")
    clerk.clip("1\t2\n")
    clerk.key(K.Key_V, CONTROL)
    clerk.rest()
    assert clerk.stored(key_of(VISITS, "2021-12")) is None
    assert "多出 1 列" in clerk.page.note.text()


def test_one_value_fills_what_is_marked_and_ctrl_d_fills_down(clerk: Clerk) -> None:
    clerk.go(SPOTS, "2021-01")
    clerk.key(K.Key_Right, SHIFT)
    clerk.clip("7")
    clerk.key(K.Key_V, CONTROL)
    clerk.rest()
    clerk.key(K.Key_Down, SHIFT)
    clerk.key(K.Key_D, CONTROL)
    clerk.rest()
    row = clerk.page.cells.place_of(key_of(SPOTS, "2021-01")).row() + 1
    keys = [clerk.page.cells.key_at(clerk.page.cells.index(row, column)) for column in (0, 1)]
    assert [clerk.stored(key) for key in keys if key] == ["7", "7"]


# ------------------------------------------------------------------------------------------------- checks


def test_a_wrong_cell_is_red_stays_out_and_says_how_to_mend_it(clerk: Clerk) -> None:
    key = clerk.go(VISITS, "2021-03")
    clerk.type("1O2")
    clerk.rest()
    over = clerk.page.cells.overlay(key)
    assert over is not None
    assert (over.mark, over.text) == (Mark.REFUSED, "1O2")
    assert clerk.stored(key) is None
    assert "红色的 1 格没有入库" in clerk.page.trouble.text()
    clerk.go(VISITS, "2021-03")
    assert "字母像是 0 或 1" in clerk.page.note.text()
    assert "改成数" in clerk.page.note.text()
    clerk.type("102")
    clerk.rest()
    assert clerk.page.cells.overlay(key) is None
    assert clerk.stored(key) == "102"


def test_good_cells_of_a_block_are_stored_beside_wrong_ones(clerk: Clerk) -> None:
    clerk.go(VISITS, "2021-01")
    clerk.clip("1\t二十几\t3")
    clerk.key(K.Key_V, CONTROL)
    clerk.rest()
    assert [clerk.stored(key_of(VISITS, f"2021-0{n}")) for n in (1, 2, 3)] == ["1", None, "3"]
    assert clerk.page.cells.overlays(Mark.REFUSED) == [key_of(VISITS, "2021-02")]
    clerk.key(K.Key_Z, CONTROL)
    clerk.rest()
    assert [clerk.text(key_of(VISITS, f"2021-0{n}")) for n in (1, 2, 3)] == ["", "", ""]


def test_a_change_asks_for_a_reason_in_place(clerk: Clerk) -> None:
    key = clerk.go(VISITS, "2021-03")
    clerk.type("12")
    clerk.rest()
    clerk.go(VISITS, "2021-03")
    clerk.type("13")
    clerk.until(clerk.page.ask.isVisible)
    assert clerk.on(clerk.page.grid)
    assert clerk.stored(key) == "12"
    assert "12 → 13" in clerk.page.ask.lines.text()
    clerk.key(K.Key_F6)
    assert clerk.on(clerk.page.ask.reason)
    clerk.page.ask.reason.setText("漏算一家")
    clerk.key(K.Key_Return)
    clerk.rest()
    assert clerk.stored(key) == "13"
    assert clerk.on(clerk.page.grid)
    clerk.go(VISITS, "2021-03")
    assert "第 2 版" in clerk.page.note.text()
    assert "漏算一家" in clerk.page.note.text()


def test_a_question_steals_neither_keys_nor_place(clerk: Clerk) -> None:
    """Whoever types a column without looking finds every figure in its cell, none in the box for the reason."""
    first = clerk.go(VISITS, "2021-03")
    clerk.type("12")
    clerk.rest()
    clerk.go(VISITS, "2021-03")
    clerk.type("13", end=K.Key_Right)
    clerk.until(clerk.page.ask.isVisible)
    clerk.type("14", end=K.Key_Right)
    clerk.until(lambda: clerk.stored(key_of(VISITS, "2021-04")) == "14")
    assert clerk.page.ask.isVisible()
    assert not clerk.page.ask.reason.text()
    assert (clerk.stored(first), clerk.text(first)) == ("12", "13")
    clerk.key(K.Key_F6)
    clerk.type("again")
    clerk.rest()
    assert clerk.stored(first) == "13"
    assert clerk.on(clerk.page.grid)
    assert clerk.page.grid.current_key == key_of(VISITS, "2021-05")


def test_typing_over_a_doubtful_cell_takes_the_question_back(clerk: Clerk) -> None:
    key = clerk.go(VISITS, "2021-03")
    clerk.type("12")
    clerk.rest()
    clerk.go(VISITS, "2021-03")
    clerk.type("13")
    clerk.until(clerk.page.ask.isVisible)
    clerk.go(VISITS, "2021-03")
    clerk.type("12")
    clerk.until(lambda: not clerk.page.ask.isVisible())
    assert (clerk.stored(key), clerk.text(key)) == ("12", "12")
    assert clerk.page.cells.overlays(Mark.ASKED) == []


def test_escape_in_the_grid_lets_the_doubtful_cell_go(clerk: Clerk) -> None:
    key = clerk.go(VISITS, "2021-03")
    clerk.type("12")
    clerk.rest()
    clerk.go(VISITS, "2021-03")
    clerk.type("13")
    clerk.until(clerk.page.ask.isVisible)
    clerk.key(K.Key_Escape)
    clerk.until(lambda: not clerk.page.cells.overlays(Mark.ASKED))
    assert (clerk.stored(key), clerk.text(key)) == ("12", "12")


def test_after_a_click_on_a_pill_one_types_on(clerk: Clerk) -> None:
    """按年, then figures: the keyboard is in the grid, at the year of the window."""
    click(clerk.page.span._pills["year"])
    clerk.until(lambda: clerk.page.board is not None and clerk.page.board.yearly)
    assert clerk.on(clerk.page.grid)
    clerk.go("CTX.POP", "2020")
    click(clerk.page.shape._pills["sheet"])
    click(clerk.page.shape._pills["items"])
    assert clerk.on(clerk.page.grid)
    clerk.go("CTX.POP", "2020")
    clerk.type("40.12")
    clerk.rest()
    assert clerk.stored(key_of("CTX.POP", "2020")) == "40.12"


def test_no_reason_no_change_but_the_rest_of_the_block_goes_in(clerk: Clerk) -> None:
    key = clerk.go(VISITS, "2021-03")
    clerk.type("12")
    clerk.rest()
    clerk.go(VISITS, "2021-02")
    clerk.clip("5\t13")
    clerk.key(K.Key_V, CONTROL)
    clerk.until(clerk.page.ask.isVisible)
    assert clerk.stored(key_of(VISITS, "2021-02")) is None
    clerk.key(K.Key_Escape)
    clerk.until(lambda: clerk.page.cells.overlays(Mark.ASKED) == [])
    clerk.rest()
    assert clerk.stored(key_of(VISITS, "2021-02")) == "5"
    assert (clerk.stored(key), clerk.text(key)) == ("12", "12")


def test_a_question_waits_until_the_cell_in_hand_is_typed(clerk: Clerk) -> None:
    clerk.go(VISITS, "2021-03")
    clerk.type("12")
    clerk.rest()
    clerk.go(VISITS, "2021-03")
    clerk.type("13")
    clerk.type("4", end=None)
    editor = clerk.editor
    clerk.rest()
    assert not clerk.page.ask.isVisible()
    assert (clerk.on(editor), editor.text()) == (True, "4")
    clerk.key(K.Key_Return)
    clerk.until(clerk.page.ask.isVisible)


def test_delete_is_a_change_and_empties_what_was_refused(clerk: Clerk) -> None:
    key = clerk.go(VISITS, "2021-03")
    clerk.type("x")
    clerk.rest()
    clerk.go(VISITS, "2021-03")
    clerk.key(K.Key_Delete)
    clerk.rest()
    assert (clerk.text(key), clerk.stored(key)) == ("", None)


def test_locked_cells_say_why(clerk: Clerk) -> None:
    key = clerk.go("CTX.GDP", "2021-02")
    clerk.type("5", end=None)
    assert clerk.on(clerk.page.grid)
    assert "按季录入" in clerk.page.note.text()
    clerk.clip("5\t30.5")
    clerk.key(K.Key_V, CONTROL)
    clerk.rest()
    assert clerk.stored(key_of("CTX.GDP", "2021-03")) == "30.5"
    assert clerk.page.cells.overlays(Mark.REFUSED) == [key]


def test_states_by_menu_and_status_of_what_stands(clerk: Clerk) -> None:
    key = clerk.go(VISITS, "2021-03")
    clerk.page.grid.customContextMenuRequested.emit(clerk.page.grid.visualRect(clerk.page.grid.currentIndex()).center())
    menu = clerk.page.grid.findChild(QMenu)
    assert menu is not None
    actions = {action.text(): action for action in menu.actions()}
    assert not actions["状态改为年报（核定）"].isEnabled()
    actions["标为“不适用”"].trigger()
    menu.close()
    clerk.rest()
    assert clerk.stored(key) == "不适用"


def test_the_status_of_what_stands_can_be_raised(clerk: Clerk) -> None:
    key = clerk.go(VISITS, "2021-04")
    clerk.type("8")
    clerk.rest()
    clerk.go(VISITS, "2021-04")
    clerk.page.grid.status_asked.emit([key], FigureStatus.FINAL)
    clerk.rest()
    cell = clerk.page.cells.cell(key)
    assert cell is not None
    assert (cell.text, cell.status, cell.version) == ("8", FigureStatus.FINAL, 2)


# ------------------------------------------------------------------------------------------------- undo, elsewhere


def test_undo_and_redo_go_step_by_step(clerk: Clerk) -> None:
    keys = [key_of(VISITS, f"2021-0{n}") for n in (1, 2, 3)]
    clerk.go(VISITS, "2021-01")
    for text in ("1", "x", "3"):
        clerk.type(text, end=K.Key_Tab)
    # Three Ctrl+Z at once: each waits for the one before.
    clerk.rest()
    seen = [[clerk.text(key) for key in keys]]
    for _ in range(3):
        clerk.key(K.Key_Z, CONTROL)
        clerk.rest()
        seen.append([clerk.text(key) for key in keys])
    assert seen == [["1", "x", "3"], ["1", "x", ""], ["1", "", ""], ["", "", ""]]
    for step in (2, 1, 0):
        clerk.key(K.Key_Y, CONTROL)
        clerk.rest()
        assert [clerk.text(key) for key in keys] == seen[step]
    assert [clerk.stored(key) for key in keys] == ["1", None, "3"]


def test_what_was_typed_is_there_after_a_restart(clerk: Clerk, county: Path) -> None:
    clerk.by_year()
    key = clerk.go("CTX.POP", "2020")
    clerk.type("40.12")
    clerk.rest()
    cell = clerk.page.cells.cell(key)
    assert cell is not None
    assert cell.status is FigureStatus.FINAL
    clerk.window.close()
    again = Clerk(clerk.qtbot, open_window(clerk.qtbot, county))
    again.by_year()
    assert again.text(key) == "40.12"
    again.key(K.Key_Z, CONTROL)
    again.rest()
    assert "历史" in again.page.note.text()
    assert again.stored(key) == "40.12"


def test_each_cell_is_in_the_file_before_the_next_one_is_typed(clerk: Clerk, county: Path) -> None:
    """Nothing is kept back for a save: whatever ends the program now, another reader of the file finds the row."""
    clerk.go(VISITS, "2021-03")
    for number in (5, 6):
        clerk.type(str(number), end=K.Key_Right)
        clerk.rest()
        with closing(sqlite3.connect(county)) as other:
            query = "SELECT value FROM observation WHERE indicator = ? ORDER BY id DESC LIMIT 1"
            assert other.execute(query, (VISITS,)).fetchone() == (number * 10_000,)


def test_figures_appear_in_the_indicators_and_in_the_history(clerk: Clerk, qtbot: QtBot, window: MainWindow) -> None:
    clerk.by_year()
    clerk.go("CTX.POP", "2020")
    clerk.type("40.12")
    clerk.rest()
    tab = indicators(qtbot, window)
    tab.aim({"code": "CTX.POP"})
    settle(qtbot, window)
    until(qtbot, lambda: any(line.figure.code == "CTX.POP" for line in tab.table.rows))
    shown = [text_of(tab, "CTX.POP", column.head) for column in tab.table.rows_model.columns]
    assert "40.12" in " ".join(shown)
    window.desk.go("数据导入", entry="show")
    settle(qtbot, window)
    clerk.tab.show_page(HISTORY)
    settle(qtbot, window)
    history = clerk.tab.history
    until(qtbot, lambda: bool(history.table.rows) and history.table.rows[0].kind_label == "本局录入")
    assert history.table.rows[0].created_by
    history.which.set_key(ONLY_FILES)
    history.which.chosen.emit(ONLY_FILES)
    assert all(row.kind_label != "本局录入" for row in history.table.rows)


def test_towns_down_and_indicators_across(clerk: Clerk) -> None:
    clerk.by_year()
    clerk.page.shape.set_key("sheet")
    clerk.page.shape.chosen.emit("sheet")
    clerk.page.period.set_key("2020")
    clerk.page.period.chosen.emit("2020")
    board = clerk.page.board
    assert board is not None
    town = board.places[1].code
    clerk.go("CTX.POP", "2020", town)
    clerk.type("2.5", end=K.Key_Tab)
    clerk.type("2.4")
    clerk.rest()
    assert clerk.stored(CellKey("CTX.POP", "2020", town)) == "2.5"
    assert clerk.stored(CellKey("CTX.POP.REG", "2020", town)) == "2.4"
    clerk.page.shape.set_key("towns")
    clerk.page.shape.chosen.emit("towns")
    assert clerk.page.cells.text(CellKey("CTX.POP", "2020", town)) == "2.5"
    assert clerk.page.cells.place_of(CellKey("CTX.POP", "2020", town)).isValid()
