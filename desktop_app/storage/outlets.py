"""The outlet register (网点名录): branches, terminal outlets, stations and lockers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from desktop_app.errors import LedgerError
from desktop_app.models.outlet import Outlet
from desktop_app.models.values import Flag, Month, OutletKind
from desktop_app.storage.filters import month_of
from desktop_app.storage.registers import ChangeLog, RegisterCounts
from desktop_app.storage.shapes import OutletLike

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class StoredOutlet(NamedTuple):
    """One outlet; ``enterprise_id`` None: no company's; ``region_code`` empty while unknown."""

    id: int
    enterprise_id: int | None
    kind: OutletKind
    name: str
    filing_no: str
    address: str
    region_code: str
    opened: Month | None
    closed: Month | None
    green: Flag
    recycling: Flag
    standardised: Flag
    cells: int | None
    contact: str
    phone: str
    brands: tuple[str, ...]
    serves: tuple[str, ...]
    report_month: Month | None
    income: int | None
    parcels_in: int | None
    parcels_out: int | None


def outlets(
    session: Session, *, enterprise_id: int | None = None, kind: OutletKind | None = None
) -> list[StoredOutlet]:
    """Outlets in the order in which they were entered; of one company or one kind where named."""
    query = select(Outlet).order_by(Outlet.id)
    if enterprise_id is not None:
        query = query.where(Outlet.enterprise_id == enterprise_id)
    if kind is not None:
        query = query.where(Outlet.kind == kind)
    return [_stored(outlet) for outlet in session.scalars(query)]


def upsert_outlets(session: Session, planned: Iterable[OutletLike], *, batch_id: int | None = None) -> RegisterCounts:
    """Bring the register to what a file says; outlets that it does not name stay.

    An outlet is found within its company by its filing number, else by its name; blanks erase nothing.

    :raises LedgerError: name and number belong to two outlets, or two rows mean the same one.
    """
    log = ChangeLog(session, batch_id)
    known = _Known(session)
    met: dict[int, str] = {}
    added = changed = unchanged = 0
    for row in planned:
        outlet = known.find(row)
        if outlet is None:
            outlet = Outlet(enterprise_id=row.enterprise_id, **_filled(row))
            session.add(outlet)
            session.flush()
            log.added(outlet)
            added += 1
        elif outlet.id in met:
            raise LedgerError(
                f"“{row.name}”和“{met[outlet.id]}”在台账里是同一个网点", hint="请核对名称和备案编号，只留一行"
            )
        elif different := {key: value for key, value in _filled(row).items() if getattr(outlet, key) != value}:
            log.before_change(outlet)
            known.forget(outlet)
            for key, value in different.items():
                setattr(outlet, key, value)
            _check_dates(outlet)
            session.flush()
            changed += 1
        else:
            unchanged += 1
        met[outlet.id] = row.name
        known.add(outlet)
    return RegisterCounts(added=added, changed=changed, unchanged=unchanged)


class _Known:
    """The register by company and name, and by company and filing number: one read, however long the list."""

    def __init__(self, session: Session) -> None:
        self._names: dict[tuple[int | None, str], Outlet] = {}
        self._numbers: dict[tuple[int | None, str], Outlet] = {}
        for outlet in session.scalars(select(Outlet)):
            self.add(outlet)

    def add(self, outlet: Outlet) -> None:
        self._names[outlet.enterprise_id, outlet.name] = outlet
        if outlet.filing_no:
            self._numbers[outlet.enterprise_id, outlet.filing_no] = outlet

    def forget(self, outlet: Outlet) -> None:
        self._names.pop((outlet.enterprise_id, outlet.name), None)
        self._numbers.pop((outlet.enterprise_id, outlet.filing_no or ""), None)

    def find(self, row: OutletLike) -> Outlet | None:
        by_name = self._names.get((row.enterprise_id, row.name))
        by_number = self._numbers.get((row.enterprise_id, row.filing_no)) if row.filing_no else None
        if by_name is not None and by_number is not None and by_name is not by_number:
            raise LedgerError(
                f"备案编号 {row.filing_no} 属于“{by_number.name}”，不是“{row.name}”", hint="请核对名录中的备案编号"
            )
        return by_number or by_name


def _filled(row: OutletLike) -> dict[str, object]:
    """The columns that the row has something to say about."""
    texts = {
        "name": row.name,
        "filing_no": row.filing_no,
        "address": row.address,
        "region_code": row.region_code,
        "contact": row.contact,
        "phone": row.phone,
        "brands": row.brands,
    }
    flags = {"green": row.green, "recycling": row.recycling, "standardised": row.standardised}
    filled: dict[str, object] = {"kind": row.kind}
    filled |= {key: text for key, text in texts.items() if text}
    filled |= {key: flag for key, flag in flags.items() if flag is not Flag.MISSING}
    months = {"opened": row.opened, "closed": row.closed, "report_month": row.report_month}
    filled |= {key: month.key for key, month in months.items() if month is not None}
    numbers = {"cells": row.cells, "income": row.income, "parcels_in": row.parcels_in, "parcels_out": row.parcels_out}
    filled |= {key: number for key, number in numbers.items() if number is not None}
    if row.serves:
        filled["serves"] = "+".join(row.serves)
    return filled


def write_outlet(session: Session, outlet_id: int | None, row: OutletLike, *, batch_id: int) -> int:
    """Enter one outlet by hand: every column as ``row`` has it, blanks too. ``outlet_id`` None: a new one.

    :raises LedgerError: there is no such outlet, or its company has another of the name or number.
    """
    log = ChangeLog(session, batch_id)
    twin = _Known(session).find(row)
    if twin is not None and twin.id != outlet_id:
        raise LedgerError(f"已有叫“{twin.name}”或同一备案编号的网点", hint="请改那一个，或换个名称")
    wanted = {**_blank(), **_filled(row), "enterprise_id": row.enterprise_id}
    outlet = None if outlet_id is None else session.get(Outlet, outlet_id)
    if outlet_id is not None and outlet is None:
        raise LedgerError("这个网点已不在台账里", hint="请按 F5 重新读取")
    if outlet is None:
        outlet = Outlet(**wanted)
        session.add(outlet)
        session.flush()
        log.added(outlet)
    else:
        log.before_change(outlet)
        for key, value in wanted.items():
            setattr(outlet, key, value)
    _check_dates(outlet)
    session.flush()
    return outlet.id


def mark_green(session: Session, outlet_id: int, flag: Flag, *, batch_id: int) -> None:
    """Set the flag 绿色网点 of one outlet, as part of a batch that can be undone."""
    outlet = session.get_one(Outlet, outlet_id)
    ChangeLog(session, batch_id).before_change(outlet)
    outlet.green = flag
    session.flush()


def _blank() -> dict[str, object]:
    """Every column that an entry can leave empty, empty."""
    nothing = dict.fromkeys(
        (
            *("filing_no", "region_code", "opened", "closed", "cells", "brands", "serves", "report_month"),
            *("income", "parcels_in", "parcels_out"),
        )
    )
    flags = dict.fromkeys(("green", "recycling", "standardised"), Flag.MISSING)
    return {**nothing, **flags, **dict.fromkeys(("address", "contact", "phone"), "")}


def _check_dates(outlet: Outlet) -> None:
    if outlet.opened is not None and outlet.closed is not None and outlet.closed < outlet.opened:
        raise LedgerError(
            f"网点“{outlet.name}”的停办月份早于台账里的开办月份（{month_of(outlet.opened).label}）", hint="请核对日期"
        )


def _stored(outlet: Outlet) -> StoredOutlet:
    return StoredOutlet(
        id=outlet.id,
        enterprise_id=outlet.enterprise_id,
        kind=outlet.kind,
        name=outlet.name,
        filing_no=outlet.filing_no or "",
        address=outlet.address,
        region_code=outlet.region_code or "",
        opened=None if outlet.opened is None else month_of(outlet.opened),
        closed=None if outlet.closed is None else month_of(outlet.closed),
        green=outlet.green,
        recycling=outlet.recycling,
        standardised=outlet.standardised,
        cells=outlet.cells,
        contact=outlet.contact,
        phone=outlet.phone,
        brands=tuple(filter(None, (outlet.brands or "").split("、"))),
        serves=tuple(filter(None, (outlet.serves or "").split("+"))),
        report_month=None if outlet.report_month is None else month_of(outlet.report_month),
        income=outlet.income,
        parcels_in=outlet.parcels_in,
        parcels_out=outlet.parcels_out,
    )
