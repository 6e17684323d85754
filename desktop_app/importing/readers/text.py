"""CSV and its relatives → one sheet of text cells."""

from __future__ import annotations

import re

from desktop_app.errors import FileRefusedError
from desktop_app.importing.grid import RawBook, RawSheet
from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.readers.dialect import Dialect, find_dialect, parse
from desktop_app.importing.readers.encoding import decode

_EXCEL_TEXT = re.compile(r'="(.*)"', re.DOTALL)
_MANY_LINES = 60
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f]")


def read_text(data: bytes, name: str, options: ImportOptions) -> RawBook:
    """Decode, find the dialect, parse. ``="001"`` is how some systems keep Excel from eating zeros: it means 001."""
    text, encoding = decode(data, name, options.encoding)
    text = text.removeprefix("\ufeff").rstrip("\x1a")
    if len(_CONTROL.findall(text[:20_000])) > 20:
        raise FileRefusedError("这不是文本表格，里面多是控制字符", hint="请企业发 Excel 或 CSV 表", where=name)
    dialect = find_dialect(text)
    records = parse(text, dialect)
    if dialect.quote in text and len(records) + _MANY_LINES < text.count("\n") and _swallows(records):
        dialect = Dialect(dialect.delimiter, "")
        records = parse(text, dialect)
    warnings: list[str] = []
    if '="' in text:
        records, unwrapped = _unwrap(records)
        if unwrapped:
            warnings.append(f'{unwrapped} 个单元格写成 ="…"，按引号里的文字读')
    if "\ufffd" in text or "锟斤拷" in text:
        warnings.append("文件里有乱码字符（�），企业导出时已经损坏，请核对名称")
    sheet = RawSheet("", tuple(map(tuple, records)))
    quote = dialect.quote if dialect.quote and dialect.quote in text else ""
    return RawBook((sheet,), encoding, dialect.delimiter, quote, tuple(warnings))


def _swallows(records: list[list[str]]) -> bool:
    """A stray quote has taken in a stretch of the file."""
    return any(cell.count("\n") > _MANY_LINES for record in records for cell in record)


def _unwrap(records: list[list[str]]) -> tuple[list[list[str]], int]:
    count = 0
    result: list[list[str]] = []
    for record in records:
        cells: list[str] = []
        for cell in record:
            match = _EXCEL_TEXT.fullmatch(cell.strip()) if cell.lstrip().startswith('="') else None
            count += match is not None
            cells.append(match[1].replace('""', '"') if match else cell)
        result.append(cells)
    return result, count
