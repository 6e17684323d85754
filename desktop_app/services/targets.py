"""目标任务: the register of targets with progress, the bureau's own ones, contradictions between documents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from desktop_app.catalogue.targets import Measure, Target
from desktop_app.errors import UserError
from desktop_app.indicators.target_bases import find_base_conflicts
from desktop_app.indicators.target_conflicts import find_conflicts
from desktop_app.indicators.targets import target_progress
from desktop_app.models.values import Comparator, Month
from desktop_app.services import context
from desktop_app.services.figures import find_indicator
from desktop_app.services.ledger import actor, work_month
from desktop_app.services.results.targets import (
    TargetBoard,
    TargetConflict,
    TargetEntry,
    TargetProgress,
    TargetsTaken,
)
from desktop_app.storage import audit
from desktop_app.storage import targets as stored
from desktop_app.storage.engine import Ledger
from desktop_app.storage.targets import StoredTarget

ACTION = "目标登记"
OWN = "OWN"
"""Document code of what the bureau has entered; a target's code is ``OWN.7``."""


def targets(ledger: Ledger, month: Month | None = None) -> tuple[TargetProgress, ...]:
    """Every target as of a month (default: the month that is being worked on), those that bind this area first."""
    when = month or work_month(ledger)
    calc = context.calculator(ledger, when)
    scope = context.scope(ledger)
    own = context.home(ledger).region
    known = sorted(register(ledger), key=lambda target: not target.binds(own))
    return tuple(target_progress(calc, target, when, scope) for target in known)


def target_board(ledger: Ledger, month: Month) -> TargetBoard:
    """目标任务 for a month."""
    rows = targets(ledger, month)
    names = dict.fromkeys(row.document for row in rows)
    documents = tuple((name, name) for name in names)
    return TargetBoard(month.label, rows, conflicts(ledger, month), documents, last_sheet(ledger))


def last_sheet(ledger: Ledger) -> TargetsTaken | None:
    """The newest import of a table not undone yet, if all that it added still stands; from the audit trail."""
    with ledger.read() as session:
        standing = {row.id for row in stored.own_targets(session)}
        undone: set[tuple[int, ...]] = set()
        for event in audit.events(session, action=ACTION):
            told = json.loads(event.detail)
            if "undone" in told:
                undone.add(tuple(told["undone"]))
            elif "file" in told and (added := tuple(told["added"])) not in undone:
                whole = standing.issuperset(added)
                return TargetsTaken(told["file"], codes(added), codes(told["closed"])) if whole else None
    return None


def codes(numbers: Sequence[int]) -> tuple[str, ...]:
    """``7`` → ``OWN.7``."""
    return tuple(f"{OWN}.{number}" for number in numbers)


def conflicts(ledger: Ledger, month: Month | None = None) -> tuple[TargetConflict, ...]:
    """Contradictions with the ledger's own figures, then those within and between documents, own targets included."""
    catalogue, known = context.catalogue(ledger), register(ledger)
    calc = context.calculator(ledger, month or work_month(ledger))
    own = find_base_conflicts(calc, known, context.scope(ledger))
    return (*own, *find_conflicts(known, catalogue.indicators, catalogue.units))


def register(ledger: Ledger) -> list[Target]:
    """Every target that is followed: the bureau's own, then those of published documents."""
    published = [target for plan in context.catalogue(ledger).plans.values() for target in plan.targets]

    def load() -> list[Target]:
        with ledger.read() as session:
            return [_target(row) for row in stored.own_targets(session)]

    return [*context.cached(ledger, "own_targets", load), *published]


_NAME = 30
"""Characters of a goal in words that stand for its name."""


# ----------------------------------------------------------------------------------------------- entering


def add_target(ledger: Ledger, entry: TargetEntry) -> TargetProgress:
    """Enter a target of the bureau's own; it comes back with its progress in the month that is being worked on.

    :raises UserError: unknown indicator or unit, no number, no document, a base that is lacking, or the same once more.
    """
    code = add_targets(ledger, [entry])[0]
    return next(each for each in targets(ledger) if each.code == code)


def add_targets(ledger: Ledger, entries: Sequence[TargetEntry]) -> tuple[str, ...]:
    """Enter several at once, all or none; their codes.

    :raises UserError: as :func:`add_target`, for the first that is refused.
    """
    rows = [checked(ledger, entry) for entry in entries]
    with ledger.write() as session:
        known = [replace(each, id=0) for each in stored.own_targets(session)]
        added = []
        for row in rows:
            if row in known:
                raise UserError(f"“{row.name}”的这条目标已经登记过", hint="不用再登记；要改就先删去旧的")
            known.append(row)
            added.append(stored.add_target(session, row, by=actor()))
        names = [row.name for row in rows]
        audit.append(session, actor(), ACTION, f"{len(added)} 条", {"added": added, "names": names})
    return codes(added)


def close_target(ledger: Ledger, code: str, reason: str) -> None:
    """Take a target of the bureau's own off the register; it stays in the ledger's history.

    :raises UserError: a target of a published document, no such target, or no reason.
    """
    if not reason.strip():
        raise UserError("删去目标要写明原因", hint="例如：上级调整了年度目标")
    with ledger.write() as session:
        closed = stored.close_target(session, own_number(code), reason.strip())
        audit.append(session, actor(), ACTION, closed.name, {"closed": closed.id, "reason": reason.strip()})


def reopen_target(ledger: Ledger, code: str) -> None:
    """Undo :func:`close_target`.

    :raises UserError: it was not closed.
    """
    with ledger.write() as session:
        opened = stored.reopen_target(session, own_number(code))
        audit.append(session, actor(), ACTION, opened.name, {"reopened": opened.id})


def own_number(code: str) -> int:
    """``OWN.7`` → 7.

    :raises UserError: a target of a published document.
    """
    head, _, number = code.partition(".")
    if head != OWN or not number.isdigit():
        raise UserError(f"{code} 是公开文件里的目标，不能在这里改", hint="只能删改本局登记的目标")
    return int(number)


def as_target(ledger: Ledger, entry: TargetEntry) -> Target:
    """An entry as it would stand in the register, without a number.

    :raises UserError: as :func:`add_target`.
    """
    return _target(checked(ledger, entry))


def checked(ledger: Ledger, entry: TargetEntry) -> StoredTarget:
    """An entry as it would be stored.

    :raises UserError: as :func:`add_target`, but for what is registered already.
    """
    if entry.value is None:
        return _checked_words(ledger, entry)
    indicator = find_indicator(ledger, entry.indicator)
    units = context.catalogue(ledger).units
    measure, comparator = Measure(entry.measure), Comparator(entry.comparator)
    unit = "%" if measure.is_rate else entry.unit
    if unit not in units or (not measure.is_rate and units[unit].base != indicator.base_unit):
        raise UserError(f"{indicator.name}的单位是{indicator.base_unit}，不能用“{entry.unit}”")
    if measure in {Measure.AVERAGE, Measure.INCREMENT, Measure.CHANGE} and entry.base_month is None:
        raise UserError(f"{measure.label}要写从哪个月算起", hint="例如 2020-12")
    if entry.base_month is not None and entry.base_month >= entry.due:
        raise UserError("基期要在完成时间之前")
    _check_lengths(entry)
    if not entry.value.is_finite():
        raise UserError("目标值要是一个数")
    return StoredTarget(
        id=0,
        document=entry.document.strip(),
        clause=entry.clause.strip(),
        region=entry.region or context.home(ledger).region,
        name=entry.name.strip() or indicator.name,
        indicator=indicator.code,
        measure=measure.value,
        comparator=comparator.value,
        value=f"{entry.value:f}",
        unit=unit,
        due=entry.due,
        base_month=entry.base_month,
        base_value=None if entry.base_value is None else f"{entry.base_value:f}",
        scope=entry.scope.strip(),
        text=entry.text.strip(),
    )


def _checked_words(ledger: Ledger, entry: TargetEntry) -> StoredTarget:
    """A goal in words (文字目标): what it says is its text, its name the beginning of it."""
    text = entry.text.strip()
    if not text:
        raise UserError("文字目标要有原文")
    _check_lengths(entry)
    name = text if len(text) <= _NAME else f"{text[: _NAME - 1]}…"
    return StoredTarget(
        id=0,
        document=entry.document.strip(),
        clause=entry.clause.strip(),
        region=entry.region or context.home(ledger).region,
        name=entry.name.strip() or name,
        indicator="",
        measure=Measure.LEVEL.value,
        comparator=Comparator.DONE.value,
        value="",
        unit="",
        due=entry.due,
        scope=entry.scope.strip(),
        text=text,
    )


def _check_lengths(entry: TargetEntry) -> None:
    if not entry.document.strip():
        raise UserError("没有写文件名称", hint="例如：本局2021年工作要点")
    for label, text, most in (
        ("文件名称", entry.document, 120),
        ("条款", entry.clause, 80),
        ("指标名称", entry.name, 80),
        ("范围", entry.scope, 80),
    ):
        if len(text.strip()) > most:
            raise UserError(f"{label}太长（{len(text.strip())} 字），最多 {most} 字")


def _target(row: StoredTarget) -> Target:
    return Target(
        code=f"{OWN}.{row.id}",
        document=row.document,
        document_code=OWN,
        region=row.region,
        name=row.name,
        indicator=row.indicator or None,
        measure=Measure(row.measure),
        comparator=Comparator(row.comparator),
        value=Decimal(row.value) if row.value else None,
        unit=row.unit,
        due=row.due,
        clause=row.clause,
        text=row.text,
        scope=row.scope,
        base_month=row.base_month,
        base_value=None if row.base_value is None else Decimal(row.base_value),
    )
