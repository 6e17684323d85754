"""总览 on the demo county: what is shown and where it leads."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.models.values import Month
from desktop_app.views.charts.view import ChartView
from desktop_app.views.main_window import MainWindow
from desktop_app.views.overview.tab import OverviewTab
from desktop_app.views.qtmodels.columns import CellRole
from tests.gui.county import open_window, overview, settle


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow) -> OverviewTab:
    window.desk.set_month(Month(2021, 3))
    settle(qtbot, window)
    return overview(qtbot, window)


def shown_tab(window: MainWindow) -> str:
    return window.strip.tabText(window.strip.currentIndex())


def test_every_company_stands_with_its_state(tab: OverviewTab) -> None:
    states = {row.enterprise: row.state for row in tab.duties.rows}
    assert len(states) == 12
    assert states["示例甲快递"] == "已报"
    assert "未报" in states.values()


def test_missing_is_no_zero(tab: OverviewTab) -> None:
    model = tab.duties.rows_model
    for number, row in enumerate(tab.duties.rows):
        volume = model.index(number, 2).data()
        assert (volume == "未报") == (row.state == "未报")
        if row.state == "零报":
            assert volume == "0"


def test_states_carry_a_tone_beside_the_word(tab: OverviewTab) -> None:
    model = tab.duties.rows_model
    assert all(model.index(n, 1).data(CellRole.TONE) is not None for n in range(len(tab.duties.rows)))


def test_five_key_figures_with_units(tab: OverviewTab) -> None:
    kpis = [card.kpi for card in tab.kpis.cards if card.kpi is not None]
    assert len(kpis) == 5
    assert kpis[0].title == "快递业务量"
    assert (kpis[0].text, kpis[0].unit) == ("62.84", "万件")
    assert all(kpi.unit for kpi in kpis)


def test_the_badge_counts_what_is_to_be_done(qtbot: QtBot, window: MainWindow, tab: OverviewTab) -> None:
    assert window.strip.badge(0) == len(tab.alarms.alarms) > 0


def test_a_key_figure_leads_to_its_tab(qtbot: QtBot, window: MainWindow, tab: OverviewTab) -> None:
    card = next(c for c in tab.kpis.cards if c.kpi is not None and c.kpi.tab)
    kpi = card.kpi
    assert kpi is not None
    QTest.keyClick(card, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert shown_tab(window) == kpi.tab


def test_a_step_leads_to_its_tab(qtbot: QtBot, window: MainWindow, tab: OverviewTab) -> None:
    QTest.keyClick(tab.steps, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert shown_tab(window) != "总览"


def test_an_alarm_leads_to_its_tab_by_keyboard(qtbot: QtBot, window: MainWindow, tab: OverviewTab) -> None:
    first = tab.alarms.alarms[0]
    tab.alarms.setCurrentIndex(tab.alarms.model().index(0, 0))
    QTest.keyClick(tab.alarms, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert shown_tab(window) == first.tab


def test_a_company_that_has_not_reported_leads_to_the_import(
    qtbot: QtBot, window: MainWindow, tab: OverviewTab
) -> None:
    assert tab.duties.select_where(lambda row: row.state == "未报")
    QTest.keyClick(tab.duties, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert shown_tab(window) == "数据导入"


def test_a_company_that_has_reported_leads_to_its_figures(qtbot: QtBot, window: MainWindow, tab: OverviewTab) -> None:
    assert tab.duties.select_where(lambda row: row.state == "已报")
    QTest.keyClick(tab.duties, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert shown_tab(window) == "行业指标"


def test_the_chart_reads_the_month(tab: OverviewTab) -> None:
    assert tab.chart.spec is not None
    names = dict(tab.chart.read(len(tab.chart.spec.categories) - 1))
    assert names["本期"] == "62.84万件"


@pytest.mark.parametrize(("width", "below"), [(1366, False), (900, True)])
def test_cards_stand_below_each_other_in_a_narrow_window(
    qtbot: QtBot, window: MainWindow, tab: OverviewTab, width: int, *, below: bool
) -> None:
    window.resize(width, 600)
    qtbot.waitUntil(lambda: tab.width() == width and (tab.alarm_card.y() > tab.chart_card.y()) is below, timeout=5000)
    assert tab.alarm_card.isVisible()


def test_the_first_month_of_the_trend_is_named(qtbot: QtBot, county: Path) -> None:
    """The words below the axis as they are painted, not only as they are chosen."""
    window = open_window(qtbot, county, "总览")
    charts = [view for view in window.findChildren(ChartView) if view.isVisible() and view.spec is not None]
    canvas = charts[0]._canvas
    assert canvas is not None
    axis = canvas._bottom
    painter = QPainter(paper := QImage(8, 8, QImage.Format.Format_RGB32))
    painted = [text for _, _, text in axis.generateDrawSpecs(painter)[2]]
    painter.end()
    assert not paper.isNull()
    assert charts[0].spec is not None
    assert painted[0] == charts[0].spec.categories[0]
