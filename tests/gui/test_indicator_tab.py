"""行业指标 as its user meets it: the real window on the demo county, March 2021."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.charts import ChartKind, Role
from desktop_app.models.values import Month
from desktop_app.services import ledger
from desktop_app.views.charts.view import ChartView
from desktop_app.views.indicators.tab import IndicatorsTab
from desktop_app.views.indicators.tree import Place
from desktop_app.views.main_window import MainWindow
from desktop_app.views.palette import colours
from tests.gui.county import click, imports, indicators, open_window, press, settle, text_of, type_in, until


@pytest.fixture
def window(qtbot: QtBot, county: Path) -> MainWindow:
    return open_window(qtbot, county, "行业指标")


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow) -> IndicatorsTab:
    return indicators(qtbot, window)


def ink(tab: IndicatorsTab, code: str, column: str) -> str | None:
    """The colour in which a cell is written; None is the ordinary one."""
    model = tab.table.rows_model
    row = next(n for n, line in enumerate(tab.table.rows) if line.figure.code == code)
    colour = model.index(row, [c.head for c in model.columns].index(column)).data(Qt.ItemDataRole.ForegroundRole)
    return colour.name() if isinstance(colour, QColor) else None


def open_group(qtbot: QtBot, window: MainWindow, tab: IndicatorsTab, group: str) -> None:
    """Click a group of the tree."""
    view = tab.tree.view
    tab.tree.show_place(Place(""))
    index = tab.tree._index_of(Place(group))
    view.scrollTo(index)
    click(view.viewport(), view.visualRect(index).center())
    settle(qtbot, window)


def click_bar(chart: ChartView, number: int) -> None:
    """Click a bar of a ranking."""
    canvas = chart._canvas
    assert canvas is not None
    at = canvas.place_of(number).toPoint() + QPoint(6, 0)
    QTest.mouseMove(canvas.viewport, at)
    click(canvas.viewport, at)


# ----------------------------------------------------------------------------------------------- table


def test_the_month_stands_in_the_table_with_units_changes_and_shares(tab: IndicatorsTab) -> None:
    """The figures of March 2021, parts indented under their whole."""
    assert tab.table_card.title == "业务量与收入"
    assert tab.table_card.subtitle == "2021年3月 · 蛟河市 · 10 家企业，2 家未报"
    heads = [c.head for c in tab.table.rows_model.columns]
    assert heads == ["指标", "单位", "本月", "同比%", "环比%", "累计", "累计同比%", "比重%", "±百分点"]
    row = [text_of(tab, "MKT.VOL", head) for head in heads]
    assert row == ["快递业务量", "万件", "62.84", "+18.6", "+40.1", "165.79", "+26.8", "100", "—"]
    assert [line.indent for line in tab.table.rows] == [0, 1, 1, 1, 0, 1, 1, 1, 1]


def test_a_fall_is_red_and_a_rise_is_not(tab: IndicatorsTab) -> None:
    bad = colours().colour("bad").name()
    assert text_of(tab, "MKT.REV.LOCAL", "同比%") == "−3.3"
    assert ink(tab, "MKT.REV.LOCAL", "同比%") == bad
    assert ink(tab, "MKT.VOL", "同比%") is None


def test_rates_change_in_points_and_say_so(qtbot: QtBot, window: MainWindow, tab: IndicatorsTab) -> None:
    open_group(qtbot, window, tab, "市场结构")
    assert text_of(tab, "MKT.SHARE.LOCAL", "同比%") == "−1.8百分点"
    assert text_of(tab, "MKT.CR8", "同比%").endswith("点")
    assert "比重%" not in [c.head for c in tab.table.rows_model.columns], "no line here is a part of a whole"


def test_what_nobody_reported_is_a_quiet_word_and_no_zero(qtbot: QtBot, window: MainWindow, tab: IndicatorsTab) -> None:
    open_group(qtbot, window, tab, "服务能力")
    assert text_of(tab, "NET.FIRM", "本月") == "未报"
    assert ink(tab, "NET.FIRM", "本月") == colours().colour("muted").name()
    tab.table.select_row(0)
    settle(qtbot, window)
    assert "没有独立许可企业数的数据" in tab.trend.empty_words


def test_the_table_is_copied_for_wps(qtbot: QtBot, tab: IndicatorsTab) -> None:
    click(tab.copy_button)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:4] == ["指标", "单位", "本月", "同比%"]
    assert lines[1].split("\t") == ["快递业务量", "万件", "62.84", "+18.6", "+40.1", "165.79", "+26.8", "100", "—"]
    assert lines[6].split("\t")[3] == "-3.3", "a minus that WPS takes as one"


# ----------------------------------------------------------------------------------------------- tree


@pytest.mark.parametrize(
    ("typed", "found", "hidden"),
    [
        ("业务量比重", "MKT.SHARE.LOCAL", "MKT.VOL"),
        ("mkt.rev", "MKT.REV.LOCAL", "MKT.VOL"),
        ("ssl", "SVC.CMPLRATE", "MKT.VOL"),
    ],
)
def test_the_tree_is_filtered_by_name_code_and_initials(
    tab: IndicatorsTab, typed: str, found: str, hidden: str
) -> None:
    # QTest types ASCII only; a Chinese input method inserts the word whole, as here.
    tab.tree.filter_box.insert(typed)
    assert found in tab.tree.visible_codes()
    assert hidden not in tab.tree.visible_codes()
    tab.tree.filter_box.clear()
    assert hidden in tab.tree.visible_codes()


def test_enter_in_the_filter_opens_the_first_that_fits(qtbot: QtBot, window: MainWindow, tab: IndicatorsTab) -> None:
    type_in(tab.tree.filter_box, "yxssl")
    press(tab.tree.filter_box, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert tab.table_card.title == "用户申诉"
    assert tab.table.current_row is not None
    assert tab.table.current_row.figure.name.startswith("有效申诉")


# ----------------------------------------------------------------------------------------------- details


def test_the_marked_line_drives_charts_and_provenance(qtbot: QtBot, window: MainWindow, tab: IndicatorsTab) -> None:
    assert tab.trend.spec is not None
    assert tab.trend.spec.title == "快递业务量"
    assert {s.role for s in tab.trend.spec.series} == {Role.CURRENT, Role.PREVIOUS}, "last year's line is there"
    tab.table.setFocus()
    for _ in range(4):
        press(tab.table, Qt.Key.Key_Down)
    settle(qtbot, window)
    assert tab.trend.spec.title == "快递业务收入"
    assert tab.provenance.subtitle == "879.10 万元"
    assert tab.provenance.lines[0].startswith("= 同城 53.08 + 异地 619.89")
    assert any("示例己快递、示例癸快递未报，不作 0 计" in line for line in tab.provenance.lines)


def test_the_structure_shows_companies_or_parts(qtbot: QtBot, tab: IndicatorsTab) -> None:
    ranking = tab.structure.spec
    assert ranking is not None
    assert ranking.kind is ChartKind.RANK
    assert ranking.categories[0] == "示例甲快递"
    assert ranking.captions[-1] == "未报"
    click(tab.structure_choice._pills["parts"])
    parts = tab.structure.spec
    assert parts is not None
    assert parts.kind is ChartKind.STACKED
    assert [s.name for s in parts.series] == ["同城", "异地", "国际/港澳台"]


def test_a_bar_sets_the_company_and_a_second_click_drops_it(
    qtbot: QtBot, window: MainWindow, tab: IndicatorsTab
) -> None:
    click_bar(tab.structure, 1)
    settle(qtbot, window)
    assert tab.company.text() == "示例乙快递"
    assert tab.table_card.subtitle.endswith("示例乙快递")
    assert text_of(tab, "MKT.VOL", "本月") == "12.19"
    assert tab.structure.spec is not None
    assert len(tab.structure.spec.categories) == 12, "the others stay, to be picked"
    click_bar(tab.structure, 1)
    settle(qtbot, window)
    assert tab.company.text() == "全部"
    assert text_of(tab, "MKT.VOL", "本月") == "62.84"


def test_a_point_of_the_trend_turns_the_month_for_every_tab(
    qtbot: QtBot, window: MainWindow, tab: IndicatorsTab
) -> None:
    tab.trend.setFocus()
    press(tab.trend, Qt.Key.Key_Left)
    press(tab.trend, Qt.Key.Key_Left)
    press(tab.trend, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.desk.month == Month(2021, 2)
    assert window.header.month_box.month == Month(2021, 2)
    assert text_of(tab, "MKT.VOL", "本月") == "44.85"


def test_every_number_leads_to_its_file_row_and_batch(qtbot: QtBot, window: MainWindow, tab: IndicatorsTab) -> None:
    click(tab.provenance.link)
    settle(qtbot, window)
    dialog = window.tracer.dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert dialog.title.text() == "2021年3月 快递业务量"
    assert dialog.tree.open_at("快递业务量", "示例甲快递")
    node = dialog.tree.current
    assert node is not None
    assert node.place is not None
    assert (node.text, node.note) == ("18.23万件", "快报")
    assert node.place.words == f"企业月报_2021年3月.csv 第4行“快递业务量合计”，批次 {node.place.batch}"
    assert [(v.version, v.standing) for v in dialog.versions.rows] == [(1, "计入")]
    click(dialog.open_batch)
    settle(qtbot, window)
    assert not dialog.isVisible()
    history = imports(qtbot, window).history
    assert history.table.current_row is not None
    assert history.table.current_row.id == node.place.batch


def test_another_tab_can_aim_at_an_indicator_a_company_and_a_month(
    qtbot: QtBot, window: MainWindow, tab: IndicatorsTab
) -> None:
    window.desk.go("行业指标", code="SVC.CMPL", enterprise="3", month="2021-01")
    settle(qtbot, window)
    assert window.desk.month == Month(2021, 1)
    assert tab.table_card.title == "用户申诉"
    assert tab.company.key == "3"


# ----------------------------------------------------------------------------------------------- edges


def test_an_empty_ledger_says_why_and_leads_to_the_import(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    ledger.create(path, "220281", "蛟河市").close()
    window = open_window(qtbot, path)
    tab = indicators(qtbot, window)
    assert "还没有指标数据" in tab.blank.words
    click(tab.blank._button)
    until(qtbot, lambda: window.current_tab is not tab)
    assert window.current_tab is not None
    assert window.current_tab.name == "数据导入"


def test_nothing_is_cut_at_1366_by_768(tab: IndicatorsTab) -> None:
    assert tab.table.horizontalScrollBar().maximum() == 0
    assert tab.table.verticalScrollBar().maximum() == 0
    assert tab.width() == 1366


# ----------------------------------------------------------------------------------------------- reading it right


def test_names_are_whole_on_a_small_screen_enlarged_by_half(qtbot: QtBot, county: Path) -> None:
    """1366×768 at 150 %: the table scrolls rather than cut what its lines are called."""
    window = open_window(qtbot, county, "行业指标", size=(911, 512))
    table = indicators(qtbot, window).table
    name = next(n for n, column in enumerate(table.rows_model.columns) if column.head == "指标")
    assert len(table.rows) > 5
    for row in range(len(table.rows)):
        assert table._text_width(name, row) <= table.columnWidth(name) + 1, table.rows[row].figure.name


def test_a_smaller_share_is_not_bad(tab: IndicatorsTab) -> None:
    falling = [line.figure for line in tab.table.rows if (line.figure.share_change_pp or 0) < 0]
    assert falling
    red = colours().colour("bad").name()
    assert red not in {ink(tab, figure.code, "±百分点") for figure in falling}


def test_orange_bars_are_explained(tab: IndicatorsTab) -> None:
    spec = next(chart.spec for chart in tab.findChildren(ChartView) if chart.spec and chart.spec.warned)
    assert "橙色：同比超过±30%" in spec.note
