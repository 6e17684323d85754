"""Facts about the ledger itself (台账属性)."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Base


class LedgerSetting(Base):
    """One fact: region code and name, sample flag, work month, bureau name … as text."""

    __tablename__ = "ledger_setting"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
