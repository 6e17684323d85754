"""Which room may import what (DESIGN: the house), and a checker that reads the source without running it.

The table is a list of what is allowed, of our own rooms and of third parties alike: a part that nobody thought of is
refused until it is entered here. Imports inside functions and under TYPE_CHECKING count as well: they are
dependencies too.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "desktop_app"


@dataclass(frozen=True)
class Rule:
    """What one room may import: rooms below ``desktop_app`` (with all that is in them) and third-party packages."""

    rooms: frozenset[str]
    parts: frozenset[str]


def _rule(rooms: str = "", parts: str = "") -> Rule:
    return Rule(frozenset(rooms.split()), frozenset(parts.split()))


BASE = "errors paths log settings"
"""The ground floor: usable before anything heavy is loaded, by everybody above storage."""

CALCULATING = "models.values catalogue errors"
PAPER = "models.values charts indicators catalogue errors paths"

RULES: dict[str, Rule] = {
    "": _rule(),
    "__main__": _rule(f"cli {BASE}"),
    "errors": _rule(BASE, "platformdirs"),
    "paths": _rule(BASE, "platformdirs"),
    "log": _rule(BASE, "platformdirs"),
    "settings": _rule(BASE, "platformdirs"),
    "charts": _rule(),
    "models": _rule("errors models.values", "sqlalchemy"),
    "models.values": _rule(),
    "catalogue": _rule("models.values errors paths"),
    "storage": _rule("models errors paths", "sqlalchemy alembic filelock"),
    "importing": _rule(CALCULATING, "pandas numpy openpyxl xlrd clevercsv msoffcrypto"),
    "indicators": _rule(CALCULATING, "pandas numpy"),
    "reporting": _rule(PAPER, "reportlab docx openpyxl pypdfium2 PIL"),
    "exchange": _rule(PAPER, "openpyxl"),
    # The paper rooms below are called with results; pictures of pages and pinyin are made here for both fronts.
    "services": _rule(
        f"models catalogue storage importing indicators reporting exchange charts {BASE}",
        "sqlalchemy alembic filelock pandas pypdfium2 pypinyin platformdirs",
    ),
    "cli": _rule(f"services models.values {BASE}"),
    "views": _rule(f"services charts models.values {BASE}", "PySide6 pyqtgraph"),
}
"""Room → rule; the longest name that fits a module is its room."""

INSIDE_FUNCTIONS = {("cli", "gui"): "views"}
"""Room and function → the room that may be imported there and nowhere else in the caller's room."""


@dataclass(frozen=True)
class Breach:
    """One import that its room may not make."""

    module: str
    line: int
    imported: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.imported}"


def breaches(root: Path) -> list[Breach]:
    """All forbidden imports below ``root``/desktop_app, and every module that belongs to no room."""
    found = []
    modules = {module_name(path, root): path for path in sorted((root / PACKAGE).rglob("*.py"))}
    for module, path in modules.items():
        room = room_of(module)
        if room is None:
            found.append(Breach(module, 1, "(no room: enter it in tests/support/layers.py)"))
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        is_package = path.name == "__init__.py"
        read = imports(tree, module if is_package else module.rpartition(".")[0], set(modules))
        # One statement may bring several names from one module; it is one breach.
        found += [
            Breach(module, line, target)
            for line, target, function in dict.fromkeys(read)
            if not allowed(room, target) and not allowed_inside(room, function, target)
        ]
    return found


def module_name(path: Path, root: Path) -> str:
    """File → dotted name."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str | None:
    """The room of a module of ours, or None when the table has none for it."""
    inner = module.removeprefix(PACKAGE).removeprefix(".")
    fitting = [room for room in RULES if room and within(inner, room)]
    return max(fitting, key=len) if fitting else ("" if not inner else None)


def within(inner: str, room: str) -> bool:
    """Whether a name is a room or lies in it."""
    return inner == room or inner.startswith(f"{room}.")


def allowed(room: str, target: str) -> bool:
    """Whether modules of ``room`` may import ``target`` (a full dotted name)."""
    rule = RULES[room]
    top = target.partition(".")[0]
    if top != PACKAGE:
        return top in sys.stdlib_module_names or top in rule.parts
    inner = target.removeprefix(PACKAGE).removeprefix(".")
    # The package's own file holds the version and nothing else; every room may read it, and itself.
    return not inner or room_of(target) == room or any(within(inner, permitted) for permitted in rule.rooms)


def allowed_inside(room: str, function: str, target: str) -> bool:
    """Whether ``function`` of ``room`` may import ``target`` although its room may not."""
    permitted = INSIDE_FUNCTIONS.get((room, function))
    return permitted is not None and within(target.removeprefix(f"{PACKAGE}."), permitted)


def imports(tree: ast.AST, package: str, modules: set[str], function: str = "") -> Iterator[tuple[int, str, str]]:
    """Line, full name and innermost function of all that is imported.

    ``from a import b`` is ``a.b`` where that is a module of ours. The function is "" at the top of the module.
    """
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, function
        elif isinstance(node, ast.ImportFrom):
            base = source_of(node, package)
            for alias in node.names:
                deeper = f"{base}.{alias.name}"
                yield node.lineno, deeper if deeper in modules else base, function
        elif isinstance(node, ast.Call) and (name := imported_by_call(node)):
            yield node.lineno, name, function
        inner = node.name if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else function
        yield from imports(node, package, modules, inner)


def source_of(node: ast.ImportFrom, package: str) -> str:
    """The module that a ``from`` reads, with leading dots resolved against the importing package."""
    if not node.level:
        return node.module or ""
    above = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*above, node.module] if node.module else above)


def imported_by_call(node: ast.Call) -> str | None:
    """The name given to ``import_module("…")`` or ``__import__("…")``: no way around the table."""
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called not in {"import_module", "__import__"} or not node.args:
        return None
    name = node.args[0]
    return name.value if isinstance(name, ast.Constant) and isinstance(name.value, str) else None
