"""Texts of many lengths copied out of one piece at once: eight bytes at a time, as machine words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from desktop_app.importing.bulk.arrays import Numbers, Words

WORD = 8
"""Bytes that are read at once; so many zeros stand behind a text that is read by words."""


def words_of(text: bytes | bytearray) -> Words:
    """Eight bytes from each place on, the first one lowest; writing to those of a ``bytearray`` writes into it."""
    return np.ndarray((len(text) - WORD + 1,), "<u8", buffer=text, strides=(1,))


def copy_texts(source: Words, begins: Numbers, lengths: Numbers, target: Words, places: Numbers) -> None:
    """Copy texts to ascending places of ``target``; up to seven bytes that stand between them or behind are spoilt.

    The beginnings are copied last and one after the other, so that no text is spoilt by those before it.
    """
    for at in range((int(lengths.max()) - 1) // WORD * WORD, -1, -WORD):
        which = np.flatnonzero(lengths > at)
        target[places[which] + at] = source[begins[which] + at]


def picked(source: Words, begins: Numbers, lengths: Numbers) -> bytes:
    """These texts, one behind the other."""
    after = np.cumsum(lengths)
    text = bytearray(int(after[-1]) + WORD)
    copy_texts(source, begins, lengths, words_of(text), after - lengths)
    return bytes(memoryview(text)[:-WORD])
