"""One piece of a large file as arrays of UTF-8 bytes: where its cells lie, and which lines hold nothing unusual."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from desktop_app.importing.bulk.source import Piece
from desktop_app.importing.bulk.words import WORD, words_of

if TYPE_CHECKING:
    from desktop_app.importing.bulk.arrays import Bytes, Flags, Numbers, Words

_LINE = 10
_SOFT = (9, 11, 12)
"""Control characters that only matter at the edge of a cell."""
_INVISIBLE = tuple(char.encode() for char in " \u3000\xa0\u200b\u200e\u200f\u2060\ufeff")
_UNUSUAL = tuple(char.encode() for char in '"\\\ufffd锟')
_TOTALS = tuple(char.encode() for char in "计全tTsS")
"""Every word for a total has one of these."""
_NOTES = "注说备附资数来填制审复经单统负联电报打导第共本以上述*※#(（"
"""Every note begins with one of these: one byte or three."""


@dataclass(frozen=True)
class Scanned:
    """Lines of one piece. ``regular`` are the lines (from 0) with the usual number of cells and nothing unusual.

    ``text``: the piece in UTF-8 with ``WORD`` zeros behind it. ``begins`` and ``ends``: (regular line, column) →
    place of the cell's first byte and behind its last.
    """

    text: bytes
    regular: Numbers
    begins: Numbers
    ends: Numbers
    odd: Numbers

    def lengths(self) -> Numbers:
        """(regular line, column) → bytes."""
        return self.ends - self.begins

    def bytes(self) -> Bytes:
        """Every byte."""
        return np.frombuffer(self.text, np.uint8)

    def words(self) -> Words:
        """The eight bytes from each place on, little end first."""
        return words_of(self.text)


def scan(piece: Piece, width: int, *, leads: int) -> Scanned:
    """Find lines and cells.

    :param width: cells of a usual line, two or more.
    :param leads: column that holds a code; lines that may be totals or notes are odd where it is not the first.
    """
    text = piece.text.encode("utf-8", "surrogatepass") + bytes(WORD)
    units = np.frombuffer(text, np.uint8)[:-WORD]
    cut = ord(piece.delimiter)
    lines = np.flatnonzero(units == _LINE)
    cuts = np.flatnonzero(units == cut)
    starts = np.concatenate(([0], lines[:-1] + 1))
    odd = np.zeros(len(lines), bool)
    for places in _strange(piece, text, units, totals=leads > 0):
        odd[np.searchsorted(lines, places)] = True
    regular, inner = _regular(lines, cuts, starts, width, odd)
    begins = np.concatenate((starts[regular][:, None], inner + 1), axis=1)
    ends = np.concatenate((inner, lines[regular][:, None]), axis=1)
    if leads:
        plain = ~_notes(text, begins, ends)
        regular, begins, ends = regular[plain], begins[plain], ends[plain]
    others = np.ones(len(lines), bool)
    others[regular] = False
    return Scanned(text, regular, begins, ends, np.flatnonzero(others))


def _regular(lines: Numbers, cuts: Numbers, starts: Numbers, width: int, odd: Flags) -> tuple[Numbers, Numbers]:
    """Lines with the usual number of cells that are not odd, and the places of their delimiters."""
    if len(cuts) == len(lines) * (width - 1) and not odd.any():
        inner = cuts.reshape(len(lines), width - 1)
        if (inner[:, 0] >= starts).all() and (inner[:, -1] < lines).all():
            return np.arange(len(lines)), inner
    before = np.searchsorted(cuts, starts)
    counts = np.diff(before, append=len(cuts))
    regular = np.flatnonzero((counts == width - 1) & ~odd)
    return regular, cuts[before[regular][:, None] + np.arange(width - 1)]


def _strange(piece: Piece, text: bytes, units: Bytes, *, totals: bool) -> Iterable[Numbers]:
    """Places of what makes a line odd."""
    cut = ord(piece.delimiter)
    controls = units < 32
    if np.count_nonzero(controls) > piece.lines + (piece.text.count(piece.delimiter) if cut < 32 else 0):
        places = np.flatnonzero(controls & (units != _LINE) & (units != cut))
        soft = np.isin(units[places], _SOFT)
        yield places[~soft]
        yield _at_edges(units, places[soft], 1, cut)
    for mark in _UNUSUAL + (_TOTALS if totals else ()):
        if _holds(piece, text, mark):
            yield _places(units, mark)
    for mark in _INVISIBLE:
        # Inside a cell they are ordinary.
        if _holds(piece, text, mark):
            yield _at_edges(units, _places(units, mark), len(mark), cut)


def _holds(piece: Piece, text: bytes, mark: bytes) -> bool:
    """One byte is found faster than a character, and most texts do not even have the first; several are slowest."""
    return mark[:1] in text and (len(mark) == 1 or mark.decode() in piece.text)


def _places(units: Bytes, mark: bytes) -> Numbers:
    """Where a character of one to three bytes stands."""
    found = np.flatnonzero(units == mark[0])
    for at, byte in enumerate(mark[1:], start=1):
        found = found[units[found + at] == byte]
    return found


def _at_edges(units: Bytes, places: Numbers, size: int, cut: int) -> Numbers:
    """Those that begin or end a cell. A line feed stands at the end of every piece."""
    before, after = units[np.maximum(places - 1, 0)], units[places + size]
    edge = (places == 0) | (before == _LINE) | (before == cut) | (after == _LINE) | (after == cut)
    found: Numbers = places[edge]
    return found


def _notes(text: bytes, begins: Numbers, ends: Numbers) -> Flags:
    """Regular lines whose first filled cell begins as a note does."""
    first = (ends > begins).argmax(axis=1)
    opening = words_of(text)[begins[np.arange(len(begins)), first]] & np.uint64(0xFFFFFF)
    found: Flags = np.isin(opening, _long_notes()) | np.isin(opening & np.uint64(0xFF), _short_notes())
    return found


def _long_notes() -> Words:
    return np.array([int.from_bytes(char.encode(), "little") for char in _NOTES if not char.isascii()], np.uint64)


def _short_notes() -> Words:
    return np.array([ord(char) for char in _NOTES if char.isascii()], np.uint64)
