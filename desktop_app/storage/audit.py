"""The audit trail (操作留痕): each event's hash covers the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from desktop_app.models.audit import AuditEvent
from desktop_app.models.base import utc_now, utc_text
from desktop_app.storage.settings import get_setting, set_setting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

GENESIS = "0" * 64
"""``previous_hash`` of the first event."""

HEAD_KEY = "audit_head"
"""Setting that holds the newest hash: without it, cutting off the end of the chain would go unnoticed."""


class StoredEvent(NamedTuple):
    """One event of the trail; ``detail`` is JSON text."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: str


@dataclass(frozen=True)
class ChainCheck:
    """Outcome of :func:`verify`. ``broken_at``: id of the first event that does not fit, None when all do."""

    ok: bool
    events: int
    broken_at: int | None = None
    message: str = ""


def append(session: Session, actor: str, action: str, subject: str, detail: Mapping[str, object] | None = None) -> int:
    """Add an event in the same transaction as the step that it records; returns its number."""
    previous = session.scalar(select(AuditEvent.hash).order_by(AuditEvent.id.desc()).limit(1)) or GENESIS
    event = AuditEvent(
        at=utc_now(),
        actor=actor,
        action=action,
        subject=subject,
        detail=_canonical(detail or {}),
        previous_hash=previous,
    )
    event.hash = _hash(event.at, actor, action, subject, event.detail, previous)
    session.add(event)
    set_setting(session, HEAD_KEY, event.hash)
    session.flush()
    return event.id


def events(session: Session, *, action: str | None = None, limit: int | None = None) -> list[StoredEvent]:
    """The trail, newest first; with ``action`` only the events of one kind."""
    e = AuditEvent
    query = select(e.id, e.at, e.actor, e.action, e.subject, e.detail).order_by(e.id.desc())
    if action is not None:
        query = query.where(e.action == action)
    return [StoredEvent(*row) for row in session.execute(query if limit is None else query.limit(limit))]


def last_of(session: Session, action: str) -> StoredEvent | None:
    """The newest event of one kind."""
    e = AuditEvent
    query = select(e.id, e.at, e.actor, e.action, e.subject, e.detail).where(e.action == action)
    row = session.execute(query.order_by(e.id.desc()).limit(1)).first()
    return None if row is None else StoredEvent(*row)


def verify(session: Session) -> ChainCheck:
    """Walk the chain from the first event and compare its end with the stored head."""
    e = AuditEvent
    previous, count = GENESIS, 0
    query = select(e.id, e.at, e.actor, e.action, e.subject, e.detail, e.previous_hash, e.hash).order_by(e.id)
    for row in session.execute(query):
        count += 1
        expected = _hash(row.at, row.actor, row.action, row.subject, row.detail, previous)
        if row.previous_hash != previous or row.hash != expected:
            return ChainCheck(ok=False, events=count, broken_at=row.id, message=f"第 {row.id} 条记录被改动或其前有缺失")
        previous = row.hash
    if get_setting(session, HEAD_KEY, GENESIS) != previous:
        return ChainCheck(ok=False, events=count, message="最后的记录有缺失")
    return ChainCheck(ok=True, events=count)


def _canonical(value: Mapping[str, object]) -> str:
    """JSON with one spelling: sorted keys, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def _hash(at: datetime, actor: str, action: str, subject: str, detail: str, previous: str) -> str:
    body = _canonical(
        {
            "at": utc_text(at),
            "actor": actor,
            "action": action,
            "subject": subject,
            "detail": detail,
            "previous": previous,
        }
    )
    return hashlib.sha256(body.encode()).hexdigest()
