"""Value types shared by every room: months and periods, fixed-point amounts, states. Standard library only.

Amounts are integers in units of 1/10 000 of the base unit (件, 元, 个, %): sums are exact in SQLite and PostgreSQL
alike, and no binary float ever reaches a page. Ratios are computed as :class:`fractions.Fraction` and rounded once.
"""

from __future__ import annotations

import operator
import re
from calendar import monthrange
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

SCALE = 10_000
"""Fixed-point factor: one base unit is 10 000 stored units."""


def to_fixed(amount: Decimal | int | Fraction) -> int:
    """Base units → stored integer, rounded half away from zero at the fourth decimal."""
    return round_half_away(Fraction(amount) * SCALE)


def from_fixed(stored: int) -> Decimal:
    """Stored integer → exact decimal in base units, without trailing zeros in exponent form."""
    return Decimal(stored).scaleb(-4)


def round_half_away(value: Fraction) -> int:
    """Round to an integer, halves away from zero (四舍五入 by absolute value)."""
    doubled = abs(value) * 2
    whole = int((doubled + 1) // 2)
    return whole if value >= 0 else -whole


def quantize(value: Fraction | Decimal | int, decimals: int) -> Decimal:
    """Round once, half away from zero, to ``decimals`` places; the result keeps its trailing zeros.

    A negative value that rounds to nothing becomes 0, never ``-0``.
    """
    scaled = round_half_away(Fraction(value) * 10**decimals)
    return Decimal(scaled).scaleb(-decimals) if decimals else Decimal(scaled)


def plain(amount: Decimal) -> str:
    """Exact decimal text for JSON: no exponent, no trailing zeros, ``0`` for zero."""
    text = format(amount, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month. Ordered, hashable; ``ordinal`` counts months since year 0."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1900 <= self.year <= 2999):
            raise ValueError(f"不是月份：{self.year}-{self.month}")

    @classmethod
    def parse(cls, text: str) -> Month:
        """``2021-03`` → Month; raises ``ValueError``."""
        match = re.fullmatch(r"(\d{4})-(\d{1,2})", text.strip())
        if match is None:
            raise ValueError(f"不是月份：{text}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def from_key(cls, key: int) -> Month:
        """202103 → Month(2021, 3): the form in which months are stored."""
        return cls(key // 100, key % 100)

    @property
    def key(self) -> int:
        """Stored form, 202103."""
        return self.year * 100 + self.month

    @property
    def days(self) -> int:
        """Days of the month; February of a leap year has 29."""
        return monthrange(self.year, self.month)[1]

    def shift(self, months: int) -> Month:
        """The month so many months later (or earlier)."""
        total = self.year * 12 + self.month - 1 + months
        return Month(total // 12, total % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def label(self) -> str:
        """2021年3月."""
        return f"{self.year}年{self.month}月"


def months_between(first: Month, last: Month) -> list[Month]:
    """All months from ``first`` to ``last``, both included; empty when last lies before first."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [first.shift(i) for i in range(max(count, 0))]


@lru_cache(maxsize=4096)
def _months_of(first: Month, last: Month) -> tuple[Month, ...]:
    return tuple(months_between(first, last))


class PeriodKind(StrEnum):
    """How long a period is (报告期别)."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    YTD = "ytd"


@dataclass(frozen=True)
class Period:
    """A reporting period: its first and last month and its kind.

    ``YTD`` is January up to the last month (累计); it is not written by users but asked for by the program.
    """

    kind: PeriodKind
    first: Month
    last: Month

    def __hash__(self) -> int:
        return hash((self.first.year, self.first.month, self.last.year, self.last.month))

    @classmethod
    def parse(cls, text: str) -> Period:
        """``2021-03``, ``2021-Q1``, ``2021-H1``, ``2021`` → Period; raises ``ValueError`` with a Chinese message."""
        text = text.strip()
        if re.fullmatch(r"\d{4}", text):
            return cls.year(int(text))
        if match := re.fullmatch(r"(\d{4})-Q([1-4])", text, re.IGNORECASE):
            last = Month(int(match[1]), int(match[2]) * 3)
            return cls(PeriodKind.QUARTER, last.shift(-2), last)
        if match := re.fullmatch(r"(\d{4})-H([12])", text, re.IGNORECASE):
            last = Month(int(match[1]), int(match[2]) * 6)
            return cls(PeriodKind.HALF, last.shift(-5), last)
        try:
            return cls.of_month(Month.parse(text))
        except ValueError:
            raise ValueError(f"期间写法不对：{text}；应为 2021-03、2021-Q1、2021-H1 或 2021") from None

    @classmethod
    def of_month(cls, month: Month) -> Period:
        """The month itself as a period."""
        return cls(PeriodKind.MONTH, month, month)

    @classmethod
    def year(cls, year: int) -> Period:
        """A whole calendar year."""
        return cls(PeriodKind.YEAR, Month(year, 1), Month(year, 12))

    @classmethod
    def to_date(cls, month: Month) -> Period:
        """January up to ``month`` (本年累计)."""
        return cls(PeriodKind.YTD, Month(month.year, 1), month)

    @property
    def months(self) -> list[Month]:
        """Every month inside, in order."""
        return list(_months_of(self.first, self.last))

    @property
    def days(self) -> int:
        """Calendar days of the period; a leap year has 366."""
        return sum(month.days for month in self.months)

    def years_before(self, years: int) -> Period:
        """The same period so many years before."""
        return Period(self.kind, self.first.shift(-12 * years), self.last.shift(-12 * years))

    def previous_year(self) -> Period:
        """Same period of last year (上年同期)."""
        return self.years_before(1)

    def previous(self) -> Period:
        """The period of equal length directly before (上期); for YTD the same as last year's."""
        if self.kind is PeriodKind.YTD:
            return self.previous_year()
        span = len(self.months)
        return Period(self.kind, self.first.shift(-span), self.last.shift(-span))

    def __str__(self) -> str:
        match self.kind:
            case PeriodKind.YEAR:
                return f"{self.first.year:04d}"
            case PeriodKind.QUARTER:
                return f"{self.first.year:04d}-Q{self.last.month // 3}"
            case PeriodKind.HALF:
                return f"{self.first.year:04d}-H{self.last.month // 6}"
            case _:
                return str(self.last)

    @property
    def label(self) -> str:
        """Chinese name: 2021年3月, 2021年一季度, 2021年上半年, 2021年, 2021年1—3月 → 一季度 by the official words."""
        year = f"{self.first.year}年"
        if self.kind is PeriodKind.YTD and self.first != Month(self.last.year, 1):
            return f"{self.first.label}至{self.last.label}"
        if self.kind is PeriodKind.MONTH:
            return self.last.label
        if self.kind is PeriodKind.YEAR:
            return year
        if self.kind is PeriodKind.QUARTER:
            return year + "一二三四"[self.last.month // 3 - 1] + "季度"
        if self.kind is PeriodKind.HALF:
            return year + ("上半年" if self.last.month == 6 else "下半年")
        return year + cumulative_words(self.last)


def cumulative_words(month: Month) -> str:
    """Words for January up to ``month``: 1月, 1—2月, 一季度, 上半年, 前三季度, 全年."""
    special = {1: "1月", 3: "一季度", 6: "上半年", 9: "前三季度", 12: "全年"}
    return special.get(month.month, f"1—{month.month}月")


class Span(StrEnum):
    """What stretch of time one stored observation covers, ending with its month."""

    MONTH = "M"
    """The month itself; for a stock, the figure at the month's end."""
    YTD = "C"
    """本年累计, January up to the month."""


class CellState(StrEnum):
    """The four states of a cell that are never confused. 0 is a value."""

    VALUE = "value"
    MISSING = "missing"
    """未报"""
    NOT_APPLICABLE = "na"
    """不适用"""
    RETURNED = "returned"
    """退回"""

    @property
    def label(self) -> str:
        """The word that stands in the cell instead of a number (empty for a value)."""
        return {"value": "", "missing": "未报", "na": "不适用", "returned": "退回"}[self.value]


class DailyItem(StrEnum):
    """What is counted every day of the peak season (旺季日报), in 件."""

    COLLECTED = "收寄"
    DUE = "应投"
    DELIVERED = "妥投"


class FigureStatus(StrEnum):
    """How final a figure is, weakest first (数据状态)."""

    ESTIMATE = "预计"
    FLASH = "快报"
    MONTHLY = "月报"
    FINAL = "年报"


class BatchState(StrEnum):
    """Fate of an import batch."""

    COMMITTED = "committed"
    UNDONE = "undone"
    RETURNED = "returned"
    """退回企业: the file is kept as evidence, none of its figures counts."""


class Severity(StrEnum):
    """An error blocks the file; a warning asks for a reason (说明)."""

    ERROR = "error"
    WARNING = "warning"


class Strictness(StrEnum):
    """How strict a check is: the severity of its issues, or switched off."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"

    @property
    def label(self) -> str:
        """Chinese word."""
        return {"error": "错误", "warning": "提示", "off": "不查"}[self.value]


class CoverageMode(StrEnum):
    """How a brand reaches a village (进村方式); several may hold at once."""

    DIRECT = "直投"
    POST = "邮快"
    SHARED = "快快"
    TRANSPORT = "交邮"
    COMMERCE = "快商"
    THIRD_PARTY = "第三方"
    STATION = "驻村设点"


class CoverageState(StrEnum):
    """Whether the service of a brand in a village runs (现状)."""

    NORMAL = "正常"
    NONE = "未通"
    SUSPENDED = "停运"
    RELAPSED = "回退"

    @property
    def served(self) -> bool:
        """Only 正常 counts as reached."""
        return self is CoverageState.NORMAL


class OutletKind(StrEnum):
    """What an outlet is (网点类型)."""

    BRANCH = "分支机构"
    TERMINAL = "末端网点"
    VILLAGE = "村级站"
    PUBLIC = "公共服务站"
    LOCKERS = "快件箱组"

    @property
    def needs_company(self) -> bool:
        """Branches and filed terminal outlets are always a company's; stations and lockers may be nobody's."""
        return self in {OutletKind.BRANCH, OutletKind.TERMINAL}


class Flag(StrEnum):
    """A yes or no with its states: a cell that says nothing is no 否."""

    YES = "是"
    NO = "否"
    MISSING = "未报"
    NOT_APPLICABLE = "不适用"


class Polarity(StrEnum):
    """Which direction is good."""

    UP = "up"
    DOWN = "down"
    NEUTRAL = "neutral"


class Comparator(StrEnum):
    """How a target is met."""

    GE = "≥"
    GT = ">"
    LE = "≤"
    LT = "<"
    DONE = "完成"

    def met(self, value: Fraction, target: Fraction) -> bool:
        """Whether ``value`` meets ``target``; both in the same unit, unrounded."""
        if self is Comparator.DONE:
            return value >= 1
        return bool({"≥": operator.ge, ">": operator.gt, "≤": operator.le, "<": operator.lt}[self.value](value, target))


YES_NO_UNIT = "是/否"
"""Unit of what is either so or not: 1 and 0."""

NATIONAL_REGION = "000000000000"
"""Twelve zeros: the whole country, parent of every province."""


def region_code(text: str) -> str:
    """Normalise a 2-, 4-, 6-, 9- or 12-digit 统计用区划代码 to 12 digits; raises ``ValueError``."""
    text = text.strip()
    if not re.fullmatch(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}", text):
        raise ValueError(f"区划代码应为 2、4、6、9 或 12 位数字：{text}")
    return text.ljust(12, "0")


def region_ancestors(code: str) -> list[str]:
    """Codes upward from a 12-digit code, nearest first, ending with the whole country."""
    chain: list[str] = []
    for cut in (9, 6, 4, 2):
        upper = code[:cut].ljust(12, "0")
        if upper != code and upper not in chain:
            chain.append(upper)
    if code != NATIONAL_REGION:
        chain.append(NATIONAL_REGION)
    return chain
