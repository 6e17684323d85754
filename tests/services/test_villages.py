"""Villages over time: a new list gone through line by line, changes by hand, and what they do to 通达率."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.models.values import Month
from desktop_app.services import context, imports, registers, rural
from desktop_app.services.dependants import dependants
from desktop_app.services.results.villages import ListChange, VillageChange, VillageStep
from desktop_app.services.village_changes import change_villages
from desktop_app.services.village_list import review_list, take_list
from desktop_app.services.village_register import village_units
from desktop_app.storage.dump import dump_hash
from desktop_app.storage.engine import Ledger
from tests.services.demo import DATA, VILLAGES
from tests.services.villages import bring, county, listed, sheet

A, B, C, D, E = (f"22028110020{n}" for n in range(5))
"""Five villages of 甲镇."""
F = "220281101200"
"""One of 乙镇."""
UNITS = ((A, "东山村"), (B, "西河村"), (C, "南沟村"), (D, "北岭村"), (E, "中屯村"), (F, "红星村"))
MONTHS = [Month(2021, month) for month in range(1, 7)]
MAY = Month(2021, 5)
BOTH = ("示例乙", "示例甲")


@pytest.fixture
def villages(tmp_path: Path) -> Iterator[Ledger]:
    """Six villages: 示例甲 reaches A from January, B from February, F from March; 示例乙 A from April."""
    with closing(county(tmp_path, *UNITS)) as made:
        for month, rows in (
            (1, [f"{A},东山村,直投,否", f"{B},西河村,否,否", f"{C},南沟村,否,否"]),
            (2, [f"{B},西河村,邮快,"]),
            (3, [f"{F},红星村,直投,"]),
            (4, [f"{A},东山村,,邮快"]),
        ):
            assert bring(made, sheet(tmp_path, Month(2021, month), rows)).outcome.value == "committed"
        yield made


def rates(ledger: Ledger, definition: str = "any") -> list[tuple[int, int]]:
    """(reached, villages) of the six months; the board and the command line agree."""
    found = []
    for month in MONTHS:
        report = rural.coverage_report(ledger, month, definition)
        assert context.coverage_book(ledger).snapshot(month).count(definition) == report.covered
        found.append((report.covered, report.villages))
    return found


def change(step: VillageStep, *codes: str, month: Month = MAY, **more: object) -> VillageChange:
    return VillageChange(step, codes, month, "县政府批复", **more)  # type: ignore[arg-type]


BEFORE = [(1, 6), (2, 6), (3, 6), (3, 6), (3, 6), (3, 6)]


# --------------------------------------------------------------------------------------------------- by hand


def test_merging_two_villages_in_may_leaves_january_to_april_unchanged(villages: Ledger) -> None:
    assert rates(villages) == BEFORE
    boards = [rural.rural_board(villages, month) for month in MONTHS[:4]]
    new = "220281100210"
    batch = change_villages(villages, change(VillageStep.MERGE, A, B, units=((new, "东西村"),)))
    assert [rural.rural_board(villages, month) for month in MONTHS[:4]] == boards
    assert rates(villages) == [*BEFORE[:4], (2, 5), (2, 5)]
    may = {unit.code: unit for unit in village_units(villages, MAY)}
    assert may[new].note == f"并入东山村（{A}）；并入西河村（{B}）"
    row = next(row for row in rural.rural_board(villages, MAY).villages if row.code == new)
    assert (row.brands, row.state) == (BOTH, "通达"), "records go on under the new code"
    told = dependants(villages, batch)
    assert told.refused == ""
    imports.undo_batch(villages, batch)
    assert rates(villages) == BEFORE
    assert {unit.code for unit in village_units(villages, MAY)} == {code for code, _ in UNITS}


def test_a_village_merged_into_another_one_brings_its_newer_records(villages: Ledger) -> None:
    change_villages(villages, change(VillageStep.MERGE, A, C, units=((C, "南沟村"),)))
    row = next(row for row in rural.rural_board(villages, MAY).villages if row.code == C)
    assert row.brands == BOTH
    assert rates(villages) == [*BEFORE[:4], (3, 5), (3, 5)]
    april = next(row for row in rural.rural_board(villages, Month(2021, 4)).villages if row.code == C)
    assert april.brands == ()


def test_splitting_a_village_gives_both_parts_its_service(villages: Ledger) -> None:
    change_villages(villages, change(VillageStep.SPLIT, A, units=((A, "东山村"), ("220281100211", "东山新村"))))
    assert rates(villages) == [*BEFORE[:4], (4, 7), (4, 7)]
    assert rates(villages, "direct") == [(1, 6), (1, 6), (2, 6), (2, 6), (3, 7), (3, 7)]


def test_a_renamed_village_and_one_that_moves_to_another_town_keep_their_service(villages: Ledger) -> None:
    change_villages(villages, change(VillageStep.RENAME, A, name="东升村"))
    change_villages(villages, change(VillageStep.MOVE, B, units=(("220281101201", "西河村"),)))
    assert rates(villages) == BEFORE
    april, may = (
        {unit.name: (unit.town, unit.note) for unit in village_units(villages, month)}
        for month in (Month(2021, 4), MAY)
    )
    assert april["西河村"] == ("甲镇", "")
    assert may["西河村"] == ("乙镇", f"由甲镇西河村（{B}）迁来")
    assert may["东升村"] == ("甲镇", "原名东山村")
    assert "东山村" not in may
    towns = {town.name: (town.covered, town.villages) for town in rural.rural_board(villages, MAY).towns}
    assert towns == {"甲镇": (1, 4), "乙镇": (2, 2)}


def test_the_flag_is_set_with_a_reason_from_a_month_on(villages: Ledger) -> None:
    with pytest.raises(UserError, match="原因"):
        change_villages(villages, VillageChange(VillageStep.FLAG, (D, E), MAY, " ", flagged=False))
    batch = change_villages(villages, change(VillageStep.FLAG, D, E, flagged=False))
    assert rates(villages) == [*BEFORE[:4], (3, 4), (3, 4)]
    flags = {unit.code: (unit.flagged, unit.reason) for unit in village_units(villages, MAY)}
    assert flags[D] == (False, "县政府批复")
    imports.undo_batch(villages, batch)
    assert rates(villages) == BEFORE


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (change(VillageStep.MERGE, A, units=((A, "东山村"),)), "至少要选两个村"),
        (change(VillageStep.MERGE, A, B, units=((D, "北岭村"),)), "已有村使用"),
        (change(VillageStep.MERGE, A, B, units=(("2202811002", "东西村"),)), "不是 12 位"),
        (change(VillageStep.MOVE, A, units=(("220202100201", "东山村"),)), "不在本地区"),
        (change(VillageStep.SPLIT, A, units=((A, "东山村"),)), "各村的代码和名称"),
        (change(VillageStep.CLOSE, "220281100299"), "没有代码为"),
        (change(VillageStep.RENAME, A), "新的村名"),
    ],
)
def test_a_change_that_cannot_be_stores_nothing(villages: Ledger, wrong: VillageChange, words: str) -> None:
    before = dump_hash(villages)
    with pytest.raises(UserError, match=words):
        change_villages(villages, wrong)
    assert dump_hash(villages) == before


def test_a_village_changed_later_cannot_be_changed_before_that(villages: Ledger) -> None:
    change_villages(villages, change(VillageStep.RENAME, A, name="东升村"))
    with pytest.raises(UserError, match="之后已有变更"):
        change_villages(villages, change(VillageStep.RENAME, A, month=Month(2021, 3), name="东风村"))


# --------------------------------------------------------------------------------------------------- a new list

NEXT_YEAR = (
    (A, "东山村村委会"),
    (B, "西合村"),
    ("220281101205", "南沟村"),
    (D, "北岭村"),
    (F, "红星村民委员会"),
    ("220281101206", "新立村"),
)
"""B renamed, C moved to 乙镇, E gone, one new; the others written otherwise."""


def test_a_new_list_is_told_apart_confirmed_and_undone(villages: Ledger, tmp_path: Path) -> None:
    before = dump_hash(villages)
    review = review_list(villages, listed(tmp_path, *NEXT_YEAR, name="2022名录.csv"))
    assert dump_hash(villages) == before, "nothing is stored by looking"
    told = [(line.change.value, line.old_name, line.name, line.old_town, line.town) for line in review.lines]
    assert told == [
        ("新增", "", "新立村", "", "乙镇"),
        ("不再列出", "中屯村", "中屯村", "甲镇", "甲镇"),
        ("更名", "西河村", "西合村", "甲镇", "甲镇"),
        ("迁移", "南沟村", "南沟村", "甲镇", "乙镇"),
    ]
    assert review.same == 3
    taken = take_list(villages, review, {line.key for line in review.lines}, MAY)
    assert (taken.taken, taken.refused) == (4, 0)
    assert rates(villages) == BEFORE
    assert {unit.name for unit in village_units(villages, MAY)} == {
        *("东山村", "西合村", "南沟村", "北岭村", "红星村", "新立村")
    }
    assert {unit.name for unit in village_units(villages, Month(2021, 4))} == {name for _, name in UNITS}
    imports.undo_batch(villages, taken.batch)
    assert {unit.name for unit in village_units(villages, MAY)} == {name for _, name in UNITS}


def test_refused_lines_leave_the_register_as_it_is(villages: Ledger, tmp_path: Path) -> None:
    review = review_list(villages, listed(tmp_path, *NEXT_YEAR, name="2022名录.csv"))
    only_new = {line.key for line in review.lines if line.change is ListChange.NEW}
    with pytest.raises(UserError, match="没有接受"):
        take_list(villages, review, set(), MAY)
    taken = take_list(villages, review, only_new, MAY)
    assert (taken.taken, taken.refused) == (1, 3)
    assert {unit.name for unit in village_units(villages, MAY)} == {*(name for _, name in UNITS), "新立村"}
    again = review_list(villages, listed(tmp_path, *NEXT_YEAR, name="2022名录.csv"))
    assert [line.change for line in again.lines] == [ListChange.GONE, ListChange.RENAMED, ListChange.MOVED]
    with pytest.raises(UserError, match="又有改动"):
        take_list(villages, review, only_new, MAY)


def test_a_village_that_is_gone_may_be_part_of_another_now(villages: Ledger, tmp_path: Path) -> None:
    units = tuple(unit for unit in UNITS if unit[0] != A)
    review = review_list(villages, listed(tmp_path, *units, name="2022名录.csv"))
    take_list(villages, review, {line.key for line in review.lines}, MAY, into={A: D})
    assert rates(villages) == [*BEFORE[:4], (3, 5), (3, 5)]
    assert next(unit for unit in village_units(villages, MAY) if unit.code == D).note == ""
    row = next(row for row in rural.rural_board(villages, MAY).villages if row.code == D)
    assert row.brands == BOTH


def test_villages_whose_codes_change_places_keep_their_own_records(villages: Ledger, tmp_path: Path) -> None:
    swapped = ((A, "南沟村"), (C, "东山村"), *(unit for unit in UNITS if unit[0] not in {A, C}))
    review = review_list(villages, listed(tmp_path, *swapped, name="2022名录.csv"))
    assert [(line.change, line.name, line.note) for line in review.lines] == [
        (ListChange.MOVED, "南沟村", "代码变更"),
        (ListChange.MOVED, "东山村", "代码变更"),
    ]
    take_list(villages, review, {line.key for line in review.lines}, MAY)
    assert rates(villages) == BEFORE
    for month, code in ((Month(2021, 4), A), (MAY, C)):
        rows = {row.code: row for row in rural.rural_board(villages, month).villages}
        assert (rows[code].name, rows[code].brands) == ("东山村", BOTH)
        other = C if code == A else A
        assert (rows[other].name, rows[other].brands) == ("南沟村", ())


def test_a_list_without_codes_is_matched_by_town_and_name(villages: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    rows = [
        "乡镇,村名,户数",
        "甲镇,东山村委会,310",
        ",西合村,",
        ",南沟村村委会,",
        ",北岭村[已撤销],",
        ",中屯村民委员会,",
    ]
    path.write_text("\n".join([*rows, "乙镇人民政府,红星社区居委会,", ",新立村,"]), encoding="utf-8")
    review = review_list(villages, path)
    assert [(line.change.value, line.old_name, line.name, bool(line.blocked)) for line in review.lines] == [
        ("新增", "", "新立村", True),
        ("不再列出", "北岭村", "北岭村", False),
        ("更名", "西河村", "西合村", False),
    ]
    taken = take_list(villages, review, {line.key for line in review.lines}, MAY)
    assert (taken.taken, taken.refused) == (2, 1), "a village without a code is not registered"


# --------------------------------------------------------------------------------------------------- real lists


@pytest.fixture(scope="module")
def prefecture(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The whole of a real prefecture."""
    from desktop_app.services import ledger

    with closing(ledger.create(tmp_path_factory.mktemp("jilin") / "ledger.db", "220200", "吉林市")) as made:
        registers.import_regions(made, VILLAGES, month=Month(2021, 1))
        yield made


def test_the_real_prefecture_has_its_exact_counts(prefecture: Ledger) -> None:
    units = village_units(prefecture, Month(2021, 1))
    kinds = {kind: sum(unit.kind == kind for unit in units) for kind in ("居委会", "村委会", "类似")}
    assert (len(units), kinds["村委会"]) == (1778, 1384)
    assert sum(unit.flagged for unit in units) == 1384
    doubtful = [unit for unit in units if "开发区名下" in unit.note]
    assert len(doubtful) == 5, "listed under a development zone: to be looked at, and counted until somebody decides"
    assert all("天岗石材开发区" in unit.name and unit.flagged for unit in doubtful)
    with prefecture.read() as session:
        from desktop_app.storage import regions

        counties = regions.regions(session, level="county", prefix="2202")
    assert [county.code[:6] for county in counties if county.unit_kind == "开发区"] == ["220271", "220272", "220273"]


@pytest.mark.parametrize(
    ("name", "region", "committees", "communities", "towns"),
    [("villages_520625_yinjiang.csv", "520625", 357, 20, 17), ("villages_320585_taicang.csv", "320585", 72, 88, 8)],
)
def test_counties_of_other_provinces_have_their_exact_counts(
    tmp_path: Path, name: str, region: str, committees: int, communities: int, towns: int
) -> None:
    from desktop_app.services import ledger

    with closing(ledger.create(tmp_path / "ledger.db", region)) as made:
        result = registers.import_regions(made, DATA / name, month=Month(2021, 1))
        assert (result.units, result.villages, result.refused) == (committees + communities, committees, 0)
        units = village_units(made, MAY)
        assert sum(unit.kind == "居委会" for unit in units) == communities
        assert len({unit.town_code for unit in units}) == towns
        # The same list with its names written the way of another office is the same list.
        lines = [f"{u.code},{u.name.replace('村委会', '村民委员会')},{u.town}" for u in units]
        other = tmp_path / "民政名录.csv"
        other.write_text("\n".join(["代码,村名,乡镇", *lines]), encoding="utf-8")
        review = review_list(made, other)
        assert (review.lines, review.same) == ((), len(units))


def test_twenty_pairs_of_one_name_in_one_county_never_meet(prefecture: Ledger, tmp_path: Path) -> None:
    units = [unit for unit in village_units(prefecture, Month(2021, 1)) if unit.flagged]
    by_name: dict[tuple[str, str], list[str]] = {}
    for unit in units:
        by_name.setdefault((unit.code[:6], unit.name), []).append(unit.code)
    pairs = {place: codes for place, codes in by_name.items() if len(codes) > 1}
    assert len(pairs) == 20
    twins = [unit for unit in units if unit.code in {code for codes in pairs.values() for code in codes}]
    rows = [f"{unit.town},{unit.name},{'直投' if number % 2 else '否'}" for number, unit in enumerate(twins)]
    path = sheet(tmp_path, MAY, rows, "乡镇,建制村,示例甲")
    assert bring(prefecture, path).outcome.value == "committed"
    served = {row.code: bool(row.brands) for row in rural.rural_board(prefecture, MAY).villages}
    assert {unit.code: served[unit.code] for unit in twins} == {
        unit.code: bool(number % 2) for number, unit in enumerate(twins)
    }
    nameless = sheet(tmp_path, Month(2021, 6), [f"{twins[0].name},直投"], "建制村,示例甲")
    assert bring(prefecture, nameless).outcome.value == "refused", "a name alone may be either"
