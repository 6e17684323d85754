"""Reasons given for warnings (说明), read from the batches that were stored with them; there is no second copy."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from desktop_app.models.batch import ImportBatch, ImportIssueRecord
from desktop_app.models.observation import Observation
from desktop_app.models.values import BatchState, Severity

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session


class Explained(NamedTuple):
    """One warning with the reason for which its file was stored all the same.

    ``enterprise_id``: whose figure was doubted; None for the bureau's own, or when the warning was about a whole file
    of several companies. ``row``, ``column``: the place in the file, as in the observations.
    """

    batch_id: int
    enterprise_id: int | None
    code: str
    message: str
    sheet: str
    row: int | None
    column: str
    reason: str
    created_at: datetime


def explained(session: Session) -> list[Explained]:
    """Every explained warning of the batches in force, newest batch first."""
    i, b = ImportIssueRecord, ImportBatch
    query = (
        select(i.batch_id, b.enterprise_id, i.code, i.message, i.sheet, i.row, i.column, b.reason, b.created_at)
        .join(b, b.id == i.batch_id)
        .where(i.severity == Severity.WARNING, b.state == BatchState.COMMITTED, b.reason != "")
        .order_by(b.id.desc(), i.id)
    )
    found = [Explained(*row) for row in session.execute(query)]
    owners = _owners(session, {each.batch_id for each in found if each.enterprise_id is None})
    return [
        each
        if each.enterprise_id is not None
        else each._replace(enterprise_id=owners.get((each.batch_id, each.sheet, each.row)))
        for each in found
    ]


def _owners(session: Session, batches: Collection[int]) -> dict[tuple[int, str, int | None], int | None]:
    """(batch, sheet, row) → the company of the figures in that row, for files of several companies."""
    o = Observation
    query = (
        select(o.batch_id, o.sheet, o.row, o.enterprise_id)
        .where(o.batch_id.in_(list(batches)), o.enterprise_id.is_not(None))
        .distinct()
    )
    found: dict[tuple[int, str, int | None], set[int | None]] = {}
    for batch, sheet, row, company in session.execute(query):
        found.setdefault((batch, sheet, row), set()).add(company)
    return {place: next(iter(companies)) for place, companies in found.items() if len(companies) == 1}
