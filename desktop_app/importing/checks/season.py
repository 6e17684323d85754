"""Which months of other years are like a month: 11·11, and the Spring Festival, whose month moves."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from desktop_app.catalogue.festivals import spring_festivals
from desktop_app.models.values import Month

_BEFORE, _AFTER = 5, 12
"""Days before and after the first day of the lunar year on which companies stand still or run low."""

ORDINARY = "平常月份"


@lru_cache(maxsize=1024)
def rest_days(month: Month) -> int:
    """Days of the month on which the Spring Festival holds parcels back (0 … 18)."""
    festival = spring_festivals().get(month.year)
    if festival is None:
        return 0
    days = (festival + timedelta(days=offset) for offset in range(-_BEFORE, _AFTER + 1))
    return sum(day.month == month.month for day in days)


@lru_cache(maxsize=1024)
def season(month: Month) -> str:
    """The name of the month's season; months of one name may be compared.

    January and February are told apart by the festival: of the two, the one with most of its days is 春节月; the other
    lies before or after it. A year without an entry in the table takes February.
    """
    if month.month in {11, 12}:
        return "双11前后" if month.month == 11 else "双12前后"
    if month.month == 3:
        return "三月"
    if month.month > 3:
        return ORDINARY
    if month.year not in spring_festivals():
        return "春节月" if month.month == 2 else "春节前"
    january = rest_days(Month(month.year, 1))
    february = rest_days(Month(month.year, 2))
    if (january > february) == (month.month == 1):
        return "春节月"
    return "春节前" if month.month == 1 else "春节后"
