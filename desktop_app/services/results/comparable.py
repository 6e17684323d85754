"""Comparable bases as shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class ComparableRow:
    """One base: the previous year's amount as published and as comparable, in base units."""

    code: str
    name: str
    month: str
    """The base's own month, a year before the one whose growth it serves."""
    cumulative: bool
    region: str
    published: Decimal | None
    comparable: Decimal
    unit: str
    reason: str
