"""The growth of a whole lies between the growths of its parts (GROWTH_RANGE).

With V = Σ v and base B = Σ b (all b > 0), V/B = Σ (b/B) · (v/b) is a weighted mean of the parts' ratios, so it can lie
neither below the least nor above the greatest of them. Where it does, a base or a rate is of another scope or year.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from desktop_app.importing.amounts import amount_at
from desktop_app.importing.checks.facts import FactIndex, Key, label, who
from desktop_app.importing.draft import Draft, Fact
from desktop_app.importing.plan import RowRole
from desktop_app.importing.recognise.figures import Aspect
from desktop_app.models.values import SCALE, quantize

Range = tuple[Fraction, Fraction]
"""Growth in %, and half of its last written digit."""


def check(draft: Draft, index: FactIndex, slipped: set[int]) -> None:
    """Wholes against their parts, and the 合计 line's rate against the rates of its rows."""
    if not draft.rules.asks("GROWTH_RANGE"):
        return
    for group in index.groups.values():
        for whole in group.values():
            if whole.indicator.parts and whole.enterprise is not None and id(whole) not in slipped:
                _whole(draft, index, group, whole)
    _totals(draft)


def _whole(draft: Draft, index: FactIndex, group: dict[Key, Fact], whole: Fact) -> None:
    parts = [part for code in whole.indicator.parts if (part := group.get((code, whole.span))) is not None]
    if len(parts) != len(whole.indicator.parts) or _must_hold(index, whole, parts):
        return
    own = _growth(index, whole)
    known = [rate for part in parts if (rate := _growth(index, part)) is not None]
    if own is None or len(known) != len(parts):
        return
    if _outside(own, known):
        draft.report(
            "GROWTH_RANGE",
            f"{who(whole)} {label(whole)}同比 {quantize(own[0], 1)}%，不在各分项同比 {_span(known)} 之间".strip(),
            "合计的增速总在分项最低和最高之间；请核对上年同期数或同比是否同一口径",
            row=(whole.yoy or whole.figure).row,
            column=(whole.yoy or whole.figure).name,
            value=(whole.yoy or whole.figure).text,
        )


def _must_hold(index: FactIndex, whole: Fact, parts: Sequence[Fact]) -> bool:
    """No rate nor base in the file, and our bases add up: nothing can be outside."""
    if any(fact.yoy is not None or fact.previous is not None for fact in (whole, *parts)):
        return False
    year = whole.month.shift(-12)
    bases = [index.past(part, year) for part in parts]
    return None in bases or sum(base or 0 for base in bases) == index.past(whole, year)


def _growth(index: FactIndex, fact: Fact) -> Range | None:
    """The rate as the file gives it, else from its own or our base; None without a positive base."""
    if fact.yoy is not None and fact.yoy.stored is not None:
        return Fraction(fact.yoy.stored, SCALE), Fraction(fact.yoy.step, 2 * SCALE)
    base = fact.previous.stored if fact.previous is not None else None
    if base is None:
        base = index.past(fact, fact.month.shift(-12))
    if fact.value is None or base is None or base <= 0:
        return None
    # Figures in 万元 are rounded, and small parts of them badly.
    step = fact.figure.step if fact.figure.step > SCALE else 0
    return Fraction(fact.value - base, base) * 100, Fraction(100 * step, base)


def _outside(own: Range, parts: list[Range]) -> bool:
    low = min(rate - slack for rate, slack in parts) - own[1]
    high = max(rate + slack for rate, slack in parts) + own[1]
    return not low <= own[0] <= high


def _span(parts: list[Range]) -> str:
    rates = [rate for rate, _ in parts]
    return f"{quantize(min(rates), 1)}%—{quantize(max(rates), 1)}%"


def _totals(draft: Draft) -> None:
    """The 同比 of a table's own 合计 against the rates of the rows above it."""
    columns = [column for column, (figure, _) in draft.figure_units.items() if figure.aspect in _RATES]
    rows = [row for row, role in draft.body() if role is RowRole.DATA]
    totals = [row for row, role in draft.body() if role is RowRole.TOTAL]
    if not columns or len(totals) != 1 or len(rows) < 2 or draft.broken_rows:
        return
    for column in columns:
        own = _written(draft, totals[0], column)
        parts = [_written(draft, row, column) for row in rows]
        known = [rate for rate in parts if rate is not None]
        if own is None or len(known) != len(rows) or not _outside(own, known):
            continue
        draft.report(
            "GROWTH_RANGE",
            f"合计的{draft.name(column)} {quantize(own[0], 1)}%，不在各行 {_span(known)} 之间",
            "合计的增速总在各行最低和最高之间；请核对合计的上年同期数",
            row=totals[0],
            column=draft.name(column),
            value=draft.cell(totals[0], column),
        )


_RATES = {Aspect.YOY, Aspect.YTD_YOY}


def _written(draft: Draft, row: int, column: int) -> Range | None:
    amount = amount_at(draft, row, column)
    return None if amount.number is None else (Fraction(amount.number), Fraction(amount.step) / 2)
