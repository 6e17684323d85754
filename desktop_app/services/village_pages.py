"""村档案: everything that the ledger knows of one village, or of every village, as of a month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desktop_app.errors import UserError
from desktop_app.indicators.coverage import DEFINITIONS, CoverageBook, CoverageFact, VillageState, definition_text
from desktop_app.indicators.results.village import BrandLine, StationLine, VillagePage, VillageVisit
from desktop_app.indicators.village_history import events_of, modes_words, state_since, visits_of
from desktop_app.models.values import Month
from desktop_app.services import context
from desktop_app.services.results.reports import ReportFile
from desktop_app.services.rural import evidence_days, evidence_words
from desktop_app.storage import batches, outlets, regions
from desktop_app.storage.engine import Ledger
from desktop_app.storage.outlets import StoredOutlet
from desktop_app.storage.regions import StoredRegion

if TYPE_CHECKING:
    from desktop_app.reporting.content import Document

T = TypeVar("T")


def village_page(ledger: Ledger, code: str, month: Month) -> VillagePage:
    """One village.

    :raises UserError: no such 建制村 in that month.
    """
    book = context.coverage_book(ledger)
    state = next((each for each in book.snapshot(month).villages if each.village.code == code), None)
    if state is None:
        raise UserError(f"{month.label}没有代码为 {code} 的建制村", hint="请核对 12 位代码，或到村级名录里看它的时段")
    return _Maker(ledger, book, month).page(state)


def village_pages(ledger: Ledger, month: Month) -> tuple[VillagePage, ...]:
    """Every 建制村 of the month in the order of the codes."""
    book = context.coverage_book(ledger)
    make = _Maker(ledger, book, month)
    return tuple(make.page(state) for state in sorted(book.snapshot(month).villages, key=lambda s: s.village.code))


def village_document(ledger: Ledger, code: str, month: Month, made_on: date) -> Document:
    """The paper of one village.

    :raises UserError: no such 建制村 in that month.
    """
    from desktop_app.reporting.villages.files import file_blocks
    from desktop_app.services.reports.rural_papers import paper_of

    page = village_page(ledger, code, month)
    paper = paper_of(ledger, month, "internal", made_on)
    return paper.document(f"{page.town}{page.name}村档案（{month.label}）", file_blocks(paper, (page,)))


def write_village(ledger: Ledger, code: str, month: Month, out: Path, made_on: date) -> ReportFile:
    """Write the paper of one village as PDF, Word or Excel, as the name of ``out`` ends.

    :raises UserError: no such village, or the place cannot be written.
    """
    from desktop_app.services.reports.making import check_place, write_document

    fmt = {".docx": "docx", ".xlsx": "xlsx"}.get(out.suffix.lower(), "pdf")
    check_place(ledger, fmt, out)
    written = write_document(village_document(ledger, code, month, made_on), fmt, out)
    return ReportFile(written.file, written.pages, written.figures, written.missing_glyphs)


class _Maker:
    """Registers of one ledger, read once for any number of villages."""

    def __init__(self, ledger: Ledger, book: CoverageBook, month: Month) -> None:
        self._ledger, self._book, self._month = ledger, book, month
        self._proofs: dict[str, str] = {}
        self._limit = evidence_days(ledger)
        self._end = date(month.year, month.month, month.days)
        prefix = context.home(ledger).region.rstrip("0") or "0"
        companies = {member.id: member.name for member in context.members(ledger)}
        with ledger.read() as session:
            self._files = {batch.id: batch.file_name for batch in batches.list_batches(session)}
            units = regions.every_unit(session, prefix=prefix, level="village")
            towns = regions.every_unit(session, prefix=prefix, level="town")
            places = outlets.outlets(session)
        self._units = _by(units, lambda unit: unit.code)
        self._towns = {town.code: town.name for town in towns}
        moved = (unit for unit in units if unit.successor_code not in {None, unit.code})
        self._handed_on = _by(moved, lambda unit: unit.successor_code or "")
        self._places: dict[str, list[StoredOutlet]] = {}
        for place in places:
            if place.closed is None or place.closed >= month:
                # A station stands on the page of every village that it serves.
                for code in dict.fromkeys((place.region_code, *place.serves)):
                    self._places.setdefault(code, []).append(place)
        self._companies = companies

    def page(self, state: VillageState) -> VillagePage:
        """Everything about one village."""
        code, month = state.village.code, self._month
        records = self._book.records_of(state.village)
        majors = self._book.snapshot(month).majors
        units = self._units.get(code, [])
        unit = next((u for u in units if _holds(u, month)), None)
        return VillagePage(
            code=code,
            name=state.village.name,
            town=state.village.town,
            month=str(month),
            definitions=tuple((definition_text(key), state.reached(key, majors)) for key in (*DEFINITIONS, "3")),
            households=unit.households if unit else None,
            population=unit.population if unit else None,
            names=tuple(self._earlier(state, units)),
            brands=tuple(self._brand(brand, fact, records[brand]) for brand, fact in sorted(state.records.items())),
            events=events_of(records, month),
            visits=tuple(self._named(visit) for visit in visits_of(records, month)),
            stations=self._stations(code),
            evidence=evidence_words(state, month, self._limit),
        )

    def _earlier(self, state: VillageState, units: Sequence[StoredRegion]) -> Iterator[str]:
        """Names that the village had, and the villages that it was before under other codes."""
        for unit in units:
            ended = unit.valid_to is not None and state.village.since <= unit.valid_to < self._month.key
            if ended and unit.name != state.village.name:
                yield f"{unit.name}（至{_until(unit)}）"
        for unit in self._handed_on.get(state.village.code, []):
            if state.village.since <= (unit.valid_to or 0) < self._month.key:
                yield f"{self._towns.get(unit.parent_code, '')}{unit.name} {unit.code}（至{_until(unit)}）"

    def _brand(self, brand: str, fact: CoverageFact, facts: tuple[CoverageFact, ...]) -> BrandLine:
        since = state_since(facts, self._month)
        file = self._files.get(fact.batch_id, "")
        return BrandLine(
            brand=brand,
            state=fact.state.value,
            since=str(since) if since else "",
            as_of=str(Month.from_key(fact.month)),
            modes=modes_words(fact.modes),
            frequency=fact.weekly_frequency,
            station=fact.station,
            parcels_in=fact.parcels_in,
            parcels_out=fact.parcels_out,
            evidence=fact.evidence_date,
            source=f"{file} 第 {fact.row} 行" if file and fact.row else file,
            charged=fact.extra_charge,
            stale=fact.evidence_date is not None and (self._end - fact.evidence_date).days > self._limit,
        )

    def _named(self, visit: VillageVisit) -> VillageVisit:
        """With the name of its photo or file."""
        if not visit.attached:
            return visit
        if visit.attached not in self._proofs:
            with self._ledger.read() as session:
                self._proofs[visit.attached] = batches.evidence_name(session, visit.attached)
        return replace(visit, file=self._proofs[visit.attached])

    def _stations(self, code: str) -> tuple[StationLine, ...]:
        return tuple(
            StationLine(
                kind=place.kind.value,
                name=place.name,
                company=self._companies.get(place.enterprise_id or 0, ""),
                address=place.address,
                contact=place.contact,
                phone=place.phone,
                opened=str(place.opened) if place.opened else "",
                standardised=place.standardised.value,
            )
            for place in self._served_from(code)
        )

    def _served_from(self, code: str) -> tuple[StoredOutlet, ...]:
        """Outlets in the village or serving it, also those listed under the code that it had before."""
        codes = (code, *(unit.code for unit in self._handed_on.get(code, []) if (unit.valid_to or 0) < self._month.key))
        found = {place.id: place for each in codes for place in self._places.get(each, [])}
        return tuple(found.values())


def _until(unit: StoredRegion) -> str:
    return "" if unit.valid_to is None else Month.from_key(unit.valid_to).label


def _holds(unit: StoredRegion, month: Month) -> bool:
    return unit.valid_from <= month.key and (unit.valid_to is None or month.key <= unit.valid_to)


def _by(rows: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found
