"""Text whose columns stand under each other with blanks between (银行打印的分户账): cut where all lines are blank."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_RULE = re.compile(r"[-=_*─━═+|\s]{6,}")
_PARTED = re.compile(r"(?<=\S)[ \u3000]{2,}(?=\S)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_OTHERS = ',\t;|，"'
_LEAST_COLUMNS = 3
_LEAST_LINES = 3
_MAX_LINES = 20_000
_MAX_WIDTH = 400
_LEAST_GAP = 2
_FILLED_SHARE = 0.75

Span = tuple[int, int]


def by_position(text: str) -> list[list[str]] | None:
    """Records of such a text, other lines as one cell each; None where it reads like anything else.

    Chinese characters are two places wide, as printers and old terminals set them.
    """
    lines = text.splitlines()
    if not _LEAST_LINES <= len(lines) <= _MAX_LINES or max(map(len, lines)) > _MAX_WIDTH:
        return None
    pieces = [_pieces(line) for line in lines]
    first, last = _block(lines, pieces)
    rows = [pieces[at] for at in range(first, last) if len(pieces[at]) >= _LEAST_COLUMNS]
    if len(rows) < _LEAST_LINES:
        return None
    columns = _columns(rows)
    usual = Counter(map(len, rows)).most_common(1)[0]
    if len(columns) < usual[0] and usual[1] >= max(_LEAST_LINES, _FILLED_SHARE * len(rows)):
        # A closing line (合计  3笔) that stands a little otherwise does not make two columns one.
        columns = _columns([row for row in rows if len(row) == usual[0]])
    if len(columns) < _LEAST_COLUMNS or sum(map(len, rows)) < _FILLED_SHARE * len(columns) * len(rows):
        return None
    parted = enumerate(zip(lines, pieces, strict=True))
    return [_record(line, found, columns, inside=at >= first) for at, (line, found) in parted]


def _pieces(line: str) -> list[tuple[Span, str]]:
    """Words between two or more blanks, with the places that they take; none of a line with another delimiter."""
    if _RULE.fullmatch(line):
        return []
    bare = _THOUSANDS.sub("", line)
    if any(mark in bare for mark in _OTHERS):
        return []
    found: list[tuple[Span, str]] = []
    place = at = 0
    for text in _PARTED.split(line.strip()) if line.strip() else ():
        start = line.index(text, at)
        place += _width(line[at:start])
        found.append(((place, place + _width(text)), text))
        place += _width(text)
        at = start + len(text)
    return found


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _block(lines: Sequence[str], pieces: Sequence[list[tuple[Span, str]]]) -> Span:
    """The longest run of lines with several pieces, none of them mostly labels; blank and ruled lines do not end it."""
    best = (0, 0)
    begin = count = most = 0
    for at, found in enumerate([*pieces, []]):
        labels = sum(text.rstrip().endswith((":", "：")) or ":" in text or "：" in text for _, text in found)
        if len(found) >= _LEAST_COLUMNS and labels * 2 < len(found):
            begin = begin if count else at
            count += 1
            if count > most:
                most, best = count, (begin, at + 1)
        elif at < len(lines) and lines[at].strip() and not _RULE.fullmatch(lines[at]) and len(found) < 2:
            count = 0
    return best


def _columns(rows: Sequence[list[tuple[Span, str]]]) -> list[Span]:
    """Stretches of places between gaps of two or more that are blank in every row."""
    spans = sorted(span for row in rows for span, _ in row)
    columns: list[Span] = []
    for start, end in spans:
        if columns and start < columns[-1][1] + _LEAST_GAP:
            columns[-1] = (columns[-1][0], max(end, columns[-1][1]))
        else:
            columns.append((start, end))
    return columns


def _record(line: str, found: Sequence[tuple[Span, str]], columns: Sequence[Span], *, inside: bool) -> list[str]:
    if not line.strip():
        return []
    cells = [""] * len(columns)
    for (start, end), text in found if inside and len(found) > 1 else ():
        under = [n for n, (left, right) in enumerate(columns) if start < right and left < end]
        if len(under) != 1:
            return [line.strip()]
        cells[under[0]] += ("  " if cells[under[0]] else "") + text
    return cells if any(cells) else [line.strip()]
