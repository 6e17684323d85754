"""Repository of the green figures of single outlets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from desktop_app.models.batch import ImportBatch
from desktop_app.models.green import OutletFigure
from desktop_app.models.values import BatchState, Month

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop_app.storage.shapes import OutletFigureLike

OutletKey = tuple[int | None, str]
"""Company and the outlet's name in the sheet."""


def insert_figures(session: Session, figures: Iterable[OutletFigureLike], *, batch_id: int) -> None:
    """Store what a sheet by outlet gives."""
    rows = [
        {
            "batch_id": batch_id,
            "enterprise_id": each.enterprise_id,
            "outlet": each.outlet[:120],
            "month": each.month.key,
            "indicator": each.indicator,
            "value": each.value,
            "row": each.row,
        }
        for each in figures
    ]
    if rows:
        session.execute(insert(OutletFigure), rows)


def figures_of(session: Session, month: Month) -> dict[OutletKey, dict[str, int]]:
    """Fixed-point values by outlet and indicator; of several sheets the last one stored, taken-back ones apart."""
    query = (
        select(OutletFigure)
        .join(ImportBatch, ImportBatch.id == OutletFigure.batch_id)
        .where(OutletFigure.month == month.key, ImportBatch.state == BatchState.COMMITTED)
        .order_by(OutletFigure.batch_id, OutletFigure.id)
    )
    found: dict[OutletKey, dict[str, int]] = {}
    for row in session.scalars(query):
        found.setdefault((row.enterprise_id, row.outlet), {})[row.indicator] = row.value
    return found


def outlets_of_batch(session: Session, batch_id: int) -> int:
    """How many outlets' figures a batch brought."""
    named = select(OutletFigure.enterprise_id, OutletFigure.outlet).where(OutletFigure.batch_id == batch_id).distinct()
    return session.scalar(select(func.count()).select_from(named.subquery())) or 0
