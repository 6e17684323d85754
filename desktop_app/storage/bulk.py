# ruff: noqa: S608 (statements are put together of our own words and numbers; values are parameters)
"""Many rows at once, in the way that each database takes fastest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert

from desktop_app.models.coverage import CoverageRecord
from desktop_app.models.observation import Observation
from desktop_app.models.schema import metadata

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def append_rows(session: Session, entity: type[Observation], records: Sequence[dict[str, Any]]) -> None:
    """Insert all records, which have the same keys, within the session's transaction."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        names = list(records[0])
        columns = zip(*([record[name] for name in names] for record in records), strict=True)
        _copy(connection, entity.__tablename__, dict(zip(names, columns, strict=True)))
    else:
        connection.execute(insert(entity), records)


def append_columns(session: Session, entity: type[CoverageRecord], columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert very many rows, given column by column, within the session's transaction.

    Without the way through SQLAlchemy, which takes as long for a row as the database itself; what is the same in all
    rows goes into the statement.
    """
    connection = session.connection()
    table = entity.__tablename__
    if connection.dialect.name == "postgresql":
        _copy(connection, table, columns)
        return
    varying: list[str] = []
    values: list[str] = []
    plain = _plain(connection, table, columns)
    for name, column in plain.items():
        word = _literal(column[0]) if column.count(column[0]) == len(column) else None
        values.append("?" if word is None else word)
        if word is None:
            varying.append(name)
    if not varying:
        # Rows that are all alike still want one parameter.
        varying, values[0] = [next(iter(plain))], "?"
    names = ", ".join(f'"{name}"' for name in plain)
    statement = f"INSERT INTO {table} ({names}) VALUES ({', '.join(values)})"
    rows = list(zip(*(plain[name] for name in varying), strict=True))
    connection.exec_driver_sql(statement, rows)


def _literal(value: object) -> str | None:
    """A value as it may stand in a statement; None for a text, which goes in as a parameter."""
    if value is None:
        return "NULL"
    return str(value) if type(value) is int else "''" if value == "" else None


def _plain(connection: Connection, table: str, columns: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """The columns as the driver takes them; each different value of an enum or a date is converted once."""
    found = {}
    for name, column in columns.items():
        kind = metadata.tables[table].c[name].type
        process = kind.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        if process is None:
            found[name] = list(column)
        else:
            words = {value: process(value) for value in set(column)}
            found[name] = [words[value] for value in column]
    return found


def _copy(connection: Connection, table: str, columns: Mapping[str, Sequence[Any]]) -> None:
    """PostgreSQL's COPY: INSERT asks a server once for each row, which takes ten times as long."""
    plain = _plain(connection, table, columns)
    quoted = ", ".join(f'"{name}"' for name in plain)
    raw: Any = connection.connection.dbapi_connection
    with raw.cursor() as cursor, cursor.copy(f'COPY "{table}" ({quoted}) FROM STDIN') as copy:
        for row in zip(*plain.values(), strict=True):
            copy.write_row(row)


class unchecked:  # noqa: N801  (used like a function)
    """SQLite looks at every CHECK of every row, which doubles the time; for rows that are true by their making."""

    def __init__(self, session: Session) -> None:
        self._connection = session.connection()
        self._lite = self._connection.dialect.name == "sqlite"

    def __enter__(self) -> None:
        self._set("ON")

    def __exit__(self, *_: object) -> None:
        self._set("OFF")

    def _set(self, state: str) -> None:
        if self._lite:
            self._connection.exec_driver_sql(f"PRAGMA ignore_check_constraints={state}")
