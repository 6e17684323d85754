"""Changes of villages by hand from a month on: each is one batch with its reason, undone as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from desktop_app.errors import UserError
from desktop_app.importing.kinds.registry import unit_kind
from desktop_app.importing.plan import FileKind
from desktop_app.models.region import Region
from desktop_app.services import context, hand_batch
from desktop_app.services.results.villages import VillageChange, VillageStep
from desktop_app.storage.engine import Ledger
from desktop_app.storage.handover import Handover
from desktop_app.storage.timeline import Timeline

_FEWEST = {VillageStep.MERGE: 2}
_ONE = frozenset({VillageStep.RENAME, VillageStep.MOVE, VillageStep.SPLIT})
"""Steps that are about one village."""


def change_villages(ledger: Ledger, change: VillageChange) -> int:
    """Enter a change of villages; the months before it stay as they were. Returns the batch, for undoing.

    Coverage records go on under the new codes: see :meth:`Timeline.carry`.

    :raises UserError: nothing to change, no reason, or a code that does not fit; nothing is stored then.
    """
    _check(ledger, change)
    with ledger.write() as session:
        batch = hand_batch.open_batch(
            session,
            f"名录变更·{change.step.value}.csv",
            FileKind.REGISTRY,
            _lines(change),
            reason=change.reason.strip(),
        )
        timeline = Timeline(session, change.month, batch)
        _STEPS[change.step](timeline, [timeline.unit(code) for code in change.codes], change)
    return batch


def _lines(change: VillageChange) -> list[tuple[object, ...]]:
    """The change as a table: a line for each village that it is about."""
    made = "；".join(f"{code} {name}" for code, name in change.units) or change.name
    if change.step is VillageStep.FLAG:
        made = "是建制村" if change.flagged else "不是建制村"
    head = ("变更", "代码", "变为", "自", "原因")
    return [head, *((change.step.value, code, made, change.month, change.reason.strip()) for code in change.codes)]


def _check(ledger: Ledger, change: VillageChange) -> None:
    if not change.reason.strip():
        raise UserError("请写明变更的原因", hint="例如：县政府批复并村")
    if len(change.codes) < _FEWEST.get(change.step, 1):
        raise UserError("合并至少要选两个村" if change.codes else "没有选村")
    if change.step in _ONE and len(change.codes) > 1:
        raise UserError(f"{change.step.value}一次只改一个村")
    if change.step is VillageStep.RENAME and not change.name.strip():
        raise UserError("请填新的村名")
    prefix = context.home(ledger).region.rstrip("0")
    for code, name in change.units:
        if not re.fullmatch(r"\d{12}", code) or code.endswith("000"):
            raise UserError(f"“{code}”不是 12 位村级代码", hint="前 9 位是乡镇，后 3 位是村（村委会 200—399）")
        if not code.startswith(prefix):
            raise UserError(f"代码 {code} 不在本地区（{prefix}）")
        if not name.strip():
            raise UserError(f"{code} 没有名称")
    least = {VillageStep.MOVE: 1, VillageStep.MERGE: 1, VillageStep.SPLIT: 2}.get(change.step, 0)
    if len(change.units) < least or len({code for code, _ in change.units}) < len(change.units):
        raise UserError("请填变更后各村的代码和名称，代码不能重复")


# ----------------------------------------------------------------------------------------------- the steps


def _rename(timeline: Timeline, units: list[Region], change: VillageChange) -> None:
    timeline.alter(units[0], name=change.name.strip())


def _move(timeline: Timeline, units: list[Region], change: VillageChange) -> None:
    move_units(timeline, [(units[0], *change.units[0])])


def move_units(timeline: Timeline, moves: Sequence[tuple[Region, str, str]]) -> int:
    """(unit, code, name): each goes on under another code; returns how many coverage records go with them.

    One may take the code that another leaves.
    """
    carried = [Handover(code, (unit.code,), new=True) for unit, code, _ in moves]
    for unit, code, _ in moves:
        timeline.end(unit, code)
    for unit, code, name in moves:
        timeline.begin(code, name.strip(), unit, parent_code=code[:9] + "000")
    return timeline.carry_all(carried)


def _merge(timeline: Timeline, units: list[Region], change: VillageChange) -> None:
    code, name = change.units[0]
    sums = {column: _sum(units, column) for column in ("households", "population")}
    going = [unit for unit in units if unit.code != code]
    sources = [unit.code for unit in going]
    staying = next((unit for unit in units if unit.code == code), None)
    if staying is not None:
        timeline.alter(staying, name=name.strip(), **sums)
    else:
        timeline.begin(code, name.strip(), units[0], parent_code=code[:9] + "000", **sums)
    for unit in going:
        timeline.end(unit, code)
    timeline.carry(code, sources, new=staying is None)


def _sum(units: list[Region], column: str) -> int | None:
    """Head count of the villages together; None where one of them has none."""
    counts = [getattr(unit, column) for unit in units]
    return None if None in counts else sum(counts)


def _split(timeline: Timeline, units: list[Region], change: VillageChange) -> None:
    unit = units[0]
    old, unknown = unit.code, {"households": None, "population": None}
    parts = dict(change.units)
    for code, name in parts.items():
        if code != old:
            timeline.begin(code, name.strip(), unit, parent_code=code[:9] + "000", **unknown)
    if old in parts:
        timeline.alter(unit, name=parts[old].strip(), **unknown)
    else:
        timeline.end(unit, next(iter(parts)))
    # What was carried to the village is counted once: by what goes on of it, else by its first part.
    heir = old if old in parts else next(iter(parts))
    timeline.carry_all([Handover(code, (old,), new=True, parcels=code == heir) for code in parts if code != old])


def _close(timeline: Timeline, units: list[Region], change: VillageChange) -> None:  # noqa: ARG001
    for unit in units:
        timeline.end(unit)


def _flag(timeline: Timeline, units: list[Region], change: VillageChange) -> None:
    for unit in units:
        timeline.alter(unit, administrative_village=change.flagged, flag_reason=change.reason.strip()[:200])


_STEPS: dict[VillageStep, Callable[[Timeline, list[Region], VillageChange], None]] = {
    VillageStep.RENAME: _rename,
    VillageStep.MOVE: _move,
    VillageStep.MERGE: _merge,
    VillageStep.SPLIT: _split,
    VillageStep.CLOSE: _close,
    VillageStep.FLAG: _flag,
}


def add_unit(timeline: Timeline, code: str, name: str) -> None:
    """A village that the register did not have: kind and 建制村 flag follow from its code."""
    kind = unit_kind(code)
    timeline.begin(code, name, level="village", unit_kind=kind, administrative_village=kind == "村委会", flag_reason="")
