"""The words for what error localisation has found: which cells to look at, and what would be right."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.importing.checks.facts import label, say
from desktop_app.importing.checks.localise import Fault, Mend, slip_of_the_pen
from desktop_app.importing.draft import Fact

_SHOWN = 3


def mend_words(facts: Sequence[Fact], fault: Fault, others: int) -> str:
    """One sentence (or none, where too many cells would have to change).

    :param facts: the cells that the mends' numbers mean.
    :param others: further broken rules that come from the same cells.
    """
    if not fault.mends:
        return ""
    shown = [_changes(facts, mend) for mend in fault.mends[:_SHOWN]]
    size = len(fault.mends[0].cells)
    if size == 1 and len(shown) > 1:
        return f"改其中一处即可全部成立：{'；或'.join(shown)}。"
    extra = f"（另有 {others} 处不符也由此而来）" if others else ""
    if size == 1:
        return f"改一处即可全部成立：{shown[0]}{extra}。"
    also = "；别的改法也要改这么多处" if len(shown) > 1 else ""
    return f"最少改 {size} 处才能全部成立：{shown[0]}{extra}{also}。"


def _changes(facts: Sequence[Fact], mend: Mend) -> str:
    return "，".join(_change(facts[cell], value) for cell, value in zip(mend.cells, mend.values, strict=True))


def _change(fact: Fact, value: int | None) -> str:
    place = f"第{fact.figure.row + 1}行{label(fact)} {say(fact.value or 0)}"
    if value is None:
        return f"{place} 需要改"
    slip = slip_of_the_pen(fact.value or 0, value)
    return f"{place} 改为 {say(value)}" + (f"（像是{slip}）" if slip else "")
