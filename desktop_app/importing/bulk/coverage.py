"""A large village sheet of one row for each village and brand; each word is understood once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from operator import itemgetter
from typing import Generic, TypeVar

from desktop_app.importing.bulk.source import OrdinaryError, Piece
from desktop_app.importing.columns import is_typed, typed_columns
from desktop_app.importing.dates import read_date
from desktop_app.importing.draft import Draft
from desktop_app.importing.kinds import coverage as ordinary
from desktop_app.importing.kinds.coverage_cells import (
    Service,
    read_checker,
    read_count,
    read_day,
    read_evidence_kind,
    read_frequency,
    read_service,
)
from desktop_app.importing.lines import is_number
from desktop_app.importing.plan import KnownVillage, PlannedCoverage
from desktop_app.importing.recognise.villages import VillageIndex
from desktop_app.importing.recognise.words import key
from desktop_app.importing.table import INVISIBLE
from desktop_app.models.values import Month

K = TypeVar("K")
T = TypeVar("T")
_TOTALS = frozenset("计全tTsS")
"""Every word for a total has one of these."""
_NOTES = tuple("注说备附资数来填制审复经单统负联电报打导第共本以上述*※#(（")
"""Every note begins with one of these."""


class OddError(Exception):
    """A cell that ordinary code must look at."""


class _Words(dict[K, T], Generic[K, T]):
    """What texts mean, each worked out once; :class:`OddError` for those that are not plain."""

    def __init__(self, read: Callable[[K], T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: K) -> T:
        found = self[text] = self._read(text)
        return found


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
    _seen: set[tuple[str, str, int]] = field(default_factory=set)
    _doubles: set[tuple[str, str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        # A blank stands where there is no such column.
        self._take_cells = itemgetter(*(self.columns.get(role, self.width) for role in _ROLES))
        self._villages = _Words(self._village)
        self._brands = _Words(self._brand)
        self._services = _Words(_service)
        self._frequencies = _Words(_frequency)
        self._dates = _Words(_day)
        self._counts = _Words(_parcels)
        self._charges = _Words(ordinary.yes_no)
        self._proofs = _Words(read_evidence_kind)
        self._checkers = _Words(read_checker)
        self._months = _Words(self._month)
        self._late = _Words(self._is_late)
        self._strange = _Words[str, bool](lambda text: not _TOTALS.isdisjoint(text))
        self._is_number = _Words(is_number)
        self._keys = _Words(key)
        table, head = self.draft.table, self.draft.table.head
        start = head.last + 1 if head else 0
        typed = typed_columns([table.cells[row] for row, _ in table.numbered()], start)
        self._typed = next(iter(typed), None)
        self._is_typed = _Words(is_typed)
        self._least = max(1, self.width // 3, 2)

    def take(self, piece: Piece) -> None:
        """Go through one piece."""
        stripped = any(char in piece.text for char in INVISIBLE if char not in "\r\n" and char != piece.delimiter)
        damaged = "\ufffd" in piece.text or "锟" in piece.text
        for number, row in enumerate(piece.rows(), start=piece.first):
            try:
                if damaged:
                    _refuse_damage(row)
                self._row(number, [cell.strip(INVISIBLE) for cell in row] if stripped else row)
            except OddError:
                self.odd.append(number)
            else:
                self.plain += 1

    def _row(self, number: int, row: list[str]) -> None:
        if (
            len(row) != self.width
            or self.width - row.count("") <= self._least
            or (self.named < self.width and any(row[self.named :]))
        ):
            raise OddError
        row.append("")
        code, name, town, brand_name, mode, state, times, place, came, went, fee, day, when, proof, who = (
            self._take_cells(row)
        )
        if (not code or row[0] is not code) and self._unsettled(row):
            raise OddError
        village = self._villages[code, name, town]
        brand = self._brands[brand_name]
        service = self._services[mode, state]
        month = self._months[when]
        frequency, evidence = self._frequencies[times], self._dates[day]
        parcels = self._counts[came], self._counts[went]
        if self._late[evidence, month]:
            raise OddError
        if service is None:
            return
        mark = (village, self._keys[brand], month.key)
        if mark in self._seen:
            self._doubles.add(mark)
            raise OddError
        self._seen.add(mark)
        served = service.state.served
        self.records.append(
            PlannedCoverage(
                village,
                brand,
                month,
                service.state,
                service.modes,
                number + 1,
                frequency if served else None,
                place if served and place not in ordinary.NO_STATION else "",
                *parcels,
                self._charges[fee],
                evidence,
                evidence_kind=self._proofs[proof],
                checker=self._checkers[who],
            )
        )

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
        for row in odd.values():
            # An odd line may be the second of its village and brand: all lines of that village are looked at.
            wanted.update(self._near(row))
        if not wanted:
            return set()
        codes = {mark[0] for mark in wanted}
        return {r.row - 1 for r in self.records if r.village_code in codes}

    def _near(self, row: Sequence[str]) -> list[tuple[str, str, int]]:
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
            if village is None or (name and village not in self.index.find(name, "")):
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

    def _is_late(self, visit: tuple[date | None, Month]) -> bool:
        day, month = visit
        return day is not None and ordinary.is_late(day, month, self.draft.context.today)


_ROLES = (
    *("code", "village", "town", "brand", "mode", "state", "frequency", "station"),
    *("parcels_in", "parcels_out", "charge", "evidence", "month", "evidence_kind", "checker"),
)


def _refuse_damage(row: Sequence[str]) -> None:
    if any("\ufffd" in cell or "锟" in cell for cell in row):
        raise OddError


def _service(words: tuple[str, str]) -> Service | None:
    service = read_service("+".join(filter(None, words)))
    if isinstance(service, str):
        raise OddError
    return service


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


def _day(text: str) -> date | None:
    day = read_day(text)
    if text not in ordinary.NO_DATE and day is None:
        raise OddError
    return day
