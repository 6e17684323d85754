"""Transactions and settings of the database, as a clerk would notice them after a power cut or with two programs."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Integer, String, insert, table, text
from sqlalchemy import column as table_column
from sqlalchemy.exc import DBAPIError, IntegrityError

from desktop_app.errors import LedgerError
from desktop_app.models.values import Month
from desktop_app.storage.audit import append
from desktop_app.storage.engine import Ledger, ledger_url, make_engine
from desktop_app.storage.observations import current_observations, versions_of
from desktop_app.storage.rules import add_setting
from desktop_app.storage.settings import all_settings, get_setting, set_setting
from tests.storage.makers import COUNTY, MARCH, figure, record, store_coverage, store_figures

WANTED = {
    "foreign_keys": 1,
    "journal_mode": "wal",
    "synchronous": 2,
    "busy_timeout": 5000,
    "trusted_schema": 0,
    "cell_size_check": 1,
}


def test_every_pooled_connection_has_our_settings(ledger: Ledger) -> None:
    connections = [ledger.engine.connect() for _ in range(5)]
    try:
        for connection in connections:
            found = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in WANTED}
            assert found == WANTED
    finally:
        for connection in connections:
            connection.close()


def test_new_ledgers_have_large_pages_and_older_ones_keep_theirs(ledger: Ledger, tmp_path: Path) -> None:
    older = tmp_path / "以前.db"
    with closing(sqlite3.connect(older)) as made:
        made.execute("PRAGMA page_size=4096")
        made.execute("CREATE TABLE kept (x)")
    for path, size in ((ledger.path, 8192), (older, 4096)):
        assert path is not None
        engine = make_engine(ledger_url(path))
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA page_size").scalar() == size
        engine.dispose()


def test_what_is_written_is_there_for_everybody(any_ledger: Ledger) -> None:
    with any_ledger.write() as session:
        set_setting(session, "region_name", "蛟河市")
    with any_ledger.read() as session:
        assert get_setting(session, "region_name") == "蛟河市"
        assert get_setting(session, "nothing", "无") == "无"


def test_an_exception_leaves_nothing_of_the_whole_block(any_ledger: Ledger) -> None:
    def step() -> None:
        with any_ledger.write() as session:
            set_setting(session, "a", "1")
            store_figures(session, figure(10_000))
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        step()
    with any_ledger.read() as session:
        assert all_settings(session) == {}
        assert current_observations(session) == []


def test_a_reader_cannot_write(any_ledger: Ledger) -> None:
    with pytest.raises(DBAPIError), any_ledger.read() as session:
        set_setting(session, "a", "1")
    with any_ledger.write() as session:
        set_setting(session, "a", "2")  # and the connection that read can write again later
    with any_ledger.read() as session:
        assert get_setting(session, "a") == "2"


def test_a_reader_sees_one_moment(any_ledger: Ledger) -> None:
    with any_ledger.read() as reader:
        assert all_settings(reader) == {}
        with any_ledger.write() as writer:
            set_setting(writer, "a", "1")
        assert all_settings(reader) == {}
    with any_ledger.read() as reader:
        assert all_settings(reader) == {"a": "1"}


def test_writers_in_several_threads_queue_up_and_number_versions_without_holes(any_ledger: Ledger) -> None:
    def write(number: int) -> None:
        with any_ledger.write() as session:
            store_figures(session, figure(number * 10_000))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(12)))
    with any_ledger.read() as session:
        found = versions_of(session, "MKT.VOL", MARCH, figure(1).span, COUNTY, None)
    assert [row.version for row in found] == list(range(1, 13))


def test_a_writer_that_waits_too_long_is_told_in_plain_words(ledger: Ledger) -> None:
    assert ledger.path is not None
    with closing(sqlite3.connect(ledger.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with ledger.engine.connect() as connection:  # the pooled connection that the writer will get
            connection.connection.execute("PRAGMA busy_timeout=1")
        with pytest.raises(LedgerError, match="正被另一个程序写入"), ledger.write():
            pass
        other.execute("ROLLBACK")


def test_a_full_disk_is_said_and_nothing_half_stays(ledger: Ledger) -> None:
    with ledger.read() as session:
        before = all_settings(session)
    with ledger.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    def step() -> None:
        with ledger.write() as session:
            set_setting(session, "a", "1")
            set_setting(session, "large", "大" * 1_000_000)

    with pytest.raises(LedgerError, match="磁盘已满"):
        step()
    with ledger.read() as session:
        assert all_settings(session) == before
    with ledger.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    with ledger.write() as session:
        set_setting(session, "a", "1")


@pytest.mark.parametrize("name", ["observation", "coverage_record", "evidence_file", "audit_event", "rule_setting"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {}={}", "DELETE FROM {}"])
def test_append_only_tables_refuse_change(any_ledger: Ledger, name: str, statement: str) -> None:
    with any_ledger.write() as session:
        store_figures(session, figure(10_000))
        store_coverage(session, record("220281100201", "甲", Month(2021, 3)))
        append(session, "小王", "导入", "批次 1")
        add_setting(session, "YOY_LIMIT", None, {"limit_pct": Decimal(40)}, reason="试", created_by="小王")
    column = "size" if name == "evidence_file" else "id"
    with pytest.raises(DBAPIError, match="append-only"), any_ledger.write() as session:
        session.execute(text(statement.format(name, column, column)))


@pytest.mark.parametrize(
    "broken",
    [
        {"value": None},  # a value without a number
        {"state": "missing"},  # 未报 with a number
        {"month": 202113},
        {"span": "Q"},
        {"version": 0},
        {"batch_id": 999},  # no such batch
    ],
)
def test_the_database_itself_refuses_impossible_figures(any_ledger: Ledger, broken: dict[str, object]) -> None:
    with any_ledger.write() as session:
        number = store_figures(session, figure(10_000))
    row = {
        "indicator": "MKT.VOL", "month": 202104, "span": "M", "region_code": COUNTY, "value": 5, "state": "value",
        "status": "月报", "version": 1, "batch_id": number, "sheet": "", "row": 1, "column": "", "reason": "",
        "created_at": "2021-05-01T00:00:00.000Z",
    }  # fmt: skip
    row |= broken
    columns = [table_column(name, type_=String if isinstance(row[name], str) else Integer) for name in row]
    with pytest.raises(IntegrityError), any_ledger.write() as session:
        session.execute(insert(table("observation", *columns)), row)


def test_a_password_never_shows_in_the_name_of_a_ledger() -> None:
    url = ledger_url("postgresql://wang:geheim@server/ledger")
    assert url.drivername == "postgresql+psycopg"
    assert "geheim" not in url.render_as_string(hide_password=True)


@pytest.mark.parametrize("url", ["mysql://a/b", "不是地址://", "sqlite://"])
def test_an_unknown_database_is_refused(url: str) -> None:
    with pytest.raises(LedgerError):
        ledger_url(url)


def test_paths_are_understood_in_every_form(tmp_path: Path) -> None:
    path = tmp_path / "某 台账.db"
    assert ledger_url(path).database == ledger_url(str(path)).database == str(path)
    assert ledger_url(f"sqlite:///{path}").database == str(path)
