"""The photo or file of a record, shown as it is kept: a picture, the pages of a PDF, or where to save it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_app.services.results.proof import Proof
from desktop_app.services.results.tone import Tone
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.words import Words


class ProofDialog(FrameDialog):
    """``save_asked()``: write it somewhere."""

    save_asked = Signal()

    def __init__(self, proof: Proof, parent: QWidget | None = None) -> None:
        super().__init__(f"附件：{proof.name}", parent)
        self.proof = proof
        size = _size(len(proof.content))
        self.told = Words(f"{proof.name}　{size}　与登记时的指纹一致（{proof.sha256[:16]}…）", wrap=True)
        self.told.set_tone(Tone.GOOD)
        self.told.setToolTip(f"SHA-256 {proof.sha256}")
        image = QImage.fromData(proof.picture) if proof.picture else QImage()
        self.picture = QPixmap.fromImage(image) if not image.isNull() else None
        self._room = QLabel()
        self._room.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._room.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._room.setAccessibleName("附件")
        if self.picture is None:
            self._room.setText("这种文件不能在这里看，请另存后打开。")
        self.body.addWidget(self._room, 1)
        self.body.addWidget(self.told)
        self.buttons.addWidget(button("另存…", self.save_asked.emit))
        self.buttons.addWidget(button("关闭", self.accept, kind="primary"))
        self.resize(760, 620 if self.picture is not None else 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture is as large as there is room, and not larger than it is."""
        super().resizeEvent(event)
        if self.picture is None:
            return
        room = self._room.size() * self.devicePixelRatioF()
        picture = self.picture
        if picture.width() > room.width() or picture.height() > room.height():
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            picture = picture.scaled(room, keep, smooth)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._room.setPixmap(picture)


def _size(count: int) -> str:
    return f"{count / 1024 / 1024:.1f} MB" if count >= 1024 * 1024 else f"{max(count // 1024, 1)} KB"
