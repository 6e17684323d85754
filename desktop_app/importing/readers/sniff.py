"""Tells what a file is by its first bytes and inner names, never by its extension."""

from __future__ import annotations

import io
import re
import zipfile
from enum import Enum, auto

from desktop_app.errors import FileRefusedError
from desktop_app.importing.readers.guard import DAMAGE

_XML_BOOK = re.compile(rb"<(?:\w+:)?workbook[\s>]")
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Content(Enum):
    """What the bytes are."""

    EMPTY = auto()
    TEXT = auto()
    XLSX = auto()
    XLSB = auto()
    ODS = auto()
    XLS = auto()
    ENCRYPTED = auto()
    HTML = auto()
    XML_SHEET = auto()
    XML = auto()
    PDF = auto()
    IMAGE = auto()
    ARCHIVE = auto()
    WORD = auto()
    DATABASE = auto()
    OTHER_OLE = auto()
    BROKEN_ZIP = auto()
    PROGRAM = auto()


_MAGIC: tuple[tuple[Content, tuple[bytes, ...]], ...] = (
    (
        Content.XLS,
        (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x10\x00", b"\x09\x08\x08\x00"),
    ),
    (Content.IMAGE, (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")),
    (Content.ARCHIVE, (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00")),
    (Content.DATABASE, (b"SQLite format 3\x00",)),
)
_OLE_STREAMS = (
    ("EncryptedPackage", Content.ENCRYPTED),
    ("Workbook", Content.XLS),
    ("Book", Content.XLS),
    ("WordDocument", Content.WORD),
)
_REFUSALS: dict[Content, tuple[str, str]] = {
    Content.EMPTY: ("文件是空的，里面没有任何内容", "请企业重新导出后再发一份"),
    Content.PDF: ("这是 PDF 文件，不是表格", "请企业发 Excel 或 CSV 表；PDF 里的数字不能直接导入"),
    Content.IMAGE: ("这是图片，不是表格", "请企业发 Excel 或 CSV 表，不要发截图或扫描件"),
    Content.ARCHIVE: ("这是压缩包", "请先解压，再导入里面的表格"),
    Content.WORD: ("这是 Word 文档，不是表格", "请把里面的表格复制到 Excel 或 WPS 表格，另存为 .xlsx 后再导入"),
    Content.DATABASE: ("这是数据库文件，不是表格", "如果是台账文件，请用“打开台账”或“恢复备份”"),
    Content.XLSB: ("这是二进制工作簿（.xlsb）", "请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入"),
    Content.XML: ("这是 XML 文件，不是读得了的表格", "请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入"),
    Content.OTHER_OLE: ("这不是表格文件（旧版 Office 的其他文档）", "请企业发 Excel 或 CSV 表"),
    Content.BROKEN_ZIP: ("工作簿已损坏，打不开", "请企业重新发一份；也可用 WPS 打开修复后另存为 .xlsx"),
    Content.PROGRAM: ("这是程序文件，不是表格，没有打开", "请不要运行它，并请企业改发 Excel 或 CSV 表"),
}


def refusal(kind: Content, name: str) -> FileRefusedError:
    """The message for a content that we do not read."""
    message, hint = _REFUSALS[kind]
    return FileRefusedError(message, hint=hint, where=name)


def sniff(data: bytes) -> Content:
    """What these bytes are; TEXT when nothing else fits."""
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n\x1a"):
        return Content.EMPTY
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if data.startswith(OLE_MAGIC):
        return _ole_kind(data)
    for kind, starts in _MAGIC:
        if data.startswith(starts):
            return kind
    return _binary_kind(data) or _markup_kind(data)


def _binary_kind(data: bytes) -> Content | None:
    """Kinds whose mark is more than a fixed beginning."""
    if b"%PDF-" in data[:1024]:
        return Content.PDF
    if (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or _is_bmp(data):
        return Content.IMAGE
    if data.startswith((b"MZ", b"\x7fELF")) and b"\x00" in data[:64]:
        return Content.PROGRAM
    return None


def _is_bmp(data: bytes) -> bool:
    return data[:2] == b"BM" and len(data) > 14 and int.from_bytes(data[2:6], "little") == len(data)


def _markup_kind(data: bytes) -> Content:
    head = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith(b"{\\rtf"):
        return Content.WORD
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and _XML_BOOK.search(head):
        return Content.XML_SHEET
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<style", b"<div")) or (
        head.startswith(b"<?xml") and b"<html" in head
    ):
        return Content.HTML
    if head.startswith(b"<?xml"):
        return Content.XML
    if head.startswith(b"mime-version:") and b"multipart/related" in head:
        # A page with its parts in one file (单个文件网页), as Excel saves it.
        return Content.HTML
    return Content.TEXT


def _zip_kind(data: bytes) -> Content:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
            mimetype = b""
            if "mimetype" in names:
                with archive.open("mimetype") as part:
                    mimetype = part.read(80)
    except DAMAGE:
        return Content.BROKEN_ZIP
    if "xl/workbook.bin" in names:
        return Content.XLSB
    if "xl/workbook.xml" in names or any(name.startswith("xl/worksheets/") for name in names):
        return Content.XLSX
    if any(name.startswith("word/") for name in names):
        return Content.WORD
    if b"opendocument.spreadsheet" in mimetype:
        return Content.ODS
    return Content.ARCHIVE


def _ole_kind(data: bytes) -> Content:
    """An OLE2 container by the names in its directory, which stand there as UTF-16."""
    for word, kind in _OLE_STREAMS:
        if (word + "\0").encode("utf-16-le") in data:
            return kind
    # The directory lies beyond the end of a file that was cut off.
    directory = (int.from_bytes(data[48:52], "little") + 1) << int.from_bytes(data[30:32], "little")
    return Content.BROKEN_ZIP if directory + 128 > len(data) else Content.OTHER_OLE
