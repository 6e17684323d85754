"""Whose figures are meant, who is in a sum, and how an indicator moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from desktop_app.catalogue.model import Indicator, Kind
from desktop_app.indicators.amount import Amount
from desktop_app.indicators.results.figures import Completeness

POINT_UNITS = frozenset({"%", "‰", "指数", "分"})
"""Units whose change over a year is a difference (百分点、点、分), not a growth rate."""


@dataclass(frozen=True)
class Scope:
    """Whose figures: a region, printed at county or national scale, and perhaps only some companies."""

    region: str
    region_name: str
    scale: str = "county"
    members: frozenset[int] | None = None
    names: Mapping[int, str] = field(default_factory=dict)


def moves_in_points(indicator: Indicator) -> bool:
    """Whether the indicator's change over time is a difference in points."""
    return indicator.kind in (Kind.SCORE, Kind.INDEX, Kind.RANK) or indicator.base_unit in POINT_UNITS


_POINT_WORDS = {"%": "个百分点", "‰": "个千分点", "‱": "个万分点", "指数": "点"}


def points_unit(indicator: Indicator, scale: str = "county") -> str:
    """In what its change in points is told: 个百分点, 个千分点 of what is printed in ‰, 分 of a score; else empty."""
    if not moves_in_points(indicator):
        return ""
    unit = indicator.display[scale].unit.name
    return _POINT_WORDS.get(unit, unit)


def in_points(indicator: Indicator, change: Fraction | None) -> Fraction | None:
    """A change in base units → points of what is printed: a loss rate in ‱ moves by 个万分点, not by 0.0 个百分点."""
    if change is None or indicator.base_unit != "%":
        return change
    return change / Fraction(indicator.display["county"].unit.factor)


def completeness(amount: Amount, names: Mapping[int, str]) -> Completeness:
    """Names of who is in the sum and who is not, in the register's order."""
    lacking = amount.missing | amount.partial
    expected = amount.reported | lacking | amount.returned

    def listed(ids: frozenset[int]) -> tuple[str, ...]:
        return tuple(names.get(i, str(i)) for i in sorted(ids))

    return Completeness(
        len(amount.reported - amount.partial),
        len(expected),
        listed(lacking),
        listed(amount.returned),
        listed(amount.partial),
    )
