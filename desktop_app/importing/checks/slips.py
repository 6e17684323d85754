"""Unit slips (单位错位): a figure some thousand or ten thousand times its own past, or its price per piece."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from desktop_app.importing.checks.facts import FactIndex, Owner, label, say, who
from desktop_app.importing.checks.unit_repair import Reading, find_reading
from desktop_app.importing.draft import Draft, Fact
from desktop_app.importing.plan import FileKind
from desktop_app.models.values import SCALE, Severity, Span

_NORMAL = 100
"""A figure within 1/100 … 100 times a reference speaks against a slip."""
_WORDS = {1000: "一千倍", 10000: "一万倍", 100: "一百倍", 10: "十倍"}


def check(draft: Draft, index: FactIndex) -> set[int]:
    """Report slips, one issue for a whole and its parts.

    :returns: ids of the facts that are blocked for it, so that nothing else need be said about them; a slip that was
        let pass with a reason keeps all other rules.
    """
    slipped: dict[tuple[Owner, Span, str, int], list[tuple[Fact, str]]] = defaultdict(list)
    if draft.kind is not FileKind.NATIONAL:
        for owner, group in index.groups.items():
            for (_, span), fact in group.items():
                found = _slip(draft, index, fact)
                if found is not None:
                    factor, ground = found
                    root = fact.indicator.parent or fact.indicator.code
                    slipped[owner, span, root, factor].append((fact, ground))
            _by_price(draft, index, owner, slipped)
    blocked: set[int] = set()
    for (owner, span, root, factor), facts in slipped.items():
        only_parts = factor < 0 and _part_of_a_sum_that_holds(index, owner, span, root, [fact for fact, _ in facts])
        reading = None if only_parts else find_reading(draft, index, root, factor, [fact for fact, _ in facts])
        at_most = Severity.WARNING if only_parts else Severity.ERROR
        said = _report(draft, root, factor, facts, reading, at_most)
        if said is not None and reading is not None:
            reading.answer(draft)
        if said is Severity.ERROR:
            draft.broken_rows.update(fact.figure.row for fact, _ in facts)
            blocked.update(id(fact) for fact, _ in facts)
    return blocked


def _part_of_a_sum_that_holds(index: FactIndex, owner: Owner, span: Span, root: str, facts: list[Fact]) -> bool:
    """A part of few pieces may shrink a thousandfold in truth.

    So it is where it adds up with the others to a whole that is in line with its own past: another unit would break
    the sum.
    """
    group = index.groups[owner]
    whole = group.get((root, span))
    if whole is None or whole.value is None or any(fact is whole for fact in facts):
        return False
    parts = [part.value for code in whole.indicator.parts if (part := group.get((code, span))) is not None]
    known = [value for value in parts if value is not None]
    references = _references(index, whole)
    in_line = bool(references) and all(2 * whole.value >= past >= whole.value // 2 for _, past in references)
    return in_line and len(known) == len(whole.indicator.parts) and sum(known) == whole.value


def _references(index: FactIndex, fact: Fact) -> list[tuple[str, int]]:
    """What the figure can be measured by, nearest first."""
    ours: list[tuple[str, int | None]] = []
    if fact.span is Span.MONTH or fact.month.month > 1:
        ours.append(("上月", index.past(fact, fact.month.shift(-1))))
    ours.append(("上年同月", index.past(fact, fact.month.shift(-12))))
    known = [(name, value) for name, value in ours if value is not None and value > 0]
    if known:
        # A table that is in the wrong unit as a whole is so with its own 上年同期 too.
        return known
    beside = (("表内上年同期", fact.previous), ("表内上月", fact.last_month))
    return [(name, cell.stored) for name, cell in beside if cell is not None and cell.stored and cell.stored > 0]


def _near(ratio: Fraction, draft: Draft) -> int | None:
    """The slip factor that the ratio (or its inverse, then negative) is closest to; None when it is close to none."""
    rules = draft.rules
    size = max(ratio, 1 / ratio)
    # As wide upwards as downwards, by ratio: a month may be 0.3 or 3 times its reference and the unit wrong besides.
    width = 1 - Fraction(rules.threshold("UNIT_SLIP", "tolerance_pct")) / 100
    nearest = min(rules.slip_factors, key=lambda factor: max(size / factor, factor / size))
    if not nearest * width <= size <= nearest / width:
        return None
    return nearest if ratio >= 1 else -nearest


def _slip(draft: Draft, index: FactIndex, fact: Fact) -> tuple[int, str] | None:
    """(signed factor, ground) when a reference shows a slip and none speaks against it."""
    if fact.value is None or fact.value <= 0:
        return None
    found: tuple[int, str] | None = None
    for name, reference in _references(index, fact):
        ratio = Fraction(fact.value, reference)
        if Fraction(1, _NORMAL) < ratio < _NORMAL:
            return None
        factor = _near(ratio, draft)
        if factor is not None and found is None:
            found = factor, f"{name}是 {say(reference, fact.indicator.base_unit)}"
    return found


def _by_price(
    draft: Draft,
    index: FactIndex,
    owner: Owner,
    slipped: dict[tuple[Owner, Span, str, int], list[tuple[Fact, str]]],
) -> None:
    """Without any past, the price per piece tells that revenue and volume are in different units."""
    group = index.groups[owner]
    rules = draft.rules
    low, high = rules.threshold("PRICE_BAND", "low"), rules.threshold("PRICE_BAND", "high")
    for span in Span:
        volume, revenue = group.get(("MKT.VOL", span)), group.get(("MKT.REV", span))
        if volume is None or revenue is None or not volume.value or not revenue.value:
            continue
        known = [fact for fact in (volume, revenue) if _references(index, fact)]
        if any((owner, span, f.indicator.code, s * x) in slipped for f in (volume, revenue) for x in rules.slip_factors for s in (1, -1)):  # fmt: skip  # noqa: E501
            continue
        price = Fraction(revenue.value, volume.value)
        for factor in rules.slip_factors:
            for sign, corrected in ((-1, price * factor), (1, price / factor)):
                if low <= corrected <= high and len(known) < 2:
                    ground = f"单件收入为 {_price(price)} 元，换算后为 {_price(corrected)} 元"
                    slipped[owner, span, "MKT.REV", sign * factor].append((revenue, ground))


def _price(value: Fraction) -> str:
    return say(int(value * SCALE))


def _report(
    draft: Draft,
    root: str,
    factor: int,
    facts: list[tuple[Fact, str]],
    reading: Reading | None,
    at_most: Severity,
) -> Severity | None:
    fact, ground = next(((f, g) for f, g in facts if f.indicator.code == root), facts[0])
    size = _WORDS.get(abs(factor), f"{abs(factor)}倍")
    direction = "大" if factor > 0 else "小"
    unit = fact.indicator.base_unit
    wanted = (fact.value or 0) // factor if factor > 0 else (fact.value or 0) * -factor
    several = f"（连同分项共 {len(facts)} 格）" if len(facts) > 1 else ""
    name = f"{who(fact)} " if draft.enterprise is None and fact.enterprise else ""
    return draft.report(
        "UNIT_SLIP",
        f"{name}{label(fact)}{several} {say(fact.value or 0, unit)}，{ground}，{direction}了约{size}，疑为单位填错",
        f"若单位填错，应为 {say(wanted, unit)}；请退回企业核对单位（件与万件、元与万元）后重报"
        + (f"；企业已确认写的就是{reading.unit}的，写明原因后可以按{reading.unit}改读" if reading else ""),
        row=fact.figure.row,
        column=fact.figure.name,
        value=fact.figure.text,
        at_most=at_most,
    )
