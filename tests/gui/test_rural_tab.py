"""快递进村 as its user meets it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app.models.values import Month
from desktop_app.services.results.rural import Gap, VillageRow
from desktop_app.views.naming import brief_names
from desktop_app.views.qtmodels.columns import CellRole, Heat, HeatLook
from desktop_app.views.rural.columns import frequency_text
from desktop_app.views.rural.heat import FIRST_BRAND, TownHeat
from desktop_app.views.rural.panel import GAPS, MODES, VILLAGES, VillagePanel
from desktop_app.views.rural.tab import RuralTab
from desktop_app.views.rural.villages import VillageFilter, VillageLine, chosen_gaps, chosen_lines, village_lines
from tests.gui.rural_green import (
    FEBRUARY,
    MARCH,
    click,
    empty_county,
    many_villages,
    press,
    shown,
    small_county,
    write,
)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_county(tmp_path_factory.mktemp("county") / "ledger.db")


@pytest.fixture
def tab(qtbot: QtBot, county: Path) -> Iterator[RuralTab]:
    with shown(qtbot, RuralTab, county) as made:
        yield made


def card(tab: RuralTab, title: str) -> str:
    """Number and unit of a key figure, as shown."""
    kpi = next(c.kpi for c in tab.kpis.cards if c.kpi is not None and c.kpi.title == title)
    return kpi.text + kpi.unit


def names(tab: RuralTab) -> list[str]:
    return [line.row.name for line in tab.panel.villages.rows]


def head(table: TownHeat, section: int) -> str:
    return str(table.rows_model.headerData(section, Qt.Orientation.Horizontal))


def click_cell(qtbot: QtBot, heat: TownHeat, town: str, column: int) -> None:
    row = next(n for n, r in enumerate(heat.rows) if r.name == town)
    index = heat.rows_model.index(row, column)
    heat.scrollTo(index)
    click(heat.viewport(), heat.visualRect(index).center())


# ----------------------------------------------------------------------------------------------- the month's state


def test_the_month_is_there_at_one_look(tab: RuralTab) -> None:
    assert card(tab, "建制村") == "256个"
    assert card(tab, "通达率") == "86.3%"
    assert tab.heat.rows[0].name == "全县"
    assert (tab.heat.rows[0].covered, tab.heat.rows[0].villages) == (221, 256)
    assert sum(row.villages for row in tab.heat.rows[1:]) == 256
    assert tab.panel.title == "未通村"
    assert tab.panel.subtitle == "35 个"
    assert len(tab.panel.gaps.rows) == 35


def test_the_county_stands_bold_above_its_towns_and_stays_there_when_sorted(qtbot: QtBot, tab: RuralTab) -> None:
    header = tab.heat.horizontalHeader()
    last = header.count() - 1
    where = QPoint(header.sectionViewportPosition(last) + 10, header.height() // 2)
    given = [row.name for row in tab.heat.rows]
    click(header.viewport(), where)
    assert tab.heat.rows[0].name == "全县"
    rates = [row.rate_pct for row in tab.heat.rows[1:]]
    assert rates == sorted(rates, key=lambda rate: rate or 0), "worst town first"
    click(header.viewport(), where)
    click(header.viewport(), where)
    assert [row.name for row in tab.heat.rows] == given
    assert tab.heat.rows_model.index(0, 0).data(Qt.ItemDataRole.FontRole).bold()


def test_a_cell_below_thirty_per_cent_is_striped_and_its_tooltip_counts_villages(tab: RuralTab) -> None:
    model = tab.heat.rows_model
    for row, town in enumerate(tab.heat.rows):
        for column in range(FIRST_BRAND, FIRST_BRAND + 9):
            heat = model.index(row, column).data(CellRole.CELL)
            tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
            assert isinstance(heat, Heat)
            covered, villages = map(int, tip.rpartition("：")[2].removesuffix(" 村").split("/"))
            assert villages == town.villages
            assert (heat.look is HeatLook.HATCH) == (covered * 100 < 30 * villages)


def test_another_month_shows_its_own_numbers(qtbot: QtBot, tab: RuralTab) -> None:
    with qtbot.waitSignal(tab.answered):
        tab.desk.set_month(FEBRUARY)
    assert card(tab, "通达率") == "84.4%"
    assert tab.heat.rows[0].covered == 216
    assert tab.panel.subtitle == "40 个"


def test_another_definition_is_asked_for_and_shown_everywhere(qtbot: QtBot, tab: RuralTab) -> None:
    with qtbot.waitSignal(tab.answered):
        tab.definition._menu.actions()[1].trigger()
    assert tab.definition.key == "direct"
    assert tab.heat.rows[0].covered == 138
    assert tab.panel.subtitle == "118 个"
    assert tab.trend_card.title == "企业直投到村"
    tab.panel.ask(state="unreached")
    assert len(names(tab)) == 118, "the village list follows the definition too"


def test_a_click_on_a_rate_turns_to_its_definition(qtbot: QtBot, tab: RuralTab) -> None:
    direct = next(c for c in tab.kpis.cards if c.kpi is not None and c.kpi.title == "直投到村")
    with qtbot.waitSignal(tab.answered):
        click(direct)
    assert tab.definition.key == "direct"


def test_enter_on_a_month_of_the_trend_turns_the_window_to_it(qtbot: QtBot, tab: RuralTab) -> None:
    tab.trend.setFocus()
    press(tab.trend, Qt.Key.Key_Left)
    press(tab.trend, Qt.Key.Key_Left)
    with qtbot.waitSignal(tab.answered):
        press(tab.trend, Qt.Key.Key_Return)
    assert tab.desk.month == FEBRUARY


# ----------------------------------------------------------------------------------------------- gaps


def test_relapsed_villages_lead_the_gap_list_with_their_tag(tab: RuralTab) -> None:
    first = tab.panel.gaps.rows[:3]
    assert {gap.name for gap in first} == {"南顶子村", "沙河掌村", "进步站村"}
    assert all(gap.relapsed and gap.since == "2021-02" for gap in first)
    assert tab.panel.gaps.rows_model.index(0, 4).data().startswith("回退")
    assert tab.panel.gaps.rows_model.index(0, 4).data(CellRole.TONE) == "bad"
    assert not any(gap.relapsed for gap in tab.panel.gaps.rows[3:])


def test_the_gap_list_can_be_narrowed_to_relapses(tab: RuralTab) -> None:
    tab.panel.states._menu.actions()[1].trigger()
    assert [gap.town for gap in tab.panel.gaps.rows] == ["黄松甸镇"] * 3
    assert tab.panel.subtitle == "35 个，显示 3"


# ----------------------------------------------------------------------------------------------- finding villages


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("南顶子", ["南顶子村"]),
        ("ndz", ["南甸子村", "南顶子村"]),
        ("NDZC", ["南甸子村", "南顶子村"]),
        ("黄松甸 ndz", ["南顶子村"]),
        ("220281104208", ["南顶子村"]),
        ("２２０２８１１０４２０８", ["南顶子村"]),
        ("黄松甸镇 进步站", ["进步站村"]),
        ("没有这个村", []),
    ],
)
def test_a_village_is_found_by_name_code_or_initials(tab: RuralTab, qtbot: QtBot, typed: str, found: list[str]) -> None:
    tab.panel.turn_to(VILLAGES)
    tab.panel.search.setFocus()
    for letter in typed:
        tab.panel.search.insert(letter)
    assert names(tab) == found
    assert tab.panel.subtitle == f"256 个，显示 {len(found)}"


def test_nothing_found_says_so_and_offers_the_way_back(qtbot: QtBot, tab: RuralTab) -> None:
    tab.panel.turn_to(VILLAGES)
    write(tab.panel.search, "zzzz")
    assert "没有符合条件的村" in tab.panel.nothing.words
    assert tab.panel.nothing.isVisible()
    tab.panel.nothing.acted.emit()
    assert tab.panel.search.text() == ""
    assert len(names(tab)) == 256


def test_enter_leads_from_the_search_into_the_list(qtbot: QtBot, tab: RuralTab) -> None:
    tab.activateWindow()
    tab.panel.turn_to(VILLAGES)
    tab.panel.search.setFocus()
    tab.panel.search.setText("ndz 220281104")
    press(tab.panel.search, Qt.Key.Key_Return)
    assert tab.panel.villages.current_row is not None
    assert tab.panel.villages.current_row.row.name == "南顶子村"
    assert tab.focusWidget() is tab.panel.villages


def test_a_click_on_a_town_narrows_the_list_to_it(qtbot: QtBot, tab: RuralTab) -> None:
    click_cell(qtbot, tab.heat, "黄松甸镇", 0)
    assert tab.panel.view == GAPS, "the list that was open stays"
    assert {gap.town for gap in tab.panel.gaps.rows} == {"黄松甸镇"}
    tab.panel.turn_to(VILLAGES)
    assert len(names(tab)) == 12
    assert tab.panel.subtitle == "256 个，显示 12"


def test_a_click_on_a_cell_asks_for_town_and_brand(qtbot: QtBot, tab: RuralTab) -> None:
    click_cell(qtbot, tab.heat, "黄松甸镇", FIRST_BRAND)
    row = next(r for r in tab.heat.rows if r.name == "黄松甸镇")
    assert tab.panel.view == VILLAGES
    assert (tab.panel.towns.key, tab.panel.brands.key) == ("黄松甸镇", "示例甲")
    reached = [line for line in tab.panel.villages.rows if line.state == "通达"]
    shown_share = heat_text(tab, row.name, FIRST_BRAND)
    assert shown_share == str(round(len(reached) * 100 / row.villages))


def heat_text(tab: RuralTab, town: str, column: int) -> str:
    row = next(n for n, r in enumerate(tab.heat.rows) if r.name == town)
    return str(tab.heat.rows_model.index(row, column).data())


def test_a_click_on_a_brands_head_asks_for_the_brand_in_the_whole_county(qtbot: QtBot, tab: RuralTab) -> None:
    header = tab.heat.horizontalHeader()
    where = QPoint(header.sectionViewportPosition(FIRST_BRAND + 1) + 12, header.height() // 2)
    click(header.viewport(), where)
    assert tab.panel.brands.key == "示例乙"
    assert tab.panel.towns.key == ""
    served = [line for line in tab.panel.villages.rows if line.state == "通达"]
    assert all("示例乙" in line.row.brands for line in served)
    assert len(tab.panel.villages.rows) == 256


def test_the_heat_map_works_without_a_mouse(qtbot: QtBot, tab: RuralTab) -> None:
    tab.heat.setCurrentIndex(tab.heat.rows_model.index(0, FIRST_BRAND))
    press(tab.heat, Qt.Key.Key_Right)
    press(tab.heat, Qt.Key.Key_Return)
    assert tab.panel.brands.key == "示例乙", "Enter on the county's line asks for the brand"
    assert tab.panel.towns.key == ""


def test_filters_outlive_a_change_of_month(qtbot: QtBot, tab: RuralTab) -> None:
    tab.panel.ask(town="黄松甸镇", state="relapsed")
    assert len(names(tab)) == 3
    with qtbot.waitSignal(tab.answered):
        tab.desk.set_month(Month(2021, 1))
    assert tab.panel.towns.key == "黄松甸镇"
    assert names(tab) == [], "in January they were still served"
    with qtbot.waitSignal(tab.answered):
        tab.desk.set_month(MARCH)
    assert len(names(tab)) == 3


def test_a_mode_leads_to_its_villages(tab: RuralTab, qtbot: QtBot) -> None:
    tab.panel.turn_to(MODES)
    tab.panel.chart.setFocus()
    press(tab.panel.chart, Qt.Key.Key_Right)
    press(tab.panel.chart, Qt.Key.Key_Up)
    for _ in range(10):
        press(tab.panel.chart, Qt.Key.Key_Up)
    press(tab.panel.chart, Qt.Key.Key_Return)
    assert tab.panel.view == VILLAGES
    mode = tab.panel.modes.key
    assert mode == "邮快"
    assert names(tab)
    assert all(mode in line.row.modes for line in tab.panel.villages.rows)


def test_another_tab_can_aim_before_the_first_answer(qtbot: QtBot, county: Path) -> None:
    class Aimed(RuralTab):
        def build(self) -> None:
            super().build()
            self.aim({"code": "RUR.DIRECT", "town": "黄松甸镇"})

    with shown(qtbot, Aimed, county) as tab:
        assert tab.definition.key == "direct"
        assert tab.panel.subtitle == "256 个，显示 12"


# ----------------------------------------------------------------------------------------------- copying


def test_copying_gives_a_table_for_wps_with_the_codes(tab: RuralTab) -> None:
    tab.panel.ask(town="黄松甸镇", state="relapsed")
    tab.panel.copy_button.click()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:5] == ["代码", "乡镇", "村", "现状", "品牌"]
    assert [line.split("\t")[:4] for line in lines[1:]] == [
        ["220281104208", "黄松甸镇", "南顶子村", "回退"],
        ["220281104209", "黄松甸镇", "沙河掌村", "回退"],
        ["220281104210", "黄松甸镇", "进步站村", "回退"],
    ]


def test_copying_the_gaps_takes_what_is_listed(tab: RuralTab) -> None:
    tab.panel.copy_button.click()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "代码\t乡镇\t村\t缺\t自\t回退\t证据"
    assert len(lines) == 36


# ----------------------------------------------------------------------------------------------- states and sizes


def test_visits_that_nobody_reported_are_never_zero() -> None:
    def line(frequency: int | None, brands: tuple[str, ...]) -> VillageLine:
        row = VillageRow("1", "镇", "村", "c", "通达", brands, (), frequency, "", "", "—")
        return VillageLine(row, "通达")

    assert frequency_text(line(None, ("甲",))) == "未报"
    assert frequency_text(line(None, ())) == "—"
    assert frequency_text(line(0, ("甲",))) == "0"


def test_an_empty_ledger_says_what_to_do_first(qtbot: QtBot, tmp_path: Path) -> None:
    with shown(qtbot, RuralTab, empty_county(tmp_path / "empty.db")) as tab:
        assert tab._empty.isVisible()
        assert "还没有村级名录" in tab._empty.words
        with qtbot.waitSignal(tab.desk.goto_asked) as asked:
            tab._empty.acted.emit()
        assert asked.args[0].tab == "数据导入"


def test_before_the_first_village_sheet_there_is_no_zero_but_a_reason(qtbot: QtBot, county: Path) -> None:
    with shown(qtbot, RuralTab, county, Month(2020, 6)) as tab:
        assert tab._empty.isVisible()
        assert "2020年6月及以前没有进村数据" in tab._empty.words


def test_five_thousand_villages_are_filtered(qtbot: QtBot) -> None:
    panel = VillagePanel()
    qtbot.addWidget(panel)
    panel.resize(600, 420)
    panel.show()
    panel.set_board(many_villages(5000))
    panel.turn_to(VILLAGES)
    assert panel.subtitle == "5000 个"
    counts = []
    for typed in ("d", "dx", "dxn", "dx", "d", "东", "东西", "2202", "220281101", ""):
        panel.search.setText(typed)
        counts.append(len(panel.villages.rows))
    assert counts[0] >= counts[1] >= counts[2] > 0
    assert 0 < counts[6] <= counts[1], "东西 is among dx"
    assert len(panel.villages.rows) == 5000


def test_more_brands_than_room_scroll_beside_the_towns_names(qtbot: QtBot, county: Path) -> None:
    with shown(qtbot, RuralTab, county, size=(900, 642)) as tab:
        heat = tab.heat
        assert heat.keeps_columns
        heat.horizontalScrollBar().setValue(heat.horizontalScrollBar().maximum())
        pane = heat._pane
        assert pane is not None
        assert pane.indexAt(QPoint(10, 5)).data() == "全县"
        heat.setCurrentIndex(heat.rows_model.index(3, FIRST_BRAND))
        assert heat.visualRect(heat.currentIndex()).left() >= pane.width()


# ----------------------------------------------------------------------------------------------- without Qt


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("charged", ["1"]),
        ("stopped", ["2"]),
        ("unstationed", ["2", "3"]),
        ("carried", ["2"]),
        ("unproved", ["3"]),
        ("stale", ["2"]),
        ("seldom", ["1"]),
    ],
)
def test_villages_are_filtered_by_what_is_wrong_with_them(state: str, found: list[str]) -> None:
    def row(code: str, **more: object) -> VillageRow:
        given = {"frequency": None, "station": "", "as_of": "2021-03", "evidence": "—", **more}
        return VillageRow(code, "镇", f"{code}村", "c", "通达", ("示例甲",), (), **given)  # type: ignore[arg-type]

    rows = [
        row("1", frequency=2, station="村口站", charged=("示例甲",), evidence="9 天", proof="实地核查 2021-03-22 王五"),
        row("2", stopped=("示例乙",), carried="沿用自2021-01", evidence="待核实 300 天", proof="照片 2020-06-01 李四"),
        row("3"),
    ]
    lines = village_lines(rows, [])
    assert [line.row.code for line in chosen_lines(lines, VillageFilter(state=state))] == found
    assert [line.row.code for line in chosen_lines(lines, VillageFilter("村口站"))] == ["1"]
    assert [line.row.code for line in chosen_lines(lines, VillageFilter("李四 照片"))] == ["2"]


def test_gaps_are_filtered_by_the_brand_that_is_missing() -> None:
    gaps = [
        Gap("1", "镇", "1村", "示例甲、示例丙", "从未", relapsed=False, evidence="—"),
        Gap("2", "镇", "2村", "全部品牌", "从未", relapsed=False, evidence="3 天"),
        Gap("3", "镇", "3村", "示例乙", "从未", relapsed=False, evidence="3 天"),
    ]
    assert [gap.code for gap in chosen_gaps(gaps, {}, VillageFilter(brand="示例甲"))] == ["1", "2"]
    assert [gap.code for gap in chosen_gaps(gaps, {}, VillageFilter(brand="示例乙"))] == ["2", "3"]
    assert [gap.code for gap in chosen_gaps(gaps, {}, VillageFilter(state="unproved"))] == ["1"]


def test_states_follow_the_gaps_of_the_definition() -> None:
    rows = [VillageRow(code, "镇", f"{code}村", "c", "通达", (), (), None, "", "", "—") for code in ("1", "2", "3")]
    gaps = [
        Gap("2", "镇", "2村", "全部品牌", "从未", relapsed=False, evidence="—"),
        Gap("3", "镇", "3村", "全部品牌", "2021-02", relapsed=True, evidence="—"),
    ]
    assert [line.state for line in village_lines(rows, gaps)] == ["通达", "未通", "回退"]


def test_a_single_letter_must_begin_the_initials() -> None:
    row = VillageRow("1", "新站镇", "南顶子村", "ndzc", "通达", (), (), 2, "", "", "待核实 210 天")
    lines = village_lines([row], [])
    assert chosen_lines(lines, VillageFilter("n"))
    assert not chosen_lines(lines, VillageFilter("c"))
    assert chosen_lines(lines, VillageFilter("dz"))
    assert chosen_lines(lines, VillageFilter(state="seldom"))
    assert chosen_lines(lines, VillageFilter(state="stale"))
    assert not chosen_lines(lines, VillageFilter(state="relapsed"))


@pytest.mark.parametrize(
    ("given", "brief"),
    [
        (("示例甲快递", "示例乙快递"), ["甲", "乙"]),
        (("邮政", "顺丰示例", "示例"), ["邮政", "顺丰示例", "示例"]),
        (("示例甲",), ["示例甲"]),
        (("甲", "甲乙"), ["甲", "甲乙"]),
        ((), []),
    ],
)
def test_heads_lose_what_all_names_share_but_never_everything(given: tuple[str, ...], brief: list[str]) -> None:
    assert list(brief_names(given).values()) == brief
