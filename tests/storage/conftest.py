"""Ledgers to test on: a file, and the same on a real PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.storage.engine import Ledger
from desktop_app.storage.opening import create_ledger, open_ledger


@pytest.fixture(scope="session")
def empty_ledger_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger at head, made once; tests work on copies."""
    path = tmp_path_factory.mktemp("template") / "ledger.db"
    create_ledger(path).close()
    return path


@pytest.fixture
def ledger(empty_ledger_file: Path, ledger_path: Path) -> Iterator[Ledger]:
    """An empty SQLite ledger."""
    ledger_path.parent.mkdir(parents=True)
    shutil.copy(empty_ledger_file, ledger_path)
    with open_ledger(ledger_path) as opened:
        yield opened


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def any_ledger(request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """An empty ledger, once in a file and once on a server."""
    if request.param == "sqlite":
        yield request.getfixturevalue("ledger")
        return
    with create_ledger(request.getfixturevalue("postgres_url")) as opened:
        yield opened
