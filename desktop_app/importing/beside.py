"""Words scribbled beside the table of a worksheet, an empty column away: they belong to no row."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.importing.heads import Head
from desktop_app.importing.lines import is_number

_TOLD = 3
_FEW = 2

Grid = tuple[tuple[str, ...], ...]


def without_side_cells(cells: Grid, head: Head, warnings: list[str]) -> Grid:
    """The cells without what stands right of an empty column where no column has a name.

    Only where few lines have such cells: a column that is filled from top to bottom is one whose name is missing.

    :param warnings: what was left out is added; with figures among it the user is asked.
    """
    named = max((column for column, levels in enumerate(head.levels) if levels), default=-1) + 1
    first = head.rows[0]
    if any(row[named : named + 1] != ("",) for row in cells[first:]):
        return cells
    found = [(place, row[named:]) for place, row in enumerate(cells) if place >= first and any(row[named:])]
    lines = sum(map(any, cells[head.last + 1 :]))
    if not found or len(found) > max(_FEW, lines // 3):
        return cells
    warnings.append(_told(found))
    if not any(any(row[named:]) for row in cells[:first]):
        return tuple(row[:named] for row in cells)
    gap = ("",) * (len(cells[0]) - named)
    return tuple(row if place < first else row[:named] + gap for place, row in enumerate(cells))


def _told(found: Sequence[tuple[int, Sequence[str]]]) -> str:
    texts = [f"第{place + 1}行“{cell[:20]}”" for place, row in found for cell in row if cell]
    words = "、".join(texts[:_TOLD]) + (f" 等 {len(texts)} 格" if len(texts) > _TOLD else "")
    figures = any(is_number(cell) for _, row in found for cell in row)
    return f"表格右边隔着空列还有字，不在表里，没有{'读' if figures else '当数据'}：{words}"
