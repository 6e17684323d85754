"""What the entry grid (录入) shows: which figures are the bureau's to enter, and how they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop_app.catalogue.model import Catalogue, Dimension, Frequency, Indicator, Owner, Unit
from desktop_app.errors import UserError
from desktop_app.models.values import SCALE, Month, Span, months_between, plain, quantize
from desktop_app.services import context
from desktop_app.services.pinyin import initials
from desktop_app.services.results.entry import CellKey, EntryBoard, EntryCell, EntryItem, EntryPeriod, EntryPlace
from desktop_app.storage import batches, observations, regions
from desktop_app.storage.engine import Ledger
from desktop_app.storage.observations import StoredObservation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

YEARS = 10
"""Years of the board of yearly figures."""
_ORDER = (Owner.BUREAU, Owner.SUPERIOR, Owner.COMPANY, Owner.COMPUTED)
"""The bureau's own first, then what is handed down, then its own counts of what companies report."""
_EXACT = 12
"""Decimals that hold any stored amount in any unit."""

Address = tuple[str, Month, Span, str]
"""Indicator, month, span, region: where a cell is stored."""


def board(ledger: Ledger, month: Month, *, yearly: bool) -> EntryBoard:
    """Everything that can be entered: the months of the month's year, or the ten years that end with it."""
    today = datetime.now().astimezone().date()
    own = context.home(ledger)
    catalogue = context.catalogue(ledger)
    entered = [
        each
        for each in catalogue.indicators.values()
        if each.entered and not each.retired and _shown(each, yearly=yearly)
    ]
    entered.sort(key=lambda each: _ORDER.index(each.owner))
    periods = _periods(month, today, yearly=yearly)
    prefix = own.region.rstrip("0")
    with ledger.read() as session:
        towns = regions.towns(session, periods[-1].month, prefix=prefix)
        first = Month(periods[0].month.year, 1)
        stored = observations.current_observations(
            session,
            indicators=[each.code for each in entered],
            first=first,
            last=periods[-1].month,
            region_prefix=prefix,
        )
        sources = _sources(session, {row.batch_id for row in stored if row.enterprise_id is None})
    places = (EntryPlace(own.region, "全县"), *(EntryPlace(town.code, town.name) for town in towns))
    known = {place.code for place in places}
    cells: dict[CellKey, EntryCell] = {}
    locks: set[tuple[str, str]] = set()
    for row in stored:  # months in order, so that of a year the last figure stands
        indicator = catalogue.indicator(row.indicator)
        if row.region not in known or not _entered_as(indicator, row.span, row.month, yearly=yearly):
            continue
        period = str(row.month.year) if yearly else str(row.month)
        if row.enterprise_id is not None:
            if row.region == own.region and indicator.owner is Owner.COMPANY:
                locks.add((row.indicator, period))
            continue
        cells[CellKey(row.indicator, period, row.region)] = cell_of(row, indicator, sources)
    now = next((n for n, period in enumerate(periods) if period.month >= month), len(periods) - 1)
    return EntryBoard(
        yearly, tuple(_item(each, yearly=yearly) for each in entered), places, periods, cells, frozenset(locks), now
    )


def _shown(indicator: Indicator, *, yearly: bool) -> bool:
    """Yearly figures by year, monthly by month; quarterly ones stand in both, at the year's end they are the year's."""
    return indicator.frequency is not (Frequency.MONTH if yearly else Frequency.YEAR)


def by_towns(indicator: Indicator) -> bool:
    """Whether it is entered for each town besides the county."""
    return Dimension.TOWN in indicator.dimensions


def unit_of(indicator: Indicator) -> Unit:
    """The unit of its cells: that in which the county prints it."""
    return indicator.display["county"].unit


def _item(indicator: Indicator, *, yearly: bool) -> EntryItem:
    return EntryItem(
        code=indicator.code,
        name=indicator.name,
        unit=unit_of(indicator).name,
        group=indicator.group,
        every=indicator.frequency,
        towns=by_towns(indicator),
        theirs=indicator.owner is Owner.COMPANY,
        cumulative=not yearly and span_of(indicator) is Span.YTD,
        definition=indicator.definition,
        initials=initials(indicator.name),
    )


def _periods(month: Month, today: date, *, yearly: bool) -> tuple[EntryPeriod, ...]:
    running = Month(today.year, today.month)
    if yearly:
        ends = [Month(year, 12) for year in range(month.year - YEARS + 1, month.year + 1)]
        return tuple(EntryPeriod(str(end.year), f"{end.year}年", end, end <= running) for end in ends)
    months = months_between(Month(month.year, 1), Month(month.year, 12))
    return tuple(EntryPeriod(str(each), f"{each.month}月", each, each <= running) for each in months)


def span_of(indicator: Indicator) -> Span:
    """What adds over months and is not entered by the month is entered as 累计."""
    return Span.YTD if indicator.told_to_date else Span.MONTH


def _entered_as(indicator: Indicator, span: Span, month: Month, *, yearly: bool) -> bool:
    """Whether a stored figure is what a cell of the board holds."""
    if span is not span_of(indicator):
        return False
    return not yearly or not indicator.kind.adds_over_months or month.month == 12


def address_of(session: Session, indicator: Indicator, key: CellKey) -> Address:
    """Where a cell is stored. A year's level stands at the month where it stands already, else in December.

    :raises UserError: the period is neither a month nor a year.
    """
    span = span_of(indicator)
    if not key.period.isdigit():
        try:
            return indicator.code, Month.parse(key.period), span, key.region
        except ValueError as error:
            raise UserError(str(error)) from None
    year = int(key.period)
    months = [Month(year, 12)]
    if span is Span.MONTH:
        stored = observations.current_observations(
            session,
            indicators=[indicator.code],
            first=Month(year, 1),
            last=Month(year, 12),
            regions=[key.region],
            enterprises=[None],
            spans=[span],
        )
        months = [row.month for row in stored] or months
    return indicator.code, months[-1], span, key.region


def stored_at(session: Session, addresses: Iterable[Address]) -> dict[Address, StoredObservation]:
    """The bureau's own figures that stand at these addresses."""
    wanted = set(addresses)
    if not wanted:
        return {}
    found = observations.current_observations(
        session,
        indicators={code for code, *_ in wanted},
        first=min(month for _, month, *_ in wanted),
        last=max(month for _, month, *_ in wanted),
        regions={region for *_, region in wanted},
        enterprises=[None],
    )
    rows = {(row.indicator, row.month, row.span, row.region): row for row in found}
    return {address: rows[address] for address in wanted if address in rows}


def cells_at(session: Session, catalogue: Catalogue, keys: Iterable[CellKey]) -> dict[CellKey, EntryCell | None]:
    """How cells stand now."""
    addresses = {key: address_of(session, catalogue.indicator(key.code), key) for key in keys}
    stored = stored_at(session, addresses.values())
    sources = _sources(session, {row.batch_id for row in stored.values()})
    return {
        key: cell_of(row, catalogue.indicator(key.code), sources) if (row := stored.get(address)) else None
        for key, address in addresses.items()
    }


def cell_of(row: StoredObservation, indicator: Indicator, sources: Mapping[int, str]) -> EntryCell:
    """A stored figure as a cell."""
    text = row.state.label if row.value is None else in_unit(row.value, unit_of(indicator))
    return EntryCell(text, row.state, row.status, row.version, row.batch_id, sources.get(row.batch_id, ""), row.reason)


def in_unit(value: int, unit: Unit) -> str:
    """A stored amount in a unit, exact: nothing is rounded where it can be typed over."""
    if unit.base == "是/否" and value in {0, SCALE}:
        return "是" if value else "否"
    return plain(quantize(Fraction(value, SCALE) / Fraction(unit.factor), _EXACT))


def _sources(session: Session, numbers: set[int]) -> dict[int, str]:
    return {number: batches.get_batch(session, number).file_name for number in numbers}


def typed_text(text: str, unit: Unit) -> str:
    """是 and 否 as the 1 and 0 by which they are stored; anything else as it was typed."""
    word = text.strip()
    return {"是": "1", "否": "0"}.get(word, word) if unit.base == "是/否" else word
