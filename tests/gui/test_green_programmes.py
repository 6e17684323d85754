"""方案编辑 by typing: this year's programme is on the page and in the monthly report the same day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.models.values import Period
from desktop_app.services.green import green_report
from desktop_app.services.ledger import open_ledger
from desktop_app.services.programmes import programme_book
from desktop_app.services.reports.making import make_report
from desktop_app.storage.files import own_file_of
from desktop_app.views.green.programme_dialog import ProgrammeDialog
from desktop_app.views.green.tab import GreenTab
from tests.gui.county import press
from tests.gui.rural_green import click, empty_county, shown, small_county, write
from tests.gui.test_own_indicators import commit_text
from tests.reporting.reading import whole_text

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return small_county(tmp_path / "ledger.db")


@pytest.fixture
def tab(qtbot: QtBot, county: Path) -> Iterator[GreenTab]:
    with shown(qtbot, GreenTab, county) as made:
        yield made


def opened(qtbot: QtBot, tab: GreenTab) -> ProgrammeDialog:
    tab.programmes.open()
    qtbot.waitUntil(lambda: tab.programmes.dialog is not None, timeout=20_000)
    dialog = tab.programmes.dialog
    assert dialog is not None
    return dialog


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def type_line(dialog: ProgrammeDialog, item: str, value: str = "", clause: str = "") -> None:
    """An item, its target and its clause, Enter: nothing else is touched."""
    edit = dialog.form.item.lineEdit()
    assert edit is not None
    edit.clear()
    commit_text(edit, item)
    if value:
        write(dialog.form.value, value)
    commit_text(dialog.form.clause, clause)
    press(dialog.form.clause, Qt.Key.Key_Return)


def saved(qtbot: QtBot, tab: GreenTab, dialog: ProgrammeDialog) -> None:
    with qtbot.waitSignal(tab.answered, timeout=20_000):
        press(dialog, Qt.Key.Key_S, CTRL)


def type_programme(dialog: ProgrammeDialog) -> None:
    commit_text(dialog.name, "2021年全县绿色包装方案")
    commit_text(dialog.document, "本局2021年绿色包装工作方案")
    type_line(dialog, "瘦身胶带封装比例", "95", "第1条")
    type_line(dialog, "电商快件不再二次包装率", "92", "第2条")
    type_line(dialog, "回收复用瓦楞纸箱数", "20", "第3条")
    edit = dialog.form.item.lineEdit()
    assert edit is not None
    commit_text(edit, "过度包装治理")
    write(dialog.form.checked, "40")
    write(dialog.form.failed, "3")
    press(dialog.form.failed, Qt.Key.Key_Return)
    type_line(dialog, "开展绿色包装进校园宣传", "", "第5条")


def test_a_programme_is_typed_and_stands_on_the_page_and_in_the_report(
    qtbot: QtBot, tab: GreenTab, county: Path
) -> None:
    dialog = opened(qtbot, tab)
    assert dialog.year.text() == "2021"
    type_programme(dialog)
    assert [line.name for line in dialog.table.rows][-1] == "开展绿色包装进校园宣传"
    saved(qtbot, tab, dialog)
    assert dialog.message.text().startswith("已保存")
    assert tab.chooser.key == "OWN-2021-1"
    lines = {line.name: line for line in tab.lines.rows}
    assert (lines["瘦身胶带封装比例"].target_text, lines["瘦身胶带封装比例"].clause) == ("≥95%", "第1条")
    assert lines["电商快件不再二次包装率"].state_text == "未达"
    assert lines["回收复用瓦楞纸箱数"].target_text == "≥20万个"
    campaign = lines["过度包装治理"]
    assert (campaign.value_text, campaign.state_text) == ("查40家次", "不合格 3家次")
    assert campaign.note == "2021年一季度检查 40家次（录了 1 个月），不合格 3家次"
    assert lines["开展绿色包装进校园宣传"].target_text == "完成"
    with closing(open_ledger(str(county))) as ledger:
        report = green_report(ledger, Period.parse("2021-03"))
        assert report.programme_name == "2021年全县绿色包装方案", "the report prints it the same day"


def test_changing_needs_a_reason_and_can_be_taken_back(qtbot: QtBot, tab: GreenTab, county: Path) -> None:
    dialog = opened(qtbot, tab)
    type_programme(dialog)
    saved(qtbot, tab, dialog)
    dialog.table.select_row(0)
    dialog.form.value.setText("97")
    press(dialog.form.value, Qt.Key.Key_Return)
    press(dialog, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: "原因" in dialog.message.text(), timeout=20_000)
    assert dialog.table.rows[0].value == "97", "nothing typed is lost"
    commit_text(dialog.reason, "市局来文调高")
    saved(qtbot, tab, dialog)
    assert tab.lines.rows[0].target_text == "≥97%"
    click(dialog.undo)
    commit_text(dialog.ask.reason, "调错了")
    with qtbot.waitSignal(tab.answered, timeout=20_000):
        click(dialog.ask.yes)
    assert tab.lines.rows[0].target_text == "≥95%"
    with closing(open_ledger(str(county))) as ledger:
        history = programme_book(ledger).history
    assert [(what, reason) for _, _, _, what, reason in history] == [
        ("撤销上次改动", "调错了"),
        ("改正", "市局来文调高"),
        ("新增", ""),
    ]


def test_a_slip_is_told_with_its_line_and_nothing_is_stored(qtbot: QtBot, tab: GreenTab, county: Path) -> None:
    dialog = opened(qtbot, tab)
    commit_text(dialog.name, "方案")
    commit_text(dialog.document, "文件")
    type_line(dialog, "瘦身胶带封装比例", "950")
    press(dialog, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: "超过 100%" in dialog.message.text(), timeout=20_000)
    assert dialog.message.text().startswith("第1行瘦身胶带封装比例：950% 超过 100%")
    assert not own_file_of(county).exists()


def test_a_shipped_programme_is_copied_not_changed(qtbot: QtBot, tab: GreenTab) -> None:
    dialog = opened(qtbot, tab)
    dialog.programmes.select_where(lambda row: row.code == "9792")
    assert not dialog.save.isVisible()
    assert len(dialog.table.rows) == 4
    click(dialog.copy)
    assert dialog.name.text() == "“9792”工程（蛟河市）"
    saved(qtbot, tab, dialog)
    assert tab.chooser.key == "OWN-2020-1"
    assert tab.lines.rows[3].target_text == "新增≥2万个"


def test_a_ban_is_answered_with_its_evidence(qtbot: QtBot, tab: GreenTab) -> None:
    dialog = opened(qtbot, tab)
    commit_text(dialog.name, "禁塑方案")
    commit_text(dialog.document, "本局禁塑方案")
    edit = dialog.form.item.lineEdit()
    assert edit is not None
    commit_text(edit, "禁用不可降解塑料袋和一次性编织袋")
    assert dialog.form.ban.isVisibleTo(dialog)
    dialog.form.done.setCurrentText("是")
    press(dialog, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: "还要写依据" in dialog.message.text(), timeout=20_000)
    commit_text(dialog.form.evidence, "3月12日抽查8个网点，均未使用")
    saved(qtbot, tab, dialog)
    line = tab.lines.rows[0]
    assert (line.value_text, line.met, line.note) == ("是", True, "依据：3月12日抽查8个网点，均未使用")


def test_in_a_fresh_ledger_the_year_s_programme_is_added_and_printed_before_any_figure(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with shown(qtbot, GreenTab, empty_county(tmp_path / "empty.db")) as tab:
        click(tab._empty._also)
        qtbot.waitUntil(lambda: tab.programmes.dialog is not None, timeout=20_000)
        dialog = tab.programmes.dialog
        assert dialog is not None
        type_programme(dialog)
        saved(qtbot, tab, dialog)
        assert not tab._empty.isVisibleTo(tab), "the board stands as soon as there is a programme"
        assert next(line.name for line in tab.lines.rows) == "瘦身胶带封装比例"
        assert {row.state_text for row in tab.lines.rows if row.indicator} == {"未报"}
    file = tmp_path / "监测表.pdf"
    with closing(open_ledger(str(tmp_path / "empty.db"))) as ledger:
        make_report(ledger, "green-watch", Period.parse("2021-03"), "pdf", "internal", file, proof=True)
    assert "2021年全县绿色包装方案" in whole_text(file), "it is printed the same day"
