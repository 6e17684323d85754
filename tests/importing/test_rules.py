"""Checks take strictness and thresholds from the rules in force; the catalogue lists exactly the checks that exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.rules import CheckRules, RuleError
from desktop_app.importing.plan import ImportOptions, ImportPlan
from desktop_app.importing.planner import plan_import
from desktop_app.models.values import Month, Severity, Strictness
from tests.importing.makers import ROOT, MemoryLedger, codes, context, official_ledger, official_table, only, save

CHECKS = ROOT / "desktop_app" / "importing" / "checks"
_CODE = re.compile(r"(?=.{7,}$)[A-Z]+(_[A-Z]+)*")


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(CHECKS.glob("*.py")):
        yield path.name, ast.parse(path.read_text(encoding="utf-8"))


def test_every_check_is_in_the_catalogue_and_every_entry_has_its_check() -> None:
    written = {
        node.value
        for _, module in _modules()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value)
    }
    assert written == {code for code, check in load_catalogue().rules.checks.items() if check.checks_files}


def test_no_check_goes_past_the_rules() -> None:
    past = [
        f"{name}:{node.lineno}"
        for name, module in _modules()
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr in {"error", "warn"}
    ]
    assert past == [], "checks report through draft.report, which asks the rules how strict they are"


def test_every_threshold_that_a_check_reads_is_in_the_catalogue() -> None:
    read = {
        (node.args[0].value, node.args[1].value)
        for _, module in _modules()
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"threshold", "whole"}
        and len(node.args) == 2
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[1], ast.Constant)
    }
    rules = load_catalogue().rules
    assert read == {
        (check.code, name) for check in rules.checks.values() if check.checks_files for name in check.thresholds
    }


# --------------------------------------------------------------------------------------------------- in force


def _tuned(code: str, severity: Strictness | None = None, **thresholds: str) -> CheckRules:
    rules = load_catalogue().rules
    changed = rules.checks[code].set(severity, {name: Decimal(value) for name, value in thresholds.items()})
    return replace(rules, checks={**rules.checks, code: changed})


def _plan(folder: Path, ledger: MemoryLedger, rules: CheckRules | None, /, **changes: list[str]) -> ImportPlan:
    path = save(folder, "表.csv", official_table(changes=changes))
    known = replace(load_catalogue(), rules=rules) if rules is not None else None
    return plan_import(path, replace(context(ledger), catalogue=known), ImportOptions())


@pytest.mark.parametrize(
    ("severity", "found"),
    [(None, Severity.WARNING), (Strictness.ERROR, Severity.ERROR), (Strictness.OFF, None)],
)
def test_a_check_is_as_strict_as_it_is_set(tmp_path: Path, severity: Strictness | None, found: Severity | None) -> None:
    ledger = official_ledger()
    ledger.put("MKT.VOL", Month(2021, 4), "2000")
    rules = None if severity is None else _tuned("MOM_LIMIT", severity)
    plan = _plan(tmp_path, ledger, rules)
    issues = [issue for issue in plan.issues if issue.code == "MOM_LIMIT"]
    assert [issue.severity for issue in issues] == ([] if found is None else [found])
    assert plan.counts.rejected == (1 if found is Severity.ERROR else 0), "a blocked row is not stored"


def test_a_threshold_moves_the_line(tmp_path: Path) -> None:
    ledger = official_ledger()
    ledger.put("MKT.VOL", Month(2021, 4), "13000")
    plan = _plan(tmp_path, ledger, None)
    assert "环比增长 62.3%，超过 50%" in only(plan, "MOM_LIMIT").message
    assert codes(_plan(tmp_path, ledger, _tuned("MOM_LIMIT", limit_pct="62.5"))) == []
    assert "超过 62.2%" in only(_plan(tmp_path, ledger, _tuned("MOM_LIMIT", limit_pct="62.2")), "MOM_LIMIT").message


def test_of_two_doubts_in_one_question_the_stricter_decides(tmp_path: Path) -> None:
    ledger = official_ledger()
    ledger.put("MKT.VOL", Month(2021, 4), "2000")
    ledger.put("MKT.VOL", Month(2020, 5), "10000")
    plan = _plan(tmp_path, ledger, _tuned("MOM_LIMIT", Strictness.ERROR))
    issue = only(plan, "MOM_LIMIT")
    assert issue.severity is Severity.ERROR
    assert "同比" in issue.message
    assert "环比" in issue.message
    only_month = only(_plan(tmp_path, ledger, _tuned("YOY_LIMIT", Strictness.OFF)), "MOM_LIMIT")
    assert "同比" not in only_month.message


def test_a_unit_slip_let_pass_keeps_the_sums_watched(tmp_path: Path) -> None:
    """Revenue in 万元 and a sum that is wrong besides: softening the first must not hide the second."""
    changes = {
        "r05": ["0.8", "7800", "", "40000"],
        "r06": ["22", "200000", "", "1000000"],
        "r07": ["0.5", "5000", "", "25000"],
        "r08": ["1.7", "16000", "", "80000"],
        "r09": ["26", "228800", "", "1145000"],
    }
    assert codes(_plan(tmp_path, official_ledger(), None, **changes)) == ["UNIT_SLIP"]
    soft = _plan(tmp_path, official_ledger(), _tuned("UNIT_SLIP", Strictness.WARNING), **changes)
    assert only(soft, "UNIT_SLIP").severity is Severity.WARNING
    assert only(soft, "PARTS_SUM").severity is Severity.ERROR


REFUSED: Mapping[str, tuple[str, Strictness | None, dict[str, str], str]] = {
    "fixed": ("PARTS_SUM", Strictness.WARNING, {}, "“分项之和不等于合计”是必须执行的规则，不能改"),
    "not off": ("UNIT_SLIP", Strictness.OFF, {}, "不能设为“不查”，只能设为：错误、提示"),
    "too large": ("YOY_LIMIT", None, {"limit_pct": "5000"}, "同比界限应在 1 与 1000 之间，不能是 5000"),
    "no number": ("YOY_LIMIT", None, {"limit_pct": "NaN"}, "同比界限应在 1 与 1000 之间"),
    "unknown": ("YOY_LIMIT", None, {"limit": "5"}, "没有名为 limit 的界限；可设的界限：limit_pct（同比界限）"),
    "none to set": ("ZERO_REPORT", None, {"limit": "5"}, "可设的界限：没有"),
    "band": ("PRICE_BAND", None, {"low": "30"}, "单件收入下限 30 应小于单件收入上限 25"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_not_be_set_is_refused_in_words(name: str) -> None:
    code, severity, values, words = REFUSED[name]
    with pytest.raises(RuleError, match=re.escape(words)):
        _tuned(code, severity, **values)
