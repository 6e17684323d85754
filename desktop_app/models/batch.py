"""Imports: the file kept as evidence, the batch it made, what was wrong with it, and what it changed in registers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Base, Key, MonthKey, RegionCode, RowId, Sha256, word_enum
from desktop_app.models.values import BatchState, FigureStatus, Severity


class EvidenceFile(Base):
    """An imported file exactly as it came (原始文件留存). ``content`` is zlib; ``size`` the original's."""

    __tablename__ = "evidence_file"

    sha256: Mapped[Sha256] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(260))
    size: Mapped[int] = mapped_column(Key)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    stored_at: Mapped[datetime]


class ImportBatch(Base):
    """One import of one file, undone as a whole.

    ``totals`` are the control totals (控制数): indicator code → fixed-point sum. ``reason`` is the clerk's word for
    accepted warnings, or for the return of the file to the company. Rows: read = accepted + rejected + skipped.
    """

    __tablename__ = "import_batch"
    __table_args__ = (
        CheckConstraint("rows_read = rows_accepted + rows_rejected + rows_skipped", name="rows"),
        CheckConstraint("(state = 'undone') = (undone_at IS NOT NULL)", name="undone"),
        Index(None, "month", "enterprise_id"),
        Index(None, "state"),
    )

    id: Mapped[RowId]
    file_name: Mapped[str] = mapped_column(String(260))
    sha256: Mapped[Sha256] = mapped_column(ForeignKey("evidence_file.sha256"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    enterprise_id: Mapped[int | None] = mapped_column(Key, ForeignKey("enterprise.id"))
    month: Mapped[MonthKey | None]
    region_code: Mapped[RegionCode]
    status: Mapped[FigureStatus] = mapped_column(word_enum(FigureStatus, "status"))
    state: Mapped[BatchState] = mapped_column(word_enum(BatchState, "state"), default=BatchState.COMMITTED)
    profile: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text, default="")
    encoding: Mapped[str] = mapped_column(String(20), default="")
    sheet: Mapped[str] = mapped_column(String(80), default="")
    rows_read: Mapped[int] = mapped_column(default=0)
    rows_accepted: Mapped[int] = mapped_column(default=0)
    rows_rejected: Mapped[int] = mapped_column(default=0)
    rows_skipped: Mapped[int] = mapped_column(default=0)
    totals: Mapped[dict[str, int]]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(60), default="")
    undone_at: Mapped[datetime | None]
    undone_reason: Mapped[str] = mapped_column(Text, default="")


class ImportIssueRecord(Base):
    """One warning (or error of a returned file) that came with a batch."""

    __tablename__ = "import_issue"

    id: Mapped[RowId]
    batch_id: Mapped[int] = mapped_column(Key, ForeignKey("import_batch.id"), index=True)
    severity: Mapped[Severity] = mapped_column(word_enum(Severity, "severity"))
    code: Mapped[str] = mapped_column(String(40))
    message: Mapped[str] = mapped_column(Text)
    suggestion: Mapped[str] = mapped_column(Text, default="")
    sheet: Mapped[str] = mapped_column(String(80), default="")
    row: Mapped[int | None]
    column: Mapped[str] = mapped_column(String(200), default="")
    value: Mapped[str] = mapped_column(Text, default="")


class RegisterChange(Base):
    """What a batch did to one row of a register, so that undoing the batch can put the row back.

    ``entity``: region, enterprise, alias or outlet. ``before``: the row's columns, None when the batch added the row.
    """

    __tablename__ = "register_change"
    __table_args__ = (
        CheckConstraint("entity IN ('region', 'enterprise', 'alias', 'outlet')", name="entity"),
        Index(None, "entity", "entity_id"),
    )

    id: Mapped[RowId]
    batch_id: Mapped[int] = mapped_column(Key, ForeignKey("import_batch.id"), index=True)
    entity: Mapped[str] = mapped_column(String(12))
    entity_id: Mapped[int] = mapped_column(Key)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
