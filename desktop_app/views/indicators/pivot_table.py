"""The table of 透视: its columns, turned round (行列互换), and as a sheet."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from desktop_app.services.results.pivot import LineKind, PivotLine, PivotTable
from desktop_app.services.results.tables import SheetCell, TableSheet
from desktop_app.services.results.tone import Tone
from desktop_app.views.qtmodels.columns import Align, Column


def _cell(number: int, head: str, key: str, kind: LineKind) -> Column[PivotLine]:
    total = "total_soft" if kind is LineKind.TOTAL else ""
    return Column(
        head,
        lambda line: line.cells[number].text,
        Align.RIGHT,
        tone=lambda line: _tone(line, number, kind),
        tip=lambda line: line.cells[number].tip,
        ground=lambda line: total or _ground(line),
        head_tip=key,
    )


def _tone(line: PivotLine, number: int, kind: LineKind) -> Tone | None:
    if LineKind.NOTE in {line.kind, kind}:
        return Tone.WARN
    return None if line.cells[number].value is not None else Tone.NEUTRAL


def _ground(line: PivotLine) -> str:
    return "total_soft" if line.kind is LineKind.TOTAL else ""


@lru_cache(maxsize=32)
def pivot_columns(
    first: str, heads: tuple[str, ...], keys: tuple[str, ...], kinds: tuple[LineKind, ...] = ()
) -> tuple[Column[PivotLine], ...]:
    """The name of the line and one column per head; ``kinds``: what the columns are, where they are lines."""
    lead: Column[PivotLine] = Column(first, lambda line: line.name, ground=_ground)
    known = kinds or (LineKind.ROW,) * len(heads)
    return (lead, *(_cell(n, *each) for n, each in enumerate(zip(heads, keys, known, strict=True))))


def turned(table: PivotTable) -> PivotTable:
    """Periods down, what were the lines across; the whole stretch is the line of the total."""
    lines = tuple(
        PivotLine(
            key, head, tuple(line.cells[n] for line in table.lines), LineKind.TOTAL if ".." in key else LineKind.ROW
        )
        for n, (head, key) in enumerate(zip(table.heads, table.keys, strict=True))
    )
    return replace(
        table,
        heads=tuple(line.name for line in table.lines),
        keys=tuple(line.name for line in table.lines),
        kinds=tuple(line.kind for line in table.lines),
        lines=lines,
    )


def pivot_sheet(table: PivotTable, first: str, subtitle: str) -> TableSheet:
    """The pivot as numbers; states stay words."""
    rows: list[tuple[SheetCell, ...]] = [
        (line.name, *(cell.value if cell.value is not None else cell.text for cell in line.cells))
        for line in table.lines
    ]
    bold = frozenset(n for n, line in enumerate(table.lines) if line.kind is LineKind.TOTAL)
    return TableSheet(f"{table.name}透视", subtitle, (first, *table.heads), tuple(rows), table.notes, bold, "透视")
