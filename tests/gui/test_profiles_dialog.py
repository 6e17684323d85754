"""读表方案 in the window: seen, renamed, settled, deleted and taken back, shared as a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.views.imports.profiles_dialog import ProfilesDialog
from desktop_app.views.imports.tab import ImportsTab
from desktop_app.views.main_window import MainWindow
from tests.gui.county import FILES, click, drop, imports, open_window, press, settle, type_in
from tests.gui.test_words import foreign, texts

TABLE = "2021年3月汇总表\n企业名称,业务量,备注\n示例丁快递,35391,无\n"


@pytest.fixture
def window(qtbot: QtBot, county: Path) -> MainWindow:
    return open_window(qtbot, county, "数据导入")


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow) -> ImportsTab:
    return imports(qtbot, window)


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow, tab: ImportsTab) -> ProfilesDialog:
    """Opened from the ⋯ menu, with the profiles of two stored files."""
    drop(tab, [FILES / "更正件" / "丁快递3月.csv", FILES / "乙3月.csv"])
    settle(qtbot, window)
    click(tab.staging.commit)
    settle(qtbot, window)
    window.frame_actions.show_profiles()
    settle(qtbot, window)
    assert tab.saying.dialog is not None
    return tab.saying.dialog


def names(dialog: ProfilesDialog) -> list[str]:
    return [profile.name for profile in dialog.profiles.rows]


def stand_at(dialog: ProfilesDialog, name: str) -> None:
    assert dialog.profiles.select_where(lambda profile: profile.name == name)


def test_it_lists_the_profiles_with_their_columns_in_chinese(dialog: ProfilesDialog, window: MainWindow) -> None:
    assert "示例丁快递" in names(dialog)
    stand_at(dialog, "示例丁快递")
    meanings = {column.head: column.meaning for column in dialog.columns.rows}
    assert "指标" in meanings.values() or "分项" in meanings.values()
    assert {text: found for text in texts(dialog) if (found := foreign(text))} == {}
    dialog.resize(dialog.minimumSizeHint())
    dialog.resize(1200, 700)


def test_renaming(qtbot: QtBot, window: MainWindow, dialog: ProfilesDialog) -> None:
    stand_at(dialog, "示例丁快递")
    dialog.name.setText("丁快递月报")
    press(dialog.name, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert "丁快递月报" in names(dialog)
    assert dialog.profiles.current_row is not None
    assert dialog.profiles.current_row.name == "丁快递月报"
    dialog.name.setText(next(name for name in names(dialog) if name != "丁快递月报"))
    click(dialog.renaming)
    settle(qtbot, window)
    assert "方案" in dialog.note.text()
    assert "丁快递月报" in names(dialog), "a name that is taken is refused"


def test_a_column_is_settled_from_the_menu_and_let_go_again(
    qtbot: QtBot, window: MainWindow, dialog: ProfilesDialog, tab: ImportsTab, tmp_path: Path
) -> None:
    stand_at(dialog, "示例丁快递")
    dialog.columns.setFocus()
    number = next(n for n, column in enumerate(dialog.columns.rows) if column.meaning == "跳过")
    dialog.columns.select_row(number)
    press(dialog.columns, Qt.Key.Key_Return)
    assert dialog.menu.isVisible()
    type_in(dialog.menu.seek, "kdywl")
    press(dialog.menu.seek, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert dialog.columns.rows[number].meaning == "快递业务量"
    assert dialog.columns.rows[number].fixed
    dialog.columns.select_row(number)
    click(dialog.meaning)
    assert "回到自动识别" in dialog.menu.labels
    press(dialog.menu.seek, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert not dialog.columns.rows[number].fixed


def test_deleting_is_asked_and_taken_back(qtbot: QtBot, window: MainWindow, dialog: ProfilesDialog) -> None:
    stand_at(dialog, "示例丁快递")
    before = dialog.profiles.current_row
    click(dialog.remove)
    assert dialog.question.isVisible()
    press(dialog.question.no, Qt.Key.Key_Escape)
    assert dialog.isVisible(), "Esc answers the question, not the window"
    click(dialog.remove)
    click(dialog.question.yes)
    settle(qtbot, window)
    assert "示例丁快递" not in names(dialog)
    click(dialog.undo)
    settle(qtbot, window)
    stand_at(dialog, "示例丁快递")
    assert before is not None
    assert dialog.profiles.current_row is not None
    assert dialog.profiles.current_row.layout == before.layout
    assert dialog.profiles.current_row.uses == before.uses


def test_profiles_go_to_a_file_and_come_back(
    qtbot: QtBot, window: MainWindow, dialog: ProfilesDialog, tmp_path: Path
) -> None:
    stand_at(dialog, "示例丁快递")
    out = tmp_path / "丁.json"
    dialog.export(("示例丁快递",), out)
    settle(qtbot, window)
    assert "已导出 1 个方案" in dialog.note.text()
    click(dialog.remove)
    click(dialog.question.yes)
    settle(qtbot, window)
    dialog.take_over(out)
    settle(qtbot, window)
    assert "示例丁快递" in names(dialog)
    (tmp_path / "坏.json").write_text("{}")
    dialog.take_over(tmp_path / "坏.json")
    settle(qtbot, window)
    assert "不是读表方案文件" in dialog.note.text()


def test_files_on_the_table_are_read_by_the_changed_profiles(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, tmp_path: Path
) -> None:
    first = tmp_path / "三月.csv"
    first.write_text(TABLE, encoding="utf-8")
    drop(tab, [first])
    settle(qtbot, window)
    tab.staging.issues.reason.setPlainText("已核实")
    click(tab.staging.commit)
    settle(qtbot, window)
    second = tmp_path / "四月.csv"
    second.write_text(TABLE.replace("3月", "4月").replace("无", "7"), encoding="utf-8")
    drop(tab, [second])
    settle(qtbot, window)
    tab.staging.list.mark(second)
    grid = tab.staging.preview.grid.grid_model
    assert grid.meaning(2) == "跳过"
    learned = next(file.preview.plan.profile for file in tab.staging.stage.files if file.preview.plan)
    tab.saying.show_profiles()
    settle(qtbot, window)
    dialog = tab.saying.dialog
    assert dialog is not None
    stand_at(dialog, learned)
    dialog.columns.select_row(2)
    dialog.ask_meaning()
    dialog.menu.seek.setText("投递")
    press(dialog.menu.seek, Qt.Key.Key_Return)
    settle(qtbot, window)
    dialog.accept()
    assert grid.meaning(2) != "跳过"
    assert "按方案" in grid.ground(2)
    assert tab.saying.dialog is None
