"""可比口径: the previous-year figure as published and as comparable. The newest entry of a key counts."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from desktop_app.models.base import utc_now
from desktop_app.models.observation import ComparableBase
from desktop_app.models.values import Month, Span
from desktop_app.storage.filters import month_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class StoredBase(NamedTuple):
    """One comparable base; ``month`` is the base's own month. Amounts are fixed-point."""

    id: int
    indicator: str
    month: Month
    span: Span
    region: str
    enterprise_id: int | None
    published: int | None
    comparable: int
    reason: str


def add_base(
    session: Session,
    indicator: str,
    month: Month,
    span: Span,
    region: str,
    enterprise_id: int | None,
    *,
    published: int | None,
    comparable: int,
    reason: str,
) -> int:
    """Store a base; an earlier one of the same key stays but no longer counts. Returns its number."""
    base = ComparableBase(
        indicator=indicator,
        month=month.key,
        span=span,
        region_code=region,
        enterprise_id=enterprise_id,
        published=published,
        comparable=comparable,
        reason=reason,
        created_at=utc_now(),
    )
    session.add(base)
    session.flush()
    return base.id


def current_bases(
    session: Session,
    *,
    indicators: Collection[str] | None = None,
    first: Month | None = None,
    last: Month | None = None,
) -> list[StoredBase]:
    """The base that counts for each key, oldest entry first."""
    b = ComparableBase
    query = select(
        b.id, b.indicator, b.month, b.span, b.region_code, b.enterprise_id, b.published, b.comparable, b.reason
    ).order_by(b.id)
    if indicators is not None:
        query = query.where(b.indicator.in_(list(indicators)))
    if first is not None:
        query = query.where(b.month >= first.key)
    if last is not None:
        query = query.where(b.month <= last.key)
    newest: dict[tuple[str, int, Span, str, int | None], StoredBase] = {}
    for row in session.execute(query):
        key = (row.indicator, row.month, row.span, row.region_code, row.enterprise_id)
        newest[key] = StoredBase._make(row)._replace(month=month_of(row.month))
    return list(newest.values())
