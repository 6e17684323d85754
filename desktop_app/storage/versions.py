"""Every version of stored figures and of village records, with the batch that brought it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from desktop_app.models.batch import ImportBatch
from desktop_app.models.coverage import CoverageRecord
from desktop_app.models.observation import Observation
from desktop_app.models.values import BatchState, CellState, CoverageState, FigureStatus, Month, Span

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_AT_ONCE = 500
"""Codes in one question; databases limit the number of parameters."""


class Brought(NamedTuple):
    """What is known of the batch behind a version. Moments are aware, in UTC."""

    batch_id: int
    file_name: str
    batch_state: BatchState
    created_at: datetime
    created_by: str
    batch_reason: str
    undone_reason: str


class FigureVersion(NamedTuple):
    """One version of one figure; ``value`` is fixed-point, None unless ``state`` is VALUE. ``reason``: its own."""

    indicator: str
    month: int
    span: Span
    enterprise_id: int | None
    version: int
    value: int | None
    state: CellState
    status: FigureStatus
    sheet: str
    row: int
    column: str
    reason: str
    brought: Brought

    @property
    def address(self) -> tuple[str, int, Span, int | None]:
        """What it is a version of, in the order of a fact's key."""
        return (self.indicator, self.month, self.span, self.enterprise_id)


class RecordVersion(NamedTuple):
    """One version of one village record (村 × 品牌 × 月)."""

    village_code: str
    brand: str
    month: int
    version: int
    state: CoverageState
    modes: str
    weekly_frequency: int | None
    sheet: str
    row: int
    brought: Brought


_B = ImportBatch
_BROUGHT = (_B.id, _B.file_name, _B.state, _B.created_at, _B.created_by, _B.reason, _B.undone_reason)


def figure_versions(
    session: Session, region: str, indicators: Collection[str], months: Collection[Month]
) -> dict[tuple[str, int, Span, int | None], list[FigureVersion]]:
    """All versions of the region's figures of these indicators and months, the first one first."""
    o = Observation
    query = (
        select(
            o.indicator, o.month, o.span, o.enterprise_id, o.version, o.value, o.state, o.status, o.sheet, o.row,
            o.column, o.reason, *_BROUGHT,
        )
        .join(_B, _B.id == o.batch_id)
        .where(
            o.region_code == region,
            o.indicator.in_(list(indicators)),
            o.month.in_(sorted({month.key for month in months})),
        )
        .order_by(o.version)
    )  # fmt: skip
    found: dict[tuple[str, int, Span, int | None], list[FigureVersion]] = {}
    for row in session.execute(query):
        each = FigureVersion._make((*row[:12], Brought._make(row[12:])))
        found.setdefault(each.address, []).append(each)
    return found


def record_versions(
    session: Session, villages: Collection[str], last: Month
) -> dict[tuple[str, str, int], list[RecordVersion]]:
    """All versions of these villages' records up to a month, by village, brand and month."""
    c = CoverageRecord
    found: dict[tuple[str, str, int], list[RecordVersion]] = {}
    for codes in _portions(sorted(villages)):
        query = (
            select(
                c.village_code, c.brand, c.month, c.version, c.state, c.modes, c.weekly_frequency, c.sheet, c.row,
                *_BROUGHT,
            )
            .join(_B, _B.id == c.batch_id)
            .where(c.village_code.in_(codes), c.month <= last.key)
            .order_by(c.version)
        )  # fmt: skip
        for row in session.execute(query):
            each = RecordVersion._make((*row[:9], Brought._make(row[9:])))
            found.setdefault((each.village_code, each.brand, each.month), []).append(each)
    return found


def _portions(codes: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(codes), _AT_ONCE):
        yield codes[start : start + _AT_ONCE]
