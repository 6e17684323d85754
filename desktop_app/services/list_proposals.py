"""What the new and the gone villages of a list may have to do with each other: 更名, 合并, 拆分, to be confirmed.

By name within a town: a merged village often takes a syllable of each (东山 + 西河 → 东河) or what they have in common
(红星东 + 红星西 → 红星); the parts of a split one carry its name on (红星 → 红星一, 红星二); a renamed one keeps a
syllable or the sound (关马 → 官马). By code: the only one that comes where the only one goes.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from desktop_app.importing.recognise.villages import village_forms
from desktop_app.services.pinyin import initials
from desktop_app.services.results.villages import ListChange, ListLine, ListProposal, VillageStep
from desktop_app.storage.regions import StoredRegion

_ALIKE = 0.5
"""How alike two names must be to be taken for one village renamed: one of two syllables."""
_TELLING = 2
"""Syllables that a name must have to be found within another."""


def propose(lines: Iterable[ListLine], villages: Iterable[StoredRegion]) -> tuple[ListProposal, ...]:
    """Proposals in the order of the towns; no line is explained twice. ``villages``: the register as it stands."""
    lines = list(lines)
    gone = {line.old_code for line in lines if line.change is ListChange.GONE}
    by_town: dict[str, list[ListLine]] = defaultdict(list)
    for line in lines:
        if line.change in {ListChange.NEW, ListChange.GONE} and not line.blocked:
            by_town[(line.code or line.old_code)[:9]].append(line)
    staying: dict[str, list[StoredRegion]] = defaultdict(list)
    for unit in villages:
        if unit.code not in gone and unit.code[:9] in by_town:
            staying[unit.code[:9]].append(unit)
    found = (_Town(of_town, staying[town]).proposals() for town, of_town in sorted(by_town.items()))
    return tuple(proposal for town in found for proposal in town)


def _core(name: str) -> str:
    return village_forms(name)[1]


class _Town:
    """New and gone villages of one town; what is explained is out of the game."""

    def __init__(self, lines: list[ListLine], staying: list[StoredRegion]) -> None:
        self._new = [line for line in lines if line.change is ListChange.NEW]
        self._gone = [line for line in lines if line.change is ListChange.GONE]
        self._staying = staying

    def proposals(self) -> Iterator[ListProposal]:
        """From what is surest to what is least so."""
        for find in (self._split_away, self._merged_into_new, self._renamed, self._merged_into_old, self._split_off):
            yield from find()
        if len(self._new) == len(self._gone) == 1:
            yield self._pair(self._gone[0], self._new[0], "这个乡镇只少这一个、只多这一个")

    def _made(
        self, step: VillageStep, old: list[tuple[str, str]], new: list[tuple[str, str]], lines: list[ListLine], why: str
    ) -> ListProposal:
        taken = {line.key for line in lines}
        self._new = [line for line in self._new if line.key not in taken]
        self._gone = [line for line in self._gone if line.key not in taken]
        return ListProposal(step, lines[0].town, tuple(old), tuple(new), tuple(line.key for line in lines), why)

    def _pair(self, gone: ListLine, new: ListLine, why: str) -> ListProposal:
        old, named = (gone.old_code, gone.old_name), (new.code, new.name)
        return self._made(VillageStep.RENAME, [old], [named], [gone, new], why)

    def _split_away(self) -> Iterator[ListProposal]:
        """A village is gone and two or more have its name in theirs."""
        for gone in list(self._gone):
            core = _core(gone.old_name)
            parts = [new for new in self._new if len(core) >= _TELLING and core in _core(new.name)]
            if len(parts) > 1:
                old, new = [(gone.old_code, gone.old_name)], [(part.code, part.name) for part in parts]
                yield self._made(VillageStep.SPLIT, old, new, [gone, *parts], f"新村名都含“{core}”")

    def _merged_into_new(self) -> Iterator[ListProposal]:
        """A new village has the name that two gone ones share, or a syllable of each."""
        for new in list(self._new):
            core = _core(new.name)
            shared = [gone for gone in self._gone if len(core) >= _TELLING and core in _core(gone.old_name)]
            why = f"原村名都含“{core}”"
            if len(shared) < 2:
                shared, why = self._syllables(core), f"“{core}”各取一字"
            if len(shared) > 1:
                old = [(gone.old_code, gone.old_name) for gone in shared]
                yield self._made(VillageStep.MERGE, old, [(new.code, new.name)], [*shared, new], why)

    def _syllables(self, core: str) -> list[ListLine]:
        """The gone villages that have given a syllable each, if every syllable has exactly one giver."""
        givers = [self._giver(syllable) for syllable in core]
        found = {giver.key: giver for giver in givers if giver is not None}
        return list(found.values()) if len(found) == len(core) else []

    def _giver(self, syllable: str) -> ListLine | None:
        """The only gone village with this syllable; of several the only one that begins with it."""
        having = [gone for gone in self._gone if syllable in _core(gone.old_name)]
        if len(having) > 1:
            having = [gone for gone in having if _core(gone.old_name).startswith(syllable)]
        return having[0] if len(having) == 1 else None

    def _renamed(self) -> Iterator[ListProposal]:
        """The two names most alike, when each is the other's nearest."""
        scores = sorted(
            ((_likeness(gone.old_name, new.name), gone.key, new.key) for gone in self._gone for new in self._new),
            reverse=True,
        )
        by_key = {line.key: line for line in (*self._gone, *self._new)}
        used: set[str] = set()
        for score, gone, new in scores:
            rivals = [s for s, g, n in scores if (g == gone or n == new) and (g, n) != (gone, new) and s >= score]
            if score < _ALIKE or used & {gone, new} or rivals:
                continue
            used |= {gone, new}
            same = initials(_core(by_key[gone].old_name)) == initials(_core(by_key[new].name))
            yield self._pair(by_key[gone], by_key[new], "村名读音相近" if same else "村名相近")

    def _merged_into_old(self) -> Iterator[ListProposal]:
        """A village is gone whose name holds that of one that stays (红星东 → 红星)."""
        into: dict[str, list[ListLine]] = defaultdict(list)
        heirs = {unit.code: unit for unit in self._staying}
        for gone in self._gone:
            core = _core(gone.old_name)
            near = [u for u in self._staying if len(_core(u.name)) >= _TELLING and _core(u.name) in core]
            if len(near) == 1:
                into[near[0].code].append(gone)
        for code, parts in into.items():
            heir = heirs[code]
            old = [(part.old_code, part.old_name) for part in parts]
            why = f"原村名含“{_core(heir.name)}”"
            yield self._made(VillageStep.MERGE, old, [(code, heir.name)], parts, why)

    def _split_off(self) -> Iterator[ListProposal]:
        """A new village has the name of one that stays in its own (红星 → 红星二)."""
        out: dict[str, list[ListLine]] = defaultdict(list)
        sources = {unit.code: unit for unit in self._staying}
        for new in self._new:
            core = _core(new.name)
            near = [u for u in self._staying if len(_core(u.name)) >= _TELLING and _core(u.name) in core]
            if len(near) == 1:
                out[near[0].code].append(new)
        for code, parts in out.items():
            source = sources[code]
            named = [(part.code, part.name) for part in parts]
            why = f"新村名含“{_core(source.name)}”，原村还在"
            yield self._made(VillageStep.SPLIT, [(code, source.name)], named, parts, why)


def _likeness(one: str, other: str) -> float:
    """0 to 1; names that sound alike are more alike than their characters say."""
    first, second = _core(one), _core(other)
    score = difflib.SequenceMatcher(None, first, second).ratio()
    return score + 0.25 if initials(first) == initials(second) else score
