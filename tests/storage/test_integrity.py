"""The ledger's self-check finds what it is there to find."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text

from desktop_app.models.values import Month
from desktop_app.storage.audit import append
from desktop_app.storage.engine import Ledger
from desktop_app.storage.integrity import check_ledger
from tests.storage.makers import figure, record, store_coverage, store_figures

TABLES = ("observation", "coverage_record", "evidence_file", "audit_event")


@pytest.fixture
def used(any_ledger: Ledger) -> Ledger:
    with any_ledger.write() as session:
        store_figures(session, figure(10_000), figure(20_000, indicator="MKT.REV"))
        store_figures(session, figure(11_000))
        store_coverage(session, record("220281100201", "甲", Month(2021, 3)))
        append(session, "小王", "导入", "批次 1")
    return any_ledger


def failed(ledger: Ledger) -> dict[str, str]:
    return {result.name: result.detail for result in check_ledger(ledger) if not result.ok}


def tamper(ledger: Ledger, statement: str) -> None:
    with ledger.write() as session:
        for table in TABLES:
            for step in ("update", "delete"):
                on = f" ON {table}" if ledger.path is None else ""
                session.execute(text(f"DROP TRIGGER tr_{table}_no_{step}{on}"))
        session.execute(text(statement))


def test_a_sound_ledger_passes_every_check(used: Ledger) -> None:
    results = check_ledger(used)
    assert all(result.ok for result in results), results
    names = [result.name for result in results]
    assert names[-5:] == ["结构版本", "审计链", "控制数", "原始文件", "数据版本"]
    assert len(names) == (7 if used.path else 5)


@pytest.mark.parametrize(
    ("statement", "check", "words"),
    [
        ("UPDATE observation SET value = 20001 WHERE value = 20000", "控制数", "MKT.REV：应为 20000，实有 20001"),
        ("UPDATE coverage_record SET batch_id = 1", "控制数", "VILLAGES"),
        ("DELETE FROM observation WHERE version = 1 AND indicator = 'MKT.VOL'", "数据版本", "MKT.VOL 202103"),
        ("UPDATE coverage_record SET version = 2", "数据版本", "220281100201"),
        ("UPDATE evidence_file SET size = size + 1", "原始文件", "三月.csv"),
        ("UPDATE audit_event SET actor = '别人'", "审计链", "第 1 条"),
    ],
)  # fmt: skip
def test_what_somebody_changed_behind_our_back_is_found(used: Ledger, statement: str, check: str, words: str) -> None:
    tamper(used, statement)
    found = failed(used)
    assert words in found[check], found


def test_broken_links_and_a_damaged_file_are_found(ledger: Ledger) -> None:
    with ledger.write() as session:
        store_figures(session, *[figure(n, indicator=f"X{n}") for n in range(200)])
    assert ledger.path is not None
    with closing(sqlite3.connect(ledger.path)) as connection, connection:  # foreign keys are off here
        connection.execute("INSERT INTO import_issue VALUES (1, 99, 'error', '', '', '', '', 1, '', '')")
    assert "import_issue" in failed(ledger)["关联"]
    with closing(sqlite3.connect(ledger.path)) as connection, connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("DELETE FROM sqlite_schema WHERE name = 'ix_observation_batch_id'")
    ledger.close()
    assert "文件完整性" in failed(ledger)
