"""Units of measurement (计量单位): reading units.toml and recognising the words that files use for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from desktop_app.catalogue.model import Unit
from desktop_app.catalogue.reading import Entry


def unit_key(text: str) -> str:
    """Text as compared between units: full-width folded, blanks gone, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def read_unit(entry: Entry) -> Unit:
    """One ``[[unit]]`` entry."""
    unit = Unit(entry.text("name"), entry.text("base"), entry.decimal("factor"), entry.texts("aliases"))
    if unit.factor <= 0:
        raise entry.error("换算倍数 factor 必须大于 0")
    entry.finish()
    return unit


def check_units(units: Mapping[str, Unit], places: Mapping[str, Entry]) -> None:
    """Every base is itself a unit of factor 1, and no word names two units."""
    words: dict[str, str] = {}
    for unit in units.values():
        place = places[unit.name]
        base = units.get(unit.base)
        if base is None or base.base != base.name or base.factor != 1:
            raise place.error(f"基本单位“{unit.base}”没有登记，或它的换算倍数不是 1")
        for word in (unit.name, *unit.aliases):
            owner = words.setdefault(unit_key(word), unit.name)
            if owner != unit.name:
                raise place.error(f"“{word}”已经是单位“{owner}”的写法")


class UnitIndex:
    """Finds units by the words that files use."""

    def __init__(self, units: Mapping[str, Unit]) -> None:
        self._units = {unit_key(word): unit for unit in units.values() for word in (unit.name, *unit.aliases)}

    def find(self, text: str) -> Unit | None:
        """``万件``, ``万 票``, ``％`` → Unit; ``None`` when the text is not exactly one unit."""
        return self._units.get(text) or self._units.get(unit_key(text))
