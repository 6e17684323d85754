"""XLSX and XLSM (values only) → text cells, by openpyxl.

Its read-only mode trusts a wrong sheet dimension, so the full mode is used; sizes are checked before.
"""

from __future__ import annotations

import io
import warnings as python_warnings
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from desktop_app.errors import FileRefusedError
from desktop_app.importing.grid import (
    ERROR_CELL,
    FORMULA_WITHOUT_VALUE,
    CellFlag,
    Merge,
    RawBook,
    RawSheet,
)
from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.readers.cells import date_text, number_text
from desktop_app.importing.readers.guard import MAX_CELLS, broken, check_archive

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def read_xlsx(data: bytes, name: str, options: ImportOptions) -> RawBook:  # noqa: ARG001  (every reader has this form)
    """Every worksheet with cached values; chart sheets and macros are left alone."""
    has_formulas = check_archive(data, name)
    book = _load(data, name, values=True)
    formulas = _load(data, name, values=False) if has_formulas else None
    sheets = []
    for sheet in book.worksheets:
        twin = formulas[sheet.title] if formulas is not None and sheet.title in formulas.sheetnames else None
        sheets.append(_read_sheet(sheet, twin, name))
    if not sheets:
        raise FileRefusedError("工作簿里没有工作表", hint="请企业重新发一份", where=name)
    return RawBook(tuple(sheets))


def _load(data: bytes, name: str, *, values: bool) -> Workbook:
    import openpyxl

    try:
        with python_warnings.catch_warnings():
            # openpyxl warns about drop-down lists and styles that it does not keep; we read values only.
            python_warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(data), data_only=values, keep_links=False, rich_text=False)
    except MemoryError:
        raise
    except Exception as error:
        # openpyxl answers damaged files with whatever its parser trips over: KeyError, ValueError, XML errors …
        raise broken(name) from error


def _read_sheet(sheet: Worksheet, formulas: Worksheet | None, name: str) -> RawSheet:
    # Real extent from the cells that exist; max_row is computed from them, not from the written dimension.
    cells = sheet._cells  # noqa: SLF001  (iter_rows would fill every gap up to a stray far cell with new objects)
    texts: dict[tuple[int, int], str] = {}
    flags: dict[tuple[int, int], CellFlag] = {}
    for (row, column), cell in cells.items():
        text, flag = _cell_text(cell, formulas._cells.get((row, column)) if formulas else None)  # noqa: SLF001
        if text:
            texts[row - 1, column - 1] = text
        if flag is not None:
            flags[row - 1, column - 1] = flag
    return build_sheet(
        name=sheet.title,
        file=name,
        texts=texts,
        flags=flags,
        merges=[Merge(r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1) for r in sheet.merged_cells.ranges],
        hidden=sheet.sheet_state != "visible",
        hidden_rows=[number for number, dim in sheet.row_dimensions.items() if dim.hidden],
        hidden_columns=[letter for letter, dim in sheet.column_dimensions.items() if dim.hidden],
    )


def _cell_text(cell: Cell | MergedCell, twin: Cell | MergedCell | None) -> tuple[str, CellFlag | None]:
    value = cell.value
    if value is None:
        unsaved = twin is not None and twin.data_type == "f"
        return "", CellFlag(FORMULA_WITHOUT_VALUE, _formula_text(twin.value)) if unsaved and twin else None
    if cell.data_type == "e":
        return str(value), CellFlag(ERROR_CELL, str(value))
    return _value_text(value, str(getattr(cell, "number_format", ""))), None


def _value_text(value: object, number_format: str) -> str:
    if isinstance(value, datetime | date | time | timedelta):
        return date_text(value, number_format)
    if isinstance(value, int | float):
        return number_text(value, number_format)
    return str(value)


def _formula_text(value: object) -> str:
    text = getattr(value, "text", value)
    return str(text)


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
