"""Which month a text speaks of (报告期)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from desktop_app.models.values import Month

_CN = {char: digit for digit, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "O": 0}
_CN_YEAR = re.compile(r"([〇○零O一二三四五六七八九]{4})年")
_CN_MONTH = re.compile(r"(?<![一二三四五六七八九十第])(十[一二]?|[一二三四五六七八九])月")
_CN_DAY = re.compile(r"月((?:[二三]?十)?[一二三四五六七八九]|[二三]?十)日")
_RANGE = re.compile(r"(20\d\d)年?\s*[./-]?\s*0?1\s*月?\s*(?:-|至|到|~)\s*(1[0-2]|0?[1-9])\s*月")
_FULL = re.compile(
    r"(?<!\d)(20\d\d)\s*(?:年|[-./_])\s*(1[0-2]|0?[1-9])(?!\d)\s*(月?)(\s*[-./]?\s*\d{1,2}(?!\d)\s*日?)?"
)
_SIX = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?!\d)")
_EIGHT = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_MONTH_RANGE = re.compile(r"(?<!\d)0?1\s*月?\s*(?:-|至|到|~)\s*(1[0-2]|0?[1-9])\s*月")
_MONTH = re.compile(r"(?<![\d.])(1[0-2]|0?[1-9])\s*月(?!\s*\d{1,2}\s*日)")
_WORDS = (("前三季度", 9), ("三季度", 9), ("上半年", 6), ("一季度", 3), ("1季度", 3), ("二季度", 6), ("全年", 12))


@dataclass(frozen=True)
class Mention:
    """What a text says of its month: the full month, or only the year, or only the month's number."""

    month: Month | None = None
    year: int | None = None
    number: int | None = None
    cumulative: bool = False
    """The text speaks of January up to that month (1—3月, 一季度, 上半年, 前三季度, 全年)."""


@lru_cache(maxsize=4096)
def find_month(text: str) -> Mention:
    """``2021年3月``, ``202103``, ``2021-03``, ``二〇二一年三月``, ``2021年1—3月`` (its last month), ``3月`` …

    Two different months in one text give nothing: it is not guessed.
    """
    plain = plain_date(text)
    if match := _RANGE.search(plain):
        return Mention(Month(int(match[1]), int(match[2])), cumulative=int(match[2]) > 1)
    found = {Month(int(m[1]), int(m[2])) for m in _FULL.finditer(plain) if m[3] or not m[4]}
    found = found or {Month(int(m[1]), int(m[2])) for m in _SIX.finditer(plain)}
    found = found or {Month(int(m[1]), int(m[2])) for m in _FULL.finditer(plain)}
    found = found or {Month(int(m[1]), int(m[2])) for m in _EIGHT.finditer(plain)}
    if len(found) == 1:
        return Mention(found.pop())
    if found:
        return Mention()
    years = {int(match[1]) for match in _YEAR.finditer(plain)}
    numbers, cumulative = _month_numbers(plain)
    year = years.pop() if len(years) == 1 else None
    number = numbers.pop() if len(numbers) == 1 else None
    if year and number:
        return Mention(Month(year, number), cumulative=cumulative)
    return Mention(None, year, number, cumulative and number is not None)


def _month_numbers(plain: str) -> tuple[set[int], bool]:
    """Numbers of the months named without a year, and whether they end a cumulative stretch."""
    if match := _MONTH_RANGE.search(plain):
        return {int(match[1])}, int(match[1]) > 1
    if numbers := {int(match[1]) for match in _MONTH.finditer(plain)}:
        return numbers, False
    for word, number in _WORDS:
        if word in plain:
            return {number}, word not in {"三季度", "二季度"}
    return set(), False


def plain_date(text: str) -> str:
    """Width folded, dashes alike, Chinese numerals of dates as digits."""
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub("[—–−‐‑―－~～]+", "-", plain)
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


@lru_cache(maxsize=4096)
def cell_month(text: str) -> Month | None:
    """The month of a cell of a month column; days are dropped (2021-03-31 → 2021年3月)."""
    mention = find_month(text)
    return mention.month
