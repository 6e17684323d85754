"""The table's own 合计 and 小计 against the sums of its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from desktop_app.catalogue.model import Unit
from desktop_app.importing.amounts import amount_at
from desktop_app.importing.checks.facts import FactIndex, say
from desktop_app.importing.convert import to_stored
from desktop_app.importing.draft import Draft
from desktop_app.importing.own_total import OwnTotal
from desktop_app.importing.plan import RowRole
from desktop_app.importing.recognise.figures import Aspect, FigureColumn
from desktop_app.models.values import SCALE, Span


@dataclass(frozen=True)
class _Stated:
    """A total that stands in the table: what it says, what its rows sum up to (both fixed-point)."""

    row: int
    figure: FigureColumn
    unit: Unit
    text: str
    stored: int
    known: int
    tolerance: int
    partial: bool

    @property
    def agrees(self) -> bool:
        """Within the rounding of what is written."""
        return abs(self.known - self.stored) <= self.tolerance


def check(draft: Draft, index: FactIndex) -> None:
    """Every total of a stored column; 小计 counts the rows since the last one, 合计 all rows above.

    A total that stands before its rows counts those below it: 合计 all of them, 小计 those down to the next total.

    The totals of the month's columns (of 累计 where the file has nothing else) are kept to be shown beside the control
    totals; where rows have fallen out, they cannot agree and are not reported a second time.
    """
    if not draft.figure_units:
        return
    sound = not draft.broken_rows
    monthly = {fact.indicator.code for fact in draft.facts if fact.span is Span.MONTH}
    for stated in _stated(draft, index):
        shown = stated.figure.aspect is Aspect.MONTH or stated.figure.indicator.code not in monthly
        if shown and not stated.partial:
            draft.own_totals[stated.figure.indicator.code] = OwnTotal(stated.stored, stated.known, stated.agrees)
        if sound and not stated.agrees:
            _report(draft, stated)


def _stated(draft: Draft, index: FactIndex) -> Iterator[_Stated]:
    values: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    for fact in draft.facts:
        if fact.value is not None:
            values[fact.figure.row][fact.figure.column] = fact.value, index.half_step(fact)
    for row, partial, rows in _totalled(draft):
        for column, (figure, unit) in draft.figure_units.items():
            amount = amount_at(draft, row, column)
            if figure.aspect not in {Aspect.MONTH, Aspect.YTD} or amount.number is None:
                continue
            cells = [values[each][column] for each in rows if column in values[each]]
            stored, _ = to_stored(amount.number, unit)
            step, _ = to_stored(amount.step, unit)
            steps = sum(half for _, half in cells)
            exact = step <= SCALE and unit.base != "元" and not steps
            known = sum(value for value, _ in cells)
            tolerance = 0 if exact else max(steps, step) // 2
            if abs(known - stored) > tolerance:
                # The total may have been added up before a unit was repaired.
                known = _as_written(draft, column, rows, unit, known)
            yield _Stated(row, figure, unit, draft.cell(row, column), stored, known, tolerance, partial)


def _totalled(draft: Draft) -> Iterator[tuple[int, bool, list[int]]]:
    """Each total with whether it is a 小计 and the rows that it counts."""
    body = list(draft.body())
    leads = bool(body) and body[0][1] is RowRole.TOTAL
    rows = [row for row, role in body if role is RowRole.DATA]
    for place, (row, role) in enumerate(body):
        if role is RowRole.DATA:
            continue
        partial = any("小计" in "".join(cell.split()) for cell in draft.table.cells[row][:4])
        above = [each for each in rows if each < row]
        if partial:
            beside = body[place + 1 :] if leads else body[:place][::-1]
            counted = [each for each, _ in takewhile(lambda line: line[1] is RowRole.DATA, beside)]
            yield row, True, counted or above
        else:
            yield row, False, above or rows


def _report(draft: Draft, stated: _Stated) -> None:
    difference = say(abs(stated.known - stated.stored), stated.unit.base)
    draft.report(
        "TOTAL_MISMATCH",
        f"“{stated.figure.name}”合计 {say(stated.stored)} ≠ 各行之和 {say(stated.known)}，相差 {difference}",
        "请核对是合计写错，还是漏了或多了一行",
        row=stated.row,
        column=stated.figure.name,
        value=stated.text,
    )


def _as_written(draft: Draft, column: int, rows: list[int], unit: Unit, known: int) -> int:
    """The sum with the cells whose unit was repaired counted as they stand; ``known`` where there are none."""
    for fact in draft.facts:
        figure, amount = fact.figure, fact.figure.amount
        repaired = figure.column == column and figure.row in rows and (figure.row, column) in draft.repairs
        if repaired and amount.number is not None:
            known += to_stored(amount.number, unit)[0] - (fact.value or 0)
    return known
