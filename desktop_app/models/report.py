"""What was printed (出具的报表): its short code and every figure as it stood on paper."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Base, RowId


class ReportSnapshot(Base):
    """One printed report. Append-only; the same figures printed again have the same code and are not stored twice.

    ``figures``: JSON, a list of ``[code, measure, period, subject, printed text, exact value, unit]`` in reading order.
    """

    __tablename__ = "report_snapshot"

    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(String(12), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    period: Mapped[str] = mapped_column(String(20))
    edition: Mapped[str] = mapped_column(String(12))
    made_on: Mapped[date]
    printed_at: Mapped[datetime]
    printed_by: Mapped[str] = mapped_column(String(60), default="")
    figures: Mapped[str] = mapped_column(Text)
