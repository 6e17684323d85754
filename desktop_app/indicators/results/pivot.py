"""A pivot, a comparison and a ranking as the window, the clipboard and a spreadsheet show them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from desktop_app.models.values import CellState, plain, quantize


class Axis(StrEnum):
    """What the lines of a pivot or a ranking are."""

    COMPANY = "company"
    TOWN = "town"
    PART = "part"
    """分项: 同城, 异地, 国际/港澳台."""


class Measure(StrEnum):
    """What stands in the cells."""

    VALUE = "value"
    SHARE = "share"
    """Share in the whole, %."""
    YOY = "yoy"
    """同比, % or points."""


class LineKind(StrEnum):
    """What a line of a pivot is."""

    ROW = "row"
    TOTAL = "total"
    REST = "rest"
    """What the whole has and no row has (未分到乡镇)."""
    NOTE = "note"
    """Who is lacking in the total, in words."""


@dataclass(frozen=True)
class PivotCell:
    """One cell: ``text`` as printed, ``value`` the same as a number (None: ``text`` is the word of a state)."""

    text: str
    value: Decimal | None = None
    state: CellState = CellState.VALUE
    exact: Fraction | None = None
    """The amount behind the cell in base units, unrounded."""
    unit: str = ""
    """The base unit."""
    lacking: str = ""
    """Who is lacking in the amount."""

    @property
    def tip(self) -> str:
        """Exact amount and who is lacking; made when it is asked for."""
        amount = [] if self.exact is None else [f"{plain(quantize(self.exact, 4))} {self.unit}".strip()]
        return "\n".join([*amount, *([self.lacking] if self.lacking else [])])


@dataclass(frozen=True)
class PivotLine:
    """One line; ``cells`` are as many as the table's heads."""

    key: str
    name: str
    cells: tuple[PivotCell, ...]
    kind: LineKind = LineKind.ROW


@dataclass(frozen=True)
class PivotTable:
    """Lines over periods. ``unit`` is that of the cells; ``reason``: why there are no lines."""

    code: str
    name: str
    unit: str
    decimals: int
    heads: tuple[str, ...]
    keys: tuple[str, ...]
    """One per head: the period, empty for the total column."""
    lines: tuple[PivotLine, ...]
    measure: Measure = Measure.VALUE
    notes: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class RankRow:
    """One company or town in a ranking. ``rank`` None: no figure. Moves count places won (+) or lost (−)."""

    key: str
    name: str
    text: str
    state: CellState
    value: Decimal | None = None
    rank: int | None = None
    share_pct: Decimal | None = None
    yoy_pct: Decimal | None = None
    last_month: int | None = None
    last_year: int | None = None
    month_move: int | None = None
    year_move: int | None = None
