"""A large registry: the rows of each piece that are in order, all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from desktop_app.importing.bulk.digits import read_codes
from desktop_app.importing.bulk.regions import CODE, COUNT, Block
from desktop_app.importing.bulk.scan import Scanned, scan
from desktop_app.importing.bulk.source import Piece
from desktop_app.importing.bulk.upper import TownLine
from desktop_app.importing.bulk.words import WORD, copy_texts, words_of
from desktop_app.importing.codes import read_code
from desktop_app.importing.recognise.villages import is_revoked

if TYPE_CHECKING:
    from desktop_app.importing.bulk.arrays import Bytes, Flags, Numbers

_KINDS = ((0, 200), (200, 400), (400, 1000))
"""Last three digits of the kinds in ``UNIT_KINDS``: from, up to."""
_ZERO, _BLANK, _END = ord("0"), ord(" "), ord("\n")


@dataclass
class RegistryScan:
    """What has been found so far. Line numbers are those of the file, from 0.

    Lines that ordinary code reads in any case (``head`` first ones, odd ones with their neighbours) are in no block.

    ``towns``: code of the town → (line of its first village, its name, the name of its county) as they stand there.
    """

    columns: Mapping[str, int]
    width: int
    named: int
    prefix: str
    head: int = 0
    blocks: list[Block] = field(default_factory=list)
    skipped: list[Numbers] = field(default_factory=list)
    odd: list[int] = field(default_factory=list)
    towns: dict[int, TownLine] = field(default_factory=dict)
    settled: int = 0
    """So many of the first blocks stay as they are unless something odd is said of their villages elsewhere."""
    ascending: bool = True
    """Whether the villages of all blocks stand in the order of their codes."""
    _last: int = 0
    _aside: list[tuple[Numbers, Numbers]] = field(default_factory=list)
    """Numbers and codes of villages that are in no block."""

    @property
    def counted(self) -> bool:
        """Whether the file has head counts."""
        return bool({"households", "population"} & self.columns.keys())

    def take(self, piece: Piece) -> None:
        """Go through one piece."""
        code = self.columns["code"]
        found = scan(piece, self.width, leads=code)
        lengths = found.lengths()
        fits, codes = read_codes(found.words(), found.begins[:, code])
        fits &= lengths[:, code] == CODE
        fits &= (lengths > 0).sum(axis=1) > max(2, self.width // 2)
        if self.named < self.width:
            fits &= (lengths[:, self.named :] == 0).all(axis=1)
        codes = np.where(fits, codes, 0)
        ours = codes // 10 ** (CODE - len(self.prefix)) == int(self.prefix or 0)
        village = fits & ours & (codes % 1000 != 0)
        village &= ~np.isin(found.regular, _marked(piece))
        skipped = fits & ~village & (~ours | (codes % 1000 == 0))
        village &= lengths[:, self.columns["name"]] > 0
        counts: list[Bytes] = []
        for role in ("households", "population") if self.counted else ():
            good, number = self._count(found, role)
            village &= good
            counts.append(number)
        odd = np.sort(np.concatenate((found.odd, found.regular[~(village | skipped)]))) + piece.first
        apart = self._apart(found.regular + piece.first, odd, self.odd[-1] if self.odd else -2)
        self.odd += odd.tolist()
        if len(odd) and odd[0] == piece.first:
            self._put_aside(piece.first - 1)
        self.skipped.append(found.regular[skipped] + piece.first)
        self._note_towns(found, np.flatnonzero(village), codes, piece.first)
        aside = village & ~apart
        self._aside.append((found.regular[aside] + piece.first, codes[aside]))
        village &= apart
        self._rank(codes[village])
        self.settled = len(self.blocks)
        units = codes % 1000
        for kind, (least, most) in enumerate(_KINDS):
            kept = np.flatnonzero(village & (units >= least) & (units < most))
            if len(kept):
                text = _lines(found, kept, kind, [number[kept] for number in counts], self.columns)
                self.blocks.append(Block(found.regular[kept] + piece.first, codes[kept], text, kind))

    def _apart(self, numbers: Numbers, odd: Numbers, before: int) -> Flags:
        """Which lines neither stand beside an odd one nor belong to the head.

        ``before``: the last odd line before this piece.
        """
        beside = np.concatenate((odd - 1, odd + 1, [before + 1]))
        return (numbers >= self.head) & ~np.isin(numbers, beside)

    def _rank(self, codes: Numbers) -> None:
        if self.ascending and len(codes):
            self.ascending = bool(codes[0] > self._last and (np.diff(codes) > 0).all())
            self._last = int(codes[-1])

    def _put_aside(self, number: int) -> None:
        """Take the last line of the piece before out of its block."""
        for at, block in enumerate(self.blocks):
            if number in block.numbers[-1:]:
                self._aside.append((block.numbers[-1:], block.codes[-1:]))
                self.blocks[at] = block.without(block.numbers[-1:])

    def _count(self, found: Scanned, role: str) -> tuple[Flags, Bytes]:
        """Which cells of a column are blank or up to nine digits, and these padded with blanks."""
        if role not in self.columns:
            return np.ones(len(found.regular), bool), np.full((len(found.regular), COUNT), _BLANK, np.uint8)
        column = self.columns[role]
        ends, lengths = found.ends[:, column], found.lengths()[:, column]
        at = np.maximum(ends[:, None] - COUNT + np.arange(COUNT), 0)
        inside = np.arange(COUNT) >= COUNT - lengths[:, None]
        number = np.where(inside, found.bytes()[at], np.uint8(_BLANK))
        good = ~inside | ((number - np.uint8(_ZERO)) < 10)
        return (lengths <= COUNT) & good.all(axis=1), number

    def _note_towns(self, found: Scanned, kept: Numbers, codes: Numbers, first: int) -> None:
        """The first line of each town: where a code of another town stands before it, and the town is not known yet."""
        towns = codes[kept] // 1000
        places = np.flatnonzero(np.diff(towns, prepend=-1))
        known = self.towns
        numbers = (found.regular[kept[places]] + first).tolist()
        new: dict[int, tuple[int, int]] = {}
        for town, place, number in zip(towns[places].tolist(), places.tolist(), numbers, strict=True):
            if town not in known and town not in new:
                new[town] = (place, number)
        lines = kept[np.array([place for place, _ in new.values()], np.int64)]
        names, counties = (
            _column(found, lines, self.columns[role]) if role in self.columns else [""] * len(lines)
            for role in ("town", "county")
        )
        for (town, (_, number)), name, county in zip(new.items(), names, counties, strict=True):
            known[town] = (number, name, county)

    def lines_of(self, odd: Mapping[int, list[str]]) -> set[int]:
        """Lines that look in order but must be read with the odd ones: doubles, and a village below a town's code."""
        found = [*self._aside, *((block.numbers, block.codes) for block in self.blocks)]
        if not sum(len(codes) for _, codes in found):
            return set()
        numbers, codes = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
        order = np.argsort(codes, kind="stable")
        ranked = codes[order]
        same = np.flatnonzero(np.diff(ranked) == 0)
        wanted = set(numbers[order[same]].tolist()) | set(numbers[order[same + 1]].tolist())
        wanted.add(int(numbers.min()))
        column = self.columns["code"]
        for row in odd.values():
            code = read_code(row[column].strip(), (CODE, 9)).code if column < len(row) else ""
            if code.isascii() and code.isdigit() and len(code) in {CODE, 9}:
                least = int(code) * (1000 if len(code) == 9 else 1)
                most = least + (999 if len(code) == 9 else 0)
                place = int(np.searchsorted(ranked, least))
                if place < len(ranked) and ranked[place] <= most:
                    wanted.add(int(numbers[order[place]]))
        return wanted


def _marked(piece: Piece) -> list[int]:
    """Lines with a village that the list says is no more ([已撤销]): they are read one by one."""
    # One character is found many times faster than a word.
    if "已" not in piece.text or not any(word in piece.text for word in ("已撤", "已注", "已并")):
        return []
    return [number for number, row in enumerate(piece.rows()) if any(is_revoked(cell) for cell in row)]


def _column(found: Scanned, lines: Numbers, column: int) -> list[str]:
    """One cell of each of these regular lines."""
    if not len(lines):
        return []
    begins = found.begins[lines, column]
    lengths = found.ends[lines, column] - begins
    after = np.cumsum(lengths + 1)
    text = bytearray(int(after[-1]) + WORD)
    copy_texts(found.words(), begins, lengths, words_of(text), after - lengths - 1)
    np.frombuffer(text, np.uint8)[after - 1] = _END
    cells = text[:-WORD].decode("utf-8", "surrogatepass").split("\n")
    cells.pop()
    return cells


def _lines(found: Scanned, kept: Numbers, kind: int, counts: Sequence[Bytes], columns: Mapping[str, int]) -> bytes:
    """Lines of a :class:`Block` for these regular lines.

    Copying a name spoils what stands behind it, which is written afterwards.
    """
    words, code, name = found.words(), columns["code"], columns["name"]
    begins = found.begins[kept, name]
    lengths = found.ends[kept, name] - begins
    fixed = CODE + 1 + sum(number.shape[1] for number in counts)
    after = np.cumsum(lengths + fixed + 1)
    starts = after - lengths - fixed - 1
    text = bytearray(int(after[-1]) + WORD)
    target, bytes_ = words_of(text), np.frombuffer(text, np.uint8)
    copy_texts(words, begins, lengths, target, starts + fixed)
    bytes_[after - 1] = _END
    for place, number in enumerate(counts):
        bytes_[starts[:, None] + CODE + 1 + COUNT * place + np.arange(COUNT)] = number
    target[starts + CODE - WORD] = words[found.begins[kept, code] + CODE - WORD]
    target[starts] = words[found.begins[kept, code]]
    bytes_[starts + CODE] = _ZERO + kind
    del target, bytes_
    return bytes(memoryview(text)[:-WORD])
