"""A workbook boiled down to the parts that hold values, before a library opens it.

Styles lose everything but number formats, sheets everything behind their cells (links, drop-downs, drawings, pivots);
macros and outside links stay behind. What the library cannot tell is noted here: merged ranges (it makes an object of
every covered cell, so that one reference of eight letters fills the memory) and formulas whose saved result is empty.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

from desktop_app.errors import FileRefusedError
from desktop_app.importing.grid import Merge
from desktop_app.importing.readers.guard import MAX_BOOK_CELLS, MAX_MERGES

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_MAX_SHEETS = 1000
_MAX_STYLES = 65_536
"""As many as spreadsheet programs write; a cell of a style beyond is damage."""
_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_END_OF_CELLS = re.compile(rb"</(?:(\w+):)?sheetData\s*>|<(?:(\w+):)?sheetData\s*/>")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
_EMPTY_RESULT = re.compile(
    rb"<c\s(?=[^>]*\bt=\"str\")[^>]*\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*>\s*"
    rb"<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)\s*</c>"
)


@dataclass(frozen=True)
class SheetPart:
    """One worksheet: its name, and what was seen in its XML without a library."""

    name: str
    hidden: bool
    merges: tuple[Merge, ...]
    empty_results: frozenset[tuple[int, int]]
    """(row, column), 1-based, of formulas that were saved with the result “no text”."""


@dataclass(frozen=True)
class Distilled:
    """A small workbook for the library, and what stands beside it, sheets in order."""

    data: bytes
    sheets: tuple[SheetPart, ...]
    formulas: bool


def distil(archive: zipfile.ZipFile, file: str) -> Distilled:
    """Only values, number formats and hidden marks, under the usual names of parts.

    :raises FileRefusedError: too many cells or merged ranges.
    :raises ValueError, KeyError, ET.ParseError: the workbook is damaged.
    """
    parts = {entry.replace("\\", "/").lstrip("/").lower(): entry for entry in archive.namelist()}
    workbook = ET.fromstring(archive.read(parts["xl/workbook.xml"]))  # noqa: S314  (entities were refused before)
    out = io.BytesIO()
    sheets: list[SheetPart] = []
    formulas, cells = False, 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as small:
        for name, path, hidden in _sheets(archive, parts, workbook):
            body = archive.read(parts[path.lower()])
            cells += sum(1 for _ in _CELL.finditer(body))
            formulas = formulas or _FORMULA.search(body) is not None
            if cells > MAX_BOOK_CELLS / (2 if formulas else 1) or len(sheets) >= _MAX_SHEETS:
                hint = "请只留当月的表再导入；很大的名录请另存为 CSV"
                raise FileRefusedError("工作簿的单元格或工作表太多了", hint=hint, where=file)
            sheets.append(SheetPart(name, hidden, _merges(body, file), _empty_results(body)))
            small.writestr(f"xl/worksheets/sheet{len(sheets)}.xml", _without_tail(body))
        from_1904 = any(_tag(e) == "workbookPr" and e.get("date1904") in {"1", "true"} for e in workbook.iter())
        strings = parts.get("xl/sharedstrings.xml")
        if strings is not None:
            small.writestr("xl/sharedStrings.xml", archive.read(strings))
        styles = parts.get("xl/styles.xml")
        small.writestr("xl/styles.xml", _number_formats(archive.read(styles) if styles is not None else None))
        for path, text in _frame(len(sheets), strings=strings is not None, from_1904=from_1904):
            small.writestr(path, text)
    return Distilled(out.getvalue(), tuple(sheets), formulas)


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _sheets(archive: zipfile.ZipFile, parts: dict[str, str], workbook: ET.Element) -> Iterator[tuple[str, str, bool]]:
    """Name, part and hiddenness of the worksheets in the order of the tabs; other kinds of sheet have other folders."""
    targets: dict[str, str] = {}
    relations = parts.get("xl/_rels/workbook.xml.rels")
    if relations is not None:
        for element in ET.fromstring(archive.read(relations)):  # noqa: S314
            targets[element.get("Id", "")] = element.get("Target", "")
    for element in workbook.iter():
        if _tag(element) != "sheet":
            continue
        key = next((value for attribute, value in element.attrib.items() if attribute.endswith("}id")), "")
        target = targets.get(key, f"worksheets/sheet{element.get('sheetId', '')}.xml").replace("\\", "/")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        if "worksheets/" in path.lower() and path.lower() in parts:
            yield element.get("name", ""), path, element.get("state", "visible") != "visible"


def _without_tail(body: bytes) -> bytes:
    """The sheet up to its last cell."""
    end = _END_OF_CELLS.search(body)
    if end is None:
        return body
    prefix = end[1] or end[2]
    return body[: end.end()] + (b"</" + prefix + b":worksheet>" if prefix else b"</worksheet>")


def _merges(body: bytes, file: str) -> tuple[Merge, ...]:
    merges: list[Merge] = []
    for match in _MERGE.finditer(body):
        merges.append(Merge(int(match[2]) - 1, column_number(match[1]), int(match[4]) - 1, column_number(match[3])))
        if len(merges) > MAX_MERGES:
            raise FileRefusedError("工作表里合并的单元格太多了", hint="请企业取消合并后再发", where=file)
    return tuple(merges)


def _empty_results(body: bytes) -> frozenset[tuple[int, int]]:
    if b't="str"' not in body:
        return frozenset()
    return frozenset((int(m[2]), column_number(m[1]) + 1) for m in _EMPTY_RESULT.finditer(body))


def column_number(letters: bytes) -> int:
    """A → 0, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _number_formats(styles: bytes | None) -> str:
    """A style sheet of number formats alone."""
    formats, cells = [], []
    if styles is not None:
        root = ET.fromstring(styles)  # noqa: S314
        for element in root:
            if _tag(element) == "numFmts":
                formats = [(e.get("numFmtId", ""), e.get("formatCode", "General")) for e in element]
            elif _tag(element) == "cellXfs":
                cells = [e.get("numFmtId", "0") for e in element[:_MAX_STYLES]]
    known = [(number, code) for number, code in formats if number.isdigit()]
    cells = [number if number.isdigit() else "0" for number in cells] or ["0"]
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(known)}">'
        + "".join(f"<numFmt numFmtId={quoteattr(number)} formatCode={quoteattr(code)}/>" for number, code in known)
        + '</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills>'
        + '<borders count="1"><border/></borders>'
        + '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs>'
        + "".join(
            f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
            for number in cells
        )
        + "</cellXfs></styleSheet>"
    )


def _frame(count: int, *, strings: bool, from_1904: bool) -> Iterator[tuple[str, str]]:
    """Workbook, relations and content types around the sheets."""
    numbers = range(1, count + 1)
    date_base = ' date1904="1"' if from_1904 else ""
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr{date_base}/><sheets>'
        + "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
        + "</sheets></workbook>",
    )
    others = [("styles", "styles.xml")] + ([("sharedStrings", "sharedStrings.xml")] if strings else [])
    targets = [(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    targets += [(f"o{n}", kind, target) for n, (kind, target) in enumerate(others)]
    yield (
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target="{t}"/>' for i, kind, t in targets)
        + "</Relationships>",
    )
    root = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    yield "_rels/.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{root}</Relationships>'
    names = [("xl/workbook.xml", "sheet.main")]
    names += [(f"xl/{target}", kind) for _, kind, target in targets]
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="/{path}" ContentType="{_TYPE}{kind}+xml"/>' for path, kind in names)
        + "</Types>",
    )
