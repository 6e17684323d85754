"""From what was dropped to a list of files: folders are opened, what is no document is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from desktop_app.errors import UserError

MOST_FILES = 200
"""A month has a few dozen files; more is a whole disk dropped by mistake."""
_LEFT_OUT = ("~$", ".", "Thumbs.db", "desktop.ini")
"""Lock files of open workbooks, hidden files, what systems leave in folders."""
OUTBOX = "退回"
"""Folder beside the companies' files into which their returns go: what lies there is on its way out."""
_OURS = frozenset({".json", ".md", ".db", ".lock", ".ini"})
"""In a folder these are no reports; dropped by themselves they are read, and refused with a reason."""


def gather(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Files to read, each once, folders opened with all that lies in them.

    :raises UserError: far too many files, or a folder that cannot be opened.
    """
    found: dict[Path, None] = {}
    for path in paths:
        for file in _files_of(path):
            found[file] = None
            if len(found) > MOST_FILES:
                raise UserError(
                    f"一次放入的文件超过 {MOST_FILES} 个", hint="请只放入本月的文件或文件夹", where=path.name
                )
    return tuple(found)


def _files_of(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    try:
        inside = sorted(path.iterdir(), key=lambda each: (each.is_dir(), each.name))
    except OSError as error:
        raise UserError("文件夹打不开", hint="请检查U盘是否插好、有没有读取权限", where=path.name) from error
    for each in inside:
        if each.is_dir() and each.name == OUTBOX:
            continue
        if each.name.startswith(_LEFT_OUT) or each.suffix.lower() in _OURS:
            continue
        yield from _files_of(each)
