"""The menu of a column: what it may mean, found by name or pinyin initials. Opens over the grid, closes on choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop_app.services.results.meanings import AUTO, SKIP, MeaningBook, Parsed
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours
from desktop_app.views.qtmodels.rows import CELL_PX
from desktop_app.views.widgets.words import Words

_WIDE, _TALL = 340, 440
MONTH = "本月"
_MEANING = int(Qt.ItemDataRole.UserRole)
_MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_PICKS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


@dataclass(frozen=True)
class ColumnState:
    """A column as it stands: its head, its meaning, and whether the user or the profile has given it."""

    column: int
    head: str
    meaning: str
    given: bool = False
    figures: bool = False
    """Its cells are mostly figures: indicators are offered first."""


@dataclass(frozen=True)
class Offer:
    """A line of the menu. ``words``: folded words by which it is found; ``section`` the heading above it."""

    section: str
    label: str
    meaning: str
    words: tuple[str, ...] = ()

    def fits(self, sought: str) -> bool:
        """Whether the typed text finds it."""
        return not sought or any(sought in word for word in (self.label.casefold(), *self.words))


def offers(book: MeaningBook, state: ColumnState) -> Iterator[Offer]:
    """Everything that may be said of a column, what is most often wanted first."""
    if state.given:
        yield Offer("这一列", f"回到{AUTO}", AUTO, ("hdzdsb",))
    if state.meaning != SKIP:
        yield Offer("这一列", "跳过，不入库", SKIP, ("tg",))
    parsed = book.parse(state.meaning)
    yield from _units(book, state, parsed)
    yield from _aspects(book, parsed)
    roles = [Offer("不是数", role, role, words) for role, words in book.roles if role != state.meaning]
    aspect = parsed.aspect if parsed.aspect != MONTH else ""
    indicators = [
        Offer(each.group, each.name, f"{each.name}{aspect if each.has_aspects else ''}", each.words)
        for each in book.indicators
    ]
    yield from (*indicators, *roles) if state.figures else (*roles, *indicators)


def _units(book: MeaningBook, state: ColumnState, parsed: Parsed) -> Iterator[Offer]:
    for unit in book.units_for(state.meaning):
        if unit != parsed.unit:
            yield Offer("只改单位", unit, replace(parsed, unit=unit).text)


def _aspects(book: MeaningBook, parsed: Parsed) -> Iterator[Offer]:
    known = book.indicator(parsed.words)
    for aspect in book.aspects if known is not None and known.has_aspects else ():
        if aspect != (parsed.aspect or MONTH):
            other = replace(parsed, aspect=aspect)
            yield Offer("同一指标的另一栏", aspect, (replace(other, unit="") if other.is_rate else other).text)


class MeaningMenu(QFrame):
    """``chosen(column, meaning)``; the meaning is :data:`AUTO` when the column is to be read by itself again."""

    chosen = Signal(int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("meaningMenu")
        self._book = MeaningBook()
        self._state = ColumnState(0, "", "")
        self.title = Words("", "title")
        self.now = Words("", "caption", wrap=True)
        self.seek = QLineEdit()
        self.seek.setPlaceholderText("查含义：名称或拼音首字母，如 ywl")
        self.seek.setAccessibleName("查含义")
        self.seek.textChanged.connect(self._fill)
        self.seek.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("含义")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._take)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 10, 12, 10)
        box.setSpacing(6)
        for widget in (self.title, self.now, self.seek):
            box.addWidget(widget)
        box.addWidget(self.list, 1)

    def set_book(self, book: MeaningBook) -> None:
        """What may be said of columns."""
        self._book = book
        if self.isVisible():
            self._fill()

    def open_for(self, state: ColumnState, corner: QPoint) -> None:
        """Open with the upper left corner there (on the screen), moved so that the whole menu is seen."""
        self._state = state
        name = state.head or f"第{state.column + 1}列"
        metrics = self.title.fontMetrics()
        self.title.setText(f"“{metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, _WIDE - 100)}”是…")
        self.now.setText(f"现在读作：{state.meaning}" + ("（人工指定或按方案）" if state.given else ""))
        self.seek.clear()
        self._fill()
        screen = QGuiApplication.screenAt(corner) or self.screen()
        room = screen.availableGeometry()
        lines = self.fontMetrics().height() / 17
        self.resize(min(int(_WIDE * lines), room.width()), min(int(_TALL * lines), room.height()))
        self.move(
            max(room.left(), min(corner.x(), room.right() - self.width())),
            max(room.top(), min(corner.y(), room.bottom() - self.height())),
        )
        self.show()
        self.seek.setFocus()

    @property
    def labels(self) -> list[str]:
        """The lines that can be chosen, as shown."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [item.text() for item in items if item.data(_MEANING)]

    # ------------------------------------------------------------------------------------------- inside

    def _fill(self, *_: object) -> None:
        sought = "".join(self.seek.text().split()).casefold()
        self.list.clear()
        section = ""
        for offer in offers(self._book, self._state):
            if not offer.fits(sought):
                continue
            if offer.section != section:
                section = offer.section
                self._add_heading(section)
            item = QListWidgetItem(offer.label)
            item.setData(_MEANING, offer.meaning)
            self.list.addItem(item)
        if not self.list.count():
            self._add_heading("没有找到；可写指标名称的一部分或拼音首字母")
        self._move_to(0, 1)

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(sized(CELL_PX - 1))
        item.setForeground(colours().colour("muted"))
        self.list.addItem(item)

    def _move_to(self, row: int, step: int) -> None:
        """To the nearest line from ``row`` on that can be chosen."""
        while 0 <= row < self.list.count() and not self.list.item(row).data(_MEANING):
            row += step
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)
        if step < 0 and row <= 1:
            self.list.scrollToTop()

    def _take(self, item: QListWidgetItem | None) -> None:
        meaning = item.data(_MEANING) if item is not None else None
        if meaning:
            self.hide()
            self.chosen.emit(self._state.column, meaning)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The box keeps the focus, so that an input method is not interrupted; these keys are the list's."""
        if watched is self.seek and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = event.key()
            if key in _PICKS:
                self._take(self.list.currentItem())
                return True
            if key in _MOVES:
                step = 1 if key in {Qt.Key.Key_Down, Qt.Key.Key_PageDown} else -1
                far = step * (8 if key in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp} else 1)
                self._move_to(min(max(self.list.currentRow() + far, 0), self.list.count() - 1), step)
                return True
        return super().eventFilter(watched, event)
