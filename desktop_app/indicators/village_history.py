"""The life of one village out of its records: what changed when, since when a brand is there, who went to look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from desktop_app.indicators.coverage import CoverageFact
from desktop_app.indicators.results.village import VillageEvent, VillageVisit
from desktop_app.models.values import CoverageMode, CoverageState, Month

Records = Mapping[str, Sequence[CoverageFact]]
"""brand → records in order of month."""


def modes_words(modes: Iterable[CoverageMode]) -> tuple[str, ...]:
    """Modes in the order of the list."""
    held = set(modes)
    return tuple(mode.value for mode in CoverageMode if mode in held)


def state_since(facts: Sequence[CoverageFact], month: Month) -> Month | None:
    """First month of the unbroken stretch with the state that holds as of ``month``; None without a record."""
    known = [fact for fact in facts if fact.month <= month.key]
    if not known:
        return None
    since = known[-1]
    for fact in reversed(known):
        if fact.state is not since.state:
            break
        since = fact
    return Month.from_key(since.month)


def events_of(records: Records, month: Month) -> tuple[VillageEvent, ...]:
    """Changes up to ``month``, newest first, brands by name within a month. A record that only repeats is none."""
    found: list[VillageEvent] = []
    for brand, facts in records.items():
        before: CoverageFact | None = None
        for fact in facts:
            if fact.month > month.key:
                break
            words = _change(before, fact)
            if words:
                loss = not fact.state.served and before is not None and before.state.served
                found.append(VillageEvent(str(Month.from_key(fact.month)), brand, words, loss))
            before = fact
    found.sort(key=lambda event: event.brand)
    found.sort(key=lambda event: event.month, reverse=True)
    return tuple(found)


def _change(before: CoverageFact | None, now: CoverageFact) -> str:
    how = "、".join(modes_words(now.modes))
    if before is None or before.state is not now.state:
        words = _state_words(before, now.state)
        return f"{words}（{how}）" if how and now.state.served else words
    parts = []
    if now.state.served and now.modes != before.modes:
        parts.append(f"方式由{'、'.join(modes_words(before.modes)) or '未报'}改为{how or '未报'}")
    if now.station != before.station and now.station:
        parts.append(f"站点{'改为' if before.station else '为'}{now.station}")
    if now.weekly_frequency != before.weekly_frequency and now.weekly_frequency is not None:
        was = "" if before.weekly_frequency is None else f"由 {before.weekly_frequency} 次"
        parts.append(f"每周投递{was}改为 {now.weekly_frequency} 次" if was else f"每周投递 {now.weekly_frequency} 次")
    return "，".join(parts)


def _state_words(before: CoverageFact | None, state: CoverageState) -> str:
    if state is CoverageState.NORMAL:
        return "通达" if before is None else "恢复通达" if before.state is not CoverageState.NONE else "开通"
    if state is CoverageState.NONE:
        return "报为未通" if before is None or not before.state.served else "不再通达"
    return state.value


def visits_of(records: Records, month: Month) -> tuple[VillageVisit, ...]:
    """Evidence in records up to ``month``, newest first: one for every day, kind, checker, file and reason.

    A record that carries older evidence on (its own reason is about something else) adds no visit to that day's.
    """
    found: dict[tuple[date, str, str, str], tuple[set[str], str]] = {}
    for brand, facts in records.items():
        for fact in facts:
            if fact.month <= month.key and fact.evidence_date is not None:
                key = fact.evidence_date, fact.evidence_kind, fact.checker, fact.evidence_sha256
                brands, note = found.get(key, (set(), ""))
                found[key] = brands | {brand}, note or fact.reason
    order = sorted(found, key=lambda key: (key[0], bool(key[3]), key[1:]), reverse=True)
    return tuple(
        VillageVisit(day, tuple(sorted(found[key][0])), kind, checker, found[key][1], sha256)
        for key in order
        for day, kind, checker, sha256 in (key,)
    )
