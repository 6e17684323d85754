"""Finding a village of the ledger by code, or by town and name: suffixes differ from list to list."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property, lru_cache

from desktop_app.importing.plan import KnownVillage
from desktop_app.importing.recognise.words import key

Names = dict[str, list[KnownVillage]]

_COMMITTEE = re.compile(r"(?:村民委员会|居民委员会|村委会|居委会|村民委|居民委|委员会|委会)$")
_KIND = re.compile(r"(?:社区|嘎查|村|屯)$")
_TOWN_OFFICE = re.compile(r"(?:人民政府|街道办事处|办事处|街道办)$")
_TOWN_KIND = re.compile(r"(?:民族乡|街道|镇|乡|地区)$")

_REVOKED = re.compile(r"[\[【(（〔]\s*已(?:撤销|撤消|注销|并入)[^\])】)）〕]*[\])】)）〕]")


def is_revoked(name: str) -> bool:
    """Whether a list says of a village that it is no more: X村[已撤销]."""
    return _REVOKED.search(name) is not None


@lru_cache(maxsize=32768)
def village_forms(name: str) -> tuple[str, str]:
    """(name without committee words, its core): X村村委会 → (X村, X); X社区居委会 → (X社区, X)."""
    plain = key(_REVOKED.sub("", name))
    without = _COMMITTEE.sub("", plain) or plain
    if without != plain and plain.endswith(("村委会", "村民委员会", "村民委")) and not without.endswith("村"):
        without += "村"
    return without, _KIND.sub("", without) or without


@lru_cache(maxsize=4096)
def town_core(name: str) -> str:
    """河南街道办事处 → 河南."""
    plain = key(name)
    office = _TOWN_OFFICE.sub("", plain) or plain
    return _TOWN_KIND.sub("", office) or office


class VillageIndex:
    """Villages of the ledger by code and by name."""

    def __init__(self, villages: Sequence[KnownVillage]) -> None:
        self.villages = tuple(villages)
        self.by_code = {village.code: village for village in self.villages}

    @cached_property
    def _names(self) -> tuple[Names, Names]:
        """Villages by full name and by core: of a province it takes a second, and a sheet with codes may not ask."""
        fulls: Names = defaultdict(list)
        cores: Names = defaultdict(list)
        for village in self.villages:
            full, core = village_forms(village.name)
            fulls[full].append(village)
            cores[core].append(village)
        return fulls, cores

    def is_called(self, village: KnownVillage, name: str) -> bool:
        """Whether a name, without a town, can mean this village."""
        return name == village.name or any(each.code == village.code for each in self.find(name, ""))

    def find(self, name: str, town: str) -> list[KnownVillage]:
        """All villages that the name (in that town, if one is given) can mean; the closest form only."""
        full, core = village_forms(name)
        wanted = town_core(town) if town else ""
        fulls, cores = self._names
        # 崔屯 is 崔屯村 before it is a village whose name is 崔 and something.
        for candidates in (fulls.get(full, ()), cores.get(full, ()), cores.get(core, ())):
            fitting = [v for v in candidates if not wanted or town_core(v.town) == wanted]
            if len(fitting) > 1 and wanted:
                fitting = [v for v in fitting if key(v.town) == key(town)] or fitting
            if fitting:
                # A village under its former name beside the same one under its present name is one village.
                return list({village.code: village for village in fitting}.values())
        return []

    def nearest(self, name: str, town: str) -> KnownVillage | None:
        """The village whose name looks most alike, of the same town if that has one."""
        core = village_forms(name)[1]
        wanted = town_core(town) if town else ""
        mine = [v for v in self.villages if wanted and town_core(v.town) == wanted]
        for pool in (mine, list(self.villages)):
            names = {village_forms(v.name)[1]: v for v in pool}
            close = difflib.get_close_matches(core, list(names), n=1, cutoff=0.5)
            if close:
                return names[close[0]]
        return next(iter(self._names[1].get(core, ())), None)
