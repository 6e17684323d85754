"""Freezing what was printed: the figures of a report under its short code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.errors import LedgerError
from desktop_app.models.values import Period, plain
from desktop_app.services.ledger import actor
from desktop_app.storage import audit
from desktop_app.storage.engine import Ledger
from desktop_app.storage.snapshots import PrintedCells, StoredSnapshot, add_snapshot

if TYPE_CHECKING:
    from desktop_app.reporting.content import Document

ACTION = "出具报表"


def snapshot_of(kind: str, period: Period, edition: str, document: Document) -> StoredSnapshot:
    """What will be stored of a report when it leaves the house."""
    from desktop_app.reporting.code import report_code

    return StoredSnapshot(
        code=report_code(document),
        kind=kind,
        title=document.title,
        period=str(period),
        edition=edition,
        made_on=document.made_on,
        figures=cells_of(document),
    )


def cells_of(document: Document) -> PrintedCells:
    """Every printed number in reading order: code, measure, period, subject, text, exact value, unit."""
    from desktop_app.reporting.content import figures

    return tuple(
        (f.code, f.measure.value, f.period, f.subject, f.text, plain(f.value), f.unit) for f in figures(document)
    )


def record(ledger: Ledger, snapshot: StoredSnapshot) -> bool:
    """Store it, once; False when the ledger cannot be written just now: a report is never refused for that."""
    try:
        with ledger.write() as session:
            if add_snapshot(session, snapshot, by=actor()):
                detail = {"code": snapshot.code, "period": snapshot.period, "edition": snapshot.edition}
                audit.append(session, actor(), ACTION, snapshot.title, detail)
    except LedgerError:
        return False
    return True
