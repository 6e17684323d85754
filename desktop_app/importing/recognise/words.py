"""Folding of words and look-up of column heads by vocabulary (同义词)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

_BRACKETS = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]")


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """Letters and digits only, width folded, lower case: the form in which words are compared."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).lower()


@lru_cache(maxsize=4096)
def bare_key(text: str) -> str:
    """The key without what stands in brackets (``核查日期（年月日）`` → 核查日期)."""
    return key(_BRACKETS.sub("", text))


def find_column(names: Sequence[str], words: Sequence[str]) -> int | None:
    """The first column whose head is one of ``words``: words in the order of preference, exact after folding.

    A head of several levels also matches by its lowest level.
    """
    folded = [(key(name), bare_key(name), bare_key(name.rsplit("/", 1)[-1])) for name in names]
    for word in words:
        wanted = key(word)
        for column, forms in enumerate(folded):
            if names[column] and wanted in forms:
                return column
    return None


def find_columns(names: Sequence[str], vocabulary: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Role → column for every role of the vocabulary that is there; a column is used once, earlier roles first."""
    left = list(names)
    found: dict[str, int] = {}
    for role, words in vocabulary.items():
        column = find_column(left, words)
        if column is not None:
            found[role] = column
            left[column] = ""
    return found
