"""Finding a town (乡镇、街道) of the ledger by its name or code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from desktop_app.importing.plan import KnownVillage
from desktop_app.importing.recognise.villages import town_core
from desktop_app.importing.recognise.words import key

TOWN_WORDS = (
    "乡镇",
    "乡镇名称",
    "乡镇街道",
    "乡（镇、街道）",
    "乡镇（街道）",
    "镇街",
    "街道乡镇",
    "乡镇场",
    "街道",
    "镇",
    "所属乡镇",
)


class TownIndex:
    """The towns of the ledger, as its villages name them."""

    def __init__(self, villages: Sequence[KnownVillage]) -> None:
        self.names: dict[str, str] = {}
        """12-digit code → name, in the order of the register."""
        for village in villages:
            if village.town:
                self.names.setdefault(village.code[:9] + "000", village.town)
        self._full: dict[str, list[str]] = defaultdict(list)
        self._core: dict[str, list[str]] = defaultdict(list)
        for code, name in self.names.items():
            self._full[key(name)].append(code)
            self._core[town_core(name)].append(code)

    def find(self, text: str) -> str | None:
        """河南街道, 河南街道办事处, 河南, 220281003 or its 12 digits → 12-digit code; None for none or several."""
        if text.isdigit():
            code = text + "000" if len(text) == 9 else text
            return code if code in self.names else None
        for found in (self._full.get(key(text)), self._core.get(town_core(text))):
            if found:
                return found[0] if len(found) == 1 else None
        return None
