"""The lines of a file as it reads, with their roles and flags, as a Qt model."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.services.results.imports import AUTO, SKIP, FilePreview, ImportPlan, PreviewRow, RowRole
from desktop_app.services.results.overview import Tone
from desktop_app.views.fonts import sized
from desktop_app.views.imports.words import Flag, flags, is_figure
from desktop_app.views.palette import colours
from desktop_app.views.qtmodels.columns import CellRole
from desktop_app.views.qtmodels.rows import CELL_PX

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QFont

Index = QModelIndex | QPersistentModelIndex

SKIPPED = SKIP
_GROUNDS = {
    RowRole.TITLE: "panel",
    RowRole.NOTE: "panel",
    RowRole.HEADER: "info_soft",
    RowRole.TOTAL: "total_soft",
}
_ROLE_WORDS = {
    RowRole.TITLE: "表题",
    RowRole.NOTE: "注",
    RowRole.HEADER: "表头",
    RowRole.DATA: "数据",
    RowRole.TOTAL: "合计，不入库，只用来核对",
    RowRole.BLANK: "空行",
    RowRole.UNREAD: "另一个表，没有读",
}
_BOLD = frozenset({RowRole.HEADER, RowRole.TOTAL})
_QUIET = frozenset({RowRole.TITLE, RowRole.NOTE, RowRole.BLANK, RowRole.UNREAD})
_SAMPLE = 60
_CUT = 8
"""Longer texts may be cut in their cell, so the tooltip has them whole."""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class GridModel(QAbstractTableModel):
    """Vertical heads: line number and role; horizontal heads: what each column was taken for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan: ImportPlan | None = None
        self._rows: tuple[PreviewRow, ...] = ()
        self._flags: dict[tuple[int, int], Flag] = {}
        self._figures: tuple[bool, ...] = ()
        self._width = 0
        self._answers: dict[int, Callable[[int, int], object]] = {
            Qt.ItemDataRole.DisplayRole: self._text,
            Qt.ItemDataRole.ToolTipRole: self._tip,
            Qt.ItemDataRole.BackgroundRole: self._ground,
            Qt.ItemDataRole.ForegroundRole: self._ink,
            Qt.ItemDataRole.FontRole: self._font,
            Qt.ItemDataRole.TextAlignmentRole: self._side,
            CellRole.CELL: self.flag_at,
        }

    def show_preview(self, preview: FilePreview | None) -> None:
        """Show another file."""
        self.beginResetModel()
        self._plan = preview.plan if preview is not None else None
        self._rows = self._plan.reading.rows if self._plan is not None else ()
        self._flags = flags(preview) if preview is not None else {}
        self._width = max((len(row.cells) for row in self._rows), default=0)
        data = [row.cells for row in self._rows if row.role is RowRole.DATA][:_SAMPLE]
        self._figures = tuple(is_figure([c[n] for c in data if n < len(c)]) for n in range(self._width))
        self.endResetModel()

    @property
    def plan(self) -> ImportPlan | None:
        """How the file reads; None when it cannot be read."""
        return self._plan

    @property
    def rows(self) -> tuple[PreviewRow, ...]:
        """The lines of the file."""
        return self._rows

    def meaning(self, column: int) -> str:
        """What a column was taken for."""
        meanings = self._plan.column_meanings if self._plan is not None else ()
        return meanings[column] if column < len(meanings) else ""

    def given(self, column: int) -> bool:
        """Whether the meaning is not the file's own: the user or the profile has given it."""
        plan = self._plan
        return plan is not None and (column in plan.by_profile or plan.said.get(column, AUTO) != AUTO)

    def is_figure(self, column: int) -> bool:
        """Whether the cells of a column are mostly figures."""
        return column < len(self._figures) and self._figures[column]

    def ground(self, column: int) -> str:
        """By whose word a column has its meaning, when not by its own head."""
        plan = self._plan
        if plan is None:
            return ""
        if column in plan.by_profile:
            return f"按方案“{plan.profile}”"
        return "您指定的" if self.given(column) else ""

    def spans(self) -> list[tuple[int, int, int]]:
        """(line, first column, columns) of titles and notes, whose text runs on until the next filled cell."""
        found = []
        for number, row in enumerate(self._rows):
            if row.role in {RowRole.TITLE, RowRole.NOTE}:
                filled = [n for n, cell in enumerate(row.cells) if cell.strip() or n == 0]
                ends = [*filled[1:], self._width]
                found += [(number, n, end - n) for n, end in zip(filled, ends, strict=True) if end - n > 1]
        return found

    def flag_at(self, row: int, column: int) -> Flag | None:
        """The flag of a cell; one that means the whole line stands in its first filled cell."""
        line = self._rows[row]
        own = self._flags.get((line.number, column))
        if own is not None:
            return own
        first = next((n for n, cell in enumerate(line.cells) if cell.strip()), 0)
        return self._flags.get((line.number, -1)) if column == first else None

    def find(self, number: int, column: int | None) -> QModelIndex:
        """The cell at a line number of the file."""
        row = next((n for n, line in enumerate(self._rows) if line.number == number), -1)
        return self.index(row, max(column or 0, 0)) if row >= 0 else QModelIndex()

    # ------------------------------------------------------------------------------------------- Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else self._width

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal:
            return self._column_head(section, role)
        return self._line_head(section, role)

    def _column_head(self, section: int, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.meaning(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (self.meaning(section), self.ground(section), "点击或按 Alt+↓ 更改")))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self.is_figure(section) else LEFT
        return None

    def _line_head(self, section: int, role: int) -> str | None:
        if section >= len(self._rows):
            return None
        row = self._rows[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.number} {row.role.value}"
        return _ROLE_WORDS[row.role] if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        answer = self._answers.get(role)
        return answer(index.row(), index.column()) if answer is not None else None

    def _text(self, row: int, column: int) -> str:
        cells = self._rows[row].cells
        return cells[column] if column < len(cells) else ""

    def _tip(self, row: int, column: int) -> str | None:
        flag = self.flag_at(row, column)
        if flag is not None:
            return flag.tip
        text = self._text(row, column)
        # Titles and notes are longer than the columns that they stand in.
        return text if len(text) > _CUT or self._rows[row].role in {RowRole.TITLE, RowRole.NOTE} else None

    def _ink(self, row: int, column: int) -> QColor | None:
        line = self._rows[row]
        quiet = line.role in _QUIET or line.rejected or self.meaning(column).startswith(SKIPPED)
        return colours().colour("muted") if quiet else None

    def _side(self, row: int, column: int) -> Qt.AlignmentFlag:
        words = self._rows[row].role in {RowRole.TITLE, RowRole.NOTE}
        return LEFT if words or not self._figures[column] else RIGHT

    def _ground(self, row: int, column: int) -> QColor | None:
        flag = self.flag_at(row, column)
        if flag is not None:
            return colours().tone(Tone(flag.tone))[1]
        token = _GROUNDS.get(self._rows[row].role)
        return colours().colour(token) if token else None

    def _font(self, row: int, _column: int) -> QFont | None:
        role = self._rows[row].role
        if role in _BOLD:
            return sized(CELL_PX, bold=True)
        if role is RowRole.NOTE:
            font = sized(CELL_PX)
            font.setItalic(True)
            return font
        return None
