"""Alarms of 总览 about targets: what is behind, and where documents contradict each other."""

from __future__ import annotations

from desktop_app.indicators.results.targets import Standing, TargetConflict
from desktop_app.models.values import Month
from desktop_app.services import context, targets
from desktop_app.services.results.overview import Alarm, Tone
from desktop_app.storage.engine import Ledger

TARGET_TAB = "目标任务"
_NAMED = 3


def target_alarms(ledger: Ledger, month: Month) -> list[Alarm]:
    """At most two lines: the targets behind, the contradictions; each leads to them in 目标任务."""
    return [*_behind(ledger, month), *_conflicts(ledger)]


def _behind(ledger: Ledger, month: Month) -> list[Alarm]:
    late = [row for row in targets.targets(ledger, month) if row.standing is Standing.BEHIND]
    if not late:
        return []
    detail = _listed([f"{row.name} {row.value_text}，目标 {row.target_text}" for row in late])
    return [Alarm("落后", Tone.WARN, f"{len(late)} 项目标落后于进度", detail, TARGET_TAB, (("show", "behind"),))]


def _conflicts(ledger: Ledger) -> list[Alarm]:
    found = targets.conflicts(ledger)
    if not found:
        return []
    own = context.home(ledger).region
    known = {each.code: each for each in targets.register(ledger)}

    def binds(conflict: TargetConflict) -> bool:
        return any(known[code].binds(own) for code in conflict.targets)

    def words(conflict: TargetConflict) -> str:
        values = dict.fromkeys(known[code].text_of_value for code in conflict.targets)
        told = "／".join(values)
        return f"{conflict.name} {told}" + ("" if len(values) > 1 else f"（{conflict.kind_label}）")

    ours_first = sorted(found, key=lambda each: (not binds(each), each.kind == "met"))
    ours = sum(1 for each in found if binds(each))
    text = f"目标文件有 {len(found)} 处矛盾" + (f"，管本地的 {ours} 处" if ours else "")
    detail = _listed([words(each) for each in ours_first])
    return [Alarm("冲突", Tone.WARN, text, detail, TARGET_TAB, (("show", "conflicts"),))]


def _listed(parts: list[str]) -> str:
    more = f" 等 {len(parts)} 项" if len(parts) > _NAMED else ""
    return "；".join(parts[:_NAMED]) + more
