"""A large village sheet of one row for each village and brand; each word is understood once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import partial
from itertools import chain, compress, repeat
from typing import Any, Generic, TypeVar

from desktop_app.importing.bulk.source import OrdinaryError, Piece
from desktop_app.importing.columns import is_typed, typed_columns
from desktop_app.importing.dates import read_date, read_day_near
from desktop_app.importing.draft import Draft
from desktop_app.importing.kinds import coverage as ordinary
from desktop_app.importing.kinds.coverage_cells import (
    Service,
    read_charge,
    read_checker,
    read_count,
    read_evidence_kind,
    read_frequency,
    read_service,
)
from desktop_app.importing.lines import is_number
from desktop_app.importing.plan import CellChange, KnownVillage, PlannedCoverage
from desktop_app.importing.recognise.villages import VillageIndex
from desktop_app.importing.recognise.words import key
from desktop_app.importing.table import INVISIBLE
from desktop_app.models.values import CoverageState, Month

K = TypeVar("K")
T = TypeVar("T")
Row = list[str]
Mark = tuple[str, str, int]
"""Village, brand, month."""
_TOTALS = frozenset("计全tTsS")
"""Every word for a total has one of these."""
_MOST_CHANGES = 50_000
_NOTES = tuple("注说备附资数来填制审复经单统负联电报打导第共本以上述*※#(（")
"""Every note begins with one of these."""


class OddError(Exception):
    """A cell that ordinary code must look at."""


class DoubtError(OddError):
    """A day that may be another day: ordinary code tells of the first one for all."""


class _Words(dict[K, T], Generic[K, T]):
    """What texts mean, each worked out once; :class:`OddError` for those that are not plain."""

    def __init__(self, read: Callable[[K], T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: K) -> T:
        found = self[text] = self._read(text)
        return found


@dataclass(frozen=True)
class _Meanings:
    """Of some lines, column by column; ``services``: None where a line says nothing.

    ``marks``: what no two lines may say both; ``days``: the words of the visit and of the month.
    """

    villages: list[str]
    brands: list[str]
    services: list[Service | None]
    months: list[Month]
    frequencies: list[int | None]
    stations: list[str]
    came: list[int | None]
    went: list[int | None]
    charges: list[bool | None]
    days: list[tuple[str, str]]
    visits: list[date | None]
    proofs: list[str]
    checkers: list[str]
    marks: list[Mark]

    def only(self, chosen: Sequence[bool]) -> _Meanings:
        """Those lines."""
        columns: Iterable[Any] = (getattr(self, item.name) for item in fields(self))
        return _Meanings(*(list(compress(column, chosen)) for column in columns))

    def records(self, numbers: Iterable[int]) -> Iterator[PlannedCoverage]:
        """The records of the lines with these numbers, which all say something."""
        services = [service for service in self.services if service is not None]
        served = [service.state is CoverageState.NORMAL for service in services]
        none = ordinary.NO_STATION
        cells = zip(
            self.villages,
            self.brands,
            self.months,
            [service.state for service in services],
            [service.modes for service in services],
            (number + 1 for number in numbers),
            [times if runs else None for times, runs in zip(self.frequencies, served, strict=True)],
            [place if runs and place not in none else "" for place, runs in zip(self.stations, served, strict=True)],
            self.came,
            self.went,
            self.charges,
            self.visits,
            repeat("", len(services)),
            self.proofs,
            self.checkers,
            repeat("", len(services)),
            repeat("", len(services)),
            strict=True,
        )
        # As ``PlannedCoverage._make`` does, without a call of Python's for each of half a million.
        return map(partial(tuple.__new__, PlannedCoverage), cells)


@dataclass
class CoverageScan:
    """What has been found so far; ``odd`` are line numbers of the file, from 0.

    ``draft``: of the head lines, after :func:`ordinary.prepare`.
    """

    draft: Draft
    columns: Mapping[str, int]
    width: int
    named: int
    index: VillageIndex
    records: list[PlannedCoverage] = field(default_factory=list)
    plain: int = 0
    odd: list[int] = field(default_factory=list)
    changes: list[CellChange] = field(default_factory=list)
    """Days that were read otherwise than they stand."""
    untold: int = 0
    """How many more there are than are told one by one."""
    _assumed: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    _doubted: bool = False
    _seen: set[Mark] = field(default_factory=set)
    _doubles: set[Mark] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._villages = _Words(self._village)
        self._brands = _Words(self._brand)
        self._services = _Words(_service)
        self._frequencies = _Words(_frequency)
        self._visits = _Words(self._visit_day)
        self._counts = _Words(_parcels)
        self._charges = _Words[str, bool | None](lambda text: _known(read_charge(text)))
        self._proofs = _Words(read_evidence_kind)
        self._checkers = _Words(read_checker)
        self._months = _Words(self._month)
        self._late = _Words(self._is_late)
        self._strange = _Words[str, bool](lambda text: not _TOTALS.isdisjoint(text))
        self._is_number = _Words(is_number)
        self._keys = _Words[str, str](lambda text: key(self._brands[text]))
        self._month_keys = _Words[str, int](lambda text: self._months[text].key)
        table, head = self.draft.table, self.draft.table.head
        start = head.last + 1 if head else 0
        typed = typed_columns([table.cells[row] for row, _ in table.numbered()], start)
        self._typed = next(iter(typed), None)
        self._is_typed = _Words(is_typed)
        self._least = max(1, self.width // 3, 2)

    def take(self, piece: Piece) -> None:
        """Go through one piece."""
        numbers = self._noted(list(self._ordinary(piece).items()))
        self.plain += len(numbers)
        self.odd += sorted(set(range(piece.first, piece.first + piece.lines)).difference(numbers))

    def _noted(self, lines: Sequence[tuple[int, Row]]) -> list[int]:
        """Keep what these lines say; returns the numbers of those that need no look from ordinary code."""
        if not lines:
            return []
        numbers, rows = zip(*lines, strict=True)
        try:
            found = self._understood(rows)
        except OddError as odd:
            if len(lines) == 1:
                self._doubted = self._doubted or isinstance(odd, DoubtError)
                return []
        else:
            self._tell_days(numbers, found.days)
            return self._keep(numbers, found)
        # Halves until the odd line stands alone: few lines are, and all words of the others are known by now.
        middle = len(lines) // 2
        return self._noted(lines[:middle]) + self._noted(lines[middle:])

    def _ordinary(self, piece: Piece) -> dict[int, Row]:
        """Lines with the usual cells that can be neither totals nor notes nor another head, by number."""
        rows = piece.rows()
        if any(char in piece.text for char in INVISIBLE if char not in "\r\n" and char != piece.delimiter):
            rows = [[cell.strip(INVISIBLE) for cell in row] for row in rows]
        width, named, most = self.width, self.named, self.width - self._least
        lines = {
            number: row
            for number, row in enumerate(rows, start=piece.first)
            if len(row) == width and row.count("") < most and not (named < width and any(row[named:]))
        }
        if "\ufffd" in piece.text or "锟" in piece.text:
            lines = {number: row for number, row in lines.items() if not _is_damaged(row)}
        code = self.columns.get("code")
        if code == 0:
            return {number: row for number, row in lines.items() if row[0] or not self._unsettled(row)}
        return {number: row for number, row in lines.items() if not self._unsettled(row)}

    def _understood(self, rows: Sequence[Row]) -> _Meanings:
        """What the cells of these lines mean, column by column.

        :raises OddError: in one of the lines is a cell that ordinary code must look at.
        """
        cells = list(zip(*rows, strict=True))

        def of(role: str) -> Iterable[str]:
            # A blank stands where there is no such column.
            return cells[self.columns[role]] if role in self.columns else repeat("", len(rows))

        days = list(zip(of("evidence"), of("month"), strict=True))
        if any(map(self._late.__getitem__, days)):
            raise OddError
        villages = list(map(self._villages.__getitem__, zip(of("code"), of("village"), of("town"), strict=True)))
        return _Meanings(
            villages=villages,
            brands=list(map(self._brands.__getitem__, of("brand"))),
            services=list(map(self._services.__getitem__, zip(of("mode"), of("state"), strict=True))),
            months=list(map(self._months.__getitem__, of("month"))),
            frequencies=list(map(self._frequencies.__getitem__, of("frequency"))),
            stations=list(of("station")),
            came=list(map(self._counts.__getitem__, of("parcels_in"))),
            went=list(map(self._counts.__getitem__, of("parcels_out"))),
            charges=list(map(self._charges.__getitem__, of("charge"))),
            days=days,
            visits=list(map(self._visits.__getitem__, days)),
            proofs=list(map(self._proofs.__getitem__, of("evidence_kind"))),
            checkers=list(map(self._checkers.__getitem__, of("checker"))),
            marks=list(
                zip(
                    villages,
                    map(self._keys.__getitem__, of("brand")),
                    map(self._month_keys.__getitem__, of("month")),
                    strict=True,
                )
            ),
        )

    def _keep(self, numbers: Sequence[int], found: _Meanings) -> list[int]:
        """Keep the records of these lines; returns the lines that do not say a second time what another has said."""
        told = [service is not None for service in found.services]
        if not all(told):
            silent = [number for number, says in zip(numbers, told, strict=True) if not says]
            return silent + self._keep(list(compress(numbers, told)), found.only(told))
        marks = set(found.marks)
        if len(marks) == len(numbers) and self._seen.isdisjoint(marks):
            self._seen |= marks
            self.records += found.records(numbers)
            return list(numbers)
        first = [self._is_first(mark) for mark in found.marks]
        kept = list(compress(numbers, first))
        self.records += found.only(first).records(kept)
        return kept

    def _is_first(self, mark: Mark) -> bool:
        if mark in self._seen:
            self._doubles.add(mark)
            return False
        self._seen.add(mark)
        return True

    def _tell_days(self, numbers: Sequence[int], days: Sequence[tuple[str, str]]) -> None:
        """Days that were read otherwise than they stand, the first of them one by one."""
        if not self._assumed:
            return
        column = self.draft.name(self.columns["evidence"])
        assumed = [(number, words) for number, words in zip(numbers, days, strict=True) if words in self._assumed]
        told = assumed[: _MOST_CHANGES - len(self.changes)]
        self.changes += [CellChange(number + 1, column, words[0], *self._assumed[words]) for number, words in told]
        self.untold += len(assumed) - len(told)

    def _unsettled(self, row: Sequence[str]) -> bool:
        """Whether the words of a line could make it a total, a note or another head."""
        if self._typed is not None and not self._is_typed[row[self._typed]]:
            return True
        filled = [text for text in row if text]
        words = [text for text in filled if not self._is_number[text]]
        return filled[0].startswith(_NOTES) or any(self._strange[text] for text in words[:2])

    def lines_of(self, odd: Mapping[int, list[str]]) -> set[int]:
        """Lines that look in order but say the same as an odd one.

        :raises OrdinaryError: an odd line may take its town from a line above that is in order.
        """
        c = self.columns
        for row in odd.values():
            cells = [cell.strip(INVISIBLE) for cell in row]
            if "town" in c and len(cells) == self.width and not cells[c["town"]]:
                named = "village" in c and cells[c["village"]]
                if named and not ("code" in c and cells[c["code"]] in self.index.by_code):
                    raise OrdinaryError
        wanted = set(self._doubles)
        head = self.draft.table.head
        for number, row in odd.items():
            # An odd line may be the second of its village and brand: all lines of that village are looked at.
            if head is None or number not in head.rows:
                wanted.update(self._near(row))
        if not wanted:
            return set()
        codes = {mark[0] for mark in wanted}
        return {r.row - 1 for r in self.records if r.village_code in codes}

    def _near(self, row: Sequence[str]) -> list[Mark]:
        cells = [cell.strip(INVISIBLE) for cell in row]
        code, name = (
            cells[self.columns[role]] if role in self.columns and self.columns[role] < len(cells) else ""
            for role in ("code", "village")
        )
        found = [v for v in (self.index.by_code.get("".join(filter(str.isdigit, code))),) if v is not None]
        return [(v.code, "", 0) for v in chain(found, self.index.find(name, "") if name else ())]

    # --------------------------------------------------------------------------------------------- words

    def _village(self, words: tuple[str, str, str]) -> str:
        code, name, town = words
        village: KnownVillage | None
        if code:
            village = self.index.by_code.get(code)
            if village is None or (name and not self.index.is_called(village, name)):
                raise OddError
            return village.code
        found = self.index.find(name, town) if name and (town or "town" not in self.columns) else []
        if len(found) != 1:
            raise OddError
        return found[0].code

    def _brand(self, name: str) -> str:
        brand = ordinary.known_brand(self.draft, name) if name else None
        if brand is None:
            raise OddError
        return brand

    def _month(self, text: str) -> Month:
        if "month" not in self.columns:
            if self.draft.month is None:
                raise OddError
            return self.draft.month
        found = read_date(text)
        if found is None or found.why:
            raise OddError
        return found.month

    def _visit_day(self, words: tuple[str, str]) -> date | None:
        """The day of a visit by its words and those of the month."""
        text, month = words[0], self._months[words[1]]
        if text in ordinary.NO_DATE:
            return None
        found = read_day_near(text, month)
        if found is None:
            raise OddError
        if found.doubt is not None and not self._doubted:
            raise DoubtError
        if found.why:
            self._assumed[words] = str(found.day), found.why
        return found.day

    def _is_late(self, words: tuple[str, str]) -> bool:
        day, month = self._visits[words], self._months[words[1]]
        return day is not None and ordinary.is_late(day, month, self.draft.context.today)


def _is_damaged(row: Row) -> bool:
    return any("\ufffd" in cell or "锟" in cell for cell in row)


def _known(read: T | str | None) -> T | None:
    if isinstance(read, str):
        raise OddError
    return read


def _service(words: tuple[str, str]) -> Service | None:
    return _known(read_service("+".join(filter(None, words))))


def _frequency(text: str) -> int | None:
    frequency = read_frequency(text)
    if text not in ordinary.NO_FREQUENCY and (frequency is None or frequency > ordinary.MAX_FREQUENCY):
        raise OddError
    return frequency


def _parcels(text: str) -> int | None:
    count = read_count(text)
    if count is None and any(char.isdecimal() for char in text):
        raise OddError
    return count
