"""数据导入 as its user meets it: the real files of March 2021 on the demo county's ledger."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop_app.errors import UserError
from desktop_app.services.results.imports import Outcome, RowRole
from desktop_app.services.results.overview import Tone
from desktop_app.views.imports.gathering import MOST_FILES, gather
from desktop_app.views.imports.stage import StagedFile
from desktop_app.views.imports.tab import ImportsTab
from desktop_app.views.imports.words import runs
from desktop_app.views.main_window import MainWindow
from desktop_app.views.palette import colours
from tests.gui.county import FILES, click, drop, fingerprint, imports, open_window, press, settle, until

MANIFEST = json.loads((FILES / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture
def window(qtbot: QtBot, county: Path) -> MainWindow:
    return open_window(qtbot, county, "数据导入")


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow) -> ImportsTab:
    return imports(qtbot, window)


@pytest.fixture
def put(qtbot: QtBot, window: MainWindow, tab: ImportsTab) -> Callable[..., list[StagedFile]]:
    """Drop files of the sample month by name; returns how they stand."""

    def drop_names(*names: str) -> list[StagedFile]:
        drop(tab, [FILES / name for name in names])
        settle(qtbot, window)
        return [file for file in tab.staging.stage.files if file.path in {FILES / name for name in names}]

    return drop_names


def mark(tab: ImportsTab, name: str) -> StagedFile:
    """Turn to a file of the list."""
    file = next(f for f in tab.staging.stage.files if f.preview.file_name == name)
    tab.staging.list.mark(file.path)
    return file


def pick(menu_of: object, name: str) -> None:
    """Choose an entry of a drop-down as a click in its menu does."""
    menu = menu_of._menu  # type: ignore[attr-defined]
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == name).trigger()


# ----------------------------------------------------------------------------------------------- coming in


def test_a_dozen_files_are_dropped_at_once_and_each_says_how_it_stands(
    put: Callable[..., list[StagedFile]], tab: ImportsTab, window: MainWindow, county: Path
) -> None:
    """Every file of the month is read as its manifest says, and nothing has been stored."""
    before = fingerprint(county)
    files = {f.preview.file_name: f for f in put(*[entry["name"] for entry in MANIFEST["files"]])}
    for entry in MANIFEST["files"]:
        file = files[entry["name"]]
        if entry["expect"] == "refused":
            assert file.preview.outcome is Outcome.REFUSED, entry["name"]
            assert file.preview.issues, entry["name"]
        elif entry["warning"]:
            assert file.wants_reason, entry["name"]
        else:
            assert file.ready, (entry["name"], file.preview.issues)
    assert tab.staging.list_card.subtitle == "19 个"
    assert "可入库 9" in tab.staging.summary.text()
    assert tab.staging.commit.text().startswith("入库可入的 9 件")
    pressing = tab.staging.stage.pressing
    assert pressing == 10
    assert window.strip.badge(tab_index(window)) == pressing
    assert fingerprint(county) == before


def tab_index(window: MainWindow) -> int:
    return window.strip.currentIndex()


def test_a_folder_brings_its_files_and_those_of_its_folders(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, tmp_path: Path
) -> None:
    folder = tmp_path / "3月"
    (folder / "更正件").mkdir(parents=True)
    shutil.copy(FILES / "乙3月.csv", folder)
    shutil.copy(FILES / "更正件" / "丁快递3月.csv", folder / "更正件")
    shutil.copy(FILES / "丁快递3月.csv", folder)
    (folder / "~$乙3月.csv").write_bytes(b"lock")
    (folder / "manifest.json").write_text("{}")
    drop(tab, [folder])
    settle(qtbot, window)
    names = [str(tab.staging.list.model().index(n, 0).data()) for n in range(3)]
    assert sorted(names) == ["丁快递3月.csv · 3月 有错 1", "丁快递3月.csv · 更正件 可入库", "乙3月.csv 可入库"]


def test_files_dropped_while_others_are_read_lose_none(qtbot: QtBot, window: MainWindow, tab: ImportsTab) -> None:
    drop(tab, [FILES / "甲_202103.xlsx", FILES / "乙3月.csv"])
    drop(tab, [FILES / "己.csv"])
    settle(qtbot, window)
    names = {file.preview.file_name for file in tab.staging.stage.files}
    assert names == {"甲_202103.xlsx", "乙3月.csv", "己.csv"}
    assert tab.staging.commit.isEnabled()


def test_a_whole_disk_dropped_by_mistake_is_refused(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 1):
        (tmp_path / f"{number}.csv").touch()
    with pytest.raises(UserError, match="超过"):
        gather([tmp_path])


def test_what_is_not_readable_says_why_in_one_sentence(put: Callable[..., list[StagedFile]], tab: ImportsTab) -> None:
    put("其实是PDF.csv", "空表.csv")
    mark(tab, "其实是PDF.csv")
    assert "PDF" in tab.staging.preview.unread.words
    assert "请企业发 Excel 或 CSV 表" in tab.staging.preview.unread.words
    mark(tab, "空表.csv")
    assert "没有任何内容" in tab.staging.preview.unread.words
    assert not tab.staging.commit.isEnabled()


def test_a_locked_workbook_opens_with_its_password(
    qtbot: QtBot, window: MainWindow, put: Callable[..., list[StagedFile]], tab: ImportsTab
) -> None:
    put("加密.xlsx")
    unread = tab.staging.preview.unread
    assert unread.password.isVisible()
    assert tab.staging.stage.files[0].word == "要密码"
    unread.password.setText("不是这个")
    press(unread.password, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert "密码不对" in unread.words
    assert unread.password.isVisible()
    unread.password.setText(MANIFEST["password"])
    press(unread.password, Qt.Key.Key_Return)
    settle(qtbot, window)
    file = tab.staging.stage.files[0]
    assert file.preview.plan is not None, "the password opens the workbook"


# ----------------------------------------------------------------------------------------------- looking


def test_the_grid_shows_the_file_as_it_reads(put: Callable[..., list[StagedFile]], tab: ImportsTab) -> None:
    put("丁快递3月.csv")
    preview, grid = tab.staging.preview, tab.staging.preview.grid.grid_model
    assert preview.subtitle == "GB18030 · 逗号分隔 · 第3—4行表头 · 认作：国邮定2.1表（企业月报）"
    assert [row.role.value for row in grid.rows] == list("题注头头数数数数计注")
    heads = [grid.headerData(n, Qt.Orientation.Vertical) for n in (0, 8)]
    assert heads == ["1 题", "9 计"]
    assert grid.meaning(0) == "跳过"
    assert "业务量" in grid.meaning(2)
    assert preview.counts.text().startswith("读入 10 行 = 数据 4 + 表头 2 + 合计 1 + 题注 3")
    assert "异地快递业务量 31,077 件" in preview.totals.text
    assert "填报" in preview.grounds.text or "表题" in preview.grounds.text


def test_wrong_and_rewritten_cells_are_marked_and_an_issue_leads_to_its_cell(
    qtbot: QtBot, put: Callable[..., list[StagedFile]], tab: ImportsTab
) -> None:
    put("丁快递3月.csv")
    grid, issues = tab.staging.preview.grid, tab.staging.issues
    wrong = grid.grid_model.find(9, 2)
    ground = wrong.data(Qt.ItemDataRole.BackgroundRole)
    assert isinstance(ground, QColor)
    assert ground.name() == colours().tone(Tone.BAD)[1].name()
    assert "35,391" in wrong.data(Qt.ItemDataRole.ToolTipRole)
    wide = grid.grid_model.find(6, 2)
    assert wide.data() == "３１,077", "the cell stays as written"
    assert wide.data(Qt.ItemDataRole.ToolTipRole) == "“３１,077”按 31077 读（全角字符）"
    assert tab.staging.preview.changes.text == "1 处换写"
    assert len(issues.issues) == 1
    issues.list.setFocus()
    issues.list.setCurrentIndex(issues.list.model().index(0, 0))
    press(issues.list, Qt.Key.Key_Return)
    assert grid.currentIndex() == wrong


def test_whose_and_which_month_can_be_said(
    qtbot: QtBot, window: MainWindow, put: Callable[..., list[StagedFile]], tab: ImportsTab
) -> None:
    """A file of a company that the register does not have is read anew as the one that the user names."""
    put("无此企业.csv")
    identity = tab.staging.preview.identity
    assert identity.company.text() == "未认出，请选"
    assert not tab.staging.give_back.isEnabled(), "it is not known to whom"
    pick(identity.company, "示例己快递有限公司")
    settle(qtbot, window)
    plan = tab.staging.stage.files[0].preview.plan
    assert plan is not None
    assert plan.enterprise_name == "示例己快递有限公司"
    pick(identity.month, "2021年2月")
    settle(qtbot, window)
    plan = tab.staging.stage.files[0].preview.plan
    assert plan is not None
    assert (str(plan.month), plan.enterprise_name) == ("2021-02", "示例己快递有限公司"), (
        "what was said before stays said"
    )


# ----------------------------------------------------------------------------------------------- storing


def test_warnings_want_a_reason_before_anything_is_stored(
    qtbot: QtBot, window: MainWindow, put: Callable[..., list[StagedFile]], tab: ImportsTab
) -> None:
    put("丙 月报(终).xls")
    assert tab.staging.issues.reason.isVisible()
    assert tab.staging.stage.files[0].word.startswith("待说明")
    assert not tab.staging.commit.isEnabled()
    tab.staging.issues.reason.setPlainText("新开通两条线路，已电话核实")
    assert tab.staging.commit.isEnabled()
    click(tab.staging.commit)
    settle(qtbot, window)
    assert tab.staging.stage.files[0].word == "已入库"
    assert tab.history.table.rows[0].reason == "新开通两条线路，已电话核实"


def test_one_reason_serves_all_that_wait_for_one(
    put: Callable[..., list[StagedFile]], qtbot: QtBot, tab: ImportsTab
) -> None:
    put("丙 月报(终).xls", "庚_零报.xlsx")
    tab.staging.issues.reason.setPlainText("春节错月")
    click(tab.staging.issues.share)
    assert [file.reason for file in tab.staging.stage.files] == ["春节错月", "春节错月"]
    assert len(tab.staging.stage.ready) == 2


def test_ctrl_enter_stores_what_can_be_stored_and_leaves_the_rest(
    qtbot: QtBot, window: MainWindow, put: Callable[..., list[StagedFile]], tab: ImportsTab
) -> None:
    put("乙3月.csv", "丁快递3月.csv", "己.csv")
    window.activateWindow()
    until(qtbot, window.isActiveWindow)
    tab.staging.list.setFocus()
    press(tab.staging.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    words = {file.preview.file_name: file.word for file in tab.staging.stage.files}
    assert words == {"乙3月.csv": "已入库", "丁快递3月.csv": "有错 1", "己.csv": "已入库"}
    assert "已入库 2 件" in window.message.words
    assert tab.staging.list.current is not None
    assert tab.staging.list.current.preview.file_name == "丁快递3月.csv", "what wants something is shown next"


def test_a_second_file_of_the_same_company_is_checked_again_when_its_turn_comes(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, tmp_path: Path
) -> None:
    """Two copies of one file: the second is a duplicate by the time it would be stored."""
    twin = Path(shutil.copy(FILES / "乙3月.csv", tmp_path / "乙3月（副本）.csv"))
    drop(tab, [FILES / "乙3月.csv", twin])
    settle(qtbot, window)
    assert len(tab.staging.stage.ready) == 2
    before = len(tab.history.table.rows)
    click(tab.staging.commit)
    settle(qtbot, window)
    assert [file.word for file in tab.staging.stage.files] == ["已入库", "重复"]
    assert len(tab.history.table.rows) == before + 1


def test_a_file_already_stored_is_a_duplicate(
    qtbot: QtBot, window: MainWindow, put: Callable[..., list[StagedFile]], tab: ImportsTab
) -> None:
    put("乙3月.csv")
    click(tab.staging.commit)
    settle(qtbot, window)
    files = put("乙3月.csv")
    assert files[0].word == "重复"
    assert "已在第" in files[0].preview.issues[0].message
    assert not tab.staging.commit.isEnabled()


def test_a_file_changed_after_the_check_is_read_anew_before_it_is_stored(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, tmp_path: Path
) -> None:
    file = Path(shutil.copy(FILES / "更正件" / "丁快递3月.csv", tmp_path / "丁快递3月.csv"))
    drop(tab, [file])
    settle(qtbot, window)
    assert tab.staging.commit.isEnabled()
    shutil.copy(FILES / "丁快递3月.csv", file)
    before = len(tab.history.table.rows)
    click(tab.staging.commit)
    settle(qtbot, window)
    assert tab.staging.stage.files[0].word == "有错 1"
    assert "1 件没有入库（有错 1）：丁快递3月.csv" in window.message.words
    assert len(tab.history.table.rows) == before


def test_after_storing_the_list_shows_all_that_were_left_out(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, tmp_path: Path
) -> None:
    good = Path(shutil.copy(FILES / "乙3月.csv", tmp_path / "乙3月.csv"))
    bad = Path(shutil.copy(FILES / "更正件" / "丁快递3月.csv", tmp_path / "丁快递3月.csv"))
    drop(tab, [good, bad])
    settle(qtbot, window)
    shutil.copy(FILES / "丁快递3月.csv", bad)
    click(tab.staging.commit)
    settle(qtbot, window)
    assert [file.path for file in tab.staging.list.files] == [bad]
    assert tab.staging.which.key == "left"
    tab.staging.show_left(())
    assert {file.path for file in tab.staging.list.files} == {good, bad}


def test_cancelling_keeps_what_is_stored_and_leaves_the_rest_on_the_table(
    qtbot: QtBot, window: MainWindow, put: Callable[..., list[StagedFile]], tab: ImportsTab
) -> None:
    put("乙3月.csv", "己.csv", "子3月.csv")
    tab.commit_ready()
    tab.staging.progress._stop()
    settle(qtbot, window)
    left = [file for file in tab.staging.stage.files if file.result is None]
    assert left, "the job was told to stop before the last file"
    assert all(file.ready for file in left)
    assert "已取消" in window.message.words
    assert not tab.staging.progress.isVisible()


def test_files_leave_the_list_without_touching_the_ledger(
    qtbot: QtBot, put: Callable[..., list[StagedFile]], tab: ImportsTab, county: Path
) -> None:
    before = fingerprint(county)
    put("乙3月.csv", "己.csv")
    mark(tab, "己.csv")
    tab.staging.list.setFocus()
    press(tab.staging.list, Qt.Key.Key_Delete)
    assert [file.preview.file_name for file in tab.staging.stage.files] == ["乙3月.csv"]
    press(tab.staging.list, Qt.Key.Key_Delete)
    assert tab.staging.zone.isVisible(), "the invitation is back"
    assert fingerprint(county) == before


# ----------------------------------------------------------------------------------------------- sending back, undoing


def test_a_wrong_file_is_sent_back_with_the_reason_that_its_errors_give(
    qtbot: QtBot, window: MainWindow, put: Callable[..., list[StagedFile]], tab: ImportsTab
) -> None:
    put("丁快递3月.csv")
    click(tab.staging.give_back)
    question = tab.staging.question
    assert question.isVisible()
    assert "退回 丁快递3月.csv（示例丁快递有限公司 2021年3月）" in question.title.text()
    assert "分项之和" in question.reason.text()
    question.reason.clear()
    assert not question.yes.isEnabled(), "the company must be told why"
    question.reason.setText("分项之和不等于合计，请核对")
    click(question.yes)
    settle(qtbot, window)
    assert tab.staging.stage.files[0].word == "已退回"
    assert tab.history.table.rows[0].state_label == "已退回"
    assert tab.history.table.rows[0].reason == "分项之和不等于合计，请核对"


def test_esc_leaves_everything_as_it_was(
    qtbot: QtBot, put: Callable[..., list[StagedFile]], tab: ImportsTab, county: Path
) -> None:
    put("丁快递3月.csv")
    before = fingerprint(county)
    tab.ask_return()
    press(tab.staging.question.reason, Qt.Key.Key_Escape)
    assert not tab.staging.question.isVisible()
    assert tab.staging.give_back.isVisible()
    assert fingerprint(county) == before


def test_the_last_storing_is_undone_as_a_whole(
    qtbot: QtBot, window: MainWindow, put: Callable[..., list[StagedFile]], tab: ImportsTab
) -> None:
    put("乙3月.csv", "己.csv")
    click(tab.staging.commit)
    settle(qtbot, window)
    assert tab.staging.undo.text() == "撤销上次入库的 2 件"
    click(tab.staging.undo)
    assert "恢复旧数" in tab.staging.question.detail.text()
    click(tab.staging.question.yes)
    settle(qtbot, window)
    assert [row.state_label for row in tab.history.table.rows[:2]] == ["已撤销", "已撤销"]
    assert [file.word for file in tab.staging.stage.files] == ["可入库", "可入库"], "they can be stored again"
    assert not tab.staging.undo.isEnabled()


def test_the_history_says_what_undoing_does_and_greys_what_is_undone(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab
) -> None:
    click(tab.turn._pills["history"])
    page = tab.history
    page.seek.setText("乙_2021年9月更正")
    assert len(page.table.rows) == 1
    batch = page.table.rows[0].id
    click(page.undo)
    assert f"撤销第 {batch} 号批次" in page.question.title.text()
    assert "示例乙快递2021年9月的 1 行不再计入" in page.question.detail.text()
    page.question.reason.setText("更正有误")
    click(page.question.yes)
    settle(qtbot, window)
    row = page.table.rows[0]
    assert (row.id, row.state_label, row.reason) == (batch, "已撤销", "更正有误")
    colour = page.table.rows_model.index(0, 2).data(Qt.ItemDataRole.ForegroundRole)
    assert colour.name() == colours().colour("muted").name()
    assert not page.undo.isEnabled()


def test_the_history_is_filtered_and_copied(qtbot: QtBot, tab: ImportsTab) -> None:
    tab.show_page("history")
    everything = len(tab.history.table.rows)
    click(tab.history.which._pills["month"])
    assert {row.period for row in tab.history.table.rows} == {"2021-03"}
    assert tab.history.card.subtitle == f"{everything} 批中 {len(tab.history.table.rows)} 批"
    tab.history.table.copy_all()
    assert QGuiApplication.clipboard().text().startswith("批次\t时间\t文件")


def test_what_lay_on_the_table_is_gone_when_another_ledger_is_opened(
    qtbot: QtBot, window: MainWindow, put: Callable[..., list[StagedFile]], tab: ImportsTab
) -> None:
    put("乙3月.csv")
    info, month = window.desk.info, window.desk.month
    window.desk.set_ledger(None)
    assert tab.staging.stage.files == ()
    window.desk.set_ledger(info, month)
    settle(qtbot, window)
    assert tab.staging.zone.isVisible()


def test_a_late_company_on_the_overview_leads_to_an_invitation_for_its_file(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab
) -> None:
    window.desk.go("数据导入", enterprise="6")
    settle(qtbot, window)
    assert tab.staging.zone.title.text() == "把示例己快递有限公司的报表拖到这里"


def test_typing_a_reason_leaves_the_lines_where_they_were_scrolled(
    put: Callable[..., list[StagedFile]], tab: ImportsTab
) -> None:
    put("丙 月报(终).xls")
    bar = tab.staging.preview.grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    before = bar.value()
    assert before > 0
    tab.staging.issues.reason.insertPlainText("春节错月")
    assert bar.value() == before
    assert tab.staging.preview.tag.text == "已说明"


def test_batch_numbers_are_written_in_short() -> None:
    assert runs([108, 106, 107, 111]) == "106—108、111"
    assert runs([5]) == "5"


def test_line_roles_have_words_for_the_tooltip(put: Callable[..., list[StagedFile]], tab: ImportsTab) -> None:
    put("丁快递3月.csv")
    model = tab.staging.preview.grid.grid_model
    totals = next(n for n, row in enumerate(model.rows) if row.role is RowRole.TOTAL)
    tip = model.headerData(totals, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    assert tip == "合计，不入库，只用来核对"
