"""The demo county's ledger, made once for a test run and copied for whoever wants to write to it."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Month
from desktop_app.services import imports, ledger, sample
from desktop_app.services.results.imports import ImportResult
from desktop_app.storage import coverage, enterprises, observations, outlets, regions, settings
from desktop_app.storage.engine import Ledger

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
SAMPLE = ROOT / "resources" / "sample"
MARCH_FILES = SAMPLE / "2021-03"
NATIONAL = DATA / "national_express_monthly.csv"
VILLAGES = DATA / "villages_220200_jilin.csv"
REGION = "220281"
MARCH = Month(2021, 3)
REASON = "已向企业核实"

_made: dict[str, Path] = {}


def made_once(name: str, folder: Callable[[str], Path], fill: Callable[[Path], None]) -> Path:
    """A closed ledger file, the same one for every package of tests that asks for it."""
    if name not in _made:
        path = folder(name) / "ledger.db"
        fill(path)
        _made[name] = path
    return _made[name]


def fill_sample(path: Path) -> None:
    with closing(ledger.create_sample(path, REGION)) as made:
        sample.fill(made)


def fill_spring(path: Path) -> None:
    """The demo county with March 2020 and the first quarter of 2021: less work for tests that write."""
    fill_registers(path)
    with closing(ledger.open_ledger(path)) as made:
        for month in ("2020-03", "2021-01", "2021-02", "2021-03"):
            for file in sorted((SAMPLE / "months" / month).glob("*_20??年*.csv")):
                if "补报" not in file.name:
                    assert brought(made, file).outcome.value == "committed", file


def fill_registers(path: Path) -> None:
    """Villages and companies of the demo county, no figures."""
    from desktop_app.services import registers

    with closing(ledger.create(path, REGION)) as made:
        registers.import_regions(made, SAMPLE / "villages_220281.csv", month=Month(2020, 1))
        registers.import_enterprises(made, SAMPLE / "enterprises.csv")


def fill_national(path: Path) -> None:
    """A county without companies: its registry and the national series."""
    from desktop_app.services import registers

    with closing(ledger.create(path, REGION)) as made:
        registers.import_regions(made, VILLAGES)
        assert brought(made, NATIONAL).outcome.value == "committed"


def copied(source: Path, folder: Path) -> Path:
    target = folder / source.name
    shutil.copyfile(source, target)
    return target


def brought(to: Ledger, file: Path, reason: str = REASON, options: ImportOptions | None = None) -> ImportResult:
    """A file imported as the window does it: preview, then commit."""
    preview = imports.preview_file(to, file, options or ImportOptions())
    return imports.commit_previews(to, [preview], reason)[0]


def expected() -> dict[str, Any]:
    """What the generator of the sample says its files add up to."""
    document: dict[str, Any] = json.loads((ROOT / "tests" / "sample" / "expected.json").read_text(encoding="utf-8"))
    return document


def manifest(outcome: str) -> list[dict[str, str]]:
    """Files of 2021-03 that must come to this outcome."""
    document = json.loads((MARCH_FILES / "manifest.json").read_text(encoding="utf-8"))
    return [entry for entry in document["files"] if entry["expect"] == outcome]


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def stored(in_: Ledger) -> str:
    """Fingerprint of every row of every table, read past the program: the same exactly when nothing was written."""
    assert in_.path is not None
    digest = hashlib.sha256()
    with closing(sqlite3.connect(in_.path)) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY 1")
        ]
        for table in tables:
            digest.update(repr((table, connection.execute(f'SELECT * FROM "{table}"').fetchall())).encode())  # noqa: S608
    return digest.hexdigest()


def in_force(of: Ledger) -> dict[str, object]:
    """Everything that counts now, whatever else was ever stored: what an undo must bring back."""
    with of.read() as session:
        return {
            "figures": observations.current_observations(session),
            "coverage": coverage.timeline(session),
            "units": regions.every_unit(session),
            "companies": enterprises.enterprises(session),
            "outlets": outlets.outlets(session),
            "settings": {
                k: v for k, v in settings.all_settings(session).items() if k not in {"audit_head", "coverage_brands"}
            },
        }
