"""Dates and months in cells (日期): all Chinese and spreadsheet shapes, and what had to be assumed to read them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from desktop_app.importing.recognise.months import find_month, plain_date
from desktop_app.models.values import Month

_FULL = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s*[年\-/._]\s*(?P<m>\d{1,2})\s*[月\-/._]\s*(?P<d>\d{1,2})\s*[日号]?"
    r"\s*\(?\s*(?:(?:星期|周)[一二三四五六日天])?\s*\)?\s*(?:T|上午|下午)?\s*"
    r"(?:\d{1,2}(?::\d{2}){1,2}(?:\.\d+)?Z?|\d{1,2}时(?:\d{1,2}分)?(?:\d{1,2}秒)?)?",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?P<y>\d\d)\s*[年\-/.]\s*(?P<m>1[0-2]|0?[1-9])\s*(?:月|[\-/.])\s*(?:(?P<d>\d{1,2})\s*[日号]?)?")
_SHORT_MONTH = re.compile(r"(?P<y>[23]\d)\s*[-/]\s*(?P<m>0[1-9]|1[0-2])")
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:\.0+|(?:[01]\d|2[0-3])[0-5]\d[0-5]\d)?")
_ENGLISH = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAMED = re.compile(r"(?:(?P<d>\d{1,2})[-\s/])?(?P<m>[a-z]{3,9})\.?[-\s/']*(?P<y>(?:20)?\d\d)", re.IGNORECASE)
_YEAR_NAMED = re.compile(r"(?P<y>[2-9]\d)[-\s](?P<m>[a-z]{3,9})\.?", re.IGNORECASE)
_NAMED_YEAR = re.compile(
    r"(?P<m>[a-z]{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(?P<y>20\d\d)"
    r"|(?P<y2>20\d\d)[-\s/](?P<m2>[a-z]{3,9})\.?(?:[-\s/](?P<d2>\d{1,2}))?",
    re.IGNORECASE,
)
"""Mar 5, 2021; 2021-Mar-05."""
_LOST_ZERO = re.compile(r"20\d\d\.1")
_WHOLE_YEAR = re.compile(r"20\d\d\s*年度(?:合计|累计)?")
_MONTH_FIRST = re.compile(r"(?P<m>1[0-2]|0?[1-9])\s*[/\-.月]\s*(?P<y>20\d\d)年?")
_YEAR_M = re.compile(r"(?P<y>20\d\d)\s*[-_]?\s*(?:m|年第)\s*(?P<m>1[0-2]|0?[1-9])月?", re.IGNORECASE)
_SERIAL = re.compile(r"(?P<n>[2-7]\d{4})(?:\.\d+)?")
_DAY_OF_YEAR = re.compile(r"(?P<m>1[0-2]|0?[1-9])\s*月\s*(?P<d>\d{1,2})\s*[日号]")
_DAY_AND_MONTH = re.compile(r"(?P<a>\d{1,2})\s*(?P<mark>[/.\-])\s*(?P<b>\d{1,2})\s*(?P=mark)\s*(?P<y>20\d\d)")
EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet's calendar (its false 29 February 1900 lies before every date that we read)."""


@dataclass(frozen=True)
class DateRead:
    """A month, with its day when the cell names one; ``why`` says what was assumed, empty when nothing was."""

    month: Month
    day: date | None = None
    why: str = ""
    cumulative: bool = False
    """The cell speaks of January up to that month (2021年1—3月, 2021年一季度)."""


@lru_cache(maxsize=8192)
def read_date(text: str) -> DateRead | None:
    """``2021年3月5日``, ``二〇二一年三月``, ``21.3.5``, ``Mar-21``, ``3/2021``, ``44256``, ``20210305`` … else None."""
    plain = plain_date(unicodedata.normalize("NFKC", text)).strip().removeprefix("'")
    if not plain:
        return None
    if match := _FULL.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return _day(int(match["y"]), int(match["m"]), int(match["d"]), "")
    if match := _SERIAL.fullmatch(plain):
        day = EPOCH + timedelta(days=int(match["n"]))
        return DateRead(Month(day.year, day.month), day, "表格软件的日期序号")
    if match := _NAMED.fullmatch(plain) or _YEAR_NAMED.fullmatch(plain) or _NAMED_YEAR.fullmatch(plain):
        return _with_year(match) if match.re is _NAMED_YEAR else _named(match)
    for pattern, why in (
        (_YEAR_M, ""),
        (_MONTH_FIRST, "月份写在年份前"),
        (_SHORT, "年份只写了两位"),
        (_SHORT_MONTH, "年份只写了两位"),
    ):
        if match := pattern.fullmatch(plain):
            year = int(match["y"]) if len(match["y"]) == 4 else 2000 + int(match["y"])
            written = match.groupdict().get("d")
            return _day(year, int(match["m"]), int(written) if written else None, why)
    return _month_alone(text, plain)


def _month_alone(text: str, plain: str) -> DateRead | None:
    mention = find_month(text)
    if mention.annual and mention.year is not None and _WHOLE_YEAR.fullmatch(plain):
        return DateRead(Month(mention.year, 12), cumulative=True)
    month = None if mention.part else mention.month or (None if mention.stretch else _old_month(plain))
    why = "按1月读；如是10月，末尾的 0 丢了" if _LOST_ZERO.fullmatch(plain) else ""
    return None if month is None else DateRead(month, why=why, cumulative=mention.cumulative)


def _named(match: re.Match[str]) -> DateRead | None:
    word = match["m"].lower()[:3]
    if word not in _ENGLISH:
        return None
    year = int(match["y"]) if len(match["y"]) == 4 else 2000 + int(match["y"])
    day = match.groupdict().get("d")
    why = f"英文月份，前面的 {match['y']} 按年份读" if match.re is _YEAR_NAMED else "英文月份"
    return _day(year, _ENGLISH.index(word) + 1, int(day) if day else None, why)


def _with_year(match: re.Match[str]) -> DateRead | None:
    word = (match["m"] or match["m2"]).lower()[:3]
    if word not in _ENGLISH:
        return None
    day = match["d"] or match["d2"]
    return _day(int(match["y"] or match["y2"]), _ENGLISH.index(word) + 1, int(day) if day else None, "英文月份")


def _old_month(plain: str) -> Month | None:
    """Months before 2000, which no reporting month can be."""
    match = re.match(r"(19\d\d)[年\-/.]?(1[0-2]|0?[1-9])", plain)
    return Month(int(match[1]), int(match[2])) if match else None


def _day(year: int, month: int, day: int | None, why: str) -> DateRead | None:
    try:
        if day is None:
            return DateRead(Month(year, month), None, why)
        return DateRead(Month(year, month), date(year, month, day), why)
    except ValueError:
        return None


@dataclass(frozen=True)
class DayRead:
    """A day of a month that is known; ``doubt`` is the other day that the cell may mean."""

    day: date
    why: str = ""
    doubt: date | None = None


def read_day_near(text: str, month: Month | None) -> DayRead | None:
    """A day as :func:`read_date` has it, and ``1月5日`` or ``05/01/2022`` by the month that the table is of.

    Of two readings the one nearer to the month is taken, and the other told.
    """
    found = read_date(text)
    if found is not None:
        return None if found.day is None else DayRead(found.day, found.why)
    plain = plain_date(text).strip()
    if match := _DAY_AND_MONTH.fullmatch(plain):
        days = {_day_of(int(match["y"]), m, d) for m, d in _both_ways(int(match["a"]), int(match["b"]))} - {None}
        ranked = sorted((day for day in days if day), key=lambda day: _distance(day, month))
        if not ranked:
            return None
        return DayRead(ranked[0], "日和月写在年份前", ranked[1] if len(ranked) > 1 else None)
    match = _DAY_OF_YEAR.fullmatch(plain)
    if match is None or month is None:
        return None
    near = [_day_of(month.year + shift, int(match["m"]), int(match["d"])) for shift in (-1, 0, 1)]
    day = min((each for each in near if each), key=lambda each: _distance(each, month), default=None)
    return None if day is None else DayRead(day, f"没有写年份，按{day.year}年读")


def _both_ways(first: int, second: int) -> tuple[tuple[int, int], tuple[int, int]]:
    return (first, second), (second, first)


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _distance(day: date, month: Month | None) -> tuple[int, date]:
    """Months between; of two days in the same month the earlier goes first."""
    return (0 if month is None else abs((day.year - month.year) * 12 + day.month - month.month)), day
