"""Short ways to put things into a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.importing.plan import PlannedCoverage, PlannedEnterprise, PlannedObservation, PlannedRegion
from desktop_app.models.values import CellState, CoverageMode, CoverageState, FigureStatus, Month, Span
from desktop_app.storage.batches import NewBatch, add_batch
from desktop_app.storage.coverage import insert_coverage
from desktop_app.storage.observations import insert_observations

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

COUNTY = "220281000000"
MARCH = Month(2021, 3)


def figure(
    value: int | None,
    *,
    indicator: str = "MKT.VOL",
    month: Month = MARCH,
    span: Span = Span.MONTH,
    region: str = COUNTY,
    enterprise_id: int | None = None,
    row: int = 5,
) -> PlannedObservation:
    state = CellState.MISSING if value is None else CellState.VALUE
    return PlannedObservation(indicator, month, span, region, enterprise_id, value, state, "表1", row, "本期")


def record(
    village: str, brand: str, month: Month, state: CoverageState = CoverageState.NORMAL, *modes: CoverageMode
) -> PlannedCoverage:
    return PlannedCoverage(village, brand, month, state, frozenset(modes), 3)


def village(number: int, name: str, *, town: str = "220281100", households: int | None = None) -> PlannedRegion:
    return PlannedRegion(
        f"{town}{number:03d}", name, "village", "村委会", f"{town}000", number, 200 <= number <= 399, households
    )


def company(name: str, *aliases: str, uscc: str = "", phone: str = "") -> PlannedEnterprise:
    return PlannedEnterprise(name, name[:3], name[:3], uscc, "", "", aliases, "", phone, None, None, 1)


def batch(
    session: Session, content: bytes = b"file", *, kind: str = "wide", totals: dict[str, int] | None = None
) -> int:
    return add_batch(
        session,
        NewBatch(
            "三月.csv", content, kind, COUNTY, FigureStatus.MONTHLY, MARCH, totals=totals or {}, created_by="小王"
        ),
    )


def store_figures(session: Session, *figures: PlannedObservation) -> int:
    """A batch of its own with these figures and its control totals; returns its number."""
    totals: dict[str, int] = {}
    for item in figures:
        if item.value is not None and item.span is Span.MONTH:
            totals[item.indicator] = totals.get(item.indicator, 0) + item.value
    number = batch(session, totals=totals)
    insert_observations(session, figures, batch_id=number, status=FigureStatus.MONTHLY)
    return number


def store_coverage(session: Session, *records: PlannedCoverage) -> int:
    """A batch of its own with these records; returns its number."""
    totals = {"VILLAGES": len({item.village_code for item in records}), "RECORDS": len(records)}
    number = batch(session, kind="coverage", totals=totals)
    insert_coverage(session, records, batch_id=number)
    return number
