"""The region register (区划名录): units that hold in a month, and imports into it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import ColumnElement, and_, func, insert, or_, select

from desktop_app.models.region import ABOVE_VILLAGES, FIRST_MONTH, Region
from desktop_app.models.values import Month
from desktop_app.storage.filters import under
from desktop_app.storage.registers import ChangeLog, RegisterCounts
from desktop_app.storage.shapes import RegionLike

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class StoredRegion(NamedTuple):
    """One unit in one stretch of time; months as 202103, ``valid_to`` None = still valid."""

    id: int
    code: str
    name: str
    level: str
    unit_kind: str
    parent_code: str
    valid_from: int
    valid_to: int | None
    successor_code: str | None
    administrative_village: bool
    flag_reason: str
    households: int | None
    population: int | None


_R = Region
_SELECT = select(
    _R.id, _R.code, _R.name, _R.level, _R.unit_kind, _R.parent_code, _R.valid_from, _R.valid_to, _R.successor_code,
    _R.administrative_village, _R.flag_reason, _R.households, _R.population,
)  # fmt: skip


def regions(
    session: Session, month: Month | None = None, *, level: str | None = None, prefix: str = ""
) -> list[StoredRegion]:
    """Units valid in ``month`` (None: those valid now), ordered by code.

    :param level: national, province, prefecture, county, town or village; None = all.
    :param prefix: leading digits of the codes wanted.
    """
    query = _SELECT.order_by(_R.code)
    if month is None:
        query = query.where(_R.valid_to.is_(None))
    else:
        query = query.where(_R.valid_from <= month.key, or_(_R.valid_to.is_(None), _R.valid_to >= month.key))
    if level is not None:
        query = query.where(_of_level(level))
    if prefix:
        query = query.where(under(_R.code, prefix))
    return [StoredRegion._make(row) for row in session.execute(query)]


def every_unit(session: Session, *, prefix: str = "", level: str | None = None) -> list[StoredRegion]:
    """Every unit that ever held under ``prefix``, closed ones too, ordered by code and first month."""
    query = _SELECT.order_by(_R.code, _R.valid_from)
    if prefix:
        query = query.where(under(_R.code, prefix))
    if level is not None:
        query = query.where(_of_level(level))
    return [StoredRegion._make(row) for row in session.execute(query)]


def ended_villages(session: Session, *, prefix: str = "") -> list[StoredRegion]:
    """Villages as they were before a change, or before they were no more, ordered by code and first month."""
    query = _SELECT.where(_R.valid_to.is_not(None), _of_level("village")).order_by(_R.code, _R.valid_from)
    return [
        StoredRegion._make(row) for row in session.execute(query.where(under(_R.code, prefix)) if prefix else query)
    ]


def _of_level(level: str) -> ColumnElement[bool]:
    of = _R.level == level
    return of if level == "village" else and_(of, ABOVE_VILLAGES)


def villages(session: Session, month: Month | None = None, *, prefix: str = "") -> list[StoredRegion]:
    """Village-level units valid in a month, with and without the 建制村 flag."""
    return regions(session, month, level="village", prefix=prefix)


def towns(session: Session, month: Month | None = None, *, prefix: str = "") -> list[StoredRegion]:
    """Town-level units valid in a month."""
    return regions(session, month, level="town", prefix=prefix)


def region_of(session: Session, code: str, month: Month | None = None) -> StoredRegion | None:
    """One unit by its 12-digit code."""
    found = regions(session, month, prefix=code)
    return found[0] if found else None


def upsert_regions(
    session: Session,
    planned: Iterable[RegionLike],
    *,
    month: Month,
    batch_id: int | None = None,
    complete: bool = False,
    fresh: bool = False,
) -> RegisterCounts:
    """Bring the register to what a file says, as from ``month``.

    - The first file of a county holds since ever; units that a later file adds hold from ``month``.
    - A new name, kind or parent closes the old row at the month before and opens a new one (in place when the row
      itself begins in ``month`` or later). Head counts are corrected in place. A blank does not erase.
    - The 建制村 flag follows the file unless somebody has set it by hand (``flag_reason``).
    - ``fresh``: the register had no villages when the import began.
    - Villages missing from a town that the file covers are closed; with ``complete`` also whole missing towns. A unit
      that would end before it began is taken out; one that comes back goes on where nothing lies between.
    """
    rows = {row.code: row for row in planned}
    update = RegisterUpdate(session, month, batch_id)
    known = set() if fresh else update.known_counties({code[:6] for code in rows})
    update.take(rows.values(), known)
    covered = {row.parent_code for row in rows.values() if row.level == "village"}
    update.close(
        region.id
        for prefix in ({code[:6] for code in rows} if covered or complete else ())
        for region in regions(session, prefix=prefix)
        if region.code not in rows
        and (
            (complete and region.level == "town")
            or (region.level == "village" and (complete or region.parent_code in covered))
        )
    )
    return update.finish()


_SLICE = 500
"""Rows that are looked up at once."""
_FEW = 20
"""Counties up to which each is looked up by itself."""


class RegisterUpdate:
    """Brings the register up to a file part by part; ``finish`` stores what is new and says what was done."""

    def __init__(self, session: Session, month: Month, batch_id: int | None) -> None:
        self._session, self._month, self._batch = session, month, batch_id
        self._log = ChangeLog(session, batch_id)
        self._fresh: list[dict[str, object]] = []
        self._gone: list[Region] = []
        self._added = self._changed = self._closed = self._unchanged = 0

    def known_counties(self, counties: Collection[str] | None = None) -> set[str]:
        """Six digits of the counties that have had villages, of these or of all."""
        query = select(func.substr(_R.code, 1, 6)).where(_R.level == "village").distinct()
        if counties is None or len(counties) > _FEW:
            return set(self._session.scalars(query))
        return {county for county in counties if self._session.scalars(query.where(under(_R.code, county))).first()}

    def take(self, rows: Iterable[RegionLike], known: Collection[str] | None = None) -> None:
        """Units that the file names. ``known``: counties in which a new unit holds from the month on; None = all."""
        month, todo = self._month, iter(rows)
        empty = self._session.scalars(select(_R.id).limit(1)).first() is None
        while part := list(islice(todo, _SLICE)):
            stored = {} if empty else self._stored([row.code for row in part])
            for row in part:
                region = stored.get(row.code)
                if region is None or (region.valid_to is not None and not _goes_on(region, row, month)):
                    since = month.key if known is None or row.code[:6] in known else FIRST_MONTH
                    self._fresh.append(_new(row, since, self._batch))
                    self._added += 1
                else:
                    self._change(region, row)

    def _stored(self, codes: list[str]) -> dict[str, Region]:
        # Ordered by time, so that the newest row of each code remains.
        query = select(_R).where(_R.code.in_(codes)).order_by(_R.valid_from)
        return {region.code: region for region in self._session.scalars(query)}

    def _change(self, region: Region, row: RegionLike) -> None:
        reopened = region.valid_to is not None
        if reopened:
            self._log.before_change(region)
            region.valid_to = None
        if _is_another_unit(region, row) and region.valid_from < self._month.key:
            self._fresh.append(_successor(region, row, self._month, self._batch, self._log))
            self._changed += 1
        elif _correct(region, row, self._log) or reopened:
            self._changed += 1
        else:
            self._unchanged += 1

    def close(self, ids: Iterable[int]) -> None:
        """Units that the file no longer names: they end before the month, or are taken out if they began with it."""
        todo = iter(ids)
        while part := list(islice(todo, _SLICE)):
            for region in self._session.scalars(select(_R).where(_R.id.in_(part)).order_by(_R.id)):
                self._log.before_change(region)
                if region.valid_from >= self._month.key:
                    self._gone.append(region)
                else:
                    region.valid_to = self._month.shift(-1).key
                self._closed += 1

    def finish(self) -> RegisterCounts:
        """Store what is new."""
        session = self._session
        session.flush()
        if self._fresh:
            # Undoing finds them by the number of their batch.
            session.connection().execute(insert(_R), self._fresh)
        # Last, so that no new row is given the number of one that was taken out.
        for region in self._gone:
            session.delete(region)
        session.flush()
        return RegisterCounts(self._added, self._changed, self._closed, self._unchanged)


def _new(row: RegionLike, valid_from: int, batch_id: int | None) -> dict[str, object]:
    return {
        "code": row.code,
        "name": row.name,
        "level": row.level,
        "unit_kind": row.unit_kind,
        "parent_code": row.parent_code,
        "valid_from": valid_from,
        "administrative_village": row.administrative_village,
        "flag_reason": "",
        "households": row.households,
        "population": row.population,
        "source_batch_id": batch_id,
    }


def _goes_on(region: Region, row: RegionLike, month: Month) -> bool:
    """Whether a closed unit that a file names again is the same stretch: closed wrongly, or only just."""
    until = region.valid_to or 0
    return until >= month.key or (until == month.shift(-1).key and not _is_another_unit(region, row))


def _is_another_unit(region: Region, row: RegionLike) -> bool:
    return (region.name, region.level, region.unit_kind, region.parent_code) != (
        row.name, row.level, row.unit_kind, row.parent_code,
    )  # fmt: skip


def _successor(
    region: Region, row: RegionLike, month: Month, batch_id: int | None, log: ChangeLog
) -> dict[str, object]:
    """Close a unit at the month before and give the row that follows it; what the file leaves blank goes on."""
    log.before_change(region)
    region.valid_to = month.shift(-1).key
    region.successor_code = row.code
    follower = _new(row, month.key, batch_id)
    if row.households is None:
        follower["households"] = region.households
    if row.population is None:
        follower["population"] = region.population
    if region.flag_reason:
        follower["administrative_village"] = region.administrative_village
        follower["flag_reason"] = region.flag_reason
    return follower


def _correct(region: Region, row: RegionLike, log: ChangeLog) -> bool:
    """Write into the row itself what differs; whether anything did."""
    wanted: dict[str, object] = {
        "name": row.name,
        "level": row.level,
        "unit_kind": row.unit_kind,
        "parent_code": row.parent_code,
    }
    if not region.flag_reason:
        wanted["administrative_village"] = row.administrative_village
    if row.households is not None:
        wanted["households"] = row.households
    if row.population is not None:
        wanted["population"] = row.population
    different = {name: value for name, value in wanted.items() if getattr(region, name) != value}
    if different:
        log.before_change(region)
        for name, value in different.items():
            setattr(region, name, value)
    return bool(different)
