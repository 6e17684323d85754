"""What the registers show."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OutletRow:
    """One outlet with its words: months as 2021-03, flags as 是/否/未报/不适用, empty texts where nothing is known."""

    id: int
    company: str
    kind: str
    name: str
    filing_no: str
    address: str
    region: str
    """12 digits of the village or town."""
    town: str
    village: str
    opened: str | None
    closed: str | None
    green: str
    recycling: str
    standardised: str
    cells: int | None
    """格口数."""
    contact: str
    phone: str
    brands: tuple[str, ...] = ()
    """服务品牌 of a village station."""
    serves: tuple[str, ...] = ()
    """Codes of the villages that it serves, its own among them."""
    serves_names: tuple[str, ...] = ()
    report_month: str | None = None
    """Month of what follows, 2021-03."""
    income: str | None = None
    """元 as exact decimal."""
    parcels_in: int | None = None
    parcels_out: int | None = None
