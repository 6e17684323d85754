"""Village stations entered by hand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop_app.models.values import Flag, Month


@dataclass(frozen=True)
class StationEntry:
    """One station by hand; ``id`` None: a new one. ``village`` and ``serves``: 12 digits; ``income``: 元 of ``month``.

    ``company``: full name of the company that runs it, empty when it is nobody's in particular.
    """

    id: int | None
    name: str
    village: str
    reason: str
    company: str = ""
    address: str = ""
    contact: str = ""
    phone: str = ""
    brands: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    standardised: Flag = Flag.MISSING
    opened: Month | None = None
    closed: Month | None = None
    month: Month | None = None
    income: Decimal | None = None
    parcels_in: int | None = None
    parcels_out: int | None = None
