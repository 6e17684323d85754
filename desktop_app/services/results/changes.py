"""What a file would change of what is stored, or has changed; and what hangs on a batch that is to be undone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CellDiff:
    """One thing that is different: a figure, a village's record, a unit of the register, a company.

    ``old`` and ``new`` are words for people; for figures ``old_amount`` and ``new_amount`` are exact decimals in base
    units, None where the state is no value (``old_state``, ``new_state``: 未报, 不适用, 退回).
    """

    subject: str
    """figure, coverage, region or enterprise."""
    change: str
    """changed, added, gone, renamed, closed, reopened."""
    code: str
    """Indicator, village code or company."""
    name: str
    whose: str
    """Company, town, or the brand of a village record."""
    period: str = ""
    """2021-03; empty for registers."""
    span: str = ""
    """本月, 本年累计, 上年同期 (as reported); for registers which column."""
    unit: str = ""
    old: str = ""
    new: str = ""
    old_amount: str | None = None
    new_amount: str | None = None
    old_state: str = ""
    new_state: str = ""
    difference: str = ""
    old_batch: int | None = None


@dataclass(frozen=True)
class ImportDiff:
    """A file beside what is stored. ``kept``: figures of the same companies and months that it does not mention.

    ``same_as``: numbers of the batches that already hold every single figure of it, equal and as final.
    """

    headline: str
    """“更正：3 格不同，6 格相同”."""
    rows: tuple[CellDiff, ...] = ()
    changed: int = 0
    added: int = 0
    gone: int = 0
    unchanged: int = 0
    kept: int = 0
    same_as: tuple[int, ...] = ()
    reason: str = ""
    """Of a stored correction: the word that was given for it."""


@dataclass(frozen=True)
class LaterBatch:
    """A later import that has to do with the batch, and how."""

    id: int
    file: str
    what: str


@dataclass(frozen=True)
class Dependants:
    """What undoing a batch would do and touch. ``refused``: why it cannot be undone as things stand."""

    batch: int
    file: str
    state: str
    refused: str = ""
    hint: str = ""
    disappear: int = 0
    """Figures, village records and register rows that nothing takes the place of."""
    come_back: tuple[CellDiff, ...] = ()
    """Old = what counts now, new = what counts again."""
    corrected_by: tuple[LaterBatch, ...] = ()
    """Later corrections of the same figures: they stay as they are."""
    checked_by: tuple[LaterBatch, ...] = ()
    """Later months whose 累计 was checked against these figures."""
    used_by: tuple[LaterBatch, ...] = ()
    """Later imports that refer to the villages or companies that the batch brought."""
    lines: tuple[str, ...] = ()
    """The same in plain sentences."""
