"""XLSX and XLSM (values only) → text cells, by openpyxl, with guards before it.

Its normal mode is used: the read-only mode trusts a wrong sheet dimension. Formulas are looked at only where a sheet
has any, to tell a formula without a saved value from an empty cell. See docs/decisions/0008-reading-workbooks.md.
"""

from __future__ import annotations

import io
import re
import warnings as python_warnings
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from desktop_app.errors import FileRefusedError
from desktop_app.importing.grid import ERROR_CELL, FORMULA_WITHOUT_VALUE, CellFlag, RawBook, RawSheet
from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.readers.assemble import build_sheet
from desktop_app.importing.readers.cells import date_text, number_text
from desktop_app.importing.readers.guard import DAMAGE, broken, check_archive
from desktop_app.importing.readers.xlsx_parts import SheetPart, distil

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How OOXML writes a control character."""


def read_xlsx(data: bytes, name: str, options: ImportOptions) -> RawBook:  # noqa: ARG001  (every reader has this form)
    """Every worksheet with its saved values; chart sheets and macros are left alone.

    :raises FileRefusedError: damaged, dangerous, too large, or without a worksheet.
    """
    check_archive(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            small = distil(archive, name)
    except (*DAMAGE, ET.ParseError) as error:
        raise broken(name) from error
    if not small.sheets:
        raise FileRefusedError("工作簿里没有工作表", hint="请企业重新发一份", where=name)
    book = _load(small.data, name, values=True)
    formulas = _load(small.data, name, values=False) if small.formulas else None
    return RawBook(
        tuple(
            _read_sheet(sheet, formulas.worksheets[number] if formulas is not None else None, part, name)
            for number, (sheet, part) in enumerate(zip(book.worksheets, small.sheets, strict=True))
        )
    )


def _load(data: bytes, name: str, *, values: bool) -> Workbook:
    import openpyxl

    try:
        with python_warnings.catch_warnings():
            # openpyxl warns about dates beyond its calendar; such cells come as error cells.
            python_warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(data), data_only=values, keep_links=False, rich_text=False)
    except MemoryError:
        raise
    except Exception as error:
        # A damaged sheet ends in whatever the parser trips over: KeyError, ValueError, XML errors …
        raise broken(name) from error


def _read_sheet(sheet: Worksheet, twin: Worksheet | None, part: SheetPart, file: str) -> RawSheet:
    texts: dict[tuple[int, int], str] = {}
    flags: dict[tuple[int, int], CellFlag] = {}
    # Only the cells that exist: iter_rows would fill every gap up to a stray far cell with new objects.
    others = twin._cells if twin is not None else {}  # noqa: SLF001
    for (row, column), cell in sheet._cells.items():  # noqa: SLF001
        text, flag = _cell_text(cell, others.get((row, column)))
        if text:
            texts[row - 1, column - 1] = text
        if flag is not None and (flag.code != FORMULA_WITHOUT_VALUE or (row, column) not in part.empty_results):
            flags[row - 1, column - 1] = flag
    return build_sheet(
        name=part.name,
        file=file,
        texts=texts,
        flags=flags,
        merges=list(part.merges),
        hidden=part.hidden,
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
    text = str(value)
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _formula_text(value: object) -> str:
    return str(getattr(value, "text", value))
