"""The bureau's own settings of the check rules, append-only: the newest one of a code is in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from desktop_app.models.base import utc_now
from desktop_app.models.rule import RuleSetting
from desktop_app.models.values import Strictness, plain

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class StoredSetting(NamedTuple):
    """One step: what differs from the shipped rule after it (``severity`` None, no ``thresholds``: nothing)."""

    id: int
    code: str
    severity: Strictness | None
    thresholds: dict[str, Decimal]
    reason: str
    created_at: datetime
    created_by: str


def add_setting(
    session: Session,
    code: str,
    severity: Strictness | None,
    thresholds: Mapping[str, Decimal],
    *,
    reason: str,
    created_by: str,
) -> int:
    """Append a step; returns its number."""
    row = RuleSetting(
        code=code,
        severity=severity,
        thresholds={name: plain(value) for name, value in thresholds.items()},
        reason=reason,
        created_at=utc_now(),
        created_by=created_by,
    )
    session.add(row)
    session.flush()
    return row.id


def settings_of(session: Session, code: str | None = None) -> list[StoredSetting]:
    """Every step, newest first; of one rule or of all."""
    s = RuleSetting
    query = select(s.id, s.code, s.severity, s.thresholds, s.reason, s.created_at, s.created_by).order_by(s.id.desc())
    if code is not None:
        query = query.where(s.code == code)
    return [
        StoredSetting(
            row.id,
            row.code,
            row.severity,
            {name: Decimal(value) for name, value in row.thresholds.items()},
            row.reason,
            row.created_at,
            row.created_by,
        )
        for row in session.execute(query)
    ]


def in_force(session: Session) -> dict[str, StoredSetting]:
    """The newest step of every rule that was ever set."""
    found: dict[str, StoredSetting] = {}
    for setting in settings_of(session):
        found.setdefault(setting.code, setting)
    return found


def version(session: Session) -> int:
    """Number of the newest step of all; 0 while the rules are as shipped. Tells whether rules changed meanwhile."""
    return session.scalar(select(func.max(RuleSetting.id))) or 0
