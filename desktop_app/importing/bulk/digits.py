"""Codes of twelve digits in a piece of text as numbers: eight digits at a time, as one machine word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from desktop_app.importing.bulk.arrays import Flags, Numbers, Words

_HIGH = np.uint64(0xF0F0F0F0F0F0F0F0)
_ZEROS = np.uint64(0x3030303030303030)
_SIX = np.uint64(0x0606060606060606)


def read_codes(words: Words, places: Numbers) -> tuple[Flags, Numbers]:
    """Which twelve bytes from these places on are ASCII digits, and their numbers (meaningless elsewhere)."""
    high, low = words[places], words[np.minimum(places + 4, len(words) - 1)]
    number = _number(high) * np.uint64(10_000) + _number(low) % np.uint64(10_000)
    return _digits(high) & _digits(low), number.astype(np.int64)


def _digits(word: Words) -> Flags:
    """Whether all eight bytes are 0x30 to 0x39: the upper half is 3, also after adding 6."""
    found: Flags = ((word & _HIGH) == _ZEROS) & (((word + _SIX) & _HIGH) == _ZEROS)
    return found


def _number(word: Words) -> Words:
    """Eight digits, the first one in the lowest byte, added up pairwise: digits, then pairs, then fours."""
    word = word & np.uint64(0x0F0F0F0F0F0F0F0F)
    word = ((word * np.uint64(10 * 2**8 + 1)) >> np.uint64(8)) & np.uint64(0x00FF00FF00FF00FF)
    word = ((word * np.uint64(100 * 2**16 + 1)) >> np.uint64(16)) & np.uint64(0x0000FFFF0000FFFF)
    return (word * np.uint64(10_000 * 2**32 + 1)) >> np.uint64(32)
