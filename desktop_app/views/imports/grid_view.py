"""The grid of a file: line numbers and roles at the left, chips of meaning above, flagged cells."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

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
_ROW_PX = 28


class _MeaningHeader(QHeaderView):
    """What each column was taken for, as a chip."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

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
        shown = SKIPPED if tone is Tone.NEUTRAL else words
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
    """Read-only; Ctrl+C copies the marked block."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid_model = GridModel(self)
        self.setModel(self.grid_model)
        self.setItemDelegate(_FlagDelegate(self))
        self.setHorizontalHeader(_MeaningHeader(self))
        self.setVerticalHeader(_LineHeader(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setDefaultSectionSize(max(_ROW_PX, int(QFontMetricsF(sized(CELL_PX)).height()) + 8))
        self.setAccessibleName("文件内容")

    def show_preview(self, preview: FilePreview | None) -> None:
        """Show another file from its first line."""
        self.clearSpans()
        self.grid_model.show_preview(preview)
        for row, first, columns in self.grid_model.spans():
            self.setSpan(row, first, 1, columns)
        self._fit()
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
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

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
            chip = model.meaning(column)
            wanted = tag_width(SKIPPED if chip.startswith(SKIPPED) else chip) + PAD + 4
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
