"""HTML tables saved under .xls (many web systems do): the largest table of the page → one sheet."""

from __future__ import annotations

from email import message_from_bytes
from html.parser import HTMLParser

from desktop_app.errors import FileRefusedError
from desktop_app.importing.grid import Merge, RawBook, RawSheet
from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.readers.encoding import decode
from desktop_app.importing.readers.guard import MAX_BOOK_CELLS

_MAX_SPAN = 200
_MAX_MARKS = 20_000


class _Tables(HTMLParser):
    """Collects the cells of every table; nested tables give their text to the outer cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[tuple[str, int, int]]]] = []
        self._depth = 0
        self._cell: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self.tables[-1].append([])
        elif self._depth == 1 and tag in {"td", "th"}:
            self._end_cell()
            if not self.tables[-1]:
                self.tables[-1].append([])
            wanted = dict(attrs)
            self._span = (_span(wanted.get("rowspan")), _span(wanted.get("colspan")))
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._depth:
            if self._depth == 1:
                self._end_cell()
            self._depth -= 1
        elif self._depth == 1 and tag in {"td", "th", "tr"}:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None:
            text = " ".join("".join(self._cell).split())
            self.tables[-1][-1].append((text, *self._span))
            self._cell = None


def _span(text: str | None) -> int:
    return min(int(text), _MAX_SPAN) if text and text.strip().isdigit() and int(text) > 0 else 1


def read_html(data: bytes, name: str, options: ImportOptions) -> RawBook:
    """The largest table of the page, spans resolved into merged cells.

    :raises FileRefusedError: the page has no table.
    """
    decoded = decode(_page_of(data), name, options.encoding)
    if decoded.text.count("<!") + decoded.text.count("<?") > _MAX_MARKS:
        # The library looks for the end of each of them through the whole rest of the page.
        raise FileRefusedError("网页里的标记多得不正常，没有打开", hint="请企业发 Excel 或 CSV 表", where=name)
    parser = _Tables()
    parser.feed(decoded.text)
    parser.close()
    tables = sorted((t for t in parser.tables if any(t)), key=lambda t: -sum(map(len, t)))
    if not tables:
        raise FileRefusedError("这是网页，里面没有表格", hint="请企业发 Excel 或 CSV 表", where=name)
    note = "这是存成 .xls 或 .csv 的网页表格，按网页读"
    more = (f"网页里有 {len(tables)} 个表格，只读最大的一个",) if len(tables) > 1 else ()
    return RawBook((_lay_out(tables[0], name),), decoded.encoding, warnings=(note, *more))


def _page_of(data: bytes) -> bytes:
    """The largest web page of a file that holds a page with its parts (MHTML); any other data as they are."""
    if not data[:20].lower().startswith(b"mime-version:"):
        return data
    parts = [part for part in message_from_bytes(data).walk() if part.get_content_type() == "text/html"]
    pages = [page for part in parts if isinstance(page := part.get_payload(decode=True), bytes)]
    return max(pages, key=lambda page: page.count(b"<t"), default=data)


def _lay_out(table: list[list[tuple[str, int, int]]], name: str) -> RawSheet:
    taken: dict[tuple[int, int], str] = {}
    merges: list[Merge] = []
    for row, cells in enumerate(table):
        column = 0
        for text, down, right in cells:
            while (row, column) in taken:
                column += 1
            if len(taken) + down * right > MAX_BOOK_CELLS:
                raise FileRefusedError("网页里的表太大了", hint="请只留当月的表，另存为 .xlsx 后再导入", where=name)
            taken.update({(row + i, column + j): "" for i in range(down) for j in range(right)})
            taken[row, column] = text
            if down > 1 or right > 1:
                merges.append(Merge(row, column, row + down - 1, column + right - 1))
            column += right
    width = max((column for _, column in taken), default=-1) + 1
    rows = tuple(tuple(taken.get((row, column), "") for column in range(width)) for row in range(len(table)))
    return RawSheet("", rows, tuple(merges))
