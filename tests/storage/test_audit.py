"""The audit trail notices every kind of tampering."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from desktop_app.storage.audit import append, events, last_of, verify
from desktop_app.storage.engine import Ledger

COUNT = 6


@pytest.fixture
def trail(any_ledger: Ledger) -> Ledger:
    for number in range(COUNT):
        with any_ledger.write() as session:
            append(session, "小王", "导入", f"批次 {number}", {"文件": f"{number}月.csv", "行": number})
    return any_ledger


def tamper(ledger: Ledger, *statements: str) -> None:
    """As somebody with a database tool would, who first removes the guards."""
    with ledger.write() as session:
        for step in ("update", "delete"):
            on = " ON audit_event" if ledger.path is None else ""
            session.execute(text(f"DROP TRIGGER tr_audit_event_no_{step}{on}"))
        for statement in statements:
            session.execute(text(statement))


def test_an_untouched_trail_verifies(trail: Ledger) -> None:
    with trail.read() as session:
        found = verify(session)
        assert (found.ok, found.events, found.broken_at) == (True, COUNT, None)
        newest = events(session, limit=1)[0]
        assert (newest.actor, newest.action, newest.subject) == ("小王", "导入", "批次 5")
        assert json.loads(newest.detail) == {"文件": "5月.csv", "行": 5}
        assert len(events(session)) == COUNT
        last = last_of(session, "导入")
        assert last is not None
        assert last.subject == "批次 5"
        assert last_of(session, "备份") is None


def test_an_empty_trail_verifies(any_ledger: Ledger) -> None:
    with any_ledger.read() as session:
        assert verify(session).ok


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE audit_event SET actor = '小李' WHERE id = 3", 3),
        ("UPDATE audit_event SET detail = '{}' WHERE id = 1", 1),
        ("UPDATE audit_event SET at = '2020-01-01T00:00:00.000Z' WHERE id = 6", 6),
        ("UPDATE audit_event SET previous_hash = hash WHERE id = 4", 4),
        ("DELETE FROM audit_event WHERE id = 3", 4),
        ("DELETE FROM audit_event WHERE id = 1", 2),
        ("DELETE FROM audit_event WHERE id = 6", None),  # the end cut off
        ("DELETE FROM audit_event", None),
        ("UPDATE audit_event SET id = 20 - id WHERE id IN (3, 4)", 5),
    ],
)
def test_tampering_is_noticed(trail: Ledger, statement: str, broken_at: int | None) -> None:
    tamper(trail, statement)
    with trail.read() as session:
        found = verify(session)
    assert not found.ok
    assert found.broken_at == broken_at
    assert found.message


def test_an_event_falls_with_its_step(trail: Ledger) -> None:
    def step() -> None:
        with trail.write() as session:
            append(session, "小王", "导入", "批次 9")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        step()
    with trail.read() as session:
        assert verify(session).events == COUNT
