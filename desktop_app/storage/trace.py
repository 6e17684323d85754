"""Where a stored figure came from: file, sheet, row, column, version."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from desktop_app.models.batch import ImportBatch
from desktop_app.models.observation import Observation
from desktop_app.models.values import BatchState, FigureStatus, Month, Span, from_fixed, plain
from desktop_app.storage.filters import month_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class FigureSource(NamedTuple):
    """One stored figure with its file. ``amount`` is exact text in base units, empty when there is no value."""

    batch_id: int
    file_name: str
    sheet: str
    row: int
    column: str
    enterprise_id: int | None
    indicator: str
    month: Month
    version: int
    status: FigureStatus
    amount: str


def sources(session: Session, observation_ids: Collection[int]) -> list[FigureSource]:
    """The files behind these figures, ordered by month, company and indicator."""
    if not observation_ids:
        return []
    query = (
        select(Observation, ImportBatch.file_name)
        .join(ImportBatch, ImportBatch.id == Observation.batch_id)
        .where(Observation.id.in_(list(observation_ids)))
        .order_by(Observation.month, Observation.enterprise_id, Observation.indicator)
    )
    return [
        FigureSource(
            found.batch_id,
            file_name,
            found.sheet,
            found.row,
            found.column,
            found.enterprise_id,
            found.indicator,
            month_of(found.month),
            found.version,
            found.status,
            "" if found.value is None else plain(from_fixed(found.value)),
        )
        for found, file_name in session.execute(query)
    ]


def regions_with_figures(session: Session) -> list[str]:
    """Codes of the regions for which any committed batch has figures, most figures first."""
    # From an index alone; whether a batch of a region stands is asked once a region and not once a figure.
    counted = select(Observation.region_code).group_by(Observation.region_code).order_by(func.count().desc())
    stands = select(Observation.id).join(ImportBatch, ImportBatch.id == Observation.batch_id)
    stands = stands.where(ImportBatch.state == BatchState.COMMITTED).limit(1)
    return [
        code
        for code in session.scalars(counted)
        if session.scalar(stands.where(Observation.region_code == code)) is not None
    ]


class CurrentMarket(NamedTuple):
    """A company's current market report of a month.

    ``total``: fixed-point volume as far as it stands. ``previous_status``: status of the last figure before, None for
    the first one (未报 is no figure: what comes late corrects nothing). ``own_file``: the batch is the company's own.
    """

    batch_id: int
    version: int
    status: FigureStatus
    previous_status: FigureStatus | None
    reason: str
    total: int
    own_file: bool


def current_market(
    session: Session, month: Month, region: str, indicators: tuple[str, ...]
) -> dict[int, CurrentMarket]:
    """The report in force of every company for a month; the first of ``indicators`` that it gave decides."""
    query = (
        select(Observation, ImportBatch.enterprise_id)
        .join(ImportBatch, ImportBatch.id == Observation.batch_id)
        .where(
            ImportBatch.state == BatchState.COMMITTED,
            Observation.month == month.key,
            Observation.region_code == region,
            Observation.indicator.in_(indicators),
            Observation.span == Span.MONTH,
        )
        .order_by(Observation.version)
    )
    versions: dict[tuple[int, str], list[tuple[Observation, int | None]]] = {}
    for found, owner in session.execute(query):
        if found.enterprise_id is None:
            continue
        versions.setdefault((found.enterprise_id, found.indicator), []).append((found, owner))
    result: dict[int, CurrentMarket] = {}
    for indicator in indicators:
        for (company, code), history in versions.items():
            last, owner = history[-1]
            if code != indicator or company in result or last.value is None:
                continue
            earlier = [found.status for found, _ in history[:-1] if found.value is not None]
            before = earlier[-1] if earlier else None
            result[company] = CurrentMarket(
                last.batch_id, last.version, last.status, before, last.reason, last.value, owner == company
            )
    return result
