"""Facts about the ledger (台账属性) as text by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from desktop_app.models.setting import LedgerSetting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


OWN_ENTRIES = "own_entries"
"""Where a ledger on a server, which has no file beside it, keeps the bureau's own indicators and programmes."""
OWN_PLACE = "台账里的自设指标和方案"
"""What errors and dialogs call it."""


def all_settings(session: Session) -> dict[str, str]:
    """Every stored fact."""
    return {row.key: row.value for row in session.execute(select(LedgerSetting.key, LedgerSetting.value))}


def get_setting(session: Session, key: str, default: str = "") -> str:
    """One fact, or ``default``."""
    value = session.scalar(select(LedgerSetting.value).where(LedgerSetting.key == key))
    return default if value is None else value


def set_setting(session: Session, key: str, value: str) -> None:
    """Store one fact, replacing what stood there."""
    session.merge(LedgerSetting(key=key, value=value))
    session.flush()


def forget_setting(session: Session, key: str) -> None:
    """Take one fact out."""
    session.execute(delete(LedgerSetting).where(LedgerSetting.key == key))
