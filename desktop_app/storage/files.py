"""Files that get their name only when they are complete."""

from __future__ import annotations

import os
import shutil
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


def own_file_of(ledger: Path) -> Path:
    """The file of the bureau's own indicators that belongs to a ledger file, or to a backup of one."""
    return ledger.with_name(f"{ledger.stem}.指标.toml")


def copy_own_file(source: Path, target: Path) -> None:
    """Give a copy of a ledger the own file of its source, whole or not at all; nothing when there is none.

    :raises OSError: it cannot be read or written.
    """
    original, copy = own_file_of(source), own_file_of(target)
    if original.exists():
        draft = draft_of(copy)
        try:
            shutil.copyfile(original, draft)
            to_disk(draft)
            draft.replace(copy)
        finally:
            draft.unlink(missing_ok=True)


def write_whole(target: Path, data: bytes) -> None:
    """Write a small file whole or not at all, on the platter before it gets its name.

    :raises OSError: it cannot be written.
    """
    draft = draft_of(target)
    try:
        draft.write_bytes(data)
        to_disk(draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
