"""Scored sheets of green outlets and sorting centres (绿色网点、绿色分拨中心评分)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Base, Key, MonthKey, RowId, month_check


class GreenAssessment(Base):
    """One scored sheet. A wrong one is withdrawn with its reason, or a corrected one ``replaces`` it.

    ``outlet_id`` None: a sorting centre, which is in no register; ``place`` names it. It is no foreign key: taking a
    register's import back must not take the sheet along, so the name is compared as well. ``sheet``: JSON, ``items``
    ``[[name, full, scored], …]`` (numbers as text) and ``vetoes`` ``[[text, true|false], …]``.
    ``flag_before``: 绿色网点 in the register before the outlet was first scored; ``count_batch``: the entry by which
    the sheet has set the number of green outlets of its month.
    """

    __tablename__ = "green_assessment"
    __table_args__ = (CheckConstraint("(withdrawn_at IS NULL) = (withdraw_reason = '')", name="withdrawn"),)

    id: Mapped[RowId]
    form: Mapped[str] = mapped_column(String(20))
    outlet_id: Mapped[int | None] = mapped_column(Key)
    place: Mapped[str] = mapped_column(String(120))
    made_on: Mapped[date]
    assessor: Mapped[str] = mapped_column(String(60))
    sheet: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime]
    entered_by: Mapped[str] = mapped_column(String(60))
    withdrawn_at: Mapped[datetime | None]
    withdraw_reason: Mapped[str] = mapped_column(String(200), default="")
    replaces: Mapped[int | None] = mapped_column(Key)
    flag_before: Mapped[str | None] = mapped_column(String(10))
    count_batch: Mapped[int | None] = mapped_column(Key)


class OutletFigure(Base):
    """A green figure of one outlet, as the company's sheet by outlet gives it; the company's own is the sum of these.

    ``outlet``: its name in the sheet, which the register may write otherwise. ``value``: fixed-point, of a numerator,
    a denominator or a rate that the outlet gave alone. Of a batch that is taken back nothing counts.
    """

    __tablename__ = "outlet_figure"
    __table_args__ = (month_check("month"),)

    id: Mapped[RowId]
    batch_id: Mapped[int] = mapped_column(Key, ForeignKey("import_batch.id"))
    enterprise_id: Mapped[int | None] = mapped_column(Key, ForeignKey("enterprise.id"))
    outlet: Mapped[str] = mapped_column(String(120))
    month: Mapped[MonthKey] = mapped_column(index=True)
    indicator: Mapped[str] = mapped_column(String(40))
    value: Mapped[int] = mapped_column(Key)
    row: Mapped[int]
