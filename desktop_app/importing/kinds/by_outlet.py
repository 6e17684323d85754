"""Green sheets that list outlets (每行一个网点): every company's figures are the sums of its outlets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from desktop_app.catalogue.model import Kind
from desktop_app.importing.convert import Amount
from desktop_app.importing.draft import Draft, Fact
from desktop_app.importing.plan import PlannedOutletFigure
from desktop_app.models.values import SCALE, CellState, Span, plain

OUTLET_WORDS = ("网点", "网点名称", "营业网点", "营业部", "分支机构", "末端网点")


def sum_outlets(draft: Draft, column: int) -> None:
    """Exchange the facts of single outlets for those of their companies.

    What each outlet gave is kept beside the sums. Rates do not add up: those given alone stay the outlet's (◇). An
    outlet that is listed twice, and one whose numerator exceeds its denominator, is told by its row.
    """
    _doubled(draft, column)
    _halves(draft)
    _keep(draft, column)
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in draft.facts:
        who = fact.enterprise.id if fact.enterprise else None
        groups[fact.indicator.code, fact.month, fact.span, fact.region, who].append(fact)
    draft.facts[:] = [_sum(draft, group) for group in groups.values() if group[0].indicator.kind is not Kind.RATIO]
    if any(group[0].indicator.kind is Kind.RATIO for group in groups.values()):
        draft.warn(
            "RATE_WITHOUT_INPUTS",
            "分网点的表里有只报比率、没有报分子分母的：按网点留存（◇），不能相加，不计入企业和全县",
            "请企业按网点补报分子和分母",
        )
    draft.ground("企业的数由各网点相加得出")


def _keep(draft: Draft, column: int) -> None:
    for fact in draft.facts:
        if fact.indicator.kind is Kind.RATIO and fact.value is not None and not 0 <= fact.value <= 100 * SCALE:
            draft.report(
                "RATE_BOUNDS",
                f"这个网点的{fact.indicator.name} {fact.figure.text} 不在 0—100% 之间",
                "请企业核对比率和小数点，最好补报分子和分母",
                row=fact.figure.row,
                column=fact.figure.name,
                value=fact.figure.text,
            )
        name = draft.cell(fact.figure.row, column).strip()
        if name and fact.figure.stored is not None and fact.span is Span.MONTH:
            company = fact.enterprise.id if fact.enterprise else None
            draft.outlet_figures.append(
                PlannedOutletFigure(
                    company, name, fact.month, fact.indicator.code, fact.figure.stored, fact.figure.row + 1
                )
            )


def _doubled(draft: Draft, column: int) -> None:
    rows: dict[tuple[object, ...], set[int]] = defaultdict(set)
    for fact in draft.facts:
        who = fact.enterprise.id if fact.enterprise else None
        rows[draft.cell(fact.figure.row, column), who, fact.month].add(fact.figure.row)
    for (name, *_), found in rows.items():
        if name and len(found) > 1:
            draft.error(
                "DUPLICATE_ROW",
                f"网点“{name}”写了 {len(found)} 行",
                "请企业只留正确的一行",
                row=max(found),
                column=draft.name(column),
                value=str(name),
            )


def _halves(draft: Draft) -> None:
    """More in the numerator than in the denominator, outlet by outlet: the sums would hide it."""
    by_row: dict[tuple[int, str], Fact] = {(fact.figure.row, fact.indicator.code): fact for fact in draft.facts}
    for (row, code), fact in by_row.items():
        below = by_row.get((row, f"{code.removesuffix('.NUM')}.DEN")) if code.endswith(".NUM") else None
        if below is not None and fact.value is not None and below.value is not None and fact.value > below.value:
            draft.report(
                "RATIO_BOUNDS",
                f"这个网点的{fact.indicator.name} {fact.figure.text} 大于{below.indicator.name} {below.figure.text}",
                "请企业核对分子和分母是否填反",
                row=row,
                column=fact.figure.name,
                value=fact.figure.text,
            )


def _sum(draft: Draft, group: Sequence[Fact]) -> Fact:
    first = group[0]
    known = [fact.figure.stored for fact in group if fact.figure.stored is not None]
    if len(group) == 1 or not known:
        return first
    states = Counter(fact.figure.state for fact in group)
    silent = states[CellState.MISSING]
    if silent:
        who = first.enterprise.short_name if first.enterprise else ""
        draft.warn(
            "OUTLETS_UNREPORTED",
            f"{who} {silent} 个网点没有报{first.indicator.name}，企业的数不含它们".strip(),
            "请企业补报；确实没有的填 0，不涉及的填“不适用”",
            row=next(fact.figure.row for fact in group if fact.figure.state is CellState.MISSING),
            column=first.figure.name,
        )
    total, steps = sum(known), sum(fact.figure.step for fact in group)
    number = Decimal(total) / SCALE
    named = next(fact.figure for fact in group if fact.figure.stored is not None)
    figure = replace(
        named,
        text=f"{plain(number)}（{len(known)} 个网点之和）",
        amount=Amount(CellState.VALUE, number),
        stored=total,
        step=steps,
        unit=None,
    )
    return replace(first, figure=figure, previous=None, yoy=None, last_month=None)
