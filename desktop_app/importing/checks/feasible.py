"""Whether numbers exist that satisfy linear conditions, exactly (Fourier–Motzkin elimination over fractions).

Few unknowns only: error localisation asks about one to three cells at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

_MOST = 2_000
"""So many conditions at most while eliminating; beyond it the question is given up."""

Row = tuple[tuple[Fraction, ...], Fraction]
"""(coefficients, bound): Σ coefficient × unknown ≤ bound."""


class TooManyConditionsError(Exception):
    """Elimination grew beyond what may be spent on one question."""


@dataclass(frozen=True)
class Bounds:
    """What an unknown may be: ``low`` … ``high``, None where it is unbounded."""

    low: Fraction | None
    high: Fraction | None

    @property
    def only(self) -> Fraction | None:
        """The one value that it may have, if there is just one."""
        return self.low if self.low is not None and self.low == self.high else None


def bounds(conditions: Iterable[Row], unknowns: int) -> list[Bounds] | None:
    """The range of each unknown over all solutions; None when there is no solution.

    :param conditions: each with ``unknowns`` coefficients.
    :raises TooManyConditionsError: elimination grows too large.
    """
    rows = _tidy(conditions)
    if rows is None:
        return None
    found: list[Bounds] = []
    for kept in range(unknowns):
        left: list[Row] | None = rows
        for gone in range(unknowns):
            if gone != kept and left is not None:
                left = _eliminate(left, gone)
        if left is None:
            return None
        range_ = _range(left, kept)
        if range_ is None:
            return None
        found.append(range_)
    return found


def _eliminate(rows: Sequence[Row], gone: int) -> list[Row] | None:
    upper = [row for row in rows if row[0][gone] > 0]
    lower = [row for row in rows if row[0][gone] < 0]
    joined = [row for row in rows if not row[0][gone]]
    if len(joined) + len(upper) * len(lower) > _MOST:
        raise TooManyConditionsError
    for above, top in upper:
        for below, bottom in lower:
            up, down = -below[gone], above[gone]
            mixed = tuple(up * a + down * b for a, b in zip(above, below, strict=True))
            joined.append((mixed, up * top + down * bottom))
    return _tidy(joined)


def _tidy(rows: Iterable[Row]) -> list[Row] | None:
    """Conditions scaled to a leading ±1, the sharpest of equals kept; None when one of them cannot hold."""
    sharpest: dict[tuple[Fraction, ...], Fraction] = {}
    for coefficients, bound in rows:
        lead = next((abs(value) for value in coefficients if value), None)
        if lead is None:
            if bound < 0:
                return None
            continue
        key = tuple(value / lead for value in coefficients)
        scaled = bound / lead
        if key not in sharpest or scaled < sharpest[key]:
            sharpest[key] = scaled
    return list(sharpest.items())


def _range(rows: Sequence[Row], kept: int) -> Bounds | None:
    highs = [bound / row[kept] for row, bound in rows if row[kept] > 0]
    lows = [bound / row[kept] for row, bound in rows if row[kept] < 0]
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low > high:
        return None
    return Bounds(low, high)
