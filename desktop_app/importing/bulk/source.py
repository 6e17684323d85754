"""A large text file as pieces of whole lines: encoding, dialect and hash as the reader of small files finds them."""

from __future__ import annotations

import csv
import hashlib
import mmap
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from desktop_app.importing.readers.dialect import Dialect, find_dialect, hinted_delimiter
from desktop_app.importing.readers.encoding import Rung, rungs
from desktop_app.importing.readers.sniff import Content, sniff
from desktop_app.importing.readers.text import looks_binary, straightened

HEAD_LINES = 300
"""Lines at the beginning by which a file is recognised."""
_PIECE = 1 * 1024 * 1024
_HEAD = 2 * 1024 * 1024
_JOINT = "\x1f"
"""Delimiter of pieces whose quotes have been taken off or whose own one is full-width; stands in no table."""


class OrdinaryError(Exception):
    """The file has something that only the reading of small files understands; no fault."""


@dataclass(frozen=True)
class Piece:
    """Whole lines, each ending in a line feed; ``first`` is the number of the first one, from 0."""

    first: int
    text: str
    delimiter: str
    lines: int

    def rows(self) -> list[list[str]]:
        """Cells of each line as written; a blank line has none."""
        found = [line.split(self.delimiter) if line else [] for line in self.text.split("\n")]
        found.pop()
        return found


@dataclass(frozen=True)
class _Place:
    start: int
    end: int
    first: int
    lines: int


class BulkText:
    """An open file; ``pieces`` may be gone through once, ``lines_at`` then finds single lines again.

    :raises OrdinaryError: from the constructor and while reading.
    """

    def __init__(self, path: Path, rung: Rung, data: mmap.mmap) -> None:
        self.rung, self.size = rung, len(data)
        self.quote = ""
        self.broken: list[str] = []
        self.sha256 = ""
        self.total = 0
        self._path, self._data = path, data
        self._places: list[_Place] = []
        head = self._decoded(rung.skip, data.rfind(b"\n", 0, _HEAD) + 1)
        self.dialect = find_dialect(head)
        if looks_binary(head) or hinted_delimiter(head) is not None:
            raise OrdinaryError
        if "“" in head and straightened(head, self.dialect) is not None:
            raise OrdinaryError
        if self.dialect.escape or self.dialect.skip_space or len(self.dialect.delimiter) != 1:
            raise OrdinaryError
        self._head = head

    def head_rows(self) -> list[list[str]]:
        """The first lines."""
        lines = self._head.split("\n", HEAD_LINES)[:HEAD_LINES]
        text = "\n".join(lines) + "\n"
        return self._piece(0, text, None).rows()

    def pieces(self, width: int) -> Iterator[Piece]:
        """All pieces in order; the hash and the number of lines are known after the last.

        :param width: cells that a line has.
        :raises OrdinaryError: something in the file needs the other reading.
        :raises UnicodeDecodeError: bytes that fit no character.
        """
        # Hashing leaves the interpreter free: it is done beside the reading.
        with ThreadPoolExecutor(1, "hash") as thread:
            digest = thread.submit(_sha256, self._data)
            start = self.rung.skip
            while start < self.size:
                end = self._data.rfind(b"\n", start, start + _PIECE) + 1
                if not end:
                    end = self._data.find(b"\n", start + _PIECE) + 1
                end = end or self.size
                piece = self._piece(self.total, self._decoded(start, end), width)
                self._places.append(_Place(start, end, self.total, piece.lines))
                self.total += piece.lines
                yield piece
                start = end
            self.sha256 = digest.result()

    @property
    def share(self) -> float:
        """Share of the bytes that has been read."""
        return self._places[-1].end / self.size if self._places else 0.0

    def lines_at(self, numbers: Iterable[int], width: int) -> dict[int, list[str]]:
        """Cells of single lines (numbers from 0, ascending), read again."""
        found: dict[int, list[str]] = {}
        wanted = list(numbers)
        at = 0
        for place in self._places:
            mine: list[int] = []
            while at < len(wanted) and wanted[at] < place.first + place.lines:
                mine.append(wanted[at])
                at += 1
            if mine:
                piece = self._piece(place.first, self._decoded(place.start, place.end), width)
                lines = piece.text.split("\n")
                for number in mine:
                    line = lines[number - place.first]
                    found[number] = line.split(piece.delimiter) if line else []
        return found

    def _decoded(self, start: int, end: int) -> str:
        data = self._data[start:end]
        # In every encoding that is read here these bytes stand for nothing else, and bytes are searched much faster.
        if b"\x00" in data or b"\x1a" in data or (b'"' in data and b'="' in data):
            raise OrdinaryError
        text = data.decode(self.rung.codec, self.rung.errors)
        if b"\r" in data:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text if text.endswith("\n") else text + "\n"

    def _piece(self, first: int, text: str, width: int | None) -> Piece:
        quote = self.dialect.quote
        if not quote or quote not in text:
            cut = self.dialect.delimiter
            if not cut.isascii():
                if _JOINT in text:
                    raise OrdinaryError
                text, cut = text.replace(cut, _JOINT), _JOINT
            return Piece(first, text, cut, text.count("\n"))
        self.quote = quote
        lines = text.split("\n")
        lines.pop()
        rows = _unquoted(lines, self.dialect)
        if width is not None and any(
            len(row) != width and quote in line for row, line in zip(rows, lines, strict=True)
        ):
            raise OrdinaryError
        return Piece(first, "\n".join(map(_JOINT.join, rows)) + "\n", _JOINT, len(lines))


def _sha256(data: mmap.mmap) -> str:
    """In slices: nothing keeps the file open should the reading end early."""
    digest = hashlib.sha256()
    for start in range(0, len(data), _PIECE):
        digest.update(data[start : start + _PIECE])
    return digest.hexdigest()


def _unquoted(lines: list[str], dialect: Dialect) -> list[list[str]]:
    """One record for each line; a cell over several lines or a stray quote is not for us."""
    try:
        rows = list(csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True))
    except csv.Error:
        raise OrdinaryError from None
    if len(rows) != len(lines) or any(_JOINT in line for line in lines):
        raise OrdinaryError
    return rows


def open_rungs(path: Path) -> Iterator[BulkText]:
    """The file by each encoding that may fit, the likeliest first; the next is for when bytes do not fit the last.

    :raises OrdinaryError: no text, or an encoding that is not read in pieces.
    """
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if sniff(data[:_HEAD]) is not Content.TEXT or data.find(b"\n", 0, _HEAD) < 0:
            raise OrdinaryError
        for rung in rungs(data):
            try:
                yield BulkText(path, rung, data)
            except UnicodeDecodeError:
                continue
    raise OrdinaryError
