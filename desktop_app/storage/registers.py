"""What register imports have in common: counting, noting what was there before, and putting it back.

Regions that a batch has added bear its number (``source_batch_id``); a large registry notes nothing else of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from desktop_app.errors import LedgerError
from desktop_app.models.batch import ImportBatch, RegisterChange
from desktop_app.models.enterprise import Enterprise, EnterpriseAlias
from desktop_app.models.observation import Observation
from desktop_app.models.region import Region
from desktop_app.models.values import BatchState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_ENTITIES: dict[str, type[Region | Enterprise | EnterpriseAlias]] = {
    "region": Region,
    "enterprise": Enterprise,
    "alias": EnterpriseAlias,
}


@dataclass(frozen=True)
class RegisterCounts:
    """What a register import did."""

    added: int = 0
    changed: int = 0
    closed: int = 0
    unchanged: int = 0


class ChangeLog:
    """Notes what a batch does to register rows. Without a batch (a change by hand) nothing is noted."""

    def __init__(self, session: Session, batch_id: int | None) -> None:
        self._session = session
        self._batch_id = batch_id
        self._touched: set[tuple[str, int]] = set()

    def before_change(self, row: Region | Enterprise | EnterpriseAlias) -> None:
        """Call before a row is changed or taken out; the first call for a row keeps what stands in it."""
        self._note(row, {column.key: getattr(row, column.key) for column in row.__table__.columns})

    def added(self, row: Region | Enterprise | EnterpriseAlias) -> None:
        """Call for a new row after it has been flushed."""
        self._note(row, None)

    def _note(self, row: Region | Enterprise | EnterpriseAlias, before: dict[str, Any] | None) -> None:
        entity = next(name for name, kind in _ENTITIES.items() if isinstance(row, kind))
        if self._batch_id is None or (entity, row.id) in self._touched:
            return
        self._touched.add((entity, row.id))
        self._session.add(RegisterChange(batch_id=self._batch_id, entity=entity, entity_id=row.id, before=before))


def revert(session: Session, batch_id: int) -> int:
    """Put back every register row that a batch added, changed or took out; returns how many.

    :raises LedgerError: a later batch changed the same rows, or figures stand on a company that the batch added.
    """
    changes = session.scalars(
        select(RegisterChange).where(RegisterChange.batch_id == batch_id).order_by(RegisterChange.id.desc())
    ).all()
    _refuse_if_built_upon(session, batch_id)
    _refuse_if_in_use(session, [c.entity_id for c in changes if c.entity == "enterprise" and c.before is None])
    added = session.scalar(select(func.count()).select_from(Region).where(Region.source_batch_id == batch_id)) or 0
    session.execute(delete(Region).where(Region.source_batch_id == batch_id))
    noted = sum(1 for change in changes if change.entity == "region" and change.before is None)
    for change in changes:
        kind = _ENTITIES[change.entity]
        if change.before is None:
            session.execute(delete(kind).where(kind.id == change.entity_id))
        elif session.scalar(select(kind.id).where(kind.id == change.entity_id)) is not None:
            session.execute(update(kind).where(kind.id == change.entity_id).values(**change.before))
        else:
            session.execute(insert(kind).values(**change.before))
    session.expire_all()
    return len(changes) - noted + added


def _refuse_if_built_upon(session: Session, batch_id: int) -> None:
    mine = select(RegisterChange.entity, RegisterChange.entity_id).where(RegisterChange.batch_id == batch_id).subquery()
    theirs = (
        select(func.max(RegisterChange.batch_id))
        .join(ImportBatch, ImportBatch.id == RegisterChange.batch_id)
        .where(ImportBatch.state != BatchState.UNDONE, RegisterChange.batch_id > batch_id)
    )
    same_row = (mine.c.entity == RegisterChange.entity) & (mine.c.entity_id == RegisterChange.entity_id)
    of_my_rows = RegisterChange.before["source_batch_id"].as_integer() == batch_id
    found = (
        session.scalar(theirs.join(mine, same_row)),
        session.scalar(theirs.where(RegisterChange.entity == "region", of_my_rows)),
    )
    later = max((number for number in found if number is not None), default=None)
    if later is not None:
        raise LedgerError(
            f"第 {batch_id} 号批次之后，第 {later} 号批次又改动了同样的名录", hint=f"请先撤销第 {later} 号批次"
        )


def _refuse_if_in_use(session: Session, enterprise_ids: list[int]) -> None:
    for table in (Observation, ImportBatch):
        used = session.scalar(
            select(Enterprise.name).join(table, table.enterprise_id == Enterprise.id)
            .where(Enterprise.id.in_(enterprise_ids))
            .limit(1)
        )  # fmt: skip
        if used is not None:
            raise LedgerError(
                f"“{used}”是这一批次新增的企业，已有它的数据，不能连企业一起撤销",
                hint="企业档案可以保留；如需停用，请填写停业月份",
            )
