"""The button for sticks: hidden while none is plugged in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop_app.views.imports.drives import Drive
from desktop_app.views.widgets.buttons import button


class DriveButton(QWidget):
    """``asked(Drive)``: the tables on this stick are wanted. One stick is taken at once, of several one is chosen."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drives: tuple[Drive, ...] = ()
        self.press = button("U盘", self._pressed, tip="读 U 盘里的全部表格；先核对，不会立即入库")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.press)
        self.hide()

    def show_drives(self, drives: Sequence[Drive]) -> None:
        """The sticks that are plugged in."""
        if tuple(drives) == self._drives:
            return
        self._drives = tuple(drives)
        one = self._drives[0].name if len(self._drives) == 1 else ""
        self.press.setText(f"U盘 {one}" if one else f"U盘 {len(self._drives)} 个 ▾")
        self.setVisible(bool(self._drives))

    @property
    def drives(self) -> tuple[Drive, ...]:
        """What is offered."""
        return self._drives

    def _pressed(self) -> None:
        if len(self._drives) == 1:
            self.asked.emit(self._drives[0])
            return
        menu = QMenu(self)
        for drive in self._drives:
            menu.addAction(drive.name, lambda d=drive: self.asked.emit(d))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.press.mapToGlobal(self.press.rect().bottomLeft()))
