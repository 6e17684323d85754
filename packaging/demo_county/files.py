"""Writing CSV files exactly as asked: encoding, separator, line ends."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

Rows = Iterable[Sequence[str]]


def csv_bytes(rows: Rows, encoding: str, *, delimiter: str = ",") -> bytes:
    """Rows → bytes with CRLF line ends. ``utf-16`` is little-endian with its mark, whatever the machine."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    if encoding == "utf-16":
        return b"\xff\xfe" + buffer.getvalue().encode("utf-16-le")
    return buffer.getvalue().encode(encoding)


def write(path: Path, content: bytes) -> None:
    """Write a file, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
