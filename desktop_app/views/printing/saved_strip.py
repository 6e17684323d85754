"""What to do with a file that has just been saved: open it, open its folder, copy it onto a stick."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.errors import UserError
from desktop_app.services.results.tone import Tone
from desktop_app.views.imports import drives
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.words import ElidedWords

if TYPE_CHECKING:
    from desktop_app.views.imports.drives import Drive
    from desktop_app.views.tab import Tab


class SavedStrip(QWidget):
    """Hidden until :meth:`show_file`; works through the tab's jobs and messages."""

    def __init__(self, tab: Tab[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tab = tab
        self.file: Path | None = None
        self.name = ElidedWords("", "caption")
        self.open_file = button("打开", self._open_file, small=True, tip="用本机的程序打开")
        self.open_folder = button("文件夹", self._open_folder, small=True, tip="打开文件所在的文件夹")
        self.to_stick = button("拷到U盘", self.copy_to_stick, small=True)
        row = QHBoxLayout()
        row.setSpacing(6)
        for widget in (self.open_file, self.open_folder, self.to_stick):
            row.addWidget(widget)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.name)
        box.addLayout(row)
        self.hide()

    def show_file(self, file: Path) -> None:
        """Offer what can be done with a saved file."""
        self.file = file
        self.name.setText(f"刚存的：{file.name}")
        self.name.setToolTip(str(file))
        self.show()

    def copy_to_stick(self) -> None:
        """Copy onto the stick that is plugged in; with several ones the user says which."""
        found = drives.removable_drives()
        if not found:
            self._tab.desk.complain(UserError("没有找到U盘", hint="请插上U盘，等系统认出后再点一次"))
        elif len(found) == 1:
            self._copy(found[0])
        else:
            self._choose(found)

    def _choose(self, found: tuple[Drive, ...]) -> None:
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self)
        for drive in found:
            menu.addAction(drive.name).triggered.connect(lambda _=False, to=drive: self._copy(to))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.to_stick.mapToGlobal(self.to_stick.rect().bottomLeft()))

    def _copy(self, drive: Drive) -> None:
        file = self.file
        if file is None:
            return
        self._tab.run(
            "stick",
            lambda _progress, _cancelled: copy_into(file, drive.path),
            on_result=lambda made: self._tab.desk.say(
                f"已拷到U盘 {drive.name}：{made.name}", Tone.GOOD, "拔下之前请先在系统里弹出U盘"
            ),
        )

    def _open_file(self) -> None:
        self._show_with_system(self.file)

    def _open_folder(self) -> None:
        self._show_with_system(self.file.parent if self.file is not None else None)

    def _show_with_system(self, path: Path | None) -> None:
        if path is None:
            return
        if not path.exists():
            self._tab.desk.complain(
                UserError("文件已经不在那里了", hint="可能已被移走或改名，请再存一次", where=str(path))
            )
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._tab.desk.complain(UserError("系统没有能打开它的程序", hint="请装 WPS 或 PDF 阅读器", where=str(path)))


def copy_into(file: Path, folder: Path) -> Path:
    """Copy a file into a folder; another file of that name stays, the copy then gets a number.

    :raises UserError: it cannot be read or written; nothing half-written is left.
    """
    target = folder / file.name
    number = 1
    try:
        data = file.read_bytes()
        while target.exists() and target.read_bytes() != data:
            number += 1
            target = folder / f"{file.stem}（{number}）{file.suffix}"
        if not target.exists():
            scratch = target.with_name(f"{target.name}.new")
            try:
                shutil.copyfile(file, scratch)
                scratch.replace(target)
            finally:
                scratch.unlink(missing_ok=True)
    except OSError as error:
        raise UserError("没有拷成", hint="请检查U盘是否写保护、是否已满，再试一次", where=str(target)) from error
    return target
