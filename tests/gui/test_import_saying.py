"""数据导入, what the user says: columns, answers to issues, repaired units. Real files, real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop_app.services.results.imports import FileKind, FilePreview, ImportPlan
from desktop_app.views.imports.tab import ImportsTab
from desktop_app.views.main_window import MainWindow
from tests.gui.county import FILES, click, drop, imports, open_window, press, settle, type_in, until

UNKNOWN = "示例丁快递2021年3月汇总表\n企业名称,票数,业务收入（元）,备注\n示例丁快递,35391,470832,\n"


@pytest.fixture
def window(qtbot: QtBot, county: Path) -> MainWindow:
    return open_window(qtbot, county, "数据导入")


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow) -> ImportsTab:
    return imports(qtbot, window)


@pytest.fixture
def put(qtbot: QtBot, window: MainWindow, tab: ImportsTab, tmp_path: Path) -> Callable[..., Path]:
    """Write a file, drop it, wait until it has been read."""

    def drop_text(text: str, name: str = "三月.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        drop(tab, [path])
        settle(qtbot, window)
        return path

    return drop_text


def preview(tab: ImportsTab) -> FilePreview:
    file = tab.staging.list.current
    assert file is not None
    return file.preview


def plan(tab: ImportsTab) -> ImportPlan:
    found = preview(tab).plan
    assert found is not None
    return found


def chip(tab: ImportsTab, column: int) -> str:
    return tab.staging.preview.grid.grid_model.meaning(column)


def say(qtbot: QtBot, window: MainWindow, tab: ImportsTab, text: str) -> None:
    """Type into the open menu of meanings and take the first line."""
    menu = tab.staging.preview.menu
    assert menu.isVisible()
    type_in(menu.seek, text) if text.isascii() else menu.seek.setText(text)
    press(menu.seek, Qt.Key.Key_Return)
    assert not menu.isVisible()
    settle(qtbot, window)


# ----------------------------------------------------------------------------------------------- columns


def test_a_click_on_a_chip_and_pinyin_say_what_a_column_is(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, put: Callable[..., Path]
) -> None:
    put(UNKNOWN)
    assert chip(tab, 1) == "跳过"
    header = tab.staging.preview.grid.horizontalHeader()
    click(header.viewport(), QPoint(header.sectionViewportPosition(1) + 20, header.height() // 2))
    menu = tab.staging.preview.menu
    assert "票数" in menu.title.text()
    assert {"企业", "月份", "快递业务量", "快递业务收入"} <= set(menu.labels)
    say(qtbot, window, tab, "kdywl")
    assert chip(tab, 1) == "快递业务量 · 件"
    assert plan(tab).totals["MKT.VOL"] == 35_391 * 10_000
    strip = tab.staging.preview.strip
    assert strip.isVisible()
    assert "列“票数”改为 快递业务量" in strip.words.text()
    assert "快递业务量 35,391 件" in strip.words.text()


def test_the_keyboard_changes_the_unit_and_takes_it_back(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, put: Callable[..., Path]
) -> None:
    put(UNKNOWN)
    grid = tab.staging.preview.grid
    grid.setFocus()
    grid.show_cell(3, 2)
    press(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    menu = tab.staging.preview.menu
    assert menu.labels[:5] == ["跳过，不入库", "千元", "万元", "亿元", "本年累计"]
    say(qtbot, window, tab, "万元")
    assert chip(tab, 2) == "快递业务收入 · 万元"
    assert "UNIT_SLIP" in {issue.code for issue in preview(tab).issues}, "the checks see the new reading at once"
    assert "错误 0 → 1" in tab.staging.preview.strip.words.text()
    press(grid, Qt.Key.Key_F4)
    say(qtbot, window, tab, "hdzdsb")
    assert chip(tab, 2) == "快递业务收入 · 元"
    assert not plan(tab).said
    window.activateWindow()
    until(qtbot, window.isActiveWindow)
    press(grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert chip(tab, 2) == "快递业务收入 · 万元", "撤回 goes back one word"
    click(tab.staging.preview.strip.back)
    assert chip(tab, 2) == "快递业务收入 · 元"
    assert not tab.staging.preview.strip.isVisible()


def test_arrows_walk_the_menu_over_its_headings(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, put: Callable[..., Path]
) -> None:
    put(UNKNOWN)
    grid, menu = tab.staging.preview.grid, tab.staging.preview.menu
    grid.show_cell(3, 2)
    press(grid, Qt.Key.Key_F4)
    press(menu.seek, Qt.Key.Key_Down)
    assert menu.list.currentItem().text() == "千元"
    press(menu.seek, Qt.Key.Key_Up)
    assert menu.list.currentItem().text() == "跳过，不入库"
    press(menu.seek, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert chip(tab, 2) == "跳过"


def test_the_context_menu_of_a_cell_leads_there(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, put: Callable[..., Path]
) -> None:
    put(UNKNOWN)
    grid = tab.staging.preview.grid
    at = grid.visualRect(grid.grid_model.find(3, 1)).center()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(grid.viewport(), QContextMenuEvent(reason, at, grid.viewport().mapToGlobal(at)))
    menu = next(menu for menu in grid.findChildren(QMenu) if menu.isVisible())
    menu.actions()[0].trigger()
    menu.close()
    assert "票数" in tab.staging.preview.menu.title.text()


def test_what_was_said_is_learned_when_the_file_is_stored_and_serves_the_next_month(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, put: Callable[..., Path]
) -> None:
    put(UNKNOWN.replace("35391", "3.9"))
    tab.staging.preview.grid.ask_meaning(1)
    say(qtbot, window, tab, "kdywl")
    tab.staging.preview.grid.ask_meaning(1)
    say(qtbot, window, tab, "万件")
    assert chip(tab, 1) == "快递业务量 · 万件"
    tab.staging.issues.reason.setPlainText("已核实")
    click(tab.staging.commit)
    settle(qtbot, window)
    assert tab.staging.stage.files[0].word == "已入库", preview(tab).issues
    put(UNKNOWN.replace("3月", "4月").replace("35391", "4.1"), "四月.csv")
    assert chip(tab, 1) == "快递业务量 · 万件"
    assert "按方案" in tab.staging.preview.grid.grid_model.ground(1)
    assert plan(tab).totals["MKT.VOL"] == 41_000 * 10_000
    tab.staging.preview.grid.ask_meaning(1)
    assert "回到自动识别" in tab.staging.preview.menu.labels
    say(qtbot, window, tab, "hdzdsb")
    assert chip(tab, 1) == "跳过", "its own head says nothing"


def test_a_table_of_no_known_kind_is_shown_and_named_column_by_column(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, put: Callable[..., Path]
) -> None:
    put("2021年3月\n承运方,甲栏\n示例丁快递,35391\n示例己快递,12000\n")
    assert tab.staging.list.current is not None
    assert tab.staging.list.current.word == "认不出"
    assert plan(tab).kind is FileKind.UNKNOWN
    assert [row.role.value for row in tab.staging.preview.grid.grid_model.rows] == list("题头数数")
    answers = tab.staging.issues.answers
    assert answers.menu.isVisible()
    click(answers.menu)
    say(qtbot, window, tab, "企业")
    tab.staging.preview.grid.ask_meaning(1)
    say(qtbot, window, tab, "kdywl")
    assert plan(tab).kind is FileKind.WIDE
    assert plan(tab).totals["MKT.VOL"] == 47_391 * 10_000


# ----------------------------------------------------------------------------------------------- answers


def test_an_unknown_company_is_answered_beside_the_issue(qtbot: QtBot, window: MainWindow, tab: ImportsTab) -> None:
    drop(tab, [FILES / "无此企业.csv"])
    settle(qtbot, window)
    answers = tab.staging.issues.answers
    assert answers.isVisible()
    assert answers.company.isVisible()
    assert answers.labels == ["是示例辛快递"]
    click(answers.buttons[0])
    settle(qtbot, window)
    assert plan(tab).enterprise_name == "示例辛快递有限公司"
    assert "企业改为 示例辛快递有限公司" in tab.staging.preview.strip.words.text()


def test_two_columns_of_one_indicator_are_asked(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, put: Callable[..., Path]
) -> None:
    put("示例丁快递2021年3月汇总表\n企业名称,业务量,快递业务量合计\n示例丁快递,35391,36000\n")
    answers = tab.staging.issues.answers
    assert answers.labels == ["只用“业务量”", "只用“快递业务量合计”"]
    answers.focus_first()
    press(answers.buttons[0], Qt.Key.Key_Space)
    settle(qtbot, window)
    assert not preview(tab).issues or all(issue.code != "DUPLICATE_COLUMN" for issue in preview(tab).issues)
    assert plan(tab).totals["MKT.VOL"] == 35_391 * 10_000


def test_a_month_that_nobody_wrote_is_chosen(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, put: Callable[..., Path]
) -> None:
    put("汇总表\n企业名称,业务量\n示例丁快递,35391\n", "表.csv")
    answers = tab.staging.issues.answers
    assert answers.month.isVisible()
    entry = next(action for action in answers.month._menu.actions() if action.text() == "2021年3月")
    entry.trigger()
    settle(qtbot, window)
    assert str(plan(tab).month) == "2021-03"


def test_the_encoding_of_a_text_file_and_the_sheet_of_a_book_are_chosen(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, put: Callable[..., Path], tmp_path: Path
) -> None:
    put(UNKNOWN, encoding="utf-16")
    identity = tab.staging.preview.identity
    names = [action.text() for action in identity.encoding._menu.actions()]
    assert names == ["UTF-16", "UTF-8", "GB18030", "Big5（繁体）", "UTF-16"]
    book = openpyxl.Workbook()
    for number, title in enumerate(("三月", "四月"), start=3):
        page = book.create_sheet(title)
        for row in ([f"示例丁快递2021年{number}月汇总表"], ["企业名称", "业务量"], ["示例丁快递", number]):
            page.append(row)
    book.save(tmp_path / "两张.xlsx")
    drop(tab, [tmp_path / "两张.xlsx"])
    settle(qtbot, window)
    tab.staging.list.mark(tmp_path / "两张.xlsx")
    assert identity.sheet.isVisible()
    next(action for action in identity.sheet._menu.actions() if action.text() == "四月").trigger()
    settle(qtbot, window)
    assert str(plan(tab).month) == "2021-04"


def test_issue_and_cell_lead_to_each_other(qtbot: QtBot, window: MainWindow, tab: ImportsTab) -> None:
    drop(tab, [FILES / "丁快递3月.csv"])
    settle(qtbot, window)
    issues, grid = tab.staging.issues, tab.staging.preview.grid
    issues.list.setFocus()
    press(issues.list, Qt.Key.Key_Down)
    wrong = grid.grid_model.find(9, 2)
    assert grid.currentIndex() == wrong, "an arrow key on the issue shows its cell"
    assert issues.list.hasFocus() or not window.isActiveWindow()
    QTest.mouseClick(
        grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.visualRect(grid.grid_model.find(5, 2)).center()
    )
    assert not issues.list.currentIndex().isValid(), "nothing is wrong with that cell"
    grid.scrollTo(wrong)
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.visualRect(wrong).center())
    assert issues.list.currentIndex().row() == 0


def test_control_totals_stand_beside_the_files_own(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, put: Callable[..., Path]
) -> None:
    put("2021年3月汇总表\n企业名称,业务量\n示例丁快递,35391\n示例己快递,12000\n合计,47391\n")
    assert "快递业务量 47,391 件　表内合计 47,391 ✓" in tab.staging.preview.totals.text
    put("2021年3月汇总表\n企业名称,业务量\n示例丁快递,35391\n示例己快递,12000\n合计,47400\n", "错.csv")
    tab.staging.list.mark(tab.staging.stage.files[-1].path)
    assert "快递业务量 47,391 件　表内合计 47,400 ≠ 相差 9 件" in tab.staging.preview.totals.text
    drop(tab, [FILES / "丁快递3月.csv"])
    settle(qtbot, window)
    tab.staging.list.mark(FILES / "丁快递3月.csv")
    told = tab.staging.preview.totals.text.splitlines()[0]
    assert told == "快递业务量 未收　表内合计 35,401，分项之和 35,391 ≠ 相差 10 件"


# ----------------------------------------------------------------------------------------------- units


def test_a_unit_slip_is_mended_with_one_key_and_a_reason(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, put: Callable[..., Path]
) -> None:
    put("2021年3月汇总表\n单位：件\n企业名称,业务量\n示例丁快递,3.5401\n")
    issues = preview(tab).issues
    assert [issue.code for issue in issues if issue.code == "UNIT_SLIP"], issues
    answers = tab.staging.issues.answers
    assert answers.repair.text() == "按万件重读（企业已确认的）　F9"
    window.activateWindow()
    press(window, Qt.Key.Key_F9)
    question = tab.staging.question
    assert question.isVisible()
    assert not question.yes.isEnabled(), "how the company has confirmed it must be said"
    question.reason.setText("4月6日电话，张会计")
    press(question.reason, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert plan(tab).totals["MKT.VOL"] == 35_401 * 10_000
    assert "1 格按万件改读" in tab.staging.preview.strip.words.text()
    assert "1 处换写" in tab.staging.preview.changes.text
    assert tab.staging.stage.files[0].ready, preview(tab).issues
    click(tab.staging.commit)
    settle(qtbot, window)
    assert tab.staging.stage.files[0].word == "已入库"
    assert "4月6日电话，张会计" in tab.history.table.rows[0].reason
