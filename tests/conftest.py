"""What holds for every test: no real home folder, no screen, no thread left behind; and a real server to test on."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.isolation import point_away_from_home
from tests.support.postgres import NoPostgres, PostgresServer

# Before any test module loads Qt: without a screen, unless somebody wants to watch.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# How long one made-up county takes says how busy the machine is, not whether a number is right.
settings.register_profile("product", deadline=None)
settings.load_profile("product")


@pytest.fixture(scope="session", autouse=True)
def _no_real_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """HOME and its relatives lie in a temporary folder for the whole run; fixtures of a session see it too."""
    with pytest.MonkeyPatch.context() as patch:
        point_away_from_home(tmp_path_factory.mktemp("home"), patch)
        yield


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test has a data folder of its own, empty and not yet made: ledger, settings, logs."""
    home = tmp_path / "bureau-ledger-home"
    monkeypatch.setenv("BUREAU_LEDGER_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    """A test that leaves a thread running fails: in the program it would outlive its window."""
    before = set(threading.enumerate())
    yield
    if core := sys.modules.get("PySide6.QtCore"):
        assert core.QThreadPool.globalInstance().waitForDone(5000), "a job is still running in Qt's thread pool"
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        # A thread on its way out is given the time to get there.
        if not isinstance(thread, threading._DummyThread):
            thread.join(timeout=2)
    still = [thread.name for thread in left if thread.is_alive() and not isinstance(thread, threading._DummyThread)]
    assert not still, f"threads left running: {still}"


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    """Where a test's ledger goes; nothing is there yet."""
    return tmp_path / "台账" / "ledger.db"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A real PostgreSQL server in a temporary folder, for the whole run; skipped only where none is installed."""
    try:
        server = PostgresServer.start()
    except NoPostgres as reason:
        pytest.skip(str(reason))
    with server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """``postgresql+psycopg://…`` of a fresh, empty database of this test's own."""
    with postgres_server.database() as url:
        yield url
