"""空白模板: blank forms for one or all companies of a month, into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desktop_app.models.values import Month
from desktop_app.services.results.figures import Choice
from desktop_app.views.imports.bar import FolderBar
from desktop_app.views.jobs import Job
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.choice import DropDown
from desktop_app.views.widgets.progress import ProgressStrip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_MONTHS = 14


class TemplateBar(FolderBar):
    """``asked(Month, company, folder)``; company is empty for all that are open in the month."""

    asked = Signal(object, str, object)
    open_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("存到", parent)
        self._saved: Path | None = None
        self.month = DropDown("月份")
        self.company = DropDown("企业")
        self.progress = ProgressStrip()
        self.open = button("打开文件夹", self._open)
        self.yes = button("做模板　Enter", self.agree, kind="primary")
        self.row.insertWidget(0, self.company)
        self.row.insertWidget(0, self.month)
        for widget in (self.no, self.open, self.yes):
            self.row.addWidget(widget)
        box = self.layout()
        assert box is not None  # noqa: S101 (FolderBar has made it)
        box.addWidget(self.progress)

    def offer(self, month: Month, companies: Sequence[Choice], folder: Path) -> None:
        """Ask which forms are wanted. ``month``: the one being worked on; proposed is the month after it."""
        self._saved = None
        self.title.setText("做空白模板，发给企业填报")
        self.detail.setText(
            "每家一个 Excel（国邮定2.1表）：表头已锁定，只留要填的格，填错当场提示。填好发回，改了文件名也认得。"
        )
        months = [month.shift(2 - n) for n in range(_MONTHS)]
        self.month.set_options([(str(m), m.label) for m in months], str(month.shift(1)))
        self.company.set_options([("", "全部企业"), *((c.name, c.name) for c in companies)], "")
        self.open.hide()
        self.begin(folder)

    def follow(self, job: Job) -> None:
        """Show how far the writing is; it can be cancelled."""
        self.yes.setEnabled(False)
        self.progress.follow(job, "正在做空白模板 …")
        job.finished.connect(lambda: self.yes.setEnabled(True))

    def show_saved(self, folder: Path, count: int) -> None:
        """Say what has been written."""
        self._saved = folder
        self.detail.setText(f"已做好 {count} 份，存在 {folder}")
        self.open.show()
        self.open.setFocus()

    def agree(self) -> None:
        folder = self.path
        if folder is not None and self.yes.isEnabled():
            self.asked.emit(Month.parse(self.month.key), self.company.key, folder)

    def _open(self) -> None:
        if self._saved is not None:
            self.open_asked.emit(self._saved)
