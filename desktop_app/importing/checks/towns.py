"""The figures of the towns against the county's (TOWN_SUM)."""

from __future__ import annotations

from collections import defaultdict

from desktop_app.catalogue.model import Kind
from desktop_app.importing.amounts import amount_at
from desktop_app.importing.checks.facts import FactIndex, label, say
from desktop_app.importing.convert import to_stored
from desktop_app.importing.draft import Draft, Fact
from desktop_app.importing.recognise.figures import Aspect
from desktop_app.importing.recognise.towns import TownIndex
from desktop_app.models.values import Month, Span

Key = tuple[str, Month, Span, int | None]


def check(draft: Draft, index: FactIndex) -> None:
    """Towns of the file (and of the ledger, where the file leaves some out) against the county's figure.

    The county's is the file's or the ledger's own; a figure of companies is the sum of all companies that were open.
    With every town known the sums must agree; with some missing, the others may not exceed it.
    """
    county = draft.context.region
    if not draft.rules.asks("TOWN_SUM") or all(fact.region == county for fact in draft.facts):
        return
    _county_rows(draft)
    wanted = list(TownIndex(draft.context.villages).names)
    told: dict[Key, dict[str, Fact]] = defaultdict(dict)
    for fact in draft.facts:
        if fact.region in wanted and fact.indicator.kind in {Kind.FLOW, Kind.STOCK} and fact.value is not None:
            company = fact.enterprise.id if fact.enterprise else None
            told[fact.indicator.code, fact.month, fact.span, company][fact.region] = fact
    for key, towns in told.items():
        whole = _county(draft, index, county, key)
        if whole is not None:
            _compare(draft, index, key, wanted, towns, whole)


def _county_rows(draft: Draft) -> None:
    """A row 全县 of the table against the rows of its towns."""
    for row in draft.county_rows:
        for column, (figure, unit) in draft.figure_units.items():
            amount = amount_at(draft, row, column)
            cells = [fact.figure for fact in draft.facts if fact.figure.column == column and fact.value is not None]
            if amount.number is None or figure.aspect not in {Aspect.MONTH, Aspect.YTD} or not cells:
                continue
            stored, _ = to_stored(amount.number, unit)
            total = sum(cell.stored or 0 for cell in cells)
            slack = sum(cell.step for cell in cells) // 2 if unit.factor != 1 else 0
            if abs(total - stored) > slack:
                draft.report(
                    "TOWN_SUM",
                    f"“{figure.name}”全县 {say(stored)} ≠ 各乡镇之和 {say(total)}，"
                    f"相差 {say(abs(total - stored), unit.base)}",
                    "请核对是哪个乡镇错了，还是漏了乡镇，并说明原因",
                    row=row,
                    column=figure.name,
                    value=draft.cell(row, column),
                )


def _county(draft: Draft, index: FactIndex, county: str, key: Key) -> int | None:
    code, month, span, company = key
    own = index.known((county, company, month), code, span)
    if own is not None or company is not None:
        return own
    total, seen = 0, False
    for enterprise in draft.context.enterprises:
        if (enterprise.opened and month < enterprise.opened) or (enterprise.closed and month > enterprise.closed):
            continue
        value = index.known((county, enterprise.id, month), code, span)
        if value is None:
            return None
        total, seen = total + value, True
    return total if seen else None


def _compare(draft: Draft, index: FactIndex, key: Key, wanted: list[str], towns: dict[str, Fact], whole: int) -> None:
    code, month, span, company = key
    values = {
        town: towns[town].value if town in towns else index.known((town, company, month), code, span) for town in wanted
    }
    known = [value for value in values.values() if value is not None]
    total = sum(known)
    slack = sum(index.half_step(fact) for fact in towns.values()) // 2
    complete = len(known) == len(wanted)
    if total <= whole + slack and (not complete or total >= whole - slack):
        return
    first = next(iter(towns.values()))
    unit = first.indicator.base_unit
    which = f"{len(wanted)} 个乡镇" if complete else f"{len(known)} 个乡镇（共 {len(wanted)} 个）"
    draft.report(
        "TOWN_SUM",
        f"{month.label}{label(first)}：{which}之和 {say(total)} {'≠' if complete else '>'} 全县 {say(whole)}，"
        f"相差 {say(abs(total - whole), unit)}",
        "请核对是哪个乡镇错了，还是口径不同（如只算主要品牌），并说明原因",
        row=first.figure.row,
        column=first.figure.name,
        value=first.figure.text,
    )
