"""What the dialog 方案编辑 shows and hands back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LineDraft:
    """One line as typed. ``indicator`` empty: a free item; ``campaign``: stem of its counts.

    ``checked``/``failed``: of a campaign, and ``done`` (是, 否) with its ``evidence``: of a ban; both for the month
    worked on, empty when nothing is to be entered.
    """

    name: str
    indicator: str = ""
    campaign: str = ""
    comparator: str = "≥"
    value: str = ""
    unit: str = ""
    due: str = ""
    scope: str = ""
    clause: str = ""
    text: str = ""
    increment: bool = False
    checked: str = ""
    failed: str = ""
    done: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class ProgrammeDraft:
    """A programme as typed. ``region``: 12-digit code."""

    name: str
    document: str
    year: str
    level: str
    region: str
    lines: tuple[LineDraft, ...] = ()


@dataclass(frozen=True)
class ProgrammeRow:
    """One programme in the list. ``own``: the bureau's, which alone can be changed; others can be copied."""

    code: str
    draft: ProgrammeDraft
    own: bool
    retired: bool
    source: str


@dataclass(frozen=True)
class Item:
    """What a line may be about: an indicator (``code``), or a campaign (``campaign``)."""

    name: str
    unit: str
    code: str = ""
    campaign: str = ""
    ban: bool = False
    initials: str = ""


@dataclass(frozen=True)
class ProgrammeBook:
    """The list, every change, and what the dialog offers. ``file`` empty: none can be kept here."""

    file: str
    rows: tuple[ProgrammeRow, ...]
    history: tuple[tuple[str, str, str, str, str], ...]
    """(when, who, programme, what, reason), newest first."""
    items: tuple[Item, ...]
    units: tuple[str, ...]
    places: tuple[tuple[str, str, str], ...]
    """(level, code, name) of the ledger's own area and those above it."""
