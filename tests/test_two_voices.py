"""What the window shows never speaks of options and commands: those stand in ``command=``, for the command line."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = re.compile(r"(?<!-)--[a-z]{2,}|bureau-ledger [a-z-]+|命令行")


def _spoken(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Texts of a module, but not its docstrings nor what is for the command line."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.keyword) and node.arg == "command":
            continue
        if isinstance(node, ast.Assign) and _names(node) <= {"command", "_COMMANDS"}:
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        yield from _spoken(node)


def _names(node: ast.Assign) -> set[str]:
    return {target.id if isinstance(target, ast.Name) else "" for target in node.targets}


def test_no_text_for_the_window_names_an_option_or_a_command() -> None:
    found = []
    for file in sorted((ROOT / "desktop_app").rglob("*.py")):
        if "cli" in file.relative_to(ROOT).parts:
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found += [f"{file.name}:{line} {text}" for line, text in _spoken(tree) if COMMANDS.search(text)]
    assert found == []


def test_no_definition_of_the_catalogue_names_an_option() -> None:
    for file in sorted((ROOT / "resources" / "catalogue").glob("*.toml")):
        assert not COMMANDS.search(str(tomllib.loads(file.read_text(encoding="utf-8")))), file.name
