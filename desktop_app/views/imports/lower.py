"""Below the grid of a file: what was counted, and either control totals and grounds or 更正前后; folded to one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app import settings
from desktop_app.services.results.changes import ImportDiff
from desktop_app.services.results.imports import ImportPlan
from desktop_app.services.results.overview import Tone
from desktop_app.views.imports import words
from desktop_app.views.imports.diff_card import DiffCard
from desktop_app.views.widgets.choice import SegmentedChoice
from desktop_app.views.widgets.tag import Tag
from desktop_app.views.widgets.words import ElidedWords, Words

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_DIFF, _NOTES, _FOLDED = "diff", "notes", "folded"
_KEPT = "imports.lower"
_ANY_HEIGHT = 16_777_215
"""QWIDGETSIZE_MAX, which PySide does not name."""
_LEAST_LINES = 3


class Notes(QWidget):
    """A caption with lines below it that scroll when there are many; no line is cut through in the middle."""

    def __init__(self, caption: str) -> None:
        super().__init__()
        self._body = Words("", "muted", wrap=True).selectable()
        self._body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("scrolled", "true")
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 4, 0)
        inside.addWidget(self._body)
        inside.addStretch(1)
        self.area.setWidget(inner)
        self.area.setAccessibleName(caption)
        self._caption = Words(caption, "caption")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self._caption)
        box.addWidget(self.area)
        box.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.height() - self._caption.sizeHint().height() - 2
        self.area.setFixedHeight(max(room // self.line_height, 1) * self.line_height)

    @property
    def line_height(self) -> int:
        """Pixels of one line of the text."""
        return self._body.fontMetrics().lineSpacing()

    @property
    def least(self) -> int:
        """Pixels that caption and a few lines take."""
        return self._caption.sizeHint().height() + 2 + _LEAST_LINES * self.line_height

    def set_text(self, text: str) -> None:
        """Show other lines."""
        self._body.setText(text)

    @property
    def text(self) -> str:
        """The lines shown."""
        return self._body.text()


class LowerPanel(QWidget):
    """``folded(bool)``: only its first line is left, or the whole stands again; whether so is remembered."""

    folded = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts = ElidedWords("", "cell")
        self.changes = Tag()
        self.totals = Notes("控制数（与纸面、与表内合计核对）")
        self.grounds = Notes("依据")
        self.notes = QWidget()
        notes = QHBoxLayout(self.notes)
        notes.setContentsMargins(0, 0, 0, 0)
        notes.setSpacing(18)
        notes.addWidget(self.totals, 1)
        notes.addWidget(self.grounds, 1)
        self.diff = DiffCard(brief=True, slim=True)
        self._diff: ImportDiff | None = None
        self._unfolded = _NOTES
        self._shut = settings.get(_KEPT) == _FOLDED
        """The user has folded it."""
        self._squeezed: set[str] = set()
        """What wants its room for a while."""
        self.below = SegmentedChoice()
        self.below.setToolTip("表下面看什么；“收起”把地方都给表")
        self.below.chosen.connect(self._chosen)
        self._facts = QWidget()
        facts = QHBoxLayout(self._facts)
        facts.setContentsMargins(0, 0, 0, 0)
        facts.setSpacing(10)
        facts.addWidget(self.counts, 1)
        facts.addWidget(self.changes)
        facts.addWidget(self.below)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self._facts)
        box.addWidget(self.notes, 1)
        box.addWidget(self.diff, 1)
        self.show_diff(None)

    @property
    def is_folded(self) -> bool:
        """Whether only its first line is shown."""
        return self.below.key == _FOLDED

    def show_plan(self, plan: ImportPlan, naming: words.Naming) -> None:
        """What a file's reading has counted, and why it was read so."""
        self.counts.setText(words.counts(plan))
        changed = [f"第{c.row}行 {c.column}：{words.change_words(c)}" for c in plan.changes]
        self.changes.set(f"{len(changed)} 处换写" if changed else "", Tone.WARN)
        self.changes.setToolTip("\n".join(changed[:20]))
        self.totals.set_text("\n".join(words.totals(plan, naming)) or "没有可入库的数")
        self.grounds.set_text("\n".join([*plan.grounds, *plan.reading.warnings]))

    def show_diff(self, diff: ImportDiff | None) -> None:
        """What the file changes of what is stored, in the place of control totals and grounds; None for nothing."""
        fresh = diff is not self._diff or not self.below.key
        if fresh:
            self._diff = diff
            self.diff.show_diff(diff)
            both = ((_DIFF, "更正前后"),) if self.diff.headline else ()
            self.below.set_options((*both, (_NOTES, "控制数、依据"), (_FOLDED, "收起")))
            self._unfolded = _DIFF if both else _NOTES
            self._show()

    def squeeze(self, who: str, *, wanted: bool) -> None:
        """Fold while ``who`` wants the room; then it stands again as the user has left it."""
        (self._squeezed.add if wanted else self._squeezed.discard)(who)
        self._show()

    def _chosen(self, key: str) -> None:
        self._shut = key == _FOLDED
        self._squeezed.clear()
        if not self._shut:
            self._unfolded = key
        settings.put(_KEPT, _FOLDED if self._shut else "")
        self._show()

    def _show(self) -> None:
        key = _FOLDED if self._shut or self._squeezed else self._unfolded
        self.below.set_key(key)
        self.diff.stand_aside(aside=key != _DIFF)
        self.notes.setVisible(key == _NOTES)
        line = self._facts.sizeHint().height()
        self.setMinimumHeight(line if key == _FOLDED else line + 6 + self.totals.least)
        self.setMaximumHeight(line if key == _FOLDED else _ANY_HEIGHT)
        self.folded.emit(key == _FOLDED)
