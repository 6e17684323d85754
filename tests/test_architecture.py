"""The house stands as it was drawn: who may import whom, and no room grown too large."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.layers import breaches

ROOT = Path(__file__).resolve().parent.parent
LONGEST_MODULE = 400


def test_rooms_import_only_what_their_rule_allows() -> None:
    found = [str(breach) for breach in breaches(ROOT)]
    assert not found, "\n".join(found)


def test_no_module_has_grown_too_long() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for folder in ("desktop_app", "packaging", "db")
        for path in (ROOT / folder).rglob("*.py")
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


PLANTED = {
    # a window that reaches past the services
    ("views/rural/page.py", "from desktop_app.storage.engine import open_ledger"): "desktop_app.storage.engine",
    ("views/rural/page.py", "def load():\n    import pandas as pd"): "pandas",
    ("views/page.py", "from desktop_app.models import observation"): "desktop_app.models.observation",
    ("views/page.py", "from ..indicators.growth import growth"): "desktop_app.indicators.growth",
    ("views/page.py", "import importlib\nimportlib.import_module('desktop_app.storage')"): "desktop_app.storage",
    # Qt anywhere but in the views
    ("services/rural.py", "from PySide6.QtCore import QObject"): "PySide6.QtCore",
    ("charts.py", "import pyqtgraph"): "pyqtgraph",
    ("cli/report.py", "from desktop_app.views import main_window"): "desktop_app.views.main_window",
    ("cli/gui.py", "def report():\n    from desktop_app.views import main_window"): "desktop_app.views.main_window",
    ("cli/gui.py", "def gui():\n    from desktop_app.storage import engine"): "desktop_app.storage.engine",
    # calculation that knows of a database, paper that calculates, types hidden from the run
    ("indicators/growth.py", "import sqlalchemy as sa"): "sqlalchemy",
    ("reporting/pdf.py", "from pandas import DataFrame"): "pandas",
    ("importing/plan.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import sqlalchemy"): "sqlalchemy",
    # the ground floor looking upstairs
    ("models/values.py", "import sqlalchemy"): "sqlalchemy",
    ("errors.py", "from desktop_app.services import ledger"): "desktop_app.services",
    ("cellar/wine.py", "import os"): "(no room: enter it in tests/support/layers.py)",
}
MODULES = ("storage/engine", "models/observation", "indicators/growth", "views/main_window")


@pytest.mark.parametrize(("planted", "imported"), PLANTED.items())
def test_a_planted_breach_is_found(tmp_path: Path, planted: tuple[str, str], imported: str) -> None:
    for name in MODULES:
        write(tmp_path / f"desktop_app/{name}.py", "")
    name, source = planted
    write(tmp_path / "desktop_app" / name, source)
    module = "desktop_app." + name.removesuffix(".py").replace("/", ".")
    assert [(breach.module, breach.imported) for breach in breaches(tmp_path)] == [(module, imported)]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("views/page.py", "import json\nfrom PySide6.QtWidgets import QWidget\nfrom desktop_app import services"),
        ("views/page.py", "from desktop_app.models.values import Month\nfrom . import main_window"),
        ("cli/gui.py", "def gui():\n    from desktop_app.views.main_window import MainWindow"),
        (
            "services/rural.py",
            "from desktop_app.storage.engine import open_ledger\nfrom desktop_app import __version__",
        ),
        ("paths.py", "import platformdirs"),
    ],
)
def test_what_is_allowed_passes(tmp_path: Path, name: str, source: str) -> None:
    for other in (*MODULES, "services/ledger"):
        write(tmp_path / f"desktop_app/{other}.py", "")
    write(tmp_path / "desktop_app" / name, source)
    assert breaches(tmp_path) == []


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
