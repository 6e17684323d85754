"""One worksheet's XML → cells by position, by expat: every cell where it says it is, whatever the dimension claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import IO
from xml.parsers import expat

from desktop_app.importing.grid import ERROR_CELL, FORMULA_WITHOUT_VALUE, CellFlag, Merge
from desktop_app.importing.readers.cells import date_text, number_text
from desktop_app.importing.readers.guard import MAX_CELLS

_REF = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLAIN_INT = re.compile(r"-?\d+")


@dataclass(frozen=True)
class Style:
    """What a number format makes of a number."""

    code: str
    is_date: bool


@dataclass
class SheetCells:
    """What was found in one sheet; places are 0-based, hidden rows 1-based."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    flags: dict[tuple[int, int], CellFlag] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)


class TooManyCellsError(ValueError):
    """More cells than any table of ours can have."""


def parse_sheet(part: IO[bytes], strings: Sequence[str], styles: Sequence[Style], *, from_1904: bool) -> SheetCells:
    """Read one sheet.

    :raises ValueError, IndexError, KeyError, expat.ExpatError: the part is damaged.
    """
    return _SheetParser(strings, styles, from_1904=from_1904).run(part)


class _SheetParser:
    def __init__(self, strings: Sequence[str], styles: Sequence[Style], *, from_1904: bool) -> None:
        self._strings, self._styles = strings, styles
        self._epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  (no zone in sheets)
        self.cells = SheetCells()
        self._row = self._column = -1
        self._type = self._style = ""
        self._collect: list[str] | None = None
        self._value: str | None = None
        self._inline: list[str] = []
        self._formula: str | None = None
        self._phonetic = 0

    def run(self, part: IO[bytes]) -> SheetCells:
        parser = expat.ParserCreate(namespace_separator="|")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.ParseFile(part)
        return self.cells

    def _text(self, data: str) -> None:
        if self._collect is not None:
            self._collect.append(data)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("|")[2]
        if tag == "c":
            self._start_cell(attributes)
        elif tag in {"v", "f"} or (tag == "t" and not self._phonetic):
            self._collect = []
        elif tag == "rPh":
            self._phonetic += 1
        elif tag == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
            if attributes.get("hidden") in {"1", "true"}:
                self.cells.hidden_rows.append(self._row + 1)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "col" and attributes.get("hidden") in {"1", "true"}:
            self.cells.hidden_columns.append(column_letter(int(attributes["min"]) - 1))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        match = _REF.fullmatch(reference) if reference else None
        if match is not None:
            self._row, self._column = int(match[2]) - 1, column_number(match[1])
        else:
            self._column += 1
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._value, self._formula, self._inline = None, None, []

    def _end(self, name: str) -> None:
        tag = name.rpartition("|")[2]
        if tag == "c":
            self._end_cell()
        elif tag == "rPh":
            self._phonetic -= 1
        elif self._collect is not None:
            text = "".join(self._collect)
            self._collect = None
            if tag == "v":
                self._value = text
            elif tag == "f":
                self._formula = text
            else:
                self._inline.append(text)

    def _end_cell(self) -> None:
        place = self._row, self._column
        if self._type == "inlineStr":
            text = unescape("".join(self._inline))
        elif self._value is None or (not self._value and self._type != "str"):
            if self._formula is not None:
                self.cells.flags[place] = CellFlag(FORMULA_WITHOUT_VALUE, "=" + self._formula)
            return
        else:
            text = self._value_text(self._value)
        if self._type == "e":
            self.cells.flags[place] = CellFlag(ERROR_CELL, text)
        if text:
            self.cells.texts[place] = text
            if len(self.cells.texts) > MAX_CELLS:
                raise TooManyCellsError

    def _value_text(self, value: str) -> str:
        if self._type == "s":
            return self._strings[int(value)]
        if self._type == "b":
            return "TRUE" if value in {"1", "true"} else "FALSE"
        if self._type == "n":
            return self._number(value)
        return date_text(datetime.fromisoformat(value)) if self._type == "d" else unescape(value)

    def _number(self, value: str) -> str:
        style = self._styles[int(self._style)] if self._style else None
        if style is not None and style.is_date:
            return self._date(float(value), style.code)
        code = style.code if style is not None else "General"
        if _PLAIN_INT.fullmatch(value):
            return number_text(int(value), code)
        return number_text(float(value), code)

    def _date(self, serial: float, code: str) -> str:
        seconds = round(serial * 86400)
        if 0 <= seconds < 86400:
            return str(time(seconds // 3600, seconds // 60 % 60, seconds % 60))
        if seconds < 0 or seconds > 86400 * 2958465:
            return number_text(serial)
        if seconds < 60 * 86400 and self._epoch.year == 1899:
            # The 1900 calendar of spreadsheets has a 29 February that never was.
            seconds += 86400
        return date_text(self._epoch + timedelta(seconds=seconds), code)

    def _merge(self, reference: str) -> None:
        ends = [match for end in reference.split(":") if (match := _REF.fullmatch(end))]
        if len(ends) == 2:
            first, last = ends
            self.cells.merges.append(
                Merge(int(first[2]) - 1, column_number(first[1]), int(last[2]) - 1, column_number(last[1]))
            )


def unescape(text: str) -> str:
    """``_x000D_`` is how OOXML writes a control character."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def column_number(letters: str) -> int:
    """A → 0, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letter(number: int) -> str:
    """0 → A, 26 → AA."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
