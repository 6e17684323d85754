"""快递进村 beyond the list: tiles, map, rates, village page, relapses, main brands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.errors import UserError
from desktop_app.services import ledger as ledgers
from desktop_app.services.rural_map import load_map, rural_map
from desktop_app.services.rural_places import tile_places
from desktop_app.views.rural.panel import RELAPSES
from desktop_app.views.rural.rates import RatesPage
from desktop_app.views.rural.tab import STACK, RuralTab
from desktop_app.views.rural.tile_map import laid_out
from desktop_app.views.rural.town_card import HEAT, MAP, RATES, TILES
from tests.gui.county import copy_county
from tests.gui.rural_green import shown, small_county


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_county(tmp_path_factory.mktemp("county") / "ledger.db")


@pytest.fixture
def county(made: Path, tmp_path: Path) -> Path:
    return copy_county(made, tmp_path / "own")


@pytest.fixture
def tab(qtbot: QtBot, county: Path) -> Iterator[RuralTab]:
    with shown(qtbot, RuralTab, county) as made:
        yield made


def settled(qtbot: QtBot, tab: RuralTab) -> None:
    qtbot.waitUntil(lambda: not tab.desk.jobs.running, timeout=10_000)


def rows(page: RatesPage) -> list[list[str]]:
    return [[column.text(row) for column in page.table.rows_model.columns] for row in page.table.rows]


def drag(widget: QWidget, start: QPointF, end: QPointF) -> None:
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(widget, left, pos=start.toPoint())
    for step in (0.3, 0.7, 1.0):
        QTest.mouseMove(widget, (start + (end - start) * step).toPoint())
    QTest.mouseRelease(widget, left, pos=end.toPoint())


def test_a_tile_dragged_once_stays_there_for_everybody(qtbot: QtBot, tab: RuralTab, county: Path) -> None:
    tab.town_card.turn_to(TILES)
    settled(qtbot, tab)
    tiles = tab.town_card.tiles
    first, second = sorted(tiles.places)[:2]
    home, goal = tiles.places[first], tiles.places[second]
    drag(tiles, tiles.tile_rect(first).center(), tiles.tile_rect(second).center())
    assert (tiles.places[first], tiles.places[second]) == (goal, home), "the two have changed places"
    settled(qtbot, tab)
    again = ledgers.open_ledger(county)
    assert tile_places(again)[first] == goal
    again.close()
    tab.town_card.reset_button.click()
    assert tiles.places[first] == home


def test_a_click_on_a_tile_lists_its_villages(qtbot: QtBot, tab: RuralTab) -> None:
    tab.town_card.turn_to(TILES)
    settled(qtbot, tab)
    tiles = tab.town_card.tiles
    code = next(town.code for town in tab.heat.rows if town.name == "漂河镇")
    QTest.mouseClick(tiles, Qt.MouseButton.LeftButton, pos=tiles.tile_rect(code).center().toPoint())
    assert tab.panel.filter.town == "漂河镇"
    QTest.keyClick(tiles, Qt.Key.Key_Up)
    assert tiles.current != code
    before = tiles.places[tiles.current]
    QTest.keyClick(tiles, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert tiles.places[tiles.current] == (before[0], before[1] + 1), "Ctrl+arrow moves the tile itself"


def test_new_townships_find_room_beside_those_put_by_hand() -> None:
    places = laid_out(["a", "b", "c"], {"b": (0, 0), "gone": (1, 0)})
    assert places["b"] == (0, 0)
    assert set(places) == {"a", "b", "c"}
    assert len(set(places.values())) == 3


def test_the_rates_agree_with_the_cards_whichever_way_they_are_grouped(qtbot: QtBot, tab: RuralTab) -> None:
    tab.town_card.turn_to(RATES)
    settled(qtbot, tab)
    page = tab.town_card.rates
    county = rows(page)[0]
    cards = {c.kpi.title: c.kpi.text for c in tab.kpis.cards if c.kpi is not None}
    assert county[:4] == ["全县", cards["建制村"], cards["通达率"], cards["直投到村"]]
    assert len(rows(page)) == 1 + len(tab.town_card.tiles.places)
    for by, first in (("brand", "全县"), ("mode", "全县"), ("month", "2020年4月")):
        page.by_chosen.emit(by)
        settled(qtbot, tab)
        assert rows(page)[0][0] == first
    assert rows(page)[0][2] == "—", "before the first record nothing is said"
    assert rows(page)[-1][2] == cards["通达率"]


def test_main_brands_are_changed_in_their_dialog(qtbot: QtBot, tab: RuralTab) -> None:
    tab.town_card.turn_to(RATES)
    settled(qtbot, tab)
    tab.town_card.rates.brands_asked.emit()
    settled(qtbot, tab)
    dialog = tab.work.brands_dialog
    assert dialog is not None
    for n in range(2, dialog.listed.count()):
        dialog.listed.item(n).setCheckState(Qt.CheckState.Unchecked)
    for n in range(2):
        dialog.listed.item(n).setCheckState(Qt.CheckState.Checked)
    with qtbot.waitSignal(tab.answered, timeout=10_000):
        dialog.accept()
    settled(qtbot, tab)
    card = next(c.kpi for c in tab.kpis.cards if c.kpi is not None and c.kpi.title == "主要品牌全通")
    assert "2 个品牌" in card.footnote + card.aside
    assert card.text != "0.0"


def test_a_double_click_opens_the_village_and_prints_it(qtbot: QtBot, tab: RuralTab, tmp_path: Path) -> None:
    tab.panel.turn_to(RELAPSES)
    lost = tab.panel.relapses.rows
    assert lost
    assert any(each.cut_off for each in lost)
    tab.panel.relapses.picked.emit(lost[0])
    qtbot.waitUntil(lambda: tab.work.dialog is not None and tab.work.dialog.isVisible(), timeout=10_000)
    dialog = tab.work.dialog
    assert dialog is not None
    assert dialog.title.text() == f"{lost[0].town} {lost[0].village}"
    assert next(line.state for line in dialog.brands.rows if line.brand == lost[0].brand) != "正常"
    assert dialog.events.rows[0].month >= lost[0].month
    out = tmp_path / "村.pdf"
    dialog.print_asked.emit(out)
    settled(qtbot, tab)
    assert out.read_bytes().startswith(b"%PDF-")
    dialog.close()


def test_relapses_are_found_by_initials_town_and_brand(qtbot: QtBot, tab: RuralTab) -> None:
    del qtbot
    tab.panel.turn_to(RELAPSES)
    every = tab.panel.relapses.rows
    brand = every[0].brand
    tab.panel.ask(view=RELAPSES, brand=brand)
    assert {each.brand for each in tab.panel.relapses.rows} == {brand}
    tab.panel.ask(view=RELAPSES, words=every[0].code)
    assert {each.code for each in tab.panel.relapses.rows} == {every[0].code}
    text, count = tab.panel.list_text()
    assert count == len(tab.panel.relapses.rows)
    assert every[0].code in text


def test_the_trend_says_when_the_targets_are_met_and_turns_to_modes(tab: RuralTab) -> None:
    assert "2022年100%" in tab.pace.text()
    assert "2025年>90%" in tab.pace.text()
    assert tab.pace.isVisible()
    tab.trend_choice._choose(STACK)
    assert tab.trend_card.accessibleName()
    assert tab.trend.spec is not None
    assert [series.name for series in tab.trend.spec.series] == ["直投", "邮快", "快快", "其他方式"]
    assert not tab.pace.isVisible()


# ----------------------------------------------------------------------------------------------- the map


def boundaries(path: Path, tab: RuralTab) -> Path:
    """Squares side by side, one per township, named or coded, and one of another county."""
    towns = [town for town in tab.heat.rows if town.code]
    features = []
    for n, town in enumerate(towns):
        corners = [[127 + n, 43], [128 + n, 43], [128 + n, 44], [127 + n, 44], [127 + n, 43]]
        named = {"name": town.name} if n % 2 else {"name": "别名", "code": town.code[:9]}
        features.append(
            {"type": "Feature", "properties": named, "geometry": {"type": "Polygon", "coordinates": [corners]}}
        )
    other = [[[126, 43], [127, 43], [127, 44], [126, 43]]]
    features.append(
        {"type": "Feature", "properties": {"name": "邻县某镇"}, "geometry": {"type": "Polygon", "coordinates": other}}
    )
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), encoding="utf-8"
    )
    return path


def test_boundaries_and_points_are_loaded_once_and_asked_by_a_click(
    qtbot: QtBot, tab: RuralTab, tmp_path: Path
) -> None:
    tab.town_card.turn_to(MAP)
    settled(qtbot, tab)
    pictured = tab.town_card.map
    blank = pictured.drawn
    assert not blank, "an empty map says what can be loaded"
    tab.work.load_map(boundaries(tmp_path / "界线.geojson", tab))
    settled(qtbot, tab)
    assert pictured.drawn
    towns = {town.code: town.name for town in tab.heat.rows if town.code}
    assert {shape.code for shape, _ in pictured.shapes} == {*towns, ""}
    shape, path = pictured.shapes[3]
    pictured.ask_at(path.boundingRect().center())
    assert tab.panel.filter.town == towns[shape.code]
    tab.panel.ask()
    village = tab.panel.villages.rows[0].row
    points = tmp_path / "村.csv"
    points.write_bytes(f"村代码,经度,纬度\n{village.code},127.5,43.5\n220281999999,127.6,43.5\n".encode("gb18030"))
    tab.work.load_map(points)
    settled(qtbot, tab)
    assert [point.code for point, _ in pictured.dots] == [village.code]
    assert len(pictured.shapes) == len(towns) + 1, "points do not put the boundaries out"
    tab.town_card.turn_to(HEAT)


def test_what_was_loaded_is_in_the_ledger(tmp_path: Path, county: Path) -> None:
    with_name = tmp_path / "村.csv"
    with_name.write_text(
        "乡镇,村名,东经,北纬\n漂河镇,新星村村委会,127.1,43.2\n漂河镇,没有这个村,1,2\n", encoding="utf-8"
    )
    opened = ledgers.open_ledger(county)
    loaded = load_map(opened, with_name)
    assert [point.code for point in loaded.points] == ["220281103201"]
    assert loaded.unmatched == ("没有这个村",)
    opened.close()
    again = ledgers.open_ledger(county)
    assert rural_map(again).points == loaded.points
    again.close()


NO_RING = b'{"features":[{"geometry":{"type":"Polygon","coordinates":[[1,2]]}}]}'


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.geojson", b"{not json", "不是能读的 GeoJSON"),
        ("b.geojson", b'{"type":"FeatureCollection","features":[]}', "没有能画的界线或点"),
        ("c.csv", "村名,备注\n甲村,无\n".encode(), "没有能画的界线或点"),
        ("d.geojson", NO_RING, "不是能读的 GeoJSON"),
    ],
)
def test_files_that_are_no_map_are_refused(tmp_path: Path, county: Path, name: str, content: bytes, says: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    opened = ledgers.open_ledger(county)
    with pytest.raises(UserError, match=says):
        load_map(opened, file)
    assert rural_map(opened).empty
    opened.close()
