"""The frame of the tests themselves: homes, threads, the real PostgreSQL server."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest

from desktop_app import paths

pytest_plugins = ["pytester"]


def test_the_programs_folders_are_this_tests_own(tmp_path: Path) -> None:
    for place in (paths.data_dir(), paths.default_ledger(), paths.log_dir()):
        assert place.is_relative_to(tmp_path)
    assert "BUREAU_LEDGER_DB" not in os.environ


def test_home_is_not_the_users(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert Path.home().is_relative_to(tmp_path_factory.getbasetemp())


def test_a_left_thread_fails_the_test(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("from tests.conftest import _no_thread_left")
    pytester.makepyfile("""
        import threading
        stop = threading.Event()
        def test_leaves_one():
            threading.Thread(target=stop.wait, args=(4,), name="forgotten", daemon=True).start()
    """)
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*threads left running: ?'forgotten'?*"])


@pytest.mark.postgres
def test_each_database_is_fresh(postgres_url: str) -> None:
    server = postgres_url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(server) as connection:
        connection.execute("CREATE TABLE once (name text)")
        connection.execute("INSERT INTO once VALUES ('蛟河市')")
    with psycopg.connect(server) as connection:
        assert connection.execute("SELECT name FROM once").fetchall() == [("蛟河市",)]


@pytest.mark.postgres
def test_the_next_database_knows_nothing_of_it(postgres_url: str) -> None:
    with psycopg.connect(postgres_url.replace("postgresql+psycopg", "postgresql")) as connection:
        assert connection.execute("SELECT to_regclass('once')").fetchone() == (None,)
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
