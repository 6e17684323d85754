"""What a column of a table shows, said once per column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Generic, TypeVar

from PySide6.QtCore import Qt

from desktop_app.services.results.tone import Tone

R = TypeVar("R")


class Align(StrEnum):
    """Words to the left, figures to the right."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"

    @property
    def flag(self) -> Qt.AlignmentFlag:
        """For Qt."""
        sides = {
            "left": Qt.AlignmentFlag.AlignLeft,
            "right": Qt.AlignmentFlag.AlignRight,
            "center": Qt.AlignmentFlag.AlignHCenter,
        }
        return sides[self.value] | Qt.AlignmentFlag.AlignVCenter


class CellRole(IntEnum):
    """Item data roles beyond Qt's."""

    TONE = int(Qt.ItemDataRole.UserRole) + 1
    CELL = TONE + 1
    """A :class:`Heat`, :class:`Spark` or :class:`Bullet` for the delegate of that kind."""
    SORT = TONE + 2
    INDENT = TONE + 3
    ROW = TONE + 4
    """The frozen row itself."""


class CellKind(StrEnum):
    """How the cells of a column are painted."""

    TEXT = "text"
    TAG = "tag"
    """``text`` on a tinted ground in the tone of ``tone``."""
    HEAT = "heat"
    """``cell`` gives a :class:`Heat`."""
    SPARK = "spark"
    """``cell`` gives a :class:`Spark`."""
    BULLET = "bullet"
    """``cell`` gives a :class:`Bullet`."""


class HeatLook(StrEnum):
    """How a heat cell is painted; a mono print tells them apart as well."""

    FILL = "fill"
    HATCH = "hatch"
    """Below the limit: stripes."""
    MISSING = "missing"
    """未报: dashed box."""
    PLAIN = "plain"
    """A value that is measured against nothing: text without a box."""
    NONE = "none"
    """不适用: quiet text, no box."""


@dataclass(frozen=True)
class Heat:
    """A cell of a heat map. ``level`` 0…1 is the depth of the green for FILL."""

    text: str
    look: HeatLook = HeatLook.FILL
    level: float = 0.0


@dataclass(frozen=True)
class Spark:
    """A small line with a dotted target; None is a gap."""

    values: tuple[Decimal | None, ...]
    target: Decimal | None = None


@dataclass(frozen=True)
class Bullet:
    """A share of a target in %, and the share that the pace asks for by now (a tick)."""

    value: Decimal
    pace: Decimal | None = None
    behind: bool = False


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column over rows of type R.

    ``text``: what stands in the cell and what is copied. ``width``: in characters of the cell font, None = by
    contents. ``stretch``: takes the room that is left. ``sort``: key to sort by; None = the column does not sort.
    """

    head: str
    text: Callable[[R], str]
    align: Align = Align.LEFT
    kind: CellKind = CellKind.TEXT
    tone: Callable[[R], Tone | None] | None = None
    bold: Callable[[R], bool] | bool = False
    tip: Callable[[R], str] | None = None
    cell: Callable[[R], Heat | Spark | Bullet | None] | None = None
    sort: Callable[[R], object] | None = None
    indent: Callable[[R], int] | None = None
    muted: bool = False
    """The whole column in the quiet colour (notes, clauses)."""
    width: float | None = None
    stretch: bool = False
    head_tip: str = ""
    ground: Callable[[R], str] | None = None
    """Colour token of the cell's ground (``bad_soft``, ``warn_soft``, ``total_soft``, ``panel`` …); "" = none."""


def number_key(value: Decimal | float | None) -> tuple[int, Decimal]:
    """Sort key for figures: what has no figure comes last in ascending order."""
    return (1, Decimal(0)) if value is None else (0, Decimal(value))
