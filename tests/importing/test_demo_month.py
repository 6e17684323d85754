"""The demo county's real files, blind: what should go in goes in, what should be refused is, for the right reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.errors import FileRefusedError
from desktop_app.importing.plan import (
    ImportContext,
    ImportOptions,
    KnownEnterprise,
    KnownVillage,
)
from desktop_app.importing.planner import plan_import
from desktop_app.models.values import Month, Severity, Span, from_fixed
from tests.importing.makers import COUNTY, ROOT, MemoryLedger

SAMPLE = ROOT / "resources" / "sample"
MONTH = SAMPLE / "2021-03"
MANIFEST = json.loads((MONTH / "manifest.json").read_text(encoding="utf-8"))
EXPECTED = json.loads((ROOT / "tests" / "sample" / "expected.json").read_text(encoding="utf-8"))


def demo_context(ledger: MemoryLedger) -> ImportContext:
    empty = ImportContext(COUNTY, "蛟河市", (), (), ledger)
    companies = plan_import(SAMPLE / "enterprises.csv", empty, ImportOptions()).enterprises
    regions = plan_import(SAMPLE / "villages_220281.csv", empty, ImportOptions()).regions
    towns = {r.code: r.name for r in regions}
    return ImportContext(
        COUNTY,
        "蛟河市",
        tuple(
            KnownEnterprise(number, c.name, c.short_name, c.brand, c.aliases, c.opened, c.closed)
            for number, c in enumerate(companies, start=1)
        ),
        tuple(
            KnownVillage(r.code, r.name, towns[r.parent_code], administrative_village=r.administrative_village)
            for r in regions
            if r.level == "village"
        ),
        ledger,
    )


def _months(until: str) -> Iterator[Path]:
    for folder in sorted((SAMPLE / "months").iterdir()):
        if folder.name <= until:
            yield from sorted(folder.iterdir(), key=lambda p: ("补报" not in p.name and "更正" not in p.name, p.name))


@pytest.fixture(scope="module")
def ledger() -> MemoryLedger:
    """The ledger as it stands when the files of March 2021 arrive: the months before, and March's flash summary."""
    ledger = MemoryLedger()
    context = demo_context(ledger)
    for path in _months("2021-03"):
        plan = plan_import(path, context, ImportOptions())
        assert plan.errors == (), path.name
        ledger.commit(plan)
    return ledger


@pytest.mark.parametrize("entry", MANIFEST["files"] + MANIFEST["corrections"], ids=lambda entry: entry["name"])
def test_each_file_of_the_demo_month(ledger: MemoryLedger, entry: dict[str, str]) -> None:
    path = MONTH / entry["name"]
    if entry["kind"] == "unknown":
        with pytest.raises(FileRefusedError):
            plan_import(path, demo_context(ledger), ImportOptions())
        return
    plan = plan_import(path, demo_context(ledger), ImportOptions())
    assert plan.kind.value == entry["kind"]
    assert plan.month == Month(2021, 3)
    assert plan.reading.encoding == entry["encoding"]
    assert bool(plan.errors) == (entry["expect"] == "refused"), [i.message for i in plan.issues]
    assert bool(plan.warnings) == bool(entry["warning"]) or plan.errors, [i.message for i in plan.issues]
    if entry["company"] and entry["expect"] == "committed":
        assert plan.enterprise_name == entry["company"]
    counts = plan.counts
    assert counts.read == counts.accepted + counts.rejected + counts.skipped


FAULTS = {
    "丁快递3月.csv": ["PARTS_SUM"],
    "癸_202103.xlsx": ["UNIT_SLIP"],
    "丑_202103.csv": ["CUMULATION", "CUMULATION"],
    "无此企业.csv": ["UNKNOWN_COMPANY"],
    "缺列.csv": ["MISSING_COLUMN"],
}


@pytest.mark.parametrize("name", FAULTS)
def test_planted_faults_are_named_once_and_rightly(ledger: MemoryLedger, name: str) -> None:
    plan = plan_import(MONTH / name, demo_context(ledger), ImportOptions())
    assert [issue.code for issue in plan.errors] == FAULTS[name]


def test_password_of_the_manifest_opens_the_locked_workbook(ledger: MemoryLedger) -> None:
    plan = plan_import(MONTH / "加密.xlsx", demo_context(ledger), ImportOptions(password=MANIFEST["password"]))
    assert plan.errors == ()


def test_all_24_months_go_in_without_an_error_and_add_up() -> None:
    ledger = MemoryLedger()
    context = demo_context(ledger)
    for path in _months("2021-12"):
        plan = plan_import(path, context, ImportOptions())
        assert plan.errors == (), (path.name, [i.message for i in plan.errors])
        assert all(issue.severity is Severity.WARNING for issue in plan.issues)
        ledger.commit(plan)
    for label, truth in EXPECTED["months"].items():
        assert _sum(ledger, "MKT.VOL", label) == truth["volume"]["total"], label
        assert _sum(ledger, "MKT.REV", label) == Decimal(str(truth["revenue_yuan"]["total"])), label
        assert _sum(ledger, "REL.REVOTHER", label) == Decimal(str(truth["revenue_yuan"]["other"])), label
        assert _sum(ledger, "OPS.IN", label) == truth["inbound"], label


def _sum(ledger: MemoryLedger, indicator: str, label: str) -> Decimal:
    """The county's month from what was planned, in base units."""
    month = Month.parse(label)
    values = [
        v
        for (code, when, span, _, _), (v, _) in ledger.figures.items()
        if (code, when, span) == (indicator, month, Span.MONTH)
    ]
    return from_fixed(sum(v for v in values if v is not None))
