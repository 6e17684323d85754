"""Excel 2003 XML (SpreadsheetML), which many systems export under .xls → text cells.

Its elements are taken as they come, without a tree: neither deep nesting nor a large file fills the memory.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

from desktop_app.errors import FileRefusedError
from desktop_app.importing.grid import ERROR_CELL, FORMULA_WITHOUT_VALUE, CellFlag, Merge, RawBook, RawSheet
from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.readers.assemble import build_sheet
from desktop_app.importing.readers.cells import column_letter, date_text, number_text
from desktop_app.importing.readers.encoding import decode
from desktop_app.importing.readers.guard import MAX_BOOK_CELLS, MAX_MERGES, broken

_MAX_TAGS = 7 * MAX_BOOK_CELLS
_MAX_ROW, _MAX_COLUMN = 1_048_576, 16_384
_NAMED_FORMATS = {"Percent": "0.00%", "Short Date": "yyyy-m-d", "Medium Date": "yyyy-m-d", "Long Date": "yyyy-m-d"}
_EPOCH_END = datetime(1900, 1, 1)  # noqa: DTZ001  (a cell knows no time zone)
"""A day before it is how the format writes a time without a day."""


def read_xml_sheet(data: bytes, name: str, options: ImportOptions) -> RawBook:
    """Every worksheet with its saved values; the encoding is found as for text, whatever the declaration says.

    :raises FileRefusedError: damaged, too large, with declared entities, or without a worksheet.
    """
    decoded = decode(data, name, options.encoding)
    text = decoded.text.lstrip("\ufeff \t\r\n")
    if text.startswith("<?xml"):
        # The declaration names the encoding of the bytes, which the text has no more.
        text = text[text.find("?>") + 2 :]
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise FileRefusedError("工作簿里有不该有的内容，没有打开", hint="请企业另存一份新的再发", where=name)
    if text.count("<") > _MAX_TAGS:
        raise _too_many(name)
    book = _Book(name)
    parser = ET.XMLParser(target=book)  # noqa: S314  (entities were refused before)
    try:
        parser.feed(text)
        parser.close()
    except (ET.ParseError, ValueError, OverflowError) as error:
        raise broken(name) from error
    if not book.sheets:
        raise FileRefusedError("工作簿里没有工作表", hint="请企业重新发一份", where=name)
    return RawBook(tuple(book.sheets), decoded.encoding, warnings=("这是 Excel 2003 的 XML 表格，按工作簿读",))


class _Book:
    """What the parser calls: keeps the sheet, row and cell that are open."""

    def __init__(self, file: str) -> None:
        self.sheets: list[RawSheet] = []
        self._file = file
        self._path: list[str] = []
        self._formats: dict[str, str] = {}
        self._style = ""
        self._parents: dict[str, str] = {}
        self._cells = 0
        self._begin({})

    def _begin(self, attributes: Mapping[str, str]) -> None:
        self._name = attributes.get("Name", "")
        self._texts: dict[tuple[int, int], str] = {}
        self._flags: dict[tuple[int, int], CellFlag] = {}
        self._merges: list[Merge] = []
        self._hidden = False
        self._hidden_rows: list[int] = []
        self._hidden_columns: list[str] = []
        self._column_styles: dict[int, str] = {}
        self._row = self._column = -1
        self._row_style = ""
        self._cell: Mapping[str, str] = {}
        self._kind = ""
        self._words: list[str] | None = None
        self._next_column = self._next_row = 0

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        """An element opens."""
        local = _local(tag)
        attributes = {_local(key): value for key, value in attrib.items()}
        self._path.append(local)
        inside = self._path[-2] if len(self._path) > 1 else ""
        if local == "Worksheet":
            self._begin(attributes)
        elif local == "Style":
            self._style = attributes.get("ID", "")
            self._parents[self._style] = attributes.get("Parent", "")
        elif local == "NumberFormat":
            found = attributes.get("Format", "")
            self._formats[self._style] = _NAMED_FORMATS.get(found, found)
        elif (local, inside) == ("Column", "Table"):
            self._open_column(attributes)
        elif (local, inside) == ("Row", "Table"):
            self._open_row(attributes)
        elif (local, inside) == ("Cell", "Row"):
            self._open_cell(attributes)
        elif (local, inside) == ("Data", "Cell"):
            # The words of a remark (批注) lie in a Data of their own, one step deeper.
            self._kind, self._words = attributes.get("Type", "String"), []
        elif local == "Visible":
            self._words = []

    def data(self, text: str) -> None:
        """Words of an element, in pieces."""
        if self._words is not None:
            self._words.append(text)

    def end(self, tag: str) -> None:
        """An element closes."""
        local = _local(tag)
        self._path.pop()
        inside = self._path[-1] if self._path else ""
        if (local, inside) == ("Data", "Cell"):
            self._store("".join(self._words or ()))
            self._words = None
        elif local == "Visible":
            self._hidden = "".join(self._words or ()).strip() in {"SheetHidden", "SheetVeryHidden"}
            self._words = None
        elif (local, inside) == ("Cell", "Row"):
            self._close_cell()
        elif local == "Worksheet":
            self._close_sheet()

    def close(self) -> None:
        """The file has ended."""

    def _open_column(self, attributes: Mapping[str, str]) -> None:
        first = _number_of(attributes, "Index", self._next_column + 1) - 1
        last = min(first + _number_of(attributes, "Span", 0), _MAX_COLUMN)
        if attributes.get("Hidden") == "1":
            self._hidden_columns += [column_letter(place) for place in range(first, last + 1)]
        if style := attributes.get("StyleID", ""):
            self._column_styles |= dict.fromkeys(range(first, last + 1), style)
        self._next_column = last + 1

    def _open_row(self, attributes: Mapping[str, str]) -> None:
        self._row = _number_of(attributes, "Index", self._next_row + 1) - 1
        self._next_row = self._row + 1 + _number_of(attributes, "Span", 0)
        if not 0 <= self._row < _MAX_ROW:
            raise broken(self._file)
        if attributes.get("Hidden") == "1":
            self._hidden_rows.append(self._row + 1)
        self._row_style, self._next_column = attributes.get("StyleID", ""), 0

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        self._column = _number_of(attributes, "Index", self._next_column + 1) - 1
        right, down = _number_of(attributes, "MergeAcross", 0), _number_of(attributes, "MergeDown", 0)
        self._next_column = self._column + 1 + right
        self._cells += 1
        if not 0 <= self._column < _MAX_COLUMN:
            raise broken(self._file)
        if self._cells > MAX_BOOK_CELLS or len(self._merges) > MAX_MERGES:
            raise _too_many(self._file)
        if right or down:
            bottom, edge = min(self._row + down, _MAX_ROW - 1), min(self._column + right, _MAX_COLUMN - 1)
            self._merges.append(Merge(self._row, self._column, bottom, edge))
        self._cell = attributes

    def _store(self, words: str) -> None:
        place = self._row, self._column
        if self._kind == "Error":
            self._flags[place] = CellFlag(ERROR_CELL, words)
        text = _text(words, self._kind, self._format())
        if text:
            self._texts[place] = text

    def _close_cell(self) -> None:
        place = self._row, self._column
        if "Formula" in self._cell and not self._kind:
            self._flags[place] = CellFlag(FORMULA_WITHOUT_VALUE, self._cell["Formula"])
        self._cell, self._kind = {}, ""

    def _format(self) -> str:
        style = self._cell.get("StyleID") or self._row_style or self._column_styles.get(self._column, "")
        for _ in range(8):
            if style in self._formats or not style:
                break
            style = self._parents.get(style, "")
        return self._formats.get(style, "")

    def _close_sheet(self) -> None:
        self.sheets.append(
            build_sheet(
                name=self._name,
                file=self._file,
                texts=self._texts,
                flags=self._flags,
                merges=self._merges,
                hidden=self._hidden,
                hidden_rows=self._hidden_rows,
                hidden_columns=self._hidden_columns,
            )
        )
        self._begin({})


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2]


def _number_of(attributes: Mapping[str, str], key: str, otherwise: int) -> int:
    text = attributes.get(key, "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        message = f"{key}={text[:20]}"
        raise ValueError(message)
    return int(text)


def _text(words: str, kind: str, number_format: str) -> str:
    """Value as written in the file → the text that a person sees in the cell."""
    if kind == "Number":
        number = float(words)
        return number_text(number, number_format) if math.isfinite(number) else words
    if kind == "DateTime":
        moment = datetime.fromisoformat(words.strip())
        return date_text(_seconds(moment) if moment >= _EPOCH_END else moment.time(), number_format)
    if kind == "Boolean":
        return "TRUE" if words.strip() == "1" else "FALSE"
    return words


def _seconds(moment: datetime) -> datetime:
    """Without the parts of a second that a stored day leaves behind."""
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)


def _too_many(file: str) -> FileRefusedError:
    return FileRefusedError("工作簿里的单元格太多了", hint="请只留当月的表，另存为 .xlsx 后再导入", where=file)
