"""Regions (区划) with the months in which they hold."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Base, Key, MonthKey, RegionCode, RowId, month_check

LEVELS = ("national", "province", "prefecture", "county", "town", "village")
"""Region levels from the top down."""

FIRST_MONTH = 190001
"""``valid_from`` of a region that has always been there as far as the ledger knows."""

ABOVE_VILLAGES = text("level <> 'village'")
"""Condition of SQLite's small index of the units above villages; a query must say the same to be served by it."""


class Region(Base):
    """One unit in one stretch of time. A renamed or moved unit gets a second row; the first one is closed.

    ``valid_from`` and ``valid_to`` are months, both included; ``valid_to`` None = still valid. ``flag_reason`` is set
    when somebody changed the 建制村 flag by hand; a registry import then leaves the flag alone.
    """

    __tablename__ = "region"
    __table_args__ = (
        UniqueConstraint("code", "valid_from"),
        CheckConstraint("level IN ('" + "', '".join(LEVELS) + "')", name="level"),
        CheckConstraint("length(code) = 12", name="code_length"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
        month_check("valid_from"),
        Index("ix_region_upper", "code", sqlite_where=ABOVE_VILLAGES),
    )

    id: Mapped[RowId]
    code: Mapped[RegionCode]
    name: Mapped[str] = mapped_column(String(80))
    level: Mapped[str] = mapped_column(String(12))
    unit_kind: Mapped[str] = mapped_column(String(20), default="")
    parent_code: Mapped[RegionCode]
    valid_from: Mapped[MonthKey] = mapped_column(default=FIRST_MONTH)
    valid_to: Mapped[MonthKey | None]
    successor_code: Mapped[RegionCode | None]
    administrative_village: Mapped[bool] = mapped_column(default=False)
    flag_reason: Mapped[str] = mapped_column(String(200), default="")
    households: Mapped[int | None]
    population: Mapped[int | None]
    source_batch_id: Mapped[int | None] = mapped_column(Key, ForeignKey("import_batch.id"))
