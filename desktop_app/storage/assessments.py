"""Repository of scored sheets (绿色网点、绿色分拨中心评分)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from desktop_app.errors import LedgerError
from desktop_app.models.base import utc_now
from desktop_app.models.green import GreenAssessment
from desktop_app.models.values import Flag

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Items = tuple[tuple[str, str, str], ...]
"""Name, full points, points scored: numbers as text."""
Vetoes = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class StoredAssessment:
    """One sheet as it was entered; ``id`` 0 before that."""

    form: str
    outlet_id: int | None
    place: str
    made_on: date
    assessor: str
    items: Items
    vetoes: Vetoes
    id: int = 0
    withdrawn: bool = False
    withdraw_reason: str = ""
    entered_at: datetime | None = None
    entered_by: str = ""
    replaces: int | None = None
    """The sheet that this one corrects."""
    flag_before: Flag | None = None
    count_batch: int | None = None


def assessments(session: Session, *, withdrawn: bool = False) -> list[StoredAssessment]:
    """Sheets in force, newest first; with ``withdrawn`` all of them."""
    query = select(GreenAssessment).order_by(GreenAssessment.made_on.desc(), GreenAssessment.id.desc())
    if not withdrawn:
        query = query.where(GreenAssessment.withdrawn_at.is_(None))
    return [_stored(row) for row in session.scalars(query)]


def add_assessment(session: Session, sheet: StoredAssessment, *, by: str) -> int:
    """Store a sheet; its id."""
    row = GreenAssessment(
        form=sheet.form,
        outlet_id=sheet.outlet_id,
        place=sheet.place,
        made_on=sheet.made_on,
        assessor=sheet.assessor,
        sheet=json.dumps({"items": sheet.items, "vetoes": sheet.vetoes}, ensure_ascii=False),
        entered_at=utc_now(),
        entered_by=by,
        withdrawn_at=None,
        withdraw_reason="",
        replaces=sheet.replaces,
        flag_before=None if sheet.flag_before is None else sheet.flag_before.value,
        count_batch=None,
    )
    session.add(row)
    session.flush()
    return row.id


def withdraw_assessment(session: Session, number: int, reason: str) -> StoredAssessment:
    """Take a sheet out of force; it stays.

    :raises LedgerError: there is none, or it has been withdrawn already.
    """
    row = session.get(GreenAssessment, number)
    if row is None or row.withdrawn_at is not None:
        raise LedgerError("没有这张在用的评分表", hint="请刷新后再看")
    row.withdrawn_at, row.withdraw_reason = utc_now(), reason
    session.flush()
    return _stored(row)


def note_count(session: Session, number: int, batch: int | None) -> None:
    """Note the entry by which a sheet has set the number of green outlets."""
    row = session.get(GreenAssessment, number)
    if row is not None:
        row.count_batch = batch
        session.flush()


def _stored(row: GreenAssessment) -> StoredAssessment:
    known = json.loads(row.sheet)
    return StoredAssessment(
        form=row.form,
        outlet_id=row.outlet_id,
        place=row.place,
        made_on=row.made_on,
        assessor=row.assessor,
        items=tuple((str(name), str(full), str(got)) for name, full, got in known["items"]),
        vetoes=tuple((str(text), bool(applies)) for text, applies in known["vetoes"]),
        id=row.id,
        withdrawn=row.withdrawn_at is not None,
        withdraw_reason=row.withdraw_reason,
        entered_at=row.entered_at,
        entered_by=row.entered_by,
        replaces=row.replaces,
        flag_before=None if row.flag_before is None else Flag(row.flag_before),
        count_batch=row.count_batch,
    )
