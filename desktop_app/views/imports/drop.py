"""Where files are dropped: the invitation on an empty table."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.services.results.imports import FileKind
from desktop_app.views.imports.drive_button import DriveButton
from desktop_app.views.palette import colours
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.words import Words

INVITATION = "把企业交来的文件或整个文件夹拖到这里"
KINDS = tuple(kind.label for kind in FileKind if kind not in {FileKind.UNKNOWN, FileKind.ENTRY})


class DropZone(QWidget):
    """The invitation. ``files_asked``, ``folder_asked``, ``drive_asked(Drive)`` when a button is pressed."""

    files_asked = Signal()
    folder_asked = Signal()
    drive_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Words(INVITATION, "heading")
        self.hint = Words("可以一次放入十几个。放入后先核对，不会立即入库。", "muted")
        known = Words(
            f"能认的表：{'、'.join(KINDS)}；Excel、WPS（xlsx、xls、et、ods）、CSV 和网页表都可以。",
            "caption",
            wrap=True,
        )
        self.choose = button("选文件…　Ctrl+I", self.files_asked.emit, kind="primary")
        folder = button("选文件夹…", self.folder_asked.emit)
        self.drives = DriveButton()
        self.drives.asked.connect(self.drive_asked)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        buttons.addWidget(self.choose)
        buttons.addWidget(folder)
        buttons.addWidget(self.drives)
        buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(48, 32, 48, 32)
        box.setSpacing(12)
        box.addStretch(2)
        for words in (self.title, self.hint):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(words)
        box.addLayout(buttons)
        known.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(known)
        box.addStretch(3)

    def expect(self, company: str) -> None:
        """Say whose file is awaited; empty for anybody's."""
        self.title.setText(f"把{company}的报表拖到这里" if company else INVITATION)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = colours()
        painter.setPen(QPen(palette.colour("dash"), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(palette.colour("card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
