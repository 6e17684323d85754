"""What hangs on a batch: asked before it is undone, so that nobody is surprised by what comes back or is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from desktop_app.models.values import BatchState, Month
from desktop_app.services import register_changes
from desktop_app.services.changes import Names, coverage_row, figure_rows
from desktop_app.services.results.changes import CellDiff, Dependants, LaterBatch
from desktop_app.storage import batches, lineage, outlet_figures, registers
from desktop_app.storage.batches import StoredBatch
from desktop_app.storage.engine import Ledger
from desktop_app.storage.lineage import CoverageVersion, FigureVersion

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

V = TypeVar("V", FigureVersion, CoverageVersion)

_NAMED = 3
"""So many places, villages or batches are named in a sentence; the rest is counted."""


@dataclass
class _Effect:
    """What an undo would do to figures and records."""

    lost: list[CellDiff]
    back: list[CellDiff]
    later: Counter[int]
    """Batch → how many of the same places it holds a newer version of."""
    same: Counter[int]
    """Batch → how many figures count again as it gave them, equal to what counts now."""
    touched: set[tuple[int, Month]]
    """Companies and months whose current figures would change."""


def dependants(ledger: Ledger, batch_id: int) -> Dependants:
    """What undoing a batch would change, and which later imports have to do with it.

    :raises LedgerError: there is no such batch.
    """
    with ledger.read() as session:
        batch = batches.get_batch(session, batch_id)
        base = Dependants(batch.id, batch.file_name, batch.state.value)
        if batch.state is BatchState.UNDONE:
            done = f"第 {batch.id} 号批次已经撤销"
            return replace(base, refused=done, lines=(done,))
        if batch.state is BatchState.RETURNED:
            return replace(base, lines=("退回的登记将取消，该企业又记为未报（或按此前所报）；文件仍留作凭据。",))
        effect = _effect(session, batch_id, Names.of(ledger, session))
        units = register_changes.of_batch(lineage.register_rows(session, batch_id), backwards=True)
        refused, hint, used = _in_use(session, batch_id)
        corrected = [(number, f"更正了其中 {count} 格") for number, count in sorted(effect.later.items())]
        found = replace(
            base,
            refused=refused,
            hint=hint,
            disappear=len(effect.lost) + (units.gone if units else 0),
            come_back=(*effect.back, *(units.rows if units else ())),
            corrected_by=_named(session, corrected),
            checked_by=_named(session, _checked(session, batch, effect, Names.of(ledger, session))),
            used_by=_named(session, used),
        )
        lines = list(_lines(found, effect, units.headline if units else ""))
        if not refused and (outlets := outlet_figures.outlets_of_batch(session, batch_id)):
            lines.append(f"{outlets} 个网点自己的绿色包装数不再算数")
        return replace(found, lines=tuple(lines))


# ----------------------------------------------------------------------------------------------- figures


def _effect(session: Session, batch_id: int, names: Names) -> _Effect:
    effect = _Effect([], [], Counter(), Counter(), set())
    for versions in lineage.figures_beside(session, batch_id).values():
        mine, older, newer = _split(versions, batch_id)
        if newer is not None:
            effect.later[newer.batch_id] += 1
            continue
        rows = figure_rows(names, older, mine)
        if mine.enterprise_id is not None and rows:
            effect.touched.add((mine.enterprise_id, mine.month))
        if older is not None and not rows:
            effect.same[older.batch_id] += 1
        (effect.lost if older is None else effect.back).extend(rows[:1])
    for records in lineage.coverage_beside(session, batch_id).values():
        record, before, after = _split(records, batch_id)
        if after is not None:
            effect.later[after.batch_id] += 1
            continue
        row = coverage_row(names, before, record)
        if row is not None:
            (effect.lost if before is None else effect.back).append(row)
    return effect


def _split(versions: Sequence[V], batch_id: int) -> tuple[V, V | None, V | None]:
    """The batch's own last version of a place, the one that would count without it, and the one that stands above."""
    mine = [version for version in versions if version.batch_id == batch_id][-1]
    older = [v for v in versions if v.batch_id != batch_id and v.version < mine.version]
    newer = [v for v in versions if v.version > mine.version]
    return mine, older[-1] if older else None, newer[-1] if newer else None


def _checked(session: Session, batch: StoredBatch, effect: _Effect, names: Names) -> list[tuple[int, str]]:
    """Batches of later months whose 累计 was checked against figures that would change."""
    firsts: dict[tuple[int, int], Month] = {}
    for company, month in effect.touched:
        key = company, month.year
        firsts[key] = min(month, firsts.get(key, month))
    found: dict[int, list[str]] = {}
    for (company, year), month in sorted(firsts.items()):
        for _, later, number in lineage.batches_after(session, batch.id, companies=[company], year=year, month=month):
            found.setdefault(number, []).append(f"{names.company(company)}{Month.from_key(later).label}")
    return [(number, f"{_some(places)}的累计核对用过这些数") for number, places in sorted(found.items())]


# ----------------------------------------------------------------------------------------------- registers


def _in_use(session: Session, batch_id: int) -> tuple[str, str, list[tuple[int, str]]]:
    """Why the register rows of a batch cannot go, how to mend it, and the batches that stand in the way."""
    found = registers.obstacle(session, batch_id)
    return ("", "", []) if found is None else (found.message, found.hint, [(n, found.what) for n in found.batches])


# ----------------------------------------------------------------------------------------------- words


def _lines(found: Dependants, effect: _Effect, units: str) -> Iterable[str]:
    if found.refused:
        yield f"不能撤销：{found.refused}。{found.hint}。"
    if effect.lost:
        yield f"不再计入 {len(effect.lost)} 格：{_places(effect.lost)}"
    if effect.back:
        yield f"恢复旧数 {len(effect.back)} 格：{_changes(effect.back)}"
    for number, count in sorted(effect.same.items()):
        yield f"{count} 格仍按第 {number} 号批次所报，数不变"
    if units:
        yield f"退回原样的{units}"
    for later in found.corrected_by:
        yield f"第 {later.id} 号批次（{later.file}）{later.what}，不受影响"
    for later in found.checked_by:
        yield f"第 {later.id} 号批次（{later.file}）：{later.what}，撤销后请复核"
    if not found.refused:
        for later in found.used_by:
            yield f"第 {later.id} 号批次（{later.file}）{later.what}"


def _places(rows: Sequence[CellDiff]) -> str:
    """“示例甲快递 2021-03 18 格、示例乙快递 2021-03 18 格 等 12 处”."""
    counts = Counter((row.whose if row.subject == "figure" else "进村记录", row.period) for row in rows)
    return _some([f"{whose} {Month.parse(period).label} {count} 格" for (whose, period), count in counts.items()])


def _changes(rows: Sequence[CellDiff]) -> str:
    told = [f"{row.whose}{row.name}{row.span if row.span != '本月' else ''} {row.old} → {row.new}" for row in rows]
    return _some(told)


def _some(words: Sequence[str]) -> str:
    return "、".join(words[:_NAMED]) + (f" 等 {len(words)} 处" if len(words) > _NAMED else "")


def _named(session: Session, found: Iterable[tuple[int, str]]) -> tuple[LaterBatch, ...]:
    return tuple(LaterBatch(number, batches.get_batch(session, number).file_name, what) for number, what in found)
