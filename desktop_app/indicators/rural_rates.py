"""Rates of groups of villages, the pace towards a target, and brands that have fallen back. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from desktop_app.indicators.coverage import CoverageBook, CoverageFact, VillageState, ratio_pct
from desktop_app.indicators.figures import one_decimal
from desktop_app.indicators.results.rural_rates import RateRow, Relapse
from desktop_app.models.values import CoverageMode, CoverageState, Month

PACE_MONTHS = 6
"""Months over which the pace is measured."""
LATEST_ARRIVAL = Month(2099, 12)
"""An arrival beyond it is none."""
ENOUGH_VISITS = 3


def rate_row(key: str, name: str, group: Sequence[VillageState], majors: tuple[str, ...], month: Month) -> RateRow:
    """Rates of a group: every one is the ratio of sums over the group's villages."""
    count = len(group)

    def share(part: int) -> Decimal | None:
        return one_decimal(ratio_pct(part, count))

    covered = _reached(group, "any", majors)
    stations = sum(bool(v.station) for v in group)
    return RateRow(
        key=key,
        name=name,
        villages=count,
        covered=covered,
        reach=share(covered),
        direct=share(_reached(group, "direct", majors)),
        three=share(_reached(group, "3", majors)),
        major=share(_reached(group, "major", majors)),
        often=share(sum((v.frequency or 0) >= ENOUGH_VISITS for v in group)),
        post_villages=sum(CoverageMode.POST in v.modes for v in group),
        post_parcels=post_parcels(group, month),
        stations=stations,
        station=share(stations),
        mean_brands=one_decimal(Fraction(sum(len(v.served) for v in group), count)) if count else None,
    )


def _reached(group: Sequence[VillageState], definition: str, majors: tuple[str, ...]) -> int:
    return sum(v.reached(definition, majors) for v in group)


def post_parcels(group: Sequence[VillageState], month: Month) -> int | None:
    """Parcels in and out by 邮快 in the records of ``month`` itself: what was carried is never carried forward."""
    counts = [
        (fact.parcels_in or 0) + (fact.parcels_out or 0)
        for village in group
        for fact in village.records.values()
        if fact.month == month.key
        and fact.state.served
        and CoverageMode.POST in fact.modes
        and (fact.parcels_in is not None or fact.parcels_out is not None)
    ]
    return sum(counts) if counts else None


def only_brand(state: VillageState, brand: str) -> VillageState:
    """The village as if this brand were the only one; a station only where the brand's own record names it.

    How often mail comes to a village that the brand does not serve is not the brand's frequency.
    """
    fact = state.records.get(brand)
    if fact is not None and not fact.state.served:
        fact = fact._replace(weekly_frequency=None)
    return VillageState(state.village, {} if fact is None else {brand: fact})


def only_mode(state: VillageState, mode: CoverageMode) -> VillageState:
    """The village as if services of this mode were the only ones; a station only where such a record names it."""
    return VillageState(state.village, {b: fact for b, fact in state.records.items() if mode in fact.modes})


# ----------------------------------------------------------------------------------------------- the pace


@dataclass(frozen=True)
class Pace:
    """Rate now and ``PACE_MONTHS`` before, points a month between them, and the month of arrival."""

    now: Fraction
    then: Fraction
    monthly: Fraction
    arrival: Month | None


def pace_to(now: Fraction, then: Fraction, month: Month, aim: Fraction, *, above: bool) -> Pace:
    """Linear over the last six months: (now − then) ÷ 6 points a month, on to the first month at the aim.

    ``above``: the aim must be exceeded, not only reached. ``arrival`` None: not at this pace.
    """
    monthly = (now - then) / PACE_MONTHS
    if now > aim or (now == aim and not above):
        return Pace(now, then, monthly, month)
    if monthly <= 0:
        return Pace(now, then, monthly, None)
    steps = (aim - now) / monthly
    arrival = month.shift(floor(steps) + 1 if above else ceil(steps)) if steps < 12 * 100 else None
    return Pace(now, then, monthly, arrival if arrival is not None and arrival <= LATEST_ARRIVAL else None)


# ----------------------------------------------------------------------------------------------- falling back


def relapses(book: CoverageBook, month: Month) -> Iterator[Relapse]:
    """Brand by brand what stands still as of ``month`` though it ran, newest first, then by village and brand."""
    found = []
    for state in book.snapshot(month).villages:
        history = book.records_of(state.village) if len(state.served) < len(state.records) else {}
        for brand, fact in state.records.items():
            since = None if fact.state.served else _fallen(history[brand], fact)
            if since is not None:
                found.append(
                    Relapse(
                        code=state.village.code,
                        town=state.village.town,
                        village=state.village.name,
                        brand=brand,
                        month=str(since),
                        state=fact.state.value if fact.state is not CoverageState.NONE else "不再通达",
                        cut_off=not state.served,
                    )
                )
    found.sort(key=lambda each: (each.code, each.brand))
    found.sort(key=lambda each: each.month, reverse=True)
    yield from found


def _fallen(facts: Sequence[CoverageFact], now: CoverageFact) -> Month | None:
    """The month since when it no longer runs; None when it never ran and does not say so itself."""
    since = now
    for fact in reversed([f for f in facts if f.month <= now.month]):
        if fact.state.served:
            return Month.from_key(since.month)
        since = fact
    return Month.from_key(since.month) if now.state is not CoverageState.NONE else None
