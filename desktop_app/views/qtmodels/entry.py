"""The cells of the entry grid as a Qt model: what stands in the ledger, and over it what is on its way or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop_app.services.results.entry import CellKey, CellState, EntryBoard, EntryCell
from desktop_app.services.results.tone import Tone
from desktop_app.views.entry.pivot import Chosen, Pivot
from desktop_app.views.palette import colours
from desktop_app.views.qtmodels.columns import CellRole

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

Index = QModelIndex | QPersistentModelIndex
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Mark(StrEnum):
    """What is the matter with a typed cell."""

    SAVING = "saving"
    """On its way."""
    REFUSED = "refused"
    """A hard check: not stored."""
    ASKED = "asked"
    """A soft check: a reason is wanted, not stored yet."""


@dataclass(frozen=True)
class Overlay:
    """A typed text over a cell that is not (yet) in the ledger."""

    text: str
    mark: Mark
    message: str = ""
    hint: str = ""

    @property
    def words(self) -> str:
        """What is wrong and how to mend it, in one line."""
        return f"{self.message}。{self.hint}" if self.hint else self.message


class EntryModel(QAbstractTableModel):
    """``typed([(CellKey, text), …])`` when an editor has been left with another text than before."""

    typed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pivot: Pivot | None = None
        self._cells: dict[CellKey, EntryCell] = {}
        self._overlays: dict[CellKey, Overlay] = {}
        self._places: dict[CellKey, tuple[int, int]] = {}
        self._answers: dict[int, Callable[[CellKey, int, int], object]] = {
            Qt.ItemDataRole.DisplayRole: lambda key, _row, _column: grouped(self.text(key)),
            Qt.ItemDataRole.EditRole: lambda key, _row, _column: self.text(key),
            Qt.ItemDataRole.ToolTipRole: self._tip,
            Qt.ItemDataRole.BackgroundRole: self._ground,
            Qt.ItemDataRole.ForegroundRole: self._ink,
            Qt.ItemDataRole.TextAlignmentRole: lambda _key, _row, _column: RIGHT,
            CellRole.CELL: lambda key, _row, _column: self._overlays.get(key) or self._cells.get(key),
        }

    # ------------------------------------------------------------------------------------------- contents

    def show_board(self, board: EntryBoard, chosen: Chosen) -> None:
        """Show a board. The same grid with other figures keeps selection and open editor."""
        self._cells = dict(board.cells)
        self._arrange(Pivot(board, chosen))

    def arrange(self, chosen: Chosen) -> None:
        """The same figures in another arrangement."""
        if self._pivot is not None:
            self._arrange(Pivot(self._pivot.board, chosen))

    def _arrange(self, pivot: Pivot) -> None:
        before, board, chosen = self._pivot, pivot.board, pivot.chosen
        if before is not None and before.chosen == chosen and _frame(before.board) == _frame(board):
            self._pivot = pivot
            if pivot.height and pivot.width:
                self.dataChanged.emit(self.index(0, 0), self.index(pivot.height - 1, pivot.width - 1))
            return
        self.beginResetModel()
        self._pivot = pivot
        self._places = {key: (row, column) for row, column, key in pivot.every()}
        self.endResetModel()

    @property
    def pivot(self) -> Pivot | None:
        """What stands where; None before the first board."""
        return self._pivot

    def forget(self) -> None:
        """Another ledger: nothing that was typed is of it."""
        self.beginResetModel()
        self._pivot, self._places = None, {}
        self._cells.clear()
        self._overlays.clear()
        self.endResetModel()

    def key_at(self, index: Index) -> CellKey | None:
        """Address of a cell of the grid."""
        return self._pivot.key(index.row(), index.column()) if self._pivot is not None and index.isValid() else None

    def place_of(self, key: CellKey) -> QModelIndex:
        """Where a cell stands; invalid when it is not in this grid."""
        place = self._places.get(key)
        return QModelIndex() if place is None else self.index(*place)

    def text(self, key: CellKey) -> str:
        """What stands in a cell, or was typed over it."""
        over = self._overlays.get(key)
        if over is not None:
            return over.text
        cell = self._cells.get(key)
        return "" if cell is None else cell.text

    def cell(self, key: CellKey) -> EntryCell | None:
        """What stands in the ledger."""
        return self._cells.get(key)

    def overlay(self, key: CellKey) -> Overlay | None:
        """What was typed over it and is not in the ledger."""
        return self._overlays.get(key)

    def overlays(self, mark: Mark) -> list[CellKey]:
        """Cells with this mark."""
        return [key for key, over in self._overlays.items() if over.mark is mark]

    def set_overlays(self, overlays: Mapping[CellKey, Overlay | None]) -> None:
        """Lay typed texts over cells, or take them away (None)."""
        for key, over in overlays.items():
            if over is None:
                self._overlays.pop(key, None)
            else:
                self._overlays[key] = over
            self._changed(key)

    def set_cells(self, cells: Mapping[CellKey, EntryCell | None]) -> None:
        """These cells stand otherwise in the ledger."""
        for key, cell in cells.items():
            if cell is None:
                self._cells.pop(key, None)
            else:
                self._cells[key] = cell
            self._changed(key)

    def _changed(self, key: CellKey) -> None:
        index = self.place_of(key)
        if index.isValid():
            self.dataChanged.emit(index, index)

    # ------------------------------------------------------------------------------------------- Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() or self._pivot is None else self._pivot.height

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() or self._pivot is None else self._pivot.width

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._pivot is None or not index.isValid() or self._pivot.lock(index.row(), index.column()):
            return usual
        return usual | Qt.ItemFlag.ItemIsEditable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._pivot is None:
            return None
        across = orientation is Qt.Orientation.Horizontal
        if section >= (self._pivot.width if across else self._pivot.height):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._pivot.column_head(section) if across else self._pivot.row_head(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return None if across else self._pivot.tip(section)
        return (RIGHT if across else LEFT) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        answer = self._answers.get(role)
        key = self.key_at(index)
        return answer(key, index.row(), index.column()) if answer is not None and key is not None else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        key = self.key_at(index)
        text = str(value).strip()
        if key is None or role != Qt.ItemDataRole.EditRole:
            return False
        if text != self.text(key):
            self.typed.emit([(key, text)])
        return True

    def _tip(self, key: CellKey, row: int, column: int) -> str:
        over = self._overlays.get(key)
        if over is not None and over.message:
            return f"{over.message}\n{over.hint}".strip()
        lock = self._pivot.lock(row, column) if self._pivot is not None else ""
        return lock or describe(self._cells.get(key))

    def _ground(self, key: CellKey, row: int, column: int) -> QColor | None:
        over = self._overlays.get(key)
        if over is not None and over.mark is not Mark.SAVING:
            return colours().tone(Tone.BAD if over.mark is Mark.REFUSED else Tone.WARN)[1]
        locked = self._pivot is not None and bool(self._pivot.lock(row, column))
        return colours().colour("panel") if locked else None

    def _ink(self, key: CellKey, _row: int, _column: int) -> QColor | None:
        over = self._overlays.get(key)
        if over is not None:
            tones = {Mark.REFUSED: "bad", Mark.ASKED: "warn", Mark.SAVING: "muted"}
            return colours().colour(tones[over.mark])
        cell = self._cells.get(key)
        return colours().colour("muted") if cell is not None and cell.state is not CellState.VALUE else None


def describe(cell: EntryCell | None) -> str:
    """Status, version and source of a stored figure."""
    if cell is None:
        return ""
    reason = f"；{cell.reason}" if cell.reason else ""
    return f"{cell.status.value}，第 {cell.version} 版，第 {cell.batch} 号批次（{cell.source}）{reason}"


def grouped(text: str) -> str:
    """1234567.8 → 1,234,567.8; anything but a plain figure as it is."""
    sign = "-" if text.startswith("-") else ""
    whole, point, fraction = text.removeprefix("-").partition(".")
    if not (whole.isascii() and whole.isdigit()) or (point and not (fraction.isascii() and fraction.isdigit())):
        return text
    return f"{sign}{int(whole):,}{point}{fraction}" if len(whole) > 3 and whole[0] != "0" else text


def _frame(board: EntryBoard) -> Sequence[object]:
    """What decides where the cells stand."""
    return board.yearly, board.items, board.places, board.periods
