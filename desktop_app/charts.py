"""What a chart says, as data. Drawn by views/charts/ (pyqtgraph) and by reporting/ (reportlab vectors) alike.

Values are Decimals in the chart's unit, already rounded for print; None is a gap that is never drawn as 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise


class ChartKind(StrEnum):
    """How the chart is drawn."""

    LINE = "line"
    BAR = "bar"
    """Vertical bars over the categories, one group per series."""
    STACKED = "stacked"
    """Vertical stacked bars: composition over the categories."""
    RANK = "rank"
    """Horizontal bars, one per category, longest first as given, with a caption behind each bar.

    A second series of the role TARGET is a tick across each bar (应有进度), ``targets`` are lines across all of them.
    """


class Role(StrEnum):
    """What a series is; decides colour, dash, marker and hatch in both drawings."""

    CURRENT = "current"
    PREVIOUS = "previous"
    """上年同期, drawn grey and dashed."""
    PART_1 = "part1"
    PART_2 = "part2"
    PART_3 = "part3"
    PART_4 = "part4"
    WARN = "warn"
    TARGET = "target"


ROLE_COLOURS: dict[Role, str] = {
    Role.CURRENT: "#00693C",
    Role.PREVIOUS: "#8A938D",
    Role.PART_1: "#00693C",
    Role.PART_2: "#E69F00",
    Role.PART_3: "#0072B2",
    Role.PART_4: "#CC79A7",
    Role.WARN: "#B26A00",
    Role.TARGET: "#1B2420",
}
"""Postal green, then Okabe–Ito; each role has its own marker or hatch too, so that a mono print reads as well."""


@dataclass(frozen=True)
class Series:
    """One line or set of bars; ``values`` is as long as the chart's categories. ``key``: of what (a code), if told."""

    name: str
    values: tuple[Decimal | None, ...]
    role: Role = Role.CURRENT
    key: str = ""


@dataclass(frozen=True)
class TargetLine:
    """A horizontal line with its words (目标 90%)."""

    value: Decimal
    label: str


@dataclass(frozen=True)
class ChartSpec:
    """A whole chart.

    ``keys``: one stable key per category (``2021-03``, an enterprise id, a town code) for drill-down.
    ``captions``: for RANK, the text behind each bar. ``reason``: why there is nothing to draw; empty when there is.
    ``minimum``: where the value axis starts (0 unless a rate is shown in a narrower window).
    """

    kind: ChartKind
    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    decimals: int = 0
    keys: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    targets: tuple[TargetLine, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    reason: str = ""
    note: str = ""
    highlights: tuple[int, ...] = ()
    """Indexes of categories to star (双11)."""
    warned: tuple[int, ...] = ()
    """RANK: indexes of bars drawn in the warning colour."""

    @property
    def empty(self) -> bool:
        """True when no series has any value."""
        return all(value is None for series in self.series for value in series.values)


def even_labels(widths: Sequence[float], slot: float, gap: float) -> list[int]:
    """Indexes of the categories that are named: every one, every second, every third … so that none touch.

    Counted from the first, which bears the year; no two names come nearer than ``gap``.

    :param widths: of each name, in the units of ``slot``, the width of one category.
    """
    count = len(widths)
    for step in range(1, count):
        named = list(range(0, count, step))
        if all((widths[one] + widths[two]) / 2 + gap <= step * slot for one, two in pairwise(named)):
            return named
    return [0] if count else []


def nice_ticks(low: Decimal, high: Decimal, count: int = 5) -> tuple[Decimal, ...]:
    """Round tick values (1, 2, 2.5 or 5 × 10ⁿ steps) that enclose low … high, about ``count`` of them."""
    if high <= low:
        high = low + 1
    raw = (high - low) / max(count - 1, 1)
    magnitude = Decimal(1).scaleb(raw.adjusted())
    step = next(
        (
            magnitude * factor
            for factor in (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5))
            if magnitude * factor >= raw
        ),
        magnitude * 10,
    )
    first = (low / step).to_integral_value(rounding="ROUND_FLOOR")
    last = (high / step).to_integral_value(rounding="ROUND_CEILING")
    return tuple(step * i for i in range(int(first), int(last) + 1))
