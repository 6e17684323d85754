"""The cell diff (更正前后对照) of a file beside the ledger, before it is stored and afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from desktop_app.importing.plan import FileKind, ImportPlan, Issue, PlannedCoverage, PlannedObservation
from desktop_app.models.values import CellState, FigureStatus, Severity, Span, from_fixed, plain
from desktop_app.services import context, register_changes
from desktop_app.services.results.changes import CellDiff, ImportDiff
from desktop_app.storage import batches, lineage, observations, regions
from desktop_app.storage.engine import Ledger
from desktop_app.storage.lineage import CoverageVersion, FigureVersion
from desktop_app.storage.observations import StoredObservation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop_app.catalogue.model import Indicator

SPANS = {Span.MONTH: "本月", Span.YTD: "本年累计"}
PREVIOUS = "上年同期"
_ABSENT = "—"
Figure = PlannedObservation | StoredObservation | FigureVersion
Cover = PlannedCoverage | CoverageVersion


# ----------------------------------------------------------------------------------------------- before storing


def diff_of_plan(ledger: Ledger, plan: ImportPlan) -> ImportDiff | None:
    """What the file would change; None when it touches nothing that is stored, and for very large files."""
    if len(plan.coverage) > lineage.MOST_SHOWN:
        return None
    if plan.kind is FileKind.REGISTRY:
        return register_changes.of_regions(ledger, plan)
    if plan.kind is FileKind.ENTERPRISES:
        return register_changes.of_enterprises(ledger, plan)
    with ledger.read() as session:
        figures = _plan_figures(session, plan)
        covers = _plan_coverage(session, plan)
        if figures is None and covers is None:
            return None
        names = Names.of(ledger, session)
    return _joined(names, figures, covers, status=plan.status)


def same_content(diff: ImportDiff | None, plan: ImportPlan) -> Issue | None:
    """The warning that every figure of the file is stored already; None otherwise."""
    if diff is None or not diff.same_as:
        return None
    numbers = "、".join(map(str, diff.same_as))
    whose = "".join(filter(None, (plan.enterprise_name, plan.month.label if plan.month else "")))
    return Issue(
        Severity.WARNING,
        "SAME_FIGURES",
        f"{whose}的数与第 {numbers} 号批次的数完全相同" if whose else f"与第 {numbers} 号批次的数完全相同",
        "不必再导入，移出列表即可；确要另存一份的，请写明原因",
    )


@dataclass(frozen=True)
class _Beside:
    """New figures or records with what stood before, and how many of the old ones the file does not mention."""

    pairs: tuple[tuple[Figure | Cover, Figure | Cover | None], ...]
    kept: int = 0


def _plan_figures(session: Session, plan: ImportPlan) -> _Beside | None:
    planned = plan.observations
    if not planned:
        return None
    months = [item.month for item in planned]
    stored = observations.current_observations(
        session, first=min(months), last=max(months), enterprises={item.enterprise_id for item in planned}
    )
    if not stored:
        return None
    old = {_key(item): item for item in stored}
    # Where one place is named twice, the later line counts, as it does when both are stored.
    pairs = {_key(item): (item, old.get(_key(item))) for item in planned}
    replaced = {before.batch_id for _, before in pairs.values() if before is not None}
    if not replaced:
        return None
    places = {(item.month, item.enterprise_id, item.region) for item in planned}
    kept = sum(
        1
        for item in stored
        if item.batch_id in replaced
        and (item.month, item.enterprise_id, item.region) in places
        and _key(item) not in pairs
    )
    return _Beside(tuple(pairs.values()), kept)


def _plan_coverage(session: Session, plan: ImportPlan) -> _Beside | None:
    if not plan.coverage:
        return None
    old = lineage.current_coverage(session, {item.month for item in plan.coverage})
    if not old:
        return None
    pairs = tuple((item, old.get((item.village_code, item.brand, item.month.key))) for item in plan.coverage)
    mentioned = {(item.village_code, item.brand, item.month.key) for item in plan.coverage}
    replaced = {before.batch_id for _, before in pairs if before is not None}
    kept = sum(1 for key, record in old.items() if key not in mentioned and record.batch_id in replaced)
    return _Beside(pairs, kept) if replaced else None


# ----------------------------------------------------------------------------------------------- afterwards


def diff_of_batch(ledger: Ledger, batch_id: int) -> ImportDiff | None:
    """What a stored batch changed of what had been stored before it; None when it changed nothing.

    Versions of batches that have been undone since do not count as having been there.

    :raises LedgerError: there is no such batch.
    """
    with ledger.read() as session:
        batch = batches.get_batch(session, batch_id)
        if batch.kind in {FileKind.REGISTRY.value, FileKind.ENTERPRISES.value}:
            found = register_changes.of_batch(lineage.register_rows(session, batch_id))
            return replace(found, reason=batch.reason) if found is not None else None
        figures = [_before(versions, batch_id) for versions in lineage.figures_beside(session, batch_id).values()]
        covers = [_before(versions, batch_id) for versions in lineage.coverage_beside(session, batch_id).values()]
        if not any(before is not None for _, before in (*figures, *covers)):
            return None
        names = Names.of(ledger, session)
    diff = _joined(
        names, _Beside(tuple(figures)), _Beside(tuple(covers)) if covers else None, status=batch.status, stored=True
    )
    return replace(diff, reason=batch.reason)


def _before(
    versions: Sequence[FigureVersion | CoverageVersion], batch_id: int
) -> tuple[Figure | Cover, Figure | Cover | None]:
    """The batch's last version of a place and the one below all of its own."""
    own = [version for version in versions if version.batch_id == batch_id]
    older = [version for version in versions if version.version < own[0].version]
    return own[-1], older[-1] if older else None


# ----------------------------------------------------------------------------------------------- words


@dataclass(frozen=True)
class Names:
    """Names of companies by number and of villages (with their towns) by code, and the indicators."""

    companies: dict[int, str]
    villages: dict[str, tuple[str, str]]
    indicators: Mapping[str, Indicator]

    @classmethod
    def of(cls, ledger: Ledger, session: Session) -> Names:
        """Of one ledger."""
        units = regions.every_unit(session, prefix=context.home(ledger).region.rstrip("0") or "0")
        towns = {unit.code: unit.name for unit in units if unit.level == "town"}
        villages = {u.code: (u.name, towns.get(u.parent_code, "")) for u in units if u.level == "village"}
        companies = {member.id: member.name for member in context.members(ledger)}
        return cls(companies, villages, context.catalogue(ledger).indicators)

    def company(self, number: int | None) -> str:
        """Short name; 本局 where a figure is nobody's."""
        return "本局" if number is None else self.companies.get(number, f"第 {number} 号企业")


def figure_rows(names: Names, new: Figure | None, old: Figure | None) -> list[CellDiff]:
    """The differences of one figure: its value, and the 上年同期 that the file gave with it. None = not there."""
    rows = []
    some = new or old
    if some is None:
        return []
    indicator = names.indicators.get(some.indicator)
    unit = indicator.base_unit if indicator else ""
    base = CellDiff(
        "figure",
        "changed",
        some.indicator,
        indicator.name if indicator else some.indicator,
        names.company(some.enterprise_id),
        str(some.month),
        SPANS[some.span],
        unit,
        old_batch=getattr(old, "batch_id", None),
    )
    if new is None or old is None or (new.value, new.state) != (old.value, old.state):
        change = "added" if old is None else "gone" if new is None else "changed"
        rows.append(replace(base, change=change, **_amounts(old, new)))
    if new is not None and old is not None:
        before, after = old.reported_previous, new.reported_previous
        if before is not None and after is not None and before != after:
            rows.append(replace(base, span=f"{PREVIOUS}（报送）", **_plain_amounts(before, after)))
    return rows


def _amounts(old: Figure | None, new: Figure | None) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for side, figure in (("old", old), ("new", new)):
        if figure is None:
            told[side] = _ABSENT
        else:
            told[f"{side}_state"] = figure.state.value
            told[side] = figure.state.label if figure.value is None else _shown(figure.value)
            if figure.value is not None:
                told[f"{side}_amount"] = plain(from_fixed(figure.value))
    if old is not None and new is not None and old.value is not None and new.value is not None:
        told["difference"] = _signed(new.value - old.value)
    return told


def _plain_amounts(old: int, new: int) -> dict[str, Any]:
    return {
        "old": _shown(old),
        "new": _shown(new),
        "old_amount": plain(from_fixed(old)),
        "new_amount": plain(from_fixed(new)),
        "old_state": CellState.VALUE.value,
        "new_state": CellState.VALUE.value,
        "difference": _signed(new - old),
    }


def _shown(stored: int) -> str:
    """All digits, thousands separated."""
    amount: Decimal = from_fixed(stored)
    text = f"{amount:,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def _signed(stored: int) -> str:
    return ("+" if stored > 0 else "") + _shown(stored)


def coverage_row(names: Names, new: Cover | None, old: Cover | None) -> CellDiff | None:
    """The difference of one village record; None when there is none."""
    some = new or old
    if some is None or (new is not None and old is not None and _record(new) == _record(old)):
        return None
    village, town = names.villages.get(some.village_code, (some.village_code, ""))
    return CellDiff(
        "coverage",
        "added" if old is None else "gone" if new is None else "changed",
        some.village_code,
        f"{town}{village}",
        some.brand,
        str(some.month),
        old=_ABSENT if old is None else cover_words(old, new),
        new=_ABSENT if new is None else cover_words(new, old),
        old_state="" if old is None else old.state.value,
        new_state="" if new is None else new.state.value,
        old_batch=getattr(old, "batch_id", None),
    )


def _record(cover: Cover) -> tuple[object, ...]:
    """What of a record counts; where it stands in a file does not."""
    return (
        cover.state,
        cover.modes,
        cover.weekly_frequency,
        cover.station,
        cover.parcels_in,
        cover.parcels_out,
        cover.extra_charge,
    )


def cover_words(cover: Cover, other: Cover | None) -> str:
    """State and modes, and of the rest what differs from the other record: “直投+邮快，每周3次”."""
    modes = "+".join(sorted(mode.value for mode in cover.modes))
    words = [modes if cover.state.served and modes else cover.state.value]
    details = (
        ("每周{}次", "weekly_frequency"),
        ("站点{}", "station"),
        ("进{}件", "parcels_in"),
        ("出{}件", "parcels_out"),
    )
    for text, name in details:
        value = getattr(cover, name)
        if value not in {None, ""} and (other is None or getattr(other, name) != value):
            words.append(text.format(value))
    if cover.extra_charge is not None and (other is None or other.extra_charge != cover.extra_charge):
        words.append("加收费用" if cover.extra_charge else "不加收费用")
    return "，".join(words)


# ----------------------------------------------------------------------------------------------- together


def _joined(
    names: Names, figures: _Beside | None, covers: _Beside | None, *, status: FigureStatus, stored: bool = False
) -> ImportDiff:
    rows: list[CellDiff] = []
    unchanged = added = 0
    weaker: set[FigureStatus] = set()
    same_as: set[int] = set()
    same = True
    places = {
        (old.month, old.enterprise_id, old.region)
        for _, old in (figures.pairs if figures else ())
        if isinstance(old, StoredObservation | FigureVersion)
    }
    for new, old in figures.pairs if figures else ():
        assert not isinstance(new, PlannedCoverage | CoverageVersion)  # noqa: S101 (figures beside figures)
        before = old if isinstance(old, StoredObservation | FigureVersion) else None
        if before is None:
            added += 1
            same = False
            if (new.month, new.enterprise_id, new.region) in places:
                rows += figure_rows(names, new, None)
            continue
        found = figure_rows(names, new, before)
        rows += found
        unchanged += not found
        weaker.add(before.status)
        same &= not found and before.status is status
        same_as.add(before.batch_id)
    for new_cover, old_cover in covers.pairs if covers else ():
        assert isinstance(new_cover, PlannedCoverage | CoverageVersion)  # noqa: S101 (records beside records)
        record = old_cover if isinstance(old_cover, CoverageVersion) else None
        if record is None:
            added += 1
            same = False
            continue
        row = coverage_row(names, new_cover, record)
        if row is None:
            unchanged += 1
        else:
            rows.append(row)
        same &= row is None
        same_as.add(record.batch_id)
    changed = sum(row.change == "changed" for row in rows)
    kept = (figures.kept if figures else 0) + (covers.kept if covers else 0)
    before_status = "、".join(sorted(weaker - {status}))
    became = f"{before_status}改为{status.value}" if before_status else ""
    twins = tuple(sorted(same_as)) if same and not stored else ()
    return ImportDiff(
        _headline(changed, added, unchanged, kept, twins, became),
        tuple(rows),
        changed=changed,
        added=added,
        unchanged=unchanged,
        kept=kept,
        same_as=twins,
    )


def _headline(changed: int, added: int, unchanged: int, kept: int, same_as: Iterable[int], became: str) -> str:
    if twins := "、".join(map(str, same_as)):
        return f"与第 {twins} 号批次的数完全相同（{unchanged} 格）"
    word = became or ("更正" if changed else "补充")
    parts = [f"{changed} 格不同"] if changed else []
    parts += [f"{added} 格新增"] if added else []
    parts += [f"{unchanged} 格相同"] if unchanged else []
    parts += [f"{kept} 格没有提到，仍用旧数"] if kept else []
    return f"{word}：{'，'.join(parts)}"


def _key(item: PlannedObservation | StoredObservation) -> tuple[object, ...]:
    return item.indicator, item.month.key, item.span, item.region, item.enterprise_id
