"""Pinyin initials for search boxes (拼音首字母)."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=20_000)
def initials(text: str) -> str:
    """Initials in lower case: 黄松甸 → hsd. Letters and digits stay.

    The dictionary is loaded at the first call: it takes a good part of a second and the first tab does without.
    """
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()
