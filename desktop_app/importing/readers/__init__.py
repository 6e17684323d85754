"""Readers: file → :class:`~desktop_app.importing.grid.RawBook`. What a file is, its content tells, not its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop_app.errors import FileRefusedError
from desktop_app.importing.grid import RawBook
from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.readers.sniff import Content, refusal, sniff

MAX_BYTES = 300 * 1024 * 1024
"""Larger files are refused: no monthly sheet of a county comes near it."""


def load_bytes(path: Path) -> bytes:
    """The file's bytes; refuses what is missing, a folder, empty or absurdly large."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise FileRefusedError("这是一个文件夹，不是文件", hint="请选择文件夹里的文件", where=path.name)
        if size > MAX_BYTES:
            raise FileRefusedError(f"文件有 {size // 1048576} MB，太大了", hint="请只留当月的表再导入", where=path.name)
        data = path.read_bytes()
    except FileNotFoundError:
        raise FileRefusedError("找不到这个文件", hint="请核对文件名和所在文件夹", where=str(path)) from None
    except PermissionError:
        raise FileRefusedError(
            "文件打不开，没有读取权限或正被别的程序占用", hint="请先在 Excel 或 WPS 里关闭它再试", where=path.name
        ) from None
    except OSError as error:
        raise FileRefusedError(
            "读取文件时出错", hint=f"U 盘可能已拔出或损坏：{error.strerror}", where=path.name
        ) from error
    return data


def open_workbook(path: Path, options: ImportOptions, *, data: bytes | None = None) -> RawBook:
    """Read a file of any known format as sheets of text cells.

    :param data: the file's bytes when the caller has them already.
    :raises FileRefusedError: for everything that is no readable table; message and hint are in Chinese.
    """
    content = load_bytes(path) if data is None else data
    kind = sniff(content)
    if kind is Content.ENCRYPTED:
        from desktop_app.importing.readers.encrypted import decrypt

        content = decrypt(content, options.password, path.name)
        kind = sniff(content)
    reader = _readers().get(kind)
    if reader is None:
        raise refusal(kind, path.name)
    return reader(content, path.name, options)


def _readers() -> dict[Content, Callable[[bytes, str, ImportOptions], RawBook]]:
    from desktop_app.importing.readers.html import read_html
    from desktop_app.importing.readers.text import read_text
    from desktop_app.importing.readers.xls import read_xls
    from desktop_app.importing.readers.xlsx import read_xlsx

    return {
        Content.TEXT: read_text,
        Content.XLSX: read_xlsx,
        Content.XLS: read_xls,
        Content.HTML: read_html,
    }
