"""What a village keeps of its past when its code changes: since when it is served or not, parcels, stations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.models.values import CoverageMode, CoverageState, Month
from desktop_app.services import imports, rural
from desktop_app.services.coverage_entry import enter_coverage
from desktop_app.services.results.coverage_entry import AS_IS, CoverageEntry
from desktop_app.services.results.stations import StationEntry
from desktop_app.services.results.villages import VillageChange, VillageStep
from desktop_app.services.rural_rates import rate_table, rural_watch
from desktop_app.services.stations import save_station, station_rows
from desktop_app.services.village_changes import change_villages
from desktop_app.services.village_pages import village_page
from desktop_app.storage import coverage
from desktop_app.storage.engine import Ledger
from tests.services.villages import bring, county, sheet

A, B, C = "220281100200", "220281100201", "220281101200"
NEW, MOVED = "220281100390", "220281101390"
APRIL, MAY, JUNE = Month(2021, 4), Month(2021, 5), Month(2021, 6)


@pytest.fixture
def villages(tmp_path: Path) -> Iterator[Ledger]:
    with closing(county(tmp_path, (A, "东山村"), (B, "西河村"), (C, "红星村"))) as made:
        yield made


def enter(ledger: Ledger, codes: tuple[str, ...], month: int, state: CoverageState, parcels: int | None = None) -> None:
    """示例甲 by 邮快 in these villages from the month on."""
    modes = frozenset({CoverageMode.POST}) if state.served else AS_IS
    counts = {} if parcels is None else {"parcels_in": parcels}
    entry = CoverageEntry(codes, ("示例甲",), Month(2021, month), "逐村核查", state=state, modes=modes, **counts)  # type: ignore[arg-type]
    enter_coverage(ledger, entry)


def change(ledger: Ledger, step: VillageStep, codes: tuple[str, ...], *units: tuple[str, str]) -> int:
    return change_villages(ledger, VillageChange(step, codes, MAY, "县政府批复", units=units))


def gap(ledger: Ledger, code: str, month: Month) -> tuple[str, bool]:
    """Since when a village of the gap list is without service, and whether it has fallen back."""
    gaps = rural.coverage_report(ledger, month, gaps=True).gaps
    return next((each.since, each.relapsed) for each in gaps if each.code == code)


def parcels(ledger: Ledger) -> list[int | None]:
    """邮快 parcels of the county in April, May and June."""
    return [rate_table(ledger, month).total.post_parcels for month in (APRIL, MAY, JUNE)]


def test_a_village_that_moves_is_not_served_since_the_same_month_as_before(villages: Ledger) -> None:
    enter(villages, (A,), 1, CoverageState.NORMAL)
    enter(villages, (A,), 3, CoverageState.NONE)
    assert gap(villages, A, APRIL) == ("2021-03", True)
    batch = change(villages, VillageStep.MOVE, (A,), (MOVED, "东山村"))
    assert gap(villages, MOVED, MAY) == gap(villages, MOVED, JUNE) == ("2021-03", True)
    assert gap(villages, A, APRIL) == ("2021-03", True), "April as it was"
    lost = rural_watch(villages, JUNE).relapses
    assert [(each.code, each.brand, each.month) for each in lost] == [(MOVED, "示例甲", "2021-03")]
    page = village_page(villages, MOVED, JUNE)
    assert [(event.month, event.words) for event in page.events] == [
        ("2021-03", "不再通达"),
        ("2021-01", "通达（邮快）"),
    ]
    assert page.brands[0].since == "2021-03"
    assert page.names == (f"甲镇东山村 {A}（至2021年4月）",)
    assert "第 0 行" not in page.brands[0].source
    with villages.read() as session:
        held = coverage.as_of(session, JUNE, villages=[MOVED])
    assert [record.reason for record in held] == [f"承接 {A} 在 2021-03 的记录：逐村核查"], "where it comes from"
    imports.undo_batch(villages, batch)
    assert gap(villages, A, JUNE) == ("2021-03", True)


def test_a_merged_village_that_no_one_serves_fell_back_when_the_last_of_its_parts_did(villages: Ledger) -> None:
    enter(villages, (A, B), 1, CoverageState.NORMAL)
    enter(villages, (A,), 2, CoverageState.NONE)
    enter(villages, (B,), 4, CoverageState.SUSPENDED)
    change(villages, VillageStep.MERGE, (A, B), (NEW, "东西村"))
    assert gap(villages, NEW, MAY) == ("2021-04", True)


def test_what_holds_is_still_seen_to_be_an_older_record_after_a_merger(villages: Ledger) -> None:
    enter(villages, (A, B), 3, CoverageState.NORMAL)
    change(villages, VillageStep.MERGE, (A, B), (NEW, "东西村"))
    row = next(row for row in rural.rural_board(villages, JUNE).villages if row.code == NEW)
    assert (row.state, row.carried) == ("通达", "沿用自2021-03")


@pytest.mark.parametrize("into", [NEW, A])
def test_parcels_of_april_do_not_turn_up_in_may(villages: Ledger, into: str) -> None:
    enter(villages, (A, B), 4, CoverageState.NORMAL, 100)
    change(villages, VillageStep.MERGE, (A, B), (into, "东西村"))
    assert parcels(villages) == [200, None, None]


@pytest.mark.parametrize("into", [NEW, A])
def test_a_merged_village_has_the_parcels_of_both_parts(villages: Ledger, into: str) -> None:
    enter(villages, (A, B), 5, CoverageState.NORMAL, 100)
    enter(villages, (B,), 6, CoverageState.NORMAL, 30)
    change(villages, VillageStep.MERGE, (A, B), (into, "东西村"))
    assert parcels(villages) == [None, 200, 30]


@pytest.mark.parametrize("parts", [(A, NEW), (MOVED, NEW)])
def test_parcels_of_a_village_that_is_split_are_counted_once(villages: Ledger, parts: tuple[str, str]) -> None:
    enter(villages, (A,), 4, CoverageState.NORMAL, 70)
    enter(villages, (A,), 5, CoverageState.NORMAL, 100)
    change(villages, VillageStep.SPLIT, (A,), *((code, f"东山{n}村") for n, code in enumerate(parts)))
    assert parcels(villages) == [70, 100, None]
    assert rural.coverage_report(villages, JUNE).covered == 2


def test_a_code_that_was_another_villages_brings_no_past_of_its_own(villages: Ledger) -> None:
    """西河村 takes the code that 东山村 leaves: what 东山村 lost in March is not what 西河村 lost."""
    enter(villages, (A,), 1, CoverageState.NORMAL)
    enter(villages, (A,), 3, CoverageState.RELAPSED)
    change(villages, VillageStep.MOVE, (A,), (MOVED, "东山村"))
    change_villages(villages, VillageChange(VillageStep.MOVE, (B,), JUNE, "县政府批复", units=((A, "西河村"),)))
    assert gap(villages, A, JUNE) == ("从未", False)
    assert village_page(villages, A, JUNE).events == ()
    assert [each.code for each in rural_watch(villages, JUNE).relapses] == [MOVED]


def test_a_station_stands_on_the_page_of_every_village_it_serves_and_moves_with_its_own(villages: Ledger) -> None:
    save_station(villages, StationEntry(None, "东山站", A, "3月验收", contact="赵六", phone="0432", serves=(B,)))
    for code in (A, B):
        assert [(line.name, line.contact) for line in village_page(villages, code, APRIL).stations] == [
            ("东山站", "赵六")
        ]
    assert village_page(villages, C, APRIL).stations == ()
    change(villages, VillageStep.MOVE, (A,), (MOVED, "东山村"))
    assert [line.name for line in village_page(villages, MOVED, MAY).stations] == ["东山站"]
    (row,) = station_rows(villages)
    assert (row.region, row.town, row.village, row.serves_names) == (MOVED, "乙镇", "东山村", ("东山村", "西河村"))


def test_a_sheet_of_a_past_month_names_the_villages_of_that_month(villages: Ledger, tmp_path: Path) -> None:
    change(villages, VillageStep.MOVE, (A,), (MOVED, "东山村"))
    change_villages(villages, VillageChange(VillageStep.RENAME, (B,), MAY, "县政府批复", name="西川村"))
    by_code = sheet(tmp_path, APRIL, [f"{A},东山村,直投,", f"{B},西河村,邮快,"])
    assert bring(villages, by_code).outcome.value == "committed"
    by_name = sheet(tmp_path, Month(2021, 3), ["甲镇,东山村,直投", "甲镇,西河村,邮快"], "乡镇,建制村,示例甲")
    assert bring(villages, by_name).outcome.value == "committed"
    reached = [rural.coverage_report(villages, Month(2021, month)).covered for month in range(2, 7)]
    assert reached == [0, 2, 2, 2, 2], "what comes in late of April holds on in May where the village is now"


def test_what_is_learnt_late_of_april_goes_on_under_the_new_code_and_is_undone_with_it(villages: Ledger) -> None:
    enter(villages, (A, B), 1, CoverageState.NORMAL)
    change(villages, VillageStep.MERGE, (A, B), (NEW, "东西村"))
    change_villages(villages, VillageChange(VillageStep.MOVE, (NEW,), JUNE, "县政府批复", units=((MOVED, "东西村"),)))
    entry = CoverageEntry((A, B), ("示例甲",), APRIL, "补记", state=CoverageState.SUSPENDED)
    batch = enter_coverage(villages, entry).batch
    assert [gap(villages, code, month) for code, month in ((A, APRIL), (NEW, MAY), (MOVED, JUNE))] == [
        ("2021-04", True)
    ] * 3
    imports.undo_batch(villages, batch)
    assert [rural.coverage_report(villages, month).covered for month in (APRIL, MAY, JUNE)] == [2, 1, 1]


def test_what_the_new_village_has_told_itself_stands(villages: Ledger) -> None:
    enter(villages, (A,), 1, CoverageState.NONE)
    change(villages, VillageStep.MOVE, (A,), (MOVED, "东山村"))
    enter(villages, (MOVED,), 5, CoverageState.NONE)
    enter(villages, (A,), 4, CoverageState.NORMAL)
    assert [rural.coverage_report(villages, month).covered for month in (APRIL, MAY)] == [1, 0]


@pytest.mark.parametrize(
    ("row", "head"), [(f"{A},东山村,直投", "代码,建制村,示例甲"), ("甲镇,东山村,直投", "乡镇,建制村,示例甲")]
)
def test_a_later_sheet_that_still_has_the_old_place_is_told_the_new_one(
    villages: Ledger, tmp_path: Path, row: str, head: str
) -> None:
    change(villages, VillageStep.MOVE, (A,), (MOVED, "东山村"))
    result = bring(villages, sheet(tmp_path, JUNE, [row], head))
    assert result.outcome.value == "refused"
    assert [(issue.code, f"现在是乙镇“东山村”（{MOVED}）" in issue.message) for issue in result.issues] == [
        ("UNKNOWN_VILLAGE", True)
    ]
