"""The checks over the demo county: unit slips put into its own files are found, its clean files raise nothing new."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from desktop_app.importing.plan import ImportOptions, ImportPlan
from desktop_app.models.values import SCALE, Month, Span
from desktop_app.services import context, imports
from desktop_app.services.repairs import accept_repairs
from desktop_app.services.sample import month_files
from desktop_app.storage import observations
from desktop_app.storage.engine import Ledger
from desktop_app.storage.observations import StoredObservation

HABITS = frozenset(
    {
        *("OUTLIER", "FLOW_BALANCE", "STOCK_JUMP", "RATE_BASE", "RATIO_BOUNDS", "GROWTH_RANGE", "TOWN_SUM"),
        *("DAY_COUNT", "MONTH_NOT_CLOSED", "UNIT_SLIP"),
    }
)
FAMILIES = ((2, 3, 4, 5), (6, 7, 8, 9, 10), (11,))
"""Columns of the monthly table that one slip of the unit concerns: volume, revenue, deliveries."""


def _tables() -> Iterator[tuple[Path, list[list[str]]]]:
    for file in month_files():
        if file.name.startswith("企业月报") and file.suffix == ".csv":
            data = file.read_bytes()
            text = data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030")
            yield file, [[cell.replace(",", "") for cell in row] for row in csv.reader(text.splitlines())]


def _plan(ledger: Ledger, path: Path) -> ImportPlan:
    return imports.plan_file(ledger, path, ImportOptions())


def _slipped(rows: list[list[str]], row: int, family: tuple[int, ...], factor: int, *, up: bool) -> list[list[str]]:
    """The family's cells of one row, ``factor`` times too large, or in the larger unit with two decimals."""
    cells = list(rows[row])
    for column in family:
        cells[column] = f"{float(cells[column]) * factor:.0f}" if up else f"{float(cells[column]) / factor:.2f}"
    return [*rows[:row], cells, *rows[row + 1 :]]


def _rows_of_companies(rows: list[list[str]], family: tuple[int, ...]) -> list[int]:
    """Rows whose figures are large enough to be seen in a unit ten thousand times as large."""
    return [
        number
        for number, row in enumerate(rows)
        if row[0].isdigit() and all(row[column].replace(".", "").isdigit() for column in family)
        and float(row[family[-1]]) >= 500
    ]  # fmt: skip


def test_two_hundred_slips_are_found_and_named_in_their_row(county: Ledger, tmp_path: Path) -> None:
    """Volumes, revenues or deliveries of one company, in thousands or ten thousands, too small or too large."""
    rng = random.Random(20211128)  # noqa: S311 (the same slips every time)
    tables = [(file, rows) for file, rows in _tables() if file.parent.name > "2020-02"]
    found = repaired = small = 0
    for _ in range(200):
        file, rows = rng.choice(tables)
        family = rng.choice(FAMILIES)
        row = rng.choice(_rows_of_companies(rows, family))
        factor, up = rng.choice([1_000, 10_000]), rng.random() < 0.25
        path = tmp_path / file.name
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(_slipped(rows, row, family, factor, up=up))
        plan = _plan(county, path)
        found += any(issue.code == "UNIT_SLIP" and issue.row == row + 1 for issue in plan.issues)
        if not up and small < 25:
            small += 1
            read = accept_repairs(county, imports.preview_file(county, path, ImportOptions()), "企业电话确认")
            repaired += read.plan is not None and not read.plan.errors and bool(read.plan.repairs)
    assert found >= 198
    assert repaired == small, "each reads rightly in the unit that was proposed"


def test_clean_files_raise_nothing_new(county: Ledger) -> None:
    """At most 2 % of the files; growth that is large in truth is asked about as before."""
    files = [file for file in month_files() if "更正" not in file.name]
    alarms = Counter[str]()
    for file in files:
        codes = {issue.code for issue in _plan(county, file).issues} & HABITS
        alarms.update({file.name: 1} if codes else {})
    assert len(alarms) <= 0.02 * len(files)


def _groups(ledger: Ledger) -> list[list[StoredObservation]]:
    """What each company has reported for a month from the fourth on, indicator by indicator."""
    with ledger.read() as session:
        stored = observations.current_observations(session, first=Month(2020, 4))
    found: dict[tuple[int, Month], list[StoredObservation]] = {}
    for each in stored:
        if each.enterprise_id is not None and each.span is Span.MONTH and each.value:
            found.setdefault((each.enterprise_id, each.month), []).append(each)
    return [found[key] for key in sorted(found)]


def _as_lines(
    ledger: Ledger, path: Path, group: list[StoredObservation], slip: StoredObservation | None, by: Fraction
) -> Path:
    """One company's month as a table of one figure a line, the figure of one line in another unit."""
    kinds = context.catalogue(ledger).indicators
    names = {member.id: member.name for member in context.members(ledger)}
    with path.open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out).writerow
        write(["期间", "企业", "指标", "数值", "单位"])
        for each in group:
            amount = Fraction(each.value or 0, SCALE) * (by if each is slip else 1)
            kind, company = kinds[each.indicator], names[each.enterprise_id or 0]
            write([str(each.month), company, kind.name, f"{float(amount):.4f}", kind.base_unit])
    return path


def test_a_slip_in_one_cell_of_any_indicator_is_flagged_in_its_row(county: Ledger, tmp_path: Path) -> None:
    """Two hundred, over all that companies report, outlets and packaging among it; the same tables clean are silent."""
    rng = random.Random(20210331)  # noqa: S311 (the same slips every time)
    groups = _groups(county)
    flagged = alarms = 0
    for number in range(200):
        group = rng.choice(groups)
        slip = rng.choice(group)
        by = rng.choice([Fraction(1000), Fraction(10_000), Fraction(1, 1000), Fraction(1, 10_000)])
        plan = _plan(county, _as_lines(county, tmp_path / f"{number}.csv", group, slip, by))
        row = 2 + group.index(slip)
        flagged += any(issue.row == row and issue.code in {"UNIT_SLIP", "NOT_WHOLE"} for issue in plan.issues)
        if number % 4 == 0:
            clean = _plan(county, _as_lines(county, tmp_path / f"{number}净.csv", group, None, by))
            alarms += any(issue.code in HABITS or issue.code == "NOT_WHOLE" for issue in clean.issues)
    assert flagged >= 198
    assert alarms <= 1
