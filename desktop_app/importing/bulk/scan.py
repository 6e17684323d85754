"""One piece of a large file as arrays: where its cells lie, and which lines hold nothing unusual."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.importing.bulk.source import Piece

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Characters = NDArray[np.uint16]

_LINE, _CUT, _EDGE, _ODD = 1, 2, 3, 4
_INVISIBLE = " \t\f\v\u3000\xa0\u200b\u200e\u200f\u2060\ufeff"
_UNUSUAL = '"\\\ufffd锟'
_TOTALS = "计全tTsS"
"""Every word for a total has one of these."""
_NOTES = "注说备附资数来填制审复经单统负联电报打导第共本以上述*※#(（"
"""Every note begins with one of these."""


@dataclass(frozen=True)
class Scanned:
    """Lines of one piece. ``regular`` are the lines (from 0) with the usual number of cells and nothing unusual.

    ``begins`` and ``ends``: (regular line, column) → place of the cell's first character and behind its last.
    """

    units: Characters
    regular: Numbers
    begins: Numbers
    ends: Numbers
    odd: Numbers

    def lengths(self) -> Numbers:
        """(regular line, column) → characters."""
        return self.ends - self.begins

    def digits(self, column: int, width: int) -> tuple[Flags, Characters]:
        """Which cells are exactly ``width`` ASCII digits, and these characters as (line, digit)."""
        fits = (self.ends[:, column] - self.begins[:, column]) == width
        at = np.where(fits, self.begins[:, column], 0)[:, None] + np.arange(width)
        found = self.units[np.minimum(at, len(self.units) - 1)]
        return fits & ((found - np.uint16(48)) < 10).all(axis=1), found


def scan(piece: Piece, width: int, *, leads: int) -> Scanned:
    """Find lines and cells.

    :param width: cells of a usual line.
    :param leads: column that holds a code; lines that may be totals or notes are odd where it is not the first.
    """
    units = np.frombuffer(piece.text.encode("utf-16-le", "surrogatepass"), np.uint16)
    kinds = _classes(piece.delimiter)[units]
    lines = np.flatnonzero(kinds == _LINE)
    cuts = np.flatnonzero(kinds == _CUT)
    starts = np.concatenate(([0], lines[:-1] + 1))
    strange = [np.flatnonzero(kinds == _ODD), _at_edges(kinds)]
    if leads:
        strange.append(np.flatnonzero(_members(_TOTALS)[units]))
    odd = np.zeros(len(lines), bool)
    for places in strange:
        odd[np.searchsorted(lines, places)] = True
    before = np.searchsorted(cuts, starts)
    counts = np.diff(before, append=len(cuts))
    regular = np.flatnonzero((counts == width - 1) & ~odd)
    inner = cuts[before[regular][:, None] + np.arange(width - 1)]
    begins = np.concatenate((starts[regular][:, None], inner + 1), axis=1)
    ends = np.concatenate((inner, lines[regular][:, None]), axis=1)
    found = Scanned(units, regular, begins, ends, np.empty(0, np.int64))
    if leads:
        first = (found.lengths() > 0).argmax(axis=1)
        opening = units[begins[np.arange(len(regular)), first]]
        plain = ~_members(_NOTES)[opening]
        found = Scanned(units, regular[plain], begins[plain], ends[plain], found.odd)
    others = np.ones(len(lines), bool)
    others[found.regular] = False
    return Scanned(units, found.regular, found.begins, found.ends, np.flatnonzero(others))


def _at_edges(kinds: NDArray[np.uint8]) -> Numbers:
    """Blanks and invisible marks that begin or end a cell; inside a cell they are ordinary."""
    places = np.flatnonzero(kinds == _EDGE)
    if not len(places):
        return places
    before, after = kinds[np.maximum(places - 1, 0)], kinds[np.minimum(places + 1, len(kinds) - 1)]
    edge = (places == 0) | (before == _LINE) | (before == _CUT) | (after == _LINE) | (after == _CUT)
    found: Numbers = places[edge]
    return found


_tables: dict[str, NDArray[np.uint8]] = {}
_sets: dict[str, Flags] = {}


def _classes(delimiter: str) -> NDArray[np.uint8]:
    """What each UTF-16 unit is."""
    if delimiter not in _tables:
        table = np.zeros(65536, np.uint8)
        table[:32] = _ODD
        table[[ord(char) for char in _UNUSUAL]] = _ODD
        table[[ord(char) for char in _INVISIBLE]] = _EDGE
        table[ord(delimiter)] = _CUT
        table[ord("\n")] = _LINE
        _tables[delimiter] = table
    return _tables[delimiter]


def _members(characters: str) -> Flags:
    if characters not in _sets:
        table = np.zeros(65536, bool)
        table[[ord(char) for char in characters]] = True
        _sets[characters] = table
    return _sets[characters]
