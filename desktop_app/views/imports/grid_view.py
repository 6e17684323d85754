"""The grid of a file: line numbers and roles at the left, chips of meaning above, flagged cells."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QStyleOptionViewItem, QTableView, QWidget

from desktop_app.services.results.imports import FilePreview, RowRole
from desktop_app.services.results.overview import Tone
from desktop_app.views.fonts import sized
from desktop_app.views.imports.grid_model import RIGHT, SKIPPED, GridModel
from desktop_app.views.imports.words import Flag
from desktop_app.views.palette import colours
from desktop_app.views.qtmodels.columns import CellRole
from desktop_app.views.qtmodels.rows import CELL_PX
from desktop_app.views.widgets.delegates.base import PAD, CellDelegate
from desktop_app.views.widgets.tag import paint_tag, tag_height, tag_width

Index = QModelIndex | QPersistentModelIndex

_WIDEST = 220.0
_MEASURED = 80
_CANDIDATES = 6
_MEASURED_ROLES = frozenset({RowRole.HEADER, RowRole.DATA, RowRole.TOTAL})
_ROW_PX = 24


def _chip(meaning: str, *, changeable: bool = True) -> str:
    """The words of a chip; the arrow says that a menu hangs there."""
    shown = SKIPPED if meaning.startswith(SKIPPED) else meaning
    return f"{shown} ▾" if shown and changeable else shown


class _MeaningHeader(QHeaderView):
    """What each column was taken for, as a chip that opens a menu."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSectionsClickable(True)
        self.changeable = True

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), int(tag_height() + 12))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        palette = colours()
        painter.save()
        painter.fillRect(rect, palette.colour("card"))
        painter.setPen(QPen(palette.colour("border"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        words = str(self.model().headerData(logical, Qt.Orientation.Horizontal) or "")
        tone = Tone.NEUTRAL if words.startswith(SKIPPED) else Tone.INFO
        room = QRectF(rect).adjusted(PAD - 2, 0, -2, 0)
        shown = _chip(words, changeable=self.changeable)
        if self.model().headerData(logical, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole) is RIGHT:
            room.setLeft(max(room.left(), room.right() - PAD + 4 - tag_width(shown)))
        paint_tag(painter, room, shown, tone)
        painter.restore()


class _LineHeader(QHeaderView):
    """Line number and role: 8 计."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(sized(CELL_PX))
        count = self.model().rowCount() if self.model() is not None else 0
        last = self.model().headerData(count - 1, Qt.Orientation.Vertical) if count else ""
        # Of a large file only some lines are shown, so the last number may be far above their count.
        number = str(last).partition(" ")[0].rjust(4, "0")
        return QSize(int(metrics.horizontalAdvance(number) + metrics.horizontalAdvance("题") + 22), 0)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        palette = colours()
        number, _, role = str(self.model().headerData(logical, Qt.Orientation.Vertical)).partition(" ")
        painter.save()
        index = self.model().index(logical, 0)
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        flagged = isinstance(index.data(CellRole.CELL), Flag)
        painter.fillRect(rect, palette.colour("card") if ground is None or flagged else ground)
        painter.setPen(QPen(palette.colour("row_line"), 1))
        room = QRectF(rect)
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        painter.setFont(sized(CELL_PX))
        room.adjust(4, 0, -6, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(palette.colour("text"))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | middle), role)
        wide = QFontMetricsF(sized(CELL_PX)).horizontalAdvance("题") + 8
        painter.setPen(palette.colour("muted"))
        painter.drawText(room.adjusted(0, 0, -wide, 0), int(Qt.AlignmentFlag.AlignRight | middle), number)
        painter.restore()


class _FlagDelegate(CellDelegate):
    """Outlines the cells that an error speaks of."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        flag = index.data(CellRole.CELL)
        if isinstance(flag, Flag) and flag.tone is Tone.BAD:
            painter.save()
            painter.setPen(QPen(colours().colour("bad"), 2))
            painter.drawRect(QRectF(option.rect).adjusted(1, 1, -1, -1))  # type: ignore[attr-defined] # the stubs leave out the option's fields
            painter.restore()


class PreviewGrid(QTableView):
    """Read-only; Ctrl+C copies the marked block.

    ``meaning_asked(column, corner)``: the user wants to say what a column is (click on its chip, Alt+↓, F4);
    ``cell_marked(line, column)``: another cell is the current one, by its line in the file.
    """

    meaning_asked = Signal(int, QPoint)
    cell_marked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changeable = True
        self.grid_model = GridModel(self)
        self.setModel(self.grid_model)
        self.setItemDelegate(_FlagDelegate(self))
        self._chips = _MeaningHeader(self)
        self.setHorizontalHeader(self._chips)
        self._chips.sectionClicked.connect(self.ask_meaning)
        self._chips.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._chips.customContextMenuRequested.connect(lambda at: self.ask_meaning(self._chips.logicalIndexAt(at)))
        self.setVerticalHeader(_LineHeader(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setDefaultSectionSize(max(_ROW_PX, int(QFontMetricsF(sized(CELL_PX)).height()) + 5))
        self.setAccessibleName("文件内容")
        self.selectionModel().currentChanged.connect(self._turned)

    def set_changeable(self, *, changeable: bool) -> None:
        """Whether the meanings of the columns may still be changed."""
        self._changeable = self._chips.changeable = changeable
        cursor = Qt.CursorShape.PointingHandCursor if changeable else Qt.CursorShape.ArrowCursor
        self._chips.viewport().setCursor(cursor)
        self._chips.viewport().update()

    def ask_meaning(self, column: int) -> None:
        """Have the menu of a column opened below its chip."""
        if self._changeable and 0 <= column < self.grid_model.columnCount():
            left = self._chips.sectionViewportPosition(column)
            left = min(max(left, 0), self._chips.viewport().width())
            self.meaning_asked.emit(column, self._chips.viewport().mapToGlobal(QPoint(left, self._chips.height())))

    def _turned(self, index: QModelIndex) -> None:
        if index.isValid():
            self.cell_marked.emit(self.grid_model.rows[index.row()].number, index.column())

    def show_preview(self, preview: FilePreview | None, *, stay: bool = False) -> None:
        """Show another file from its first line; ``stay`` keeps the current cell (the same file read otherwise)."""
        at = self.currentIndex().row(), self.currentIndex().column()
        self.clearSpans()
        self.grid_model.show_preview(preview)
        for row, first, columns in self.grid_model.spans():
            self.setSpan(row, first, 1, columns)
        self._fit()
        if stay and self.grid_model.hasIndex(*at):
            self.selectionModel().setCurrentIndex(
                self.grid_model.index(*at), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        else:
            self.scrollToTop()

    def show_cell(self, number: int | None, column: int | None) -> bool:
        """Bring a cell into view and mark it; False when the place is not in the file."""
        index = self.grid_model.find(number, column) if number is not None else QModelIndex()
        if not index.isValid():
            return False
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif down or event.key() == Qt.Key.Key_F4:
            self.ask_meaning(max(self.currentIndex().column(), 0))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = self.indexAt(event.pos()) if event.reason() is QContextMenuEvent.Reason.Mouse else self.currentIndex()
        column = max(at.column(), 0)
        menu = QMenu(self)
        asked = menu.addAction("这一列是什么…\tAlt+↓", lambda: self.ask_meaning(column))
        asked.setEnabled(self._changeable)
        menu.addAction("复制\tCtrl+C", self._copy)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def _copy(self) -> None:
        chosen = self.selectionModel().selectedIndexes()
        rows = sorted({i.row() for i in chosen})
        columns = sorted({i.column() for i in chosen})
        lines = ["\t".join(str(self.grid_model.index(r, c).data()) for c in columns) for r in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _fit(self) -> None:
        """As wide as contents and chips need, within reason; what is left over goes to the columns of words."""
        model = self.grid_model
        plain, bold = QFontMetricsF(sized(CELL_PX)), QFontMetricsF(sized(CELL_PX, bold=True))
        lines = [row for row in model.rows if row.role in _MEASURED_ROLES][:_MEASURED]
        widths: list[float] = []
        for column in range(model.columnCount()):
            wanted = tag_width(_chip(model.meaning(column))) + PAD + 4
            cells = [(row.cells[column], row.role) for row in lines if column < len(row.cells)]
            # The longest in bytes (a Chinese character has two) are the widest, near enough.
            for cell, role in sorted(cells, key=lambda c: len(c[0].encode("gb18030", "replace")))[-_CANDIDATES:]:
                metrics = plain if role is RowRole.DATA else bold
                wanted = max(wanted, metrics.horizontalAdvance(cell) + 2 * PAD + 2)
            widths.append(min(wanted, _WIDEST))
        room = self.viewport().width() - sum(widths)
        if widths and room > 0:
            widths = [width + room / len(widths) for width in widths]
        for column, width in enumerate(widths):
            self.setColumnWidth(column, int(width))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type] # PySide hands over the right kind
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 120)
