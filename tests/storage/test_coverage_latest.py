"""Villages reached as the database counts them, compared with records read one by one."""

from __future__ import annotations

import pytest

from desktop_app.models.values import CoverageMode, CoverageState, Month
from desktop_app.storage import batches
from desktop_app.storage.coverage import as_of
from desktop_app.storage.coverage_latest import TownReach, latest, reached, started
from desktop_app.storage.engine import Ledger
from desktop_app.storage.regions import upsert_regions
from tests.storage.makers import batch, record, store_coverage, village

PREFIX, MONTH = "220281", Month(2021, 3)
TOWNS = ("220281100000", "220281101000")
VILLAGES = ("220281100201", "220281100202", "220281101201", "220281101202")
BRANDS = ("甲", "乙", "丙")
DIRECT, POST = CoverageMode.DIRECT, CoverageMode.POST
NORMAL, RELAPSED, NONE = CoverageState.NORMAL, CoverageState.RELAPSED, CoverageState.NONE


@pytest.fixture
def kept(any_ledger: Ledger) -> Ledger:
    """Two towns; what holds in March is 甲 direct in the first village, 甲 and 乙 by post in the third."""
    one, two, three, four = VILLAGES
    with any_ledger.write() as session:
        listed = [village(int(code[9:]), f"{code}村", town=code[:9]) for code in VILLAGES]
        upsert_regions(session, listed, month=Month(2020, 1), batch_id=batch(session))
        store_coverage(
            session,
            record(one, "甲", Month(2021, 1), NORMAL, DIRECT, POST),
            record(one, "乙", Month(2021, 1), NONE),
            record(two, "甲", Month(2021, 1), NORMAL, DIRECT),
            record(two, "甲", Month(2021, 3), RELAPSED, DIRECT),
            record(three, "甲", Month(2021, 2), NORMAL, POST),
            record(three, "乙", Month(2021, 3), NORMAL, POST),
            record(four, "丙", Month(2021, 4), NORMAL, DIRECT),
        )
        undone = store_coverage(session, record(two, "丙", Month(2021, 2), NORMAL, DIRECT))
    with any_ledger.write() as session:
        batches.mark_undone(session, undone, "导错了")
    return any_ledger


@pytest.mark.parametrize(
    ("brands", "least", "mode", "covered"),
    [
        (BRANDS, 1, "", (1, 1)),
        (BRANDS, 1, DIRECT.value, (1, 0)),
        (BRANDS, 2, "", (0, 1)),
        (("甲", "甲", "乙"), 2, "", (0, 1)),
        (("乙",), 1, "", (0, 1)),
        (("丁",), 1, "", (0, 0)),
        ((), 1, "", (0, 0)),
    ],
)
def test_villages_are_counted_by_town(
    brands: tuple[str, ...], least: int, mode: str, covered: tuple[int, int], kept: Ledger
) -> None:
    with kept.read() as session:
        found = reached(session, MONTH, PREFIX, brands, least=least, mode=mode)
    assert found == [TownReach(town, 2, number) for town, number in zip(TOWNS, covered, strict=True)]


@pytest.mark.parametrize("month", [Month(2020, 12), Month(2021, 1), Month(2021, 2), Month(2021, 3), Month(2021, 4)])
def test_the_count_is_that_of_the_records(month: Month, kept: Ledger) -> None:
    with kept.read() as session:
        records = [row for row in as_of(session, month) if row.state is CoverageState.NORMAL]
        found = sum(line.covered for line in reached(session, month, PREFIX, BRANDS))
        texts = sum(bool(row.records) for row in latest(session, month, PREFIX))
        assert found == len({row.village_code for row in records})
        assert texts == len({row.village_code for row in as_of(session, month)})
        assert started(session, month, PREFIX) is (month >= Month(2021, 1))
