"""A large registry: the rows of each piece that are in order, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from desktop_app.importing.bulk.regions import CODE, COUNT, Block
from desktop_app.importing.bulk.scan import Characters, Flags, Numbers, Scanned, scan
from desktop_app.importing.bulk.source import Piece
from desktop_app.importing.codes import read_code
from desktop_app.importing.recognise.villages import is_revoked

_POWERS = 10 ** np.arange(CODE - 1, -1, -1, dtype=np.int64)
_ZERO, _BLANK, _END = ord("0"), ord(" "), ord("\n")


@dataclass
class RegistryScan:
    """What has been found so far. Line numbers are those of the file, from 0.

    ``towns``: code of the town → (line of its first village, its name, the name of its county) as they stand there.
    """

    columns: Mapping[str, int]
    width: int
    named: int
    prefix: str
    blocks: list[Block] = field(default_factory=list)
    skipped: list[Numbers] = field(default_factory=list)
    odd: list[int] = field(default_factory=list)
    towns: dict[int, tuple[int, str, str]] = field(default_factory=dict)
    _known: Numbers = field(default_factory=lambda: np.empty(0, np.int64), repr=False)

    @property
    def counted(self) -> bool:
        """Whether the file has head counts."""
        return bool({"households", "population"} & self.columns.keys())

    def take(self, piece: Piece) -> None:
        """Go through one piece."""
        code = self.columns["code"]
        found = scan(piece, self.width, leads=code)
        fits, digits = found.digits(code, CODE)
        lengths = found.lengths()
        fits &= (lengths > 0).sum(axis=1) > max(2, self.width // 2)
        fits &= (lengths[:, self.named :] == 0).all(axis=1)
        codes = np.where(fits, (digits - np.uint16(_ZERO)).astype(np.int64) @ _POWERS, 0)
        ours = codes // 10 ** (CODE - len(self.prefix)) == int(self.prefix or 0)
        village = fits & ours & (codes % 1000 != 0)
        village &= ~np.isin(found.regular, _marked(piece))
        skipped = fits & ~village & (~ours | (codes % 1000 == 0))
        village &= lengths[:, self.columns["name"]] > 0
        counts: list[Characters] = []
        for role in ("households", "population") if self.counted else ():
            good, number = self._count(found, role)
            village &= good
            counts.append(number)
        self.odd += (found.odd + piece.first).tolist()
        self.odd += (found.regular[~(village | skipped)] + piece.first).tolist()
        self.skipped.append(found.regular[skipped] + piece.first)
        kept = np.flatnonzero(village)
        if len(kept):
            fixed = np.concatenate([digits[kept], _kinds(codes[kept]), *(number[kept] for number in counts)], axis=1)
            text = _lines(found, kept, fixed, self.columns["name"])
            self.blocks.append(Block(found.regular[kept] + piece.first, codes[kept], text))
            self._note_towns(found, kept, codes[kept], piece.first)

    def _count(self, found: Scanned, role: str) -> tuple[Flags, Characters]:
        """Which cells of a column are blank or up to nine digits, and these padded with blanks."""
        if role not in self.columns:
            return np.ones(len(found.regular), bool), np.full((len(found.regular), COUNT), _BLANK, np.uint16)
        column = self.columns[role]
        ends, lengths = found.ends[:, column], found.lengths()[:, column]
        at = np.maximum(ends[:, None] - COUNT + np.arange(COUNT), 0)
        inside = np.arange(COUNT) >= COUNT - lengths[:, None]
        number = np.where(inside, found.units[at], np.uint16(_BLANK)).astype(np.uint16)
        good = ~inside | ((number - np.uint16(_ZERO)) < 10)
        return (lengths <= COUNT) & good.all(axis=1), number

    def _note_towns(self, found: Scanned, kept: Numbers, codes: Numbers, first: int) -> None:
        towns, places = np.unique(codes // 1000, return_index=True)
        new = ~np.isin(towns, self._known)
        if not new.any():
            return
        self._known = np.union1d(self._known, towns[new])
        lines = kept[places[new]]
        names, counties = (
            _column(found, lines, self.columns[role]) if role in self.columns else [""] * len(lines)
            for role in ("town", "county")
        )
        numbers = (found.regular[lines] + first).tolist()
        self.towns.update(zip(towns[new].tolist(), zip(numbers, names, counties, strict=True), strict=True))

    def lines_of(self, odd: Mapping[int, list[str]]) -> set[int]:
        """Lines that look in order but must be read with the odd ones: doubles, and a village below a town's code."""
        codes = np.concatenate([block.codes for block in self.blocks]) if self.blocks else np.empty(0, np.int64)
        numbers = np.concatenate([block.numbers for block in self.blocks]) if self.blocks else np.empty(0, np.int64)
        if not len(codes):
            return set()
        order = np.argsort(codes, kind="stable")
        ranked = codes[order]
        same = np.flatnonzero(np.diff(ranked) == 0)
        wanted = set(numbers[order[same]].tolist()) | set(numbers[order[same + 1]].tolist())
        wanted.add(int(numbers[0]))
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
    if not any(word in piece.text for word in ("已撤", "已注", "已并")):
        return []
    return [number for number, row in enumerate(piece.rows()) if any(is_revoked(cell) for cell in row)]


def _kinds(codes: Numbers) -> Characters:
    """The number of each kind in ``UNIT_KINDS``, as a character."""
    unit = codes % 1000
    kind = np.where(unit < 200, 0, np.where(unit < 400, 1, 2))
    return (kind + _ZERO).astype(np.uint16)[:, None]


def _column(found: Scanned, lines: Numbers, column: int) -> list[str]:
    """One cell of each of these regular lines."""
    cells = _lines(found, lines, np.empty((len(lines), 0), np.uint16), column).split("\n")
    cells.pop()
    return cells


def _lines(found: Scanned, kept: Numbers, fixed: Characters, name: int) -> str:
    """The fixed characters of each line with its name behind them, a line feed after each."""
    begins = found.begins[kept, name]
    lengths = found.ends[kept, name] - begins
    wide = fixed.shape[1]
    after = np.cumsum(lengths + wide + 1)
    starts = after - lengths - wide - 1
    # Where each character comes from; the fixed ones and the line feed are put over it.
    source = np.arange(after[-1]) + np.repeat(begins - starts - wide, lengths + wide + 1)
    units = found.units[np.clip(source, 0, len(found.units) - 1)]
    units[starts[:, None] + np.arange(wide)] = fixed
    units[after - 1] = _END
    text: str = units.tobytes().decode("utf-16-le", "surrogatepass")
    return text
