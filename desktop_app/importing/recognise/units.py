"""Which unit an amount is in (计量单位): cell, head, line of units, title, or the indicator's own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from desktop_app.catalogue.lookup import find_unit
from desktop_app.catalogue.model import Unit

_LIST = re.compile(r"[,，、/;；\s]|和|及")
_SHORT = 4
"""Letters of a unit at most; longer words are speech."""


def units_in(text: str) -> list[Unit]:
    """``件、元`` or ``万件/万元`` → units, unknown words left out. A known unit with a stroke (元/件) stays whole."""
    whole = find_unit(text.strip("()（）"))
    if whole is not None:
        return [whole]
    words = [word.strip("()（）") for word in _LIST.split(unicodedata.normalize("NFKC", text)) if word]
    return [unit for word in words if (unit := find_unit(word)) is not None]


def strangers_in(text: str) -> list[str]:
    """Short words of a list of units that are no unit we know (美元, 公斤): nobody may read them as the usual one."""
    if find_unit(text.strip("()（）")) is not None:
        return []
    words = [word.strip("()（）") for word in _LIST.split(unicodedata.normalize("NFKC", text)) if word]
    return [word for word in words if 0 < len(word) <= _SHORT and find_unit(word) is None]


def is_unit(text: str) -> bool:
    """Whether the text is nothing but a unit."""
    return bool(text) and find_unit(text) is not None


def pick(units: Sequence[Unit], base: str) -> Unit | None:
    """The unit of a list that converts into ``base``; None when there is none or several different."""
    fitting = {unit for unit in units if unit.base == base}
    return fitting.pop() if len(fitting) == 1 else None


def base_unit(base: str) -> Unit:
    """The base unit itself."""
    return find_unit(base) or Unit(base, base, Decimal(1))
