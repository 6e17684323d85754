"""Folding of names for recognition: width, blanks, brackets, punctuation and units must not matter."""

from __future__ import annotations

import re
import unicodedata
from itertools import product

from desktop_app.catalogue.model import Unit
from desktop_app.catalogue.units import UnitIndex

_BRACKETED = re.compile(r"[(\[{【〔〖「]([^()\[\]{}【】〔〕〖〗「」]*)[)\]}】〕〗」]")
_UNIT_LABEL = re.compile(r"^\s*(?:计量)?单位\s*:?\s*")
_UNIT_LIST = re.compile(r"[、,;，；]|和")
_SEPARATOR = re.compile(r"[\s_,:/·\-—|]+")
_LONGEST_UNIT = 16
"""Letters at the end of a name in which a unit without brackets is looked for."""
_CHOICE = re.compile(r"\{([^{}]*)\}")


def split_unit(text: str, units: UnitIndex) -> tuple[str, Unit | None]:
    """A column head or row name → its name without the unit, and the unit (``业务量（万件）`` → 业务量, 万件).

    The unit stands in brackets, with or without “单位：”, or at the end behind a blank or a sign. A bracket that
    lists several units (``（件、元）``) is cut off but names none. A head that is nothing but a unit stays whole.
    """
    normal = unicodedata.normalize("NFKC", text)
    found: list[Unit] = []

    def cut(match: re.Match[str]) -> str:
        inner = [units.find(word) for word in _unit_words(match[1], units)]
        if not inner or None in inner:
            return match[0]
        found.extend(unit for unit in inner if unit is not None)
        return " "

    name = _BRACKETED.sub(cut, normal)
    if not name.strip():
        return normal.strip(), None
    if not found:
        name = name.rstrip()
        for separator in _SEPARATOR.finditer(name, max(0, len(name) - _LONGEST_UNIT)):
            unit = units.find(name[separator.end() :])
            if unit is not None and name[: separator.start()].strip():
                return name[: separator.start()].strip(), unit
    return name.strip(), found[0] if len(set(found)) == 1 else None


def _unit_words(inner: str, units: UnitIndex) -> list[str]:
    bare = _UNIT_LABEL.sub("", inner)
    if units.find(bare) is not None:
        return [bare]
    return [word for word in _UNIT_LIST.split(bare) if word.strip()]


def fold(text: str, units: UnitIndex) -> str:
    """The form in which names are compared: NFKC, unit cut off, letters and digits only, lower case."""
    name, _ = split_unit(text, units)
    return letters(name)


def letters(text: str) -> str:
    """Letters and digits of a text, width folded, lower case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).lower()


def fold_alias(pattern: str, units: UnitIndex) -> set[str]:
    """Every folded wording of an alias: ``{国内|}同城业务量`` → 国内同城业务量, 同城业务量.

    Choices do not nest. The pieces are folded before they are combined, which keeps thousands of wordings cheap;
    so a unit is cut off only from an alias without choices.
    """
    pieces = _CHOICE.split(pattern)
    if len(pieces) == 1:
        return {fold(pattern, units)}
    choices = [piece.split("|") if place % 2 else [piece] for place, piece in enumerate(pieces)]
    return set(map("".join, product(*([letters(word) for word in words] for words in choices))))
