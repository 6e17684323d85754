"""How a text file separates its cells (分隔符与引号): every candidate is tried on the head of the file."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

DELIMITERS = (",", "\t", ";", "|", "，", "^", "~", ":", " ")
ODD_DELIMITERS = tuple(mark for mark in DELIMITERS if mark != ":")
"""Marks by which a single line among others may be cut: colons stand in labels and times (导出时间:10:00:00)."""
QUOTES = ('"', "'", "`")
_SAMPLE_LINES = 300
_LONGEST = 400
_SAMPLE_CHARACTERS = 120_000
_THOUSANDS = re.compile(r"\s*[-+]?[$¥￥€£]?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?\s*")
_TYPED = re.compile(r"[-+$¥￥€£]?[\d.,:/ -]*\d[\d.,:/ -]*%?")
_TIME = re.compile(r"\b\d{1,2}:\d{2}\b|://")
_OTHER_CELLS = re.compile(r"""(["'])[\t;|,，^~]\1""")
_HINT = re.compile(r"\ufeff?sep=(.)[\r\n]", re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """Delimiter and quote of a text file; an empty quote means that quotes are ordinary characters.

    ``escape`` is a character that makes the quote behind it an ordinary one; ``skip_space`` says that every
    delimiter is followed by a blank which belongs to no cell.
    """

    delimiter: str
    quote: str = '"'
    escape: str = ""
    skip_space: bool = False


def hinted_delimiter(text: str) -> str | None:
    """Delimiter named by a first line ``sep=;``, a habit of Excel."""
    match = _HINT.match(text[:10])
    return match[1] if match else None


def find_dialect(text: str) -> Dialect:
    """The dialect whose records agree best on their number of cells.

    Score = number of records of the commonest width × share of records that have it × how clean the cells are; one
    column scores least. Ties go to the earlier candidate, so that a comma beats a bar inside the cells.
    """
    sample = _head(text)
    best, best_score = Dialect(",", _quote(sample, ",")), 0.0
    for delimiter in DELIMITERS:
        if delimiter not in sample:
            continue
        candidate = Dialect(delimiter, _quote(sample, delimiter))
        score, records = _score(sample, candidate)
        if candidate.quote and "\\" + candidate.quote in sample:
            escaped = Dialect(delimiter, candidate.quote, "\\")
            other, other_records = _score(sample, escaped)
            if other >= score:
                candidate, score, records = escaped, other, other_records
        if _follows_blank(records, delimiter):
            candidate = Dialect(delimiter, candidate.quote, candidate.escape, skip_space=True)
        if score > best_score * 1.0001 and _may_part(delimiter, records):
            best, best_score = candidate, score
    if best_score == 0.0 and _is_one_column(sample):
        # Commas that stand inside the cells of one column: a delimiter that the file does not have.
        return Dialect("\t", best.quote)
    return best


def simple_records(text: str, dialect: Dialect) -> list[list[str]]:
    """All records as the standard library reads them, stray quotes and all."""
    csv.field_size_limit(1 << 27)
    source = io.StringIO(unescaped(text, dialect), newline="")
    if not dialect.quote:
        return list(csv.reader(source, delimiter=dialect.delimiter, quoting=csv.QUOTE_NONE))
    return list(
        csv.reader(source, delimiter=dialect.delimiter, quotechar=dialect.quote, skipinitialspace=dialect.skip_space)
    )


def unescaped(text: str, dialect: Dialect) -> str:
    r"""``\"`` written as ``""``; a backslash before anything else is an ordinary character."""
    if not dialect.escape or not dialect.quote:
        return text
    quote = dialect.quote
    pattern = re.compile(re.escape(dialect.escape) + f"([{re.escape(dialect.escape)}{re.escape(quote)}])")
    return pattern.sub(lambda match: quote * 2 if match[1] == quote else match[1], text)


def _head(text: str) -> str:
    lines = io.StringIO(text[:_SAMPLE_CHARACTERS], newline="").readlines()
    if len(lines) > 2 and len(text) > _SAMPLE_CHARACTERS:
        lines.pop()
    return "".join(lines[:_SAMPLE_LINES])


def _quote(sample: str, delimiter: str) -> str:
    """The mark that plainly wraps whole cells; none when no mark does."""
    counts = {mark: _wrapped(sample, delimiter, mark) for mark in QUOTES if mark in sample}
    if not counts:
        return '"'
    best = max(counts, key=lambda mark: (counts[mark], -QUOTES.index(mark)))
    if counts[best] >= (1 if best == '"' else 2):
        return best
    return ""


def _wrapped(sample: str, delimiter: str, mark: str) -> int:
    edge = re.escape(delimiter)
    pattern = f"(?:^|{edge}) ?{mark}(?:[^{mark}]|{mark}{mark}){{0,4000}}{mark} ?(?={edge}|[\r\n]|\\Z)"
    wrapped = len(re.findall(pattern, sample, re.MULTILINE))
    # Cells whose inner marks are not doubled are wrapped all the same.
    loose = f"(?:^|{edge}) ?{mark}[^\r\n]{{0,400}}?{mark} ?(?={edge}|[\r\n]|\\Z)"
    return wrapped or len(re.findall(loose, sample, re.MULTILINE))


def _score(sample: str, dialect: Dialect) -> tuple[float, list[list[str]]]:
    try:
        records = simple_records(sample, dialect)
    except csv.Error:
        records = simple_records(sample, Dialect(dialect.delimiter, ""))
    score = _agreement(records)
    if dialect.quote and not dialect.escape:
        # One stray quote swallows half of the sample; without quotes the lines still agree.
        bare = simple_records(sample, Dialect(dialect.delimiter, ""))
        score = max(score, 0.95 * _agreement(bare))
    if dialect.delimiter == "," and _is_one_column(sample):
        return 0.0, records
    return score * (0.6 + 0.4 * _cleanness(records)), records


def _agreement(records: list[list[str]]) -> float:
    filled = [len(record) for record in records if any(cell.strip() for cell in record)]
    wide = Counter(width for width in filled if width > 1)
    if not wide:
        return 0.001 if filled else 0.0
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    return count * (count / len(filled)) * (1 - 1 / (width + 1))


def _cleanness(records: list[list[str]]) -> float:
    """Share of the cells that are one thing: a figure, a date, or words without a delimiter among them."""
    cells = [cell for record in records for cell in record if cell and len(record) > 1][:4000]
    if not cells:
        return 0.0
    # Exports put tabs around codes to keep spreadsheets from eating zeros: within a cell they tell of a delimiter.
    bare = [cell[:_LONGEST].strip("\t ") for cell in cells]
    clean = sum(1 for cell in bare if not any(mark in cell for mark in "\t;|") or _TYPED.fullmatch(cell))
    clean -= sum(1 for cell in bare if len(cell) > 1 and cell[-1] in ",;|" and not _TYPED.fullmatch(cell[-1]))
    # Quotes on both sides of another mark: the cells of another dialect lie within these.
    mangled = sum(1 for cell in bare if _OTHER_CELLS.search(cell))
    return (clean - 2 * mangled) / len(cells)


def _is_one_column(sample: str) -> bool:
    """Figures with thousands commas, or “surname, name” under a head without a comma."""
    lines = [line for line in sample.splitlines() if line.strip()]
    if any('"' in line for line in lines[:3]) or len(lines) < 3:
        return False
    body = lines[1:]
    if all(len(line) < _LONGEST and (_THOUSANDS.fullmatch(line) or line.strip().isdigit()) for line in body):
        return True
    return "," not in lines[0] and all(line.count(",") == 1 and ", " in line for line in body)


def _follows_blank(records: list[list[str]], delimiter: str) -> bool:
    if delimiter in " \t":
        return False
    cells = [cell for record in records for cell in record[1:]]
    return bool(cells) and sum(cell[:1] == " " != cell[1:2] for cell in cells) >= 0.97 * len(cells)


def _may_part(delimiter: str, records: list[list[str]]) -> bool:
    """Blanks and colons stand in words and times too, full-width commas in the sentences of notes."""
    if delimiter == " ":
        return _columns_by_blanks(records)
    if delimiter == "，":
        return not _are_sentences(records)
    return delimiter != ":" or (
        len({len(record) for record in records if record}) == 1
        and len(records[0]) > 2
        and not any(_TIME.search(":".join(record)) for record in records)
    )


def _are_sentences(records: list[list[str]]) -> bool:
    """Whether the lines that agree are the lesser part of the file and none of their columns holds figures."""
    rows = [record for record in records if any(record)]
    widths = Counter(width for width in map(len, rows) if width > 1)
    if not widths:
        return False
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    body = [row for row in rows if len(row) == width][1:]
    return 2 * count < len(rows) and not any(
        2 * sum(bool(_TYPED.fullmatch(row[column][:_LONGEST].strip())) for row in body) > len(body)
        for column in range(width)
    )


def _columns_by_blanks(records: list[list[str]]) -> bool:
    """Blanks separate cells only where nearly every line has the same three or more, and figures stand in columns."""
    rows = [record for record in records if any(record)]
    widths = Counter(map(len, rows))
    if len(rows) < 2:
        return False
    width, count = widths.most_common(1)[0]
    if width < 3 or count < 0.85 * len(rows):
        return False
    same = [row for row in rows if len(row) == width]
    body = same[1:]
    return any(sum(bool(_TYPED.fullmatch(row[c][:_LONGEST])) for row in body) >= 0.8 * len(body) for c in range(width))
