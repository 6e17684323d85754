"""网点名录 in the window: named as what it is, asked for a company only where none stands in it, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.views.imports.tab import ImportsTab
from desktop_app.views.main_window import MainWindow
from tests.gui.county import click, drop, imports, open_window, settle

HEAD = "备案编号,网点名称,网点类型,企业名称,乡镇,绿色网点,回收装置,格口数\n"
ROWS = "0220281900001,示例甲快递新店,末端网点,示例甲快递,白石山镇,是,,\n,镇上的快件箱,快件箱组,,白石山镇,不适用,无,84\n"


@pytest.fixture
def window(qtbot: QtBot, county: Path) -> MainWindow:
    return open_window(qtbot, county, "数据导入")


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow) -> ImportsTab:
    return imports(qtbot, window)


def put(qtbot: QtBot, window: MainWindow, tab: ImportsTab, folder: Path, text: str) -> None:
    path = folder / "一.csv"
    path.write_text(text, encoding="utf-8")
    drop(tab, [path])
    settle(qtbot, window)
    tab.staging.list.mark(path)


def test_the_preview_says_what_it_is_and_why(qtbot: QtBot, window: MainWindow, tab: ImportsTab, tmp_path: Path) -> None:
    put(qtbot, window, tab, tmp_path, HEAD + ROWS)
    preview = tab.staging.preview
    assert "认作：网点名录" in preview.subtitle
    for word in (
        "种类：网点名录",
        "企业：由“企业名称”列",
        "月份：网点名录不分月份",
        "地区：由“乡镇”列",
        "单位：格口数按个",
    ):
        assert word in preview.grounds.text
    assert "网点" in preview.totals.text
    assert "2 个" in preview.totals.text
    row = preview.identity
    assert not any(box.isVisible() for box in (row.company, row.month, row.status))


def test_a_list_that_names_no_company_is_asked_whose_it_is(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, tmp_path: Path
) -> None:
    put(qtbot, window, tab, tmp_path, "网点名称,网点类型,备案编号\n新店,末端网点,0220281900001\n")
    row = tab.staging.preview.identity
    assert row.company.isVisible()
    row.company.chosen.emit("示例乙快递")
    settle(qtbot, window)
    (file,) = tab.staging.stage.files
    assert file.ready, file.preview.issues
    assert file.preview.plan is not None
    assert file.preview.plan.enterprise_name == "示例乙快递有限公司"


def test_history_and_undo_name_the_list(qtbot: QtBot, window: MainWindow, tab: ImportsTab, tmp_path: Path) -> None:
    put(qtbot, window, tab, tmp_path, HEAD + ROWS)
    click(tab.staging.commit)
    settle(qtbot, window)
    tab.show_page("history")
    page = tab.history
    assert (page.table.rows[0].kind_label, page.table.rows[0].accepted) == ("网点名录", 2)
    page.seek.setText("一.csv")
    assert len(page.table.rows) == 1
    click(page.undo)
    assert "网点名录的 2 行" in page.question.detail.text()
    click(page.question.yes)
    settle(qtbot, window)
    assert page.table.rows[0].state_label == "已撤销"
