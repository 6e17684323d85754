"""Pollution by the published rules of Pollock (9 columns, 84 lines, 2 290 files), over a table and in code of our own.

What is polluted keeps its truth: a line that lost or won a delimiter, is cut by another one or has a stray quote, still
has the cells of the clean table. Score: success and precision, recall and F1 of head, records and cells, out of 10.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

Line = tuple[str, ...]
HEAD: Line = ("DAY", "CLOCK", "Pcs", "ITEMCODE", "Fee", "RouteKind", "RouteRemark", "PAGE", "Remarks")
_KINDS = ("Rural Van Route", "Driver's Night Run", "Locker Refill", "Two-Way Feeder, Weekly", "Depot", "Hill Path")
_REMARKS = (
    "This route serves the upper villages, and drivers shouldn't stop before the bridge.",
    "A quiet run for small parcels. It leaves at dawn, returns by noon, and costs little to keep.",
    'Boxes up to 24" wide fit; the "long bed" van is used where the road allows.',
    "Plain, dependable service in any weather.",
    "Winter schedule applies; ask at the desk, or call. There isn't a later van.",
)
LINES = 84
_QUOTED = (6, 7)


@dataclass(frozen=True)
class Cell:
    """Text between delimiters and whether the clean file has it in quotes."""

    text: str
    quoted: bool = False


@dataclass(frozen=True)
class Written:
    """A line as cells and what stands before each of the others; ``end`` closes it."""

    cells: tuple[Cell, ...]
    before: tuple[str, ...]
    end: str = "\r\n"


@dataclass(frozen=True)
class Polluted:
    """A file, its truth as lines, and its weight: how often the survey met the kind."""

    name: str
    data: bytes
    truth: tuple[Line, ...]
    weight: float


def clean() -> list[Line]:
    """Head and 83 records."""
    return [HEAD, *map(_record, range(LINES - 1))]


def _record(n: int) -> Line:
    minutes = n * 25 % 1440
    kind = _KINDS[n * 7 % len(_KINDS)]
    code = f"{'KVWZ'[n % 4]}{'TRM'[n % 3]}-{1021 + n * 937 % 8000}"
    return (
        f"{n % 28 + 1:02}/{n % 12 + 1:02}/2019",
        f"{minutes // 60:02}:{minutes % 60:02}",
        str(n * 5 % 7),
        code,
        f"${n * 7.31 % 90 + 4:.2f}",
        kind,
        _REMARKS[n % len(_REMARKS)],
        f"https://www.example.org/route/{code.replace('-', '_')}.html",
        "checked" if n % 17 == 3 else "",
    )


def _written(lines: Sequence[Line]) -> list[Written]:
    written = []
    for line in lines:
        cells = tuple(Cell(text, at in _QUOTED or "," in text) for at, text in enumerate(line))
        written.append(Written(cells, (",",) * (len(cells) - 1)))
    return written


def _text(lines: Sequence[Written], quote: str = '"', escape: str = '"') -> str:
    parts = []
    for line in lines:
        for at, cell in enumerate(line.cells):
            parts.append(line.before[at - 1] if at else "")
            inner = cell.text.replace('"', escape + '"') if cell.quoted else cell.text
            parts.append(f"{quote}{inner}{quote}" if cell.quoted else inner)
        parts.append(line.end)
    return "".join(parts)


def files(step: int = 1) -> Iterator[Polluted]:
    """All of the published list; ``step`` takes every so-manieth line of the pollutions that strike one line."""
    table = clean()
    yield from _whole(table, _written(table))
    lines = [_text([line]) for line in _written(table)]
    for row in range(0, LINES, step):
        for name, line, truth, weight in _struck(_written(table)[row], row):
            text = "".join([*lines[:row], line, *lines[row + 1 :]])
            yield Polluted(name, text.encode(), (*table[:row], truth, *table[row + 1 :]), weight)


def _whole(table: list[Line], lines: list[Written]) -> Iterator[Polluted]:
    truth = tuple(table)

    def made(name: str, weight: float, text: str, expected: tuple[Line, ...] = truth) -> Polluted:
        return Polluted(name, text.encode(), expected, weight)

    text = _text(lines)
    yield made("source", 1, text)
    yield made("file_no_payload", 15, "", ())
    yield made("file_no_trailing_newline", 184, text[:-2])
    yield made("file_double_trailing_newline", 5, text + "\r\n")
    yield made("file_no_header", 470, _text(lines[1:]), truth[1:])
    bare = replace(lines[0], cells=tuple(Cell(cell.text) for cell in lines[0].cells))
    for count in (2, 3):
        joined = tuple(" ".join([name] * count) for name in HEAD)
        yield made(f"file_header_multirow_{count}", 47, _text([bare] * (count - 1)) + text, (joined, *truth[1:]))
    yield made("file_preamble", 282, "PREAMBLE" + "," * 8 + "\r\n" + "," * 8 + "\r\n" + text)
    for name, width in (("less", 8), ("same", 9), ("more", 10)):
        other = [(*line, "col1" if not at else line[-1])[:width] for at, line in enumerate(table[:83])]
        yield made(f"file_multitable_{name}", 62.67, text + _text(_second(other)))
    yield made("file_header_only", 3, _text(lines[:1]), truth[:1])
    yield made("file_one_data_row", 4, _text(lines[:2]), truth[:2])
    yield made("file_record_delimiter_0xD", 7, _text([replace(line, end="\r") for line in lines]))
    yield made("file_record_delimiter_0xA", 1691, _text([replace(line, end="\n") for line in lines]))
    for name, mark, weight in (("0x9", "\t", 4), ("0x3B", ";", 834), ("0x20", " ", 4), ("0x2C_0x20", ", ", 101)):
        yield made(f"file_field_delimiter_{name}", weight, _text([replace(x, before=(mark,) * 8) for x in lines]))
    yield made("file_quotation_char_0x27", 11, _text(lines, quote="'"))
    yield made("file_escape_char_0x5C", 1, _text(lines, escape="\\"))
    yield made("file_escape_char_0x00", 7, _text(lines, escape=""))


def _second(table: Sequence[Line]) -> list[Written]:
    return [Written(tuple(Cell(text, "," in text[1:]) for text in line), (",",) * (len(line) - 1)) for line in table]


def _struck(line: Written, row: int) -> Iterator[tuple[str, str, Line, float]]:
    truth = tuple(cell.text for cell in line.cells)
    for column in range(9):
        first, rest = line.cells[:column], line.cells[column:]
        more = Written((*first, Cell(""), *rest), (",",) * 9)
        yield f"row_more_sep_row{row}_col{column}", _text([more]), truth, 0.37
        if column:
            before = tuple("" if at == column - 1 else "," for at in range(8))
            yield f"row_less_sep_row{row}_col{column}", _text([replace(line, before=before)]), truth, 0.37
        yield _stray(line, row, column)
    spaced = _text([replace(line, before=(" ",) * 8)])
    yield f"row_field_delimiter_{row}_0x20", spaced, truth, 0.37


def _stray(line: Written, row: int, column: int) -> tuple[str, str, Line, float]:
    cells = line.cells
    plain = [_text([Written((cell,), (), "")]) for cell in cells]
    cell = cells[column]
    plain[column] = plain[column][:1] + '"' + plain[column][1:] if cell.quoted else '"' + plain[column]
    truth = tuple('"' + one.text if at == column else one.text for at, one in enumerate(cells))
    return f"row_extra_quote{row}_col{column}", ",".join(plain) + "\r\n", truth, 0.06


# --------------------------------------------------------------------------------------------------- score


def score(truth: Sequence[Line], output: str) -> float:
    """Ten measures between 0 and 1, added."""
    found = list(csv.reader(io.StringIO(output, newline="")))
    if not truth:
        return 10.0
    head = _measures(map(_plain, truth[0]), map(_plain, found[0] if found else ()))
    records = _measures(map(_joined, truth[1:]), map(_joined, found[1:])) if len(truth) > 1 else 3.0
    cells = _measures((cell for line in truth for cell in line), (cell for line in found for cell in line))
    return 1 + head + records + cells


def _measures(truth: Iterator[str], found: Iterator[str]) -> float:
    expected, given = Counter(truth), Counter(found)
    common = (expected & given).total()
    if not common:
        return 0.0
    precision, recall = common / expected.total(), common / given.total()
    return precision + recall + 2 * precision * recall / (precision + recall)


def _joined(line: Sequence[str]) -> str:
    return "".join(map(_plain, line))


def _plain(cell: str) -> str:
    return cell.lower()
