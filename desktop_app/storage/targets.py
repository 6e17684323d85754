"""Repository of the bureau's own targets (本局登记的目标)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from desktop_app.errors import UserError
from desktop_app.models.base import utc_now
from desktop_app.models.target import OwnTarget
from desktop_app.models.values import Month

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class StoredTarget:
    """One target that counts; numbers are exact decimals as text, in ``unit``."""

    id: int
    document: str
    clause: str
    region: str
    name: str
    indicator: str
    measure: str
    comparator: str
    value: str
    unit: str
    due: Month
    base_month: Month | None = None
    base_value: str | None = None
    scope: str = ""
    text: str = ""


def own_targets(session: Session) -> list[StoredTarget]:
    """All that have not been closed, in the order in which they were entered."""
    rows = session.scalars(select(OwnTarget).where(OwnTarget.closed_at.is_(None)).order_by(OwnTarget.id))
    return [_stored(row) for row in rows]


def add_target(session: Session, target: StoredTarget, *, by: str) -> int:
    """Store a target (its ``id`` is given by the ledger); returns the id."""
    row = OwnTarget(
        document=target.document,
        clause=target.clause,
        region_code=target.region,
        name=target.name,
        indicator=target.indicator,
        measure=target.measure,
        comparator=target.comparator,
        value=target.value,
        unit=target.unit,
        due=target.due.key,
        base_month=target.base_month.key if target.base_month else None,
        base_value=target.base_value,
        scope=target.scope,
        text=target.text,
        created_at=utc_now(),
        created_by=by,
        close_reason="",
    )
    session.add(row)
    session.flush()
    return row.id


def close_target(session: Session, target_id: int, reason: str) -> StoredTarget:
    """Close a target; it stays in the ledger. Returns what it was.

    :raises UserError: there is none, or it is closed already.
    """
    row = session.get(OwnTarget, target_id)
    if row is None or row.closed_at is not None:
        raise UserError(f"没有第 {target_id} 号目标", hint="编号见“目标任务”里的列表")
    row.closed_at, row.close_reason = utc_now(), reason
    session.flush()
    return _stored(row)


def reopen_target(session: Session, target_id: int) -> StoredTarget:
    """Take a closing back.

    :raises UserError: there is none, or it is not closed.
    """
    row = session.get(OwnTarget, target_id)
    if row is None or row.closed_at is None:
        raise UserError(f"第 {target_id} 号目标没有删除过")
    row.closed_at, row.close_reason = None, ""
    session.flush()
    return _stored(row)


def _stored(row: OwnTarget) -> StoredTarget:
    return StoredTarget(
        id=row.id,
        document=row.document,
        clause=row.clause,
        region=row.region_code,
        name=row.name,
        indicator=row.indicator,
        measure=row.measure,
        comparator=row.comparator,
        value=row.value,
        unit=row.unit,
        due=Month.from_key(row.due),
        base_month=Month.from_key(row.base_month) if row.base_month else None,
        base_value=row.base_value,
        scope=row.scope,
        text=row.text,
    )
