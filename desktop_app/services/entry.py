"""Typing figures of the bureau's own (录入): every act is checked and stored as a batch, in one transaction.

A batch of kind 本局录入 has its evidence (the lines as typed), its versions and its audit event as a file has, so
that provenance, history and undo know it without more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.catalogue.model import Catalogue, Indicator, Owner
from desktop_app.errors import LedgerError, UserError
from desktop_app.importing.entry import EntryLine, EntryPlan, Remark, Standing, plan_entry
from desktop_app.importing.plan import FileKind, ImportContext, ImportPlan
from desktop_app.models.values import BatchState, FigureStatus
from desktop_app.services import context, imports
from desktop_app.services.entry_board import (
    Address,
    address_of,
    board,
    by_towns,
    cells_at,
    in_unit,
    stored_at,
    typed_text,
    unit_of,
)
from desktop_app.services.known import KnownVillages, known_enterprises
from desktop_app.services.ledger import actor
from desktop_app.services.results.entry import CellKey, CellRemark, EntryAnswer, EntryCell, TypedCell
from desktop_app.storage import audit, batches, observations, regions
from desktop_app.storage.engine import Ledger
from desktop_app.storage.evidence import pack
from desktop_app.storage.history import LedgerHistory
from desktop_app.storage.observations import StoredObservation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["ACTION", "board", "enter", "undo"]

ACTION = "录入"


@dataclass(frozen=True)
class _Checked:
    """Typed cells with where they are stored, what stands there, and what the checks say."""

    keys: tuple[CellKey, ...]
    """Of the lines of the plan."""
    plan: EntryPlan | None
    stamp: int


def enter(
    ledger: Ledger,
    typed: Sequence[TypedCell],
    status: FigureStatus = FigureStatus.MONTHLY,
    reason: str = "",
    *,
    only_clean: bool = False,
) -> EntryAnswer:
    """Check and store what was typed, as one batch and one transaction.

    Cells that a hard check refuses are not stored; the others are, unless something is asked and no ``reason`` is
    given: then nothing is. ``only_clean`` leaves out the cells about which something is asked. What says nothing
    new (the same figure again, an empty cell where nothing stands) is passed over.

    :raises UserError: an indicator that the bureau does not enter, or a period or place that is none.
    """
    while True:
        checked = _check(ledger, typed, status)
        if only_clean and checked.plan is not None and checked.plan.asked:
            doubtful = {checked.keys[remark.line] for remark in checked.plan.asked}
            typed = [cell for cell in typed if cell.key not in doubtful]
            continue
        plan = checked.plan
        refused = () if plan is None else tuple(_remark(checked, remark) for remark in plan.refused)
        asked = () if plan is None else tuple(_remark(checked, remark) for remark in plan.asked)
        if plan is None or plan.plan is None:
            return EntryAnswer(None, (), refused, (), _now(ledger, [cell.key for cell in typed]))
        if asked and not reason.strip():
            clean = len(plan.accepted) - len({remark.key for remark in asked})
            return EntryAnswer(None, (), refused, asked, {}, clean)
        with ledger.write() as session:
            # Checked against another state of the ledger than the one that is written to: once more.
            if context.stamp(session) == checked.stamp:
                batch = _store(session, plan.plan, plan.content, reason.strip())
                stored = tuple(checked.keys[line] for line in plan.accepted)
                break
    return EntryAnswer(batch, stored, refused, asked, _now(ledger, [cell.key for cell in typed]))


def undo(ledger: Ledger, batch: int, keys: Sequence[CellKey]) -> dict[CellKey, EntryCell | None]:
    """Take an entry back (Ctrl+Z); how its cells stand then.

    :raises LedgerError: the batch is no entry, or no longer in force.
    """
    with ledger.read() as session:
        found = batches.get_batch(session, batch)
    if found.kind != FileKind.ENTRY.value or found.state is not BatchState.COMMITTED:
        raise LedgerError(f"第 {batch} 号批次已经不是在用的录入", hint="请看“历史”")
    imports.undo_batch(ledger, batch, "录入时撤销")
    return _now(ledger, keys)


def _now(ledger: Ledger, keys: Sequence[CellKey]) -> dict[CellKey, EntryCell | None]:
    with ledger.read() as session:
        return cells_at(session, context.catalogue(ledger), keys)


def _remark(checked: _Checked, remark: Remark) -> CellRemark:
    return CellRemark(checked.keys[remark.line], remark.issue.message, remark.issue.suggestion)


# ------------------------------------------------------------------------------------------------- checking


def _check(ledger: Ledger, typed: Sequence[TypedCell], status: FigureStatus) -> _Checked:
    own = context.home(ledger)
    catalogue = context.catalogue(ledger)
    texts = {cell.key: cell.text for cell in typed}
    with ledger.read() as session:
        stamp = context.stamp(session)
        places = _places(session, own)
        addresses = {key: address_of(session, _indicator(catalogue, key, places, own.region), key) for key in texts}
        _refuse_theirs(session, catalogue, addresses.values(), own.region)
        standing = stored_at(session, addresses.values())
        lines = [
            _line(catalogue, address, places, texts[key], standing.get(address)) for key, address in addresses.items()
        ]
        known = ImportContext(
            region=own.region,
            region_name=own.name,
            enterprises=known_enterprises(ledger),
            villages=KnownVillages(ledger),
            history=LedgerHistory(session),
            today=datetime.now().astimezone().date(),
            catalogue=catalogue,
        )
        beside = _beside(session, catalogue, lines, places)
        plan = plan_entry(lines, beside, known, catalogue, status, _name(lines)) if lines else None
    return _Checked(tuple(addresses), plan, stamp)


def _places(session: Session, own: context.Home) -> dict[str, str]:
    """Name of the county and of every town that it ever had, by code."""
    towns = regions.every_unit(session, prefix=own.region.rstrip("0"), level="town")
    return {own.region: own.name or "全县", **{town.code: town.name for town in towns}}


def _indicator(catalogue: Catalogue, key: CellKey, places: dict[str, str], county: str) -> Indicator:
    """The indicator of a cell.

    :raises UserError: the bureau does not enter it, not there, or there is no such place.
    """
    indicator = catalogue.indicators.get(key.code)
    if indicator is None or not indicator.entered or indicator.retired:
        raise UserError(
            f"{indicator.name if indicator else key.code}不是本局录入的指标", hint="企业报送的请导入企业的表"
        )
    if key.region not in places or (key.region != county and not by_towns(indicator)):
        raise UserError(f"{indicator.name}不能按 {places.get(key.region, key.region)} 录入", hint="请录全县的数")
    return indicator


def _refuse_theirs(session: Session, catalogue: Catalogue, addresses: Iterable[Address], county: str) -> None:
    """Nobody overwrites what companies have reported.

    :raises UserError: a company's figure stands at one of the addresses.
    """
    theirs = [
        address
        for address in addresses
        if address[3] == county and catalogue.indicator(address[0]).owner is Owner.COMPANY
    ]
    if not theirs:
        return
    reported = {
        (row.indicator, row.month, row.span)
        for row in observations.current_observations(
            session, indicators={code for code, *_ in theirs}, regions=[county], first=min(a[1] for a in theirs)
        )
        if row.enterprise_id is not None
    }
    for code, month, span, _ in theirs:
        if (code, month, span) in reported:
            raise UserError(
                f"{month.label}的{catalogue.indicator(code).name}已由企业报送，本局不改企业的数",
                hint="有错的请退回企业重报",
            )


def _line(
    catalogue: Catalogue, address: Address, places: dict[str, str], text: str, standing: StoredObservation | None
) -> EntryLine:
    code, month, span, region = address
    indicator = catalogue.indicator(code)
    unit = unit_of(indicator)
    stands = None if standing is None else Standing(standing.state, standing.value, standing.status)
    return EntryLine(indicator, month, span, region, places[region], typed_text(text, unit), unit, stands)


def _beside(
    session: Session, catalogue: Catalogue, lines: Sequence[EntryLine], places: dict[str, str]
) -> list[EntryLine]:
    """The figures of the ledger that the checks compare the typed ones with."""
    wanted: set[Address] = set()
    for line in lines:
        for code in _relatives(catalogue, line.indicator):
            wanted.add((code, line.month, line.span, line.region))
        if by_towns(line.indicator):
            wanted |= {(line.indicator.code, line.month, line.span, place) for place in places}
    found: list[EntryLine] = []
    for address, row in stored_at(session, wanted).items():
        unit = unit_of(catalogue.indicator(row.indicator))
        text = row.state.label if row.value is None else in_unit(row.value, unit)
        found.append(_line(catalogue, address, places, text, row))
    return sorted(found, key=lambda line: line.address)


def _relatives(catalogue: Catalogue, indicator: Indicator) -> set[str]:
    """The indicator itself, the whole that it is a part of, its parts and theirs, and the other half of its rate."""
    root = catalogue.indicators.get(indicator.parent or "", indicator)
    stem = indicator.code.removesuffix(".NUM").removesuffix(".DEN")
    halves = {f"{stem}.NUM", f"{stem}.DEN"} if stem != indicator.code else set()
    return {indicator.code, root.code, *root.parts, *indicator.parts, *halves} & set(catalogue.indicators)


def _name(lines: Sequence[EntryLine]) -> str:
    """Name of the evidence: 录入 常住人口 2021年12月.csv."""
    first = lines[0]
    names = list(dict.fromkeys(line.indicator.short for line in lines))
    months = sorted({line.month for line in lines})
    when = months[0].label if len(months) == 1 else f"{months[0].label}至{months[-1].label}"
    where = "" if len({line.region for line in lines}) > 1 else f"{first.region_name} "
    safe = re.sub(r'[\\/:*?"<>|]', "", "、".join(names[:2]) + ("等" if len(names) > 2 else ""))
    return f"录入 {where}{safe} {when}.csv"


# ------------------------------------------------------------------------------------------------- storing


def _store(session: Session, plan: ImportPlan, content: bytes, reason: str) -> int:
    """Batch with its evidence, figures and audit event; returns the batch."""
    name = plan.reading.file_name
    new = imports.batch_of(Path(name), plan, reason=reason, packed=pack(content))
    batch = batches.add_batch(session, new, plan.issues)
    observations.insert_observations(session, plan.observations, batch_id=batch, status=plan.status, reason=reason)
    detail = {"batch": batch, "sha256": plan.reading.sha256, "cells": len(plan.observations), "reason": reason}
    audit.append(session, actor(), ACTION, name, detail)
    return batch
