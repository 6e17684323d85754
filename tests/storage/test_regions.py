"""The region register over time: renamed, moved, closed and corrected units."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from desktop_app.errors import LedgerError
from desktop_app.importing.plan import PlannedRegion
from desktop_app.models.region import Region
from desktop_app.models.values import Month
from desktop_app.storage import batches
from desktop_app.storage.dump import dump_hash
from desktop_app.storage.engine import Ledger
from desktop_app.storage.regions import every_unit, region_of, regions, towns, upsert_regions, villages
from desktop_app.storage.registers import RegisterCounts, revert
from tests.storage.makers import batch, village

TOWN = PlannedRegion("220281100000", "甲镇", "town", "镇", "220281000000", 1)
JANUARY, JUNE = Month(2020, 1), Month(2021, 6)
FIRST_FILE = [TOWN, village(1, "街道社区"), village(201, "南山道村"), village(202, "关马村", households=300)]


def names(ledger: Ledger, month: Month | None) -> list[str]:
    with ledger.read() as session:
        return [unit.name for unit in villages(session, month)]


@pytest.fixture
def registered(any_ledger: Ledger) -> Ledger:
    with any_ledger.write() as session:
        counts = upsert_regions(session, FIRST_FILE, month=JUNE, batch_id=batch(session))
    assert counts == RegisterCounts(added=4)
    return any_ledger


def test_the_first_register_holds_for_the_past_as_well(registered: Ledger) -> None:
    assert names(registered, JANUARY) == names(registered, None) == ["街道社区", "南山道村", "关马村"]
    with registered.read() as session:
        assert [unit.administrative_village for unit in villages(session)] == [False, True, True]
        assert [unit.name for unit in towns(session)] == ["甲镇"]
        assert [unit.name for unit in regions(session, prefix="2202811002")] == ["南山道村", "关马村"]
        found = region_of(session, "220281100202")
        assert found is not None
        assert (found.households, found.population) == (300, None)
        assert region_of(session, "220281100999") is None


def test_the_same_file_again_changes_nothing(registered: Ledger) -> None:
    before = dump_hash(registered)
    with registered.write() as session:
        assert upsert_regions(session, FIRST_FILE, month=Month(2022, 1)) == RegisterCounts(unchanged=4)
    assert dump_hash(registered) == before


def test_a_renamed_village_keeps_its_old_name_in_old_months(registered: Ledger) -> None:
    changed = [*FIRST_FILE[:2], village(201, "南三道村"), FIRST_FILE[3]]
    with registered.write() as session:
        assert upsert_regions(session, changed, month=JUNE) == RegisterCounts(changed=1, unchanged=3)
    assert names(registered, Month(2021, 5)) == ["街道社区", "南山道村", "关马村"]
    assert names(registered, JUNE) == ["街道社区", "南三道村", "关马村"]


def test_a_blank_does_not_erase_and_counts_are_corrected_in_place(registered: Ledger) -> None:
    with registered.write() as session:
        upsert_regions(session, [*FIRST_FILE[:3], village(202, "官马村")], month=JUNE)
        upsert_regions(session, [*FIRST_FILE[:3], village(202, "官马村", households=310)], month=Month(2021, 9))
    with registered.read() as session:
        old, new = region_of(session, "220281100202", JANUARY), region_of(session, "220281100202", JUNE)
        assert old is not None
        assert new is not None
        assert (old.name, old.households, old.successor_code) == ("关马村", 300, "220281100202")
        assert (new.name, new.households, new.valid_to) == ("官马村", 310, None)


def test_a_village_added_later_does_not_exist_before(registered: Ledger) -> None:
    with registered.write() as session:
        counts = upsert_regions(session, [*FIRST_FILE, village(203, "新村")], month=JUNE)
        assert counts == RegisterCounts(added=1, unchanged=4)
    assert "新村" not in names(registered, Month(2021, 5))
    assert "新村" in names(registered, JUNE)


def test_a_village_missing_from_its_town_is_closed_and_may_come_back(registered: Ledger) -> None:
    with registered.write() as session:
        assert upsert_regions(session, FIRST_FILE[:3], month=JUNE) == RegisterCounts(closed=1, unchanged=3)
    assert "关马村" in names(registered, Month(2021, 5))
    assert "关马村" not in names(registered, JUNE)
    with registered.write() as session:
        assert upsert_regions(session, FIRST_FILE, month=Month(2021, 8)).added == 1
    with registered.read() as session:
        assert [unit.valid_from for unit in every_unit(session, prefix="220281100202")] == [190001, 202108]
    assert "关马村" not in names(registered, Month(2021, 7))
    assert "关马村" in names(registered, Month(2021, 8))


def test_a_unit_left_out_by_mistake_goes_on_as_if_nothing_had_been(registered: Ledger) -> None:
    with registered.write() as session:
        upsert_regions(session, FIRST_FILE[:3], month=JUNE)
        assert upsert_regions(session, FIRST_FILE, month=JUNE) == RegisterCounts(changed=1, unchanged=3)
    with registered.read() as session:
        (unit,) = every_unit(session, prefix="220281100202")
        assert (unit.valid_from, unit.valid_to) == (190001, None)


def test_a_unit_added_by_mistake_is_taken_out_by_the_same_months_next_file(registered: Ledger) -> None:
    with registered.write() as session:
        upsert_regions(session, [*FIRST_FILE, village(203, "误加村")], month=JUNE)
        number = batch(session, b"second")
        assert upsert_regions(session, FIRST_FILE, month=JUNE, batch_id=number).closed == 1
    assert "误加村" not in names(registered, JUNE)
    with registered.write() as session:
        revert(session, number)
    assert "误加村" in names(registered, JUNE)


def test_a_file_of_one_town_leaves_the_others_alone_unless_it_is_complete(registered: Ledger) -> None:
    other_town = replace(TOWN, code="220281101000", name="乙镇")
    other = [other_town, village(201, "乙村", town="220281101")]
    with registered.write() as session:
        assert upsert_regions(session, other, month=JUNE) == RegisterCounts(added=2)
    assert names(registered, JUNE) == ["街道社区", "南山道村", "关马村", "乙村"]
    with registered.write() as session:
        counts = upsert_regions(session, other, month=Month(2021, 9), complete=True)
        assert counts == RegisterCounts(closed=4, unchanged=2)
    assert names(registered, Month(2021, 9)) == ["乙村"]


def test_a_flag_set_by_hand_survives_imports(registered: Ledger) -> None:
    with registered.write() as session:
        unit = session.scalars(select(Region).where(Region.code == "220281100202")).one()
        unit.administrative_village = False
        unit.flag_reason = "林场职工聚居，不是建制村"
    with registered.write() as session:
        upsert_regions(session, FIRST_FILE, month=JUNE)
        upsert_regions(session, [*FIRST_FILE[:3], village(202, "官马村")], month=JUNE)
    with registered.read() as session:
        found = region_of(session, "220281100202")
        assert found is not None
        assert (found.name, found.administrative_village) == ("官马村", False)


def test_undoing_a_register_import_puts_every_row_back(registered: Ledger) -> None:
    def rows() -> list[tuple[object, ...]]:
        with registered.read() as session:
            return [tuple(row) for row in session.execute(select(*Region.__table__.columns).order_by(Region.id))]

    before = rows()
    with registered.write() as session:
        number = batch(session, b"second")
        changed = [TOWN, village(1, "街道社区", households=9), village(201, "南三道村"), village(203, "新村")]
        counts = upsert_regions(session, changed, month=JUNE, batch_id=number)
        assert counts == RegisterCounts(added=1, changed=2, closed=1, unchanged=1)
    with registered.write() as session:
        assert revert(session, number) == 5
        batches.mark_undone(session, number, "导错了")
    assert rows() == before


def test_an_import_that_others_built_upon_is_not_undone_first(registered: Ledger) -> None:
    with registered.write() as session:
        second = batch(session, b"second")
        upsert_regions(session, [*FIRST_FILE[:2], village(201, "南三道村"), FIRST_FILE[3]], month=JUNE, batch_id=second)
    with pytest.raises(LedgerError, match=f"先撤销第 {second} 号"), registered.write() as session:
        revert(session, 1)
    with registered.write() as session:
        for number in (second, 1):
            revert(session, number)
            batches.mark_undone(session, number, "")
    assert names(registered, None) == []


FILES = st.lists(
    st.tuples(
        st.integers(0, 3),  # months after the first
        st.lists(
            st.tuples(st.integers(201, 204), st.sampled_from("甲乙丙"), st.sampled_from([None, 10, 20])),
            min_size=1,
            max_size=4,
            unique_by=lambda unit: unit[0],
        ),
        st.booleans(),
    ),
    max_size=5,
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=FILES)
def test_undoing_backwards_retraces_every_step_and_no_month_ever_has_a_village_twice(
    ledger: Ledger, files: list[tuple[int, list[tuple[int, str, int | None]], bool]]
) -> None:
    def rows() -> list[tuple[object, ...]]:
        with ledger.read() as session:
            return [tuple(row) for row in session.execute(select(*Region.__table__.columns).order_by(Region.id))]

    steps: list[tuple[int, list[tuple[object, ...]]]] = []
    for offset, units, complete in files:
        before = rows()
        with ledger.write() as session:
            number = batch(session)
            planned = [TOWN, *(village(n, f"{name}村", households=count) for n, name, count in units)]
            upsert_regions(session, planned, month=JANUARY.shift(offset), batch_id=number, complete=complete)
        steps.append((number, before))
        with ledger.read() as session:
            for month in (Month(1999, 12), *(JANUARY.shift(n) for n in range(5))):
                codes = [unit.code for unit in villages(session, month)]
                assert len(codes) == len(set(codes))
            wanted = {f"220281100{n}": f"{name}村" for n, name, _ in units}
            now = {unit.code: unit.name for unit in villages(session)}
            assert wanted.items() <= now.items(), "what the newest file says holds now"
    for number, before in reversed(steps):
        with ledger.write() as session:
            revert(session, number)
            batches.mark_undone(session, number, "")
        assert rows() == before
