"""此数从何来 in 透视, 对比, 名次, 旺季日报, 录入, the structure charts and the printed reports."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop_app.services.results.tracing import FigureAddress
from desktop_app.views.charts.view import ChartView
from desktop_app.views.indicators.compare_page import ComparePage
from desktop_app.views.indicators.daily_page import DailyPage
from desktop_app.views.indicators.pivot_page import PivotPage
from desktop_app.views.indicators.rank_page import RankPage
from desktop_app.views.main_window import MainWindow
from desktop_app.views.provenance.dialog import TraceDialog
from desktop_app.views.rural.panel import MODES
from desktop_app.views.rural.tab import RuralTab
from tests.gui.county import click, indicators, press, printing, settle, turn_to
from tests.gui.entering import Clerk
from tests.gui.test_indicator_pages import choose_company, pick, turn
from tests.gui.test_tracing import f7, traced


def told(dialog: TraceDialog) -> tuple[str, str]:
    """Title and figure of the dialog."""
    return dialog.title.text(), dialog.figure.text()


def test_a_cell_of_the_pivot_a_share_a_contribution_and_the_whole_stretch(qtbot: QtBot, window: MainWindow) -> None:
    page = turn(qtbot, window, indicators(qtbot, window), PivotPage)
    page.table.setCurrentIndex(page.table.rows_model.index(2, 12))
    f7(qtbot, window, page.table)
    assert told(traced(qtbot, window)) == ("2021年3月 示例甲快递 快递业务量", "18.23万件")
    page.table.setCurrentIndex(page.table.rows_model.index(0, 13))
    f7(qtbot, window, page.table)
    whole = traced(qtbot, window)
    assert told(whole)[0] == "2020年4月至2021年3月 快递业务量"
    assert told(whole)[1] == f"{page.table.rows[0].cells[12].text}万件", "what stands in the cell"

    pick(qtbot, window, page, "measure", "share")
    page.table.setCurrentIndex(page.table.rows_model.index(2, 12))
    f7(qtbot, window, page.table)
    dialog = traced(qtbot, window)
    assert told(dialog) == ("2021年3月 示例甲快递 快递业务量 比重", f"{page.table.rows[2].cells[11].text}%")
    assert dict(dialog.lines)["比重"] == "18.23 ÷ 全部企业 62.84 × 100% = 29.0%"
    assert dialog.tree.open_at("全部企业"), "the whole can be followed"

    pick(qtbot, window, page, "measure", "contribution_pct")
    cell = page.table.rows[2].cells[11]
    assert page.table.rows[0].cells[11].text == "100.0", "the whole brings all of its growth"
    page.table.setCurrentIndex(page.table.rows_model.index(2, 12))
    f7(qtbot, window, page.table)
    dialog = traced(qtbot, window)
    assert told(dialog) == ("2021年3月 示例甲快递 快递业务量 贡献率", f"{cell.text}%")
    lines = dict(dialog.lines)
    assert lines["贡献率"].endswith(f"= {cell.text}%")
    assert cell.tip.splitlines()[1].removeprefix("拉动 ") in lines["拉动"]


def test_the_line_of_the_lacking_leads_to_the_total_and_a_part_to_the_part(qtbot: QtBot, window: MainWindow) -> None:
    page = turn(qtbot, window, indicators(qtbot, window), PivotPage)
    page.table.setCurrentIndex(page.table.rows_model.index(1, 12))
    f7(qtbot, window, page.table)
    dialog = traced(qtbot, window)
    assert told(dialog) == ("2021年3月 快递业务量", "62.84万件")
    assert len(dialog.lacking.rows) == 2
    pick(qtbot, window, page, "axis", "part")
    pick(qtbot, window, page, "measure", "share")
    page.table.setCurrentIndex(page.table.rows_model.index(2, 12))
    f7(qtbot, window, page.table)
    assert told(traced(qtbot, window)) == ("2021年3月 同城快递业务量 比重", "12.1%")


def test_index_and_growth_of_a_comparison_name_their_base(qtbot: QtBot, window: MainWindow) -> None:
    page = turn(qtbot, window, indicators(qtbot, window), ComparePage)
    page.table.setCurrentIndex(page.table.rows_model.index(0, 2))
    f7(qtbot, window, page.table)
    dialog = traced(qtbot, window)
    index = page.table.rows[0].cells[1].text
    assert told(dialog) == ("2021年3月 快递业务收入 定基指数", index)
    assert dict(dialog.lines)["定基指数"].endswith(f"× 100 = {index}")
    assert dialog.tree.open_at("2020年1月（基期）")
    pick(qtbot, window, page, "view", "yoy")
    page.table.setCurrentIndex(page.table.rows_model.index(0, 1))
    f7(qtbot, window, page.table)
    assert told(traced(qtbot, window)) == ("2021年3月 快递业务量 同比", "+18.6%")


def menu_of(chart: ChartView) -> list[str]:
    """Entries of a chart's menu at the point that is read."""
    press(chart, Qt.Key.Key_Menu)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions()]
    menu.close()
    return words


def test_a_point_of_several_lines_offers_each(qtbot: QtBot, window: MainWindow) -> None:
    tab = indicators(qtbot, window)
    page = turn(qtbot, window, tab, ComparePage)
    page.chart.setFocus()
    press(page.chart, Qt.Key.Key_Left)
    assert menu_of(page.chart)[2:] == ["此数从何来：业务量", "此数从何来：业务收入"]
    window.activateWindow()
    page.chart.setFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_F7):
        press(page.chart, key)
    assert told(traced(qtbot, window))[0].endswith(" 快递业务量 定基指数"), "without the menu the first line"

    click(tab.pages.choice._pills["data"])
    settle(qtbot, window)
    click(tab.structure_choice._pills["parts"])
    tab.structure.setFocus()
    press(tab.structure, Qt.Key.Key_Left)
    assert menu_of(tab.structure)[2] == "此数从何来：同城"


def test_share_and_growth_of_the_ranking(qtbot: QtBot, window: MainWindow) -> None:
    page = turn(qtbot, window, indicators(qtbot, window), RankPage)
    heads = [column.head for column in page.table.rows_model.columns]
    first = page.table.rows[0]
    for head, title in (("万件", ""), ("比重%", " 比重"), ("同比%", " 同比"), ("上期名次", "")):
        page.table.setCurrentIndex(page.table.rows_model.index(0, heads.index(head)))
        f7(qtbot, window, page.table)
        assert told(traced(qtbot, window))[0] == f"2021年3月 {first.name} 快递业务量{title}"
    pick(qtbot, window, page, "span", "ytd")
    page.chart.setFocus()
    press(page.chart, Qt.Key.Key_Down)
    f7(qtbot, window, page.table)
    assert told(traced(qtbot, window))[0] == f"2021年一季度 {page.table.rows[0].name} 快递业务量"


def test_a_day_of_the_peak_season_with_its_versions(qtbot: QtBot, window: MainWindow) -> None:
    page = turn(qtbot, window, indicators(qtbot, window), DailyPage)
    choose_company(qtbot, window, page, 1)
    for text, reason in (("1200", ""), ("1250", "企业更正")):
        page.model.put([(11, 2, text)])
        click(page.save)
        if reason:
            page.question_bar.reason.setText(reason)
            click(page.question_bar.yes)
        settle(qtbot, window)
    page.grid.setCurrentIndex(page.model.index(11, 2))
    f7(qtbot, window, page.grid)
    dialog = traced(qtbot, window)
    assert told(dialog) == ("2020年11月11日 示例甲快递 收寄量", "1,250件")
    assert [(v.text, v.standing, v.why) for v in dialog.versions.rows] == [
        ("1,200件", "被更正", "第 1 次录入"),
        ("1,250件", "计入", "企业更正"),
    ]
    assert not dialog.open_original.isEnabled(), "it was typed"
    assert not dialog.open_batch.isEnabled()
    page.grid.setCurrentIndex(page.model.index(0, 2))
    f7(qtbot, window, page.grid)
    dialog = traced(qtbot, window)
    assert told(dialog) == ("2020年旺季 示例甲快递 收寄量", "1,250件")
    assert dialog.lacking.rows[0].what == "17 天收寄量"
    choose_company(qtbot, window, page, 0)
    page.grid.setCurrentIndex(page.model.index(11, 7))
    f7(qtbot, window, page.grid)
    dialog = traced(qtbot, window)
    assert told(dialog)[0] == "2020年11月11日 全部企业 倍数"
    assert dict(dialog.lines)["日常量"].startswith("三季度日均快递业务量：")
    assert dialog.tree.open_at("2020年11月11日 收寄量", "示例甲快递")
    press(dialog, Qt.Key.Key_Escape)
    page.chart.setFocus()
    for _ in range(8):  # from the 18th back to the 11th
        press(page.chart, Qt.Key.Key_Left)
    press(page.chart, Qt.Key.Key_Return)
    dialog = traced(qtbot, window)
    assert told(dialog) == ("2020年11月11日 全部企业 收寄量", "1,250件")
    assert page.board is not None
    said = [(kpi.name, kpi.text) for kpi in page.board.kpis]
    titles = {}
    for card, (name, text) in zip(page.kpis.cards, said, strict=True):
        if card.traced_figure() is not None:
            press(dialog, Qt.Key.Key_Escape)
            click(card.source)
            dialog = traced(qtbot, window)
            titles[name] = dialog.title.text()
            assert dialog.figure.text() == text, "what stands on the card"
    assert titles == {
        "旺季业务量": "2020年旺季 全部企业 收寄量",
        "双11当日": "2020年11月11日 全部企业 收寄量",
        "最高日": "2020年11月11日 全部企业 收寄量",
        "峰值倍数": "2020年11月11日 全部企业 倍数",
    }
    rate = page.kpis.cards[-1]
    assert (rate.figure.text(), rate.source.isVisibleTo(rate)) == ("—", False), "no figure, no source"


def test_the_original_of_an_imported_day(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    page = turn(qtbot, window, indicators(qtbot, window), DailyPage)
    file = tmp_path / "日报.csv"
    file.write_text("日期,企业,收寄量,应投量,妥投量\n2020-11-11,示例甲快递,5000,4000,3900\n", encoding="utf-8")
    page.read(file)
    settle(qtbot, window)
    click(page.question_bar.yes)
    settle(qtbot, window)
    page.grid.setCurrentIndex(page.model.index(11, 5))
    f7(qtbot, window, page.grid)
    dialog = traced(qtbot, window)
    assert told(dialog) == ("2020年11月11日 全部企业 妥投率", "97.5%")
    assert dialog.tree.open_at("2020年11月11日 应投量", "示例甲快递")
    click(dialog.open_original)
    settle(qtbot, window)
    original = window.tracer.original
    assert original is not None
    assert str(original.table.currentIndex().data()).replace(",", "") == "4000"


def test_a_cell_of_the_entry_grid(qtbot: QtBot, window: MainWindow) -> None:
    clerk = Clerk(qtbot, window)
    clerk.by_year()
    clerk.go("CTX.POP", "2020")
    clerk.type("45.2")
    clerk.rest()
    clerk.go("CTX.POP", "2020")
    clerk.key(Qt.Key.Key_F7)
    dialog = traced(qtbot, window)
    assert told(dialog) == ("2020年 常住人口", "45.20万人")
    last = dialog.versions.rows[-1]
    assert (last.counts, last.file) == (True, "录入 蛟河市 常住人口 2020年12月.csv")
    click(dialog.open_original)
    settle(qtbot, window)
    assert window.tracer.original is not None


def test_a_mode_of_the_villages(qtbot: QtBot, window: MainWindow) -> None:
    tab = turn_to(qtbot, window, "快递进村")
    assert isinstance(tab, RuralTab)
    tab.panel.turn_to(MODES)
    tab.panel.chart.setFocus()
    press(tab.panel.chart, Qt.Key.Key_Right)
    spec = tab.panel.chart.spec
    assert spec is not None
    assert tab.panel.chart.traced_figure() is not None
    f7(qtbot, window, tab.panel.chart)
    assert told(traced(qtbot, window)) == (f"2021年3月 建制村总数（{spec.keys[-1]}）", f"{spec.series[0].values[-1]}个")


def test_a_number_of_a_printed_report_is_traced_as_printed(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    tab = printing(qtbot, window)
    tab.save_to(tmp_path / "月报.pdf")
    settle(qtbot, window)
    (line,) = tab.printed.card.list.alarms
    tab.printed.open(line.detail.split("\n")[1])
    settle(qtbot, window)
    listed = tab.printed.dialog
    assert listed is not None
    assert listed.table.select_where(lambda row: (row.code, row.measure, row.subject) == ("MKT.VOL", "累计同比", ""))
    listed.table.setFocus()
    press(listed.table, Qt.Key.Key_F7)
    assert told(traced(qtbot, window)) == ("2021年一季度 快递业务量 同比", "26.8%")
    assert listed.isVisible(), "the list stays beside it"
    backend = window.desk.backend
    for row in listed.trace.lines:
        found = backend.trace(FigureAddress(row.code, row.period_key, row.measure_key, row.subject_key))
        assert found.lines, row
    listed.reject()


def test_a_pivot_turned_round_keeps_its_figures_and_their_sources(qtbot: QtBot, window: MainWindow) -> None:
    page = turn(qtbot, window, indicators(qtbot, window), PivotPage)
    before = page.sheet()
    assert before is not None
    page.table.setCurrentIndex(page.table.rows_model.index(2, 12))
    page.turn()
    heads = [column.head for column in page.table.rows_model.columns]
    assert heads[:4] == ["期间", "合计", "未报、退回", "示例甲快递"]
    assert [row.name for row in page.table.rows][-2:] == ["3月", "全期"]
    assert str(page.table.currentIndex().data()) == "18.23", "the same cell is marked"
    assert page.chart_card.title == "示例甲快递"
    after = page.sheet()
    assert after is not None
    assert [[row[n] for row in after.rows] for n in range(1, len(heads))] == [list(row[1:]) for row in before.rows]
    f7(qtbot, window, page.table)
    assert told(traced(qtbot, window)) == ("2021年3月 示例甲快递 快递业务量", "18.23万件")
    page.table.setCurrentIndex(page.table.rows_model.index(page.table.rowAt(0), 1))
    page.turn()
    assert page.sheet() == before
