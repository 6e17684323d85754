"""Targets by table, alarms about targets and the monitoring table, in the real window."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from desktop_app.views.main_window import MainWindow
from desktop_app.views.printing.tab import PrintingTab
from desktop_app.views.targets.sheet_dialog import SheetDialog
from desktop_app.views.targets.tab import BEHIND, OWN, TargetsTab
from tests.gui.county import click, drop, overview, settle, until
from tests.gui.test_targets_tab import enter_by_pasting, targets

TABLE = """文件,条款,指标,口径,比较符,目标值,单位,期限,原文
本局2021年工作要点,,快递业务量,,≥,1200,万件,2021年,
本局2021年工作要点,第4条,快递业务收入,,约,9000,万元,2021年,
本局2021年工作要点,第5条,快递员满意度,,≥,90,分,2021年,
本局2021年工作要点,第6条,,,,,,,建制村快递服务通达率达到90%以上
"""


def dropped(qtbot: QtBot, tab: TargetsTab, folder: Path) -> SheetDialog:
    file = folder / "年度目标.csv"
    file.write_text(TABLE, encoding="utf-8")
    drop(tab, [file])
    dialog = tab.dialog
    assert isinstance(dialog, SheetDialog)
    until(qtbot, lambda: dialog.sheet is not None)
    return dialog


def own(tab: TargetsTab) -> list[str]:
    assert tab._board is not None
    return sorted(row.target_text for row in tab._board.rows if row.code.startswith("OWN."))


def menu_texts(tab: TargetsTab) -> dict[str, bool]:
    menu = tab.sheets.menu()
    found = {action.text(): action.isEnabled() for action in menu.actions() if action.text()}
    menu.deleteLater()
    return found


def test_a_dropped_table_is_shown_confirmed_and_undone(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    tab = targets(qtbot, window)
    enter_by_pasting(qtbot, window, tab)
    assert own(tab) == ["≥800万件", "同比增速≥15%"]
    assert not menu_texts(tab)["撤销由表格的登记"]
    dialog = dropped(qtbot, tab, tmp_path)
    assert [(row.row, row.change.label, row.before) for row in dialog.rows.rows] == [
        (2, "更改", "≥800万件"),
        (3, "新增", ""),
        (5, "新增", ""),
    ]
    assert [(problem.row, problem.reason) for problem in dialog.problems.rows] == [
        (4, "没有叫“快递员满意度”的指标，请填指标代码")
    ]
    assert dialog.problems.isVisible()
    assert own(tab) == ["≥800万件", "同比增速≥15%"], "nothing is stored while it is looked at"
    assert dialog.enter.text() == "登记 3 个目标"
    click(dialog.enter)
    until(qtbot, lambda: len(own(tab)) == 4)
    settle(qtbot, window)
    assert own(tab) == ["≥1200万件", "≥90%", "≥9000万元", "同比增速≥15%"]
    assert tab.which.key == OWN
    assert menu_texts(tab)["撤销由表格“年度目标.csv”的登记"]
    tab.sheets.undo()
    until(qtbot, lambda: len(own(tab)) == 2)
    settle(qtbot, window)
    assert own(tab) == ["≥800万件", "同比增速≥15%"]


def test_another_name_for_the_document_has_the_file_read_again(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    tab = targets(qtbot, window)
    file = tmp_path / "摘录.csv"
    file.write_text("主要目标\n快递业务量完成800万件\n", encoding="utf-8")
    tab.sheets.read(file)
    dialog = tab.dialog
    assert isinstance(dialog, SheetDialog)
    until(qtbot, lambda: dialog.sheet is not None)
    assert dialog.rows.rows[0].entry.document == "摘录"
    dialog.document.setText("本局2021年工作要点")
    dialog.document.editingFinished.emit()
    until(qtbot, lambda: dialog.rows.rows[0].entry.document == "本局2021年工作要点")
    dialog.reject()
    settle(qtbot, window)
    assert own(tab) == []


def test_a_file_that_is_no_table_of_targets_says_so_and_stores_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    tab = targets(qtbot, window)
    file = tmp_path / "空.csv"
    file.write_text("指标,目标值,单位\n", encoding="utf-8")
    tab.sheets.read(file)
    dialog = tab.dialog
    assert isinstance(dialog, SheetDialog)
    until(qtbot, lambda: "表里没有目标" in dialog.told.text())
    assert not dialog.enter.isEnabled()
    dialog.reject()
    settle(qtbot, window)


def test_the_blank_form_and_the_listed_targets_are_saved(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    tab = targets(qtbot, window)
    assert list(menu_texts(tab)) == ["由表格导入…", "导出空表…", "导出列出的目标…", "撤销由表格的登记"]
    tab.sheets.write_blank(tmp_path / "空表.xlsx")
    settle(qtbot, window)
    assert load_workbook(tmp_path / "空表.xlsx").sheetnames == ["目标", "指标和单位", "填写说明"]
    listed = len(tab.table.rows)
    tab.sheets.write_listed(tmp_path / "目标.xlsx")
    settle(qtbot, window)
    page = load_workbook(tmp_path / "目标.xlsx")["目标"]
    assert sum(1 for row in page.iter_rows(min_row=2, max_col=1) if row[0].value) == listed


def test_the_alarms_lead_to_the_contradictions_and_to_what_is_behind(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    tab = targets(qtbot, window)
    click(dropped(qtbot, tab, tmp_path).enter)
    until(qtbot, lambda: len(own(tab)) == 3)
    settle(qtbot, window)
    first = overview(qtbot, window)
    alarms = {alarm.word: alarm for alarm in first.alarms.alarms if alarm.tab == "目标任务"}
    assert set(alarms) == {"落后", "冲突"}
    assert alarms["冲突"].text == "目标文件有 13 处矛盾，管本地的 11 处"
    assert "≥98%／≥99%" in alarms["冲突"].detail
    assert alarms["落后"].text == "1 项目标落后于进度"
    assert "快递业务量 165.79万件，目标 ≥1200万件" in alarms["落后"].detail
    first.alarms.picked.emit(alarms["冲突"])
    until(qtbot, lambda: window.current_tab is tab and not tab.waiting)
    settle(qtbot, window)
    assert tab.conflicts.currentIndex().row() == 0
    overview(qtbot, window)
    first.alarms.picked.emit(alarms["落后"])
    until(qtbot, lambda: window.current_tab is tab and not tab.waiting)
    settle(qtbot, window)
    assert tab.which.key == BEHIND
    assert [row.name for row in tab.table.rows] == ["快递业务量"]


def test_an_alarm_leads_to_a_tab_that_has_not_been_opened_yet(qtbot: QtBot, window: MainWindow) -> None:
    first = overview(qtbot, window)
    conflict = next(alarm for alarm in first.alarms.alarms if alarm.tab == "目标任务")
    first.alarms.picked.emit(conflict)
    until(qtbot, lambda: isinstance(window.current_tab, TargetsTab) and not window.current_tab.waiting)
    settle(qtbot, window)
    tab = window.current_tab
    assert isinstance(tab, TargetsTab)
    assert tab.conflicts.currentIndex().row() == 0


def test_the_monitoring_table_is_one_click_away(qtbot: QtBot, window: MainWindow) -> None:
    tab = targets(qtbot, window)
    click(tab.monitor)
    until(qtbot, lambda: isinstance(window.current_tab, PrintingTab) and window.current_tab.proof is not None)
    settle(qtbot, window)
    printing = window.current_tab
    assert isinstance(printing, PrintingTab)
    assert printing.proof is not None
    assert printing.proof.order.kind == "plan"
    assert printing.file_name() == "蛟河市2021年3月规划监测表.pdf"
    assert all(width > height for width, height in printing.proof.book.sizes)
