"""Mapping profiles (读表方案): how a company lays out its file, learned when such a file was committed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Base, Key, RowId


class MappingProfile(Base):
    """What the columns of one company's file mean, found again by the likeness of their heads.

    ``layout`` is JSON: heads with their meanings, rows of the head, unit, delimiter, sheet. ``uses``: committed files.
    """

    __tablename__ = "mapping_profile"
    __table_args__ = (UniqueConstraint("name"), Index(None, "enterprise_id"))

    id: Mapped[RowId]
    name: Mapped[str] = mapped_column(String(80))
    enterprise_id: Mapped[int | None] = mapped_column(Key, ForeignKey("enterprise.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    layout: Mapped[str] = mapped_column(Text)
    uses: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
