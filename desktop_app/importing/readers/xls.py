"""Old .xls (BIFF2–BIFF8, Excel and WPS) → text cells, by xlrd: it alone reads BIFF5/7 with Chinese code pages right."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from desktop_app.errors import FileRefusedError
from desktop_app.importing.grid import ERROR_CELL, CellFlag, Merge, RawBook, RawSheet
from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.readers.assemble import build_sheet
from desktop_app.importing.readers.cells import column_letter, date_text, number_text
from desktop_app.importing.readers.encrypted import decrypt, password_needed
from desktop_app.importing.readers.guard import broken

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet


def read_xls(data: bytes, name: str, options: ImportOptions) -> RawBook:
    """Every worksheet; text of books before BIFF8 is taken as GB18030 unless the user says otherwise."""
    book = _open(data, name, options)
    try:
        sheets = tuple(_read_sheet(book, sheet, name) for sheet in book.sheets())
    except FileRefusedError:
        raise
    except Exception as error:
        raise broken(name) from error
    if not sheets:
        raise FileRefusedError("工作簿里没有工作表", hint="请企业重新发一份", where=name)
    return RawBook(sheets)


def _open(data: bytes, name: str, options: ImportOptions) -> Book:
    import xlrd

    # Formats are needed for merged cells, percents and hidden rows; some writers leave them broken.
    attempts = ((True, options.encoding or "gb18030"), (False, options.encoding or "gb18030"), (False, "latin-1"))
    last: Exception | None = None
    for formatting, encoding in attempts:
        try:
            return xlrd.open_workbook(
                file_contents=data,
                logfile=io.StringIO(),
                formatting_info=formatting,
                encoding_override=encoding,
                ragged_rows=True,
            )
        except xlrd.biffh.XLRDError as error:
            if "encrypted" in str(error).lower():
                if not options.password:
                    raise password_needed(name) from None
                return _open(decrypt(data, options.password, name), name, ImportOptions(encoding=options.encoding))
            last = error
        except Exception as error:  # noqa: BLE001  (xlrd answers damaged files with any exception)
            last = error
    raise broken(name) from last


def _read_sheet(book: Book, sheet: Sheet, name: str) -> RawSheet:
    texts: dict[tuple[int, int], str] = {}
    flags: dict[tuple[int, int], CellFlag] = {}
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            text, flag = _cell_text(book, sheet, row, column)
            if text:
                texts[row, column] = text
            if flag is not None:
                flags[row, column] = flag
    return build_sheet(
        name=sheet.name,
        file=name,
        texts=texts,
        flags=flags,
        merges=[Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells],
        hidden=bool(sheet.visibility),
        hidden_rows=[number + 1 for number, info in sheet.rowinfo_map.items() if info.hidden],
        hidden_columns=[column_letter(number) for number, info in sheet.colinfo_map.items() if info.hidden],
    )


def _cell_text(book: Book, sheet: Sheet, row: int, column: int) -> tuple[str, CellFlag | None]:
    import xlrd

    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == xlrd.XL_CELL_ERROR:
        text = xlrd.error_text_from_code.get(int(value), "#ERR")
        return text, CellFlag(ERROR_CELL, text)
    if kind == xlrd.XL_CELL_NUMBER:
        text = number_text(float(value), _format(book, sheet, row, column))
    elif kind == xlrd.XL_CELL_DATE:
        text = _date(book, float(value), _format(book, sheet, row, column))
    elif kind == xlrd.XL_CELL_BOOLEAN:
        text = "TRUE" if value else "FALSE"
    else:
        text = str(value) if kind == xlrd.XL_CELL_TEXT else ""
    return text, None


def _date(book: Book, serial: float, number_format: str) -> str:
    import xlrd

    try:
        return date_text(xlrd.xldate_as_datetime(serial, book.datemode), number_format)
    except (xlrd.xldate.XLDateError, OverflowError, ValueError):
        return number_text(serial)


def _format(book: Book, sheet: Sheet, row: int, column: int) -> str:
    if not book.formatting_info:
        return "General"
    style = book.xf_list[sheet.cell_xf_index(row, column)]
    found = book.format_map.get(style.format_key)
    return found.format_str if found is not None else "General"
