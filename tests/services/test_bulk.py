"""Large files into a ledger: stored, undone and cancelled like small ones; coverage of a month without its history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.errors import CancelledError, FileRefusedError
from desktop_app.importing import planner
from desktop_app.importing.bulk.regions import BulkRegions
from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Month
from desktop_app.services import context, dependants, imports, latest_coverage, ledger, main_brands, registers, rural
from desktop_app.services.ledger import Ledger
from desktop_app.services.results.imports import Outcome
from desktop_app.storage import batches
from tests.importing.bulk_files import BRANDS, registry, sheet, villages
from tests.services.demo import brought, in_force, stored, written

REGION = "220281"
MONTH = Month(2021, 3)


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """An empty ledger for which every text file is large."""
    monkeypatch.setattr(planner, "LARGE", 1)
    with closing(ledger.create(tmp_path / "台账.db", REGION, "蛟河市")) as made:
        yield made


def listed(folder: Path, name: str = "名录.csv", rows: list[list[str]] | None = None) -> Path:
    text = "".join(",".join(row) + "\n" for row in rows or registry())
    return written(folder, name, text, "gb18030")


def test_a_registry_is_stored_with_its_evidence_and_undone(county: Ledger, tmp_path: Path) -> None:
    path = listed(tmp_path)
    assert isinstance(imports.plan_file(county, path, ImportOptions()).regions, BulkRegions)
    before = in_force(county)
    done = registers.import_regions(county, path, month=MONTH)
    assert (done.read, done.added, done.changed, done.closed, done.refused) == (700, 700, 0, 0, 0)
    assert done.villages == sum(200 <= int(row[0][9:]) < 400 for row in registry()[1:])
    assert done.batch is not None
    with county.read() as session:
        kept = batches.read_evidence(session, batches.get_batch(session, done.batch).sha256)
    assert kept == path.read_bytes()
    told = dependants.dependants(county, done.batch)
    # The villages with the towns and the county above them.
    assert told.disappear > 700
    assert not told.refused
    again = registers.import_regions(county, path, month=MONTH)
    assert (again.added, again.changed, again.closed) == (0, 0, 0)
    assert again.batch is not None
    imports.undo_batch(county, again.batch)
    imports.undo_batch(county, done.batch)
    assert in_force(county) == before


def test_a_new_list_changes_only_what_differs(county: Ledger, tmp_path: Path) -> None:
    registers.import_regions(county, listed(tmp_path), month=Month(2020, 1))
    rows = registry()
    rows[10][1] = "改名村"
    del rows[20]
    rows.append(["220281300201", "新设村", "220", "220281300", "新设镇", "蛟河市", "吉林市", "吉林省"])
    done = registers.import_regions(county, listed(tmp_path, "新名录.csv", rows), month=MONTH)
    assert (done.added, done.changed, done.closed) == (1, 1, 1)


def test_a_faulty_row_refuses_the_whole_file(county: Ledger, tmp_path: Path) -> None:
    rows = registry()
    rows[500] = list(rows[499])
    before = stored(county)
    with pytest.raises(FileRefusedError, match=f"第 501 行：代码 {rows[499][0]} 在第500行已经有了"):
        registers.import_regions(county, listed(tmp_path, rows=rows))
    assert stored(county) == before


@pytest.mark.parametrize("stop_at", [0, 30, 48, 60])
def test_cancelling_at_any_time_changes_nothing(stop_at: int, county: Ledger, tmp_path: Path) -> None:
    path, before = listed(tmp_path), stored(county)
    reached: list[int] = []

    def progress(done: int, total: int, _what: str) -> None:
        assert total == 100
        reached.append(done)

    with pytest.raises(CancelledError):
        registers.import_regions(
            county, path, progress=progress, cancelled=lambda: bool(reached) and reached[-1] >= stop_at
        )
    assert stored(county) == before
    assert reached == sorted(reached)


def test_a_large_village_sheet_and_its_undo(county: Ledger, tmp_path: Path) -> None:
    known = villages()
    rows = [["代码", "名称", "乡镇", "县"], *([v.code, v.name, v.town, "蛟河市"] for v in known)]
    registers.import_regions(county, listed(tmp_path, rows=rows), month=Month(2020, 1))
    before = in_force(county)
    path = listed(tmp_path, "进村_202103.csv", sheet(known))
    result = brought(county, path)
    assert result.outcome is Outcome.COMMITTED
    assert (result.read, result.accepted) == (750, 750)
    assert {line.key for line in rural.coverage_report(county, MONTH, "any", by="brand").by} == set(BRANDS)
    assert brought(county, path).outcome is Outcome.DUPLICATE
    assert result.batch is not None
    imports.undo_batch(county, result.batch)
    assert in_force(county) == before


def test_a_month_without_history_is_what_the_history_says(spring: Ledger) -> None:
    book = context.coverage_book(spring)
    for month in (Month(2019, 12), Month(2020, 6), Month(2021, 2), Month(2021, 3), Month(2021, 9)):
        snapshot, started = latest_coverage.coverage_snapshot(spring, month)
        whole = book.snapshot(month)
        first = book.first_month()
        assert started is (first is not None and first <= month)
        assert [v.village for v in snapshot.villages] == [v.village for v in whole.villages]
        for ours, theirs in zip(snapshot.villages, whole.villages, strict=True):
            assert {b: f[:3] for b, f in ours.records.items()} == {b: f[:3] for b, f in theirs.records.items()}


def test_counts_of_the_database_are_those_of_the_history(spring: Ledger) -> None:
    main_brands.set_main_brands(spring, 2021, context.coverage_book(spring).brands[:3])
    book = context.coverage_book(spring)
    asked = 0
    for month in (Month(2020, 6), Month(2021, 2), Month(2021, 9)):
        whole = book.snapshot(month)
        for definition in ("any", "direct", "major", "1", "2"):
            counts = latest_coverage.reach_counts(spring, month, definition, named=True)
            if counts is None:
                continue
            asked += 1
            expected = {code: (name, len(group)) for code, name, group in rural.towns_of(whole)}
            assert {c: (counts.towns[c], n) for c, n, _ in counts.lines} == expected
            assert sum(line.covered for line in counts.lines) == whole.count(definition)
    assert asked == 12, "2020 年没有主要品牌，三个口径要看全部历史"
