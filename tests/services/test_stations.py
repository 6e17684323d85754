"""Village stations: from a list, by hand, with the villages they serve; undone as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.indicators.coverage import coverage_value
from desktop_app.models.values import Flag, Month, Period
from desktop_app.services import context, imports
from desktop_app.services.figures import figure_report
from desktop_app.services.results.stations import StationEntry
from desktop_app.services.results.tracing import FigureAddress, TraceNode
from desktop_app.services.results.villages import VillageChange, VillageStep
from desktop_app.services.rural import rural_board
from desktop_app.services.rural_rates import rate_table
from desktop_app.services.stations import save_station, station_rows
from desktop_app.services.tracing.trace import trace_figure
from desktop_app.services.village_changes import change_villages
from desktop_app.storage.dump import dump_hash
from desktop_app.storage.engine import Ledger
from tests.services.villages import JANUARY, bring, county, sheet

A, B, C = "220281100200", "220281100201", "220281101200"
LIST = """蛟河市村级寄递物流综合服务站名录
站点名称,网点类型,乡镇,建制村,服务品牌,服务村,标准化,统计月份,月收入,月投递量,月寄件量,负责人,电话
东山便民站,村级站,甲镇,东山村,示例甲、示例乙、邮政,东山村、西河村,达标,2021年3月,"1,250.50",320,41,张三,0432-0000000
红星站,村级站,乙镇,红星村,示例甲,,否,,,,,李四,
"""


@pytest.fixture
def villages(tmp_path: Path) -> Iterator[Ledger]:
    with closing(county(tmp_path, (A, "东山村"), (B, "西河村"), (C, "红星村"))) as made:
        yield made


def listed(ledger: Ledger, folder: Path, text: str = LIST) -> int:
    path = folder / "站点.csv"
    path.write_text(text, encoding="utf-8")
    result = bring(ledger, path)
    assert (result.outcome.value, result.kind, result.batch is not None) == ("committed", "outlets", True), result
    assert result.batch is not None
    return result.batch


def test_a_list_of_stations_brings_brands_villages_and_what_was_reported(villages: Ledger, tmp_path: Path) -> None:
    batch = listed(villages, tmp_path)
    first, second = station_rows(villages)
    assert (first.name, first.town, first.village, first.standardised) == ("东山便民站", "甲镇", "东山村", "是")
    assert first.brands == ("示例甲", "示例乙", "邮政")
    assert first.serves_names == ("东山村", "西河村")
    assert (first.report_month, first.income, first.parcels_in, first.parcels_out) == ("2021-03", "1250.5", 320, 41)
    assert (second.serves_names, second.standardised, second.income) == (("红星村",), "否", None)
    imports.undo_batch(villages, batch)
    assert station_rows(villages) == ()


def test_a_later_list_erases_nothing_by_its_blanks(villages: Ledger, tmp_path: Path) -> None:
    listed(villages, tmp_path)
    later = "站点名称,网点类型,乡镇,建制村,统计月份,月收入,服务品牌\n东山便民站,村级站,甲镇,东山村,2021年4月,1300,\n"
    listed(villages, tmp_path, later)
    first = station_rows(villages)[0]
    assert (first.report_month, first.income, first.brands[:1]) == ("2021-04", "1300", ("示例甲",))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [("东山村、西何村", "名录里没有“西何村”"), ("东山村、红星", "")],
)
def test_villages_served_must_be_in_the_register(villages: Ledger, tmp_path: Path, wrong: str, words: str) -> None:
    path = tmp_path / "站点.csv"
    path.write_text(LIST.replace("东山村、西河村", wrong), encoding="utf-8")
    result = bring(villages, path)
    if words:
        assert [issue.message for issue in result.issues] == [words]
        assert result.outcome.value == "refused"
    else:
        assert station_rows(villages)[0].serves_names == ("东山村", "红星村")


ENTRY = StationEntry(
    id=None,
    name="西河服务站",
    village=B,
    reason="3月验收",
    contact="王五",
    brands=("示例甲", "示例乙"),
    serves=(B, C),
    standardised=Flag.YES,
    month=Month(2021, 3),
    income=Decimal("880.25"),
    parcels_in=120,
)


def test_a_station_is_entered_corrected_and_undone(villages: Ledger) -> None:
    entered = save_station(villages, ENTRY)
    (row,) = station_rows(villages)
    assert (row.name, row.village, row.serves_names, row.income) == (
        "西河服务站",
        "西河村",
        ("西河村", "红星村"),
        "880.25",
    )
    corrected = save_station(
        villages, replace(ENTRY, id=row.id, name="西河综合站", income=None, month=None, parcels_in=None)
    )
    (after,) = station_rows(villages)
    assert (after.id, after.name, after.income, after.report_month) == (row.id, "西河综合站", None, None)
    with pytest.raises(UserError, match="已有叫"):
        save_station(villages, replace(ENTRY, name="西河综合站"))
    imports.undo_batch(villages, corrected)
    assert station_rows(villages) == (row,)
    imports.undo_batch(villages, entered)
    assert station_rows(villages) == ()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (replace(ENTRY, name=" "), "站点名称"),
        (replace(ENTRY, village=""), "所在的村"),
        (replace(ENTRY, reason=""), "原因"),
        (replace(ENTRY, month=None), "哪个月"),
        (replace(ENTRY, parcels_in=-1), "小于 0"),
        (replace(ENTRY, serves=("220281100299",)), "没有代码为"),
        (replace(ENTRY, company="没有的公司"), "企业名录里没有"),
        (replace(ENTRY, opened=Month(2021, 3), closed=Month(2021, 2)), "早于"),
    ],
)
def test_a_station_that_cannot_be_stores_nothing(villages: Ledger, wrong: StationEntry, words: str) -> None:
    before = dump_hash(villages)
    with pytest.raises(UserError, match=words):
        save_station(villages, wrong)
    assert dump_hash(villages) == before


COUNTED = "符合“有村级站点”"


def _nodes(tree: Sequence[TraceNode]) -> Iterator[TraceNode]:
    for node in tree:
        yield node
        yield from _nodes(node.children)


def with_station(ledger: Ledger, month: Month) -> tuple[int, Decimal | None]:
    """Villages with a station and their share, which the tab, the towns, the indicator and the trace all say alike."""
    board, total = rural_board(ledger, month), rate_table(ledger, month).total
    trace = trace_figure(ledger, FigureAddress("RUR.STATION", str(month)))
    said = {
        total.stations,
        sum(town.stations for town in board.towns),
        sum(bool(row.station) for row in board.villages),
        coverage_value(context.coverage_book(ledger), "RUR.STATION", month),
        figure_report(ledger, "RUR.STATION", Period.of_month(month)).figure.value,
        next((int(node.text.removesuffix(" 村")) for node in _nodes(trace.tree) if node.name == COUNTED), 0),
    }
    assert said == {total.stations}
    return total.stations, total.station


def test_a_station_of_the_register_counts_for_every_village_it_serves(villages: Ledger, tmp_path: Path) -> None:
    """东山村 has one by its sheet; the register's serves 西河村 and 红星村 from February to March."""
    head = "代码,建制村,示例甲,村级站点"
    rows = [f"{A},东山村,直投,东山便民站", f"{B},西河村,否,", f"{C},红星村,邮快,"]
    assert bring(villages, sheet(tmp_path, JANUARY, rows, head)).outcome.value == "committed"
    months = [Month(2021, number) for number in (1, 2, 3, 4)]
    one = (1, Decimal("33.3"))
    assert [with_station(villages, month) for month in months] == [one] * 4
    batch = save_station(villages, replace(ENTRY, serves=(A, C), opened=months[1], closed=months[2]))
    assert [with_station(villages, month) for month in months] == [one, (3, Decimal("100.0")), (3, Decimal(100)), one]
    names = {row.name: row.station for row in rural_board(villages, months[1]).villages}
    assert names == {"东山村": "东山便民站", "西河村": "西河服务站", "红星村": "西河服务站"}, "one a village"
    tree = list(_nodes(trace_figure(villages, FigureAddress("RUR.STATION", str(months[1]))).tree))
    assert [node.text for node in tree if node.name == "村级站名录"] == ["西河服务站"] * 3, "where it comes from"
    assert any("站点东山便民站" in node.note for node in tree)
    imports.undo_batch(villages, batch)
    assert [with_station(villages, month) for month in months] == [one] * 4


def test_a_station_without_a_day_of_opening_was_always_open_and_one_of_another_kind_is_none(
    villages: Ledger, tmp_path: Path
) -> None:
    rows = [f"{A},东山村,否,", f"{B},西河村,否,", f"{C},红星村,停运,"]
    assert bring(villages, sheet(tmp_path, JANUARY, rows)).outcome.value == "committed"
    listed(villages, tmp_path, LIST.replace("红星站,村级站", "红星站,公共服务站"))
    assert with_station(villages, JANUARY) == (2, Decimal("66.7"))


def test_a_station_moves_with_its_village_and_counts_once(villages: Ledger, tmp_path: Path) -> None:
    assert bring(villages, sheet(tmp_path, JANUARY, [f"{A},东山村,直投,"])).outcome.value == "committed"
    save_station(villages, replace(ENTRY, village=A, serves=()))
    moved, may = "220281101201", Month(2021, 5)
    change_villages(villages, VillageChange(VillageStep.MOVE, (A,), may, "批复", units=((moved, "东山村"),)))
    for month, code in ((Month(2021, 4), A), (may, moved)):
        assert with_station(villages, month)[0] == 1
        assert [row.code for row in rural_board(villages, month).villages if row.station] == [code]


def test_two_merged_villages_with_one_station_each_are_one_village_with_a_station(
    villages: Ledger, tmp_path: Path
) -> None:
    assert bring(villages, sheet(tmp_path, JANUARY, [f"{A},东山村,直投,"])).outcome.value == "committed"
    save_station(villages, replace(ENTRY, serves=(A,)))
    may = Month(2021, 5)
    change_villages(villages, VillageChange(VillageStep.MERGE, (A, B), may, "并村", units=((B, "西河村"),)))
    assert [with_station(villages, month) for month in (Month(2021, 4), may)] == [
        (2, Decimal("66.7")),
        (1, Decimal("50.0")),
    ]


def test_a_code_used_again_has_the_station_opened_since(villages: Ledger, tmp_path: Path) -> None:
    """西河村 takes the code that 东山村 leaves; the station of 2020 goes with 东山村, that of June is 西河村's."""
    assert bring(villages, sheet(tmp_path, JANUARY, [f"{A},东山村,直投,"])).outcome.value == "committed"
    moved, may, june = "220281101201", Month(2021, 5), Month(2021, 6)
    save_station(villages, replace(ENTRY, name="旧站", village=A, serves=(), opened=Month(2020, 1)))
    change_villages(villages, VillageChange(VillageStep.MOVE, (A,), may, "批复", units=((moved, "东山村"),)))
    change_villages(villages, VillageChange(VillageStep.MOVE, (B,), june, "批复", units=((A, "西河村"),)))
    save_station(villages, replace(ENTRY, name="新站", village=A, serves=(), opened=june))
    named = {row.code: row.station for row in rural_board(villages, june).villages}
    assert named == {A: "新站", C: "", moved: "旧站"}
