"""Repository of the peak season's daily figures (旺季日报)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from desktop_app.models.base import utc_now
from desktop_app.models.daily import DailyFigure
from desktop_app.models.values import CellState, DailyItem

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class DailyKey(NamedTuple):
    """Address of one daily figure within a region."""

    day: date
    enterprise_id: int
    item: DailyItem


class StoredDay(NamedTuple):
    """The version that counts; ``value`` is fixed-point, None unless ``state`` is VALUE."""

    key: DailyKey
    value: int | None
    state: CellState
    version: int
    entry: int
    source: str
    row: int | None
    reason: str


class DayVersion(NamedTuple):
    """One version of a daily figure: who wrote it, when (UTC), and the file it came from, None when it was typed."""

    stored: StoredDay
    at: datetime
    by: str
    sha256: str | None


@dataclass(frozen=True)
class NewDay:
    """One figure to store; ``row`` of its file, None when it was typed."""

    key: DailyKey
    value: int | None
    state: CellState
    row: int | None = None


def current_days(
    session: Session, region: str, first: date = date.min, last: date = date.max
) -> dict[DailyKey, StoredDay]:
    """The highest version of every figure between two days, both included."""
    query = select(DailyFigure).where(
        DailyFigure.region_code == region, DailyFigure.day >= _number(first), DailyFigure.day <= _number(last)
    )
    return {row.key: row for row in map(_stored, session.scalars(query.order_by(DailyFigure.version)))}


def add_days(
    session: Session,
    region: str,
    days: Iterable[NewDay],
    *,
    source: str,
    by: str,
    sha256: str | None = None,
    reason: str = "",
) -> int:
    """Append figures as the next versions of their keys, as one entry; returns the entry's number."""
    rows = list(days)
    entry = (session.scalar(select(func.max(DailyFigure.entry))) or 0) + 1
    first, last = min(row.key.day for row in rows), max(row.key.day for row in rows)
    known = current_days(session, region, first, last)
    now = utc_now()
    session.add_all(
        DailyFigure(
            day=_number(row.key.day),
            region_code=region,
            enterprise_id=row.key.enterprise_id,
            item=row.key.item,
            value=row.value,
            state=row.state,
            version=known[row.key].version + 1 if row.key in known else 1,
            entry=entry,
            source=source,
            sha256=sha256,
            row=row.row,
            reason=reason,
            created_at=now,
            created_by=by,
        )
        for row in rows
    )
    session.flush()
    return entry


def before_entry(session: Session, region: str, entry: int) -> dict[DailyKey, StoredDay | None]:
    """What stood before an entry at every address that it wrote and that nobody has written to since."""
    mine = list(
        session.scalars(select(DailyFigure).where(DailyFigure.entry == entry, DailyFigure.region_code == region))
    )
    if not mine:
        return {}
    days = [row.day for row in mine]
    query = select(DailyFigure).where(
        DailyFigure.region_code == region, DailyFigure.day >= min(days), DailyFigure.day <= max(days)
    )
    versions: dict[DailyKey, list[StoredDay]] = {}
    for row in map(_stored, session.scalars(query.order_by(DailyFigure.version))):
        versions.setdefault(row.key, []).append(row)
    found: dict[DailyKey, StoredDay | None] = {}
    for row in map(_stored, mine):
        history = versions[row.key]
        if history[-1].version == row.version:
            found[row.key] = history[-2] if len(history) > 1 else None
    return found


def day_versions(session: Session, region: str, first: date, last: date) -> dict[DailyKey, list[DayVersion]]:
    """Every version of every figure between two days, both included; oldest first."""
    query = select(DailyFigure).where(
        DailyFigure.region_code == region, DailyFigure.day >= _number(first), DailyFigure.day <= _number(last)
    )
    found: dict[DailyKey, list[DayVersion]] = {}
    for row in session.scalars(query.order_by(DailyFigure.version)):
        stored = _stored(row)
        found.setdefault(stored.key, []).append(DayVersion(stored, row.created_at, row.created_by, row.sha256))
    return found


def years_with_days(session: Session, region: str) -> list[int]:
    """Years for which any daily figure is stored, newest first."""
    days = session.scalars(select(DailyFigure.day).where(DailyFigure.region_code == region).distinct())
    return sorted({day // 10000 for day in days}, reverse=True)


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def _stored(row: DailyFigure) -> StoredDay:
    day = date(row.day // 10000, row.day // 100 % 100, row.day % 100)
    key = DailyKey(day, row.enterprise_id, row.item)
    return StoredDay(key, row.value, row.state, row.version, row.entry, row.source, row.row, row.reason)
