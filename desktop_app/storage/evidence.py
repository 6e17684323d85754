"""A file as it is kept: compressed while it is read, so that a large one is never in memory as a whole."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_BLOCK = 1 << 20
_LARGE = 2 * 1024 * 1024
"""Larger files are compressed fast rather than tightly."""


@dataclass(frozen=True)
class PackedFile:
    """zlib ``content`` of a file with the hash and the size of the original."""

    sha256: str
    size: int
    content: bytes


def pack(content: bytes) -> PackedFile:
    """The same for bytes at hand."""
    return PackedFile(hashlib.sha256(content).hexdigest(), len(content), zlib.compress(content, 6))


def pack_file(path: Path, check: Callable[[], None] = lambda: None) -> PackedFile:
    """Read, hash and compress a file.

    :param check: called between blocks; may raise to stop.
    :raises OSError: the file cannot be read.
    """
    digest = hashlib.sha256()
    size = 0
    parts: list[bytes] = []
    with path.open("rb") as stream:
        packer = zlib.compressobj(1 if path.stat().st_size > _LARGE else 6)
        while block := stream.read(_BLOCK):
            check()
            digest.update(block)
            size += len(block)
            parts.append(packer.compress(block))
    parts.append(packer.flush())
    return PackedFile(digest.hexdigest(), size, b"".join(parts))
