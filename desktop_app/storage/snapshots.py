"""Repository of what was printed (出具的报表)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from desktop_app.models.base import utc_now
from desktop_app.models.report import ReportSnapshot

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PrintedCells = tuple[tuple[str, ...], ...]
"""Figures in reading order: code, measure, period, subject, printed text, exact value, unit."""


@dataclass(frozen=True)
class StoredSnapshot:
    """One printed report as it was stored; ``printed_at`` None before that."""

    code: str
    kind: str
    title: str
    period: str
    edition: str
    made_on: date
    figures: PrintedCells
    printed_at: datetime | None = None
    printed_by: str = ""


def find_snapshot(session: Session, code: str) -> StoredSnapshot | None:
    """The printed report with this code."""
    row = session.scalar(select(ReportSnapshot).where(ReportSnapshot.code == code))
    return None if row is None else _stored(row)


def snapshots(session: Session) -> list[StoredSnapshot]:
    """All printed reports, newest first."""
    return [_stored(row) for row in session.scalars(select(ReportSnapshot).order_by(ReportSnapshot.id.desc()))]


def add_snapshot(session: Session, snapshot: StoredSnapshot, *, by: str) -> bool:
    """Store what was printed; False when the very same figures have been printed before."""
    if session.scalar(select(ReportSnapshot.id).where(ReportSnapshot.code == snapshot.code)) is not None:
        return False
    session.add(
        ReportSnapshot(
            code=snapshot.code,
            kind=snapshot.kind,
            title=snapshot.title,
            period=snapshot.period,
            edition=snapshot.edition,
            made_on=snapshot.made_on,
            printed_at=utc_now(),
            printed_by=by,
            figures=json.dumps(snapshot.figures, ensure_ascii=False, separators=(",", ":")),
        )
    )
    session.flush()
    return True


def _stored(row: ReportSnapshot) -> StoredSnapshot:
    return StoredSnapshot(
        code=row.code,
        kind=row.kind,
        title=row.title,
        period=row.period,
        edition=row.edition,
        made_on=row.made_on,
        figures=tuple(tuple(cells) for cells in json.loads(row.figures)),
        printed_at=row.printed_at,
        printed_by=row.printed_by,
    )
