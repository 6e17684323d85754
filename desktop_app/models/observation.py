"""Figures: one stored observation per indicator × month × span × region × enterprise and version."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, String, Table, Text, event, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Amount, Base, Key, MonthKey, RegionCode, RowId, month_check, word_enum
from desktop_app.models.values import CellState, FigureStatus, Span

_COMPANY = text("enterprise_id IS NOT NULL")
_NO_COMPANY = text("enterprise_id IS NULL")
_WHERE = {"uq_observation_company": _COMPANY, "uq_observation_region": _NO_COMPANY}


class Observation(Base):
    """One figure as one file gave it. Append-only: a correction is the next version; nothing is changed or deleted.

    Current is the highest version whose batch is committed. ``value`` is fixed-point and stands exactly when
    ``state`` is VALUE. The file's own 上年同期 and 同比 (fixed-point %) are kept beside the value.
    """

    __tablename__ = "observation"
    __table_args__ = (
        # Two partial indexes instead of one: NULL is no company, and databases disagree on whether NULLs are equal.
        Index(
            "uq_observation_company",
            "indicator", "month", "span", "region_code", "enterprise_id", "version",
            unique=True, sqlite_where=_COMPANY,
        ),
        Index(
            "uq_observation_region",
            "indicator", "month", "span", "region_code", "version",
            unique=True, sqlite_where=_NO_COMPANY,
        ),
        Index(None, "indicator", "month", "region_code"),
        Index(None, "month", "enterprise_id"),
        CheckConstraint("(state = 'value') = (value IS NOT NULL)", name="value_with_state"),
        CheckConstraint("version >= 1", name="version"),
        month_check("month"),
    )  # fmt: skip

    id: Mapped[RowId]
    indicator: Mapped[str] = mapped_column(String(40))
    month: Mapped[MonthKey]
    span: Mapped[Span] = mapped_column(word_enum(Span, "span"))
    region_code: Mapped[RegionCode]
    enterprise_id: Mapped[int | None] = mapped_column(Key, ForeignKey("enterprise.id"))
    value: Mapped[Amount | None]
    state: Mapped[CellState] = mapped_column(word_enum(CellState, "state"))
    status: Mapped[FigureStatus] = mapped_column(word_enum(FigureStatus, "status"))
    version: Mapped[int]
    batch_id: Mapped[int] = mapped_column(Key, ForeignKey("import_batch.id"), index=True)
    sheet: Mapped[str] = mapped_column(String(80), default="")
    row: Mapped[int]
    column: Mapped[str] = mapped_column(String(200), default="")
    reported_previous: Mapped[Amount | None]
    reported_yoy: Mapped[Amount | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]


@event.listens_for(Observation.__table__, "before_create")
def _partial_on_postgresql(table: Table, connection: Connection, **_: object) -> None:
    """The same two WHEREs for PostgreSQL; naming them above would load its whole dialect at every start."""
    if connection.dialect.name == "postgresql":
        for index in table.indexes:
            if index.name in _WHERE:
                index.dialect_options["postgresql"]["where"] = _WHERE[index.name]


class ComparableBase(Base):
    """The previous-year figure as published and as comparable (可比口径) for one figure, with the reason.

    ``month`` and ``span`` name the base itself (2020-03 for growth in 2021-03). The newest row of a key counts.
    """

    __tablename__ = "comparable_base"
    __table_args__ = (
        Index("ix_comparable_base_key", "indicator", "month", "span", "region_code", "enterprise_id"),
        month_check("month"),
    )

    id: Mapped[RowId]
    indicator: Mapped[str] = mapped_column(String(40))
    month: Mapped[MonthKey]
    span: Mapped[Span] = mapped_column(word_enum(Span, "span"))
    region_code: Mapped[RegionCode]
    enterprise_id: Mapped[int | None] = mapped_column(Key, ForeignKey("enterprise.id"))
    published: Mapped[Amount | None]
    comparable: Mapped[Amount]
    reason: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
