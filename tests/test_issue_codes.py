"""Every code that a file, an entry or a rule can bring is explained in the manual, with what to do about it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.models.values import Severity

ROOT = Path(__file__).resolve().parent.parent
MANUAL = (ROOT / "docs" / "用户手册.md").read_text(encoding="utf-8").partition("## 九、问题代码")[2]
ROWS = {row[0]: row[1:] for row in re.findall(r"^\| ([A-Z_]+)( ★)? \| ([^|]+) \| ([^|]+) \|$", MANUAL, re.MULTILINE)}
SPEAKS = frozenset({"error", "warn", "report", "Issue", "_error", "_warn", "_wrong"})
CODE = re.compile(r"[A-Z]+(_[A-Z]+)*")
NO_CODES = frozenset({"VILLAGES", "RECORDS", "OUTLETS"})
"""Words in capitals that name control totals."""


def emitted() -> Iterator[str]:
    """Codes in the source: those handed to whatever adds an issue, and every other word of the same shape."""
    places = [ROOT / "desktop_app" / "errors.py"]
    places += (ROOT / "desktop_app" / "importing").rglob("*.py")
    places += [
        ROOT / "desktop_app" / "services" / f"{n}.py" for n in ("imports", "changes", "company_doubts", "faults")
    ]
    for place in places:
        for node in ast.walk(ast.parse(place.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in SPEAKS:
                    yield from (text for each in node.args[:2] if (text := _code(each)))
            if (text := _code(node)) and "_" in text:
                yield text
            if isinstance(node, ast.AnnAssign) and node.value is not None and (text := _code(node.value)):
                yield text


def _code(node: ast.AST) -> str:
    found = isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    return str(node.value) if isinstance(node, ast.Constant) and found else ""


def test_every_code_is_in_the_manual_and_no_other() -> None:
    rules = set(load_catalogue().rules.checks)
    assert sorted({*emitted(), *rules} - NO_CODES) == sorted(ROWS)


def test_every_row_says_what_it_means_and_what_to_do() -> None:
    rules = load_catalogue().rules.checks
    for code, (star, meaning, remedy) in ROWS.items():
        assert len(meaning.strip()) > 3, code
        assert len(remedy.strip()) > 1, code
        rule = rules.get(code)
        assert bool(star) == (rule is not None and not rule.fixed), code
        if rule is not None and rule.checks_files:
            word = "错误" if rule.severity.value == Severity.ERROR.value else "提示"
            assert meaning.startswith(f"{word}："), code
