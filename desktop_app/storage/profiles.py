"""Repository of mapping profiles (读表方案)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from desktop_app.errors import UserError
from desktop_app.models.base import utc_now
from desktop_app.models.profile import MappingProfile

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class StoredProfile:
    """One profile; ``layout`` is JSON text."""

    id: int
    name: str
    enterprise_id: int | None
    kind: str
    layout: str
    uses: int
    created_at: datetime
    used_at: datetime | None


def profiles(session: Session) -> list[StoredProfile]:
    """All profiles in the order in which they were learned."""
    return [_stored(row) for row in session.scalars(select(MappingProfile).order_by(MappingProfile.id))]


def add_profile(session: Session, name: str, enterprise_id: int | None, kind: str, layout: str) -> int:
    """A new profile; its id.

    :raises UserError: there is one of that name.
    """
    _free(session, name, None)
    row = MappingProfile(name=name, enterprise_id=enterprise_id, kind=kind, layout=layout, uses=0, created_at=utc_now())
    session.add(row)
    session.flush()
    return row.id


def change_profile(session: Session, profile_id: int, *, name: str | None = None, layout: str | None = None) -> None:
    """Another name or another layout.

    :raises UserError: the name is taken.
    """
    row = session.get_one(MappingProfile, profile_id)
    if name is not None:
        _free(session, name, profile_id)
        row.name = name
    if layout is not None:
        row.layout = layout
    session.flush()


def note_use(session: Session, profile_id: int, step: int = 1) -> None:
    """One more committed file of this layout, or one less."""
    row = session.get_one(MappingProfile, profile_id)
    row.uses += step
    if step > 0:
        row.used_at = utc_now()
    session.flush()


def delete_profile(session: Session, profile_id: int) -> None:
    """Forget a profile; what was imported with it stays."""
    session.delete(session.get_one(MappingProfile, profile_id))
    session.flush()


def _free(session: Session, name: str, own: int | None) -> None:
    taken = session.scalar(select(MappingProfile.id).where(MappingProfile.name == name))
    if taken is not None and taken != own:
        raise UserError(f"已有名为“{name}”的方案", hint="请换一个名称")


def _stored(row: MappingProfile) -> StoredProfile:
    return StoredProfile(
        row.id, row.name, row.enterprise_id, row.kind, row.layout, row.uses, row.created_at, row.used_at
    )
