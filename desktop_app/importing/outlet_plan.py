"""What importing a list of outlets (网点名录) would store."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.models.values import Flag, Month, OutletKind


@dataclass(frozen=True)
class PlannedOutlet:
    """One outlet of a list; ``enterprise_id`` None: no company's; empty texts, None and 未报 say nothing.

    ``region_code``: village or town, 12 digits. ``cells``: 格口数 of a group of lockers.
    Of a village station: brands joined by 、, codes of the villages served, fixed-point 元 and 件 of ``report_month``.
    """

    enterprise_id: int | None
    kind: OutletKind
    name: str
    filing_no: str
    address: str
    region_code: str
    opened: Month | None
    closed: Month | None
    green: Flag
    recycling: Flag
    standardised: Flag
    cells: int | None
    contact: str
    phone: str
    row: int
    brands: str = ""
    serves: tuple[str, ...] = ()
    report_month: Month | None = None
    income: int | None = None
    parcels_in: int | None = None
    parcels_out: int | None = None


@dataclass(frozen=True)
class KnownOutlet:
    """An outlet of the ledger as matching needs it."""

    enterprise_id: int | None
    name: str
    filing_no: str
    opened: Month | None = None
