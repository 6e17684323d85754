"""A large registry goes into the register as a small one does: what is added, changed, closed and put back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from desktop_app.errors import CancelledError, LedgerError
from desktop_app.importing.bulk.regions import BulkRegions, packed
from desktop_app.importing.bulk.upper import Uppers
from desktop_app.importing.kinds.registry import village_region
from desktop_app.importing.plan import PlannedRegion
from desktop_app.models.region import Region
from desktop_app.models.values import Month
from desktop_app.storage import batches, bulk_regions
from desktop_app.storage.dump import dump_hash
from desktop_app.storage.engine import Ledger
from desktop_app.storage.regions import upsert_regions, villages
from desktop_app.storage.registers import RegisterCounts, revert
from tests.importing.bulk_files import context
from tests.storage.makers import batch

JANUARY = Month(2020, 1)
NAMES = st.sampled_from(["甲村", "乙村", '带"引号的村', "反\\斜线村", "𠮷林村"])
UNITS = st.lists(
    st.tuples(st.integers(100, 102), st.sampled_from([1, 201, 202, 203, 900]), NAMES, st.sampled_from([None, 10, 20])),
    min_size=1,
    max_size=8,
    unique_by=lambda unit: unit[:2],
)
FILES = st.lists(st.tuples(st.integers(0, 3), UNITS), max_size=5)


def quiet(_done: int, _total: int) -> None:
    """Nobody watches."""


def bulk(units: Sequence[PlannedRegion]) -> BulkRegions:
    return BulkRegions(Uppers(context(), {}, {}), tuple(units), (), counted=True)


def store(ledger: Ledger, units: Sequence[PlannedRegion], month: Month) -> tuple[int, RegisterCounts]:
    regions = bulk(units)
    with ledger.write() as session:
        number = batch(session)
        counts = bulk_regions.upsert_villages(
            session, regions.villages(), regions, month=month, batch_id=number, told=quiet
        )
    return number, counts


def rows(ledger: Ledger, county: str) -> list[tuple[object, ...]]:
    """The register of a county without what depends on the order of storing."""
    columns = [c for c in Region.__table__.columns if c.name not in {"id", "source_batch_id"}]
    with ledger.read() as session:
        found = session.execute(select(*columns).where(Region.code.startswith(county)).order_by("code", "valid_from"))
        return [tuple(str(cell).replace(county, "县", 1) for cell in row) for row in found]


def unit(county: str, town: int, number: int, name: str, households: int | None) -> PlannedRegion:
    return village_region(f"{county}{town}{number:03d}", name, 1, households, None)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=FILES)
def test_both_ways_leave_the_same_register_and_can_be_undone(
    ledger: Ledger, files: list[tuple[int, list[tuple[int, int, str, int | None]]]]
) -> None:
    small, large = "220281", "220282"
    steps: list[tuple[int, list[tuple[object, ...]]]] = []
    for offset, units in files:
        month = JANUARY.shift(offset)
        before = rows(ledger, large)
        with ledger.write() as session:
            number = batch(session)
            expected = upsert_regions(session, [unit(small, *u) for u in units], month=month, batch_id=number)
        mine, counts = store(ledger, [unit(large, *u) for u in units], month)
        assert counts == expected
        assert rows(ledger, large) == rows(ledger, small)
        steps += [(number, []), (mine, before)]
    for number, before in reversed(steps):
        with ledger.write() as session:
            revert(session, number)
            batches.mark_undone(session, number, "")
        if before or number == steps[1][0]:
            assert rows(ledger, large) == before


def first(names: Sequence[str] = ("甲村", "乙村", "丙村")) -> list[PlannedRegion]:
    return [unit("220281", 100, 201 + n, name, None) for n, name in enumerate(names)]


def test_the_same_on_both_databases(any_ledger: Ledger) -> None:
    _, counts = store(any_ledger, [replace(u, households=300) for u in first()], JANUARY)
    assert counts == RegisterCounts(added=3)
    assert store(any_ledger, first(), JANUARY.shift(3))[1] == RegisterCounts(unchanged=3), "a blank erases nothing"
    again = [*first(("甲村", "新乙村")), unit("220281", 101, 201, "丁村", None)]
    number, counts = store(any_ledger, again, JANUARY.shift(6))
    assert counts == RegisterCounts(added=1, changed=1, closed=1, unchanged=1)
    with any_ledger.read() as session:
        assert [v.name for v in villages(session, JANUARY)] == ["甲村", "乙村", "丙村"]
        assert [(v.name, v.households) for v in villages(session)] == [("甲村", 300), ("新乙村", 300), ("丁村", None)]
    with any_ledger.write() as session:
        revert(session, number)
        batches.mark_undone(session, number, "")
    with any_ledger.read() as session:
        assert [v.name for v in villages(session)] == ["甲村", "乙村", "丙村"]


def test_what_others_have_built_upon_stays(any_ledger: Ledger) -> None:
    early, _ = store(any_ledger, first(), JANUARY)
    late, _ = store(any_ledger, first(("甲村", "改名村", "丙村")), JANUARY.shift(2))
    with (
        any_ledger.write() as session,
        pytest.raises(LedgerError, match=f"请先撤销第 {late} 号|第 {late} 号批次又改动"),
    ):
        revert(session, early)


def test_cancelling_leaves_the_register_as_it_was(ledger: Ledger) -> None:
    store(ledger, first(), JANUARY)
    before = dump_hash(ledger)

    def stop(done: int, total: int) -> None:
        if done == total:
            raise CancelledError

    regions = bulk(first(("甲村", "改名村")))
    with pytest.raises(CancelledError), ledger.write() as session:
        bulk_regions.upsert_villages(
            session, regions.villages(), regions, month=JANUARY.shift(1), batch_id=batch(session), told=stop
        )
    assert dump_hash(ledger) == before


def test_the_database_checks_its_rows_again_afterwards(ledger: Ledger) -> None:
    store(ledger, first(), JANUARY)
    with ledger.write() as session:
        assert session.connection().exec_driver_sql("PRAGMA ignore_check_constraints").scalar() == 0


def test_a_village_fits_into_one_line() -> None:
    village = unit("220281", 100, 201, "甲村", 12)
    assert packed(village, counted=True) == "2202811002011" + "12".rjust(9) + " " * 9 + "甲村"
    assert bulk([]).unpack([packed(village, counted=True)]) == [replace(village, row=0)]
