"""The fewest cells that explain all broken rules are found, and changing them so mends everything."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.importing.checks.feasible import Bounds, bounds
from desktop_app.importing.checks.localise import Edit, Mend, localise, slip_of_the_pen
from desktop_app.models.values import SCALE

# A company's month as the official form has it: three parts and a whole, four parts and a whole, each with its 累计.
_PARTS = {3: (0, 1, 2), 8: (4, 5, 6, 7)}
_CELLS = 9


def _form(values: Sequence[int], before: Sequence[int]) -> tuple[list[int], list[Edit]]:
    """Month figures and cumulative ones (9 … 17), with all the rules among them."""
    month = list(values)
    for whole, parts in _PARTS.items():
        month.insert(whole, sum(month[part] for part in parts))
    cells = [*month, *(now + old for now, old in zip(month, _wholes(before), strict=True))]
    edits = [Edit(((cell, 1),), 0, None) for cell in range(2 * _CELLS)]
    for shift in (0, _CELLS):
        for whole, parts in _PARTS.items():
            terms = ((whole + shift, -1), *((part + shift, 1) for part in parts))
            edits.append(Edit(terms, 0, 0))
    for cell, old in enumerate(_wholes(before)):
        edits.append(Edit(((cell + _CELLS, -1), (cell, 1)), -old, -old))
    return cells, edits


def _wholes(parts: Sequence[int]) -> list[int]:
    whole = list(parts)
    for place, members in _PARTS.items():
        whole.insert(place, sum(whole[member] for member in members))
    return whole


_AMOUNT = st.integers(1, 999_999).map(lambda value: value * SCALE)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(_AMOUNT, min_size=7, max_size=7),
    st.lists(_AMOUNT, min_size=7, max_size=7),
    st.lists(st.tuples(st.integers(0, 2 * _CELLS - 1), _AMOUNT), min_size=1, max_size=3, unique_by=lambda t: t[0]),
)
def test_no_more_cells_than_were_spoilt_and_the_change_mends_all(
    month: list[int], before: list[int], spoilt: list[tuple[int, int]]
) -> None:
    cells, edits = _form(month, before)
    assert all(edit.holds(cells) for edit in edits)
    for cell, value in spoilt:
        cells[cell] = value
    if all(edit.holds(cells) for edit in edits):
        return
    faults = localise(cells, edits)
    assert all(fault.mends for fault in faults), "three wrong cells are always found"
    assert sum(len(fault.mends[0].cells) for fault in faults) <= len(spoilt)
    mended = _mended(cells, [fault.mends[0] for fault in faults])
    assert mended is None or all(edit.holds(mended) for edit in edits)
    if len(faults) == 1:
        for mend in faults[0].mends:
            other = _mended(cells, [mend])
            assert other is None or all(edit.holds(other) for edit in edits), "each of the equal sets mends all"


def _mended(cells: Sequence[int], chosen: Sequence[Mend]) -> list[int] | None:
    """The cells after the mends; None where one leaves the value open."""
    changed = list(cells)
    for mend in chosen:
        for cell, value in zip(mend.cells, mend.values, strict=True):
            if value is None:
                return None
            changed[cell] = value
    return changed


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(-3, 9), min_size=5, max_size=5), st.integers(0, 2**31))
def test_the_least_number_is_what_trying_everything_finds(values: list[int], seed: int) -> None:
    """Against brute force over small whole numbers: the totals a + b = c, c + d = e, a ≤ d, nothing negative."""
    edits = [
        *(Edit(((cell, 1),), 0, None) for cell in range(5)),
        Edit(((0, 1), (1, 1), (2, -1)), 0, 0),
        Edit(((2, 1), (3, 1), (4, -1)), 0, 0),
        Edit(((0, 1), (3, -1)), None, 0),
    ]
    random.Random(seed).shuffle(edits)  # noqa: S311 (the order must not matter)
    faults = localise(values, edits)
    if all(edit.holds(values) for edit in edits):
        assert faults == []
        return
    (fault,) = faults
    size = len(fault.mends[0].cells) if fault.mends else 4
    assert size == _brute(values, edits)


def _brute(values: Sequence[int], edits: Sequence[Edit]) -> int:
    for size in (1, 2, 3):
        for cells in combinations(range(len(values)), size):
            if _solvable(list(values), list(cells), edits):
                return size
    return 4


def _solvable(values: list[int], cells: list[int], edits: Sequence[Edit]) -> bool:
    if not cells:
        return all(edit.holds(values) for edit in edits)
    first, *rest = cells
    return any(_solvable([*values[:first], value, *values[first + 1 :]], rest, edits) for value in range(28))


def test_the_cell_that_several_rules_blame_comes_first() -> None:
    cells, edits = _form([value * SCALE for value in (10, 200, 3, 40, 500, 6, 70)], [SCALE] * 7)
    cells[3] += SCALE
    (mend,) = _only(cells, edits)
    assert (mend.cells, mend.values) == ((3,), (213 * SCALE,))


def test_of_equal_sets_the_slip_of_the_pen_comes_first() -> None:
    values = [123 * SCALE, 465 * SCALE, 579 * SCALE]
    edits = [Edit(((0, 1), (1, 1), (2, -1)), 0, 0), *(Edit(((cell, 1),), 0, None) for cell in range(3))]
    first, *others = _only(values, edits)
    assert (first.cells, first.values) == ((1,), (456 * SCALE,))
    assert {mend.cells for mend in others} == {(0,), (2,)}


def test_a_value_that_is_not_settled_is_left_open() -> None:
    edits = [Edit(((0, 1), (1, -1)), None, 0)]
    low, high = _only([5, 3], edits)
    assert {low.cells: low.values, high.cells: high.values} == {(0,): (None,), (1,): (None,)}


def test_rounding_leaves_room_and_the_middle_is_named() -> None:
    edits = [Edit(((0, 1), (1, -1)), 0, 0, slack=15), Edit(((0, 1), (2, -1)), 0, 0, slack=15)]
    assert localise([100, 112, 90], edits) == []
    (mend,) = _only([300, 112, 90], edits)
    assert (mend.cells, mend.values) == ((0,), (101,))


def _only(values: Sequence[int], edits: Sequence[Edit]) -> tuple[Mend, ...]:
    (fault,) = localise(values, edits)
    return fault.mends


def test_a_table_wrong_everywhere_is_given_up_quickly() -> None:
    cells = list(range(1, 41))
    edits = [
        Edit(((a, 1), (b, 1), (c, -1)), 0, 0) for a, b, c in zip(range(38), range(1, 39), range(2, 40), strict=True)
    ]
    assert _only(cells, edits) == ()


@pytest.mark.parametrize(
    ("wrong", "right", "word"),
    [
        (-120, 120, "正负写反"),
        (12, 120_000, "单位写错"),
        (1234, 1243, "两位数字颠倒"),
        (1234, 1284, "一位数字写错"),
        (12, 123, "多写或漏写一位数字"),
        (1234, 4321, ""),
        (0, 7, ""),
    ],
)
def test_slips_of_the_pen(wrong: int, right: int, word: str) -> None:
    assert slip_of_the_pen(wrong * SCALE, right * SCALE) == word


def test_bounds_of_unknowns() -> None:
    square = [
        ((Fraction(1), Fraction(0)), Fraction(4)),
        ((Fraction(-1), Fraction(0)), Fraction(-1)),
        ((Fraction(1), Fraction(1)), Fraction(6)),
        ((Fraction(-1), Fraction(-1)), Fraction(-6)),
    ]
    found = bounds(square, 2)
    assert found is not None
    assert found == [Bounds(Fraction(1), Fraction(4)), Bounds(Fraction(2), Fraction(5))]
    assert bounds([*square, ((Fraction(0), Fraction(1)), Fraction(1))], 2) is None
