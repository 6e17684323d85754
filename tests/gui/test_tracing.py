"""此数从何来 from every tab: key, context menu, click; the dialog, the original file, the way back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.services.results.tracing import StoredPlace
from desktop_app.views.green.matrix import FROZEN
from desktop_app.views.green.tab import GreenTab
from desktop_app.views.main_window import MainWindow
from desktop_app.views.provenance.dialog import OTHERS, SILENT, TraceDialog
from desktop_app.views.rural.tab import RuralTab
from desktop_app.views.targets.tab import TargetsTab
from tests.gui.county import click, imports, indicators, overview, press, printing, settle, turn_to, until


def traced(qtbot: QtBot, window: MainWindow) -> TraceDialog:
    """The dialog after what was asked for has come."""
    settle(qtbot, window)
    dialog = window.tracer.dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def f7(qtbot: QtBot, window: MainWindow, widget: QWidget) -> None:
    """Press the key where the focus is; a dialog from before is closed, as Esc does."""
    if window.tracer.dialog is not None:
        press(window.tracer.dialog, Qt.Key.Key_Escape)
    window.activateWindow()
    until(qtbot, lambda: QApplication.activeWindow() is window)
    widget.setFocus()
    press(widget, Qt.Key.Key_F7)


def menu_words(widget: QWidget, at: QPoint) -> list[str]:
    """Entries of a table's context menu."""
    widget.customContextMenuRequested.emit(at)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions()]
    menu.close()
    return words


# ----------------------------------------------------------------------------------------------- 总览


def test_a_key_figure_leads_to_its_rows(qtbot: QtBot, window: MainWindow) -> None:
    tab = overview(qtbot, window)
    click(tab.kpis.cards[0].source)
    dialog = traced(qtbot, window)
    assert (dialog.title.text(), dialog.figure.text()) == ("2021年3月 快递业务量", "62.84万件")
    assert dict(dialog.lines)["报送"].startswith("12 家中 10 家已报")
    assert window.strip.tabText(window.strip.currentIndex()).startswith("总览")  # the card's own click leads on


def test_f7_on_a_card_and_on_a_company(qtbot: QtBot, window: MainWindow) -> None:
    tab = overview(qtbot, window)
    f7(qtbot, window, tab.kpis.cards[2])
    assert traced(qtbot, window).title.text() == "2021年3月 建制村快递服务通达率"
    tab.duties.select_where(lambda row: row.enterprise == "示例乙快递")
    f7(qtbot, window, tab.duties)
    dialog = traced(qtbot, window)
    assert (dialog.title.text(), dialog.figure.text()) == ("2021年3月 示例乙快递 快递业务量", "12.19万件")


def test_unreported_says_who_has_not_reported(qtbot: QtBot, window: MainWindow) -> None:
    tab = overview(qtbot, window)
    tab.duties.select_where(lambda row: row.state == "未报")
    f7(qtbot, window, tab.duties)
    dialog = traced(qtbot, window)
    assert dialog.figure.text() == "未报"
    assert dialog.views.key == SILENT
    assert [row.why for row in dialog.lacking.rows] == ["还没有报"]


def test_a_point_of_the_chart_is_a_figure_too(qtbot: QtBot, window: MainWindow) -> None:
    tab = overview(qtbot, window)
    tab.chart.setFocus()
    press(tab.chart, Qt.Key.Key_Left)
    press(tab.chart, Qt.Key.Key_Left)
    press(tab.chart, Qt.Key.Key_F7)
    assert traced(qtbot, window).title.text() == "2021年2月 快递业务量"


def test_without_a_figure_the_key_says_what_to_do(qtbot: QtBot, window: MainWindow) -> None:
    overview(qtbot, window)
    f7(qtbot, window, window.strip)
    settle(qtbot, window)
    assert "F7" in window.message.words
    assert window.tracer.dialog is None


# ----------------------------------------------------------------------------------------------- 行业指标


def test_each_column_of_the_table_is_its_own_figure(qtbot: QtBot, window: MainWindow) -> None:
    tab = indicators(qtbot, window)
    model = tab.table.rows_model
    heads = [column.head for column in model.columns]
    wanted = {
        "本月": ("2021年3月 快递业务量", "62.84万件"),
        "同比%": ("2021年3月 快递业务量 同比", "+18.6%"),
        "累计": ("2021年一季度 快递业务量", "165.79万件"),
        "累计同比%": ("2021年一季度 快递业务量 同比", "+26.8%"),
    }
    for head, shown in wanted.items():
        tab.table.setCurrentIndex(model.index(0, heads.index(head)))
        f7(qtbot, window, tab.table)
        dialog = traced(qtbot, window)
        assert (dialog.title.text(), dialog.figure.text()) == shown


def test_the_context_menu_offers_it(qtbot: QtBot, window: MainWindow) -> None:
    tab = indicators(qtbot, window)
    at = tab.table.visualRect(tab.table.rows_model.index(0, 2)).center()
    assert "此数从何来\tF7" in menu_words(tab.table, at)


# ----------------------------------------------------------------------------------------------- 快递进村


def test_a_cell_of_the_heat_map_lists_the_villages_of_town_and_brand(qtbot: QtBot, window: MainWindow) -> None:
    tab = turn_to(qtbot, window, "快递进村")
    assert isinstance(tab, RuralTab)
    tab.heat.select_where(lambda row: row.name == "天岗镇")
    row = tab.heat.currentIndex().row()
    tab.heat.setCurrentIndex(tab.heat.rows_model.index(row, 2))
    f7(qtbot, window, tab.heat)
    dialog = traced(qtbot, window)
    assert dialog.title.text() == "2021年3月 天岗镇 示例甲 建制村快递服务通达率"
    assert dict(dialog.lines)["代入"] == "17 ÷ 21 × 100 = 81.0%"
    assert len(dialog.lacking.rows) == 4


def test_the_rate_of_the_county_by_the_chosen_definition_and_beside_the_others(
    qtbot: QtBot, window: MainWindow
) -> None:
    tab = turn_to(qtbot, window, "快递进村")
    assert isinstance(tab, RuralTab)
    tab.define("3")
    settle(qtbot, window)
    tab.heat.setCurrentIndex(tab.heat.rows_model.index(0, len(tab.heat.rows_model.columns) - 1))
    f7(qtbot, window, tab.heat)
    dialog = traced(qtbot, window)
    assert dialog.figure.text() == "78.5%"
    dialog.views.set_key(OTHERS)
    dialog._turn()
    assert dialog.definitions.isVisible()
    assert [(line.name, line.text) for line in dialog.definitions.rows if line.used] == [
        ("至少 3 个主要品牌通达", "78.5%")
    ]
    assert len(dialog.definitions.rows) == 5


def test_a_village_of_the_list_shows_its_records(qtbot: QtBot, window: MainWindow) -> None:
    tab = turn_to(qtbot, window, "快递进村")
    assert isinstance(tab, RuralTab)
    tab.panel.gaps.select_row(0)
    village = tab.panel.gaps.rows[0].name
    f7(qtbot, window, tab.panel.gaps)
    dialog = traced(qtbot, window)
    assert village in dialog.title.text()
    assert [row.who for row in dialog.lacking.rows] == [f"{tab.panel.gaps.rows[0].town} {village}"]


# ----------------------------------------------------------------------------------------------- 绿色包装


def test_a_company_s_cell_shows_its_numerator_and_denominator(qtbot: QtBot, window: MainWindow) -> None:
    tab = turn_to(qtbot, window, "绿色包装")
    assert isinstance(tab, GreenTab)
    number = next(n for n, row in enumerate(tab.matrix.rows) if row.indicator == "GRN.NOREPACK")
    tab.matrix.setCurrentIndex(tab.matrix.rows_model.index(number, FROZEN))
    settle(qtbot, window)
    press(tab.matrix, Qt.Key.Key_Return)
    dialog = traced(qtbot, window)
    assert dialog.title.text() == "2021年3月 示例甲快递 电商快件不再二次包装率"
    assert dialog.tree.open_at("电商快件不再二次包装率", "电商快件总数")
    node = dialog.tree.current
    assert node is not None
    assert node.place is not None
    assert node.place.file == "绿色包装_2021年3月.csv"


def test_a_line_of_the_programme_is_the_county_s_figure(qtbot: QtBot, window: MainWindow) -> None:
    tab = turn_to(qtbot, window, "绿色包装")
    assert isinstance(tab, GreenTab)
    tab.lines.select_where(lambda line: line.indicator == "GRN.BAG")
    settle(qtbot, window)
    f7(qtbot, window, tab.lines)
    assert traced(qtbot, window).figure.text() == "92.9%"


def test_a_company_s_profile_leads_to_its_rates_and_the_county_s(qtbot: QtBot, window: MainWindow) -> None:
    tab = turn_to(qtbot, window, "绿色包装")
    assert isinstance(tab, GreenTab)
    tab.companies.open("示例甲快递")
    until(qtbot, lambda: tab.companies.dialog is not None)
    profile = tab.companies.dialog
    assert profile is not None
    row = next(n for n, row in enumerate(profile.table.rows) if row.indicator == "GRN.NOREPACK")
    own = profile.table.rows[row].text
    for head, title in (
        ("本企业", "2021年3月 示例甲快递 电商快件不再二次包装率"),
        ("全县", "2021年3月 电商快件不再二次包装率"),
    ):
        column = [each.head for each in profile.table.rows_model.columns].index(head)
        profile.activateWindow()
        until(qtbot, lambda: QApplication.activeWindow() is profile)
        profile.table.setFocus()
        profile.table.setCurrentIndex(profile.table.rows_model.index(row, column))
        press(profile.table, Qt.Key.Key_F7)
        dialog = traced(qtbot, window)
        assert (dialog.title.text(), dialog.figure.text()) == (title, f"{own}%" if head == "本企业" else "90.8%")
        assert QApplication.activeModalWidget() is None, "both can be read side by side"
        press(dialog, Qt.Key.Key_Escape)
    assert "此数从何来" in "".join(
        menu_words(profile.table, profile.table.visualRect(profile.table.currentIndex()).center())
    )
    window.desk.announce_change()
    until(qtbot, lambda: tab.companies.dialog is None)


# ----------------------------------------------------------------------------------------------- 目标任务


def test_what_stands_against_a_target(qtbot: QtBot, window: MainWindow) -> None:
    tab = turn_to(qtbot, window, "目标任务")
    assert isinstance(tab, TargetsTab)
    tab.table.select_where(lambda row: row.indicator == "GRN.NOREPACK")
    click(tab.source)
    dialog = traced(qtbot, window)
    assert (dialog.title.text(), dialog.figure.text()) == ("2021年3月 电商快件不再二次包装率", "90.8%")


# ----------------------------------------------------------------------------------------------- 数据导入


def test_a_figure_of_a_correction_in_the_history(qtbot: QtBot, window: MainWindow) -> None:
    tab = imports(qtbot, window)
    window.desk.go("数据导入", batch="16")
    settle(qtbot, window)
    tab.history.table.setFocus()
    press(tab.history.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    table = tab.history.diff.table
    assert table.select_where(lambda diff: diff.code == "MKT.VOL.LOCAL")
    f7(qtbot, window, table)
    dialog = traced(qtbot, window)
    assert dialog.title.text() == "2020年2月 示例辛快递 同城快递业务量"
    assert [v.standing for v in dialog.versions.rows] == ["被更正", "计入"]


# ----------------------------------------------------------------------------------------------- 报表打印


def test_a_click_on_a_number_of_the_page(qtbot: QtBot, window: MainWindow) -> None:
    tab = printing(qtbot, window)
    view = tab.preview.view
    figures = view.marks.figures
    assert tab.proof is not None
    assert sum(any(map(str.isdigit, each.address.printed)) for each in figures) == tab.proof.file.figures
    first = figures[0]
    at = view.place_of(first).center().toPoint()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    dialog = traced(qtbot, window)
    assert (dialog.title.text(), dialog.figure.text()) == ("2021年3月 快递业务量", "62.84")
    assert dict(dialog.lines)["数值"] == "62.84 万件（628,366 件）"


def test_a_printed_unreported_says_who_has_not_reported(qtbot: QtBot, window: MainWindow) -> None:
    tab = printing(qtbot, window)
    view = tab.preview.view
    silent = next(each for each in view.marks.figures if each.address.printed == "未报" and each.address.subject)
    view.go_to(silent.page)
    at = view.place_of(silent).center()
    if at.y() > view.viewport().height():
        view.verticalScrollBar().setValue(int(view.verticalScrollBar().value() + at.y() - 200))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.place_of(silent).center().toPoint())
    dialog = traced(qtbot, window)
    assert (dialog.figure.text(), dialog.views.key) == ("未报", SILENT)
    assert [(row.what, row.why) for row in dialog.lacking.rows] == [("2021年3月快递业务量", "还没有报")]


def test_the_numbers_of_the_page_by_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    tab = printing(qtbot, window)
    view = tab.preview.view
    view.setFocus()
    for _ in range(3):
        press(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.traced_figure() == view.marks.figures[2].address
    press(view, Qt.Key.Key_Return)
    dialog = traced(qtbot, window)
    assert dialog.trace is not None
    assert dialog.trace.address == view.marks.figures[2].address


def test_every_number_of_the_report_can_be_traced(qtbot: QtBot, window: MainWindow) -> None:
    tab = printing(qtbot, window)
    for figure in {figure.address for figure in tab.preview.view.marks.figures}:
        found = window.desk.backend.trace(figure)
        assert found.lines, figure
        assert found.tree, figure


# ----------------------------------------------------------------------------------------------- the dialog


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow) -> TraceDialog:
    indicators(qtbot, window)
    click(indicators(qtbot, window).provenance.link)
    return traced(qtbot, window)


def test_the_original_opens_at_the_cell(qtbot: QtBot, window: MainWindow, dialog: TraceDialog) -> None:
    assert not dialog.open_original.isEnabled()  # the whole is no single cell
    assert dialog.tree.open_at("快递业务量", "示例乙快递")
    click(dialog.open_original)
    settle(qtbot, window)
    original = window.tracer.original
    assert original is not None
    assert original.isVisible()
    assert original.title.text() == "企业月报_2021年3月.csv　F5"
    shown = original.table.currentIndex()
    assert str(shown.data()).replace(",", "") == "121877"


def test_a_number_of_the_tree_is_followed_and_left_again(qtbot: QtBot, window: MainWindow, dialog: TraceDialog) -> None:
    assert not dialog.back.isVisible()
    assert dialog.tree.open_at("快递业务量", "示例乙快递")
    click(dialog.follow)
    assert traced(qtbot, window).title.text() == "2021年3月 示例乙快递 快递业务量"
    click(dialog.back)
    assert dialog.title.text() == "2021年3月 快递业务量"


def test_everything_is_copied_as_text(dialog: TraceDialog) -> None:
    dialog.copy()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("2021年3月 快递业务量　62.84万件\n数值：62.84 万件（628,366 件）\n公式：快递业务量 = ")
    assert "　示例甲快递\t18.23万件\t快报\t企业月报_2021年3月.csv 第4行“快递业务量合计”，批次 " in text
    assert "示例己快递\t2021年3月快递业务量\t还没有报" in text


def test_the_key_is_in_the_list_of_keys() -> None:
    from desktop_app.views.frame.dialogs import KEY_ROWS

    assert any(keys == "F7" and "此数从何来" in words for keys, words in KEY_ROWS)


def test_an_original_that_cannot_be_read_is_said_in_the_dialog(
    qtbot: QtBot, window: MainWindow, dialog: TraceDialog
) -> None:
    dialog.original_asked.emit(StoredPlace(9999, "没有.csv", "", 4, "", 1))
    settle(qtbot, window)
    assert "没有第 9999 号导入批次" in dialog.note.text()
    dialog.tree.open_at("快递业务量", "示例乙快递")
    assert dialog.note.text() == ""


def test_f7_in_the_dialog_follows_the_marked_number(qtbot: QtBot, window: MainWindow, dialog: TraceDialog) -> None:
    until(qtbot, lambda: QApplication.activeWindow() is dialog)
    dialog.tree.open_at("快递业务量", "示例丙快递")
    dialog.tree.setFocus()
    press(dialog.tree, Qt.Key.Key_F7)
    assert traced(qtbot, window).title.text() == "2021年3月 示例丙快递 快递业务量"
