"""What the entry grid (录入) shows and what storing typed figures comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop_app.catalogue.model import Frequency
from desktop_app.models.values import CellState, FigureStatus, Month

__all__ = [
    "CellKey",
    "CellRemark",
    "CellState",
    "EntryAnswer",
    "EntryBoard",
    "EntryCell",
    "EntryItem",
    "EntryPeriod",
    "EntryPlace",
    "FigureStatus",
    "Frequency",
    "TypedCell",
]


class CellKey(NamedTuple):
    """Address of a cell. ``period``: ``2021-03``, or ``2021`` for what is entered by the year."""

    code: str
    period: str
    region: str


@dataclass(frozen=True)
class EntryItem:
    """An indicator that the bureau enters. ``theirs``: companies report it; the bureau enters its own count."""

    code: str
    name: str
    unit: str
    group: str
    every: Frequency
    towns: bool
    theirs: bool
    cumulative: bool
    """What is entered for a month is 本年累计."""
    definition: str
    initials: str = ""
    """Pinyin initials of the name."""


@dataclass(frozen=True)
class EntryPlace:
    """The county or a town; ``code`` has 12 digits."""

    code: str
    name: str


@dataclass(frozen=True)
class EntryPeriod:
    """A month or a year. ``begun``: false for what lies in the future (a year counts at its end)."""

    key: str
    label: str
    month: Month
    begun: bool


@dataclass(frozen=True)
class EntryCell:
    """What stands in the ledger. ``text``: exact in the unit of the item, or the word of the state."""

    text: str
    state: CellState
    status: FigureStatus
    version: int
    batch: int
    source: str
    """File or entry that it came from."""
    reason: str


@dataclass(frozen=True)
class TypedCell:
    """A cell as the user typed it; an empty text stands for 未报."""

    key: CellKey
    text: str


@dataclass(frozen=True)
class CellRemark:
    """Something wrong (hard) or doubtful (soft) with a typed cell: what, and how to mend it."""

    key: CellKey
    message: str
    hint: str


@dataclass(frozen=True)
class EntryBoard:
    """Everything that can be entered for one year by month, or for ten years by year.

    ``cells`` holds what stands; ``county_locks`` cells that are filled by companies' reports: (code, period).
    """

    yearly: bool
    items: tuple[EntryItem, ...]
    places: tuple[EntryPlace, ...]
    """The county first."""
    periods: tuple[EntryPeriod, ...]
    cells: Mapping[CellKey, EntryCell]
    county_locks: frozenset[tuple[str, str]] = frozenset()
    now: int = field(default=0)
    """Index of the period to begin with."""

    def lock(self, item: EntryItem, period: EntryPeriod, place: EntryPlace) -> str:
        """Why nothing can be entered there; empty when it can."""
        if not period.begun:
            return (
                "还没有到" if not self.yearly else f"{period.label}还没有过完；年度数到 12 月起录入，之前沿用上一年的"
            )
        if not item.towns and place.code != self.places[0].code:
            return f"{item.name}不分乡镇，只录全县"
        if item.every is Frequency.QUARTER and not self.yearly and period.month.month % 3:
            return f"{item.name}按季录入：3、6、9、12 月"
        if place.code == self.places[0].code and (item.code, period.key) in self.county_locks:
            return "全县的数由企业报送汇总，本局不改企业的数；要改请退回企业重报"
        return ""


@dataclass(frozen=True)
class EntryAnswer:
    """What became of typed cells.

    Where ``asked`` is not empty and no reason was given, nothing has been stored (``batch`` is None); otherwise all
    but the ``refused`` ones stand. ``cells``: how the cells stand now; None = nothing there.
    """

    batch: int | None
    stored: tuple[CellKey, ...]
    refused: tuple[CellRemark, ...]
    asked: tuple[CellRemark, ...]
    cells: Mapping[CellKey, EntryCell | None]
    clean: int = 0
    """With ``asked``: how many could be stored without a reason."""
