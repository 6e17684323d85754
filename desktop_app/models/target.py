"""Targets that the bureau has entered itself (本局登记的目标); those of published documents are in the catalogue."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Base, MonthKey, RegionCode, RowId, month_check


class OwnTarget(Base):
    """One target as it was entered. A change is a new row; the old one is closed (``closed_at``) with its reason.

    ``value`` and ``base_value`` are exact decimals as text, in ``unit``: a target is quoted, never computed with here.
    """

    __tablename__ = "own_target"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (close_reason = '')", name="closed"),
        month_check("due"),
        Index(None, "indicator"),
    )

    id: Mapped[RowId]
    document: Mapped[str] = mapped_column(String(120))
    clause: Mapped[str] = mapped_column(String(80))
    region_code: Mapped[RegionCode]
    name: Mapped[str] = mapped_column(String(80))
    indicator: Mapped[str] = mapped_column(String(40))
    measure: Mapped[str] = mapped_column(String(12))
    comparator: Mapped[str] = mapped_column(String(4))
    value: Mapped[str] = mapped_column(String(40))
    unit: Mapped[str] = mapped_column(String(20))
    due: Mapped[MonthKey]
    base_month: Mapped[MonthKey | None]
    base_value: Mapped[str | None] = mapped_column(String(40))
    scope: Mapped[str] = mapped_column(String(80), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(60), default="")
    closed_at: Mapped[datetime | None]
    close_reason: Mapped[str] = mapped_column(Text, default="")
