"""The footer: which ledger, whether it is saved and backed up, and the keys that work."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from desktop_app.services.results.tone import Tone
from desktop_app.views.widgets.words import Words

if TYPE_CHECKING:
    from desktop_app.services.results.overview import LedgerInfo

KEYS = ("Ctrl+1…{tabs} 换页", "Alt+← → 换月", "Ctrl+K 查找", "Ctrl+I 导入", "Ctrl+P 打印", "F7 此数从何来", "F1 快捷键")
"""The last is the last to go when there is no room: it lists the others."""
LONGEST_NAME = 28


class KeyHints(Words):
    """As many hints as fit, at the right; the first go first."""

    def __init__(self, hints: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._hints = hints
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        metrics = QFontMetrics(self.font())
        choices = ("　".join(self._hints[n:]) for n in range(len(self._hints)))
        self.setText(next((words for words in choices if metrics.horizontalAdvance(words) <= self.width()), ""))


class Footer(QFrame):
    """One quiet line."""

    def __init__(self, tabs: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("footer")
        self._ledger = Words("")
        self._saved = Words("")
        self._backup = Words("")
        self._busy = Words("")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(20)
        row.addWidget(self._ledger)
        row.addWidget(self._saved)
        row.addWidget(self._backup)
        row.addWidget(self._busy)
        row.addWidget(KeyHints([words.format(tabs=tabs) for words in KEYS]), 1)

    def show_info(self, info: LedgerInfo | None) -> None:
        """State of the open ledger."""
        if info is None:
            self._ledger.setText("正在打开台账 …")
            self._saved.setText("")
            self._backup.setText("")
            return
        name = PurePath(info.path).name or info.path
        self._ledger.setText(f"台账 {name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME] + '…'}")
        self._ledger.setToolTip(info.path)
        self._saved.setText(f"● 已存盘 {info.last_saved}" if info.last_saved else "尚无数据")
        self._saved.set_tone(Tone.GOOD if info.last_saved else None)
        self._backup.setText(f"上次备份 {info.last_backup}" if info.last_backup else "尚未备份")
        self._backup.set_tone(None if info.last_backup else Tone.WARN)

    def show_busy(self, *, busy: bool) -> None:
        """Say that something runs in the background."""
        self._busy.setText("处理中 …" if busy else "")
