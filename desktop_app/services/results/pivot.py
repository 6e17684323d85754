"""Results of 透视, 对比 and 名次."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.charts import ChartSpec
from desktop_app.indicators.results.pivot import Axis, LineKind, Measure, PivotCell, PivotLine, PivotTable, RankRow
from desktop_app.services.results.figures import Choice

__all__ = [
    "Axis",
    "CompareBoard",
    "CompareRow",
    "CompareView",
    "LineKind",
    "Measure",
    "PivotBoard",
    "PivotCell",
    "PivotLine",
    "PivotTable",
    "RankBoard",
    "RankRow",
    "Stretch",
]


class Stretch(StrEnum):
    """Which periods the columns are."""

    YEAR = "year"
    """January up to the month, with 累计."""
    MONTHS_12 = "m12"
    MONTHS_24 = "m24"
    QUARTERS = "quarters"
    """Eight quarters."""
    YEARS_5 = "y5"
    YEARS_10 = "y10"
    """Every month of ten years."""


class CompareView(StrEnum):
    """What the lines of a comparison are."""

    INDEX = "index"
    YOY = "yoy"
    VALUE = "value"


@dataclass(frozen=True)
class PivotBoard:
    """The pivot with the choices that go with it. ``charts``: one line chart per line of the table."""

    table: PivotTable
    charts: tuple[ChartSpec, ...]
    regions: tuple[Choice, ...]


@dataclass(frozen=True)
class CompareRow:
    """One month of a comparison; ``cells`` as many as indicators."""

    key: str
    month: str
    cells: tuple[PivotCell, ...]


@dataclass(frozen=True)
class CompareBoard:
    """Several indicators over the same months. ``base`` and ``bases``: the base month of the index and its choices."""

    chart: ChartSpec
    names: tuple[str, ...]
    units: tuple[str, ...]
    rows: tuple[CompareRow, ...]
    view: CompareView
    base: str = ""
    bases: tuple[Choice, ...] = ()
    notes: tuple[str, ...] = ()
    regions: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class RankBoard:
    """A ranking with its movements. ``reason``: why there are no rows."""

    code: str
    name: str
    unit: str
    period_label: str
    rows: tuple[RankRow, ...]
    chart: ChartSpec
    notes: tuple[str, ...] = ()
    reason: str = ""
    regions: tuple[Choice, ...] = ()
