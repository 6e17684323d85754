"""Places in a ranking (名次) and how they have moved."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def places(values: Mapping[K, Fraction | None], *, smallest_first: bool = False) -> dict[K, int]:
    """Place of everybody who has a value; equal values share a place and the next one is left out (1, 2, 2, 4).

    :param smallest_first: for what should be small (申诉率).
    """
    known = [value for value in values.values() if value is not None]
    return {
        key: 1 + sum(1 for other in known if (other < value if smallest_first else other > value))
        for key, value in values.items()
        if value is not None
    }


def movement(now: int | None, before: int | None) -> int | None:
    """Places won (positive) or lost since then; None when there is no place on one side."""
    return None if now is None or before is None else before - now
