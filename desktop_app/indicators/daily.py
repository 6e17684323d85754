"""The peak season day by day (旺季日报): sums, peak, multiple, rate of delivery. Exact fractions in and out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from desktop_app.catalogue.model import SeasonFigure
from desktop_app.models.values import DailyItem, Month

DAYS = 18
FESTIVAL = 11
"""11月11日."""
SEASON_MONTH = 11

Given = Mapping[tuple[date, int, DailyItem], Fraction]
"""Day, company and item → what the company gave."""


def season_days(year: int) -> tuple[date, ...]:
    """11月1日 to 18日."""
    return tuple(date(year, SEASON_MONTH, 1) + timedelta(days=n) for n in range(DAYS))


@dataclass(frozen=True)
class SeasonBook:
    """The days of every season as indicators ask for them.

    ``figures``: code of every indicator that is made of days → what of them it is.
    """

    given: Given
    figures: Mapping[str, SeasonFigure]

    def __post_init__(self) -> None:
        told: dict[DailyItem, set[int]] = {}
        for _, who, item in self.given:
            told.setdefault(item, set()).add(who)
        object.__setattr__(self, "_told", {item: frozenset(who) for item, who in told.items()})

    _told: Mapping[DailyItem, frozenset[int]] = field(default_factory=dict, init=False, repr=False)

    def reporters(self, code: str) -> frozenset[int]:
        """Companies that ever told a day of what the indicator is made of."""
        items = [self._told.get(item, frozenset()) for item in _needed(self.figures.get(code))]
        return frozenset.intersection(*items) if items else frozenset()

    def count(self, code: str, year: int, company: int) -> tuple[Fraction | None, bool]:
        """What a company told in 件, None when nothing; and whether it told every day of it."""
        figure = self.figures.get(code)
        items = _needed(figure)
        days = season_days(year)
        if figure is SeasonFigure.FESTIVAL:
            days = days[FESTIVAL - 1 : FESTIVAL]
        known = [
            values[0]
            for day in days
            if len(values := [v for item in items if (v := self.given.get((day, company, item))) is not None])
            == len(items)
        ]
        return (sum(known, Fraction(0)), len(known) == len(days)) if items and known else (None, False)

    def between(self, first: int, last: int) -> SeasonBook:
        """The seasons of some years only."""
        return SeasonBook({key: v for key, v in self.given.items() if first <= key[0].year <= last}, self.figures)


def _needed(figure: SeasonFigure | None) -> tuple[DailyItem, ...]:
    """The item that is counted, and the one that must be told beside it."""
    match figure:
        case SeasonFigure.WHOLE | SeasonFigure.FESTIVAL:
            return (DailyItem.COLLECTED,)
        case SeasonFigure.DUE:
            return (DailyItem.DUE, DailyItem.DELIVERED)
        case SeasonFigure.DELIVERED:
            return (DailyItem.DELIVERED, DailyItem.DUE)
        case _:
            return ()


def seasons_in(months: Iterable[Month]) -> list[Month]:
    """The months among these in which a season lies."""
    return [month for month in months if month.month == SEASON_MONTH]


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
