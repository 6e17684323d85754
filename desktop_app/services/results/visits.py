"""What comes back from the villages on a 巡查表, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from desktop_app.models.values import Month


class Finding(StrEnum):
    """What was circled on a line."""

    YES = "是"
    NO = "否"
    SAME = "同账"
    """As the paper has it: nothing but the visit is new."""


@dataclass(frozen=True)
class VisitPlace:
    """A line of the paper. ``number``: as printed at its left; ``standing``: what the ledger said (账上)."""

    number: int
    code: str
    name: str
    initials: str
    standing: str
    brands: tuple[str, ...]
    modes: tuple[str, ...]


@dataclass(frozen=True)
class VisitSheet:
    """One sheet of the form: a township's villages in the order of the paper of ``month``."""

    number: str
    town: str
    month: Month
    places: tuple[VisitPlace, ...]


@dataclass(frozen=True)
class VisitHead:
    """What holds for every line of a sheet.

    ``month``: month that the records are of. ``photos``: folder in which the numbered photos are looked for.
    """

    day: date
    checker: str
    month: Month
    witness: str = ""
    photos: Path | None = None


@dataclass(frozen=True)
class VisitLine:
    """A line as it was written by hand; blank cells say nothing. ``charged``: 加收费用, None = not circled."""

    place: VisitPlace
    finding: Finding
    brands: str = ""
    modes: str = ""
    frequency: str = ""
    station: str = ""
    charged: bool | None = None
    photo: str = ""


@dataclass(frozen=True)
class VisitStored:
    """What a line has become; undone by its batch. ``words``: 正常 示例甲；回退 示例乙."""

    batch: int
    words: str
    attached: str = ""
    """Name of the photo that was attached, empty for none."""
