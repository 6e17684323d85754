"""Cells by position → a sheet of rows; what was left out or hidden is said."""

from __future__ import annotations

from desktop_app.errors import FileRefusedError
from desktop_app.importing.grid import CellFlag, Merge, RawSheet
from desktop_app.importing.readers.guard import MAX_CELLS


def build_sheet(
    *,
    name: str,
    file: str,
    texts: dict[tuple[int, int], str],
    flags: dict[tuple[int, int], CellFlag],
    merges: list[Merge],
    hidden: bool,
    hidden_rows: list[int],
    hidden_columns: list[str],
) -> RawSheet:
    """Cells by position → rows. Lone cells far away from the table (slips of the hand) are left out and said."""
    warnings: list[str] = []
    texts, dropped = _without_strays(texts)
    if dropped:
        warnings.append(f"表格以外很远处有 {dropped} 个单元格，没有读")
    height = max((row for row, _ in texts), default=-1) + 1
    width = max((column for _, column in texts), default=-1) + 1
    if height * width > MAX_CELLS:
        raise FileRefusedError(
            f"工作表“{name}”有 {height} 行 {width} 列，太大了", hint="请只留当月的表再导入", where=file
        )
    grid = [[""] * width for _ in range(height)]
    for (row, column), text in texts.items():
        grid[row][column] = text
    shown = [number for number in hidden_rows if number <= height and any(grid[number - 1])]
    if shown:
        warnings.append(f"有 {len(shown)} 行是隐藏的（第{_some(shown)}行），也读了进来")
    if hidden_columns and texts:
        warnings.append(f"有隐藏的列（{'、'.join(hidden_columns[:5])}），也读了进来")
    flags = {place: flag for place, flag in flags.items() if place[0] < height and place[1] < width}
    kept = tuple(merge for merge in merges if merge.top < height and merge.left < width)
    return RawSheet(name, tuple(map(tuple, grid)), kept, hidden, flags, tuple(warnings))


def _some(numbers: list[int]) -> str:
    head = "、".join(map(str, sorted(numbers)[:5]))
    return head + (" 等" if len(numbers) > 5 else "")


def _without_strays(texts: dict[tuple[int, int], str]) -> tuple[dict[tuple[int, int], str], int]:
    """Drop cells behind a gap of more than 1 000 blank rows or 200 blank columns."""
    row_end = _end_before_gap(sorted({row for row, _ in texts}), 1000)
    column_end = _end_before_gap(sorted({column for _, column in texts}), 200)
    kept = {place: text for place, text in texts.items() if place[0] <= row_end and place[1] <= column_end}
    return kept, len(texts) - len(kept)


def _end_before_gap(places: list[int], gap: int) -> int:
    end = places[0] if places else -1
    for place in places:
        if place - end > gap:
            break
        end = place
    return end
