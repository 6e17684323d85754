"""快递进村 records in and out: append with the next version, read the latest record up to a month."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, Subquery, func, select
from sqlalchemy.orm import Session, aliased

from desktop_app.models.batch import ImportBatch
from desktop_app.models.coverage import CoverageRecord, modes_from_text, modes_text
from desktop_app.models.values import BatchState, CoverageMode, CoverageState, Month
from desktop_app.storage import settings
from desktop_app.storage.bulk import append_columns, unchecked
from desktop_app.storage.filters import month_of, under
from desktop_app.storage.shapes import CoverageLike


class StoredCoverage(NamedTuple):
    """One record with the place it came from.

    ``since``: first month of the unbroken stretch with this state, as far as reported; ``previous_state``: the state
    before that stretch, None when there was no report.
    """

    id: int
    village_code: str
    brand: str
    month: Month
    state: CoverageState
    modes: frozenset[CoverageMode]
    weekly_frequency: int | None
    station: str
    parcels_in: int | None
    parcels_out: int | None
    extra_charge: bool | None
    evidence_date: date | None
    version: int
    batch_id: int
    row: int
    sheet: str
    evidence_kind: str
    checker: str
    evidence_sha256: str
    reason: str
    since: Month
    previous_state: CoverageState | None


_C = CoverageRecord
T = TypeVar("T")
VISITED = "实地核查"
"""``evidence_kind`` of somebody who was there."""


def as_of(
    session: Session,
    month: Month,
    *,
    region_prefix: str = "",
    villages: Collection[str] | None = None,
    brands: Collection[str] | None = None,
) -> list[StoredCoverage]:
    """The latest record of each village and brand up to ``month``, ordered by village and brand.

    Only committed batches count. A pair without any record is absent. Whether a village exists in that month is the
    register's business (:func:`desktop_app.storage.regions.villages`).
    """
    # One index look-up per pair is several times faster than ranking every month of every pair.
    pair = select(_C.village_code, _C.brand).where(*_where(region_prefix, villages, brands)).distinct().subquery()
    now, before, other = aliased(_C), aliased(_C), aliased(_C)
    latest = _newest_first(other, pair).where(other.month <= month.key)
    different = _newest_first(other, pair).where(other.month < now.month, other.state != now.state, ~_superseded(other))
    since = (
        select(func.min(other.month))
        .join(ImportBatch, ImportBatch.id == other.batch_id)
        .where(
            ImportBatch.state == BatchState.COMMITTED,
            other.village_code == pair.c.village_code,
            other.brand == pair.c.brand,
            other.month > func.coalesce(before.month, 0),
        )
    )
    query = (
        select(*[getattr(now, name) for name in _NAMES], since.scalar_subquery(), before.state)
        .select_from(pair)
        .join(now, now.id == latest.scalar_subquery())
        .outerjoin(before, before.id == different.scalar_subquery())
        .order_by(now.village_code, now.brand)
    )
    return [_stored(row) for row in session.execute(query)]


def history(session: Session, village_code: str, *, brand: str | None = None) -> list[StoredCoverage]:
    """Every month's current record of one village, by brand and month, with the stretch each belongs to."""
    return timeline(session, villages=[village_code], brands=None if brand is None else [brand])


def timeline(
    session: Session,
    *,
    last: Month | None = None,
    region_prefix: str = "",
    villages: Collection[str] | None = None,
    brands: Collection[str] | None = None,
) -> list[StoredCoverage]:
    """Every month's current record up to ``last``, ordered by village, brand and month: for trends in one read."""
    where = _where(region_prefix, villages, brands)
    if last is not None:
        where.append(_C.month <= last.key)
    query = (
        select(*[getattr(_C, name) for name in _NAMES])
        .join(ImportBatch, ImportBatch.id == _C.batch_id)
        .where(ImportBatch.state == BatchState.COMMITTED, *where)
        .order_by(_C.village_code, _C.brand, _C.month, _C.version)
    )
    found: list[StoredCoverage] = []
    pair: tuple[str, str] | None = None
    earlier: StoredCoverage | None = None
    # Through the connection: the ORM's own loading doubles the time of fifty thousand rows.
    for row in session.connection().execute(query):
        month = month_of(row[3])
        if (row[1], row[2]) != pair:
            pair, earlier = (row[1], row[2]), None
        elif found[-1].month == month:
            found.pop()  # an earlier version of the same month
        else:
            earlier = found[-1]
        if earlier is None:
            since, before = month, None
        elif earlier.state is row[4]:
            since, before = earlier.since, earlier.previous_state
        else:
            since, before = month, earlier.state
        told = (word or "" for word in row[16:])
        found.append(StoredCoverage._make((*row[:3], month, row[4], _modes(row[5]), *row[6:16], *told, since, before)))
    return found


def coverage_of_batch(session: Session, batch_id: int) -> int:
    """How many records one batch brought."""
    return session.scalar(select(func.count()).select_from(_C).where(_C.batch_id == batch_id)) or 0


def seen_on_the_spot(session: Session, first: date, last: date) -> set[tuple[str, date]]:
    """(village, day) of every visit (实地核查) from ``first`` to ``last`` that a committed batch has brought."""
    query = (
        select(_C.village_code, _C.evidence_date)
        .join(ImportBatch, ImportBatch.id == _C.batch_id)
        .where(
            ImportBatch.state == BatchState.COMMITTED,
            _C.evidence_kind == VISITED,
            _C.evidence_date.between(first, last),
        )
        .distinct()
    )
    return {(village, day) for village, day in session.execute(query) if day is not None}


def months_with_coverage(session: Session) -> list[Month]:
    """Months for which any committed batch has records, in order."""
    query = (
        select(_C.month)
        .join(ImportBatch, ImportBatch.id == _C.batch_id)
        .where(ImportBatch.state == BatchState.COMMITTED)
        .distinct()
        .order_by(_C.month)
    )
    return [month_of(key) for key in session.scalars(query)]


def insert_coverage(
    session: Session,
    planned: Iterable[CoverageLike],
    *,
    batch_id: int,
    told: Callable[[int, int], None] | None = None,
) -> int:
    """Append records, each as the next version of its village, brand and month; returns how many.

    :param told: called with (done, total) between parts; may raise, which undoes the transaction.
    """
    rows = planned if isinstance(planned, Sequence) else list(planned)
    if not rows:
        return 0
    _note_brands(session, {row.brand for row in rows})
    last = _last_versions(session, {month.key for month in {row.month for row in rows}})
    # What SQLite would look at is what the types of a record say already: a state, a month, a version from 1 on.
    with unchecked(session):
        for start in range(0, len(rows), _SLICE):
            append_columns(session, CoverageRecord, _columns(rows[start : start + _SLICE], last, batch_id))
            if told is not None:
                told(min(start + _SLICE, len(rows)), len(rows))
    return len(rows)


_BRANDS = "coverage_brands"
"""Setting: every brand with a record that stands, as a JSON list. To find them among millions takes seconds."""


def recorded_brands(session: Session) -> list[str]:
    """Every brand with a record that stands, in order."""
    noted = settings.get_setting(session, _BRANDS)
    if noted:
        return [str(brand) for brand in json.loads(noted)]
    return sorted(session.scalars(_standing(select(_C.brand).distinct())))


def _standing(query: Select[T]) -> Select[T]:
    return query.join(ImportBatch, ImportBatch.id == _C.batch_id).where(ImportBatch.state == BatchState.COMMITTED)


def forget_brands(session: Session, batch_id: int) -> None:
    """After a batch has been undone: brands that only it had records of are known no more."""
    mine = set(session.scalars(select(_C.brand).where(_C.batch_id == batch_id).distinct()))
    gone = {b for b in mine if session.scalar(_standing(select(_C.id).where(_C.brand == b)).limit(1)) is None}
    if gone:
        left = [brand for brand in recorded_brands(session) if brand not in gone]
        if left:
            settings.set_setting(session, _BRANDS, json.dumps(left, ensure_ascii=False))
        else:
            settings.forget_setting(session, _BRANDS)


def _note_brands(session: Session, brands: Collection[str]) -> None:
    known = recorded_brands(session)
    every = sorted({*known, *brands})
    if every != known or not settings.get_setting(session, _BRANDS):
        settings.set_setting(session, _BRANDS, json.dumps(every, ensure_ascii=False))


_SLICE = 20_000
"""Records that are laid out for the database at once."""


def _columns(
    rows: Sequence[CoverageLike], last: dict[tuple[str, str, int], int], batch_id: int
) -> dict[str, Sequence[Any]]:
    months = [row.month.key for row in rows]
    versions = []
    for row, month in zip(rows, months, strict=True):
        key = (row.village_code, row.brand, month)
        version = last.get(key, 0) + 1
        versions.append(version)
        last[key] = version
    return {
        "village_code": [row.village_code for row in rows],
        "brand": [row.brand for row in rows],
        "month": months,
        "state": [row.state for row in rows],
        "modes": [_modes_text(row.modes) for row in rows],
        "weekly_frequency": [row.weekly_frequency for row in rows],
        "station": [row.station for row in rows],
        "parcels_in": [row.parcels_in for row in rows],
        "parcels_out": [row.parcels_out for row in rows],
        "extra_charge": [row.extra_charge for row in rows],
        "evidence_date": [row.evidence_date for row in rows],
        "version": versions,
        "batch_id": [batch_id] * len(rows),
        "row": [row.row for row in rows],
        "sheet": [row.sheet for row in rows],
        "evidence_kind": [row.evidence_kind or None for row in rows],
        "checker": [row.checker or None for row in rows],
        "evidence_sha256": [row.evidence_sha256 or None for row in rows],
        "reason": [row.reason or None for row in rows],
    }


_NAMES = (
    "id", "village_code", "brand", "month", "state", "modes", "weekly_frequency", "station", "parcels_in",
    "parcels_out", "extra_charge", "evidence_date", "version", "batch_id", "row", "sheet", "evidence_kind", "checker",
    "evidence_sha256", "reason",
)  # fmt: skip

_modes = lru_cache(maxsize=256)(modes_from_text)
_modes_text = lru_cache(maxsize=256)(modes_text)


def _newest_first(record: type[CoverageRecord], pair: Subquery) -> Select[int]:
    """Id of the newest committed record of a pair; the caller narrows it down."""
    return (
        select(record.id)
        .join(ImportBatch, ImportBatch.id == record.batch_id)
        .where(
            ImportBatch.state == BatchState.COMMITTED,
            record.village_code == pair.c.village_code,
            record.brand == pair.c.brand,
        )
        .order_by(record.month.desc(), record.version.desc())
        .limit(1)
    )


def _superseded(record: type[CoverageRecord]) -> ColumnElement[bool]:
    """Whether a committed later version of the same month stands above ``record``."""
    later, batch = aliased(_C), aliased(ImportBatch)
    return (
        select(later.id)
        .join(batch, batch.id == later.batch_id)
        .where(
            batch.state == BatchState.COMMITTED,
            later.village_code == record.village_code,
            later.brand == record.brand,
            later.month == record.month,
            later.version > record.version,
        )
        .exists()
    )


def _where(
    region_prefix: str, villages: Collection[str] | None, brands: Collection[str] | None
) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if region_prefix:
        where.append(under(_C.village_code, region_prefix))
    if villages is not None:
        where.append(_C.village_code.in_(list(villages)))
    if brands is not None:
        where.append(_C.brand.in_(list(brands)))
    return where


def _last_versions(session: Session, months: set[int]) -> dict[tuple[str, str, int], int]:
    query = (
        select(_C.village_code, _C.brand, _C.month, func.max(_C.version))
        .where(_C.month.between(min(months), max(months)))
        .group_by(_C.village_code, _C.brand, _C.month)
    )
    return {(row[0], row[1], row[2]): row[3] for row in session.execute(query)}


def _stored(row: Sequence[Any]) -> StoredCoverage:
    """Columns as ``_NAMES``, then the month since when and the state before."""
    id_, village, brand, month, state, modes, *rest, since, before = row
    return StoredCoverage._make(
        (
            *(id_, village, brand, month_of(month), state, _modes(modes), *rest[:10]),
            *(word or "" for word in rest[10:]),
            *(month_of(since), before),
        )
    )
