"""A scored sheet sets the outlet's flag and the number of green outlets; it is corrected, withdrawn, undone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Month, Period
from desktop_app.paths import resources_dir
from desktop_app.services import context, imports, scoring
from desktop_app.services.ledger import open_ledger
from desktop_app.services.results.imports import Outcome
from desktop_app.services.results.scoring import Filed, OutletRow, ScoreSheet
from desktop_app.services.results.tracing import FigureAddress
from desktop_app.services.score_filing import COUNT, count_green, save_sheet, withdraw_sheet
from desktop_app.services.tracing import trace_figure
from desktop_app.storage import audit
from desktop_app.storage.engine import Ledger
from tests.gui.rural_green import small_county

MARCH = Month(2021, 3)
BY_REGISTER = 15
"""Green outlets of the sample's register; its companies report 14 for March, two of them nothing."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = small_county(tmp_path_factory.mktemp("county") / "ledger.db")
    with closing(open_ledger(str(path))) as ledger:
        preview = imports.preview_file(ledger, resources_dir() / "sample" / "outlets.csv", ImportOptions())
        assert imports.commit_previews(ledger, [preview], "示例数据")[0].outcome is Outcome.COMMITTED
    return path


@pytest.fixture
def ledger(filled: Path, tmp_path: Path) -> Iterator[Ledger]:
    with closing(open_ledger(str(shutil.copy(filled, tmp_path / "ledger.db")))) as opened:
        yield opened
        with opened.read() as session:
            assert audit.verify(session).ok


def outlet(ledger: Ledger, *, green: bool, month: Month = MARCH) -> OutletRow:
    rows = scoring.outlet_board(ledger, month).rows
    return next(row for row in rows if row.id is not None and (row.green == "是") is green)


def now(ledger: Ledger, row: OutletRow, month: Month = MARCH) -> OutletRow:
    return next(each for each in scoring.outlet_board(ledger, month).rows if (each.id, each.name) == (row.id, row.name))


def typed(ledger: Ledger, row: OutletRow | None, points: int, day: str = "2021-03-12", veto: str = "无") -> ScoreSheet:
    form, place, number = ("centre", "示例甲分拨中心", None) if row is None else ("outlet", row.name, row.id)
    sheet = scoring.blank_sheet(ledger, form, place, number)
    items = tuple(replace(item, scored=str(points)) for item in sheet.items)
    vetoes = tuple((text, veto) for text, _ in sheet.vetoes)
    return replace(sheet, made_on=day, assessor="张三", items=items, vetoes=vetoes)


def number(ledger: Ledger, month: Month = MARCH) -> int | None:
    value = context.calculator(ledger, month).amount(COUNT, Period.of_month(month)).value
    return None if value is None else int(value)


def test_a_passed_sheet_makes_the_outlet_green_and_adds_it_to_the_month(ledger: Ledger) -> None:
    row = outlet(ledger, green=False)
    assert (count_green(ledger, MARCH), number(ledger)) == (BY_REGISTER, 14)
    filed = save_sheet(ledger, typed(ledger, row, 18))
    assert "标志由“未报”改为“是”" in filed.words
    assert "2021年3月快递绿色网点数记为 16 个（原为 14 个）" in filed.words
    assert (now(ledger, row).green, now(ledger, row).made_on, number(ledger)) == ("是", "2021-03-12", 16)
    traced = trace_figure(ledger, FigureAddress(COUNT, str(MARCH)))
    assert "录入 " in str(traced.tree), "此数从何来 leads to the entry, not to the companies"
    assert "评分（第 1 号）" in str(traced.tree)


@pytest.mark.parametrize(("points", "veto", "green", "count"), [(17, "无", "否", 15), (20, "有", "否", 15)])
def test_too_few_points_or_a_veto_make_it_no_green_outlet(
    ledger: Ledger, points: int, veto: str, green: str, count: int
) -> None:
    row = outlet(ledger, green=False)
    save_sheet(ledger, typed(ledger, row, points, veto=veto))
    assert (now(ledger, row).green, number(ledger)) == (green, count)


def test_a_green_outlet_that_fails_is_green_no_longer_and_is_again_when_the_sheet_is_withdrawn(ledger: Ledger) -> None:
    row = outlet(ledger, green=True)
    filed = save_sheet(ledger, typed(ledger, row, 17))
    assert (now(ledger, row).green, number(ledger)) == ("否", 14)
    told = withdraw_sheet(ledger, filed.number, "评错了网点")
    assert "由“否”改为“是”" in told.words
    assert (now(ledger, row).green, now(ledger, row).verdict, number(ledger)) == ("是", "", 14)
    event = now(ledger, row).history[0]
    assert (event.state, event.reason, event.made_on) == ("已撤回", "评错了网点", "2021-03-12")


def test_a_sheet_is_corrected_with_its_reason_and_the_old_one_stays(ledger: Ledger) -> None:
    row = outlet(ledger, green=False)
    first = save_sheet(ledger, typed(ledger, row, 17))
    sheet = now(ledger, row).sheet
    assert sheet is not None
    mended = replace(sheet, items=tuple(replace(item, scored="19") for item in sheet.items))
    with pytest.raises(UserError, match="写明原因"):
        save_sheet(ledger, mended)
    with pytest.raises(UserError, match="没有改动"):
        save_sheet(ledger, sheet, "随便")
    second = save_sheet(ledger, mended, "漏算回收装置")
    after = now(ledger, row)
    assert (after.green, after.verdict, number(ledger)) == ("是", "95.0%，达标", 16)
    assert [(e.sheet.id, e.state, e.reason) for e in after.history] == [
        (second.number, "在用", ""),
        (first.number, f"已改正（第 {second.number} 号）", "漏算回收装置"),
    ]
    withdraw_sheet(ledger, second.number, "全部作废")
    assert (now(ledger, row).green, number(ledger)) == ("未报", 14), "as it was before anything was scored"


def test_a_correction_of_the_day_moves_the_number_to_the_other_month(ledger: Ledger) -> None:
    row = outlet(ledger, green=False)
    save_sheet(ledger, typed(ledger, row, 20))
    sheet = now(ledger, row).sheet
    assert sheet is not None
    before = number(ledger, Month(2021, 2))
    save_sheet(ledger, replace(sheet, made_on="2021-02-20"), "日期写错")
    assert number(ledger, Month(2021, 2)) == 16
    assert before != 16
    assert number(ledger) == 14, "March is what it was"


def test_sorting_centres_are_counted_and_two_sheets_of_a_month_are_told_apart(ledger: Ledger) -> None:
    row = outlet(ledger, green=False)
    first: Filed = save_sheet(ledger, typed(ledger, row, 18))
    save_sheet(ledger, typed(ledger, None, 20))
    assert number(ledger) == 17
    withdraw_sheet(ledger, first.number, "评错了网点")
    assert number(ledger) == 16, "the centre stays, the outlet goes"
    save_sheet(ledger, typed(ledger, None, 20, day="2021-03-20", veto="有"))
    assert number(ledger) == 15


def test_the_newest_sheet_counts_whichever_is_typed_last(ledger: Ledger) -> None:
    row = outlet(ledger, green=False)
    save_sheet(ledger, typed(ledger, row, 20, day="2021-03-20"))
    save_sheet(ledger, typed(ledger, row, 10, day="2021-03-05"))
    assert (now(ledger, row).green, now(ledger, row).verdict, number(ledger)) == ("是", "100.0%，达标", 16)


def test_a_number_that_the_register_does_not_bear_out_is_left_and_told(ledger: Ledger) -> None:
    from desktop_app.services import entry
    from desktop_app.services.results.entry import CellKey, TypedCell

    key = CellKey(COUNT, str(MARCH), context.home(ledger).region)
    assert entry.enter(ledger, [TypedCell(key, "30")], reason="市局核定").batch is not None
    filed = save_sheet(ledger, typed(ledger, outlet(ledger, green=False), 20))
    assert "没有改：名录和评分合起来是 16 个，台账里是 30 个" in filed.words
    assert number(ledger) == 30


def test_the_entry_can_be_undone_in_the_history_like_any_other(ledger: Ledger) -> None:
    save_sheet(ledger, typed(ledger, outlet(ledger, green=False), 20))
    newest = imports.list_batches(ledger)
    kinds = [(row.file_name, row.kind) for row in newest[:2]]
    assert kinds[1][0] == "绿色网点评分.csv"
    imports.undo_batch(ledger, newest[0].id, "试试")
    assert number(ledger) == 14
    imports.undo_batch(ledger, newest[1].id, "试试")
    assert sum(row.green == "是" for row in scoring.outlet_board(ledger, MARCH).rows) == BY_REGISTER


def test_a_day_that_has_not_come_is_refused(ledger: Ledger) -> None:
    with pytest.raises(UserError, match="还没有到"):
        save_sheet(ledger, typed(ledger, outlet(ledger, green=False), 20, day="2999-01-01"))
