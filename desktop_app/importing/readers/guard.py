"""Looks at a zipped workbook before anything unpacks it: zip bombs, absurd sizes, entity tricks."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from desktop_app.errors import FileRefusedError

DAMAGE = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError),
    *(ValueError, KeyError, IndexError, OverflowError, NotImplementedError, RuntimeError),
)
"""What unpacking a damaged archive and reading its parts may end in."""
MAX_PART = 400 * 1024 * 1024
MAX_TOTAL = 600 * 1024 * 1024
MAX_RATIO = 400
"""Spreadsheet XML packs at most some 60:1; beyond this with a large part it is a bomb."""
MAX_CELLS = 12_000_000
"""Places in the grid of one sheet, blanks included."""
MAX_BOOK_CELLS = 300_000
"""Written cells of a whole workbook: openpyxl takes some 700 bytes for each."""
MAX_MERGES = 100_000


def check_archive(data: bytes, name: str) -> None:
    """Refuse dangerous archives before anything unpacks them.

    :raises FileRefusedError: a part is too large when unpacked, packed too well, damaged, or declares entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            total = sum(info.file_size for info in infos)
            bombs = [i for i in infos if i.file_size > 20_000_000 and i.file_size > MAX_RATIO * max(i.compress_size, 1)]
            if bombs or total > MAX_TOTAL or any(info.file_size > MAX_PART for info in infos):
                raise FileRefusedError(
                    f"工作簿解开后有 {total // 1048576} MB，大得不正常，没有打开",
                    hint="可能是整列设了格式：请企业把数据复制到新工作簿再发一份",
                    where=name,
                )
            for info in infos:
                if info.filename.lower().endswith((".xml", ".rels")):
                    _scan(archive, info, name)
    except DAMAGE as error:
        raise broken(name) from error


def _scan(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> None:
    """Read a part in pieces: never more than the directory promised, and no declared entities."""
    read, tail = 0, b""
    with archive.open(info) as part:
        while piece := part.read(1 << 20):
            if read == 0 and (piece[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in piece[:4]):
                # UTF-16 would hide entities from the look below; no spreadsheet program writes it here.
                raise broken(name)
            read += len(piece)
            if read > info.file_size:
                raise broken(name)
            if b"<!DOCTYPE" in tail + piece or b"<!ENTITY" in tail + piece:
                raise FileRefusedError("工作簿里有不该有的内容，没有打开", hint="请企业另存一份新的再发", where=name)
            tail = piece[-16:]


def broken(name: str) -> FileRefusedError:
    """The message for a damaged workbook."""
    return FileRefusedError(
        "工作簿已损坏，打不开", hint="请企业重新发一份；也可用 WPS 打开修复后另存为 .xlsx", where=name
    )
