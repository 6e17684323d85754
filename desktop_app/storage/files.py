"""Files that get their name only when they are complete."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_SQLITE_COMPANIONS = ("", "-journal", "-wal", "-shm")


def draft_of(target: Path) -> Path:
    """Name beside ``target`` under which this process may build it; hidden where a leading dot hides."""
    return target.with_name(f".{target.name}.{os.getpid()}.new")


def discard(database: Path) -> None:
    """Remove a database with what SQLite keeps beside it, as far as it is there."""
    for suffix in _SQLITE_COMPANIONS:
        with suppress(OSError):
            database.with_name(database.name + suffix).unlink()


def to_disk(file: Path) -> None:
    """Have the system write a file out now: sticks are pulled early, county power fails."""
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())
