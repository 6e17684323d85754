"""Who did what and when, in a chain of hashes (操作留痕)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Base, RowId, Sha256


class AuditEvent(Base):
    """One step. ``hash`` covers this row and ``previous_hash``, so that a changed or removed row is noticed."""

    __tablename__ = "audit_event"
    __table_args__ = (UniqueConstraint("hash"),)

    id: Mapped[RowId]
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[Sha256]
    hash: Mapped[Sha256]
