"""The page 录入: choices above, the grid, what is the matter with the current cell, the question below."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.services.results.entry import CellKey, EntryBoard, FigureStatus
from desktop_app.services.results.tone import Tone
from desktop_app.views.entry.grid import EntryGrid, status_name
from desktop_app.views.entry.pivot import Chosen, Shape, chosen_items
from desktop_app.views.finding import query_words
from desktop_app.views.qtmodels.entry import EntryModel, Mark, describe
from desktop_app.views.widgets.ask_bar import AskBar
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.choice import DropDown, SegmentedChoice
from desktop_app.views.widgets.empty import EmptyState
from desktop_app.views.widgets.search_field import SearchField
from desktop_app.views.widgets.words import Words

LEAST = (640, 300)
"""Width and height below which the page scrolls. The grid scrolls by itself: its current cell must stay in sight."""
MONTHLY, YEARLY = "month", "year"
_USUAL = {MONTHLY: FigureStatus.MONTHLY, YEARLY: FigureStatus.FINAL}


class EntryPage(QWidget):
    """``span_changed`` when 按月 or 按年 is chosen: another board is wanted."""

    span_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board: EntryBoard | None = None
        self._names: dict[str, str] = {}
        self.cells = EntryModel(self)
        self.grid = EntryGrid(self.cells)
        self.grid.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.grid.setMinimumHeight(130)
        self.span = SegmentedChoice(((MONTHLY, "按月"), (YEARLY, "按年")), by_tab=True)
        self.shape = SegmentedChoice(tuple((shape.value, name) for shape, name in _SHAPES[MONTHLY]), by_tab=True)
        self.search = SearchField("指标名", "查找指标")
        self.search.setMinimumWidth(220)
        self.group = DropDown("分组")
        self.place = DropDown("地区")
        self.item = DropDown("指标")
        self.period = DropDown("期间")
        self.status = DropDown("状态", tuple((each.value, status_name(each)) for each in FigureStatus))
        self.status.set_key(_USUAL[MONTHLY].value)
        self.card = Card("录入")
        self.empty = EmptyState("没有可录入的指标", "换一个分组，清掉查找的字，或改看全县。")
        self.note = Words("", "muted", wrap=True).selectable()
        self.note.setMinimumHeight(1)
        self.trouble = Words("", "muted", wrap=True).selectable()
        self.trouble.setMinimumHeight(1)
        self.trouble.set_tone(Tone.BAD)
        self.trouble.hide()
        self.saved = Words("", "muted")
        self.ask = AskBar()
        self._build()
        self.search.textChanged.connect(self._rearranged)
        self.search.returnPressed.connect(self._into_found)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._find)
        for choice in (self.shape, self.group, self.place, self.item, self.period):
            choice.chosen.connect(self._rearranged)
        self.span.chosen.connect(self._span_chosen)
        self.shape.chosen.connect(lambda _key: self._back_to_cells(self.shape))
        self.grid.escaped.connect(self.ask.dismiss)
        self.grid.moved.connect(self.show_note)
        self.ask.closed.connect(self._question_closed)
        QShortcut(QKeySequence("F6"), self).activated.connect(self._around)

    def _build(self) -> None:
        for widget in (self.span, self.shape, self.status):
            self.card.add_action(widget)
        for name, act in (("撤销", self.grid.undo_asked.emit), ("重做", self.grid.redo_asked.emit)):
            self.card.add_action(button(name, act, small=True, tip={"撤销": "Ctrl+Z", "重做": "Ctrl+Y"}[name]))
        choices = QHBoxLayout()
        choices.setSpacing(8)
        choices.addWidget(self.search)
        for pill in (self.group, self.place, self.item, self.period):
            choices.addWidget(pill)
        choices.addStretch(1)
        choices.addWidget(self.saved)
        self.card.add_layout(choices)
        self.card.add(self.grid, 1)
        self.card.add(self.empty, 1)
        self.card.add(self.note)
        self.card.add(self.trouble)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self.card, 1)
        box.addWidget(self.ask)
        self.empty.hide()

    # ------------------------------------------------------------------------------------------- contents

    @property
    def yearly(self) -> bool:
        """Whether yearly figures are shown."""
        return self.span.key == YEARLY

    @property
    def chosen_status(self) -> FigureStatus:
        """The status that new figures get."""
        return FigureStatus(self.status.key)

    def show_board(self, board: EntryBoard) -> None:
        """Show a board, in the arrangement that is chosen."""
        turned = self.board is None or [p.key for p in self.board.periods] != [p.key for p in board.periods]
        self.board = board
        self._names |= {item.code: item.name for item in board.items}
        span = YEARLY if board.yearly else MONTHLY
        self.shape.set_options(tuple((shape.value, name) for shape, name in _SHAPES[span]))
        groups = list(dict.fromkeys(item.group.partition("/")[0] for item in board.items))
        self.group.set_options((("", "全部"), *((name, name) for name in groups)))
        self.place.set_options(tuple((place.code, place.name) for place in board.places))
        begun = [period for period in board.periods if period.begun]
        if board.yearly:
            begun.reverse()
        now = board.periods[board.now].key if turned else None
        self.period.set_options(tuple((period.key, period.label) for period in begun), now)
        self._rearranged(fresh=True)
        if turned:
            self._begin()

    def _rearranged(self, *_: object, fresh: bool = False) -> None:
        board = self.board
        if board is None:
            return
        shape = Shape(self.shape.key)
        words = query_words(self.search.text())
        found = chosen_items(board, Chosen(group=self.group.key, words=words))
        split = [item for item in found if item.towns]
        self.item.set_options(tuple((item.code, item.name) for item in split))
        self.place.setVisible(shape is Shape.ITEMS)
        self.item.setVisible(shape is Shape.TOWNS)
        self.period.setVisible(shape is Shape.SHEET)
        chosen = Chosen(shape, self.group.key, self.place.key, self.item.key, self.period.key, words)
        if fresh:
            self.cells.show_board(board, chosen)
        else:
            self.cells.arrange(chosen)
        nothing = not self.cells.rowCount() or not self.cells.columnCount()
        self.grid.setVisible(not nothing)
        self.empty.setVisible(nothing)
        pivot = self.cells.pivot
        self.card.set_subtitle(pivot.fixed if pivot is not None and not nothing else "")
        if not self.grid.currentIndex().isValid():
            self._begin()
        self.show_note()

    def _begin(self) -> None:
        """The first cell to be filled is that of the month on the screen."""
        if self.board is not None:
            across = self.board.now if Shape(self.shape.key) is not Shape.SHEET else 0
            self.grid.go_to(0, across)

    def _span_chosen(self, key: str) -> None:
        self.status.set_key(_USUAL[key].value)
        self._back_to_cells(self.span)
        self.span_changed.emit()

    def _back_to_cells(self, choice: QWidget) -> None:
        """After a click on a choice one types on in the grid; who chose by keyboard stays there."""
        focus = QApplication.focusWidget()
        if focus is None or not choice.isAncestorOf(focus):
            self.focus_grid()

    def _around(self) -> None:
        """F6: from the grid to the reason that is asked for, else to the choices; and back."""
        if not self.grid.hasFocus():
            self.grid.setFocus()
        elif self.ask.isVisible():
            self.ask.reason.setFocus()
        else:
            self.span.setFocus()

    def _find(self) -> None:
        """Ctrl+F: to the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def _into_found(self) -> None:
        """Enter in the search field: to the first indicator found, in the month of the window."""
        if self.cells.rowCount():
            self._begin()
            self.focus_grid()

    def show_cell(self, key: CellKey) -> None:
        """Make a cell the current one, if it is in the grid."""
        index = self.cells.place_of(key)
        if index.isValid():
            self.grid.go_to(index.row(), index.column())

    # ------------------------------------------------------------------------------------------- words

    def show_note(self) -> None:
        """Say what is the matter with the current cell."""
        key = self.grid.current_key
        pivot = self.cells.pivot
        if key is None or pivot is None:
            self.note.setText("")
            self.trouble.hide()
            return
        index = self.grid.currentIndex()
        item, period, place = pivot.at(index.row(), index.column())
        over = self.cells.overlay(key)
        lock = pivot.lock(index.row(), index.column())
        where = f"{place.name} {item.name} {period.label if pivot.board.yearly else period.month.label}"
        if over is not None and over.message:
            tone, words = (Tone.BAD if over.mark is Mark.REFUSED else Tone.WARN), over.words
            words = f"没有入库：{words}" if over.mark is Mark.REFUSED else f"待说明：{words}"
        else:
            tone, words = (
                None,
                lock or describe(self.cells.cell(key)) or "还没有录。直接键入；没有数据写“未报”，不适用写“—”",
            )
        others = [each for each in self.cells.overlays(Mark.REFUSED) if each != key]
        self.trouble.setText(self._refused_words(others) if others else "")
        self.trouble.setVisible(bool(others) and self.ask.isHidden())
        self.note.setText(f"{where}　{words}")
        self.note.set_tone(tone)

    def _refused_words(self, keys: list[CellKey]) -> str:
        """What is the matter with the last of the red cells."""
        over, key = self.cells.overlay(keys[-1]), keys[-1]
        name = f"{self._names.get(key.code, key.code)} {key.period}"
        return f"红色的 {len(keys)} 格没有入库。{name}：{over.words if over is not None else ''}"

    def say(self, words: str, tone: Tone | None = None) -> None:
        """Words below the grid about an act."""
        self.note.setText(words)
        self.note.set_tone(tone)

    def show_question(self) -> None:
        """Bring the question into view."""
        self.grid.takes_escape = True
        self.trouble.hide()
        upper = self.parentWidget()
        while upper is not None and not isinstance(upper, QScrollArea):
            upper = upper.parentWidget()
        if isinstance(upper, QScrollArea):
            area = upper
            QTimer.singleShot(0, area, lambda: area.ensureWidgetVisible(self.ask))

    def _question_closed(self) -> None:
        self.grid.takes_escape = False
        self.show_note()

    def tell_saved(self, words: str) -> None:
        """What was stored last."""
        self.saved.setText(words)

    def focus_grid(self) -> None:
        """Go on typing."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)


_SHAPES = {
    MONTHLY: ((Shape.ITEMS, "指标 × 月份"), (Shape.TOWNS, "乡镇 × 月份"), (Shape.SHEET, "乡镇 × 指标")),
    YEARLY: ((Shape.ITEMS, "指标 × 年份"), (Shape.TOWNS, "乡镇 × 年份"), (Shape.SHEET, "乡镇 × 指标")),
}
