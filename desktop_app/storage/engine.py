"""Engines and sessions: SQLite with durable settings, or PostgreSQL through a URL. Others see a Ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from weakref import WeakSet

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool, QueuePool

from desktop_app.errors import LedgerError
from desktop_app.models import schema as entities
from desktop_app.storage.faults import explain
from desktop_app.storage.files import own_file_of

TABLES = tuple(entities.metadata.tables)
"""Every table. Entities point at each other by table name, so all of them must be loaded before any one is used."""

BUSY_SECONDS = 5
"""How long a writer waits for another one before the clerk is told."""

_WRITER_LOCK = 0x59475A54
"""PostgreSQL advisory lock that makes writers queue up, as SQLite's do; version numbers rely on it."""

_PRAGMAS = (
    # Of a new ledger only. Half as many pages as usual: a million villages go in with a tenth less work.
    ("page_size", "8192"),
    ("journal_mode", "WAL"),
    ("synchronous", "FULL"),  # county power fails: a committed month must be on the platter
    ("busy_timeout", str(BUSY_SECONDS * 1000)),
    ("temp_store", "MEMORY"),
    ("cache_size", "-16000"),
    ("trusted_schema", "OFF"),
    ("cell_size_check", "ON"),
)

_STRAIGHT_PRAGMAS = (
    *(pragma for pragma in _PRAGMAS if pragma[0] != "journal_mode"),
    # Without the log a commit is the end of the journal's name in the folder, which must be on the platter as well.
    ("synchronous", "EXTRA"),
    # While somebody reads, nothing may go into the file before the commit.
    ("cache_spill", "OFF"),
)
"""While a large import writes straight into the file, with a rollback journal."""
_STRAIGHT: WeakSet[Engine] = WeakSet()


def ledger_url(db: str | Path) -> URL:
    """A path or URL as the user gives it → SQLAlchemy URL; SQLite paths are made absolute.

    :raises LedgerError: a URL of a database that we do not know.
    """
    if isinstance(db, Path) or "://" not in db:
        return URL.create("sqlite", database=str(Path(db).expanduser().absolute()))
    try:
        url = make_url(db)
    except (ArgumentError, ValueError):
        raise LedgerError("数据库地址写法不对", hint="应为文件路径，或 postgresql://用户:密码@主机:端口/库名") from None
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        return URL.create("sqlite", database=str(Path(url.database).absolute()))
    raise LedgerError(f"不支持这种数据库：{url.get_backend_name()}", hint="请用文件路径，或 postgresql:// 开头的地址")


def make_engine(url: URL, *, foreign_keys: bool = True, pooled: bool = True) -> Engine:
    """Engine with our settings on every connection.

    ``foreign_keys=False`` is for migrations, which rebuild SQLite tables; they check the keys themselves at the end.
    """
    if url.get_backend_name() != "sqlite":
        return create_engine(url, poolclass=QueuePool if pooled else NullPool, pool_pre_ping=pooled)
    engine = create_engine(
        url,
        poolclass=QueuePool if pooled else NullPool,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
    )

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        # We begin transactions ourselves: sqlite3's own habit leaves DDL and SELECT outside of them.
        connection.isolation_level = None
        for name, setting in _PRAGMAS if engine not in _STRAIGHT else _STRAIGHT_PRAGMAS:
            connection.execute(f"PRAGMA {name}={setting}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        writing = options.get("ledger_mode") == "write"
        keyed = foreign_keys and not options.get("ledger_keyless")
        connection.exec_driver_sql(f"PRAGMA foreign_keys={'ON' if keyed else 'OFF'}")
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
        # A deferred transaction that turns into a writer half-way can fail with "locked"; a writer asks at once.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


@contextmanager
def write_connection(engine: Engine, where: str = "", *, keyless: bool = False) -> Iterator[Connection]:
    """One write transaction: all of it or nothing. Errors of the environment come as :class:`LedgerError`.

    ``keyless``: SQLite does not look whether keys point at something; for who makes sure of it otherwise.
    """
    options: dict[str, Any] = {"ledger_mode": "write", "ledger_keyless": keyless}
    try:
        with engine.connect().execution_options(**options) as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITER_LOCK})
            yield connection
    except DBAPIError as error:
        known = explain(error, where)
        if known is None:
            raise
        raise known from error


@contextmanager
def read_connection(engine: Engine, where: str = "") -> Iterator[Connection]:
    """One read transaction: a single moment of the ledger, and nothing can be written through it."""
    options: dict[str, Any] = {"ledger_mode": "read"}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    try:
        with engine.connect() as plain:
            connection = plain.execution_options(**options)
            with connection.begin() as transaction:
                yield connection
                transaction.rollback()
    except DBAPIError as error:
        known = explain(error, where)
        # "readonly" is our own guard here, so the fault is ours: somebody writes where only reading was announced.
        if known is None or "readonly" in str(error.orig):
            raise
        raise known from error


@dataclass(frozen=True, eq=False)
class Ledger:
    """An open ledger. May be used from several threads at once; each ``with`` block has its own connection.

    ``path`` is None on PostgreSQL. ``schema`` is the revision it stands at.
    """

    engine: Engine
    path: Path | None
    schema: str

    @property
    def name(self) -> str:
        """Path or URL for messages; a password is not shown."""
        return str(self.path) if self.path else self.engine.url.render_as_string(hide_password=True)

    @property
    def own_file(self) -> Path | None:
        """Where the bureau's own indicators (自设指标) stand: beside the ledger; None on a server."""
        return own_file_of(self.path) if self.path else None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Session that sees one moment of the ledger and cannot write."""
        with read_connection(self.engine, self.name) as connection, Session(connection, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self, *, keyless: bool = False) -> Iterator[Session]:
        """Session in one write transaction: committed durably at the end, wholly undone by any exception.

        ``keyless``: see :func:`write_connection`.
        """
        with (
            write_connection(self.engine, self.name, keyless=keyless) as connection,
            Session(connection, expire_on_commit=False, join_transaction_mode="rollback_only") as session,
        ):
            yield session
            session.flush()

    @contextmanager
    def write_large(self) -> Iterator[Session]:
        """As ``write``, for very many rows: does not look at keys, and writes each page once where that is possible.

        The write-ahead log takes every page twice. Where nobody else has the ledger open, this transaction goes into
        the file itself, guarded by a rollback journal, which is as safe; the next connection brings the log back.
        """
        straight = self.path is not None and self._go_straight()
        try:
            with self.write(keyless=True) as session:
                yield session
        finally:
            if straight:
                _STRAIGHT.discard(self.engine)
                self.engine.dispose()

    def _go_straight(self) -> bool:
        """Leave the write-ahead log; False where somebody else, be it a thread of ours, has the ledger open."""
        self.engine.dispose()
        _STRAIGHT.add(self.engine)
        with closing(self.engine.raw_connection()) as raw:
            connection: Any = raw.driver_connection
            try:
                connection.execute("PRAGMA busy_timeout=0")
                if connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0] == "delete":
                    return True
            except sqlite3.OperationalError:
                pass
            finally:
                connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
        _STRAIGHT.discard(self.engine)
        self.engine.dispose()
        return False

    def close(self) -> None:
        """Let go of the file; the last one to close folds the write-ahead log into it."""
        self.engine.dispose()
        _OPEN.discard(self)

    def __post_init__(self) -> None:
        _OPEN.add(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


_OPEN: WeakSet[Ledger] = WeakSet()


def held_here(path: Path) -> bool:
    """Whether this process has the ledger open already.

    Then nothing but SQLite may open and close the file: on POSIX any closing of it drops every lock that the process
    holds on it, and another process could fold the write-ahead log away under our connections.
    """
    return any(ledger.path == path for ledger in tuple(_OPEN))
