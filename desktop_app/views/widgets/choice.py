"""Choosing: a pill that drops a menu (口径 任一品牌), and pills side by side (方案)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QEnterEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QMenu, QSizePolicy, QWidget

from desktop_app.services.results.tone import Tone
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours
from desktop_app.views.widgets.tag import TAG_PX

Options = Sequence[tuple[str, str]]
"""(key, name) pairs in the order shown."""

_PAD = 8.0
_ARROW = 14.0


class _Pill(QAbstractButton):
    """A word on a tinted ground that can be pressed."""

    def __init__(self, parent: QWidget | None = None, *, arrow: bool = False) -> None:
        super().__init__(parent)
        self._arrow = arrow
        self._tone = Tone.NEUTRAL
        self._lead = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFont(sized(TAG_PX))

    def set_words(self, lead: str, text: str, tone: Tone) -> None:
        """``lead`` stands quietly before ``text``."""
        self._lead, self._tone = lead, tone
        self.setText(text)
        self.setAccessibleName(f"{lead} {text}".strip())
        self.updateGeometry()
        self.update()

    def _words(self) -> str:
        return f"{self._lead} {self.text()}" if self._lead else self.text()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        wide = metrics.horizontalAdvance(self._words()) + 2 * _PAD + (_ARROW if self._arrow else 0)
        return QSize(int(wide + 2), int(metrics.height() + 6))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 90), self.sizeHint().height())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        palette = colours()
        ink, ground = palette.tone(self._tone)
        if not self.isEnabled():
            ink = palette.colour("faint")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = palette.colour("accent") if self.hasFocus() else palette.colour("dash") if self.underMouse() else ground
        painter.setPen(QPen(edge, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 4, 4)
        font = self.font()
        painter.setFont(font)
        painter.setPen(ink)
        words = box.adjusted(_PAD, 0, -_PAD - (_ARROW if self._arrow else 0), 0)
        shown = QFontMetricsF(font).elidedText(self._words(), Qt.TextElideMode.ElideRight, words.width() + 1)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        if self._arrow:
            middle = QPointF(box.right() - _PAD - 3, box.center().y() + 0.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            corners = (QPointF(-4, -2.5), QPointF(4, -2.5), QPointF(0, 2.5))
            painter.drawPolygon(QPolygonF([middle + corner for corner in corners]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or (self._arrow and event.key() == Qt.Key.Key_Down):
            self.click()
        else:
            super().keyPressEvent(event)


class DropDown(_Pill):
    """A pill that drops a menu of options. ``chosen(key)`` fires when the user picks another one."""

    chosen = Signal(str)

    def __init__(self, lead: str, options: Options = (), key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent, arrow=True)
        self._caption = lead
        self._options: tuple[tuple[str, str], ...] = ()
        self._key = ""
        self._menu = QMenu(self)
        self._group = QActionGroup(self)
        self._group.setExclusive(True)
        self.clicked.connect(self._drop)
        self.set_options(options, key)

    def set_options(self, options: Options, key: str | None = None) -> None:
        """Offer other options; ``key`` is chosen, or what was chosen before, or the first. Emits nothing."""
        self._options = tuple(options)
        keys = [k for k, _ in self._options]
        wanted = key if key is not None else self._key
        self._key = wanted if wanted in keys else (keys[0] if keys else "")
        self._menu.clear()
        for action in self._group.actions():
            self._group.removeAction(action)
        for each, name in self._options:
            action = QAction(name, self._menu)
            action.setCheckable(True)
            action.setChecked(each == self._key)
            action.setData(each)
            action.triggered.connect(lambda _=False, k=each: self._choose(k))
            self._group.addAction(action)
            self._menu.addAction(action)
        self.setEnabled(len(self._options) > 1)
        self._show()

    @property
    def key(self) -> str:
        """The key of what is chosen; empty when there is nothing to choose."""
        return self._key

    def set_key(self, key: str) -> None:
        """Choose without emitting; an unknown key changes nothing."""
        if any(k == key for k, _ in self._options):
            self._key = key
            for action in self._group.actions():
                action.setChecked(action.data() == key)
            self._show()

    def _choose(self, key: str) -> None:
        if key != self._key:
            self.set_key(key)
            self.chosen.emit(key)

    def _show(self) -> None:
        name = next((n for k, n in self._options if k == self._key), "—")
        first = bool(self._options) and self._key == self._options[0][0]
        self.set_words(self._caption, name, Tone.NEUTRAL if first else Tone.INFO)

    def _drop(self) -> None:
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


class SegmentedChoice(QWidget):
    """Pills side by side, one of them chosen; ← → move. ``chosen(key)`` fires when the user picks another one.

    ``by_tab``: a click chooses and leaves the keyboard where one is working.
    """

    chosen = Signal(str)

    def __init__(
        self, options: Options = (), key: str = "", parent: QWidget | None = None, *, by_tab: bool = False
    ) -> None:
        super().__init__(parent)
        self._key = ""
        self._by_tab = by_tab
        self._pills: dict[str, _Pill] = {}
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self.set_options(options, key)

    def set_options(self, options: Options, key: str | None = None) -> None:
        """Offer other options; ``key`` is chosen, or what was chosen before, or the first. Emits nothing."""
        keys = [k for k, _ in options]
        wanted = key if key is not None else self._key
        self._key = wanted if wanted in keys else (keys[0] if keys else "")
        if keys != list(self._pills):
            self._rebuild(keys)
        names = dict(options)
        for each, pill in self._pills.items():
            chosen = each == self._key
            pill.setChecked(chosen)
            pill.set_words("", names[each], Tone.GOOD if chosen else Tone.NEUTRAL)

    def _rebuild(self, keys: Sequence[str]) -> None:
        for pill in self._pills.values():
            self._group.removeButton(pill)
            self._row.removeWidget(pill)
            pill.hide()
            pill.deleteLater()
        self._pills = {}
        for each in keys:
            pill = _Pill(self)
            pill.setCheckable(True)
            if self._by_tab:
                pill.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            pill.clicked.connect(lambda _=False, k=each: self._choose(k))
            self._group.addButton(pill)
            self._row.addWidget(pill)
            self._pills[each] = pill

    @property
    def key(self) -> str:
        """The key of what is chosen."""
        return self._key

    def set_key(self, key: str) -> None:
        """Choose without emitting; an unknown key changes nothing."""
        if key in self._pills:
            self.set_options([(k, p.text()) for k, p in self._pills.items()], key)

    def _choose(self, key: str) -> None:
        if key != self._key:
            self.set_key(key)
            self.chosen.emit(key)
        else:
            self.set_key(key)
