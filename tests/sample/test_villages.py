"""快递进村: the monthly lists, carried forward, are the truth; relapses and growth as told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from demo_county.basics import MONTHS, Month
from demo_county.build import Truth
from demo_county.companies import BRANDS
from demo_county.coverage import ANY_BRAND, NOT_REACHED, RELAPSE_TOWN, RELAPSE_VILLAGES, RELAPSED, SUSPENDED

from tests.sample.reading import month_folders, rows_of

MODES = {"直投", "邮快", "快快", "交邮", "快商", "第三方", "驻村设点"}


def test_changes_carried_forward_give_the_expected_counts(sample: Path, expected: dict[str, Any]) -> None:
    last: dict[str, list[str]] = {}
    listed = {(row[4], row[5]) for row in rows_of(sample / "outlets.csv") if row[2] == "村级站"}
    assert len(listed) == 8
    for month, folder in month_folders(sample):
        _, head, *rows = rows_of(folder / f"进村_{month.label}.csv")
        assert head[3:12] == list(BRANDS)
        assert len({row[0] for row in rows}) == len(rows)
        if month.month in (1, 7):
            assert len(rows) == 256
        else:
            assert 0 < len(rows) < 100
        last.update({row[0]: row for row in rows})
        served = [[cell not in {NOT_REACHED, SUSPENDED, RELAPSED} for cell in row[3:12]] for row in last.values()]
        want = expected["months"][month.key]["coverage"]
        assert want["villages"] == len(last) == 256
        assert want["any"] == sum(map(any, served)) == ANY_BRAND[MONTHS.index(month)]
        assert want["all_brands"] == sum(map(all, served))
        assert list(want["brands"].values()) == [sum(column) for column in zip(*served, strict=True)]
        direct = [any("直投" in cell.split("+") for cell in row[3:12]) for row in last.values()]
        assert want["direct"] == sum(direct)
        assert want["weekly_3_or_more"] == sum(int(row[12]) >= 3 for row in last.values())
        assert want["with_station"] == sum(bool(row[13]) or tuple(row[1:3]) in listed for row in last.values())


def test_cells_are_known_modes_or_states(truth: Truth) -> None:
    for states in truth.coverage.values():
        for state in states.values():
            assert 1 <= state.weekly <= 7
            for cell in state.cells:
                assert cell in {NOT_REACHED, SUSPENDED, RELAPSED} or set(cell.split("+")) <= MODES


def test_reach_rises_as_told() -> None:
    rates = {month.key: round(100 * count / 256, 1) for month, count in zip(MONTHS, ANY_BRAND, strict=True)}
    assert (rates["2020-01"], rates["2021-02"], rates["2021-03"], rates["2021-12"]) == (68.0, 84.4, 86.3, 92.2)


def test_three_villages_fall_back_in_february_2021(truth: Truth) -> None:
    lost = [village for village in truth.villages if village.name in RELAPSE_VILLAGES and village.town == RELAPSE_TOWN]
    assert len(lost) == 3
    for village in lost:
        assert truth.coverage[Month(2021, 1)][village.code].reached
        for month in (Month(2021, 2), Month(2021, 3), Month(2021, 9)):
            state = truth.coverage[month][village.code]
            assert RELAPSED in state.cells
            assert not state.reached


def test_brands_and_towns_differ(truth: Truth, expected: dict[str, Any]) -> None:
    brands = list(expected["months"]["2021-03"]["coverage"]["brands"].values())
    assert brands[0] > brands[1] > brands[2] > brands[8] > brands[6] > 0
    march = truth.coverage[Month(2021, 3)]
    rates: dict[str, list[bool]] = {}
    for village in truth.villages:
        rates.setdefault(village.town, []).append(march[village.code].reached)
    share = {town: sum(reached) / len(reached) for town, reached in rates.items()}
    assert max(share.values()) == 1
    assert min(share.values()) < 0.7


def test_evidence_never_lies_in_the_future(truth: Truth) -> None:
    for month, states in truth.coverage.items():
        last_day = date(month.year, month.month, month.days)
        assert all(date.fromisoformat(state.evidence) <= last_day for state in states.values())
    march = truth.coverage[Month(2021, 3)].values()
    old = [state for state in march if (date(2021, 3, 31) - date.fromisoformat(state.evidence)).days > 180]
    assert 5 <= len(old) <= 40
