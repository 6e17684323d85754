"""Which month a text speaks of (报告期)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from desktop_app.importing.recognise.days import lone_day, part_of_month, stretch_of_days
from desktop_app.models.values import Month

_CN = {char: digit for digit, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "O": 0}
_CN_YEAR = re.compile(r"([〇○零O一二三四五六七八九]{4})年")
_CN_MONTH = re.compile(r"(?<![一二三四五六七八九十第])(十[一二]?|[一二三四五六七八九])月")
_CN_FIRST = re.compile(
    r"(?<![一二三四五六七八九十第])(十[一二]?|[一二三四五六七八九])(?=月?份?[-至到][一二三四五六七八九十]{1,2}月)"
)
_CN_NEW_YEAR = re.compile(r"(?:(?<=年)|(?<![\u4e00-\u9fff\d/]))\s*元月")
_CN_DAY = re.compile(r"月((?:[二三]?十)?[一二三四五六七八九]|[二三]?十)日")
_RANGE = re.compile(
    r"(?<!\d)(20\d\d)\s*年?\s*[./-]?\s*(1[0-2]|0?[1-9])\s*月?\s*份?\s*(?:-|至|到)\s*(1[0-2]|0?[1-9])\s*月"
)
_FULL = re.compile(
    r"(?<!\d)(20\d\d)\s*(?:年|[-./_])\s*(1[0-2]|0?[1-9])(?!\d|\s*季)\s*(月?)(\s*[-./]?\s*\d{1,2}(?!\d)\s*[日号]?)?"
)
_SIX = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?!\d)")
_EIGHT = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*(?:年|(?=[-./]?(?:Q|[1-4]\s*季)))", re.IGNORECASE)
_MONTH_RANGE = re.compile(r"(?<![\d.])(1[0-2]|0?[1-9])\s*月?\s*份?\s*(?:-|至|到)\s*(1[0-2]|0?[1-9])\s*月")
_MONTH = re.compile(r"(?<![\d.])(1[0-2]|0?[1-9])\s*月(?!\s*\d{1,2}\s*日)")
_WORDS = {"上半年": 6, "全年": 12, "下半年": 0}
"""Stretches of months and the month that they lead up to from January; 0 when they begin later."""
_QUARTER = re.compile(r"(前?)\s*第?\s*([一二三四1234])\s*个?季度?|(?<![A-Za-z])Q([1-4])(?!\d)", re.IGNORECASE)
_OF_YEAR = re.compile(r"20\d\d\s*年度")
_STRETCH_HEAD = re.compile(
    r"(?:20\d\d\s*年?\s*)?(?:前?\s*第?\s*[一二三四1-4]\s*个?季度?|Q[1-4]|[上下]半年|全年)(?:累计|合计|小计|完成|实际|数)*",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"[(（][^()（）]*[)）]\s*$")
"""A unit behind a head."""
_DIGITS = dict(zip("一二三四1234", (1, 2, 3, 4) * 2, strict=True))


@dataclass(frozen=True)
class Mention:
    """What a text says of its month: the full month, or only the year, or only the month's number."""

    month: Month | None = None
    year: int | None = None
    number: int | None = None
    cumulative: bool = False
    """The text speaks of January up to that month (1—3月, 一季度, 上半年, 前三季度, 全年)."""
    stretch: bool = False
    """The text speaks of several months that do not begin in January (4—6月, 二季度): neither a month nor a 累计."""
    annual: bool = False
    """The text speaks of a whole year (2022年度) and of none of its months."""
    part: str = ""
    """The words for days that are no whole month (4月上旬, 3月26日至4月25日)."""
    day: int = 0
    """The day, where the text names the month only by one of its days that is not the last."""


@lru_cache(maxsize=4096)
def find_month(text: str) -> Mention:
    """``2021年3月``, ``202103``, ``2021-03``, ``二〇二一年三月``, ``2021年1—3月`` (its last month), ``3月`` …

    Two different months in one text give nothing: it is not guessed.
    """
    plain = plain_date(text)
    part = part_of_month(plain)
    return replace(_found(plain), part=part) if part else _found(plain)


def _found(plain: str) -> Mention:
    if days := stretch_of_days(plain):
        month = Month(days.year, days.month) if days.year and days.month else None
        year, number = (None, None) if month else (days.year, days.month)
        return Mention(month, year, number, days.cumulative, part="" if days.month else days.words)
    if match := _RANGE.search(plain):
        return _range(*(int(part) for part in match.groups()))
    return _of_full(plain) or _in_parts(plain)


def _of_full(plain: str) -> Mention | None:
    """A month named with its year; an empty mention for two of them, None for none."""
    found = {Month(int(m[1]), int(m[2])) for m in _FULL.finditer(plain) if m[3] or not m[4]}
    found = found or {Month(int(m[1]), int(m[2])) for m in _SIX.finditer(plain)}
    found = found or {Month(int(m[1]), int(m[2])) for m in _FULL.finditer(plain)}
    found = found or {Month(int(m[1]), int(m[2])) for m in _EIGHT.finditer(plain)}
    if len(found) != 1:
        return Mention() if found else None
    month = found.pop()
    return Mention(month, day=_only_day(plain, month))


def _in_parts(plain: str) -> Mention:
    """A year and a month's number apart, or only one of them."""
    years = {int(match[1]) for match in _YEAR.finditer(plain)}
    numbers, cumulative = _month_numbers(plain)
    year = years.pop() if len(years) == 1 else None
    if numbers == {0}:
        return Mention(year=year, stretch=True)
    number = numbers.pop() if len(numbers) == 1 else None
    if year and number:
        return Mention(Month(year, number), cumulative=cumulative)
    annual = number is None and year is not None and _OF_YEAR.search(plain) is not None
    return Mention(None, year, number, cumulative and number is not None, annual=annual)


def _only_day(plain: str, month: Month) -> int:
    """The day by which alone a text names this month; 0 where it names the month itself, or its last day."""
    days: list[int] = []
    for match in _FULL.finditer(plain):
        # “2021年3月 12家企业” has no day.
        behind = match[4] or ""
        dated = behind.rstrip().endswith(("日", "号")) or (behind and not match[3])
        days.append(lone_day(month.year, month.month, behind) if dated else 0)
    if not days and not _SIX.search(plain):
        days = [lone_day(month.year, month.month, match[0][6:]) for match in _EIGHT.finditer(plain)]
    return days[0] if days and all(days) else 0


def stretch_words(text: str) -> str:
    """What is left of a head without its quarter, half or whole year: 一季度业务量 → 业务量."""
    return _STRETCH_HEAD.sub("", plain_date(text)).strip()


def stretch_head(text: str) -> int:
    """The month that a head of nothing but a stretch from January ends with (一季度: 3, 全年: 12); 0 for others."""
    found = find_month(text)
    number = found.month.month if found.month else found.number
    return number if number and found.cumulative and not stretch_words(_BEHIND.sub("", text)) else 0


def _range(year: int, first: int, last: int) -> Mention:
    if first not in {1, last}:
        return Mention(year=year, stretch=True)
    return Mention(Month(year, last), cumulative=last > first)


def _month_numbers(plain: str) -> tuple[set[int], bool]:
    """Numbers of the months named without a year, and whether they end a cumulative stretch; 0: another stretch."""
    if match := _MONTH_RANGE.search(plain):
        first, last = int(match[1]), int(match[2])
        return ({last}, last > first) if first in {1, last} else ({0}, False)
    if numbers := {int(match[1]) for match in _MONTH.finditer(plain)}:
        return numbers, False
    if match := _QUARTER.search(plain):
        quarter = _DIGITS[match[2] or match[3]]
        return ({quarter * 3}, True) if match[1] or quarter == 1 else ({0}, False)
    for word, number in _WORDS.items():
        if word in plain:
            return {number}, number > 0
    return set(), False


def plain_date(text: str) -> str:
    """Width folded, dashes alike, Chinese numerals of dates as digits (一至三月 → 1至3月)."""
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub("[—–−‐‑―－~～]+", "-", plain)
    plain = _CN_NEW_YEAR.sub("1月", plain)
    plain = _CN_FIRST.sub(lambda m: str(_chinese_month(m[1])), plain)
    plain = _CN_YEAR.sub(lambda m: "".join(str(_CN[c]) for c in m[1]) + "年", plain)
    plain = _CN_MONTH.sub(lambda m: f"{_chinese_month(m[1])}月", plain)
    return _CN_DAY.sub(lambda m: f"月{_chinese_day(m[1])}日", plain)


def _chinese_day(text: str) -> int:
    """一 … 三十一."""
    tens, ten, ones = text.rpartition("十")
    return (_CN[tens] if tens else 1 if ten else 0) * 10 + (_CN[ones] if ones else 0)


def _chinese_month(text: str) -> int:
    if text.startswith("十"):
        return 10 + (_CN[text[1]] if len(text) > 1 else 0)
    return _CN[text]
