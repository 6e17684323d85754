"""快递进村 records entered by hand: what is asked for, and what stands there now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from desktop_app.importing.kinds.coverage_cells import EvidenceKind
from desktop_app.models.values import CoverageMode, CoverageState, Month

__all__ = ["AS_IS", "CoverageEntered", "CoverageEntry", "CoverageNow", "EvidenceKind", "Leave"]


class Leave(Enum):
    """A field of an entry that leaves what stands there as it is."""

    AS_IS = 0


AS_IS = Leave.AS_IS


@dataclass(frozen=True)
class CoverageEntry:
    """The same change to every one of these villages and brands in ``month``; fields left out stay as they are.

    ``evidence_file``: a photo or file to keep in the ledger. ``reason`` must be given.
    """

    villages: tuple[str, ...]
    brands: tuple[str, ...]
    month: Month
    reason: str
    state: CoverageState | Leave = AS_IS
    modes: frozenset[CoverageMode] | Leave = AS_IS
    weekly_frequency: int | Leave | None = AS_IS
    station: str | Leave = AS_IS
    parcels_in: int | Leave | None = AS_IS
    parcels_out: int | Leave | None = AS_IS
    extra_charge: bool | Leave | None = AS_IS
    evidence_date: date | Leave | None = AS_IS
    evidence_kind: str | Leave = AS_IS
    checker: str | Leave = AS_IS
    evidence_file: Path | None = None

    @property
    def says_something(self) -> bool:
        """Whether anything would change."""
        fields = (
            *(self.state, self.modes, self.weekly_frequency, self.station, self.extra_charge),
            *(self.evidence_date, self.evidence_kind, self.checker, self.parcels_in, self.parcels_out),
        )
        return self.evidence_file is not None or any(field is not AS_IS for field in fields)


@dataclass(frozen=True)
class CoverageEntered:
    """What was stored; undone by its batch. ``carried``: pairs whose record went on from an earlier month."""

    batch: int
    records: int
    new: int
    carried: int


@dataclass(frozen=True)
class CoverageNow:
    """What holds for a village and brand as of a month, to be shown before it is changed."""

    village: str
    brand: str
    state: str
    modes: tuple[str, ...]
    weekly_frequency: int | None
    station: str
    parcels_in: int | None
    parcels_out: int | None
    extra_charge: bool | None
    evidence: str
    """实地核查 2021-03-05 张三; empty when there is none."""
    carried_from: str
    """2021-02 when the record is of an earlier month (沿用), empty when it is of this one, — when there is none."""
    reason: str
    attached: str
    """Sha-256 of the photo or file, empty when there is none."""
