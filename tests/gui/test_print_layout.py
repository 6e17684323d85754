"""栏目 and 公文格式 in the window: order, own paragraphs, undo and reset; red head, number, 落款."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.models.values import Month
from desktop_app.views.main_window import MainWindow
from desktop_app.views.printing.layout_dialog import LayoutDialog
from desktop_app.views.printing.tab import PrintingTab
from tests.gui.county import click, open_window, printing, settle


@pytest.fixture
def window(qtbot: QtBot, county: Path) -> MainWindow:
    return open_window(qtbot, county, "报表打印")


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow) -> PrintingTab:
    return printing(qtbot, window)


def printed(tab: PrintingTab) -> str:
    assert tab.proof is not None
    book = tab.proof.book
    return "".join(book.text(page) for page in range(book.pages)).replace("\r", "").replace("\n", "")


def opened(qtbot: QtBot, window: MainWindow, tab: PrintingTab) -> LayoutDialog:
    click(tab.side.sections)
    settle(qtbot, window)
    dialog = tab.sets.layout_dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def test_sections_are_arranged_saved_and_hold_for_other_months(
    qtbot: QtBot, window: MainWindow, tab: PrintingTab
) -> None:
    dialog = opened(qtbot, window, tab)
    names = [row.name for row in dialog.rows]
    assert names == ["市场运行", "快递进村", "绿色包装", "服务质量", "报送情况", "存在问题", "下月重点"]
    dialog.mark("绿色包装")
    click(dialog.up)
    click(dialog.up)
    assert dialog.rows[0].name == "绿色包装"
    assert not dialog.up.isEnabled()
    dialog.list.item(4).setCheckState(Qt.CheckState.Unchecked)
    dialog.mark("市场运行")
    click(dialog.add)
    dialog.name.setText("下月工作重点")
    dialog.name.textEdited.emit("下月工作重点")
    dialog.text.setPlainText("抓好旺季保障。")
    click(dialog.save)
    settle(qtbot, window)
    assert tab.sets.layout_dialog is None, "saved and closed"
    text = printed(tab)
    order = [text.index(words) for words in ("一、绿色包装", "二、市场运行", "三、下月工作重点", "四、快递进村")]
    assert order == sorted(order)
    assert "报送情况" not in text
    window.desk.set_month(Month(2021, 2))
    settle(qtbot, window)
    assert "抓好旺季保障。" in printed(tab)

    dialog = opened(qtbot, window, tab)
    click(dialog.shipped_button)
    click(dialog.save)
    settle(qtbot, window)
    assert "一、市场运行" in printed(tab)
    assert "旺季保障" not in printed(tab)


def test_steps_are_undone_and_done_again(qtbot: QtBot, window: MainWindow, tab: PrintingTab) -> None:
    dialog = opened(qtbot, window, tab)
    shipped = dialog.rows
    click(dialog.down)
    dialog.text.setPlainText("一")
    dialog.text.setPlainText("一二")
    assert dialog.rows[1].text == "一二"
    dialog.undo()
    assert dialog.rows[1].text == "", "typing is one step"
    dialog.undo()
    assert dialog.rows == shipped
    assert not dialog.undo_button.isEnabled()
    dialog.redo()
    dialog.redo()
    assert dialog.rows[1].text == "一二"
    assert dialog.rows[1].name == "市场运行"


def test_what_cannot_be_saved_is_told_in_the_dialog(qtbot: QtBot, window: MainWindow, tab: PrintingTab) -> None:
    dialog = opened(qtbot, window, tab)
    for number in range(dialog.list.count()):
        dialog.list.item(number).setCheckState(Qt.CheckState.Unchecked)
    click(dialog.save)
    settle(qtbot, window)
    assert dialog.isVisible()
    assert "没有留下可印的栏目" in dialog.told.text()
    dialog.reject()


def test_the_official_form_is_set_numbered_and_printed(qtbot: QtBot, window: MainWindow, tab: PrintingTab) -> None:
    click(tab.side.official)
    settle(qtbot, window)
    dialog = tab.sets.form_dialog
    assert dialog is not None
    assert not dialog.organ.isEnabled()
    dialog.red_head.setChecked(True)
    dialog.organ.setText("示例市邮政管理局文件")
    dialog.template.setText("示邮管〔2021〕{号}号")
    dialog.template.editingFinished.emit()
    settle(qtbot, window)
    click(dialog.take)
    assert dialog.number.text() == "示邮管〔2021〕1号"
    click(dialog.foot._pills["closing"])
    click(dialog.save)
    settle(qtbot, window)
    assert dialog.isVisible()
    assert "落款要写署名的机关" in dialog.told.text()
    dialog.signatory.setText("示例市邮政管理局")
    dialog.annexes.setPlainText("企业名单")
    click(dialog.save)
    settle(qtbot, window)
    assert tab.sets.form_dialog is None
    text = printed(tab)
    assert text.index("示例市邮政管理局文件") < text.index("示邮管〔2021〕1号") < text.index("运行情况")
    assert "附件：企业名单" in text
    assert "单位负责人" not in text
