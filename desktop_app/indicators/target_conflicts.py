"""Where clauses of plans contradict each other (目标冲突): pure comparison of targets, no figures of the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from desktop_app.catalogue.model import Indicator, Unit
from desktop_app.catalogue.targets import Measure, Target
from desktop_app.indicators.growth import implied_base
from desktop_app.indicators.results.targets import TargetConflict
from desktop_app.indicators.target_reach import UPWARD
from desktop_app.models.values import plain, quantize

_LABELS = {
    "values": "目标值不一致",
    "increment": "增量与目标不符",
    "met": "基期已达到",
    "stated": "公布数不一致",
    "break": "跨价格基期",
    "base": "基数不符",
    "impossible": "办不到",
}


def find_conflicts(
    targets: Iterable[Target], indicators: Mapping[str, Indicator], units: Mapping[str, Unit]
) -> tuple[TargetConflict, ...]:
    """Every contradiction, in the order of the targets.

    Compared are targets of one area, one indicator, one scope and one date: other values; a base and an increment that
    do not reach the level; a level that was reached when it was set; figures that two documents state differently; a
    growth over a break of the series (业务总量 2020/2021), whose base cannot be chained.
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
        found += _broken(group, indicators[code], units)
        found += (conflict_of("met", code, name, [t], _met_words(t)) for t in group if _met_at_base(t))
    return tuple(found)


def _values(group: Sequence[Target], code: str, name: str, units: Mapping[str, Unit]) -> Iterator[TargetConflict]:
    for one, other in combinations(group, 2):
        if (one.measure, one.due, one.scope) != (other.measure, other.due, other.scope):
            continue
        upward = {one.comparator in UPWARD, other.comparator in UPWARD}
        if _size(one, units) == _size(other, units) and len(upward) == 1:
            # “达到1.8万亿元” and “超过1.8万亿元” ask for the same.
            continue
        kind = "stated" if one.measure is Measure.STATED else "values"
        words = f"{place_of(one)}为{one.text_of_value}，{place_of(other)}为{other.text_of_value}"
        yield conflict_of(kind, code, name, [one, other], words)


def _increments(group: Sequence[Target], code: str, name: str, units: Mapping[str, Unit]) -> Iterator[TargetConflict]:
    levels = [t for t in group if t.measure is Measure.LEVEL]
    for added in (t for t in group if t.measure is Measure.INCREMENT and t.base_value is not None):
        for level in (t for t in levels if (t.due, t.scope) == (added.due, added.scope)):
            base = Fraction(added.base_value or 0) * Fraction(units[added.unit].factor)
            needed = (_size(level, units) or 0) - base
            if needed > (_size(added, units) or 0) and level.comparator in UPWARD:
                gap = plain(quantize(needed / Fraction(units[added.unit].factor), 4))
                words = (
                    f"{place_of(added)}只增加{added.value:f}{added.unit}，"
                    f"由基期{added.base_value:f}{added.unit}到{level.text_of_value}要增加{gap}{added.unit}"
                )
                yield conflict_of("increment", code, name, [level, added], words)


def _broken(group: Sequence[Target], indicator: Indicator, units: Mapping[str, Unit]) -> Iterator[TargetConflict]:
    """540亿元、同比增长13.8%, while the year before is counted in other prices."""
    for growth in (t for t in group if t.measure in {Measure.YOY, Measure.AVERAGE}):
        start = growth.due.shift(-12) if growth.measure is Measure.YOY else growth.start
        found = indicator.break_between(start, growth.due)
        if found is None:
            continue
        level = next((one for one, rate in growth_pairs(group) if rate is growth), None)
        told = f"{place_of(growth)}定{growth.text_of_value}"
        if level is not None:
            set_to = f"{level.text_of_value}、{growth.text_of_value}"
            told = f"{place_of(growth)}定{set_to}，{implied_words(level, growth, units)}"
        yield conflict_of(
            "break",
            indicator.code,
            indicator.name,
            [each for each in (level, growth) if each is not None],
            f"{told}；{found.month.label}起{found.reason}，以前公布的数是旧价，不能直接相比，要有可比口径的基数才能核对",
        )


def growth_pairs(targets: Iterable[Target]) -> Iterator[tuple[Target, Target]]:
    """Level and yearly growth that one clause sets for one thing: together they say what last year was."""
    known: dict[tuple[object, ...], Target] = {}
    waiting: list[Target] = []
    for target in targets:
        if target.measure is Measure.LEVEL and target.value is not None:
            known.setdefault(_kin(target), target)
        elif target.measure is Measure.YOY:
            waiting.append(target)
    yield from ((known[_kin(growth)], growth) for growth in waiting if _kin(growth) in known)


def _kin(target: Target) -> tuple[object, ...]:
    # In a table the clause may be written once only, in a sentence the text is one.
    return (target.region, target.document, target.clause, target.indicator, target.due, target.scope)


def implied_words(level: Target, growth: Target, units: Mapping[str, Unit]) -> str:
    """“倒算2020年为20.87亿件”, in the unit of the level."""
    base = implied_base(Fraction(level.value or 0), Fraction(growth.value or 0))
    told = "算不出" if base is None else f"为{quantize(base, 2):f}{units[level.unit].name}"
    year = level.due.year - 1
    return f"倒算{year}年{told}" if level.due.month == 12 else f"倒算{year}年1—{level.due.month}月{told}"


def _met_at_base(target: Target) -> bool:
    if target.measure is not Measure.LEVEL or target.base_value is None or target.value is None:
        return False
    return target.comparator.met(Fraction(target.base_value), Fraction(target.value))


def _met_words(target: Target) -> str:
    return f"{place_of(target)}定{target.text_of_value}，文件给出的基期数已是{target.base_value:f}{target.unit}"


def _size(target: Target, units: Mapping[str, Unit]) -> Fraction | None:
    return None if target.value is None else target.in_base_units(target.value, units[target.unit].factor)


def place_of(target: Target) -> str:
    """Document and clause."""
    return f"{target.document}{target.clause}"


def conflict_of(kind: str, code: str, name: str, targets: Sequence[Target], words: str) -> TargetConflict:
    """A contradiction with its words; ``kind`` as :class:`TargetConflict` lists them."""
    return TargetConflict(
        indicator=code,
        name=name,
        kind=kind,
        kind_label=_LABELS[kind],
        message=f"{name}：{words}",
        targets=tuple(target.code for target in targets),
        clauses=tuple(place_of(target) for target in targets),
    )
