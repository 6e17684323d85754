"""Readers: file → :class:`~desktop_app.importing.grid.RawBook`. What a file is, its content tells, not its name."""

from __future__ import annotations

import stat
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from desktop_app.errors import FileRefusedError
from desktop_app.importing.grid import RawBook
from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.readers.sniff import Content, refusal, sniff

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are refused when they must be read as a whole: reading them would only stall an old PC."""
MAX_WORKBOOK = 60 * 1024 * 1024
"""Of a workbook or web page."""


def load_bytes(path: Path) -> bytes:
    """The file's bytes; refuses what is missing, a folder, no file at all (a pipe, a device) or absurdly large."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise FileRefusedError("这是一个文件夹，不是文件", hint="请选择文件夹里的文件", where=path.name)
        if not stat.S_ISREG(status.st_mode):
            raise FileRefusedError("这不是普通文件，没有打开", hint="请选择 Excel 或 CSV 文件", where=path.name)
        if status.st_size > MAX_BYTES:
            raise FileRefusedError(
                f"文件有 {status.st_size // 1048576} MB，太大了，不能整份读入",
                hint="请只留当月的表再导入；名录和进村明细可存为一行一条的 CSV，大小不限于此",
                where=path.name,
            )
        # What the system keeps as a file of no size may block whoever reads it.
        data = path.read_bytes() if status.st_size else b""
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


def open_workbook(
    path: Path,
    options: ImportOptions,
    *,
    data: bytes | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> RawBook:
    """Read a file of any known format as sheets of text cells; what is more than plain text, in another process.

    :param data: the file's bytes when the caller has them already.
    :param cancelled: asked while the other process reads.
    :raises FileRefusedError: for everything that is no readable table; message and hint are in Chinese.
    :raises CancelledError: the user has cancelled.
    """
    content = load_bytes(path) if data is None else data
    kind = sniff(content)
    if kind in _ELSEWHERE:
        if len(content) > MAX_WORKBOOK:
            raise FileRefusedError(
                f"文件有 {len(content) // 1048576} MB，大得不正常，没有打开",
                hint="多半是夹了图片：请企业把数据复制到新工作簿再发一份",
                where=path.name,
            )
        from desktop_app.importing.readers.isolated import READER

        return READER.read(content, path.name, options, cancelled)
    return read_here(content, path.name, options)


def read_here(data: bytes, name: str, options: ImportOptions) -> RawBook:
    """The same in this process.

    :raises FileRefusedError: as above.
    """
    kind = sniff(data)
    if kind is Content.ENCRYPTED:
        from desktop_app.importing.readers.encrypted import decrypt

        data = decrypt(data, options.password, name)
        kind = sniff(data)
    reader = _READERS.get(kind)
    if reader is None:
        raise EmptyFileError.of(name) if kind is Content.EMPTY else refusal(kind, name)
    module, function = reader
    read: Callable[[bytes, str, ImportOptions], RawBook] = getattr(import_module(module, __name__), function)
    return read(data, name, options)


class EmptyFileError(FileRefusedError):
    """A file without any content: ``inspect`` shows it as an empty table, an import refuses it."""

    @classmethod
    def of(cls, name: str) -> EmptyFileError:
        """The refusal of the file of this name."""
        other = refusal(Content.EMPTY, name)
        return cls(other.message, hint=other.hint, where=other.where)


_READERS = {
    Content.TEXT: (".text", "read_text"),
    Content.XLSX: (".xlsx", "read_xlsx"),
    Content.XLS: (".xls", "read_xls"),
    Content.ODS: (".ods", "read_ods"),
    Content.HTML: (".html", "read_html"),
    Content.XML_SHEET: (".xml_sheet", "read_xml_sheet"),
}
_ELSEWHERE = {Content.XLSX, Content.XLS, Content.ODS, Content.HTML, Content.XML_SHEET, Content.ENCRYPTED}
