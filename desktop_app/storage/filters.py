"""Small pieces of SQL that several repositories share."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, false, or_

from desktop_app.models.values import Month

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute

month_of = lru_cache(maxsize=2400)(Month.from_key)
"""202103 → Month; the few hundred months of a ledger are made once."""


def under(column: InstrumentedAttribute[str], prefix: str) -> ColumnElement[bool]:
    """12-digit codes that begin with ``prefix``, as a range that an index can serve."""
    return column.between(prefix.ljust(12, "0"), prefix.ljust(12, "9"))


def one_of(column: InstrumentedAttribute[int | None], wanted: Collection[int | None]) -> ColumnElement[bool]:
    """``IN`` that also understands None."""
    numbers = [number for number in wanted if number is not None]
    parts: list[ColumnElement[bool]] = []
    if numbers:
        parts.append(column.in_(numbers))
    if None in wanted:
        parts.append(column.is_(None))
    return or_(*parts) if parts else false()
