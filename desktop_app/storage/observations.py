"""Figures in and out: append with the next version, read the current version of each key."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, Row, String, func, select, type_coerce

from desktop_app.models.base import utc_now
from desktop_app.models.batch import ImportBatch
from desktop_app.models.observation import Observation
from desktop_app.models.values import BatchState, CellState, FigureStatus, Month, Span
from desktop_app.storage.bulk import append_rows
from desktop_app.storage.filters import month_of, one_of, under
from desktop_app.storage.shapes import ObservationLike

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class StoredObservation(NamedTuple):
    """One figure with the place it came from. ``value`` is fixed-point, None unless ``state`` is VALUE."""

    id: int
    indicator: str
    month: Month
    span: Span
    region: str
    enterprise_id: int | None
    value: int | None
    state: CellState
    status: FigureStatus
    version: int
    batch_id: int
    sheet: str
    row: int
    column: str
    reported_previous: int | None
    reported_yoy: int | None
    reason: str
    created_at: datetime


_O = Observation
_COLUMNS = (
    ImportBatch.state, _O.id, _O.indicator, _O.month, _O.span, _O.region_code, _O.enterprise_id, _O.value, _O.state,
    _O.status, _O.version, _O.batch_id, _O.sheet, _O.row, _O.column, _O.reported_previous, _O.reported_yoy, _O.reason,
    _O.created_at,
)  # fmt: skip
_KEY = (_O.indicator, _O.month, _O.span, _O.region_code, _O.enterprise_id)


def current_observations(
    session: Session,
    *,
    indicators: Collection[str] | None = None,
    first: Month | None = None,
    last: Month | None = None,
    regions: Collection[str] | None = None,
    region_prefix: str = "",
    enterprises: Collection[int | None] | None = None,
    spans: Collection[Span] | None = None,
) -> list[StoredObservation]:
    """The version of each figure that counts now, ordered by month, indicator, region and company.

    Counts: the highest version of a committed batch. Where there is none but a batch was returned to its company,
    the figure comes with state RETURNED (退回) and no value; undone batches leave nothing.

    :param first, last: months, both included; None = no bound.
    :param enterprises: company ids; None among them asks for figures without a company; None = all.
    """
    query = (
        select(*_COLUMNS)
        .join(ImportBatch, ImportBatch.id == _O.batch_id)
        .where(
            ImportBatch.state != BatchState.UNDONE,
            *_where(indicators, first, last, regions, region_prefix, enterprises, spans),
        )
    )
    # Nearly every figure has one version: picking in Python is several times faster than a window function here.
    best: dict[tuple[object, ...], Row[*tuple[Any, ...]]] = {}
    # Through the connection: the ORM's own loading would double the time.
    for row in session.connection().execute(query):
        key = (row[3], row[2], row[4], row[5], row[6])
        other = best.get(key)
        if other is None or _precedence(row) > _precedence(other):
            best[key] = row
    return [_stored(row) for row in sorted(best.values(), key=_order)]


_LIGHT = (
    _O.indicator, _O.month, type_coerce(_O.span, String), _O.enterprise_id, _O.batch_id, _O.version, _O.value,
    type_coerce(_O.state, String), type_coerce(_O.status, String), _O.id, _O.reported_previous, _O.reported_yoy,
    _O.reason,
)  # fmt: skip
FigureKey = tuple[str, int, Span, int | None]
"""Indicator, month (202103), span, company."""
Figure = tuple[int | None, CellState, str, int, int | None, int | None, int, str]
"""Value, state, status, id, reported 上年同期, reported 同比, batch, reason."""


def current_figures(
    session: Session, region: str, first: Month, last: Month, indicators: Collection[str] | None = None
) -> dict[FigureKey, Figure]:
    """What :func:`current_observations` says of one region, without the places: for hundreds of thousands at once.

    Words are read as text and looked up here: making enums and rows of them all would take several times as long.
    """
    batch_states = {row[0]: row[1] for row in session.execute(select(ImportBatch.id, ImportBatch.state))}
    committed = {number for number, state in batch_states.items() if state is BatchState.COMMITTED}
    undone = {number for number, state in batch_states.items() if state is BatchState.UNDONE}
    spans, states = {each.value: each for each in Span}, {each.value: each for each in CellState}
    query = select(*_LIGHT).where(*_where(indicators, first, last, [region], "", None, None))
    best: dict[FigureKey, tuple[bool, int]] = {}
    found: dict[FigureKey, Figure] = {}
    for (
        code,
        month,
        span,
        company,
        batch,
        version,
        value,
        state,
        status,
        number,
        previous,
        yoy,
        reason,
    ) in session.connection().execute(query):
        if batch in undone:
            continue
        key = (code, month, spans[span], company)
        counts = batch in committed
        rank = (counts, version)
        if key in best and rank <= best[key]:
            continue
        best[key] = rank
        found[key] = (
            value if counts else None,
            states[state] if counts else CellState.RETURNED,
            status,
            number,
            previous,
            yoy,
            batch,
            reason,
        )
    return found


def versions_of(
    session: Session, indicator: str, month: Month, span: Span, region: str, enterprise_id: int | None
) -> list[StoredObservation]:
    """Every version of one figure ever stored, oldest first, whatever became of its batch."""
    query = (
        select(*_COLUMNS)
        .join(ImportBatch, ImportBatch.id == _O.batch_id)
        .where(
            _O.indicator == indicator,
            _O.month == month.key,
            _O.span == span,
            _O.region_code == region,
            one_of(_O.enterprise_id, [enterprise_id]),
        )
        .order_by(_O.version)
    )
    return [_stored(row) for row in session.execute(query).all()]


def observations_of_batch(session: Session, batch_id: int) -> list[StoredObservation]:
    """What one batch brought, in the order of its rows."""
    query = (
        select(*_COLUMNS)
        .join(ImportBatch, ImportBatch.id == _O.batch_id)
        .where(_O.batch_id == batch_id)
        .order_by(_O.id)
    )
    return [_stored(row) for row in session.execute(query).all()]


def insert_observations(
    session: Session,
    planned: Iterable[ObservationLike],
    *,
    batch_id: int,
    status: FigureStatus,
    reason: str = "",
) -> int:
    """Append figures, each as the next version of its key; returns how many.

    Two statements whatever the number of rows: one reads the versions there are, one inserts. The write transaction
    keeps other writers out between them.
    """
    rows = list(planned)
    if not rows:
        return 0
    last = _last_versions(session, {row.indicator for row in rows}, {row.month.key for row in rows})
    now = utc_now()
    records: list[dict[str, Any]] = []
    for row in rows:
        key = (row.indicator, row.month.key, row.span, row.region, row.enterprise_id)
        version = last[key] = last.get(key, 0) + 1
        records.append(
            {
                "indicator": row.indicator,
                "month": row.month.key,
                "span": row.span,
                "region_code": row.region,
                "enterprise_id": row.enterprise_id,
                "value": row.value,
                "state": row.state,
                "status": status,
                "version": version,
                "batch_id": batch_id,
                "sheet": row.sheet,
                "row": row.row,
                "column": row.column,
                "reported_previous": row.reported_previous,
                "reported_yoy": row.reported_yoy,
                "reason": reason,
                "created_at": now,
            }
        )
    append_rows(session, Observation, records)
    return len(records)


def months_with_figures(session: Session) -> list[Month]:
    """Months for which any committed batch has figures, in order."""
    query = (
        select(_O.month)
        .join(ImportBatch, ImportBatch.id == _O.batch_id)
        .where(ImportBatch.state == BatchState.COMMITTED)
        .distinct()
        .order_by(_O.month)
    )
    return [month_of(key) for key in session.scalars(query)]


def figures_of(session: Session, indicators: Collection[str]) -> dict[str, int]:
    """How many figures, of every version and batch, are stored of each indicator; none are left out."""
    if not indicators:
        return {}
    query = (
        select(Observation.indicator, func.count())
        .where(Observation.indicator.in_(indicators))
        .group_by(Observation.indicator)
    )
    return {indicator: int(count) for indicator, count in session.execute(query)}


def _last_versions(
    session: Session, indicators: set[str], months: set[int]
) -> dict[tuple[str, int, Span, str, int | None], int]:
    query = (
        select(*_KEY, func.max(_O.version))
        .where(_O.indicator.in_(indicators), _O.month.between(min(months), max(months)))
        .group_by(*_KEY)
    )
    return {(row[0], row[1], row[2], row[3], row[4]): row[5] for row in session.execute(query)}


def _where(
    indicators: Collection[str] | None,
    first: Month | None,
    last: Month | None,
    regions: Collection[str] | None,
    region_prefix: str,
    enterprises: Collection[int | None] | None,
    spans: Collection[Span] | None,
) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if indicators is not None:
        where.append(_O.indicator.in_(list(indicators)))
    if first is not None:
        where.append(_O.month >= first.key)
    if last is not None:
        where.append(_O.month <= last.key)
    if regions is not None:
        where.append(_O.region_code.in_(list(regions)))
    if region_prefix:
        where.append(under(_O.region_code, region_prefix))
    if enterprises is not None:
        where.append(one_of(_O.enterprise_id, enterprises))
    if spans is not None:
        where.append(_O.span.in_(list(spans)))
    return where


def _precedence(row: Row[*tuple[Any, ...]]) -> tuple[bool, int]:
    """Committed before returned, then the higher version."""
    return row[0] is BatchState.COMMITTED, row[10]


def _order(row: Row[*tuple[Any, ...]]) -> tuple[object, ...]:
    """Month, indicator, region, company (none first), span."""
    return row[3], row[2], row[5], row[6] or 0, row[4]


def _stored(row: Row[*tuple[Any, ...]]) -> StoredObservation:
    found = StoredObservation._make((*row[1:3], month_of(row[3]), *row[4:]))
    if row[0] is BatchState.RETURNED:
        return found._replace(value=None, state=CellState.RETURNED)
    return found
