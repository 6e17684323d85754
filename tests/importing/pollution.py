"""Polluted CSV files: each breaks one thing of RFC 4180 over one spending list; with what should be read, and a score.

The idea and the three measures (head, records, cells; each the F1 of two multisets) follow Pollock, the published
benchmark for loading non-standard CSV files. The files are our own.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Record = list[str]
HEAD = ["DATE", "TIME", "Qty", "PRODUCTID", "Price", "Department", "Description", "URL", "Comments"]
_GOODS = (
    'Binder 6 1/2" x 9", blue',
    "Paper, A4, white",
    "Stapler",
    'Monitor 24"',
    "Desk; oak",
    "Chair | swivel",
    "Cable\n2 metres",
)
_REMARKS = ("", "urgent", "see contract, part 2", "n/a", "it's paid")


def base(rows: int = 84) -> list[Record]:
    """A government office's spending: head and ``rows`` records of nine cells."""
    return [list(HEAD), *map(_purchase, range(rows))]


def _purchase(n: int) -> Record:
    return [
        f"{n % 28 + 1:02}/{n % 12 + 1:02}/2018",
        f"{n % 24:02}:{n * 7 % 60:02}:{n * 13 % 60:02}",
        str(n * 37 % 90 + 1),
        f"{n * 977 % 10000:04}",
        f"{n * 7.25 + 1:.2f}",
        ("Health", "Transport", "Office of the Mayor")[n % 3],
        _GOODS[n % len(_GOODS)],
        f"http://example.org/item?id={n}",
        _REMARKS[n % len(_REMARKS)],
    ]


@dataclass(frozen=True)
class Polluted:
    """One file and its truth; an empty ``head`` means that the file has none."""

    name: str
    data: bytes
    head: Record
    records: list[Record]


def written(
    table: Sequence[Record],
    delimiter: str = ",",
    quote: str = '"',
    end: str = "\r\n",
    escape: str = "",
    *,
    quote_all: bool = False,
) -> str:
    """The table as text; ``escape`` goes before quotes instead of doubling them."""
    return "".join(written_line(row, delimiter, quote, escape, quote_all=quote_all) + end for row in table)


def written_line(
    row: Record, delimiter: str = ",", quote: str = '"', escape: str = "", *, quote_all: bool = False
) -> str:
    def cell(text: str) -> str:
        if (
            quote_all
            or quote in text
            or "\n" in text
            or delimiter.strip() in text
            or (delimiter == " " and " " in text)
        ):
            return quote + text.replace(quote, (escape or quote) + quote) + quote
        return text

    return delimiter.join('""' if delimiter == " " and not text else cell(text) for text in row)


def pollutions(rows: int = 84, step: int = 1) -> Iterator[Polluted]:
    """All files; ``step`` thins out the lines that the row pollutions strike."""
    yield from _of_the_file(rows)
    yield from _of_the_surroundings(rows)
    yield from _of_the_encoding(rows)
    yield from _of_a_row(rows, step)


def _file(name: str, text: str, table: Sequence[Record], *, head: bool = True) -> Polluted:
    records = [list(row) for row in table]
    return Polluted(name, text.encode(), records[0] if head else [], records[1:] if head else records)


def _of_the_file(rows: int) -> Iterator[Polluted]:
    table = base(rows)
    yield _file("clean", written(table), table)
    for delimiter in (";", "\t", "|", ", ", " ", "，", "~", "^"):
        yield _file(f"delimiter {delimiter!r}", written(table, delimiter), table)
    for quote in ("'", "`"):
        yield _file(f"quote {quote}", written(table, quote=quote), table)
        yield _file(f"quote {quote} with tabs", written(table, "\t", quote=quote), table)
    yield _file("quote all", written(table, quote_all=True), table)
    yield _file("escape by backslash", written(table, escape="\\"), table)
    yield _file("escape by backslash, semicolons", written(table, ";", escape="\\"), table)
    flat = [[cell.replace("\n", " ") for cell in row] for row in table]
    unescaped = "\r\n".join(written_line(row, quote="\0").replace("\0", '"') for row in flat)
    yield _file("no escape", unescaped, flat)
    for end in ("\n", "\r", "\n\r"):
        yield _file(f"record delimiter {end!r}", written(flat, end=end), flat)
    mixed = "".join(written_line(row) + ("\r\n", "\n", "\r")[n % 3] for n, row in enumerate(flat))
    yield _file("record delimiters mixed", mixed, flat)
    yield _file("no final newline", written(table).rstrip("\r\n"), table)
    yield _file("two final newlines", written(table) + "\r\n", table)
    yield _file("blank lines", "\r\n\r\n".join(map(written_line, table)), table)
    yield Polluted("empty", b"", [], [])


def _of_the_surroundings(rows: int) -> Iterator[Polluted]:
    table = base(rows)
    text = written(table)
    yield _file("no head", written(table[1:]), table[1:], head=False)
    yield _file("head only", written(table[:1]), table[:1])
    yield _file("one record", written(table[:2]), table[:2])
    second = ["of order", "of order", "ordered", "of catalogue", "in pounds", "in charge", "of item", "of item", "free"]
    third = ["(day)", "(UTC)", "(pieces)", "(code)", "(net)", "(name)", "(text)", "(link)", "(text)"]
    for more in ([second], [second, third]):
        joined = [" ".join(words) for words in zip(table[0], *more, strict=True)]
        body = written([table[0], *more, *table[1:]])
        yield _file(f"head of {len(more) + 1} rows", body, [joined, *table[1:]])
    padding = "," * (len(HEAD) - 1)
    for before in (["Spending over 500 pounds"], ["Report of the Council", "Financial year 2018", "Contact: office"]):
        for pad in ("", padding):
            for blank in ("", f"{pad}\r\n"):
                lead = "".join(line + pad + "\r\n" for line in before) + blank
                yield _file(f"preamble of {len(before)}, {'padded' if pad else 'bare'}", lead + text, table)
    for after in (["Source: council"], ["Provisional figures", "See the web page for details"]):
        for pad in ("", padding):
            for blank in ("", f"{pad}\r\n"):
                tail = blank + "".join(line + pad + "\r\n" for line in after)
                yield _file(f"footnote of {len(after)}, {'padded' if pad else 'bare'}", text + tail, table)
    for width in (4, 7, 9, 12):
        other = [[f"Col {n}" for n in range(width)]] + [[str(n * m + 5) for m in range(width)] for n in range(1, 9)]
        for blank in ("", "\r\n", "\r\nTable 2\r\n\r\n"):
            yield _file(f"second table of {width}", text + blank + written(other), table)
    yield _file("table twice", text + "\r\n" + text, table)


def _of_the_encoding(rows: int) -> Iterator[Polluted]:
    table = base(rows)
    for n, row in enumerate(table[1:]):
        row[5] = ("Café Noël", "Müller & Söhne", "Señor Niño")[n % 3]
    truth = table[0], table[1:]
    for encoding, mark in (
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("latin-1", b""),
        ("cp1252", b""),
    ):
        name = f"encoding {encoding} {'with' if mark else 'without'} mark"
        yield Polluted(name, mark + written(table).encode(encoding), *truth)


def _of_a_row(rows: int, step: int) -> Iterator[Polluted]:
    table = base(rows)
    lines = [written_line(row) for row in table]
    for place in range(0, len(table), step):
        for column in range(len(HEAD)):
            for kind, line, cells in _struck(table[place], column):
                text = "".join(one + "\r\n" for one in [*lines[:place], line, *lines[place + 1 :]])
                yield _file(f"{kind} at {place}, {column}", text, [*table[:place], cells, *table[place + 1 :]])
    for delimiter in (";", "\t", "|"):
        for place in range(1, len(table), max(step, 9)):
            line = written_line(table[place], delimiter)
            text = "".join(one + "\r\n" for one in [*lines[:place], line, *lines[place + 1 :]])
            yield _file(f"row {place} by {delimiter!r}", text, table)


def _struck(row: Record, column: int) -> Iterator[tuple[str, str, Record]]:
    """A stray quote before, in and behind a cell. Lost and surplus delimiters: see ``pollock``."""
    cells = [written_line([cell]) if cell else "" for cell in row]
    if "\n" in row[column]:
        return
    text, cell = row[column], cells[column]
    quoted = cell.startswith('"')
    for kind, dirty, clean in (
        ("quote before", '"' + cell, '"' + text),
        ("quote behind", cell[:-1] + '""' if quoted else cell + '"', text + '"'),
        ("quote inside", cell[:2] + '"' + cell[2:], text[: 2 - quoted] + '"' + text[2 - quoted :]),
    ):
        if len(text) > 3 and '"' not in text:
            line = ",".join([*cells[:column], dirty, *cells[column + 1 :]])
            yield kind, line, [*row[:column], clean, *row[column + 1 :]]


# --------------------------------------------------------------------------------------------------- score


def f1(truth: Counter[tuple[str, ...]], found: Counter[tuple[str, ...]]) -> float:
    """Agreement of two multisets between 0 and 1; an empty truth asks for nothing found."""
    if not truth:
        return 1.0 if not found else 0.0
    return 2 * (truth & found).total() / (truth.total() + found.total())


def score(polluted: Polluted, output: str) -> float:
    """Mean of the agreements of head, records and cells, out of 10."""
    rows = list(csv.reader(io.StringIO(output, newline="")))
    rows = [[_plain(cell) for cell in row] for row in rows]
    head = rows[0] if polluted.head and rows else []
    body = rows[1:] if polluted.head else rows
    truth = [[_plain(cell) for cell in row] for row in polluted.records]
    parts = (
        f1(Counter((_plain(cell),) for cell in polluted.head), Counter((cell,) for cell in head)),
        f1(Counter(map(tuple, truth)), Counter(map(tuple, body))),
        f1(Counter((cell,) for row in truth for cell in row), Counter((cell,) for row in body for cell in row)),
    )
    return 10 * sum(parts) / len(parts)


def _plain(text: str) -> str:
    return " ".join(text.split())
