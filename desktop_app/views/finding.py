"""What a search field finds: names, codes, pinyin initials."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def query_words(text: str) -> tuple[str, ...]:
    """The words of a query: full-width letters and digits made plain, lower case."""
    return tuple(unicodedata.normalize("NFKC", text).lower().split())


def matches(words: Sequence[str], name: str, code: str, town: str, initials: str) -> bool:
    """Whether every word is found in the name, code, pinyin initials or (two letters on) the town of something.

    A single letter must begin the initials: nearly every village ends in c (村). ``code`` in lower case.
    """
    return all(
        word in name
        or word in code
        or (word in initials if len(word) > 1 else initials.startswith(word))
        or (len(word) > 1 and word in town)
        for word in words
    )
