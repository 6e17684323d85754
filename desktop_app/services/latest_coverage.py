"""快递进村 as of one month without its history: a province has twelve million records of two years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop_app.errors import UserError
from desktop_app.indicators.coverage import (
    CoverageFact,
    Snapshot,
    Village,
    VillageState,
    definition_text,
    ratio_pct,
)
from desktop_app.indicators.figures import one_decimal
from desktop_app.models.coverage import modes_from_text
from desktop_app.models.values import CoverageMode, CoverageState, Month
from desktop_app.services.context import home
from desktop_app.services.results.rural import CoverageLine, CoverageReport
from desktop_app.storage import coverage_latest, enterprises, regions
from desktop_app.storage.coverage import recorded_brands
from desktop_app.storage.coverage_latest import TownReach
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class ReachCounts:
    """建制村 of a month by town. ``towns``: names by code; ``started``: whether any record is that old."""

    lines: tuple[TownReach, ...]
    towns: dict[str, str]
    started: bool


def reach_counts(ledger: Ledger, month: Month, definition: str, *, named: bool = False) -> ReachCounts | None:
    """What :func:`coverage_snapshot` would count, counted by the database in a fifth of the time.

    None where the definition asks for main brands and none are set for the year.

    :param named: whether the names of the towns are wanted.
    """
    prefix = home(ledger).region.rstrip("0") or "0"
    with ledger.read() as session:
        least, mode = 1, CoverageMode.DIRECT.value if definition == "direct" else ""
        if definition in {"any", "direct"}:
            brands: Sequence[str] = recorded_brands(session)
        else:
            brands = enterprises.all_major_brands(session).get(month.year, ())
            least = len(brands) if definition == "major" else int(definition)
            if not brands:
                return None
        started = coverage_latest.started(session, month, prefix)
        # Before the first record no brand needs to be looked for.
        lines = coverage_latest.reached(session, month, prefix, brands if started else (), least=least, mode=mode)
        return ReachCounts(tuple(lines), _towns(session, prefix) if named else {}, started)


def _towns(session: Session, prefix: str) -> dict[str, str]:
    return {unit.code: unit.name for unit in regions.every_unit(session, prefix=prefix, level="town")}


def counted(counts: ReachCounts, month: Month, definition: str, by: str) -> CoverageReport:
    """The report where nothing but numbers of villages is asked for."""
    villages, covered = sum(line.villages for line in counts.lines), sum(line.covered for line in counts.lines)
    if not villages:
        raise no_register()

    def rate(covered: int, villages: int) -> Decimal | None:
        return one_decimal(ratio_pct(covered, villages)) if counts.started else None

    return CoverageReport(
        period=str(month),
        villages=villages,
        covered=covered,
        rate_pct=rate(covered, villages),
        definition=definition,
        definition_text=definition_text(definition),
        by_kind=by,
        by=tuple(
            CoverageLine(code, counts.towns.get(code, ""), number, reached, rate(reached, number))
            for code, number, reached in counts.lines
            if by
        ),
        gaps=(),
    )


def no_register() -> UserError:
    """There are no villages to speak of."""
    return UserError(
        "台账里还没有村级名录",
        hint="请先在“数据导入”导入村级名录",
        command="请先导入名录：bureau-ledger regions import 名录.csv",
    )


def coverage_snapshot(ledger: Ledger, month: Month) -> tuple[Snapshot, bool]:
    """Villages as of ``month`` with state and modes of their latest records, and whether any record is that old.

    The same as the book's snapshot but without history, frequencies, stations and evidence: a whole province in a
    second. Main brands are those set for the year; none when none are set.
    """
    prefix = home(ledger).region.rstrip("0") or "0"
    with ledger.read() as session:
        majors = enterprises.all_major_brands(session).get(month.year, ())
        found = coverage_latest.latest(session, month, prefix)
        towns = _towns(session, prefix)
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
