"""What import checks may ask about the past; fits the ``History`` protocol of ``importing.plan``."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import select

from desktop_app.models.batch import ImportBatch
from desktop_app.models.observation import Observation
from desktop_app.models.values import BatchState, CellState, FigureStatus, Month, Span
from desktop_app.storage.observations import current_observations

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class LedgerHistory:
    """Current figures, read one month at a time and remembered: a file's checks ask about few months but many cells."""

    def __init__(self, session: Session, market_indicators: Collection[str] | None = None) -> None:
        """``market_indicators``: codes whose presence means that a company has reported (default: ``MKT.…``)."""
        self._session = session
        self._market = market_indicators
        self._months: dict[Month, dict[tuple[str, Span, str, int | None], tuple[int, FigureStatus]]] = {}

    def value(self, indicator: str, month: Month, span: Span, region: str, enterprise_id: int | None) -> int | None:
        """Fixed-point value, or None when nothing (or 未报, 不适用, 退回) stands."""
        found = self._of(month).get((indicator, span, region, enterprise_id))
        return None if found is None else found[0]

    def status(
        self, indicator: str, month: Month, span: Span, region: str, enterprise_id: int | None
    ) -> FigureStatus | None:
        """Status of the figure that stands (快报, 月报 …), or None when none does."""
        found = self._of(month).get((indicator, span, region, enterprise_id))
        return None if found is None else found[1]

    def reported_months(self, enterprise_id: int, year: int) -> tuple[Month, ...]:
        """Months of the year for which this company has market figures."""
        found = current_observations(
            self._session,
            indicators=self._market,
            first=Month(year, 1),
            last=Month(year, 12),
            enterprises=[enterprise_id],
        )
        months = {
            row.month
            for row in found
            if row.state is CellState.VALUE and (self._market is not None or row.indicator.startswith("MKT."))
        }
        return tuple(sorted(months))

    def companies_report(self, indicators: Collection[str], region: str, until: Month) -> bool:
        """Whether any company has given one of these for the region, in the year of ``until`` or before."""
        query = (
            select(Observation.id)
            .join(ImportBatch, ImportBatch.id == Observation.batch_id)
            .where(
                ImportBatch.state != BatchState.UNDONE,
                Observation.indicator.in_(list(indicators)),
                Observation.region_code == region,
                Observation.enterprise_id.is_not(None),
                Observation.month <= Month(until.year, 12).key,
            )
            .limit(1)
        )
        return self._session.scalar(query) is not None

    def _of(self, month: Month) -> dict[tuple[str, Span, str, int | None], tuple[int, FigureStatus]]:
        if month not in self._months:
            self._months[month] = {
                (row.indicator, row.span, row.region, row.enterprise_id): (row.value, row.status)
                for row in current_observations(self._session, first=month, last=month)
                if row.value is not None
            }
        return self._months[month]
