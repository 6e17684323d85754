"""快递进村: which villages are reached as of a month, by whom, since when (history is never lost).

A record holds until the next one of the same village and brand (沿用). Definitions (口径) of “reached”:
``any`` at least one brand; ``direct`` a brand delivers itself (企业直投); ``major`` all main brands of the year;
a number K: at least K main brands.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from desktop_app.indicators.stations import StationRegister
from desktop_app.models.values import CoverageMode, CoverageState, Month

STOPPED = frozenset({CoverageState.SUSPENDED, CoverageState.RELAPSED})
"""States of a service that is there no longer."""
DEFINITIONS = {
    "any": "任一品牌通达",
    "direct": "企业直投到村",
    "major": "主要品牌全部通达",
}


def definition_text(definition: str) -> str:
    """Chinese name of a definition; ``ValueError`` when there is none like it."""
    if definition in DEFINITIONS:
        return DEFINITIONS[definition]
    if definition.isdigit() and int(definition) > 0:
        return f"至少 {int(definition)} 个主要品牌通达"
    raise ValueError(definition)


@dataclass(frozen=True)
class Village:
    """A 建制村 that counts. ``since``: records of its code before this month (as 202103) are another village's."""

    code: str
    name: str
    town_code: str
    town: str
    since: int = 0


class CoverageFact(NamedTuple):
    """One record: village × brand from ``month`` on."""

    month: int
    state: CoverageState
    modes: frozenset[CoverageMode]
    weekly_frequency: int | None = None
    station: str = ""
    parcels_in: int | None = None
    parcels_out: int | None = None
    evidence_date: date | None = None
    batch_id: int = 0
    row: int = 0
    extra_charge: bool | None = None
    evidence_kind: str = ""
    checker: str = ""
    evidence_sha256: str = ""
    reason: str = ""


History = Mapping[str, Mapping[str, tuple[CoverageFact, ...]]]
"""village code → brand → records in order of month."""


@dataclass(frozen=True)
class VillageState:
    """What holds in one village as of a month: the latest record of every brand.

    ``registered``: names of the stations that the register of stations (村级站) has for it.
    """

    village: Village
    records: Mapping[str, CoverageFact]
    registered: tuple[str, ...] = ()

    @property
    def served(self) -> tuple[str, ...]:
        """Brands in normal service."""
        return tuple(brand for brand, fact in self.records.items() if fact.state.served)

    @property
    def modes(self) -> tuple[CoverageMode, ...]:
        """Modes in use, in the order of the list."""
        used = {mode for brand in self.served for mode in self.records[brand].modes}
        return tuple(mode for mode in CoverageMode if mode in used)

    @property
    def frequency(self) -> int | None:
        """Highest weekly frequency on record (周投递次数) but of services that have stopped (停运, 回退).

        未通 does count: a sheet of brands says how often mail comes also to a village that no express brand reaches.
        """
        facts = self.records.values()
        given = [f.weekly_frequency for f in facts if f.weekly_frequency is not None and f.state not in STOPPED]
        return max(given, default=None)

    @property
    def station(self) -> str:
        """Name of the village station, empty when there is none: of a running service, else of the register.

        The one answer to whether a village has a station (一村一站).
        """
        named = (self.records[b].station for b in self.served if self.records[b].station)
        return next(named, "") or next(iter(self.registered), "")

    def reached(self, definition: str, majors: tuple[str, ...]) -> bool:
        """Whether the village counts as reached under the definition."""
        if definition == "any":
            # The first brand decides for most of the villages of a province.
            return any(fact.state.served for fact in self.records.values())
        if definition == "direct":
            return CoverageMode.DIRECT in self.modes
        main = set(self.served).intersection(majors)
        return len(main) >= (len(majors) if definition == "major" else int(definition)) and bool(main)


@dataclass(frozen=True)
class Snapshot:
    """All villages as of a month."""

    month: Month
    villages: tuple[VillageState, ...]
    majors: tuple[str, ...]

    def count(self, definition: str) -> int:
        """Villages reached under the definition."""
        return sum(1 for village in self.villages if village.reached(definition, self.majors))

    def rate_pct(self, definition: str) -> Fraction | None:
        """通达率 in %: reached / all 建制村; None when there is no village."""
        return ratio_pct(self.count(definition), len(self.villages))


@dataclass(frozen=True)
class CoverageBook:
    """Register and records of one county; snapshots are computed once per month.

    ``villages`` maps a month to the 建制村 of that month; ``majors`` a year to its main brands, falling back to every
    brand that had a record by the month.
    """

    register: tuple[tuple[Village, int, int | None], ...]
    """(village, first month key, last month key or None)"""
    history: History
    majors: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    stations: StationRegister = field(default_factory=StationRegister)
    _snapshots: dict[Month, Snapshot] = field(default_factory=dict, repr=False, compare=False)

    def of_town(self, town: str) -> CoverageBook:
        """The same records with the villages of one town only; without any when it has none."""
        register = tuple(row for row in self.register if row[0].town_code == town)
        return CoverageBook(register, self.history, self.majors, self.stations)

    def towns(self, month: Month) -> dict[str, str]:
        """Code and name of every town with a 建制村 in a month, in order of code."""
        found = {state.village.town_code: state.village.town for state in self.snapshot(month).villages}
        return dict(sorted(found.items()))

    @cached_property
    def _begun(self) -> dict[str, int]:
        """Month of the first record of every brand, in the order of ``brands``."""
        first: dict[str, int] = {}
        for records in self.history.values():
            for brand, facts in records.items():
                first[brand] = min(first.get(brand, facts[0].month), facts[0].month)
        return {brand: first[brand] for brand in self.brands}

    @property
    def brands(self) -> tuple[str, ...]:
        """Every brand with a record, by how many villages it has records of."""
        counts: dict[str, int] = {}
        for records in self.history.values():
            for brand in records:
                counts[brand] = counts.get(brand, 0) + 1
        return tuple(sorted(counts, key=lambda b: (-counts[b], b)))

    def first_month(self) -> Month | None:
        """Month of the earliest record."""
        keys = [facts[0].month for records in self.history.values() for facts in records.values() if facts]
        return Month.from_key(min(keys)) if keys else None

    def started(self, month: Month) -> bool:
        """Whether anything had been recorded by ``month``."""
        first = self.first_month()
        return first is not None and first <= month

    def snapshot(self, month: Month) -> Snapshot:
        """State as of ``month``."""
        if month not in self._snapshots:
            named = self.stations.named(month)
            states = tuple(
                VillageState(village, self._as_of(village, month), named.get(village.code, ()))
                for village, first, last in self.register
                if first <= month.key and (last is None or month.key <= last)
            )
            # A brand that came later says nothing of this month.
            known = tuple(brand for brand, first in self._begun.items() if first <= month.key)
            self._snapshots[month] = Snapshot(month, states, self.majors.get(month.year) or known)
        return self._snapshots[month]

    def _as_of(self, village: Village, month: Month) -> dict[str, CoverageFact]:
        found = {}
        for brand, facts in self.history.get(village.code, {}).items():
            position = bisect_right(facts, month.key, key=lambda fact: fact.month)
            if position and facts[position - 1].month >= village.since:
                found[brand] = facts[position - 1]
        return found

    def records_of(self, village: Village) -> dict[str, tuple[CoverageFact, ...]]:
        """Brand → its records of this village: what its code had before, as another village's, is left out."""
        found = {}
        for brand, facts in self.history.get(village.code, {}).items():
            mine = facts if not village.since else tuple(fact for fact in facts if fact.month >= village.since)
            if mine:
                found[brand] = mine
        return found

    def unreached_since(self, state: VillageState, month: Month, definition: str) -> Month | None:
        """First month of the present spell without service; None when the village was never reached."""
        mine = self.records_of(state.village).values()
        changes = sorted({fact.month for facts in mine for fact in facts})
        majors = self.snapshot(month).majors
        since: Month | None = None
        for key in reversed([k for k in changes if k <= month.key]):
            then = Month.from_key(key)
            if VillageState(state.village, self._as_of(state.village, then)).reached(definition, majors):
                return since
            since = then
        return None

    def relapsed(self, state: VillageState, month: Month, definition: str) -> bool:
        """Whether the village has fallen back (回退): it was reached before, or the sheet itself says so.

        A sheet may report 回退 or 停运 of a service that the ledger never saw running; that is about any service.
        """
        if state.reached(definition, self.snapshot(month).majors):
            return False
        said = definition == "any" and any(fact.state in STOPPED for fact in state.records.values())
        return said or self.unreached_since(state, month, definition) is not None


def ratio_pct(part: int, whole: int) -> Fraction | None:
    """Percentage of part in whole; None when there is nothing to divide by."""
    return Fraction(part * 100, whole) if whole else None


def coverage_value(book: CoverageBook, code: str, month: Month) -> Fraction | None:
    """The indicator ``code`` of kind COVERAGE as of ``month`` in base units; None when it cannot be said.

    None also before the first record: a county that has not begun to register is 未报, not 0 %.
    """
    snapshot = book.snapshot(month)
    villages = snapshot.villages
    if code == "RUR.VILLAGES":
        return Fraction(len(villages)) if villages else None
    first = book.first_month()
    if first is None or month < first or not villages:
        return None
    test = VILLAGE_TESTS.get(code)
    if test is None:
        return None
    count = sum(1 for village in villages if test(village, snapshot.majors))
    return Fraction(count) if code in COUNTED else ratio_pct(count, len(villages))


VillageTest = Callable[[VillageState, tuple[str, ...]], bool]
"""Whether a village counts, given the year's main brands."""

VILLAGE_TESTS: dict[str, VillageTest] = {
    "RUR.YK.VIL": lambda village, _: CoverageMode.POST in village.modes,
    "RUR.STATION": lambda village, _: bool(village.station),
    "RUR.REACH": lambda village, majors: village.reached("any", majors),
    "RUR.DIRECT": lambda village, majors: village.reached("direct", majors),
    "RUR.MAJOR": lambda village, majors: village.reached("major", majors),
    "RUR.FREQ3": lambda village, _: (village.frequency or 0) >= 3,
}
COUNTED = frozenset({"RUR.YK.VIL", "RUR.STATION"})
"""Numbers of villages; the others are shares in all of them."""
