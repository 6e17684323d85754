"""Green programmes as rows of targets: what the documents say, and real results held against them."""

from __future__ import annotations

import csv
from fractions import Fraction

import pytest

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.model import ProgrammeLine
from desktop_app.models.values import Comparator
from tests.catalogue.support import DATA, amount

PROGRAMMES = load_catalogue().programmes


def _targets(code: str, indicator: str) -> list[str]:
    return [
        f"{'新增' if line.increment else ''}{line.comparator}{line.value}{line.unit} {line.as_of}"
        for line in PROGRAMMES[code].lines
        if line.indicator == indicator
    ]


@pytest.mark.parametrize(
    ("code", "indicator", "targets"),
    [
        ("9571", "GRN.EWAYBILL", ["≥95% 2019-12"]),
        ("9571", "GRN.NOREPACK", ["≥50% 2019-12"]),
        ("9571", "GRN.BAG", ["≥70% 2019-12"]),
        ("9571", "GRN.RECYC.N", ["≥1万个 2019-12"]),
        ("9792", "GRN.TAPE", ["≥90% 2020-12"]),
        ("9792", "GRN.NOREPACK", ["≥70% 2020-12"]),
        ("9792", "GRN.BAG", ["≥90% 2020-12"]),
        ("9792", "GRN.RECYC.N", ["新增≥2万个 2020-12"]),
        ("2582", "GRN.BOX", ["≥500万个 2021-12"]),
        ("2582", "GRN.NOREPACK", ["≥80% 2021-12"]),
        ("2582", "GRN.RECYC.N", ["新增≥2万个 2021-12"]),
        ("9917", "GRN.STD", ["≥90% 2022-12"]),
        ("9917", "GRN.PACKOP", ["≥90% 2022-12"]),
        ("9917", "GRN.BOX", ["≥1000万个 2022-12"]),
        ("9917", "GRN.CARTON", ["≥7亿个 2022-12"]),
        ("9917-HLJ", "GRN.BOX", ["≥7万个 2022-12"]),
        ("9917-HLJ", "GRN.CARTON", ["≥1400万个 2022-12"]),
        ("9218", "GRN.NOREPACK", ["≥90% 2023-12"]),
        ("9218", "GRN.REUSEPKG", ["≥10亿件 2023-12"]),
        ("9218", "GRN.CARTON", ["≥8亿个 2023-12"]),
        ("29551", "GRN.NOREPACK", ["≥95% 2021-12"]),
        ("29551", "GRN.RECYC.COV", ["≥50% 2021-12"]),
        ("29551", "GRN.BOX", ["≥10万个 2021-12", "≥15万个 2021-12"]),
        ("29551", "GRN.OUTLET", ["≥30个 2021-12"]),
        ("JILIN-2025", "GRN.EWAYBILL", ["≥98% 2025-12", "≥99% 2025-12"]),
        ("JILIN-2025", "GRN.RECYC.COV", ["≥98% 2025-12", "≥100% 2025-12"]),
        ("JILIN-2025", "GRN.NOREPACK", ["≥98% 2025-12", "≥98% 2025-12"]),
        ("JILIN-2025", "GRN.BAG", ["≥98% 2025-12"]),
        ("JILIN-2025", "GRN.TAPE", ["≥98% 2025-12"]),
        ("JILIN-2025", "GRN.STD", ["≥95% 2025-12"]),
        ("JILIN-2025", "GRN.PACKOP", ["≥95% 2025-12"]),
        ("JILIN-2025", "GRN.BOX", ["≥400个 2025-12"]),
        ("GUOBAN-2025", "GRN.NOREPACK", ["≥85% 2022-12"]),
        ("GUOBAN-2025", "GRN.BOX", ["≥700万个 2022-12", "≥1000万个 2025-12"]),
    ],
)
def test_targets_as_documented(code: str, indicator: str, targets: list[str]) -> None:
    assert _targets(code, indicator) == targets


def test_conflicting_clauses_are_both_kept() -> None:
    boxes = [line for line in PROGRAMMES["29551"].lines if line.indicator == "GRN.BOX"]
    assert [line.clause for line in boxes] == ["第45条", "民生实事第12条"]
    bills = [line for line in PROGRAMMES["JILIN-2025"].lines if line.indicator == "GRN.EWAYBILL"]
    assert [line.clause for line in bills] == ["三（四）1", "专栏7"]


@pytest.mark.parametrize(("code", "campaigns"), [("2582", 2), ("29551", 2), ("9218", 2), ("9792", 0)])
def test_campaigns_have_no_rate(code: str, campaigns: int) -> None:
    lines = [line for line in PROGRAMMES[code].lines if line.indicator is None]
    assert len(lines) == campaigns
    assert {line.comparator for line in lines} <= {Comparator.DONE}


def _met(line: ProgrammeLine, month: str) -> bool:
    with (DATA / "results_9792.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["month"] == month and row["indicator"] == line.indicator]
    (row,) = rows
    assert bool(row["added"]) == line.increment
    assert line.value is not None
    return line.comparator.met(amount(row["value"] + row["unit"]), amount(f"{line.value}{line.unit}"))


@pytest.mark.parametrize(
    ("month", "met"),
    [
        ("2020-04", []),
        ("2020-08", ["GRN.TAPE", "GRN.RECYC.N"]),
        ("2020-12", ["GRN.TAPE", "GRN.NOREPACK", "GRN.BAG", "GRN.RECYC.N"]),
    ],
)
def test_national_results_of_2020_against_9792(month: str, met: list[str]) -> None:
    assert [line.indicator for line in PROGRAMMES["9792"].lines if _met(line, month)] == met


def test_a_target_is_met_at_its_value_not_below() -> None:
    line = PROGRAMMES["9792"].lines[0]
    assert line.value is not None
    target = Fraction(line.value)
    assert line.comparator.met(target, target)
    assert not line.comparator.met(target - Fraction(1, 10**9), target)
