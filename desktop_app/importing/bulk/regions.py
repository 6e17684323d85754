"""The units of a large registry, kept compact: a million of them as objects would not fit into an office PC."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

import numpy as np

from desktop_app.importing.bulk.upper import Uppers
from desktop_app.importing.bulk.words import WORD, picked, words_of
from desktop_app.importing.kinds.registry import UNIT_KINDS, village_region
from desktop_app.importing.plan import PlannedRegion

if TYPE_CHECKING:
    from desktop_app.importing.bulk.arrays import Numbers

CODE = 12
COUNT = 9
"""Digits of households and population."""
_LINE = 10
_SLICE = 50_000
"""Villages that are put in order at once."""


@dataclass(frozen=True)
class Block:
    """Villages of one kind in one piece, in the order of the file.

    ``text``: in UTF-8, one line each: 12 digits of code, number of the kind in ``UNIT_KINDS``, households and
    population (nine characters each, padded with blanks; only where the file has them), name.
    """

    numbers: Numbers
    codes: Numbers
    text: bytes
    kind: int

    def without(self, numbers: Numbers) -> Block:
        """The block without the lines of these numbers."""
        keep = ~np.isin(self.numbers, numbers)
        if keep.all():
            return self
        lines = self.text.split(b"\n")
        text = b"".join(lines[at] + b"\n" for at in np.flatnonzero(keep))
        return Block(self.numbers[keep], self.codes[keep], text, self.kind)

    def lines(self) -> list[str]:
        """The packed villages."""
        found = self.text.decode("utf-8", "surrogatepass").split("\n")
        found.pop()
        return found


def packed(region: PlannedRegion, *, counted: bool) -> str:
    """A village as a line of a block."""
    counts = f"{_count(region.households)}{_count(region.population)}" if counted else ""
    return f"{region.code}{UNIT_KINDS.index(region.unit_kind)}{counts}{region.name}"


def _count(number: int | None) -> str:
    return ("" if number is None else str(number)).rjust(COUNT)


@dataclass(frozen=True)
class BulkRegions(Sequence[PlannedRegion]):
    """Counties, towns and villages of a registry as one sequence, made when asked for.

    ``own``: villages that ordinary code has read, in the order of the file. ``written``: so many of the first blocks
    are in the database already.
    """

    uppers: Uppers
    own: tuple[PlannedRegion, ...]
    blocks: tuple[Block, ...]
    counted: bool
    written: int = 0
    _made: list[PlannedRegion] = field(default_factory=list, repr=False, compare=False)

    @property
    def upper(self) -> tuple[PlannedRegion, ...]:
        """Counties, then towns."""
        return self.uppers.regions

    @property
    def units(self) -> int:
        """Villages."""
        return len(self.own) + sum(len(block.numbers) for block in self.blocks)

    def __len__(self) -> int:
        return len(self.upper) + self.units

    def __iter__(self) -> Iterator[PlannedRegion]:
        yield from self.upper
        files = [self._unpacked(block) for block in self.blocks]
        yield from heapq.merge(self.own, *files, key=lambda region: region.row)

    @overload
    def __getitem__(self, place: int) -> PlannedRegion: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[PlannedRegion]: ...
    def __getitem__(self, place: int | slice) -> PlannedRegion | Sequence[PlannedRegion]:
        if not self._made:
            self._made.extend(self)
        return self._made[place]

    def ordered(self) -> Iterator[tuple[int, bytes]]:
        """The blocks that are not in the database yet, anew: kind and lines, the villages of a kind by code."""
        blocks = [block for block in self.blocks[self.written :] if len(block.numbers)]
        if not blocks:
            return
        text = b"".join([*(block.text for block in blocks), bytes(WORD)])
        ends = np.flatnonzero(np.frombuffer(text, np.uint8) == _LINE) + 1
        begins = np.concatenate(([0], ends[:-1]))
        codes = np.concatenate([block.codes for block in blocks])
        kinds = np.repeat([block.kind for block in blocks], [len(block.numbers) for block in blocks])
        order, words = np.argsort(codes), words_of(text)
        for start in range(0, len(order), _SLICE):
            part = order[start : start + _SLICE]
            for kind in range(len(UNIT_KINDS)):
                which = part[kinds[part] == kind]
                if len(which):
                    yield kind, picked(words, begins[which], ends[which] - begins[which])

    def packed_own(self) -> list[str]:
        """Villages that ordinary code has read as lines of a block, by code."""
        return sorted(packed(region, counted=self.counted) for region in self.own)

    def villages(self) -> list[str]:
        """All villages as lines of a block, by code."""
        lines: list[str] = []
        for block in self.blocks:
            lines += block.lines()
        codes = np.concatenate([block.codes for block in self.blocks]) if self.blocks else np.empty(0, np.int64)
        if (np.diff(codes) < 0).any():
            lines = [lines[at] for at in np.argsort(codes)]
        # Few and mostly in their place, so that this is one pass.
        lines += self.packed_own()
        lines.sort()
        return lines

    @property
    def administrative(self) -> int:
        """建制村 among the villages."""
        kinds = sum(int(((block.codes % 1000 >= 200) & (block.codes % 1000 < 400)).sum()) for block in self.blocks)
        return kinds + sum(1 for region in self.own if region.administrative_village)

    @property
    def kinds(self) -> Sequence[str]:
        """Names of the kinds, by the digit that stands for them."""
        return UNIT_KINDS

    def unpack(self, villages: Sequence[str]) -> list[PlannedRegion]:
        """Lines of a block as objects; the row is not among what they say."""
        return [self._unpack(line, 0) for line in villages]

    def _unpacked(self, block: Block) -> Iterator[PlannedRegion]:
        for number, line in zip(block.numbers.tolist(), block.lines(), strict=True):
            yield self._unpack(line, number + 1)

    def _unpack(self, line: str, row: int) -> PlannedRegion:
        at = CODE + 1
        if not self.counted:
            return village_region(line[:CODE], line[at:], row)
        counts = [line[place : place + COUNT].strip() for place in (at, at + COUNT)]
        households, population = (int(count) if count else None for count in counts)
        return village_region(line[:CODE], line[at + 2 * COUNT :], row, households, population)
