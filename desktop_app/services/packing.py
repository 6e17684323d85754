"""A large file packed as evidence by a thread, from the first moment on: it needs nothing that takes long to load."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from desktop_app.errors import CancelledError
from desktop_app.storage.evidence import PackedFile, pack_file

_LARGE = 2 * 1024 * 1024
"""Smaller files are packed when they are stored, in no time."""


@contextmanager
def packed_ahead(path: Path) -> Iterator[Future[PackedFile] | None]:
    """The file, packed while the body of ``with`` runs; None for a small one or one that is not there."""
    try:
        large = path.stat().st_size >= _LARGE
    except OSError:
        large = False
    if not large:
        yield None
        return
    stopped: list[bool] = []

    def check() -> None:
        if stopped:
            raise CancelledError

    with ThreadPoolExecutor(1, "pack") as thread:
        # Compressing leaves the interpreter free.
        try:
            yield thread.submit(pack_file, path, check)
        finally:
            stopped.append(True)
