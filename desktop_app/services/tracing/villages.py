"""Rates and counts of villages: which villages count, which do not, and the record behind each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.indicators.coverage import (
    VILLAGE_TESTS,
    CoverageFact,
    Snapshot,
    VillageState,
    VillageTest,
    definition_text,
)
from desktop_app.models.values import CellState, Month
from desktop_app.services import context
from desktop_app.services.results.tracing import BY_MODE, FigureAddress, Lacking, TraceNode
from desktop_app.services.tracing.versions import record_place
from desktop_app.storage import versions
from desktop_app.storage.engine import Ledger
from desktop_app.storage.versions import RecordVersion

MOST_VILLAGES = 600
"""A county of more shows its towns, each of which can be traced by itself."""
REACHED = {"any": "RUR.REACH", "direct": "RUR.DIRECT", "major": "RUR.MAJOR"}
ALL_VILLAGES = "RUR.VILLAGES"


@dataclass(frozen=True)
class Villages:
    """The villages that a number is about. ``passed`` count; ``others`` do not; ``words``: what is asked of them."""

    month: Month
    words: str
    passed: tuple[VillageState, ...]
    others: tuple[VillageState, ...]
    started: bool
    majors: tuple[str, ...]

    @property
    def count(self) -> int:
        """All of them."""
        return len(self.passed) + len(self.others)


def villages_of(ledger: Ledger, address: FigureAddress, unit: str, month: Month) -> Villages:
    """Every village of the county, town or village, sorted by whether it counts."""
    book = context.coverage_book(ledger)
    snapshot = book.snapshot(month)
    first = book.first_month()
    words, test = _test(snapshot, address)
    chosen = [v for v in snapshot.villages if not unit or unit in {v.village.town_code, v.village.code}]
    return Villages(
        month,
        words,
        tuple(v for v in chosen if test(v, snapshot.majors)),
        tuple(v for v in chosen if not test(v, snapshot.majors)),
        first is not None and first <= month,
        snapshot.majors,
    )


def _test(snapshot: Snapshot, address: FigureAddress) -> tuple[str, VillageTest]:
    if address.brand:
        brand = address.brand
        return f"{brand}通达", lambda village, _: brand in village.served
    definition = address.definition
    if definition.startswith(BY_MODE):
        mode = definition.removeprefix(BY_MODE)
        return f"有{mode}", lambda village, _: mode in village.modes
    if definition and address.code in {*REACHED.values(), ""}:
        return definition_text(definition), lambda village, majors: village.reached(definition, majors)
    found = VILLAGE_TESTS.get(address.code)
    if found is None:
        return "列入村级底册", lambda _village, _majors: True
    del snapshot
    known = {code: definition_text(key) for key, code in REACHED.items()}
    words = {"RUR.YK.VIL": "有邮快合作", "RUR.STATION": "有村级站点", "RUR.FREQ3": "每周投递 3 次及以上"}
    return (known | words)[address.code], found


def village_nodes(ledger: Ledger, address: FigureAddress, found: Villages) -> tuple[TraceNode, ...]:
    """The villages that do not count first (they are what is to be done), then those that do."""
    whole = found.count <= MOST_VILLAGES
    records: dict[tuple[str, str, int], list[RecordVersion]] = {}
    if whole:
        with ledger.read() as session:
            records = versions.record_versions(
                session, [v.village.code for v in (*found.passed, *found.others)], found.month
            )
    groups = []
    for word, states in ((f"不符合“{found.words}”", found.others), (f"符合“{found.words}”", found.passed)):
        if states:
            towns = _towns(address, states, found, records, whole=whole)
            groups.append(TraceNode(word, f"{len(states)} 村", children=towns))
    return tuple(groups)


def _towns(
    address: FigureAddress,
    states: Sequence[VillageState],
    found: Villages,
    records: dict[tuple[str, str, int], list[RecordVersion]],
    *,
    whole: bool,
) -> tuple[TraceNode, ...]:
    groups: dict[tuple[str, str], list[VillageState]] = {}
    for state in states:
        groups.setdefault((state.village.town_code, state.village.town), []).append(state)
    nodes = []
    for (code, name), members in sorted(groups.items()):
        own = FigureAddress(address.code, address.period, "value", code, "", address.brand, address.definition)
        below = tuple(_village(state, found.month, records) for state in members) if whole else ()
        nodes.append(TraceNode(name or "未分乡镇", f"{len(members)} 村", address=own, children=below))
    return tuple(nodes)


def _village(state: VillageState, month: Month, records: dict[tuple[str, str, int], list[RecordVersion]]) -> TraceNode:
    leaves = tuple(
        _record(state.village.code, brand, fact, month, records) for brand, fact in sorted(state.records.items())
    )
    if state.registered:
        leaves += (TraceNode("村级站名录", "、".join(state.registered)),)
    text = f"{len(state.served)} 个品牌" if state.served else ("未通" if state.records else "未报")
    note = "、".join(sorted(state.served)) if state.records else "没有任何记录"
    return TraceNode(
        state.village.name, text, CellState.VALUE if state.records else CellState.MISSING, note, None, None, leaves
    )


def _record(
    village: str,
    brand: str,
    fact: CoverageFact,
    month: Month,
    records: dict[tuple[str, str, int], list[RecordVersion]],
) -> TraceNode:
    since = Month.from_key(fact.month)
    notes = ["、".join(sorted(mode.value for mode in fact.modes))]
    if fact.weekly_frequency is not None:
        notes.append(f"每周 {fact.weekly_frequency} 次")
    if fact.station and fact.state.served:
        notes.append(f"站点{fact.station}")
    if since < month:
        notes.append(f"沿用{since.label}的记录")
    if fact.reason:
        notes.append(fact.reason)
    place = record_place(records.get((village, brand, fact.month), ()))
    return TraceNode(brand, fact.state.value, note="，".join(filter(None, notes)), place=place)


def not_counting(found: Villages) -> tuple[Lacking, ...]:
    """The villages that do not count, with what is known of them."""
    return tuple(Lacking(f"{v.village.town} {v.village.name}", f"不符合“{found.words}”", _why(v)) for v in found.others)


def _why(state: VillageState) -> str:
    if not state.records:
        return "没有任何品牌的记录"
    if not state.served:
        return f"{len(state.records)} 个品牌都未通达"
    modes = "、".join(mode.value for mode in state.modes)
    return f"只有{'、'.join(state.served)}通达" + (f"（{modes}）" if modes else "")
