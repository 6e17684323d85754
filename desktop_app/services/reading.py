"""How a file is read, without a ledger: its table shown, or written as plain CSV."""

from __future__ import annotations

from pathlib import Path

from desktop_app.errors import FileRefusedError, UserError
from desktop_app.importing.plan import ImportOptions, Reading

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are no monthly tables; reading them would only stall an old PC."""
LARGEST = 1024 * 1024 * 1024
"""The same for importing, which reads registries and village sheets in pieces; what it cannot has limits of its own."""


def inspect_path(
    path: Path,
    sheet: str | None = None,
    join: str = "/",
    encoding: str | None = None,
    password: str | None = None,
) -> Reading:
    """How a file is read; needs no ledger and decides nothing. An empty file reads as an empty table.

    :param encoding: of a text file, where the user knows better.
    :param password: of a protected workbook.
    :raises FileRefusedError: the file cannot be read.
    """
    from desktop_app.importing.normalise import empty_reading
    from desktop_app.importing.planner import inspect_file
    from desktop_app.importing.readers import EmptyFileError

    check_readable(path)
    try:
        return inspect_file(path, ImportOptions(sheet=sheet, join=join, encoding=encoding, password=password))
    except EmptyFileError:
        return empty_reading(path)


def write_table(reading: Reading, out: Path, source: Path | None = None) -> None:
    """The table of a reading as RFC 4180 UTF-8 CSV: head and data rows, cells as text, unchanged in content.

    :param source: the file that was read; it is never written over, by whatever path or link it is named.
    :raises UserError: the place cannot be written, or holds the source or a ledger.
    """
    from desktop_app.importing.normalise import write_normalised_csv

    try:
        if source is not None and out.exists() and out.samefile(source):
            raise UserError("要写的就是读入的这个文件，没有写", hint="请另取一个文件名", where=str(out))
        if out.is_file() and _starts_like_ledger(out):
            raise UserError("这里是台账（数据库）文件，没有写", hint="请另取一个文件名", where=str(out))
        write_normalised_csv(reading, out)
    except OSError as error:
        raise UserError("写不出这个文件", hint="请检查文件夹和写入权限", where=str(out)) from error


def _starts_like_ledger(path: Path) -> bool:
    with path.open("rb") as handle:
        return handle.read(16) == b"SQLite format 3\0"


def check_readable(path: Path, most: int = MAX_BYTES) -> None:
    """Refuse what is no file, cannot be opened or is too large.

    :raises FileRefusedError: with what to do about it.
    """
    if not path.exists():
        raise FileRefusedError("找不到这个文件", hint="请检查路径和文件名", where=str(path))
    if path.is_dir():
        raise FileRefusedError("这是文件夹，不是文件", hint="请选其中的文件", where=str(path))
    if not path.is_file():
        # A pipe or a device: whoever opens it may wait for ever.
        raise FileRefusedError("这不是普通文件，没有打开", hint="请选择 Excel 或 CSV 文件", where=str(path))
    try:
        size = path.stat().st_size
        with path.open("rb") as handle:
            handle.read(1 if size else 0)
    except OSError as error:
        raise FileRefusedError("文件打不开", hint="请先在 WPS 中关闭它，或检查读取权限", where=path.name) from error
    if size > most:
        raise FileRefusedError(f"文件太大（{size // 1024 // 1024} MB）", hint="请确认是不是放错了文件", where=path.name)
