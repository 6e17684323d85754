"""Enterprises (一企一档), the names under which files know them, and the 主要品牌 of each year."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Base, Key, MonthKey, RowId


class Enterprise(Base):
    """One express or postal company in the county. ``uscc``: 统一社会信用代码; opened and closed are months."""

    __tablename__ = "enterprise"
    __table_args__ = (
        UniqueConstraint("name"),
        UniqueConstraint("uscc"),
        CheckConstraint("closed IS NULL OR opened IS NULL OR closed >= opened", name="closed_after_opened"),
    )

    id: Mapped[RowId]
    name: Mapped[str] = mapped_column(String(120))
    short_name: Mapped[str] = mapped_column(String(40), default="")
    brand: Mapped[str] = mapped_column(String(40), default="")
    uscc: Mapped[str | None] = mapped_column(String(18))
    licence_no: Mapped[str] = mapped_column(String(60), default="")
    kind: Mapped[str] = mapped_column(String(40), default="")
    contact: Mapped[str] = mapped_column(String(60), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    opened: Mapped[MonthKey | None]
    closed: Mapped[MonthKey | None]


class EnterpriseAlias(Base):
    """A name by which company files call the enterprise; one alias points at one enterprise only."""

    __tablename__ = "enterprise_alias"
    __table_args__ = (UniqueConstraint("alias"),)

    id: Mapped[RowId]
    enterprise_id: Mapped[int] = mapped_column(Key, ForeignKey("enterprise.id", ondelete="CASCADE"), index=True)
    alias: Mapped[str] = mapped_column(String(120))


class MajorBrand(Base):
    """A brand that counts as 主要品牌 from ``year_from`` to ``year_to`` (both included; None: still)."""

    __tablename__ = "major_brand"
    __table_args__ = (
        UniqueConstraint("brand", "year_from"),
        CheckConstraint("year_to IS NULL OR year_to >= year_from", name="years"),
    )

    id: Mapped[RowId]
    brand: Mapped[str] = mapped_column(String(40))
    year_from: Mapped[int]
    year_to: Mapped[int | None]
