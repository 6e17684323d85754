"""Error localisation (错在哪几格): the fewest cells whose change makes every rule hold.

The principle of I. P. Fellegi and D. Holt, A Systematic Approach to Automatic Edit and Imputation, JASA 71 (1976),
17–35: data should be made to satisfy all edits by changing the fewest fields. Edits here are linear (sums, cumulation,
numerator not above denominator, nothing negative), so a set of cells explains the faults exactly when the other cells,
as they stand, leave a solution for these; that is decided without rounding (:mod:`feasible`). Sets are tried by
growing size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from desktop_app.importing.checks.feasible import Bounds, Row, TooManyConditionsError, bounds
from desktop_app.models.values import SCALE, round_half_away

_QUESTIONS = 1_500
"""So many sets are tried for one group at most: a table with wrong figures everywhere is not worth more."""


@dataclass(frozen=True)
class Edit:
    """A rule that cells must satisfy: ``low`` ≤ Σ coefficient × cell ≤ ``high``, each give or take ``slack``.

    Cells are numbers of a list of values; None = no bound on that side.
    """

    terms: tuple[tuple[int, int], ...]
    low: int | None
    high: int | None
    slack: int = 0

    def holds(self, values: Sequence[int]) -> bool:
        """Whether it is satisfied by these values of all cells."""
        total = sum(coefficient * values[cell] for cell, coefficient in self.terms)
        low = self.low is None or total >= self.low - self.slack
        return low and (self.high is None or total <= self.high + self.slack)


@dataclass(frozen=True)
class Mend:
    """Cells to change, with the value of each where only one is possible (None otherwise)."""

    cells: tuple[int, ...]
    values: tuple[int | None, ...]


@dataclass(frozen=True)
class Fault:
    """A part of the table that hangs together and is wrong: its broken rules, and the smallest mends, likeliest first.

    ``mends`` is empty where more cells would have to change than was asked about.
    """

    broken: tuple[Edit, ...]
    mends: tuple[Mend, ...]


def localise(values: Sequence[int], edits: Sequence[Edit], most: int = 3) -> list[Fault]:
    """Every fault of a table, each by itself.

    :param values: fixed-point values of all cells.
    :param most: cells that one mend may change.
    """
    faults: list[Fault] = []
    for part in _parts(edits):
        broken = tuple(edit for edit in part if not edit.holds(values))
        if broken:
            faults.append(Fault(broken, tuple(_Part(values, part, broken, most).mends())))
    return faults


def _parts(edits: Sequence[Edit]) -> list[list[Edit]]:
    """Edits that share cells, directly or through others, belong together."""
    parts: list[tuple[set[int], list[Edit]]] = []
    for edit in edits:
        cells, joined = {cell for cell, _ in edit.terms}, [edit]
        apart = []
        for other, members in parts:
            if other & cells:
                cells |= other
                joined = members + joined
            else:
                apart.append((other, members))
        parts = [*apart, (cells, joined)]
    return [members for _, members in parts]


class _Part:
    """One part that hangs together, with the sets of cells tried in it."""

    def __init__(self, values: Sequence[int], edits: Sequence[Edit], broken: Sequence[Edit], most: int) -> None:
        self._values, self._broken, self._most = values, broken, most
        self._touching: dict[int, list[Edit]] = {}
        for edit in edits:
            for cell, _ in edit.terms:
                self._touching.setdefault(cell, []).append(edit)

    def mends(self) -> list[Mend]:
        """All mends of the least size."""
        level: set[frozenset[int]] = {frozenset()}
        asked = 0
        for _ in range(self._most):
            level = {larger for cells in level for larger in self._grown(cells)}
            found: list[Mend] = []
            for cells in sorted(level, key=sorted):
                if not all(any(cell in cells for cell, _ in edit.terms) for edit in self._broken):
                    continue
                asked += 1
                if asked > _QUESTIONS:
                    return []
                if (mend := self._mend(tuple(sorted(cells)))) is not None:
                    found.append(mend)
            if found:
                return sorted(found, key=self._rank)
        return []

    def _grown(self, cells: frozenset[int]) -> Iterator[frozenset[int]]:
        """One cell more: of a broken rule that no cell touches yet, else of any rule that the cells touch."""
        open_ = next((e for e in self._broken if not any(cell in cells for cell, _ in e.terms)), None)
        rules = [open_] if open_ is not None else [edit for cell in cells for edit in self._touching[cell]]
        for cell in {cell for edit in rules for cell, _ in edit.terms} - cells:
            yield cells | {cell}

    def _mend(self, cells: tuple[int, ...]) -> Mend | None:
        """The mend by these cells: exact where the rules can hold exactly, else within their slack."""
        for exact in (True, False):
            try:
                ranges = bounds(self._rows(cells, exact=exact), len(cells))
            except TooManyConditionsError:
                return None
            if ranges is not None:
                return Mend(cells, tuple(self._value(cell, range_) for cell, range_ in zip(cells, ranges, strict=True)))
        return None

    def _rows(self, cells: tuple[int, ...], *, exact: bool) -> Iterator[Row]:
        """The rules as conditions on the chosen cells, the others standing as they are."""
        place = {cell: number for number, cell in enumerate(cells)}
        touched = {id(edit): edit for cell in cells for edit in self._touching[cell]}
        for edit in touched.values():
            row = [Fraction(0)] * len(cells)
            rest = 0
            for cell, coefficient in edit.terms:
                if cell in place:
                    row[place[cell]] += coefficient
                else:
                    rest += coefficient * self._values[cell]
            slack = 0 if exact else edit.slack
            if edit.high is not None:
                yield tuple(row), Fraction(edit.high + slack - rest)
            if edit.low is not None:
                yield tuple(-value for value in row), Fraction(rest - edit.low + slack)

    def _value(self, cell: int, range_: Bounds) -> int | None:
        slack = max((edit.slack for edit in self._touching[cell]), default=0)
        if range_.only is not None:
            return round_half_away(range_.only)
        if range_.low is not None and range_.high is not None and range_.high - range_.low <= 4 * slack:
            return round_half_away((range_.low + range_.high) / 2)
        return None

    def _rank(self, mend: Mend) -> tuple[int, int, tuple[int, ...]]:
        """Cells in many broken rules first, then those whose change looks like a slip of the pen."""
        blamed = sum(edit in self._broken for cell in mend.cells for edit in self._touching[cell])
        odd = sum(
            2 if value is None else 0 if slip_of_the_pen(self._values[cell], value) else 1
            for cell, value in zip(mend.cells, mend.values, strict=True)
        )
        return -blamed, odd, mend.cells


def slip_of_the_pen(wrong: int, right: int) -> str:
    """How one value may have become the other: 正负写反, 单位写错 or a slip among the digits; empty for none."""
    if wrong == -right and right:
        return "正负写反"
    if wrong <= 0 or right <= 0:
        return ""
    large, small = max(wrong, right), min(wrong, right)
    if large % small == 0 and large // small in {100, 1_000, 10_000, 100_000_000}:
        return "单位写错"
    ours, theirs = _digits(wrong), _digits(right)
    return _same_length(ours, theirs) if len(ours) == len(theirs) else _one_longer(ours, theirs)


def _same_length(ours: str, theirs: str) -> str:
    differ = [place for place, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b]
    if len(differ) == 1 and len(ours) > 1:
        return "一位数字写错"
    if len(differ) == 2 and differ[1] == differ[0] + 1:
        first, second = differ
        if (ours[first], ours[second]) == (theirs[second], theirs[first]):
            return "两位数字颠倒"
    return ""


def _one_longer(ours: str, theirs: str) -> str:
    shorter, longer = sorted((ours, theirs), key=len)
    if len(longer) != len(shorter) + 1 or len(shorter) < 2:
        return ""
    dropped = (longer[:place] + longer[place + 1 :] for place in range(len(longer)))
    return "多写或漏写一位数字" if shorter in dropped else ""


def _digits(value: int) -> str:
    """Digits as written, without the zeros that fixed-point adds behind whole numbers."""
    return str(value // SCALE) if value % SCALE == 0 else str(value)
