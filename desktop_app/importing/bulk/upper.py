"""Counties and towns above the villages of a large registry; made as objects only when somebody asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from desktop_app.importing.kinds.registry import TOWN_KINDS, county_region, town_kind, town_region
from desktop_app.importing.plan import ImportContext, PlannedRegion

TownLine = tuple[int, str, str]
"""Line of the first village of a town (from 0), name of the town, name of its county, as they stand there."""


@dataclass(frozen=True)
class Uppers:
    """Units above the villages. ``read``: those that ordinary code has found, by code; ``towns``: by nine digits."""

    context: ImportContext
    read: Mapping[str, PlannedRegion]
    towns: Mapping[int, TownLine]

    @cached_property
    def regions(self) -> tuple[PlannedRegion, ...]:
        """Counties, then towns, each by the line that names it first."""
        found = dict(self.read) | self._counties()
        for number, (line, town, _) in self.towns.items():
            code = f"{number:09d}"
            known = found.get(code + "000")
            if known is None or line < known.row - 1:
                found[code + "000"] = town_region(code, town, line + 1)
        ordered = sorted(found.values(), key=lambda region: region.row)
        return tuple(sorted(ordered, key=lambda region: region.level == "town"))

    def _counties(self) -> dict[str, PlannedRegion]:
        first: dict[int, tuple[int, str]] = {}
        for number, (line, _, county) in self.towns.items():
            code = number // 1000
            if code not in first or line < first[code][0]:
                first[code] = (line, county)
        found: dict[str, PlannedRegion] = {}
        for number, (line, county) in first.items():
            code6 = f"{number:06d}"
            known = self.read.get(code6 + "000000")
            if known is None or line < known.row - 1:
                found[code6 + "000000"] = county_region(self.context, code6, county, line + 1)
        return found

    def others(self) -> list[PlannedRegion]:
        """What is not among ``packed_towns``."""
        return list((dict(self.read) | self._counties()).values())

    def packed_towns(self) -> list[str]:
        """Towns that ordinary code has not found: code, digit of the kind, name."""
        read = self.read
        packed = []
        for number, (_, name, _) in self.towns.items():
            code = f"{number:09d}000"
            if code not in read:
                packed.append(f"{code}{TOWN_KINDS.index(town_kind(code))}{name or code}")
        packed.sort()
        return packed
