"""Cells with a tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt

from desktop_app.services.results.tone import Tone
from desktop_app.views.qtmodels.columns import CellRole
from desktop_app.views.widgets.delegates.base import PAD, CellDelegate, Index
from desktop_app.views.widgets.tag import paint_tag

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter


class TagDelegate(CellDelegate):
    """The text as a tag in the tone of its row; without a tone as plain text."""

    def paint_contents(self, painter: QPainter, room: QRectF, index: Index) -> None:
        tone = index.data(CellRole.TONE)
        if tone is None:
            super().paint_contents(painter, room, index)
            return
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        paint_tag(painter, room.adjusted(PAD, 0, -PAD, 0), text, Tone(tone))
