"""Outlets (网点): branches, terminal outlets, village stations, public service stations and lockers."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Amount, Base, Key, MonthKey, RegionCode, RowId, word_enum
from desktop_app.models.values import Flag, OutletKind


class Outlet(Base):
    """One place where parcels are handed over; its name and filing number are its company's own, not the county's.

    ``enterprise_id`` None: nobody's in particular (a public station). ``filing_no``: 备案编号 or licence number, as
    text. ``region_code``: village or town, None while unknown. ``cells``: 格口数 of a group of lockers. opened and
    closed are months. ``green`` 绿色网点, ``recycling`` 回收装置, ``standardised`` 标准化网点. What a village station
    reports: ``brands`` joined by 、; ``serves``: codes of further villages joined by +; ``income`` (fixed-point 元)
    and parcels (件) of ``report_month``.
    """

    __tablename__ = "outlet"
    __table_args__ = (
        UniqueConstraint("enterprise_id", "name"),
        UniqueConstraint("enterprise_id", "filing_no"),
        CheckConstraint("closed IS NULL OR opened IS NULL OR closed >= opened", name="closed_after_opened"),
        CheckConstraint("cells IS NULL OR cells >= 0", name="cells"),
        CheckConstraint("region_code IS NULL OR length(region_code) = 12", name="region_length"),
    )

    id: Mapped[RowId]
    enterprise_id: Mapped[int | None] = mapped_column(Key, ForeignKey("enterprise.id"))
    kind: Mapped[OutletKind] = mapped_column(word_enum(OutletKind, "kind"))
    name: Mapped[str] = mapped_column(String(120))
    filing_no: Mapped[str | None] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(200), default="")
    region_code: Mapped[RegionCode | None] = mapped_column(index=True)
    opened: Mapped[MonthKey | None]
    closed: Mapped[MonthKey | None]
    green: Mapped[Flag] = mapped_column(word_enum(Flag, "green"), default=Flag.MISSING)
    recycling: Mapped[Flag] = mapped_column(word_enum(Flag, "recycling"), default=Flag.MISSING)
    standardised: Mapped[Flag] = mapped_column(word_enum(Flag, "standardised"), default=Flag.MISSING)
    cells: Mapped[int | None]
    contact: Mapped[str] = mapped_column(String(60), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    brands: Mapped[str | None] = mapped_column(String(200))
    serves: Mapped[str | None] = mapped_column(Text)
    report_month: Mapped[MonthKey | None]
    income: Mapped[Amount | None]
    parcels_in: Mapped[int | None] = mapped_column(Key)
    parcels_out: Mapped[int | None] = mapped_column(Key)
