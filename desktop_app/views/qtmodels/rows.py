"""A table model over a tuple of frozen rows, described by columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours
from desktop_app.views.qtmodels.columns import CellKind, CellRole, Column

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QFont

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

CELL_PX = 13


class RowTableModel(QAbstractTableModel, Generic[R]):
    """Rows are replaced as a whole with :meth:`set_rows`; sorting reorders them and can be undone by a third click."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Column[R], ...] = tuple(columns)
        self._given: tuple[R, ...] = ()
        self._rows: tuple[R, ...] = ()
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None
        self._emphasis: Callable[[R], bool] | None = None

    # ------------------------------------------------------------------------------------------- contents

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows, kept in the order that the user has chosen."""
        self.beginResetModel()
        self._given = tuple(rows)
        self._rows = self._arranged()
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column[R]], rows: Sequence[R] = ()) -> None:
        """Show other columns (brands, companies) with rows that fit them."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self._sorted_by = None
        self._given = tuple(rows)
        self._rows = self._given
        self.endResetModel()

    def emphasise(self, rule: Callable[[R], bool] | None) -> None:
        """Rows that are set in bold (totals)."""
        self._emphasis = rule

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows as they stand on the screen."""
        return self._rows

    @property
    def columns(self) -> tuple[Column[R], ...]:
        """The columns."""
        return self._columns

    def row_at(self, index: Index) -> R | None:
        """The frozen row behind an index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    # ------------------------------------------------------------------------------------------- Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.head
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.align.flag
        return column.head_tip or None if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        answer = _ANSWERS.get(role)
        if row is None or answer is None:
            return None
        return answer(self, self._columns[index.column()], row)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 restores the order in which the rows were given."""
        self.layoutAboutToBeChanged.emit()
        wanted = 0 <= column < len(self._columns) and self._columns[column].sort is not None
        before = self._rows
        self._sorted_by = (column, order) if wanted else None
        self._rows = self._arranged()
        self._follow(before)
        self.layoutChanged.emit()

    # ------------------------------------------------------------------------------------------- inside

    def _arranged(self) -> tuple[R, ...]:
        if self._sorted_by is None:
            return self._given
        column, order = self._sorted_by
        key = self._columns[column].sort
        if key is None:
            return self._given
        descending = order is Qt.SortOrder.DescendingOrder
        keyed: Callable[[R], Any] = key
        return tuple(sorted(self._given, key=keyed, reverse=descending))

    def _follow(self, before: tuple[R, ...]) -> None:
        """Keep the selection on its rows."""
        place = {id(row): number for number, row in enumerate(self._rows)}
        old = self.persistentIndexList()
        new = [self.index(place[id(before[i.row()])], i.column()) for i in old]
        self.changePersistentIndexList(old, new)

    def ink(self, column: Column[R], row: R) -> QColor | None:
        """Colour of the words in a cell; None is the ordinary one."""
        palette = colours()
        tone = column.tone(row) if column.kind is CellKind.TEXT and column.tone is not None else None
        if tone is not None:
            return palette.tone(tone)[0]
        return palette.colour("muted") if column.muted else None

    def ground(self, column: Column[R], row: R) -> QColor | None:
        """Ground of a cell; None is the table's."""
        token = column.ground(row) if column.ground else ""
        return colours().colour(token) if token else None

    def font(self, column: Column[R], row: R) -> QFont | None:
        """Font of a cell; None is the ordinary one."""
        bold = column.bold(row) if callable(column.bold) else column.bold
        if not bold and self._emphasis is not None:
            bold = self._emphasis(row)
        return sized(CELL_PX, bold=True) if bold else None


_ANSWERS: dict[int, Callable[[RowTableModel[Any], Column[Any], Any], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda _model, column, row: column.text(row),
    Qt.ItemDataRole.TextAlignmentRole: lambda _model, column, _row: column.align.flag,
    Qt.ItemDataRole.ForegroundRole: lambda model, column, row: model.ink(column, row),
    Qt.ItemDataRole.FontRole: lambda model, column, row: model.font(column, row),
    Qt.ItemDataRole.ToolTipRole: lambda _model, column, row: column.tip(row) or None if column.tip else None,
    Qt.ItemDataRole.BackgroundRole: lambda model, column, row: model.ground(column, row),
    CellRole.TONE: lambda _model, column, row: column.tone(row) if column.tone else None,
    CellRole.CELL: lambda _model, column, row: column.cell(row) if column.cell else None,
    CellRole.INDENT: lambda _model, column, row: column.indent(row) if column.indent else 0,
    CellRole.ROW: lambda _model, _column, row: row,
}
"""What the model answers for each of Qt's roles."""
