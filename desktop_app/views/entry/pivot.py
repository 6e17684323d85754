"""Which cells stand where: indicators × periods, towns × periods, or towns × indicators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.services.results.entry import CellKey, EntryBoard, EntryItem, EntryPeriod, EntryPlace
from desktop_app.views.finding import matches


class Shape(StrEnum):
    """What runs down and what runs across."""

    ITEMS = "items"
    """Indicators down, periods across, for one place."""
    TOWNS = "towns"
    """County and towns down, periods across, for one indicator."""
    SHEET = "sheet"
    """County and towns down, indicators across, for one period."""


@dataclass(frozen=True)
class Chosen:
    """The choices above the grid. ``group``: first part of the indicators' group, empty for all.

    ``words``: of a search among names, codes and pinyin initials.
    """

    shape: Shape = Shape.ITEMS
    group: str = ""
    place: str = ""
    item: str = ""
    period: str = ""
    words: tuple[str, ...] = ()


Where = tuple[EntryItem, EntryPeriod, EntryPlace]


def chosen_items(board: EntryBoard, chosen: Chosen) -> list[EntryItem]:
    """The indicators of the chosen group that the search finds."""
    return [
        item
        for item in board.items
        if (not chosen.group or item.group.startswith(f"{chosen.group}/"))
        and (not chosen.words or matches(chosen.words, item.name, item.code.lower(), "", item.initials))
    ]


class Pivot:
    """The grid that the choices give over a board. Rows and columns are counted from 0."""

    def __init__(self, board: EntryBoard, chosen: Chosen) -> None:
        self.board = board
        self.chosen = chosen
        items = chosen_items(board, chosen)
        place = next((p for p in board.places if p.code == chosen.place), board.places[0])
        period = next((p for p in board.periods if p.key == chosen.period), board.periods[board.now])
        split = [item for item in items if item.towns]
        one = next((item for item in split if item.code == chosen.item), split[0] if split else None)
        self._rows: tuple[EntryItem | EntryPlace, ...] = board.places
        self._columns: tuple[EntryItem | EntryPeriod, ...] = board.periods
        if chosen.shape is Shape.ITEMS:
            self._rows = tuple(item for item in items if item.towns or place == board.places[0])
        elif chosen.shape is Shape.SHEET:
            self._columns = tuple(split)
        elif one is None:
            self._rows = ()
        self._place, self._period, self._item = place, period, one

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self._rows)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self._columns)

    @property
    def fixed(self) -> str:
        """What the whole grid is of, in words."""
        match self.chosen.shape:
            case Shape.ITEMS:
                return self._place.name
            case Shape.TOWNS:
                return f"{self._item.name}（{self._item.unit}）" if self._item is not None else ""
            case Shape.SHEET:
                return self._period.label if self.board.yearly else self._period.month.label

    def at(self, row: int, column: int) -> Where:
        """Indicator, period and place of a cell."""
        down, across = self._rows[row], self._columns[column]
        item = down if isinstance(down, EntryItem) else across if isinstance(across, EntryItem) else self._item
        period = across if isinstance(across, EntryPeriod) else self._period
        place = down if isinstance(down, EntryPlace) else self._place
        assert item is not None  # noqa: S101 - without one there are no rows
        return item, period, place

    def key(self, row: int, column: int) -> CellKey:
        """Address of a cell."""
        item, period, place = self.at(row, column)
        return CellKey(item.code, period.key, place.code)

    def lock(self, row: int, column: int) -> str:
        """Why nothing can be entered there; empty when it can."""
        return self.board.lock(*self.at(row, column))

    def every(self) -> Iterator[tuple[int, int, CellKey]]:
        """Every cell with its place."""
        for row in range(self.height):
            for column in range(self.width):
                yield row, column, self.key(row, column)

    def row_head(self, row: int) -> str:
        """常住人口（万人）, or the name of a town."""
        down = self._rows[row]
        if isinstance(down, EntryItem):
            return f"{down.name}{'累计' if down.cumulative else ''}（{down.unit}）"
        return down.name

    def column_head(self, column: int) -> str:
        """3月, 2021年, or the name of an indicator above its unit."""
        across = self._columns[column]
        return f"{across.name}\n{across.unit}" if isinstance(across, EntryItem) else across.label

    def tip(self, row: int) -> str:
        """What the row's indicator means; empty for a town."""
        down = self._rows[row]
        if not isinstance(down, EntryItem):
            return ""
        theirs = "\n企业报送的指标：这里录本局自己统计的数；企业报了的月份以企业报数汇总为准。" if down.theirs else ""
        return f"{down.definition}\n{down.every.label}录入{theirs}"
