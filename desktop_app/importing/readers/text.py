"""CSV and its relatives → one sheet of text cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from desktop_app.errors import FileRefusedError
from desktop_app.importing.grid import RawBook, RawSheet
from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.readers.aligned import by_position
from desktop_app.importing.readers.blanks import BLANK, by_blanks
from desktop_app.importing.readers.dialect import Dialect, find_dialect, hinted_delimiter
from desktop_app.importing.readers.encoding import Decoded, decode
from desktop_app.importing.readers.records import Parsed, parse

_EXCEL_TEXT = re.compile(r'="(.*)"', re.DOTALL)
_EXCEL_TEXT_CELL = re.compile(r'(^|[\t,;|，])="((?:[^"\r\n]|"")*)"(?=[\t,;|，\r\n]|\Z)', re.MULTILINE)
_BLANKS_BEHIND = re.compile(r'(^|[,;|，])"((?:[^"\r\n]|""){0,4000})"([\t ]+)(?=[,;|，])', re.MULTILINE)
"""``"1,200"⇥,``: a quoted cell with blanks between its quote and the delimiter."""
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1e]")
_ODD_LINE_ENDS = ("\x1e", "\x85", "\u2028", "\x0b", "\x0c")
_CURLY_CELL = "(^|{d}) ?“((?:[^“”\r\n])*)” ?(?={d}|[\r\n]|\\Z)"
_TOLD = 5
BROKEN_MARKS = "有乱码字符"
"""In the words about damaged cells."""
_MAX_COLUMNS = 16_384
"""As many as a spreadsheet has."""
MAX_TEXT = 48 * 1024 * 1024
"""Bytes of a text file that is held in the memory as a table; with the next three it keeps below 500 MB and 10 s."""
MAX_LINES = 600_000
_MAX_MARKS = 4_000_000
"""Delimiters of one kind."""
_MAX_LINE = 4_000_000
"""Characters of one line."""


def read_text(data: bytes, name: str, options: ImportOptions) -> RawBook:
    """Decode, find the dialect, parse. ``="001"`` is how some systems keep Excel from eating zeros: it means 001."""
    if len(data) > MAX_TEXT:
        raise _too_large(name, f"文件有 {len(data) // 1048576} MB，作为表格太大了")
    decoded = decode(data, name, options.encoding)
    text = _with_line_ends(decoded.text.removeprefix("\ufeff").rstrip("\x1a"))
    _check_size(text, name)
    text, unwrapped = _plainly_quoted(text)
    hinted = hinted_delimiter(text)
    if hinted is not None:
        text = text[text.index(hinted, 3) + 1 :]
    dialect = find_dialect(text)
    if hinted is not None:
        dialect = Dialect(hinted, dialect.quote, dialect.escape, skip_space=dialect.skip_space)
    quote = dialect.quote if dialect.quote and dialect.quote in text else ""
    if "“" in text and (curly := straightened(text, dialect)) is not None:
        text, quote = curly, "“”"
        dialect = Dialect(dialect.delimiter, '"', dialect.escape, skip_space=dialect.skip_space)
    spaced = by_position(text) or by_blanks(text)
    if spaced is not None:
        dialect = BLANK
    parsed = parse(text, dialect) if spaced is None else Parsed(spaced, [])
    records = parsed.records
    _check_width(records, name)
    if hinted is not None and text[:1] not in "\r\n":
        records.insert(0, [])
    unwrapped += _unwrap(records) if '="' in text else 0
    warnings: list[str] = []
    if unwrapped:
        warnings.append(f'{unwrapped} 个单元格写成 ="…"，按引号里的文字读')
    warnings += _repairs(parsed, 1 if hinted is None else 2)
    warnings += _damage(decoded, text, records)
    for place, record in enumerate(records):
        # One after the other, so that not all stand in the memory twice.
        records[place] = tuple(record)  # type: ignore[call-overload]
    sheet = RawSheet("", tuple(records))  # type: ignore[arg-type]
    return RawBook((sheet,), decoded.encoding, dialect.delimiter, quote, tuple(warnings))


def _plainly_quoted(text: str) -> tuple[str, int]:
    """Cells written ``="001"`` or with blanks behind their quote, as plain quoted ones; how many of the first kind.

    Before the quotes of the file are looked for, so that these are not taken for stray ones.
    """
    unwrapped = 0
    if '="' in text:
        text, unwrapped = _EXCEL_TEXT_CELL.subn(r'\1"\2"', text)
    if '"\t' in text or '" ' in text:
        text = _BLANKS_BEHIND.sub(r'\1"\2\3"', text)
    return text, unwrapped


def looks_binary(text: str) -> bool:
    """Whether control characters stand where words should."""
    return len(_CONTROL.findall(text[:20_000])) > 20


def _check_size(text: str, name: str) -> None:
    """Refuse what is no table of an office and would fill the memory.

    :raises FileRefusedError: control characters, too many lines or cells, or a line as long as a book.
    """
    if looks_binary(text):
        raise FileRefusedError("这不是文本表格，里面多是控制字符", hint="请企业发 Excel 或 CSV 表", where=name)
    breaks = text.count("\n") or text.count("\r")
    if breaks > MAX_LINES:
        raise _too_large(name, f"文件有 {breaks} 行，作为表格太长了")
    if len(text) > _MAX_LINE and max(map(len, text.splitlines())) > _MAX_LINE:
        raise _too_large(name, f"有一行超过 {_MAX_LINE // 10_000} 万字，不像表格")
    if max(map(text.count, ",\t;|，")) > _MAX_MARKS:
        raise _too_large(name, "格子太多，不像一个月的表")


def _check_width(records: list[list[str]], name: str) -> None:
    if (width := max(map(len, records), default=0)) > _MAX_COLUMNS:
        raise FileRefusedError(
            f"一行有 {width} 格，不像表格", hint="请企业用 Excel 或 WPS 打开，另存为 .xlsx 再发", where=name
        )


def _repairs(parsed: Parsed, first: int) -> list[str]:
    """What was set right in parsing; ``first`` is the line of the first record."""
    warnings: list[str] = []
    if parsed.mended:
        lines = "、".join(str(place + first) for place in parsed.mended[:_TOLD])
        lines += " 等" if len(parsed.mended) > _TOLD else ""
        warnings.append(f"第{lines}行的分隔符有缺失、多余或不同，已照其他行对齐，请核对")
    if parsed.given_up is not None:
        at = parsed.given_up + first
        warnings.append(f"文件里落单的引号太多，第{at}行起没有逐行修补，各列可能错位，请企业另存为 .xlsx 再发")
    return warnings


def _too_large(name: str, message: str) -> FileRefusedError:
    return FileRefusedError(message, hint="请企业只留当月的表，用 Excel 或 WPS 另存为 .xlsx 再发", where=name)


def _unwrap(records: list[list[str]]) -> int:
    """The same in cells that are themselves quoted, their quotes doubled."""
    count = 0
    for record in records:
        for column, cell in enumerate(record):
            match = _EXCEL_TEXT.fullmatch(cell.strip()) if cell.lstrip().startswith('="') else None
            if match is not None:
                record[column] = match[1].replace('""', '"')
                count += 1
    return count


def _with_line_ends(text: str) -> str:
    """Files whose lines end in a separator of old systems instead of CR or LF."""
    if "\n" in text or "\r" in text:
        return text
    for mark in _ODD_LINE_ENDS:
        if text.count(mark) > 1:
            return text.replace(mark, "\n")
    return text


def straightened(text: str, dialect: Dialect) -> str | None:
    """``“a，b”`` around whole cells, written with plain quotes; None where these marks only stand inside cells."""
    pattern = re.compile(_CURLY_CELL.replace("{d}", re.escape(dialect.delimiter)), re.MULTILINE)
    found = pattern.findall(text[:200_000])
    if len(found) < 2 or not any(dialect.delimiter in inner for _, inner in found):
        return None
    return pattern.sub(lambda match: match[1] + '"' + match[2].replace('"', '""') + '"', text)


def _damage(decoded: Decoded, text: str, records: list[list[str]]) -> list[str]:
    warnings: list[str] = []
    if decoded.nul_lines:
        places = "、".join(map(str, decoded.nul_lines[:_TOLD])) + (" 等" if len(decoded.nul_lines) > _TOLD else "")
        warnings.append(f"第{places}行有空字节，已去掉；文件可能在拷贝中受损，请核对这几行")
    if "\ufffd" in text or "锟斤拷" in text:
        warnings.append(broken_cells(enumerate(records)))
    return warnings


def broken_cells(records: Iterable[tuple[int, Sequence[str]]]) -> str:
    """Which cells hold marks of damage, the first few by place; records with their numbers from 0."""
    cells = [
        f"第{row + 1}行第{column}格"
        for row, record in records
        for column, cell in enumerate(record, start=1)
        if "\ufffd" in cell or "锟斤拷" in cell
    ]
    places = "、".join(cells[:_TOLD]) + (f" 等 {len(cells)} 格" if len(cells) > _TOLD else "")
    return f"{places}{BROKEN_MARKS}（�），文件或导出时已经损坏，请核对"
