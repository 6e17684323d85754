"""What goes back to a company after a return: 退回表 (its own workbook, marked) and 退回单 (to print)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desktop_app.views.imports.bar import FolderBar
from desktop_app.views.widgets.buttons import button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class Returned:
    """A return whose papers are wanted."""

    batch: int
    file_name: str
    company: str
    folder: Path
    """Where they are proposed to go."""
    password: str | None = None


class ReturnBar(FolderBar):
    """``save_asked``, ``print_asked`` and ``open_asked`` carry the :class:`Returned` that is shown."""

    save_asked = Signal(object, object)
    """The :class:`Returned` and the folder."""
    print_asked = Signal(object)
    open_asked = Signal(object)
    """The folder."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("存到", parent)
        self._case: Returned | None = None
        self._saved: Path | None = None
        self.open = button("打开文件夹", self._open)
        self.print = button("打印退回单…", self._print)
        self.yes = button("存退回表和退回单　Enter", self.agree, kind="primary")
        for widget in (self.no, self.open, self.print, self.yes):
            self.row.addWidget(widget)

    @property
    def case(self) -> Returned | None:
        """The return that is shown; None while the bar is away."""
        return None if self.isHidden() else self._case

    def offer(self, case: Returned) -> None:
        """Ask what is wanted for a return."""
        self._case, self._saved = case, None
        self.title.setText(f"给{case.company or '企业'}的退回材料（{case.file_name}）")
        self.detail.setText(
            "退回表：企业的原表，有问题的格子标上颜色和批注，第一页逐条说明怎样改；退回单：一页 PDF，可打印签收。"
        )
        self.open.hide()
        self.yes.setEnabled(True)
        self.begin(case.folder)

    def show_saved(self, folder: Path, names: tuple[str, ...]) -> None:
        """Say what has been written."""
        self._saved = folder
        self.detail.setText(f"已存：{'、'.join(names)}")
        self.open.show()
        self.open.setFocus()

    def agree(self) -> None:
        folder = self.path
        if self._case is not None and folder is not None:
            self.save_asked.emit(self._case, folder)

    def _print(self) -> None:
        if self._case is not None:
            self.print_asked.emit(self._case)

    def _open(self) -> None:
        if self._saved is not None:
            self.open_asked.emit(self._saved)
