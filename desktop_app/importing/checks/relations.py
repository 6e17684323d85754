"""Relations that must hold exactly: parts = whole, 累计 = 上月累计 + 本月. The smallest repair is named with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.catalogue.model import Kind
from desktop_app.importing.checks.facts import FactIndex, Key, label, say, who
from desktop_app.importing.checks.localise import Edit, localise
from desktop_app.importing.checks.mending import mend_words
from desktop_app.importing.draft import Draft, Fact
from desktop_app.importing.own_total import OwnTotal
from desktop_app.importing.plan import FileKind
from desktop_app.models.values import CellState, Month, Severity, Span

SUM = "PARTS_SUM"
CUMULATION = "CUMULATION"
_EXPLAINED = 50
"""Companies and months of one file for which repairs of several cells are looked for; of further ones, single cells."""


@dataclass(frozen=True)
class Relation:
    """Σ coefficient × value + constant = 0, within ``tolerance`` (fixed-point)."""

    code: str
    terms: tuple[tuple[Fact, int], ...]
    constant: int
    tolerance: int
    target: Fact
    """The cell that the message points at: the whole, or the cumulative figure."""

    def residual(self) -> int:
        """Left-hand side."""
        return self.constant + sum(coefficient * (fact.value or 0) for fact, coefficient in self.terms)

    def holds(self) -> bool:
        """Whether it holds, but for rounding."""
        return abs(self.residual()) <= self.tolerance


def check(draft: Draft, index: FactIndex, slipped: set[int]) -> None:
    """Report every relation that is broken, with the fewest cells whose change would mend all.

    :param slipped: ids of facts whose unit is wrong; their cumulations are not reported a second time.
    """
    _missing_parts(draft, index)
    explained = 0
    for group in index.groups.values():
        sums = list(_sums(draft, index, group))
        if len(index.groups) == 1:
            _tell_sums(draft, sums)
        relations = [*sums, *_cumulations(index, group)]
        relations = [r for r in relations if not any(id(fact) in slipped for fact, _ in r.terms)]
        if not all(relation.holds() for relation in relations):
            explained += 1
            _explain(draft, index, group, relations, most=3 if explained <= _EXPLAINED else 1)


def _explain(draft: Draft, index: FactIndex, group: dict[Key, Fact], relations: Sequence[Relation], most: int) -> None:
    """Tell the broken relations of one company and month, first the one that carries the smallest repair of all."""
    facts = [fact for fact in group.values() if fact.value is not None]
    place = {id(fact): number for number, fact in enumerate(facts)}
    edits = {
        Edit(
            tuple((place[id(fact)], coefficient) for fact, coefficient in relation.terms if id(fact) in place),
            -relation.constant,
            -relation.constant,
            relation.tolerance,
        ): relation
        for relation in relations
    }
    amounts = (number for number, fact in enumerate(facts) if fact.indicator.kind in {Kind.FLOW, Kind.STOCK})
    others = [Edit(((number, 1),), 0, None) for number in amounts]
    for top, bottom, _ in index.ratio_pairs(group):
        others.append(Edit(((place[id(bottom)], 1), (place[id(top)], -1)), 0, None))
    for fault in localise([fact.value or 0 for fact in facts], [*edits, *others], most):
        broken = [edits[edit] for edit in fault.broken if edit in edits]
        sure = len(fault.mends) == 1 and len(fault.mends[0].cells) == 1
        # Issues are listed by row: the first of them carries the words; where only one is told, the sum says it best.
        broken.sort(key=lambda relation: (sure and relation.code != SUM, relation.target.figure.row))
        for number, relation in enumerate(broken):
            if number and sure:
                # One slip of the pen breaks several relations: it is told once.
                break
            repair = f"和第{broken[0].target.figure.row + 1}行的不符一并核对。"
            _report(draft, relation, repair if number else mend_words(facts, fault, len(broken) - 1))


def _tell_sums(draft: Draft, sums: Sequence[Relation]) -> None:
    """In a file of one company and month: the parts of each whole, for showing them beside the control total."""
    for relation in sums:
        stated = relation.target.value
        if relation.target.span is Span.MONTH and stated is not None:
            summed = relation.residual() + stated
            total = OwnTotal(stated, summed, relation.holds(), by_parts=True)
            draft.own_totals.setdefault(relation.target.indicator.code, total)


# --------------------------------------------------------------------------------------------------- building


def _missing_parts(draft: Draft, index: FactIndex) -> None:
    """A table with some parts of a whole must have all of them and the whole."""
    if draft.kind is FileKind.NATIONAL:
        return
    present = {fact.indicator.code for fact in draft.facts if fact.span is Span.MONTH and fact.enterprise}
    for whole in draft.catalogue.indicators.values():
        parts = [code for code in whole.parts if code in present]
        if not parts:
            continue
        missing = [code for code in (whole.code, *whole.parts) if code not in present | draft.unread]
        for code in missing:
            name = draft.catalogue.indicators[code].name
            kind = "合计" if code == whole.code else "分项"
            draft.report(
                "MISSING_PART",
                f"表里有{whole.name}的分项，却缺少{kind}“{name}”{_gap(index, whole.code, parts, code)}",
                "请企业补上这一项再发；没有发生的填 0",
                column=name,
            )


def _gap(index: FactIndex, whole: str, parts: Sequence[str], missing: str) -> str:
    """How far the parts fall short of the whole, when only one part is missing."""
    if missing == whole:
        return ""
    for group in index.groups.values():
        total = group.get((whole, Span.MONTH))
        if total is None or total.value is None:
            continue
        known = sum(fact.value or 0 for code in parts if (fact := group.get((code, Span.MONTH))))
        if known != total.value:
            unit = total.indicator.base_unit
            return f"；已有分项之和 {say(known)} 与合计 {say(total.value)} 相差 {say(total.value - known, unit)}"
    return ""


def _sums(draft: Draft, index: FactIndex, group: dict[Key, Fact]) -> Iterator[Relation]:
    for (_, span), whole in list(group.items()):
        codes = whole.indicator.parts
        parts = [group[code, span] for code in codes if (code, span) in group]
        if not codes or len(parts) != len(codes) or whole.value is None or not _complete(draft, whole, parts):
            continue
        steps = sum(index.half_step(part) for part in parts)
        terms = ((whole, -1), *((part, 1) for part in parts))
        yield Relation(SUM, terms, 0, max(steps, index.half_step(whole)) // 2, whole)


def _complete(draft: Draft, whole: Fact, parts: Sequence[Fact]) -> bool:
    """All parts say something that can be added (不适用 adds nothing); reports those that do not."""
    silent = [part for part in parts if part.value is None and part.figure.state is not CellState.NOT_APPLICABLE]
    known = sum(part.value or 0 for part in parts)
    if silent and known != whole.value and draft.kind is not FileKind.NATIONAL:
        first = silent[0]
        draft.report(
            "PART_NOT_REPORTED",
            f"{who(whole)} 报了{label(whole)}合计，却没有报分项“{first.indicator.name}”",
            "请企业补报；没有发生的填 0",
            row=first.figure.row,
            column=first.figure.name,
            value=first.figure.text,
        )
    return not silent


def _cumulations(index: FactIndex, group: dict[Key, Fact]) -> Iterator[Relation]:
    for (code, span), total in list(group.items()):
        month = group.get((code, Span.MONTH))
        if span is not Span.YTD or month is None or total.value is None or month.value is None:
            continue
        before = _before(index, month)
        if not before:
            continue
        # With a revised earlier month two bases are possible; the nearer one decides.
        base, count = min(before, key=lambda b: abs(b[0] + (month.value or 0) - (total.value or 0)))
        tolerance = (index.half_step(total) + index.half_step(month) * (1 + count)) // 2
        yield Relation(CUMULATION, ((total, -1), (month, 1)), base, tolerance, total)


def _before(index: FactIndex, month_fact: Fact) -> list[tuple[int, int]]:
    """(cumulative figure before this month, number of rounded figures in it) from 上月累计 and from the months."""
    month = month_fact.month
    if month.month == 1:
        return [(0, 0)]
    found: list[tuple[int, int]] = []
    stored = index.past(month_fact, month.shift(-1), Span.YTD)
    if stored is not None:
        found.append((stored, 1))
    months = [index.past(month_fact, Month(month.year, number), Span.MONTH) for number in range(1, month.month)]
    known = [value for value in months if value is not None]
    if len(known) == len(months):
        found.append((sum(known), len(known)))
    return found


# --------------------------------------------------------------------------------------------------- reporting


def _report(draft: Draft, relation: Relation, repair: str) -> None:
    target = relation.target
    unit = target.indicator.base_unit
    difference = say(abs(relation.residual()), unit)
    name = f"{who(target)} " if draft.enterprise is None and target.enterprise else ""
    if relation.code == SUM:
        known = relation.residual() + (target.value or 0)
        message = f"{name}{label(target)}：分项之和 {say(known)} ≠ 合计 {say(target.value or 0)}，相差 {difference}"
    else:
        month = relation.terms[1][0].value or 0
        message = (
            f"{name}{label(target)} {say(target.value or 0)} ≠ 上月累计 {say(relation.constant)} + 本月 {say(month)}"
            f" = {say(relation.constant + month)}，相差 {difference}"
        )
    published = draft.kind is FileKind.NATIONAL
    draft.report(
        relation.code,
        message,
        "请核对原文；公布机关修订过的请说明"
        if published
        else repair + "请退回企业核对，或由企业来函更正；本局不改企业数",
        row=target.figure.row,
        column=target.figure.name,
        value=target.figure.text,
        # Published cumulations are revised by the publisher; that is noted, not refused.
        at_most=Severity.WARNING if published and relation.code == CUMULATION else Severity.ERROR,
    )
