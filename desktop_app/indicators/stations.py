"""The register of village stations (村级寄递物流综合服务站) as of a month: which village has which. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from desktop_app.models.values import Month

_MOST_MOVES = 20


class Station(NamedTuple):
    """A station of the register; ``villages``: codes of the one in which it lies and of those that it serves too."""

    name: str
    villages: tuple[str, ...]
    opened: Month | None = None
    closed: Month | None = None

    def is_open(self, month: Month) -> bool:
        """Whether it was open in the month; without a day of opening it always was."""
        return (self.opened is None or self.opened <= month) and (self.closed is None or month <= self.closed)


class VillageSpan(NamedTuple):
    """A village under one code from ``first`` to ``last`` (month keys); ``successor``: the code that it has since."""

    code: str
    first: int
    last: int | None = None
    successor: str = ""


@dataclass(frozen=True)
class StationRegister:
    """Every village station, and the codes of the villages over time: a station moves with its village."""

    stations: tuple[Station, ...] = ()
    spans: tuple[VillageSpan, ...] = ()

    def named(self, month: Month) -> dict[str, tuple[str, ...]]:
        """Code of a village in the month → names of the open stations that lie in it or serve it."""
        found: dict[str, list[str]] = {}
        for station in self.stations:
            if station.is_open(month):
                for code in dict.fromkeys(self._code_in(code, station, month) for code in station.villages):
                    found.setdefault(code, []).append(station.name)
        return {code: tuple(names) for code, names in found.items()}

    def _code_in(self, code: str, station: Station, month: Month) -> str:
        since = station.opened.key if station.opened is not None else 0
        for _ in range(_MOST_MOVES):
            left = next((m for m in self._moves.get(code, ()) if since <= (m.last or 0) < month.key), None)
            if left is None or (not since and self._is_village(code, month)):
                # A code used again: a station of which nobody said since when is that of the village now.
                break
            code, since = left.successor, (left.last or 0) + 1
        return code

    def _is_village(self, code: str, month: Month) -> bool:
        return any(
            span.first <= month.key and (span.last is None or month.key <= span.last)
            for span in self._by_code.get(code, ())
        )

    @cached_property
    def _by_code(self) -> dict[str, list[VillageSpan]]:
        found: dict[str, list[VillageSpan]] = {}
        for span in sorted(self.spans, key=lambda each: each.first):
            found.setdefault(span.code, []).append(span)
        return found

    @cached_property
    def _moves(self) -> dict[str, list[VillageSpan]]:
        """Spans that ended under another code, by the code that they had."""
        return {
            code: moved
            for code, spans in self._by_code.items()
            if (moved := [s for s in spans if s.last is not None and s.successor not in {"", code}])
        }
