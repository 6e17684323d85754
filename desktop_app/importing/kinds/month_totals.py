"""Columns of a table of months that sum others up (合计, 二季度): compared with the months, never stored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop_app.importing.amounts import amount_at
from desktop_app.importing.checks.facts import say
from desktop_app.importing.convert import to_stored
from desktop_app.importing.draft import Draft, Fact
from desktop_app.importing.recognise.months import plain_date
from desktop_app.models.values import SCALE, Month, Span

_TOTAL = re.compile(r"(?:各月|全年|本年|年度|总)?(?:合计|总计|共计|小计|总数|总量|总额)(?:数)?(?:[(（].*[)）])?")
_QUARTER = re.compile(r"(?:20\d\d年?)?第?([二三四234])季度?(?:合计|小计|累计)?|(?:20\d\d年?)?Q([234])")
_RANGE = re.compile(r"(?:20\d\d年?)?(1[0-2]|[2-9])月?\s*[-至到]\s*(1[0-2]|[2-9])月(?:合计|小计|累计)?")
_NUMBERS = {**dict(zip("二三四", (2, 3, 4), strict=True)), **{str(n): n for n in (2, 3, 4)}}


def check_totals(draft: Draft, months: Sequence[tuple[int, Month]]) -> None:
    """Report every row whose 合计 or quarter is not the sum of its months.

    :param months: the columns of single months with their months.
    """
    stretches = list(_stretches(draft, months))
    if not stretches:
        return
    by_row: dict[int, list[Fact]] = {}
    for fact in draft.facts:
        if fact.span is Span.MONTH and fact.indicator.kind.adds_over_months:
            by_row.setdefault(fact.figure.row, []).append(fact)
    for row, facts in by_row.items():
        for column, name, columns in stretches:
            counted = [fact for fact in facts if fact.figure.column in columns]
            if len(counted) == len(columns) and len({fact.indicator.code for fact in counted}) == 1:
                _compare(draft, row, column, name, counted)


def _stretches(draft: Draft, months: Sequence[tuple[int, Month]]) -> Iterator[tuple[int, str, set[int]]]:
    """Columns that sum up others, with the columns that they sum up: those of the months, one year's only."""
    own = {column for column, _ in months}
    for column, levels in enumerate(draft.levels[: draft.table.width]):
        if column in own or not levels or column in draft.said:
            continue
        first, last = _months_of(levels)
        counted = {place: month for place, month in months if first <= month.month <= last}
        years = {month.year for month in counted.values()}
        whole = first == 0 or {month.month for month in counted.values()} == set(range(first, last + 1))
        if len(counted) > 1 and len(years) == 1 and len(set(counted.values())) == len(counted) and whole:
            yield column, draft.shown[column], set(counted)


def _months_of(levels: Sequence[str]) -> tuple[int, int]:
    """First and last month that a head sums up: all of them for 合计 (from 0), none (1, 0) for any other head."""
    text = plain_date("".join(levels)).strip()
    if _TOTAL.fullmatch(text):
        return 0, 12
    if match := _QUARTER.fullmatch(text):
        number = _NUMBERS[match[1] or match[2]]
        return number * 3 - 2, number * 3
    if match := _RANGE.fullmatch(text):
        return int(match[1]), int(match[2])
    return (7, 12) if text.endswith("下半年") else (1, 0)


def _compare(draft: Draft, row: int, column: int, name: str, facts: Sequence[Fact]) -> None:
    amount = amount_at(draft, row, column)
    unit = facts[0].figure.unit
    values = [fact.value for fact in facts if fact.value is not None]
    if amount.number is None or unit is None or len(values) < len(facts):
        return
    stored, _ = to_stored(amount.number, unit)
    step, _ = to_stored(amount.step, unit)
    steps = [fact.figure.step for fact in facts]
    exact = max([step, *steps]) <= SCALE and unit.base != "元"
    tolerance = 0 if exact else (step + sum(steps)) // 2
    if abs(sum(values) - stored) > tolerance:
        base = facts[0].indicator.base_unit
        draft.report(
            "TOTAL_MISMATCH",
            f"“{name}”写的是 {say(stored, base)}，{len(facts)} 个月加起来是 {say(sum(values), base)}",
            "请核对是合计写错，还是哪个月写错",
            row=row,
            column=name,
            value=draft.cell(row, column),
        )
