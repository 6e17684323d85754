"""What register imports have in common: counting, noting what was there before, and putting it back.

Regions that a batch has added bear its number (``source_batch_id``); a large registry notes nothing else of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from desktop_app.errors import LedgerError
from desktop_app.models.batch import RegisterChange
from desktop_app.models.enterprise import Enterprise, EnterpriseAlias
from desktop_app.models.outlet import Outlet
from desktop_app.models.region import Region
from desktop_app.storage import lineage

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Entity = Region | Enterprise | EnterpriseAlias | Outlet
"""A row of a register."""

_ENTITIES: dict[str, type[Entity]] = {
    "region": Region,
    "enterprise": Enterprise,
    "alias": EnterpriseAlias,
    "outlet": Outlet,
}
_NAMED = 3
"""So many batches or companies are named in a message; the rest is counted."""


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

    def before_change(self, row: Entity) -> None:
        """Call before a row is changed or taken out; the first call for a row keeps what stands in it."""
        self._note(row, {column.key: getattr(row, column.key) for column in row.__table__.columns})

    def added(self, row: Entity) -> None:
        """Call for a new row after it has been flushed."""
        self._note(row, None)

    def _note(self, row: Entity, before: dict[str, Any] | None) -> None:
        entity = next(name for name, kind in _ENTITIES.items() if isinstance(row, kind))
        if self._batch_id is None or (entity, row.id) in self._touched:
            return
        self._touched.add((entity, row.id))
        self._session.add(RegisterChange(batch_id=self._batch_id, entity=entity, entity_id=row.id, before=before))


def revert(session: Session, batch_id: int) -> int:
    """Put back every register row that a batch added, changed or took out; returns how many.

    :raises LedgerError: a later batch changed the same rows, or data or outlets stand on companies or villages that it
        added.
    """
    changes = session.scalars(
        select(RegisterChange).where(RegisterChange.batch_id == batch_id).order_by(RegisterChange.id.desc())
    ).all()
    if (found := obstacle(session, batch_id)) is not None:
        raise LedgerError(found.message, hint=found.hint)
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


@dataclass(frozen=True)
class Obstacle:
    """Why the register rows of a batch cannot be put back as things stand. ``batches`` stand in the way."""

    message: str
    hint: str
    batches: tuple[int, ...]
    what: str
    """What these batches have to do with it."""


def obstacle(session: Session, batch_id: int) -> Obstacle | None:
    """Later batches that changed the same rows, or data of companies and villages that the batch added.

    A batch that changed no row stands in nobody's way: undoing it puts nothing back.
    """
    touched = (
        select(RegisterChange.id).where(RegisterChange.batch_id == batch_id),
        select(Region.id).where(Region.source_batch_id == batch_id),
    )
    if all(session.scalar(query.limit(1)) is None for query in touched):
        return None
    if later := lineage.later_registers(session, batch_id):
        return Obstacle(
            f"第 {batch_id} 号批次之后，{_numbers(later)}又导入了同类名录或改动了同样的行",
            f"请先撤销第 {later[-1]} 号批次",
            tuple(later),
            "又导入了同类名录或改动了同样的行",
        )
    if companies := lineage.enterprises_in_use(session, batch_id):
        names = "、".join(name for _, name, _ in companies[:_NAMED])
        more = f"等 {len(companies)} 家" if len(companies) > _NAMED else ""
        users = sorted({number for _, _, numbers in companies for number in numbers})
        return Obstacle(
            f"“{names}”{more}是这一批次新增的企业，已有它的数据，不能连企业一起撤销",
            "企业档案可以保留；如需停用，请填写停业月份",
            tuple(users),
            "有这些企业的数据",
        )
    codes = lineage.only_units_of(session, batch_id)
    # What the batch itself has carried over to its villages goes with it.
    users = [user for user in lineage.batches_on_units(session, codes) if user != batch_id] if codes else []
    if users:
        return Obstacle(
            f"第 {batch_id} 号批次带来的村，{_numbers(users)}已有它们的数据，不能连村一起撤销",
            f"请先撤销第 {users[-1]} 号批次；村名有误的，请导入改好的名录",
            tuple(users),
            "有这些村的数据",
        )
    return None


def _numbers(numbers: list[int]) -> str:
    """“第 6、10、14 号等 5 个批次”."""
    first = "、".join(map(str, numbers[:_NAMED]))
    return f"第 {first} 号等 {len(numbers)} 个批次" if len(numbers) > _NAMED else f"第 {first} 号批次"
