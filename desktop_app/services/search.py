"""Finding indicators, companies, villages and towns by name, code or pinyin initials (拼音首字母)."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.services import context
from desktop_app.services.pinyin import initials
from desktop_app.services.registers import list_enterprises
from desktop_app.services.results.search import Hit
from desktop_app.storage import regions
from desktop_app.storage.engine import Ledger

LIMIT = 12
INDICATOR_TAB, RURAL_TAB = "行业指标", "快递进村"


@dataclass(frozen=True)
class _Entry:
    """A hit with the folded words by which it is found."""

    hit: Hit
    words: tuple[str, ...]

    def rank(self, wanted: str) -> int | None:
        """0 the very word, 1 begins with it, 2 contains it; None when nothing fits."""
        ranks = [0 if word == wanted else 1 if word.startswith(wanted) else 2 for word in self.words if wanted in word]
        return min(ranks, default=None)


def find(ledger: Ledger, text: str) -> tuple[Hit, ...]:
    """At most twelve hits, the closest first; none for a blank text."""
    wanted = "".join(text.split()).casefold()
    if not wanted:
        return ()
    entries = context.cached(ledger, "search", lambda: _entries(ledger))
    found = [
        (rank, number, entry.hit) for number, entry in enumerate(entries) if (rank := entry.rank(wanted)) is not None
    ]
    return tuple(hit for _, _, hit in sorted(found, key=lambda item: item[:2])[:LIMIT])


def _entries(ledger: Ledger) -> tuple[_Entry, ...]:
    return (*_indicators(ledger), *_enterprises(ledger), *_units(ledger))


def _entry(hit: Hit, *extra: str) -> _Entry:
    words = (hit.name, initials(hit.name), hit.key, *extra)
    return _Entry(hit, tuple(dict.fromkeys(word.casefold() for word in words if word)))


def _indicators(ledger: Ledger) -> list[_Entry]:
    return [
        _entry(Hit("指标", i.name, i.group.replace("/", " › "), INDICATOR_TAB, i.code), i.short, initials(i.short))
        for i in context.catalogue(ledger).indicators.values()
        if not i.retired
    ]


def _enterprises(ledger: Ledger) -> list[_Entry]:
    return [
        _entry(Hit("企业", e.name, e.uscc, INDICATOR_TAB, str(e.id)), e.short_name, initials(e.short_name), *e.aliases)
        for e in list_enterprises(ledger)
    ]


def _units(ledger: Ledger) -> list[_Entry]:
    prefix = context.home(ledger).region.rstrip("0") or "0"
    with ledger.read() as session:
        towns = {town.code: town.name for town in regions.towns(session, prefix=prefix)}
        villages = regions.villages(session, prefix=prefix)
    found = [_entry(Hit("乡镇", name, code, RURAL_TAB, code)) for code, name in towns.items()]
    for unit in villages:
        if unit.administrative_village:
            town = towns.get(unit.parent_code, "")
            found.append(_entry(Hit("村", unit.name, f"{town} · {unit.code}", RURAL_TAB, unit.code)))
    return found
