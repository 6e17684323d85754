"""Daily figures of the peak season (旺季日报): one number per day × company × item and version."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Amount, Base, Key, RegionCode, RowId, Sha256, word_enum
from desktop_app.models.values import CellState, DailyItem


class DailyFigure(Base):
    """One company's count of one day. Append-only; the highest version counts.

    ``day`` is 20201111. ``entry`` numbers what was saved or imported in one go, so that it can be taken back as a
    whole: by further versions, never by deleting. A file is kept as evidence (``sha256``, ``row``).
    """

    __tablename__ = "daily_figure"
    __table_args__ = (
        UniqueConstraint("day", "region_code", "enterprise_id", "item", "version"),
        CheckConstraint("(state = 'value') = (value IS NOT NULL)", name="value_with_state"),
        CheckConstraint("value IS NULL OR value >= 0", name="value"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint(
            "day BETWEEN 19000101 AND 29991231 AND day / 100 % 100 BETWEEN 1 AND 12 AND day % 100 BETWEEN 1 AND 31",
            name="day",
        ),
        Index(None, "entry"),
    )

    id: Mapped[RowId]
    day: Mapped[int] = mapped_column(Integer)
    region_code: Mapped[RegionCode]
    enterprise_id: Mapped[int] = mapped_column(Key, ForeignKey("enterprise.id"))
    item: Mapped[DailyItem] = mapped_column(word_enum(DailyItem, "item"))
    value: Mapped[Amount | None]
    state: Mapped[CellState] = mapped_column(word_enum(CellState, "state"))
    version: Mapped[int]
    entry: Mapped[int]
    source: Mapped[str] = mapped_column(String(260))
    sha256: Mapped[Sha256 | None] = mapped_column(ForeignKey("evidence_file.sha256"))
    row: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(60))
