"""Series brought to a common base (定基指数): the base month is 100.0. Exact fractions in and out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

BASE = Fraction(100)


def index_number(value: Fraction | None, base: Fraction | None) -> Fraction | None:
    """``value / base × 100``; None when either is missing, the base is zero or negative, or the value negative."""
    if value is None or base is None or base <= 0 or value < 0:
        return None
    return value / base * BASE


def indexed(values: Sequence[Fraction | None], base: Fraction | None) -> tuple[Fraction | None, ...]:
    """A whole series against one base; a gap stays a gap."""
    return tuple(index_number(value, base) for value in values)
