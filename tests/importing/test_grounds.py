"""Kind, company, period, region and unit each say their ground, in every kind of file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.errors import FileRefusedError
from desktop_app.importing.plan import FileKind, ImportContext, ImportOptions, ImportPlan
from desktop_app.importing.planner import plan_import
from tests.importing.makers import ROOT, MemoryLedger, context, official_ledger, official_table, plan_rows
from tests.importing.test_demo_month import MANIFEST, SAMPLE, demo_context

ASPECTS = ("种类", "企业", "月份", "地区", "单位")
ASKS = {
    "企业": {"UNKNOWN_COMPANY", "COMPANY_MISSING", "COMPANY_AMBIGUOUS", "MISSING_COLUMN"},
    "月份": {"MONTH_MISSING"},
    # A file that is stopped because its company or a column is missing is not converted at all.
    "单位": {"UNKNOWN_COMPANY", "COMPANY_MISSING", "COMPANY_AMBIGUOUS", "MISSING_COLUMN", "UNIT_AMBIGUOUS"},
}
"""Errors that ask what the file leaves open."""


def silent(plan: ImportPlan) -> set[str]:
    """Aspects of which no ground speaks: a ground opens with its aspect (“企业：…”, “企业按指定：…”)."""
    opening = [ground.partition("：")[0].partition("按")[0].split("、") for ground in plan.grounds]
    return {aspect for aspect in ASPECTS if not any(aspect in words for words in opening)}


def sample_files() -> Iterator[Path]:
    yield from (SAMPLE / name for name in ("villages_220281.csv", "enterprises.csv", "outlets.csv"))
    yield ROOT / "tests" / "data" / "national_express_monthly.csv"
    yield from sorted(path for path in (SAMPLE / "2021-03").rglob("*") if path.suffix != ".json" and path.is_file())
    yield from sorted((SAMPLE / "months").rglob("*.csv"))


@pytest.fixture(scope="module")
def known() -> ImportContext:
    return demo_context(MemoryLedger())


def test_every_sample_file_says_why(known: ImportContext) -> None:
    kinds: set[FileKind] = set()
    options = ImportOptions(password=MANIFEST["password"])
    for path in sample_files():
        try:
            plan = plan_import(path, known, options)
        except FileRefusedError:
            continue
        kinds.add(plan.kind)
        asked = {issue.code for issue in plan.errors}
        left = {aspect for aspect in silent(plan) if not asked & ASKS.get(aspect, set())}
        assert not left, (path.name, left, plan.grounds)
    assert kinds == set(FileKind) - {FileKind.UNKNOWN, FileKind.MONTHS, FileKind.ENTRY}


def test_months_in_columns_say_why(tmp_path: Path) -> None:
    rows = [["2021年示例甲快递业务量（万件）"], ["指标", "1月", "2月", "3月"], ["快递业务量", "1", "2", "3"]]
    plan = plan_rows(tmp_path, rows)
    assert (plan.kind, plan.errors, silent(plan)) == (FileKind.MONTHS, (), set())


def test_what_the_user_has_said_is_the_ground(tmp_path: Path) -> None:
    options = ImportOptions(company="示例乙", region="220281")
    plan = plan_rows(tmp_path, official_table(), official_ledger(), options)
    assert {g for g in plan.grounds if "指定" in g} == {"企业按指定：示例乙快递有限公司", "地区按指定：220281000000"}
    assert silent(plan) == set()


def test_a_ground_names_the_place_where_it_stands(tmp_path: Path) -> None:
    plan = plan_import(SAMPLE / "months" / "2021-03" / "进村_2021年3月.csv", context(), ImportOptions())
    assert any(ground.startswith("地区：由“") and "村级名录" in ground for ground in plan.grounds)
    rows = [["企业", "月份", "指标", "数值", "单位"], ["甲快递", "2021-03", "快递业务量", "5", "件"]]
    told = plan_rows(tmp_path, rows).grounds
    assert {"企业：由“企业”列逐行写明", "月份：由“月份”列逐行写明"} <= set(told)
    assert "单位：件（列名、行名或单位栏写明）" in told
