"""ODS (OpenDocument 表格, ISO/IEC 26300) → text cells, straight from content.xml.

The libraries for it (odfpy, ezodf) have not been kept for years or build the whole tree in memory with every repeated
cell; what a table needs is a handful of elements.
"""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree as ET

from desktop_app.errors import FileRefusedError
from desktop_app.importing.grid import ERROR_CELL, CellFlag, Merge, RawBook, RawSheet
from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.readers.assemble import build_sheet
from desktop_app.importing.readers.cells import column_letter, number_text
from desktop_app.importing.readers.encrypted import password_needed
from desktop_app.importing.readers.guard import DAMAGE, MAX_BOOK_CELLS, broken, check_archive

_MAX_REPEATED = 1000
"""A filled cell repeated more often is a formatted rest of the sheet, not data."""
_MAX_COLUMNS = 16_384
_MAX_TAGS = 7 * MAX_BOOK_CELLS
"""Beginnings and ends of elements; a cell of text takes four, one of several lines or spans more."""
_HIDDEN = {"collapse", "filter"}


def read_ods(data: bytes, name: str, options: ImportOptions) -> RawBook:  # noqa: ARG001  (every reader has this form)
    """Every sheet with its saved values.

    :raises FileRefusedError: damaged, encrypted, too large, or without a sheet.
    """
    check_archive(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise password_needed(name)
            content = archive.read("content.xml")
            if content.count(b"<") > _MAX_TAGS:
                raise _too_many(name)
            root = ET.fromstring(content)  # noqa: S314  (entities were refused before)
            del content
    except (*DAMAGE, ET.ParseError) as error:
        raise broken(name) from error
    hidden = _hidden_styles(root)
    try:
        sheets = tuple(_Sheet(e, hidden, name).read() for e in root.iter() if _tag(e) == "table:table")
    except (ValueError, InvalidOperation) as error:
        raise broken(name) from error
    if not sheets:
        raise FileRefusedError("工作簿里没有工作表", hint="请企业重新发一份", where=name)
    return RawBook(sheets)


def _tag(element: ET.Element) -> str:
    space, _, local = element.tag.rpartition("}")
    return f"{space.rsplit(':', 2)[-2]}:{local}" if space else local


def _get(element: ET.Element, local: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == local), "")


def _hidden_styles(root: ET.Element) -> set[str]:
    found = set()
    for style in root.iter():
        if _tag(style) == "style:style" and any(_get(part, "display") == "false" for part in style):
            found.add(_get(style, "name"))
    return found


class _Sheet:
    def __init__(self, table: ET.Element, hidden: set[str], file: str) -> None:
        self._table, self._hidden, self._file = table, hidden, file
        self._texts: dict[tuple[int, int], str] = {}
        self._flags: dict[tuple[int, int], CellFlag] = {}
        self._merges: list[Merge] = []
        self._hidden_rows: list[int] = []
        self._hidden_columns: list[str] = []
        self._row = self._column = 0

    def read(self) -> RawSheet:
        self._walk(self._table)
        return build_sheet(
            name=_get(self._table, "name"),
            file=self._file,
            texts=self._texts,
            flags=self._flags,
            merges=self._merges,
            hidden=_get(self._table, "style-name") in self._hidden,
            hidden_rows=self._hidden_rows,
            hidden_columns=self._hidden_columns,
        )

    def _walk(self, parent: ET.Element) -> None:
        for element in parent:
            tag = _tag(element)
            if tag == "table:table-row":
                self._read_row(element)
            elif tag == "table:table-column":
                self._read_column(element)
            elif tag in {
                *("table:table-row-group", "table:table-header-rows", "table:table-rows"),
                *("table:table-column-group", "table:table-header-columns", "table:table-columns"),
            }:
                self._walk(element)

    def _read_column(self, element: ET.Element) -> None:
        count = _repeated(element, "number-columns-repeated")
        if _get(element, "visibility") in _HIDDEN and count <= _MAX_REPEATED:
            self._hidden_columns += [column_letter(self._column + n) for n in range(count)]
        self._column += count

    def _read_row(self, element: ET.Element) -> None:
        count = _repeated(element, "number-rows-repeated")
        cells = self._cells(element)
        shown = min(count, _MAX_REPEATED) if cells else 0
        if len(self._texts) + len(cells) * shown > MAX_BOOK_CELLS:
            raise _too_many(self._file)
        for row in range(self._row, self._row + shown):
            for place, (text, flag) in cells.items():
                self._texts[row, place] = text
                if flag is not None:
                    self._flags[row, place] = flag
            if _get(element, "visibility") in _HIDDEN:
                self._hidden_rows.append(row + 1)
        self._row += count

    def _cells(self, element: ET.Element) -> dict[int, tuple[str, CellFlag | None]]:
        """Filled cells of a row by column."""
        cells: dict[int, tuple[str, CellFlag | None]] = {}
        column = 0
        for cell in element:
            if _tag(cell) not in {"table:table-cell", "table:covered-table-cell"}:
                continue
            repeated = _repeated(cell, "number-columns-repeated")
            text, flag = _cell(cell)
            if (text or flag) and _tag(cell) == "table:table-cell":
                cells |= dict.fromkeys(range(column, column + min(repeated, _MAX_REPEATED)), (text, flag))
                if len(cells) > _MAX_COLUMNS:
                    raise _too_many(self._file)
            down, right = _repeated(cell, "number-rows-spanned"), _repeated(cell, "number-columns-spanned")
            if down > 1 or right > 1:
                self._merges.append(Merge(self._row, column, self._row + down - 1, column + right - 1))
            column += repeated
        return cells


def _too_many(file: str) -> FileRefusedError:
    return FileRefusedError("工作表的单元格太多了", hint="请只留当月的表再导入", where=file)


def _repeated(element: ET.Element, attribute: str) -> int:
    text = _get(element, attribute)
    return max(1, int(text)) if text else 1


def _cell(element: ET.Element) -> tuple[str, CellFlag | None]:
    kind, shown = _get(element, "value-type"), _shown(element)
    if shown.startswith("#") and shown.endswith(("!", "?", "N/A")) and _get(element, "formula"):
        return shown, CellFlag(ERROR_CELL, shown)
    if kind in {"float", "currency"}:
        return _number(_get(element, "value"), shown), None
    if kind == "percentage":
        return number_text(float(_get(element, "value")), "0%"), None
    texts = {
        "date": _get(element, "date-value").removesuffix("T00:00:00").replace("T", " "),
        "boolean": _get(element, "boolean-value").upper(),
    }
    return texts.get(kind, shown), None


def _number(value: str, shown: str) -> str:
    """Exact decimal text; the zeros before a code that a format shows (007001) stay."""
    number = Decimal(value)
    if shown.isdigit() and len(shown) > 1 and shown.startswith("0") and Decimal(shown) == number:
        return shown
    return number_text(int(number) if number == number.to_integral_value() else float(number))


def _shown(element: ET.Element) -> str:
    """Text of the paragraphs; remarks (批注) and phonetic guides are no text of the cell."""
    return "\n".join(_paragraph(part) for part in element if _tag(part) == "text:p")


def _paragraph(element: ET.Element) -> str:
    text = element.text or ""
    for part in element:
        tag = _tag(part)
        if tag == "text:s":
            text += " " * min(_repeated(part, "c"), _MAX_REPEATED)
        elif tag == "text:tab":
            text += "\t"
        elif tag == "text:line-break":
            text += "\n"
        elif tag not in {"office:annotation", "text:ruby-text"}:
            text += _paragraph(part)
        text += part.tail or ""
    return text
