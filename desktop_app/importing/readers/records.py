"""Text → records. Stray, missing and unescaped quotes are mended by the width that the other records have."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.importing.readers.align import set_right
from desktop_app.importing.readers.dialect import ODD_DELIMITERS, Dialect, simple_records, unescaped
from desktop_app.importing.readers.mend import MAX_CLOSERS, OTHER_WIDTH, Split, split_line

_MAX_LINES_IN_CELL = 400
"""A quoted cell with more line breaks is a stray quote that swallows the file."""
_MAX_JOINED = 20
_SWALLOWED_LINE = 1.5
_MAX_EFFORT = 1_000_000
"""Steps that mending may take for one file, some seconds; a file of a month needs a few thousand."""


@dataclass(frozen=True)
class Parsed:
    """Records of a text; blank lines are empty records, so that line numbers hold."""

    records: list[list[str]]
    mended: list[int]
    """Places of the lines whose delimiters were set right by what the other lines hold."""
    given_up: int | None = None
    """Place from which stray quotes were too many to be mended; lines with them are cut at every delimiter."""


def parse(text: str, dialect: Dialect) -> Parsed:
    """All records of ``text``."""
    csv.field_size_limit(1 << 27)
    given_up = None
    if not dialect.quote or dialect.quote not in text:
        records = simple_records(text, Dialect(dialect.delimiter, "", skip_space=dialect.skip_space))
        if dialect.skip_space:
            records = [[cell.removeprefix(" ") for cell in record] for record in records]
        mended = set_right(records, lambda place: dialect.delimiter.join(records[place]), dialect)
    else:
        reading = _Records(unescaped(text, dialect), dialect)
        records = reading.read()
        mended = set_right(records, reading.line, dialect)
        given_up = reading.given_up
    return Parsed(_with_odd_delimiters(records, dialect), mended, given_up)


class _Records:
    def __init__(self, text: str, dialect: Dialect) -> None:
        self._text = text
        self._lines: list[str] = []
        self._dialect = dialect
        self._at = self._start = 0
        self._width = 0
        self._spans: list[tuple[int, int]] = []
        self._effort = _MAX_EFFORT
        self.given_up: int | None = None

    def read(self) -> list[list[str]]:
        try:
            records = list(self._reader(io.StringIO(self._text, newline="")))
        except csv.Error:
            records = []
        widths = {len(record) for record in records if record}
        if records and len(widths) <= 1 and not any(self._long(record) for record in records):
            return records
        del records
        self._lines = io.StringIO(self._text, newline="").readlines()
        self._width = self._usual_width()
        return list(self._mended())

    def line(self, place: int) -> str:
        """Text of a record; empty where all records were read without doubt."""
        if not self._spans:
            return ""
        start, end = self._spans[place]
        return _bare("".join(self._lines[start:end]))

    def _reader(self, lines: Iterator[str]) -> Iterator[list[str]]:
        dialect = self._dialect
        return csv.reader(
            lines,
            delimiter=dialect.delimiter,
            quotechar=dialect.quote,
            strict=True,
            skipinitialspace=dialect.skip_space,
        )

    @staticmethod
    def _long(record: list[str]) -> bool:
        return any(cell.count("\n") + cell.count("\r") > _MAX_LINES_IN_CELL for cell in record)

    def _usual_width(self) -> int:
        widths: Counter[int] = Counter()
        for line in self._lines[:1000]:
            if line.strip():
                split = self._split(line, None)
                if split is not None:
                    widths[len(split.cells)] += 1
        wide = Counter({width: count for width, count in widths.items() if width > 1})
        return max(wide, key=lambda width: (wide[width], width)) if wide else 1

    def _feed(self) -> Iterator[str]:
        while self._at < len(self._lines):
            if self._at - self._start > _MAX_LINES_IN_CELL:
                raise csv.Error
            self._at += 1
            yield self._lines[self._at - 1]

    def _mended(self) -> Iterator[list[str]]:
        reader = self._reader(self._feed())
        while self._at < len(self._lines):
            self._start = self._at
            try:
                record: list[str] | None = next(reader)
            except StopIteration:
                return
            except csv.Error:
                record = None
            if record is not None and self._sound(record):
                self._spans.append((self._start, self._at))
                yield record
                continue
            chosen, used = self._settle(record)
            self._spans.append((self._start, self._start + used))
            yield chosen
            if used != self._at - self._start or record is None:
                self._at = self._start + used
                reader = self._reader(self._feed())

    def _sound(self, record: list[str]) -> bool:
        if self._at == self._start + 1:
            return len(record) == self._width or self._dialect.quote not in self._lines[self._start]
        return len(record) == self._width and not all(map(self._whole, self._lines[self._start : self._at]))

    def _whole(self, line: str) -> bool:
        """The line alone is a record of the usual width."""
        split = self._split(line, self._width)
        return split is not None and split.cost <= OTHER_WIDTH

    def _settle(self, record: list[str] | None) -> tuple[list[str], int]:
        """The reading of the lines from here that breaks the rules of quoting least, and how many lines it takes."""
        found: list[tuple[float, list[str], int]] = []
        if record is not None:
            lines = self._lines[self._start : self._at]
            swallowed = sum(map(self._whole, lines[1:])) if len(lines) > 1 else 0
            wrong = OTHER_WIDTH if len(record) != self._width else 0
            found.append((wrong + _SWALLOWED_LINE * swallowed, record, len(lines)))
        line = _bare(self._lines[self._start])
        if self._effort <= 0:
            if self.given_up is None:
                self.given_up = len(self._spans)
            return line.split(self._dialect.delimiter), 1
        exact = self._split(line, self._width)
        if exact is not None:
            found.append((exact.cost, exact.cells, 1))
        if record is None and exact is None and (joined := self._joined()) is not None:
            found.append((joined[0].cost, joined[0].cells, joined[1]))
        free = self._split(line, None)
        if free is not None:
            found.append((free.cost + OTHER_WIDTH, free.cells, 1))
        if not found:
            return line.split(self._dialect.delimiter), 1
        _, cells, used = min(found, key=lambda item: item[0])
        return cells, used

    def _split(self, line: str, width: int | None) -> Split | None:
        """A reading of one line, as long as the effort for the whole file lasts."""
        if self._effort <= 0:
            return None
        bare = _bare(line)
        cuts = bare.count(self._dialect.delimiter) + 1
        steps = 20 + cuts * (1 + min(bare.count(self._dialect.quote), MAX_CLOSERS)) + len(bare) // 8
        self._effort -= steps if width is None else 2 * steps
        return split_line(bare, self._dialect, width)

    def _joined(self) -> tuple[Split, int] | None:
        """A cell over several lines with quotes of its own inside."""
        for count in range(2, _MAX_JOINED + 1):
            lines = self._lines[self._start : self._start + count]
            if len(lines) < count or self._whole(lines[-1]):
                return None
            split = self._split("".join(lines), self._width)
            if split is not None and split.cost <= OTHER_WIDTH:
                return split, count
        return None


def _bare(line: str) -> str:
    return line.rstrip("\r\n")


def _with_odd_delimiters(records: list[list[str]], dialect: Dialect) -> list[list[str]]:
    """A single line that another delimiter cuts into exactly as many cells as the others have."""
    widths = Counter(len(record) for record in records if len(record) > 1)
    if not widths:
        return records
    usual = widths.most_common(1)[0][0]
    if usual < 3 or not any(len(record) == 1 for record in records):
        return records
    for place, record in enumerate(records):
        if len(record) != 1 or not record[0] or "\n" in record[0] or len(record[0]) > 20_000:
            continue
        for delimiter in ODD_DELIMITERS:
            if delimiter in {dialect.delimiter, " "} or record[0].count(delimiter) < usual - 1:
                continue
            split = split_line(record[0], Dialect(delimiter, dialect.quote), usual)
            if split is not None and split.cost < OTHER_WIDTH and sum(map(bool, split.cells)) * 2 > usual:
                records[place] = split.cells
                break
    return records
