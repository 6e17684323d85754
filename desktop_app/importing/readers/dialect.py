"""How a text file separates its cells (分隔符与引号): every candidate is tried on the head of the file."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

DELIMITERS = (",", "\t", ";", "|", "，")
_SAMPLE_LINES = 200
_MAX_LINES_IN_CELL = 60
"""A quoted cell with more line breaks is an apostrophe-like stray quote that swallows the file."""


@dataclass(frozen=True)
class Dialect:
    """Delimiter and quote of a text file; an empty quote means that quotes are ordinary characters."""

    delimiter: str
    quote: str = '"'


def parse(text: str, dialect: Dialect) -> list[list[str]]:
    """All records of ``text``; blank lines stay as empty records so that line numbers hold."""
    csv.field_size_limit(1 << 27)
    source = io.StringIO(text, newline="")
    if dialect.quote:
        return list(csv.reader(source, delimiter=dialect.delimiter, quotechar=dialect.quote))
    return list(csv.reader(source, delimiter=dialect.delimiter, quoting=csv.QUOTE_NONE))


def find_dialect(text: str) -> Dialect:
    """The dialect whose records agree best on their number of cells.

    Score = number of records of the commonest width × share of records that have it; one column scores least.
    Ties go to the earlier candidate, so that a comma beats a bar inside the cells.
    """
    sample = _head(text)
    quote = _quote(sample)
    best, best_score = Dialect(",", quote), 0.0
    for delimiter in DELIMITERS:
        if delimiter not in sample:
            continue
        for candidate in (Dialect(delimiter, quote), Dialect(delimiter, "")):
            records = parse(sample, candidate)
            if candidate.quote and _swallowed(records):
                continue
            score = _agreement(records)
            if score > best_score * 1.0001:
                best, best_score = candidate, score
            break
    return best


def _head(text: str) -> str:
    lines = text.splitlines(keepends=True) if len(text) < 200_000 else text[:200_000].splitlines(keepends=True)
    return "".join(lines[:_SAMPLE_LINES])


def _quote(sample: str) -> str:
    """Single quotes only where they plainly wrap cells and no double quote does."""
    double = sum(sample.count(mark) for mark in (',"', '",', '\t"', '"\t', ';"', '";', '|"', '"|', '\n"', '"\n', '"\r'))
    single = sum(sample.count(mark) for mark in (",'", "',", "\t'", "'\t", ";'", "';"))
    return "'" if single >= 4 and double == 0 else '"'


def _swallowed(records: list[list[str]]) -> bool:
    return any(cell.count("\n") > _MAX_LINES_IN_CELL for record in records for cell in record)


def _agreement(records: list[list[str]]) -> float:
    widths = Counter(_filled_width(record) for record in records if any(cell.strip() for cell in record))
    if not widths:
        return 0.0
    total = widths.total()
    wide = Counter({width: count for width, count in widths.items() if width > 1})
    if not wide:
        return 0.001
    # Rows of one table may end in blank cells: widths within the full one count as agreeing.
    raw = Counter(len(record) for record in records if any(cell.strip() for cell in record) and len(record) > 1)
    width, count = max(raw.items(), key=lambda item: (item[1], item[0]))
    return count * (count / total) * (1 - 1 / (width + 1))


def _filled_width(record: list[str]) -> int:
    width = len(record)
    while width and not record[width - 1].strip():
        width -= 1
    return width
