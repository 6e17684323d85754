"""What stands before and after the rows of one batch: for diffs of corrections and for what an undo would change."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from desktop_app.models.batch import ImportBatch, RegisterChange
from desktop_app.models.coverage import CoverageRecord, modes_from_text
from desktop_app.models.enterprise import Enterprise, EnterpriseAlias
from desktop_app.models.green import OutletFigure
from desktop_app.models.observation import Observation
from desktop_app.models.outlet import Outlet
from desktop_app.models.region import Region
from desktop_app.models.values import BatchState, CellState, CoverageMode, CoverageState, FigureStatus, Month, Span
from desktop_app.storage.filters import month_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class FigureVersion(NamedTuple):
    """One version of one figure. ``value`` is fixed-point, None unless ``state`` is VALUE."""

    indicator: str
    month: Month
    span: Span
    region: str
    enterprise_id: int | None
    version: int
    batch_id: int
    value: int | None
    state: CellState
    status: FigureStatus
    reported_previous: int | None


class CoverageVersion(NamedTuple):
    """One version of one village, brand and month."""

    village_code: str
    brand: str
    month: Month
    version: int
    batch_id: int
    state: CoverageState
    modes: frozenset[CoverageMode]
    weekly_frequency: int | None
    station: str
    parcels_in: int | None
    parcels_out: int | None
    extra_charge: bool | None


class RegisterRow(NamedTuple):
    """One register row that a batch touched: its columns before and after (None: not there)."""

    entity: str
    entity_id: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


_O = Observation
_C = CoverageRecord
_KEY = ("indicator", "month", "span", "region_code", "enterprise_id")
_FIGURE = (
    _O.indicator, _O.month, _O.span, _O.region_code, _O.enterprise_id, _O.version, _O.batch_id, _O.value, _O.state,
    _O.status, _O.reported_previous,
)  # fmt: skip
_COVER = (
    _C.village_code, _C.brand, _C.month, _C.version, _C.batch_id, _C.state, _C.modes, _C.weekly_frequency,
    _C.station, _C.parcels_in, _C.parcels_out, _C.extra_charge,
)  # fmt: skip
_REGISTERS = ("registry", "enterprises", "outlets")
"""Kinds of file that are registers."""
MOST_SHOWN = 50_000
"""Units or village records up to which a file is compared one by one; more would fill the memory of an office PC."""
_TABLES: dict[str, type[Region | Enterprise | EnterpriseAlias | Outlet]] = {
    "region": Region,
    "enterprise": Enterprise,
    "alias": EnterpriseAlias,
    "outlet": Outlet,
}


def figures_beside(session: Session, batch_id: int) -> dict[tuple[object, ...], list[FigureVersion]]:
    """Every committed version of the figures that a batch holds, and the batch's own, oldest first.

    The key is (indicator, month, span, region, company). One statement whatever the number of figures.
    """
    mine = aliased(Observation)
    same = [getattr(mine, name) == getattr(_O, name) for name in _KEY[:-1]]
    company = or_(
        mine.enterprise_id == _O.enterprise_id, and_(mine.enterprise_id.is_(None), _O.enterprise_id.is_(None))
    )
    query = (
        select(*_FIGURE)
        .join(mine, and_(*same, company))
        .join(ImportBatch, ImportBatch.id == _O.batch_id)
        .where(mine.batch_id == batch_id, _counts(batch_id, _O.batch_id))
        .order_by(_O.version)
    )
    found: dict[tuple[object, ...], list[FigureVersion]] = {}
    for row in session.connection().execute(query):
        version = FigureVersion._make((row[0], month_of(row[1]), *row[2:]))
        versions = found.setdefault(tuple(row[:5]), [])
        if not versions or versions[-1].version != version.version:
            versions.append(version)
    return found


def coverage_beside(session: Session, batch_id: int) -> dict[tuple[str, str, int], list[CoverageVersion]]:
    """The same for the village records of a batch; the key is (village, brand, month)."""
    mine = aliased(CoverageRecord)
    query = (
        select(*_COVER)
        .join(
            mine,
            and_(mine.village_code == _C.village_code, mine.brand == _C.brand, mine.month == _C.month),
        )
        .join(ImportBatch, ImportBatch.id == _C.batch_id)
        .where(mine.batch_id == batch_id, _counts(batch_id, _C.batch_id))
        .order_by(_C.version)
    )
    found: dict[tuple[str, str, int], list[CoverageVersion]] = {}
    for row in session.connection().execute(query):
        version = _cover(row)
        versions = found.setdefault((row[0], row[1], row[2]), [])
        if not versions or versions[-1].version != version.version:
            versions.append(version)
    return found


def current_coverage(session: Session, months: Collection[Month]) -> dict[tuple[str, str, int], CoverageVersion]:
    """The record of each village and brand that counts in exactly these months."""
    query = (
        select(*_COVER)
        .join(ImportBatch, ImportBatch.id == _C.batch_id)
        .where(ImportBatch.state == BatchState.COMMITTED, _C.month.in_([month.key for month in months]))
        .order_by(_C.version)
    )
    return {(row[0], row[1], row[2]): _cover(row) for row in session.connection().execute(query)}


def register_rows(session: Session, batch_id: int) -> list[RegisterRow]:
    """Register rows that a batch touched, with what it made of them (whatever came later)."""
    changes = session.scalars(
        select(RegisterChange).where(RegisterChange.batch_id == batch_id).order_by(RegisterChange.id)
    ).all()
    rows = []
    for change in changes:
        later = session.scalar(
            select(RegisterChange)
            .where(
                RegisterChange.entity == change.entity,
                RegisterChange.entity_id == change.entity_id,
                RegisterChange.batch_id > batch_id,
                RegisterChange.batch_id.in_(select(ImportBatch.id).where(ImportBatch.state != BatchState.UNDONE)),
            )
            .order_by(RegisterChange.id)
            .limit(1)
        )
        after = later.before if later is not None else _row(session, change.entity, change.entity_id)
        rows.append(RegisterRow(change.entity, change.entity_id, change.before, after))
    noted = {row.entity_id for row in rows if row.entity == "region"}
    return [*rows, *(row for row in _added_regions(session, batch_id) if row.entity_id not in noted)]


def _added_regions(session: Session, batch_id: int) -> list[RegisterRow]:
    """Regions that a batch has added, by its number in them: nothing else is noted of them. Of too many none."""
    table = Region.__table__
    here = session.execute(select(table).where(Region.source_batch_id == batch_id).limit(MOST_SHOWN + 1))
    found = {row["id"]: dict(row) for row in here.mappings()}
    if len(found) > MOST_SHOWN:
        return []
    later = session.scalars(
        select(RegisterChange)
        .where(
            RegisterChange.entity == "region",
            RegisterChange.batch_id > batch_id,
            RegisterChange.before["source_batch_id"].as_integer() == batch_id,
            RegisterChange.batch_id.in_(select(ImportBatch.id).where(ImportBatch.state != BatchState.UNDONE)),
        )
        .order_by(RegisterChange.id.desc())
    )
    found |= {change.entity_id: change.before for change in later if change.before is not None}
    return [RegisterRow("region", number, None, after) for number, after in sorted(found.items())]


def batches_after(
    session: Session, batch_id: int, *, companies: Collection[int], year: int, month: Month
) -> list[tuple[int, int, int]]:
    """(company, month as 202104, batch) of committed later figures of a year whose 累计 was checked against ``month``.

    Only 累计 of the months after ``month`` that came in after the batch.
    """
    query = (
        select(_O.enterprise_id, _O.month, _O.batch_id)
        .join(ImportBatch, ImportBatch.id == _O.batch_id)
        .where(
            ImportBatch.state == BatchState.COMMITTED,
            _O.enterprise_id.in_(list(companies)),
            _O.span == Span.YTD,
            _O.month > month.key,
            _O.month <= year * 100 + 12,
            _O.batch_id > batch_id,
        )
        .distinct()
        .order_by(_O.enterprise_id, _O.month, _O.batch_id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query) if row[0] is not None]


def only_units_of(session: Session, batch_id: int) -> list[str]:
    """Codes of the towns and villages that would be unknown without this batch.

    The county itself is not among them: its figures need no register.
    """
    added = select(Region.id).where(Region.source_batch_id == batch_id)
    other = aliased(Region)
    query = select(Region.code).where(
        Region.id.in_(added),
        Region.level.in_(["town", "village"]),
        ~select(other.id).where(other.code == Region.code, other.id.not_in(added)).exists(),
    )
    return sorted(set(session.scalars(query)))


def batches_on_units(session: Session, codes: Collection[str]) -> list[int]:
    """Numbers of the committed batches with village records or figures of these units."""
    wanted = set(codes)
    found: set[int] = set()
    for column, batch in ((_C.village_code, _C.batch_id), (_O.region_code, _O.batch_id)):
        query = (
            select(column, batch)
            .join(ImportBatch, ImportBatch.id == batch)
            .where(ImportBatch.state == BatchState.COMMITTED)
            .distinct()
        )
        found |= {number for code, number in session.execute(query) if code in wanted}
    return sorted(found)


def later_registers(session: Session, batch_id: int) -> list[int]:
    """Numbers of later batches that stand upon the register rows of this one.

    They changed the same rows, or are later files of the same register: what such a file found unchanged left no
    trace, although it says it as well.
    """
    mine = select(RegisterChange.entity, RegisterChange.entity_id).where(RegisterChange.batch_id == batch_id).subquery()
    changed = select(RegisterChange.batch_id).join(
        mine, (mine.c.entity == RegisterChange.entity) & (mine.c.entity_id == RegisterChange.entity_id)
    )
    # Of the regions that a batch adds nothing is noted but its number in them.
    of_my_regions = select(RegisterChange.batch_id).where(
        RegisterChange.entity == "region", RegisterChange.before["source_batch_id"].as_integer() == batch_id
    )
    kind = select(ImportBatch.kind).where(ImportBatch.id == batch_id, ImportBatch.kind.in_(_REGISTERS))
    query = (
        select(ImportBatch.id)
        .where(
            or_(ImportBatch.id.in_(changed), ImportBatch.id.in_(of_my_regions), ImportBatch.kind.in_(kind)),
            ImportBatch.state == BatchState.COMMITTED,
            ImportBatch.id > batch_id,
        )
        .order_by(ImportBatch.id)
    )
    return list(session.scalars(query))


def enterprises_in_use(session: Session, batch_id: int) -> list[tuple[int, str, list[int]]]:
    """(id, name, batches) of the companies that a batch added and that figures or files stand on, undone ones too."""
    added = select(RegisterChange.entity_id).where(
        RegisterChange.batch_id == batch_id, RegisterChange.entity == "enterprise", RegisterChange.before.is_(None)
    )
    found: dict[int, tuple[str, set[int]]] = {}
    owners = (
        (_O.enterprise_id, _O.batch_id),
        (ImportBatch.enterprise_id, ImportBatch.id),
        (OutletFigure.enterprise_id, OutletFigure.batch_id),
    )
    for owner, batch in owners:
        query = (
            select(Enterprise.id, Enterprise.name, batch)
            .join(Enterprise, Enterprise.id == owner)
            .where(Enterprise.id.in_(added))
            .distinct()
        )
        for number, name, user in session.execute(query):
            found.setdefault(number, (name, set()))[1].add(user)
    listed = (
        select(Enterprise.id, Enterprise.name, func.coalesce(RegisterChange.batch_id, 0))
        .join(Outlet, Outlet.enterprise_id == Enterprise.id)
        .outerjoin(RegisterChange, (RegisterChange.entity == "outlet") & (RegisterChange.entity_id == Outlet.id))
        .where(Enterprise.id.in_(added))
        .distinct()
    )
    for number, name, lister in session.execute(listed):
        found.setdefault(number, (name, set()))[1].update((lister,) if lister else ())
    return [(number, name, sorted(users)) for number, (name, users) in sorted(found.items())]


def _counts(batch_id: int, column: Any) -> ColumnElement[bool]:  # noqa: ANN401 (a mapped column)
    return or_(ImportBatch.state == BatchState.COMMITTED, column == batch_id)


def _cover(row: Any) -> CoverageVersion:  # noqa: ANN401 (a row of the columns above)
    return CoverageVersion._make((*row[:2], month_of(row[2]), *row[3:6], modes_from_text(row[6]), *row[7:]))


def _row(session: Session, entity: str, entity_id: int) -> dict[str, Any] | None:
    kind = _TABLES[entity]
    row = session.get(kind, entity_id)
    return None if row is None else {column.key: getattr(row, column.key) for column in kind.__table__.columns}
