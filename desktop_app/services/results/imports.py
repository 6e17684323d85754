"""What importing shows: previews, outcomes and the history of batches."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from desktop_app.importing.own_total import OwnTotal
from desktop_app.importing.plan import (
    CellChange,
    FileKind,
    ImportOptions,
    ImportPlan,
    Issue,
    PreviewRow,
    Reading,
    RowRole,
)
from desktop_app.importing.repair import Repair, RepairProposal
from desktop_app.importing.said import AUTO, SKIP, Answer, column_key
from desktop_app.services.results.changes import ImportDiff

__all__ = [
    "AUTO",
    "SKIP",
    "Answer",
    "BatchRow",
    "CellChange",
    "FileKind",
    "FilePreview",
    "ImportDiff",
    "ImportOptions",
    "ImportPlan",
    "ImportResult",
    "Issue",
    "Outcome",
    "OwnTotal",
    "PreviewRow",
    "Reading",
    "RegionImportResult",
    "Repair",
    "RepairProposal",
    "RowRole",
    "column_key",
]


class Outcome(StrEnum):
    """What became of a file."""

    COMMITTED = "committed"
    PREVIEW = "preview"
    REFUSED = "refused"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class FilePreview:
    """One file before it is committed. ``plan`` is None when the file could not be read at all."""

    path: Path
    file_name: str
    sha256: str
    outcome: Outcome
    label: str
    """可入库, 待说明 1, 有错 2, 重复, 不读 …"""
    plan: ImportPlan | None
    issues: tuple[Issue, ...]
    duplicate_of: int | None = None
    """The batch that already holds this very file."""
    diff: ImportDiff | None = None
    """What it would change of what is stored; None when it touches nothing."""
    options: ImportOptions = field(default_factory=ImportOptions)
    """What the user said of the file; it is planned again with this when the ledger has changed meanwhile."""
    stamp: int = 0
    """The state of the ledger that the file was checked against: its newest audit event."""

    @property
    def ready(self) -> bool:
        """Nothing stands against committing it, at most warnings that want a reason."""
        return self.plan is not None and self.outcome is Outcome.PREVIEW


@dataclass(frozen=True)
class ImportResult:
    """What importing one file did (the element of CLI.md's list)."""

    file: str
    sha256: str
    outcome: Outcome
    batch: int | None
    kind: str
    company: str
    period: str
    read: int
    accepted: int
    rejected: int
    skipped: int
    totals: dict[str, str]
    issues: tuple[Issue, ...]
    repairable: bool = False
    """Unit slips in it can be mended by reading another unit."""
    earlier_reasons: tuple[str, ...] = ()
    """Reasons given before for the same company and the same doubts, newest first."""
    diff: ImportDiff | None = None
    notes: tuple[str, ...] = ()
    """What should be known of how the file was read: hidden rows, columns and sheets, cells left aside."""


@dataclass(frozen=True)
class BatchRow:
    """One batch of the history."""

    id: int
    file_name: str
    sha256: str
    kind: str
    kind_label: str
    company: str
    period: str
    state: str
    state_label: str
    created_at: str
    created_by: str
    accepted: int
    rejected: int
    skipped: int
    reason: str
    totals_text: str


@dataclass(frozen=True)
class RegionImportResult:
    """Counts of a registry import (`regions import`)."""

    read: int
    added: int
    changed: int
    closed: int
    refused: int
    villages: int
    units: int
    batch: int | None
