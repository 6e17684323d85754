"""A new year's list of villages beside the register: told apart, confirmed line by line, stored as one batch."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import FileRefusedError, UserError
from desktop_app.importing.kinds.registry import town_kind
from desktop_app.importing.plan import FileKind, ImportOptions, PlannedRegion
from desktop_app.importing.recognise.villages import village_forms
from desktop_app.models.values import Month
from desktop_app.services import context
from desktop_app.services.imports import batch_of, plan_file
from desktop_app.services.ledger import actor
from desktop_app.services.list_proposals import propose
from desktop_app.services.progress import Cancelled, Progress, hundredths, never, quiet
from desktop_app.services.results.villages import ListChange, ListLine, ListProposal, ListReview, ListTaken, VillageStep
from desktop_app.services.village_changes import add_unit, move_units
from desktop_app.storage import audit, batches, regions
from desktop_app.storage.engine import Ledger
from desktop_app.storage.handover import Handover
from desktop_app.storage.regions import StoredRegion
from desktop_app.storage.timeline import Timeline

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST = 50_000
"""Villages that are compared one by one in the window."""
_ALIKE = 0.5
"""How alike two names of one town must be to be taken for one village renamed."""
_UNKNOWN = frozenset({"UNKNOWN_VILLAGE"})
"""Errors of a list without codes that the review shows as lines of its own."""


def review_list(ledger: Ledger, path: Path, progress: Progress = quiet, cancelled: Cancelled = never) -> ListReview:
    """How a list differs from the register; nothing is stored.

    :raises FileRefusedError: no list of villages, or entries in it are wrong.
    :raises UserError: the register is empty, or the list is too long to be gone through.
    """
    with ledger.read() as session:
        stamp = context.stamp(session)
    plan = plan_file(ledger, path, ImportOptions(), hundredths(progress, 0, 90), cancelled)
    if plan.kind is not FileKind.REGISTRY:
        raise FileRefusedError(
            f"这不是村级名录，认作“{plan.kind.label}”", hint="名录要有代码和村名，或乡镇和村名", where=path.name
        )
    wrong = [issue for issue in plan.errors if issue.code not in _UNKNOWN]
    if wrong:
        row = f"第 {wrong[0].row} 行：" if wrong[0].row else ""
        raise FileRefusedError(
            f"{row}{wrong[0].message}", hint=wrong[0].suggestion, command=wrong[0].command, where=path.name
        )
    if len(plan.regions) > MOST:
        raise UserError(f"名录有 {len(plan.regions)} 个单位，太长，不能逐条核对", hint="请按县分开再导入")
    prefix = context.home(ledger).region.rstrip("0") or "0"
    with ledger.read() as session:
        stored = regions.regions(session, prefix=prefix)
    villages = [unit for unit in stored if unit.level == "village"]
    if not villages:
        raise UserError("台账里还没有村级名录，不用核对", hint="请在“数据导入”直接导入")
    towns = {unit.code: unit.name for unit in stored if unit.level == "town"}
    listed = {row.code: row.name for row in plan.regions if row.level == "town" and row.name != row.code}
    rows = [row for row in plan.regions if row.level == "village"]
    lines, same = compare(rows, villages, {**towns, **listed})
    renamed = [
        ListLine(ListChange.RENAMED, code, name, "", code, towns[code], "", None, "乡镇名称")
        for code, name in listed.items()
        if code in towns and towns[code] != name
    ]
    return ListReview(path, plan, stamp, (*renamed, *lines), same, listed, propose(lines, villages))


def compare(
    rows: Iterable[PlannedRegion], villages: Iterable[StoredRegion], towns: Mapping[str, str]
) -> tuple[list[ListLine], int]:
    """Lines in the order of new, gone, renamed, moved, and how many villages both agree on.

    A village is the same by code and name, else by town and name (its code has changed), else by its name alone where
    the list has it once and its old place is empty (it has moved), else by its code (renamed).
    """
    match = _Matching(list(rows), list(villages), towns)
    match.same()
    match.within_towns()
    match.between_towns()
    match.by_code()
    match.alike()
    return match.lines(), match.agreed


class _Matching:
    """Pairs rows of a list with units of the register; what is paired is out of the game."""

    def __init__(self, rows: list[PlannedRegion], villages: list[StoredRegion], towns: Mapping[str, str]) -> None:
        self._towns = towns
        self._rows = {id(row): row for row in rows}
        self._units = {unit.code: unit for unit in villages}
        self._codes = frozenset(self._units)
        self._covered = _covered(rows, villages)
        self._found: list[ListLine] = []
        self.agreed = 0

    def _take(self, row: PlannedRegion, unit: StoredRegion, change: ListChange | None, note: str = "") -> None:
        del self._rows[id(row)], self._units[unit.code]
        if change is None:
            self.agreed += 1
            return
        code = row.code or unit.code
        self._found.append(
            ListLine(
                change, code, row.name, self._town(row.parent_code or unit.parent_code),
                unit.code, unit.name, self._town(unit.parent_code), row.row, note,
            )
        )  # fmt: skip

    def same(self) -> None:
        """Code and name agree, suffixes folded."""
        for row in list(self._rows.values()):
            unit = self._units.get(row.code)
            if unit is not None and _same_name(row.name, unit.name):
                self._take(row, unit, None)

    def within_towns(self) -> None:
        """The name stands in the same town under another code."""
        self._by_name(lambda parent, core: (parent, core), "代码变更")

    def between_towns(self) -> None:
        """The name stands in another town of the county, there once and here once."""
        self._by_name(lambda parent, core: (parent[:6], core), "")

    def _by_name(self, key: Callable[[str, str], tuple[str, str]], note: str) -> None:
        here: dict[tuple[str, str], list[StoredRegion]] = defaultdict(list)
        there: dict[tuple[str, str], list[PlannedRegion]] = defaultdict(list)
        for unit in self._units.values():
            here[key(unit.parent_code, village_forms(unit.name)[1])].append(unit)
        for row in self._rows.values():
            if row.code:
                there[key(row.parent_code, village_forms(row.name)[1])].append(row)
        for place, found in there.items():
            units = here.get(place, [])
            if len(found) == len(units) == 1:
                self._take(found[0], units[0], ListChange.MOVED, note)

    def by_code(self) -> None:
        """The code stays, the name is another."""
        for row in list(self._rows.values()):
            unit = self._units.get(row.code)
            if unit is not None:
                self._take(row, unit, ListChange.RENAMED)

    def alike(self) -> None:
        """A name without code that is much like one of its town which the list no longer has: renamed, perhaps."""
        for row in list(self._rows.values()):
            if row.code:
                continue
            pool = {u.name: u for u in self._units.values() if u.parent_code == row.parent_code}
            close = difflib.get_close_matches(row.name, list(pool), n=1, cutoff=_ALIKE)
            if close:
                self._take(row, pool[close[0]], ListChange.RENAMED, "按名称相近推断，请核对")

    def lines(self) -> list[ListLine]:
        """What remains of the list is new, what remains of the register is gone."""
        new = [
            ListLine(
                ListChange.NEW, row.code, row.name, self._town(row.parent_code), row=row.row,
                blocked="" if row.code else "名录里没有它的 12 位代码，不能登记",
            )
            for row in self._rows.values()
        ]  # fmt: skip
        gone = [
            ListLine(
                ListChange.GONE, unit.code, unit.name, self._town(unit.parent_code),
                unit.code, unit.name, self._town(unit.parent_code),
            )
            for unit in self._units.values()
            if unit.parent_code in self._covered
        ]  # fmt: skip
        order = list(ListChange)
        return sorted([*new, *gone, *self._found], key=lambda line: (order.index(line.change), line.code, line.name))

    def _town(self, code: str) -> str:
        return self._towns.get(code, code[:9])


def _same_name(one: str, other: str) -> bool:
    """X村, X村村委会 and X村民委员会 are one name; X村 and X社区 are not."""
    return village_forms(one)[0] == village_forms(other)[0]


def _covered(rows: list[PlannedRegion], villages: list[StoredRegion]) -> set[str]:
    """Towns of which the list speaks; all towns of a county of which it names more than half."""
    named = {row.parent_code for row in rows}
    counties: dict[str, set[str]] = defaultdict(set)
    for unit in villages:
        counties[unit.code[:6]].add(unit.parent_code)
    for towns in counties.values():
        if 2 * len(towns & named) > len(towns):
            named |= towns
    return named


# ----------------------------------------------------------------------------------------------- taking over


def take_list(
    ledger: Ledger,
    review: ListReview,
    accepted: Collection[str],
    month: Month,
    into: Mapping[str, str] | None = None,
    adopted: Collection[str] = (),
) -> ListTaken:
    """Store the accepted lines as from ``month``, all or none; the months before stay as they were.

    :param accepted: keys of lines.
    :param into: code of a village that is gone → code of the village that it has become part of.
    :param adopted: keys of proposals; the lines that they explain are accepted with them.
    :raises UserError: nothing accepted, the ledger has changed since the review, or lines contradict each other.
    """
    meant = [proposal for proposal in review.proposals if proposal.key in adopted]
    keys = {*accepted, *(key for proposal in meant for key in proposal.lines)}
    lines = [line for line in review.lines if line.key in keys and not line.blocked]
    if not lines:
        raise UserError("没有接受任何一条", hint="请先勾选要登记的变更")
    with ledger.write() as session:
        if context.stamp(session) != review.stamp:
            raise UserError("核对之后台账又有改动", hint="请重新放入名录再核对一次", where=review.path.name)
        new = batch_of(review.path, review.plan, reason=f"逐条核对，自{month.label}起")
        batch = batches.add_batch(session, new, review.plan.issues)
        timeline = Timeline(session, month, batch)
        _begin_towns(session, timeline, lines, review.towns)
        carried = _store(timeline, explained(lines, meant), _heirs(meant, into or {}), _sources(meant))
        detail = {"batch": batch, "month": str(month), "taken": len(lines), "refused": len(review.lines) - len(lines)}
        audit.append(session, actor(), "核对村级名录", review.path.name, detail)
    return ListTaken(batch, len(lines), len(review.lines) - len(lines), carried)


def _begin_towns(session: Session, timeline: Timeline, lines: list[ListLine], names: Mapping[str, str]) -> None:
    """Towns of new places that the register does not have."""
    wanted = {line.code[:9] + "000" for line in lines if line.change in {ListChange.NEW, ListChange.MOVED}}
    known = {unit.code for county in {code[:6] for code in wanted} for unit in regions.towns(session, prefix=county)}
    for code in sorted(wanted - known):
        timeline.begin(
            code, names.get(code, code), level="town", unit_kind=town_kind(code), parent_code=code[:6] + "0" * 6
        )


def explained(lines: list[ListLine], meant: Sequence[ListProposal]) -> list[ListLine]:
    """The lines with 不再列出 and 新增 that are one village renamed as one move to another code."""
    pairs = {p.new[0][0]: p for p in meant if p.step is VillageStep.RENAME}
    ended = {p.old[0][0] for p in pairs.values()}
    found = []
    for line in lines:
        pair = pairs.get(line.code) if line.change is ListChange.NEW else None
        if pair is not None:
            (old, name), *_ = pair.old
            found.append(replace(line, change=ListChange.MOVED, old_code=old, old_name=name, old_town=line.town))
        elif line.change is not ListChange.GONE or line.old_code not in ended:
            found.append(line)
    return found


def _heirs(meant: Sequence[ListProposal], into: Mapping[str, str]) -> dict[str, str]:
    """Gone village → the one that takes its place; what the clerk has said goes before a proposal."""
    merged = {old: p.new[0][0] for p in meant if p.step is VillageStep.MERGE for old, _ in p.old}
    return {**merged, **into}


def _sources(meant: Sequence[ListProposal]) -> dict[str, str]:
    """New village → the one that it was split from."""
    return {new: p.old[0][0] for p in meant if p.step is VillageStep.SPLIT for new, _ in p.new}


def _store(timeline: Timeline, lines: list[ListLine], into: Mapping[str, str], out_of: Mapping[str, str]) -> int:
    """What ends comes first, so that its code is free; returns how many coverage records go on elsewhere."""
    heads = {source: code for code, source in sorted(out_of.items(), reverse=True)}
    units = {line.old_code: timeline.unit(line.old_code) for line in lines if line.old_code}
    for line in lines:
        if line.change is ListChange.GONE:
            timeline.end(units[line.old_code], into.get(line.old_code) or heads.get(line.old_code))
    moves = [line for line in lines if line.change is ListChange.MOVED]
    carried = move_units(timeline, [(units[line.old_code], line.code, line.name) for line in moves])
    for line in lines:
        if line.change is ListChange.RENAMED:
            timeline.alter(units[line.old_code], name=line.name)
        elif line.change is ListChange.NEW:
            add_unit(timeline, line.code, line.name)
    new = {line.code for line in lines if line.change in {ListChange.NEW, ListChange.MOVED}}
    gone = [line.old_code for line in lines if line.change is ListChange.GONE]
    ended = {code: into[code] for code in gone if code in into}
    for code in sorted(set(ended.values())):
        timeline.unit(code)
        carried += timeline.carry(code, [old for old, heir in ended.items() if heir == code], new=code in new)
    goes_on = {source for source in out_of.values() if source not in gone}
    parts = [
        Handover(code, (source,), new=True, parcels=source not in goes_on and heads[source] == code)
        for code, source in sorted(out_of.items())
    ]
    return carried + timeline.carry_all(parts)
