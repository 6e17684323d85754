"""What 目标任务 shows and what is entered there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop_app.catalogue.targets import Measure
from desktop_app.importing.target_draft import Reading, TargetDraft, Unread
from desktop_app.indicators.results.targets import Standing, TargetConflict, TargetProgress
from desktop_app.models.values import Comparator, Month

__all__ = [
    "MEASURES",
    "Reading",
    "Standing",
    "TargetBoard",
    "TargetConflict",
    "TargetDraft",
    "TargetEntry",
    "TargetProgress",
    "TargetsTaken",
    "Unread",
    "entry_of",
    "worded_entry",
]

MEASURES: tuple[tuple[str, str], ...] = tuple(
    (measure.value, measure.label) for measure in Measure if measure is not Measure.STATED
)
"""What of an indicator a target may speak of: key and Chinese word."""


@dataclass(frozen=True)
class TargetsTaken:
    """What an import stored, as its undo needs it: codes."""

    file_name: str
    added: tuple[str, ...]
    closed: tuple[str, ...]


@dataclass(frozen=True)
class TargetBoard:
    """Everything that 目标任务 shows for a month."""

    month_label: str
    rows: tuple[TargetProgress, ...]
    conflicts: tuple[TargetConflict, ...]
    documents: tuple[tuple[str, str], ...]
    """(key, name) of the documents, the bureau's own first."""
    last_sheet: TargetsTaken | None = None
    """The newest import of a table that can still be undone as a whole."""


@dataclass(frozen=True)
class TargetEntry:
    """A target as the clerk enters it. ``value`` and ``base_value`` are in ``unit`` (growth in %).

    ``value`` None: a goal in words (文字目标), kept as its text and not judged; it has no indicator and no unit.
    """

    document: str
    indicator: str
    value: Decimal | None
    unit: str
    due: Month
    measure: str = "level"
    comparator: str = "≥"
    clause: str = ""
    name: str = ""
    text: str = ""
    scope: str = ""
    region: str = ""
    """12-digit code of the area it was set for; empty = the ledger's own."""
    base_month: Month | None = None
    base_value: Decimal | None = None


def worded_entry(left: Unread, document: str, clause: str, due: Month) -> TargetEntry:
    """Words that set no figure, as they are entered. ``due``: for words that name no date."""
    return TargetEntry(
        document=document,
        clause=clause,
        indicator="",
        value=None,
        unit="",
        due=left.due or due,
        comparator=Comparator.DONE.value,
        text=left.text,
    )


def entry_of(draft: TargetDraft, document: str, clause: str) -> TargetEntry:
    """A draft as it is entered."""
    return TargetEntry(
        document=document,
        clause=clause,
        indicator=draft.indicator,
        value=draft.value,
        unit=draft.unit,
        due=draft.due,
        measure=draft.measure.value,
        comparator=draft.comparator.value,
        text=draft.text,
        scope=draft.scope,
        base_month=draft.base_month,
        base_value=draft.base_value,
    )
