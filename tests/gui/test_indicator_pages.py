"""The pages of 行业指标 as their user meets them: the real window on the demo county, March 2021."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.services import ledger
from desktop_app.services.results.pivot import LineKind
from desktop_app.views.indicators.compare_page import ComparePage
from desktop_app.views.indicators.daily_page import DailyPage
from desktop_app.views.indicators.pages import DATA, SubPage
from desktop_app.views.indicators.pivot_page import PivotPage
from desktop_app.views.indicators.rank_page import RankPage
from desktop_app.views.indicators.tab import IndicatorsTab
from desktop_app.views.main_window import MainWindow
from tests.gui.county import click, copy_county, indicators, open_window, press, settle, type_in, until

P = TypeVar("P", bound=SubPage)


@pytest.fixture
def window(qtbot: QtBot, county: Path) -> MainWindow:
    return open_window(qtbot, county, "行业指标")


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow) -> IndicatorsTab:
    return indicators(qtbot, window)


def turn(qtbot: QtBot, window: MainWindow, tab: IndicatorsTab, kind: type[P]) -> P:
    """Click the page's name."""
    click(tab.pages.choice._pills[kind.key])
    settle(qtbot, window)
    page = tab.pages.current
    assert isinstance(page, kind)
    return page


def pick(qtbot: QtBot, window: MainWindow, page: SubPage, choice: str, key: str) -> None:
    """Press a pill of a page."""
    click(getattr(page, choice)._pills[key])
    settle(qtbot, window)


# ----------------------------------------------------------------------------------------------- pivot


def test_the_pivot_shows_total_companies_and_who_is_lacking(
    qtbot: QtBot, window: MainWindow, tab: IndicatorsTab
) -> None:
    page = turn(qtbot, window, tab, PivotPage)
    names = [line.name for line in page.table.rows]
    assert names[:3] == ["合计", "未报、退回", "示例甲快递"]
    heads = [column.head for column in page.table.rows_model.columns]
    assert (heads[1], heads[-2], heads[-1]) == ("20年4月", "3月", "全期")
    assert page.table.rows[0].cells[11].text == "62.84"
    assert page.table.rows[1].cells[11].text == "2家未报"
    assert page.chart.spec is not None
    assert page.chart.spec.title == "快递业务量"


def test_shares_and_parts_and_another_indicator_by_its_initials(
    qtbot: QtBot, window: MainWindow, tab: IndicatorsTab
) -> None:
    page = turn(qtbot, window, tab, PivotPage)
    pick(qtbot, window, page, "axis", "part")
    pick(qtbot, window, page, "measure", "share")
    assert [line.cells[11].text for line in page.table.rows if line.kind is LineKind.ROW] == ["12.1", "87.8", "0.1"]
    line = page.indicator.lineEdit()
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    type_in(line, "mkt.rev")
    press(line, Qt.Key.Key_Return)
    popup = page.indicator.completer()
    assert popup is not None
    popup.popup().hide()
    press(line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert page.indicator.code == "MKT.REV"
    assert page.card.title == "快递业务收入"


def test_the_pivot_is_copied_as_text_and_as_a_table_and_exported(
    qtbot: QtBot, window: MainWindow, tab: IndicatorsTab, tmp_path: Path
) -> None:
    page = turn(qtbot, window, tab, PivotPage)
    page.copy_sheet()
    mime = QGuiApplication.clipboard().mimeData()
    lines = mime.text().splitlines()
    assert lines[0].split("\t")[0] == "企业"
    assert lines[1].split("\t")[12] == "62.84"
    assert "<th>企业</th>" in mime.html()
    assert '<td align="right">62.84</td>' in mime.html()
    page.export(tmp_path / "透视.xlsx")
    settle(qtbot, window)
    sheet = load_workbook(tmp_path / "透视.xlsx").active
    assert sheet is not None
    assert (sheet.cell(1, 1).value, sheet.cell(4, 13).value) == ("快递业务量透视", 62.84)
    assert "单位：万件" in str(sheet.cell(2, 1).value)


def test_a_line_leads_to_the_figures_of_its_company(qtbot: QtBot, window: MainWindow, tab: IndicatorsTab) -> None:
    page = turn(qtbot, window, tab, PivotPage)
    page.table.select_row(3)
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert tab.pages.choice.key == DATA
    assert tab.company.text() == "示例乙快递"


def test_towns_without_figures_say_what_is_lacking(qtbot: QtBot, window: MainWindow, tab: IndicatorsTab) -> None:
    page = turn(qtbot, window, tab, PivotPage)
    pick(qtbot, window, page, "axis", "town")
    assert [line.kind for line in page.table.rows] == [LineKind.TOTAL, LineKind.NOTE]
    assert "没有按乡镇（街道）的快递业务量" in page.notes.text()


# ----------------------------------------------------------------------------------------------- comparison, ranking


def test_indicators_are_compared_on_one_base(qtbot: QtBot, window: MainWindow, tab: IndicatorsTab) -> None:
    page = turn(qtbot, window, tab, ComparePage)
    assert page.chart.spec is not None
    assert [series.name for series in page.chart.spec.series] == ["业务量", "业务收入"]
    assert page.table.rows[-1].cells[0].text == "100.0"
    assert page.base.text() == "2020年1月"
    pick(qtbot, window, page, "view", "value")
    assert "单位不同" in page.chart.empty_words
    assert page.table.rows[0].cells[1].text == "879.10"
    pick(qtbot, window, page, "view", "yoy")
    page.chart.copy_numbers()
    assert QGuiApplication.clipboard().text().splitlines()[-2].split("\t")[1:] == ["18.6", "10.4"]
    page.chart.copy_picture()
    assert not QGuiApplication.clipboard().pixmap().isNull()


def test_who_is_lacking_goes_with_what_is_copied_exported_and_pictured(
    qtbot: QtBot, window: MainWindow, tab: IndicatorsTab, tmp_path: Path
) -> None:
    page = turn(qtbot, window, tab, ComparePage)
    told = "快递业务量：2021年3月 12 家中 2 家未报，不作 0 计"
    assert told in page.notes.text()
    page.copy_sheet()
    mime = QGuiApplication.clipboard().mimeData()
    assert f"注：{told}" in mime.text().splitlines()
    assert f'<td colspan="3">注：{told}</td>' in mime.html()
    page.export(tmp_path / "对比.xlsx")
    settle(qtbot, window)
    sheet = load_workbook(tmp_path / "对比.xlsx").active
    assert sheet is not None
    assert f"注：{told}" in [row[0] for row in sheet.iter_rows(max_col=1, values_only=True)]
    page.chart.copy_numbers()
    assert told in QGuiApplication.clipboard().text()
    assert "<table" in QGuiApplication.clipboard().mimeData().html()
    assert page.chart.picture().height() > page.chart.grab().height() + 10


def test_the_ranking_shows_places_won_and_lost(qtbot: QtBot, window: MainWindow, tab: IndicatorsTab) -> None:
    page = turn(qtbot, window, tab, RankPage)
    columns = {column.head: column for column in page.table.rows_model.columns}
    third = page.table.rows[2]
    assert [columns[head].text(third) for head in ("名次", "企业", "上期名次", "比上期")] == [
        "3",
        "示例丙快递",
        "4",
        "↑1",
    ]
    assert columns["名次"].text(page.table.rows[-1]) == "—"
    assert "2 家未报或退回" in page.notes.text()
    pick(qtbot, window, page, "span", "ytd")
    assert page.card.subtitle.startswith("2021年一季度")


def test_pages_are_turned_by_the_keyboard(qtbot: QtBot, window: MainWindow, tab: IndicatorsTab) -> None:
    window.activateWindow()
    tab.table.setFocus()
    press(tab.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert tab.pages.choice.key == "pivot"


# ----------------------------------------------------------------------------------------------- peak season


@pytest.fixture
def own(qtbot: QtBot, county: Path, tmp_path: Path) -> MainWindow:
    return open_window(qtbot, copy_county(county, tmp_path / "own"), "行业指标")


def choose_company(qtbot: QtBot, window: MainWindow, page: DailyPage, number: int) -> None:
    page.company._choose(page.company._options[number][0])
    settle(qtbot, window)


def test_days_are_typed_saved_corrected_with_a_reason_and_taken_back(qtbot: QtBot, own: MainWindow) -> None:
    page = turn(qtbot, own, indicators(qtbot, own), DailyPage)
    assert "还没有日报" in page.state.text()
    assert "还没有日报" in page.chart.empty_words
    choose_company(qtbot, own, page, 1)
    page.grid.setCurrentIndex(page.model.index(1, 2))
    page.grid.setFocus()
    for text in ("1200", "1300"):
        QTest.keyClicks(page.grid, text[0])
        editor = page.grid.findChild(QLineEdit)
        assert editor is not None
        QTest.keyClicks(editor, text[1:])
        QTest.keyClick(editor, Qt.Key.Key_Return)
        until(qtbot, lambda: page.grid.findChild(QLineEdit) is None)
    assert page.model.text(1, 2) == "1200"
    assert page.model.text(2, 2) == "1300"
    assert page.grid.currentIndex().row() == 3, "Enter goes down"
    click(page.save)
    settle(qtbot, own)
    assert page.model.text(1, 2) == "1,200"
    assert page.model.rows[0].cells[0].text == "2,500"
    page.model.put([(1, 2, "1250")])
    click(page.save)
    assert page.question_bar.isVisible()
    assert not page.question_bar.yes.isEnabled(), "a correction wants a reason"
    page.question_bar.reason.setText("企业更正")
    click(page.question_bar.yes)
    settle(qtbot, own)
    assert page.model.text(1, 2) == "1,250"
    click(page.undo)
    click(page.question_bar.yes)
    settle(qtbot, own)
    assert page.model.text(1, 2) == "1,200"


def test_a_block_is_pasted_checked_while_typing_and_undone(qtbot: QtBot, own: MainWindow) -> None:
    page = turn(qtbot, own, indicators(qtbot, own), DailyPage)
    choose_company(qtbot, own, page, 1)
    page.grid.setCurrentIndex(page.model.index(11, 2))
    page.grid.setFocus()
    QGuiApplication.clipboard().setText("6,300\t7000\t6650\n十\t1\t1")
    press(page.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.model.text(11, 4) == "6650"
    assert "11月12日收寄量：“十”不是整件数" in page.state.text()
    assert not page.save.isEnabled()
    press(page.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.model.drafts == {}
    press(page.grid, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    page.grid.setCurrentIndex(page.model.index(12, 2))
    press(page.grid, Qt.Key.Key_Delete)
    assert page.save.isEnabled()
    choose_company(qtbot, own, page, 2)
    assert page.board is not None
    assert page.board.company == "示例甲快递", "what is not saved is not left behind"


def test_a_file_of_days_is_imported_after_a_question(qtbot: QtBot, own: MainWindow, tmp_path: Path) -> None:
    page = turn(qtbot, own, indicators(qtbot, own), DailyPage)
    path = tmp_path / "日报.csv"
    path.write_text(
        "日期,企业,收寄量,应投量,妥投量\n2020-11-11,示例甲快递,60000,1000,955\n2020-11-12,示例乙快递,3,4,4\n",
        encoding="utf-8",
    )
    page.read(path)
    settle(qtbot, own)
    assert page.question_bar.title.text() == "日报.csv：2 家企业，新录 6 个数"
    click(page.question_bar.yes)
    settle(qtbot, own)
    assert page.model.text(11, 2) == "60,000"
    assert page.model.text(11, 8) == "11 家未报"
    assert page.kpis.cards[4].figure.text() == "95.5%"
    page.copy_sheet()
    assert QGuiApplication.clipboard().text().splitlines()[12].split("\t")[:3] == ["11月11日", "周三", "60000"]


# ----------------------------------------------------------------------------------------------- edges


def test_every_page_of_an_empty_ledger_says_why_it_is_empty(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    ledger.create(path, "220281", "蛟河市").close()
    window = open_window(qtbot, path, "行业指标")
    tab = indicators(qtbot, window)
    assert "台账里没有企业" in turn(qtbot, window, tab, PivotPage).empty.words
    assert "没有这些指标的数据" in turn(qtbot, window, tab, ComparePage).chart.empty_words
    rank = turn(qtbot, window, tab, RankPage)
    assert "台账里没有企业" in rank.empty.words
    assert "台账里没有企业" in rank.chart.empty_words
    daily = turn(qtbot, window, tab, DailyPage)
    assert "请先导入企业名录" in daily.state.text()
    assert daily.sheet() is None
