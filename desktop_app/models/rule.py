"""How the bureau has set its check rules (审核规则的设置): append-only, the newest row of a code is in force."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Base, RowId, word_enum
from desktop_app.models.values import Strictness


class RuleSetting(Base):
    """One step of the setting of one check: everything that differs from the shipped rule after it.

    ``thresholds``: name → exact number as text. No ``severity`` and no ``thresholds``: the rule is as shipped again.
    """

    __tablename__ = "rule_setting"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason"), Index(None, "code"))

    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(String(40))
    severity: Mapped[Strictness | None] = mapped_column(word_enum(Strictness, "severity"))
    thresholds: Mapped[dict[str, str]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(60), default="")
