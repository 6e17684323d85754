"""From what was dropped to a list of files: folders are opened, what is no document is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.errors import UserError

MOST_FILES = 1000
"""A year has a few hundred files; more is a whole disk dropped by mistake."""
TABLES = (".xlsx", ".xls", ".csv", ".et", ".ods", ".xlsm", ".txt", ".tsv", ".html", ".htm")
"""Names that tables go by; what a file is, its content tells."""
_TOLD = frozenset({".doc", ".docx", ".wps", ".pdf", ".zip", ".rar", ".7z", ""})
"""A company may have sent its table so: it is shown with the reason why it cannot be read."""
_LEFT_OUT = ("~$", ".", "Thumbs.db", "desktop.ini", "System Volume Information", "$RECYCLE.BIN")
"""Lock files of open workbooks, hidden files, what systems leave in folders and on sticks."""
OUTBOX = "退回"
"""Folder beside the companies' files into which their returns go: what lies there is on its way out."""


@dataclass
class Gathered:
    """Files to read, each once, in the order of names; ``left_out``: how many others the folders hold."""

    files: dict[Path, None] = field(default_factory=dict)
    left_out: int = 0


def gather(paths: Iterable[Path]) -> Gathered:
    """Files to read; folders are opened with all that lies in them. A file dropped by itself is always taken.

    :raises UserError: far too many files, or a folder that cannot be opened.
    """
    found = Gathered()
    for path in paths:
        if path.is_dir():
            _open_folder(path, found, {path.resolve()})
        else:
            found.files[path] = None
        if len(found.files) > MOST_FILES:
            raise _too_many(path)
    return found


def _open_folder(folder: Path, found: Gathered, above: set[Path]) -> None:
    try:
        inside = sorted(folder.iterdir(), key=lambda each: (each.is_dir(), each.name))
    except OSError as error:
        raise UserError("文件夹打不开", hint="请检查U盘是否插好、有没有读取权限", where=folder.name) from error
    for each in inside:
        if each.name.startswith(_LEFT_OUT) or (each.is_dir() and each.name == OUTBOX):
            continue
        if each.is_dir():
            real = each.resolve()
            # A link that leads back to a folder above it would never end.
            if real not in above:
                _open_folder(each, found, above | {real})
        elif each.suffix.lower() in TABLES or each.suffix.lower() in _TOLD:
            found.files[each] = None
            if len(found.files) > MOST_FILES:
                raise _too_many(folder)
        else:
            found.left_out += 1


def _too_many(path: Path) -> UserError:
    return UserError(f"一次放入的文件超过 {MOST_FILES} 个", hint="请只放入本月的文件或文件夹", where=path.name)
