"""口径对比: one matter by several definitions, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop_app.charts import ChartSpec
from desktop_app.models.values import CellState


@dataclass(frozen=True)
class DefinitionLine:
    """The value under one definition (口径).

    ``key``: ``RUR.REACH``, ``any``, ``2`` …; ``fraction``: numerator and denominator in words; ``why``: why there is no
    value. ``used``: the figure that was asked about is of this definition.
    """

    key: str
    name: str
    text: str
    state: CellState
    fraction: str
    clause: str
    source: str
    validity: str
    used: bool = False
    why: str = ""
    value: Decimal | None = None
    """In base units, to four places."""


@dataclass(frozen=True)
class DefinitionTable:
    """All definitions of one matter for a period, and their course over a year."""

    code: str
    name: str
    period_label: str
    lines: tuple[DefinitionLine, ...]
    trend: ChartSpec
    note: str = ""

    @property
    def used(self) -> DefinitionLine | None:
        """The definition of the figure that was asked about."""
        return next((line for line in self.lines if line.used), None)
