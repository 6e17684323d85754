"""What the tests of commands look at: rows of a ledger, words of a refusal."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import Answer


def rows(db: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(db)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608


def chinese(text: str) -> bool:
    return any("一" <= char <= "鿿" for char in text)


def refused(answer: Answer) -> None:
    """Status 1, said in Chinese in at most a few lines on stderr, nothing on stdout."""
    assert answer.status == 1
    assert answer.out == ""
    assert chinese(answer.err)
    assert len(answer.err.strip().splitlines()) <= 5
    assert "Traceback" not in answer.err
