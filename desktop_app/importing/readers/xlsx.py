"""XLSX and XLSM (values only) → text cells. Only the parts that hold values are read, straight from their XML.

A library's cell objects cost five times the time, its fast mode trusts a wrong sheet dimension, and neither tells a
formula without a saved value from an empty cell in one pass.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.parsers import expat

from desktop_app.errors import FileRefusedError
from desktop_app.importing.grid import RawBook, RawSheet
from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.readers.assemble import build_sheet
from desktop_app.importing.readers.guard import DAMAGE, broken, check_archive
from desktop_app.importing.readers.xlsx_sheet import Style, TooManyCellsError, parse_sheet, unescape

_YEAR_MONTH, _MONTH_DAY, _DAY, _TIME = "yyyy-mm", "m-d", "yyyy-mm-dd", "h:mm"
_BUILTIN = {9: "0%", 10: "0.00%", 14: _DAY, 15: _DAY, 16: _MONTH_DAY, 17: _YEAR_MONTH, 22: "yyyy-mm-dd h:mm"}
_BUILTIN |= dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), _TIME)
_BUILTIN |= dict.fromkeys((27, 36, 50, 52, 57), _YEAR_MONTH) | dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_DAY)
_BUILTIN |= dict.fromkeys((30, 31), _DAY)
"""Numbers of the formats that files name without spelling them out; 27–58 as in Chinese Excel (ECMA-376, 18.8.30)."""
_NO_LETTERS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATE_LETTER = re.compile(r"[ymdhs]")


@dataclass(frozen=True)
class _SheetPart:
    name: str
    path: str
    hidden: bool


def read_xlsx(data: bytes, name: str, options: ImportOptions) -> RawBook:  # noqa: ARG001  (every reader has this form)
    """Every worksheet with its saved values; chart sheets and macros are left alone.

    :raises FileRefusedError: damaged, dangerous, too large, or without a worksheet.
    """
    check_archive(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive, name)
    except TooManyCellsError:
        raise FileRefusedError("工作表的单元格太多了", hint="请只留当月的表再导入", where=name) from None
    except (*DAMAGE, ET.ParseError, expat.ExpatError) as error:
        raise broken(name) from error


def _read(archive: zipfile.ZipFile, name: str) -> RawBook:
    parts = {entry.replace("\\", "/").lstrip("/").lower(): entry for entry in archive.namelist()}
    workbook = ET.fromstring(archive.read(parts["xl/workbook.xml"]))  # noqa: S314
    strings = _strings(archive, parts)
    styles = _styles(archive, parts)
    from_1904 = any(_tag(e) == "workbookPr" and e.get("date1904") in {"1", "true"} for e in workbook.iter())
    sheets: list[RawSheet] = []
    for sheet in _sheets(archive, parts, workbook):
        with archive.open(parts[sheet.path.lower()]) as part:
            cells = parse_sheet(part, strings, styles, from_1904=from_1904)
        sheets.append(
            build_sheet(
                name=sheet.name,
                file=name,
                texts=cells.texts,
                flags=cells.flags,
                merges=cells.merges,
                hidden=sheet.hidden,
                hidden_rows=cells.hidden_rows,
                hidden_columns=cells.hidden_columns,
            )
        )
    if not sheets:
        raise FileRefusedError("工作簿里没有工作表", hint="请企业重新发一份", where=name)
    return RawBook(tuple(sheets))


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _sheets(archive: zipfile.ZipFile, parts: dict[str, str], workbook: ET.Element) -> Iterator[_SheetPart]:
    """Worksheets in the order of the tabs; other kinds of sheet have other folders."""
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
            yield _SheetPart(element.get("name", ""), path, element.get("state", "visible") != "visible")


def _strings(archive: zipfile.ZipFile, parts: dict[str, str]) -> list[str]:
    """The shared strings; the count that the part claims is not believed. Phonetic guides are no text."""
    entry = parts.get("xl/sharedstrings.xml")
    if entry is None:
        return []
    strings: list[str] = []
    with archive.open(entry) as part:
        for _, element in ET.iterparse(part):  # noqa: S314
            tag = _tag(element)
            if tag == "rPh":
                element.clear()
            elif tag == "si":
                strings.append(unescape("".join(t.text or "" for t in element.iter() if _tag(t) == "t")))
                element.clear()
    return strings


def _styles(archive: zipfile.ZipFile, parts: dict[str, str]) -> list[Style]:
    """Number format of every cell style, in order."""
    entry = parts.get("xl/styles.xml")
    if entry is None:
        return []
    codes = dict(_BUILTIN)
    styles: list[Style] = []
    root = ET.fromstring(archive.read(entry))  # noqa: S314
    for element in root.iter():
        if _tag(element) == "numFmt" and element.get("numFmtId", "").isdigit():
            codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "General")
    for element in root:
        if _tag(element) == "cellXfs":
            styles = [_style(codes.get(int(xf.get("numFmtId", "0")), "General")) for xf in element]
    return styles


def _style(code: str) -> Style:
    bare = _NO_LETTERS.sub("", code).split(";")[0].lower()
    elapsed = re.search(r"\[(?:h+|m+|s+)\]", code.lower()) is not None
    return Style(code, elapsed or ("general" not in bare and _DATE_LETTER.search(bare) is not None))
