"""The table's own 合计 and 小计 against the sums of its rows."""

from __future__ import annotations

from collections import defaultdict

from desktop_app.catalogue.model import Unit
from desktop_app.importing.checks.facts import FactIndex, say
from desktop_app.importing.convert import read_amount, to_stored
from desktop_app.importing.draft import Draft
from desktop_app.importing.plan import RowRole
from desktop_app.importing.recognise.figures import Aspect
from desktop_app.models.values import SCALE


def check(draft: Draft, index: FactIndex) -> None:
    """Every total of a stored column; 小计 counts the rows since the last one, 合计 all rows above."""
    if not draft.figure_units or draft.broken_rows:
        return
    values: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    for fact in draft.facts:
        if fact.value is not None:
            values[fact.figure.row][fact.figure.column] = fact.value, index.half_step(fact)
    since: list[int] = []
    above: list[int] = []
    for row, role in draft.body():
        if role is RowRole.DATA:
            since.append(row)
            above.append(row)
            continue
        partial = any("小计" in "".join(cell.split()) for cell in draft.table.cells[row][:4])
        _compare(draft, row, since if partial else above, values)
        since = []


def _as_written(draft: Draft, column: int, rows: list[int], unit: Unit, known: int) -> int:
    """The sum with the cells whose unit was repaired counted as they stand; ``known`` where there are none."""
    for fact in draft.facts:
        figure, amount = fact.figure, fact.figure.amount
        repaired = figure.column == column and figure.row in rows and (figure.row, column) in draft.repairs
        if repaired and amount.number is not None:
            known += to_stored(amount.number, unit)[0] - (fact.value or 0)
    return known


def _compare(draft: Draft, total: int, rows: list[int], values: dict[int, dict[int, tuple[int, int]]]) -> None:
    for column, (figure, unit) in draft.figure_units.items():
        if figure.aspect not in {Aspect.MONTH, Aspect.YTD}:
            continue
        text = draft.cell(total, column)
        amount = read_amount(text)
        if amount.number is None:
            continue
        cells = [values[row][column] for row in rows if column in values[row]]
        stored, _ = to_stored(amount.number, unit)
        step, _ = to_stored(amount.step, unit)
        exact = step <= SCALE and unit.base != "元"
        steps = sum(half for _, half in cells)
        tolerance = 0 if exact and not steps else max(steps, step) // 2
        known = sum(value for value, _ in cells)
        if abs(known - stored) > tolerance:
            # The total may have been added up before a unit was repaired.
            known = _as_written(draft, column, rows, unit, known)
        if abs(known - stored) > tolerance:
            draft.report(
                "TOTAL_MISMATCH",
                f"“{figure.name}”合计 {say(stored)} ≠ 各行之和 {say(known)}，"
                f"相差 {say(abs(known - stored), unit.base)}",
                "请核对是合计写错，还是漏了或多了一行",
                row=total,
                column=figure.name,
                value=text,
            )
