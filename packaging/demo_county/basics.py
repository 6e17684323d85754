"""Months, repeatable chance and money: the small tools of the generator.

Chance comes from a hash of a key and not from a running generator, so that a figure stays the same when others are
added, and does not depend on the Python version. Only + − × ÷ are used on floats: the same bits on every machine.
"""

from __future__ import annotations

import hashlib
from calendar import monthrange
from typing import NamedTuple

SEED = "220281-2021"


class Month(NamedTuple):
    """A calendar month."""

    year: int
    month: int

    @property
    def key(self) -> str:
        """``2021-03``."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def label(self) -> str:
        """2021年3月."""
        return f"{self.year}年{self.month}月"

    @property
    def days(self) -> int:
        """Days of the month."""
        return monthrange(self.year, self.month)[1]

    def shift(self, months: int) -> Month:
        """The month so many months later, or earlier."""
        total = self.year * 12 + self.month - 1 + months
        return Month(total // 12, total % 12 + 1)


FIRST = Month(2020, 1)
MONTHS = tuple(FIRST.shift(i) for i in range(24))
MARCH = Month(2021, 3)


def index(month: Month) -> int:
    """Months since January 2020."""
    return (month.year - FIRST.year) * 12 + month.month - FIRST.month


def chance(*key: object) -> float:
    """A number in [0, 1) that belongs to the key for ever."""
    text = "|".join([SEED, *map(str, key)])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") / float(1 << 48)


def wobble(width: float, *key: object) -> float:
    """A factor in 1 ± width."""
    return 1.0 + width * (2.0 * chance(*key) - 1.0)


def yuan(fen: int, *, separators: bool = False) -> str:
    """Amount in 分 → text in 元, without decimals when it is whole."""
    sign = "," if separators else ""
    whole, rest = divmod(fen, 100)
    return f"{whole:{sign}}.{rest:02d}" if rest else f"{whole:{sign}}"
