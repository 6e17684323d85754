"""快递进村: village × brand × month, append-only like the figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Base, Key, MonthKey, RegionCode, RowId, month_check, word_enum
from desktop_app.models.values import CoverageMode, CoverageState


class CoverageRecord(Base):
    """How one brand served one village in one month. As of a month, the latest record up to it holds.

    ``modes``: 进村方式 joined by ``+`` in the order of :class:`CoverageMode`, empty when none.
    ``evidence_kind``: 实地核查, 照片 … or the word of the file; ``evidence_sha256``: the photo or file that is kept;
    ``reason``: why it was entered by hand. None = nothing said.
    ``weekly_frequency``: deliveries a week; parcels in 件 of the month; ``extra_charge``: 是否加收费用.
    """

    __tablename__ = "coverage_record"
    __table_args__ = (
        # Its index also serves "latest up to month", which reads one village and brand after the other.
        UniqueConstraint("village_code", "brand", "month", "version"),
        CheckConstraint("version >= 1", name="version"),
        month_check("month"),
    )

    id: Mapped[RowId]
    village_code: Mapped[RegionCode]
    brand: Mapped[str] = mapped_column(String(40))
    month: Mapped[MonthKey]
    state: Mapped[CoverageState] = mapped_column(word_enum(CoverageState, "state"))
    modes: Mapped[str] = mapped_column(String(60), default="")
    weekly_frequency: Mapped[int | None]
    station: Mapped[str] = mapped_column(String(120), default="")
    parcels_in: Mapped[int | None] = mapped_column(Key)
    parcels_out: Mapped[int | None] = mapped_column(Key)
    extra_charge: Mapped[bool | None]
    evidence_date: Mapped[date | None]
    version: Mapped[int]
    batch_id: Mapped[int] = mapped_column(Key, ForeignKey("import_batch.id"), index=True)
    row: Mapped[int]
    sheet: Mapped[str] = mapped_column(String(80), default="")
    evidence_kind: Mapped[str | None] = mapped_column(String(20))
    checker: Mapped[str | None] = mapped_column(String(60))
    evidence_sha256: Mapped[str | None] = mapped_column(String(64))
    reason: Mapped[str | None] = mapped_column(String(200))


def modes_text(modes: Iterable[CoverageMode]) -> str:
    """Modes → stored text, in the order of the enum."""
    held = set(modes)
    return "+".join(mode.value for mode in CoverageMode if mode in held)


def modes_from_text(stored: str) -> frozenset[CoverageMode]:
    """Stored text → modes."""
    return frozenset(CoverageMode(word) for word in stored.split("+") if word)
