"""Where clauses of plans contradict each other (目标冲突): pure comparison of targets, no figures of the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from desktop_app.catalogue.model import Indicator, Unit
from desktop_app.catalogue.targets import Measure, Target
from desktop_app.indicators.results.targets import TargetConflict
from desktop_app.models.values import Comparator, plain, quantize

_LABELS = {
    "values": "目标值不一致",
    "increment": "增量与目标不符",
    "met": "基期已达到",
    "stated": "公布数不一致",
}


def find_conflicts(
    targets: Iterable[Target], indicators: Mapping[str, Indicator], units: Mapping[str, Unit]
) -> tuple[TargetConflict, ...]:
    """Every contradiction, in the order of the targets.

    Compared are targets of one area, one indicator, one scope and one date: other values; a base and an increment that
    do not reach the level; a level that was reached when it was set; figures that two documents state differently.
    """
    groups: dict[tuple[str, str], list[Target]] = defaultdict(list)
    for target in targets:
        if target.indicator is not None and target.value is not None:
            groups[target.region, target.indicator].append(target)
    found: list[TargetConflict] = []
    for (_, code), group in groups.items():
        name = indicators[code].name
        found += _values(group, code, name, units)
        found += _increments(group, code, name, units)
        found += (_conflict("met", code, name, [t], _met_words(t)) for t in group if _met_at_base(t))
    return tuple(found)


def _values(group: Sequence[Target], code: str, name: str, units: Mapping[str, Unit]) -> Iterator[TargetConflict]:
    for one, other in combinations(group, 2):
        if (one.measure, one.due, one.scope) != (other.measure, other.due, other.scope):
            continue
        if (_size(one, units), one.comparator) == (_size(other, units), other.comparator):
            continue
        kind = "stated" if one.measure is Measure.STATED else "values"
        words = f"{_place(one)}为{one.text_of_value}，{_place(other)}为{other.text_of_value}"
        yield _conflict(kind, code, name, [one, other], words)


def _increments(group: Sequence[Target], code: str, name: str, units: Mapping[str, Unit]) -> Iterator[TargetConflict]:
    levels = [t for t in group if t.measure is Measure.LEVEL]
    for added in (t for t in group if t.measure is Measure.INCREMENT and t.base_value is not None):
        for level in (t for t in levels if (t.due, t.scope) == (added.due, added.scope)):
            base = Fraction(added.base_value or 0) * Fraction(units[added.unit].factor)
            needed = (_size(level, units) or 0) - base
            if needed > (_size(added, units) or 0) and level.comparator in {Comparator.GE, Comparator.GT}:
                gap = plain(quantize(needed / Fraction(units[added.unit].factor), 4))
                words = (
                    f"{_place(added)}只增加{added.value:f}{added.unit}，"
                    f"由基期{added.base_value:f}{added.unit}到{level.text_of_value}要增加{gap}{added.unit}"
                )
                yield _conflict("increment", code, name, [level, added], words)


def _met_at_base(target: Target) -> bool:
    if target.measure is not Measure.LEVEL or target.base_value is None or target.value is None:
        return False
    return target.comparator.met(Fraction(target.base_value), Fraction(target.value))


def _met_words(target: Target) -> str:
    return f"{_place(target)}定{target.text_of_value}，文件给出的基期数已是{target.base_value:f}{target.unit}"


def _size(target: Target, units: Mapping[str, Unit]) -> Fraction | None:
    return None if target.value is None else target.in_base_units(target.value, units[target.unit].factor)


def _place(target: Target) -> str:
    return f"{target.document}{target.clause}"


def _conflict(kind: str, code: str, name: str, targets: Sequence[Target], words: str) -> TargetConflict:
    return TargetConflict(
        indicator=code,
        name=name,
        kind=kind,
        kind_label=_LABELS[kind],
        message=f"{name}：{words}",
        targets=tuple(target.code for target in targets),
        clauses=tuple(_place(target) for target in targets),
    )
