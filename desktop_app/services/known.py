"""What recognition and checks of files may know of the registers; kept until something changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from desktop_app.importing.outlet_plan import KnownOutlet
from desktop_app.importing.plan import FormerVillage, KnownEnterprise, KnownVillage
from desktop_app.models.values import Month
from desktop_app.services import context
from desktop_app.storage import enterprises, outlets, regions
from desktop_app.storage.engine import Ledger


def known_enterprises(ledger: Ledger) -> tuple[KnownEnterprise, ...]:
    """The companies as recognition knows them."""

    def load() -> tuple[KnownEnterprise, ...]:
        with ledger.read() as session:
            return tuple(
                KnownEnterprise(e.id, e.name, e.short_name, e.brand, e.aliases, e.opened, e.closed)
                for e in enterprises.enterprises(session)
            )

    return context.cached(ledger, "known_enterprises", load)


def _known_villages(ledger: Ledger) -> tuple[KnownVillage, ...]:
    def load() -> tuple[KnownVillage, ...]:
        prefix = context.home(ledger).region.rstrip("0") or "0"
        with ledger.read() as session:
            towns = {town.code: town.name for town in regions.towns(session, prefix=prefix)}
            return tuple(
                KnownVillage(v.code, v.name, towns.get(v.parent_code, ""), v.administrative_village)
                for v in regions.villages(session, prefix=prefix)
            )

    return context.cached(ledger, "known_villages", load)


def former_villages(ledger: Ledger) -> tuple[FormerVillage, ...]:
    """The villages that the register has changed, as they were; few, or none."""

    def load() -> tuple[FormerVillage, ...]:
        prefix = context.home(ledger).region.rstrip("0") or "0"
        with ledger.read() as session:
            ended = regions.ended_villages(session, prefix=prefix)
            towns = {u.code: u.name for u in regions.every_unit(session, prefix=prefix, level="town")} if ended else {}
        return tuple(
            FormerVillage(
                KnownVillage(u.code, u.name, towns.get(u.parent_code, ""), u.administrative_village),
                Month.from_key(u.valid_from),
                Month.from_key(u.valid_to),
                u.successor_code or "",
            )
            for u in ended
            if u.valid_to is not None
        )

    return context.cached(ledger, "former_villages", load)


def known_outlets(ledger: Ledger) -> tuple[KnownOutlet, ...]:
    """The outlets as a list of outlets is checked against them."""

    def load() -> tuple[KnownOutlet, ...]:
        with ledger.read() as session:
            return tuple(KnownOutlet(o.enterprise_id, o.name, o.filing_no, o.opened) for o in outlets.outlets(session))

    return context.cached(ledger, "known_outlets", load)


class KnownVillages(Sequence[KnownVillage]):
    """The villages of a ledger, read when somebody asks: a registry of a million has no use for the last one."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @overload
    def __getitem__(self, place: int) -> KnownVillage: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[KnownVillage]: ...
    def __getitem__(self, place: int | slice) -> KnownVillage | Sequence[KnownVillage]:
        return _known_villages(self._ledger)[place]

    def __iter__(self) -> Iterator[KnownVillage]:
        return iter(_known_villages(self._ledger))

    def __len__(self) -> int:
        return len(_known_villages(self._ledger))
