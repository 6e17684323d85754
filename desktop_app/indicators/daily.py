"""The peak season day by day (旺季日报): sums, peak, multiple, rate of delivery. Exact fractions in and out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop_app.models.values import DailyItem

Given = Mapping[tuple[date, int, DailyItem], Fraction]
"""Day, company and item → what the company gave."""


@dataclass(frozen=True)
class Sum:
    """A sum over companies (or days) with who is in it; ``value`` None when nobody gave anything."""

    value: Fraction | None
    reporters: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Peak:
    """The day with the most parcels collected; of equal days the first."""

    day: date
    value: Fraction
    reporters: frozenset[int]


def day_sum(given: Given, day: date, item: DailyItem, companies: Iterable[int]) -> Sum:
    """One day over the companies that gave it."""
    values = {who: value for who in companies if (value := given.get((day, who, item))) is not None}
    return Sum(sum(values.values(), Fraction(0)) if values else None, frozenset(values))


def season_sum(given: Given, days: Iterable[date], item: DailyItem, companies: Iterable[int]) -> Sum:
    """All days over everybody who gave any."""
    who = tuple(companies)
    known = [found for day in days if (found := day_sum(given, day, item, who)).value is not None]
    total = sum((found.value for found in known if found.value is not None), Fraction(0))
    return Sum(total if known else None, frozenset().union(*(found.reporters for found in known)))


def delivery_rate(given: Given, days: Iterable[date], companies: Iterable[int]) -> Fraction | None:
    """妥投率 in %: 妥投 / 应投 over the companies and days that gave both (a ratio of sums); None without any due."""
    who = tuple(companies)
    done = due = Fraction(0)
    for day in days:
        for company in who:
            delivered = given.get((day, company, DailyItem.DELIVERED))
            wanted = given.get((day, company, DailyItem.DUE))
            if delivered is not None and wanted is not None:
                done, due = done + delivered, due + wanted
    return done / due * 100 if due > 0 else None


def peak_of(given: Given, days: Iterable[date], companies: Iterable[int]) -> Peak | None:
    """The peak day (最高日); None when nothing was collected."""
    who = tuple(companies)
    best: Peak | None = None
    for day in days:
        found = day_sum(given, day, DailyItem.COLLECTED, who)
        if found.value is not None and found.value > 0 and (best is None or found.value > best.value):
            best = Peak(day, found.value, found.reporters)
    return best


def multiple(value: Fraction | None, usual: Fraction | None) -> Fraction | None:
    """峰值倍数: a day's volume by the usual day's (日常量); None when either is missing or the usual one is nothing."""
    if value is None or usual is None or usual <= 0:
        return None
    return value / usual
