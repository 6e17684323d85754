"""State of every village as of a month, straight from its latest records: fast enough for a whole province."""

from __future__ import annotations

from desktop_app.indicators.coverage import CoverageFact, Snapshot, Village, VillageState
from desktop_app.models.coverage import modes_from_text
from desktop_app.models.values import CoverageState, Month
from desktop_app.services import context
from desktop_app.storage import coverage_latest, enterprises, regions
from desktop_app.storage.engine import Ledger


def coverage_snapshot(ledger: Ledger, month: Month) -> tuple[Snapshot, bool]:
    """Villages as of ``month`` with state and modes of their latest records, and whether any record is that old.

    The same as the book's snapshot but without history, frequencies, stations and evidence: a whole province in a
    second. Main brands are those set for the year; none when none are set.
    """
    prefix = context.home(ledger).region.rstrip("0") or "0"
    with ledger.read() as session:
        majors = enterprises.all_major_brands(session).get(month.year, ())
        found = coverage_latest.latest(session, month, prefix)
        towns = {unit.code: unit.name for unit in regions.every_unit(session, prefix=prefix, level="town")}
        started = coverage_latest.started(session, month, prefix)
    fact = _LatestFacts().__getitem__
    states = tuple(
        VillageState(
            Village(row.code, row.name, row.town_code, towns.get(row.town_code, "")),
            dict(map(fact, row.records.split(coverage_latest.RECORD))) if row.records else {},
        )
        for row in found
    )
    return Snapshot(month, states, majors), started


class _LatestFacts(dict[str, tuple[str, CoverageFact]]):
    """Text of a record → brand and record; a province has half a million records, but few different ones."""

    def __missing__(self, text: str) -> tuple[str, CoverageFact]:
        brand, month, state, modes = text.split(coverage_latest.FIELD)
        found = self[text] = (brand, CoverageFact(int(month), CoverageState(state), modes_from_text(modes)))
        return found
