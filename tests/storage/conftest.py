"""Ledgers to test on: a file, and the same on a real PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from desktop_app.storage.engine import Ledger
from desktop_app.storage.opening import create_ledger, open_ledger
from tests.support.postgres import PostgresServer

_NUMBERS = count(1)


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


@pytest.fixture(scope="session")
def empty_server_ledger(postgres_server: PostgresServer) -> Iterator[URL]:
    """The same on a server: a database that others are copied from."""
    with postgres_server.database() as url:
        create_ledger(url).close()
        yield make_url(url)


@pytest.fixture
def server_ledger(empty_server_ledger: URL) -> Iterator[Ledger]:
    """An empty ledger in a database of its own."""
    name = f"copy_{next(_NUMBERS)}"
    server = create_engine(empty_server_ledger.set(database="postgres"), isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {empty_server_ledger.database}"))
        with open_ledger(empty_server_ledger.set(database=name).render_as_string(hide_password=False)) as opened:
            yield opened
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        server.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def any_ledger(request: pytest.FixtureRequest) -> Ledger:
    """An empty ledger, once in a file and once on a server."""
    opened = request.getfixturevalue("ledger" if request.param == "sqlite" else "server_ledger")
    assert isinstance(opened, Ledger)
    return opened
