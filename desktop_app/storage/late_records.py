"""Records of a past month under a code that its village has left since: they go on to where the village is now."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from desktop_app.models.values import Month
from desktop_app.storage import coverage, regions
from desktop_app.storage.handover import HANDED, Handover, handed_over

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop_app.storage.coverage import StoredCoverage
    from desktop_app.storage.regions import StoredRegion


def hand_on(session: Session, codes: Collection[str], batch_id: int) -> int:
    """Bring the villages that have come of these up to what is recorded of them now; returns how many records.

    As if it had been there when the village moved or was merged. What the new village has told itself stands, and a
    village that went on under a code of its own keeps its records.
    """
    left = [unit for unit in regions.ended_villages(session) if unit.successor_code not in {None, unit.code}]
    waiting, written = set(codes), 0
    while waiting:
        moves = {(unit.successor_code or "", unit.valid_to or 0) for unit in left if unit.code in waiting}
        waiting = set()
        for into, until in sorted(moves):
            sources = tuple(unit.code for unit in left if (unit.successor_code, unit.valid_to) == (into, until))
            rows = _rows(session, into, sources, Month.from_key(until).shift(1))
            written += coverage.insert_coverage(session, rows, batch_id=batch_id)
            waiting |= {into} if rows else set()
    return written


def _rows(session: Session, into: str, sources: tuple[str, ...], month: Month) -> list[StoredCoverage]:
    earlier: list[StoredRegion] = regions.every_unit(session, prefix=into, level="village")
    if any(unit.valid_from < month.key for unit in earlier):
        return []
    records = coverage.timeline(session, villages=sources, last=month.shift(-1))
    held = {(record.brand, record.month): record for record in coverage.timeline(session, villages=[into])}
    rows = []
    for row in handed_over(Handover(into, sources, new=True), records, month, unused=True):
        known = held.get((row.brand, row.month))
        if known is None or (known.reason.startswith(HANDED) and _said(known) != _said(row)):
            rows.append(row)
    return rows


def _said(record: StoredCoverage) -> tuple[object, ...]:
    return (
        *(record.state, record.modes, record.weekly_frequency, record.station, record.extra_charge),
        *(record.evidence_date, record.evidence_kind, record.checker, record.evidence_sha256),
    )
