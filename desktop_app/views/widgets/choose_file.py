"""Where to save, what to open: the system's dialog, which does not stop the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

WORKBOOK = {"Excel 工作簿 (*.xlsx)": "xlsx"}


def save_as(
    parent: QWidget,
    title: str,
    name: str,
    kinds: Mapping[str, str],
    chosen: Callable[[Path], object],
    folder: str = "",
) -> None:
    """Ask where to save.

    :param kinds: words of the filters with their endings, the usual one first.
    :param folder: where to begin; the user's documents when empty.
    """
    begin = folder or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, title, str(Path(begin) / name), ";;".join(kinds))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(next(iter(kinds.values())))
    dialog.filterSelected.connect(lambda words: dialog.setDefaultSuffix(kinds[words]))
    dialog.selectFile(name)
    _ask(dialog, chosen)


def open_one(parent: QWidget, title: str, kinds: str, chosen: Callable[[Path], object], folder: str = "") -> None:
    """Ask for a file that exists; ``kinds``: the filter's words."""
    dialog = QFileDialog(parent, title, folder, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _ask(dialog, chosen)


def _ask(dialog: QFileDialog, chosen: Callable[[Path], object]) -> None:
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
