"""What the file says beside its figures (上年同期, 同比) against the ledger, and changes of what is stored (更正)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from desktop_app.catalogue.formula import Formula
from desktop_app.importing.checks.facts import FactIndex, label, say, subject, who
from desktop_app.importing.draft import Draft, Fact, Figure
from desktop_app.importing.plan import FileKind
from desktop_app.models.values import SCALE, FigureStatus, Month, Span, quantize

_ORDER = list(FigureStatus)


def previous_year(draft: Draft, index: FactIndex, slipped: set[int]) -> None:
    """上年同期 in the file against ours."""
    for fact in draft.facts:
        told = fact.previous
        if told is None or told.stored is None or id(fact) in slipped:
            continue
        ours = index.stored(fact, fact.month.shift(-12), fact.span)
        if ours is None or abs(ours - told.stored) <= max(told.step // 2, _small(fact)):
            continue
        draft.report(
            "PREVIOUS_DIFFERS",
            f"{subject(fact)}的上年同期，表里是 {say(told.stored)}，台账里是 {say(ours, fact.indicator.base_unit)}",
            "请核实哪个对：企业改了去年的数，应来函更正；口径变了，应说明",
            row=told.row,
            column=told.name,
            value=told.text,
        )


def _small(fact: Fact) -> int:
    return SCALE // 2 if fact.indicator.base_unit == "元" else 0


def growth(draft: Draft, index: FactIndex, slipped: set[int]) -> None:
    """同比 in the file against the figures: its own 上年同期, else ours; wrong by more than rounding explains."""
    for fact in draft.facts:
        if fact.yoy is None or fact.yoy.stored is None or fact.value is None or id(fact) in slipped:
            continue
        base, step = _base(index, fact)
        if base is None or base <= 0 or (fact.figure.row, fact.figure.column) in draft.repairs:
            # A rate that the company worked out from the wrong unit tells nothing new.
            continue
        ours = Fraction(fact.value - base, base) * 100
        told = Fraction(fact.yoy.stored, SCALE)
        # The value and the base were rounded when written, and so was the rate.
        slack = Fraction(100 * (fact.figure.step if fact.figure.step > SCALE else 0), 2 * base)
        slack += Fraction(100 * fact.value * step, 2 * base * base) + Fraction(fact.yoy.step, 2 * SCALE)
        if abs(ours - told) > slack:
            _tell_growth(draft, fact, fact.yoy, told, ours)


def _base(index: FactIndex, fact: Fact) -> tuple[int | None, int]:
    if fact.previous is not None and fact.previous.stored is not None:
        return fact.previous.stored, fact.previous.step if fact.previous.step > SCALE else 0
    step = fact.figure.step if fact.figure.step > SCALE else 0
    return index.past(fact, fact.month.shift(-12), fact.span), step


def _tell_growth(draft: Draft, fact: Fact, cell: Figure, told: Fraction, ours: Fraction) -> None:
    if draft.kind is FileKind.NATIONAL:
        draft.ground(
            f"{fact.month.label}{fact.indicator.name}公布的同比 {quantize(told, 1)}% "
            f"与按数推算的 {quantize(ours, 1)}% 不同，公布数可能用了可比口径"
        )
        return
    draft.report(
        "YOY_DIFFERS",
        f"{subject(fact)}的同比，表里是 {quantize(told, 1)}%，按数推算是 {quantize(ours, 1)}%",
        "请核实同比算得对不对，或去年数是否变了口径",
        row=cell.row,
        column=cell.name,
        value=cell.text,
    )


def rates(draft: Draft, index: FactIndex) -> None:
    """Computed rates in the file against the rate of its own figures; wrong by more than the rate's last digit."""
    for column, enterprise, month, told in draft.rates:
        group = index.groups.get((draft.region, enterprise.id if enterprise else None, month), {})
        formula = column.indicator.formula
        if formula is None or told.stored is None:
            continue
        values = {code: fact.value for (code, span), fact in group.items() if span is Span.MONTH}
        amounts = {code: Fraction(value, SCALE) for code, value in values.items() if value is not None}
        ours = formula.evaluate(amounts.get, month.days)
        if ours is not None and abs(ours - Fraction(told.stored, SCALE)) > Fraction(told.step, SCALE):
            unit = column.indicator.base_unit
            days = _other_days(formula, amounts, month, told)
            if days is not None:
                draft.report(
                    "DAY_COUNT",
                    f"{enterprise.short_name if enterprise else ''} {column.indicator.name}像是按 {days} 天算的，"
                    f"{month.label}是 {month.days} 天".strip(),
                    "日均数由程序按当月实有天数计算（闰年二月 29 天），表里的不入库",
                    row=told.row,
                    column=told.name,
                    value=told.text,
                )
                continue
            draft.report(
                "RATE_DIFFERS",
                f"{enterprise.short_name if enterprise else ''} {column.indicator.name}表里是 "
                f"{say(told.stored)}{unit}，按分子分母算是 {quantize(ours, 2)}{unit}".strip(),
                "按分子、分母入库；请核实分子、分母和比率哪个对",
                row=told.row,
                column=told.name,
                value=told.text,
            )


def _other_days(formula: Formula, amounts: Mapping[str, Fraction], month: Month, told: Figure) -> int | None:
    """The number of days by which the file has worked out its daily average, where that is not the month's."""
    right = formula.evaluate(amounts.get, month.days)
    for days in range(28, 32):
        value = formula.evaluate(amounts.get, days)
        if value is None or value == right:
            continue
        if abs(value - Fraction(told.stored or 0, SCALE)) <= Fraction(told.step, SCALE):
            return days
    return None


def corrections(draft: Draft, index: FactIndex) -> None:
    """Figures that differ from those stored: a correction needs a reason unless the stored ones were weaker (快报).

    Typed by hand, 未报 over a figure is a correction too; in a file an empty cell is no statement.
    """
    changed: dict[int, list[tuple[Fact, int, FigureStatus | None]]] = defaultdict(list)
    revised = 0
    for fact in draft.facts:
        if fact.value is None and draft.kind is not FileKind.ENTRY:
            continue
        old = index.stored(fact, fact.month, fact.span)
        if old is None or old == fact.value:
            continue
        enterprise_id = fact.enterprise.id if fact.enterprise else None
        status = draft.context.history.status(fact.indicator.code, fact.month, fact.span, fact.region, enterprise_id)
        if status is not None and _ORDER.index(status) < _ORDER.index(draft.status):
            revised += 1
        else:
            changed[fact.figure.row].append((fact, old, status))
    if revised:
        draft.ground(f"{revised} 个数与台账里较早的数（如快报）不同，按{draft.status.value}修订，旧数留存")
    for row, items in changed.items():
        first, _, status = items[0]
        shown = "；".join(f"{label(fact)} {say(old)} → {_now(fact)}" for fact, old, _ in items[:3])
        more = f" 等 {len(items)} 格" if len(items) > 3 else ""
        weaker = status is not None and _ORDER.index(status) > _ORDER.index(draft.status)
        word = f"（台账里是{status.value}，这份是{draft.status.value}）" if weaker and status else ""
        draft.report(
            "CORRECTION",
            f"更正{word}：{f'{who(first)} {first.month.label}'.strip()}{shown}{more}",
            "台账里已有这个月的数；确系更正的，请填写原因，旧数会留存",
            row=row,
            column=first.figure.name,
            value=first.figure.text,
        )


def _now(fact: Fact) -> str:
    return fact.figure.state.label if fact.value is None else say(fact.value, fact.indicator.base_unit)
