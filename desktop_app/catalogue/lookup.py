"""Recognition of the words in files: indicators by name or alias, units by name."""

from __future__ import annotations

import re
from functools import lru_cache

from desktop_app.catalogue import fold as folding
from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.model import Catalogue, Indicator, Unit
from desktop_app.catalogue.units import UnitIndex

_LEAD = re.compile(
    r"^\s*(?:[(（]?(?:[一二三四五六七八九十]+|\d{1,2})(?:[)）、.．]|\s)\s*|[①-⑳]\s*|其中\s*[:：,，]?\s*|[#*·-]\s*)+"
)
"""Numbering and “其中：” before a row name: ``一、``, ``(2)``, ``3.``, ``其中：``."""

_LONGEST_NAME = 200
"""A cell with more letters than this is a note."""


class AliasIndex:
    """Finds the reported indicator that a column head or a row name means.

    Look-up is exact after folding; heads of two levels are joined before (``国内同城`` + ``业务量``).
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._indicators = catalogue.indicators
        self._words = catalogue.words
        self._units = UnitIndex(catalogue.units)

    def find(self, text: str) -> Indicator | None:
        """The indicator of this name, alias or code; ``None`` when the text is not known as a whole.

        The unit in the text and numbering before it do not matter. A name of an indicator that merely repeats
        another (出港量 = 快递业务量) finds that other one, which is the one that files carry.
        """
        if len(text) > _LONGEST_NAME:
            return None
        code = self._code(text) or self._code(_LEAD.sub("", text))
        return None if code is None else self._indicators[code]

    def _code(self, text: str) -> str | None:
        # First as it stands: in a spaced-out “建 制 村” the last letter is no unit.
        return self._words.get(folding.letters(text)) or self._words.get(folding.fold(text, self._units))


@lru_cache(maxsize=1)
def _unit_index() -> UnitIndex:
    return UnitIndex(load_catalogue().units)


def fold(text: str) -> str:
    """The form in which names are compared: NFKC, units cut off, no blanks or punctuation, lower case."""
    return folding.fold(text, _unit_index())


def find_unit(text: str) -> Unit | None:
    """``万件``, ``％``, ``百分点`` → Unit; ``None`` when the text is not exactly one known unit."""
    return _unit_index().find(text)


def split_unit(text: str) -> tuple[str, Unit | None]:
    """``快递业务量（万件）`` → (快递业务量, 万件); the unit is ``None`` when there is none or several."""
    return folding.split_unit(text, _unit_index())
