"""The files on the table with the word for how each stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.views.fonts import sized
from desktop_app.views.imports.stage import StagedFile
from desktop_app.views.palette import colours
from desktop_app.views.widgets.tag import paint_tag, tag_height, tag_width

Index = QModelIndex | QPersistentModelIndex
_FILE = int(Qt.ItemDataRole.UserRole)
_NAME = _FILE + 1
_FOLDER_SHARE = 0.6


def shown_names(files: Sequence[StagedFile]) -> tuple[str, ...]:
    """File names; those that occur twice with their folder behind them (丁快递3月.csv · 更正件)."""
    counts = Counter(file.preview.file_name for file in files)
    return tuple(
        f"{file.preview.file_name} · {file.path.parent.name}"
        if counts[file.preview.file_name] > 1
        else file.preview.file_name
        for file in files
    )


def elided_name(shown: str, name: str, metrics: QFontMetricsF, room: float) -> str:
    """The name cut to the room in its middle, for its end says what kind of file it is.

    A folder behind it, which tells two files of one name apart, stays whole unless it takes most of the room.
    """
    folder = shown.removeprefix(name) if shown != name else ""
    wide = metrics.horizontalAdvance(folder)
    if folder and wide <= room * _FOLDER_SHARE:
        return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room - wide) + folder
    return metrics.elidedText(shown, Qt.TextElideMode.ElideMiddle, room)


class _FileModel(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.files: tuple[StagedFile, ...] = ()
        self._names: tuple[str, ...] = ()

    def show_files(self, files: Sequence[StagedFile]) -> None:
        """Other files, or the same in another state: the selection stays when their number does."""
        if len(files) == len(self.files):
            self.files, self._names = tuple(files), shown_names(files)
            if files:
                self.dataChanged.emit(self.index(0), self.index(len(files) - 1))
            return
        self.beginResetModel()
        self.files, self._names = tuple(files), shown_names(files)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.files)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        file = self.files[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{self._names[index.row()]} {file.word}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{file.path}\n{file.word}"
        if role == _NAME:
            return self._names[index.row()]
        return file if role == _FILE else None


class _FileDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(120, int(max(QFontMetricsF(sized(14)).height(), tag_height()) + 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        file = index.data(_FILE)
        if not isinstance(file, StagedFile):
            return
        palette = colours()
        room = QRectF(option.rect)  # type: ignore[attr-defined] # the stubs leave out the option's fields
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, palette.colour("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(room, palette.colour("panel"))
        if state & QStyle.StateFlag.State_HasFocus or index.row() == getattr(option.widget, "current_number", -1):  # type: ignore[attr-defined]
            painter.fillRect(QRectF(room.left(), room.top(), 3, room.height()), palette.colour("accent"))
        wide = tag_width(file.word)
        tag = QRectF(room.right() - 12 - wide, room.top(), wide + 1, room.height())
        paint_tag(painter, tag, file.word, file.tone)
        font = sized(14)
        painter.setFont(font)
        painter.setPen(palette.colour("muted" if file.settled else "text"))
        words = QRectF(room.left() + 14, room.top(), tag.left() - room.left() - 22, room.height())
        shown = elided_name(str(index.data(_NAME)), file.preview.file_name, QFontMetricsF(font), words.width() + 1)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.restore()


class FileList(QListView):
    """``turned(StagedFile)`` when another file is marked; ``removal_asked`` on Del."""

    turned = Signal(object)
    removal_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = _FileModel(self)
        self.setModel(self._files)
        self.setItemDelegate(_FileDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName("文件")
        self.selectionModel().currentChanged.connect(self._turned)

    @property
    def current_number(self) -> int:
        """Number of the marked line; −1 when there is none."""
        return self.currentIndex().row()

    def show_files(self, files: Sequence[StagedFile]) -> None:
        """Show the files as they stand."""
        self._files.show_files(files)
        self.viewport().update()

    @property
    def files(self) -> tuple[StagedFile, ...]:
        """The files shown."""
        return self._files.files

    @property
    def current(self) -> StagedFile | None:
        """The marked file."""
        number = self.current_number
        return self.files[number] if 0 <= number < len(self.files) else None

    @property
    def chosen(self) -> tuple[StagedFile, ...]:
        """All marked files."""
        return tuple(self.files[row] for row in sorted(i.row() for i in self.selectionModel().selectedIndexes()))

    def mark(self, path: Path) -> None:
        """Mark the file that lies there."""
        number = next((n for n, file in enumerate(self.files) if file.path == path), -1)
        if number >= 0:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self._files.index(number), flag)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removal_asked.emit()
        else:
            super().keyPressEvent(event)

    def _turned(self, index: QModelIndex) -> None:
        if index.isValid():
            self.turned.emit(self.files[index.row()])
