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
    replaced: Decimal | None = None
    """The base that counted until this one was entered; it stays in the ledger."""
    replaced_reason: str = ""


@dataclass(frozen=True)
class BaseQuestion:
    """What the dialog of a base shows before anything is typed; amounts are printed ones, empty where there is none."""

    code: str
    name: str
    period: str
    region: str
    base_label: str
    """2020年3月, 2023年一季度."""
    published: str
    unit: str
    stands: str
    stands_reason: str
