"""A county of invented villages, its monthly sheets, and a plain oracle of what is reached."""

from __future__ import annotations

from pathlib import Path

from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Month
from desktop_app.services import imports, ledger, registers
from desktop_app.services.results.imports import ImportResult
from desktop_app.storage.engine import Ledger

JANUARY = Month(2021, 1)
TOWNS = {"220281100": "甲镇", "220281101": "乙镇", "220281200": "丙乡", "220281201": "丁乡"}
HEAD = "代码,村名,乡镇代码,乡镇,区县代码,区县"


def line(code: str, name: str) -> str:
    return f"{code},{name},{code[:9]},{TOWNS.get(code[:9], code[:9])},220281,蛟河市"


def listed(folder: Path, *units: tuple[str, str], name: str = "名录.csv") -> Path:
    """A register file of (code, name)."""
    path = folder / name
    path.write_text("\n".join([HEAD, *(line(*unit) for unit in units)]), encoding="utf-8")
    return path


def sheet(folder: Path, month: Month, rows: list[str], head: str = "代码,建制村,示例甲,示例乙") -> Path:
    """A sheet of 快递进村 of one month."""
    path = folder / f"进村_{month.year}年{month.month}月.csv"
    path.write_text("\n".join([f"{month.label}快递进村情况", head, *rows]), encoding="utf-8")
    return path


def bring(made: Ledger, file: Path) -> ImportResult:
    preview = imports.preview_file(made, file, ImportOptions())
    return imports.commit_previews(made, [preview], "已核实")[0]


def county(folder: Path, *units: tuple[str, str]) -> Ledger:
    """A ledger with these villages since ever."""
    made = ledger.create(folder / "ledger.db", "220281", "蛟河市")
    registers.import_regions(made, listed(folder, *units), month=JANUARY)
    return made
