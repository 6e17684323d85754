"""40 villages × 9 brands × 6 months: 通达率 under four definitions is what a spreadsheet makes of the same cells.

The cells are in ``data/coverage_40x9x6.csv``, one line a village and month, as the county's sheet has them. The oracle
goes through them as one would in a spreadsheet: a cell says what it says, a blank goes on from the month before.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.cli.main import main
from desktop_app.models.values import Month
from desktop_app.services import imports, rural
from desktop_app.services.results.rural import CoverageReport
from desktop_app.services.results.villages import VillageChange, VillageStep
from desktop_app.services.village_changes import change_villages
from desktop_app.storage import enterprises
from desktop_app.storage.engine import Ledger
from tests.services.villages import bring, county, sheet

CELLS = Path(__file__).parents[1] / "data" / "coverage_40x9x6.csv"
BRANDS = tuple(f"示例{mark}" for mark in "甲乙丙丁戊己庚辛壬")
MAJORS = BRANDS[:4]
MONTHS = [Month(2021, month) for month in range(1, 7)]
DEFINITIONS = ("any", "direct", "major", "3")
BY_HAND = {
    "any": [16, 22, 25, 26, 28, 30],
    "direct": [3, 3, 5, 5, 8, 12],
    "major": [0, 1, 1, 1, 2, 2],
    "3": [2, 4, 4, 6, 6, 7],
}
"""Villages reached of 40, counted once outside the program from the same file."""

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def cells() -> Rows:
    with CELLS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def ledger(cells: Rows, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("forty")
    units = {row["代码"]: row["建制村"] for row in cells}
    with closing(county(folder, *units.items())) as made:
        for month in MONTHS:
            rows = [
                ",".join([row["代码"], row["建制村"], *(row[brand] for brand in BRANDS)])
                for row in cells
                if row["月份"] == str(month)
            ]
            head = ",".join(["代码", "建制村", *BRANDS])
            assert bring(made, sheet(folder, month, rows, head)).outcome.value == "committed"
        with made.write() as session:
            enterprises.set_major_brands(session, 2021, MAJORS)
            from desktop_app.storage import audit

            audit.append(session, "测试", "主要品牌", "2021", {})
        yield made


def carried(cells: Rows) -> dict[tuple[Month, str], dict[str, str]]:
    """(month, village) → brand → the cell that holds: its own, or the one before where it is blank."""
    held: dict[str, dict[str, str]] = {}
    found = {}
    for month in MONTHS:
        for row in cells:
            if row["月份"] == str(month):
                before = held.get(row["代码"], {})
                held[row["代码"]] = {brand: row[brand] or before.get(brand, "") for brand in BRANDS}
                found[month, row["代码"]] = held[row["代码"]]
    return found


def runs(cell: str) -> bool:
    return bool(cell) and cell not in {"否", "停运", "回退"} and "停运" not in cell


def reached(held: dict[str, str], definition: str) -> bool:
    served = [brand for brand in BRANDS if runs(held[brand])]
    if definition == "any":
        return bool(served)
    if definition == "direct":
        return any("直投" in held[brand] for brand in served)
    return len([brand for brand in served if brand in MAJORS]) >= (4 if definition == "major" else 3)


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_the_rates_are_those_of_the_spreadsheet(ledger: Ledger, cells: Rows, definition: str) -> None:
    held = carried(cells)
    villages = sorted({row["代码"] for row in cells})
    oracle = [sum(reached(held[month, code], definition) for code in villages) for month in MONTHS]
    reports = [rural.coverage_report(ledger, month, definition) for month in MONTHS]
    assert [report.covered for report in reports] == oracle == BY_HAND[definition]
    assert {report.villages for report in reports} == {40}
    assert [str(report.rate_pct) for report in reports] == [f"{count / 40 * 100:.1f}" for count in oracle]


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_towns_add_up_and_gaps_are_the_rest(ledger: Ledger, cells: Rows, definition: str) -> None:
    held = carried(cells)
    for month in MONTHS:
        report = rural.coverage_report(ledger, month, definition, by="town", gaps=True)
        assert sum(line.covered for line in report.by) == report.covered
        assert {gap.code for gap in report.gaps} == {
            code for (at, code), brands in held.items() if at == month and not reached(brands, definition)
        }


def test_the_command_line_says_the_same(ledger: Ledger, capsys: pytest.CaptureFixture[str]) -> None:
    assert ledger.path is not None
    said = []
    for month in MONTHS:
        command = ["--db", str(ledger.path), "coverage", "--period", str(month), "--definition", "3", "--json"]
        assert main(command) == 0
        said.append(json.loads(capsys.readouterr().out)["covered"])
    assert said == BY_HAND["3"]


def test_merging_two_villages_in_may_leaves_the_four_months_before(ledger: Ledger, cells: Rows) -> None:
    def reports() -> dict[str, list[CoverageReport]]:
        return {d: [rural.coverage_report(ledger, month, d, gaps=True) for month in MONTHS] for d in DEFINITIONS}

    first, second = sorted({row["代码"] for row in cells})[:2]
    before = reports()
    change = VillageChange(VillageStep.MERGE, (first, second), MONTHS[4], "并村", units=((first, "并后村"),))
    batch = change_villages(ledger, change)
    after = reports()
    for definition in DEFINITIONS:
        assert after[definition][:4] == before[definition][:4]
        assert [report.villages for report in after[definition]] == [40, 40, 40, 40, 39, 39]
    imports.undo_batch(ledger, batch)
    assert reports() == before
