"""Numbers of the sheets of a 巡查表: short enough to be typed, the same on the paper and in the window."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop_app.models.values import Month

_TYPED = re.compile(r"(\d{3,12})(?:\s*[-－—–/ ]\s*(\d{2})(\d{2}))?")
_LEVELS = (6, 4, 2)
"""Digits of a county's, a prefecture's and a province's code."""


def form_numbers(towns: Iterable[str], month: Month) -> dict[str, str]:
    """Town code (12 digits) → ``104-2103``: the digits that tell the towns apart, and the month of the paper."""
    codes = list(towns)
    same = next((size for size in _LEVELS if len({code[:size] for code in codes}) <= 1), 0)
    return {code: f"{code[same:9]}-{month.year % 100:02d}{month.month:02d}" for code in codes}


def read_form_number(text: str, month: Month) -> tuple[str, Month] | None:
    """``104-2103`` → (104, 2021-03); ``104`` is of ``month``; None when it is not a number of a form."""
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return None
    digits, year, part = found.groups()
    if year is None:
        return digits, month
    if not 1 <= int(part) <= 12:
        return None
    return digits, Month(2000 + int(year), int(part))
