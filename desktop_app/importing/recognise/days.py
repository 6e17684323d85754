"""Stretches of days in a text (3月1日至31日, 3月26日至4月25日, 4月上旬): a month, January to its end, or neither."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

_DAYS = re.compile(
    r"(?<!\d)(?:(?P<y>20\d\d)\s*[年./-]\s*)?(?P<m>1[0-2]|0?[1-9])\s*[月./-]\s*(?P<d>\d{1,2})\s*[日号]?"
    r"\s*(?:-|至|到)\s*"
    r"(?:(?P<y2>20\d\d)\s*[年./-]\s*)?(?:(?P<m2>1[0-2]|0?[1-9])\s*[月./-]\s*)?(?P<d2>\d{1,2})\s*[日号]?"
    r"(?!\s*[\d年月季:.])"
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>\d\d)\s*(?:-|至|到)\s*"
    r"(?P<y2>20\d\d)(?P<m2>0[1-9]|1[0-2])(?P<d2>\d\d)(?!\d)"
)
_PART = re.compile(r"(?:\d{1,2}\s*月)?\s*(?:[上中下]旬|[上下]半月)|第\s*[\d一二三四五六]{1,2}\s*周|周报")


@dataclass(frozen=True)
class Stretch:
    """The days as written, and the month that they are or lead up to from January; no month for other stretches."""

    words: str
    year: int | None
    month: int | None = None
    cumulative: bool = False


def stretch_of_days(plain: str) -> Stretch | None:
    """The first stretch between two days of a text whose dashes are folded; None where there is none."""
    for match in (*_DAYS.finditer(plain), *_COMPACT.finditer(plain)):
        # 表3-1-2 and the like are no days.
        if match["y"] or "月" in match[0]:
            found = _stretch(match)
            if found is not None:
                return found
    return None


def _stretch(match: re.Match[str]) -> Stretch | None:
    first, last = int(match["m"]), int(match["m2"] or match["m"])
    year = int(match["y"]) if match["y"] else None
    end = int(match["y2"]) if match["y2"] else year
    day, end_day = int(match["d"]), int(match["d2"])
    if not (1 <= day <= 31 and 1 <= end_day <= 31):
        return None
    ends_month = end_day == monthrange(end or 2021, last)[1] or (end is None and last == 2 and end_day == 29)
    if year == end and day == 1 and ends_month and first in {1, last}:
        return Stretch(match[0].strip(), year, last, cumulative=last > first)
    return Stretch(match[0].strip(), year)


def part_of_month(plain: str) -> str:
    """Words for ten days, half a month or a week; empty where none stand there."""
    match = _PART.search(plain)
    return match[0].strip() if match else ""


def lone_day(year: int, month: int, behind: str) -> int:
    """The day that stands behind a year and a month, 0 for none; a month's last day stands for the month."""
    digits = re.search(r"\d{1,2}", behind)
    day = int(digits[0]) if digits else 0
    return 0 if day == monthrange(year, month)[1] else day
