"""What is known of one village (村档案)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class BrandLine:
    """One brand in the village as of the month.

    ``since``: first month of the unbroken stretch with this state; ``as_of``: month of the record that holds (沿用自).
    ``source``: file and row of that record.
    """

    brand: str
    state: str
    since: str
    as_of: str
    modes: tuple[str, ...]
    frequency: int | None
    station: str
    parcels_in: int | None
    parcels_out: int | None
    evidence: date | None
    source: str = ""
    charged: bool | None = None
    """Extra charge (违规收费); None when nobody has said."""
    stale: bool = False
    """The evidence is older than the bureau lets it be (待核实)."""


@dataclass(frozen=True)
class VillageEvent:
    """One change in one month: a brand comes, goes, comes otherwise, or serves another station."""

    month: str
    brand: str
    words: str
    loss: bool = False


@dataclass(frozen=True)
class VillageVisit:
    """One piece of evidence (核查): the day, and the brands whose records name it.

    ``kind``: 实地核查, 照片 …; ``note``: the reason given with it. ``attached``: sha-256 of the photo or file, whose
    ``file`` is the name; both empty when there is none.
    """

    day: date
    brands: tuple[str, ...]
    kind: str = ""
    checker: str = ""
    note: str = ""
    attached: str = ""
    file: str = ""


@dataclass(frozen=True)
class StationLine:
    """An outlet of the register in this village."""

    kind: str
    name: str
    company: str
    address: str
    contact: str
    phone: str
    opened: str
    standardised: str


@dataclass(frozen=True)
class VillagePage:
    """Everything about one village as of a month.

    ``definitions``: name of each 口径 and whether the village counts as reached. ``names``: earlier names with their
    months. ``events`` newest first, as are ``visits``.
    """

    code: str
    name: str
    town: str
    month: str
    definitions: tuple[tuple[str, bool], ...]
    households: int | None
    population: int | None
    names: tuple[str, ...]
    brands: tuple[BrandLine, ...]
    events: tuple[VillageEvent, ...]
    visits: tuple[VillageVisit, ...]
    stations: tuple[StationLine, ...]
    evidence: str
    """Age of the newest evidence in words."""

    @property
    def served(self) -> int:
        """Number of brands in normal service."""
        return sum(line.state == "正常" for line in self.brands)
