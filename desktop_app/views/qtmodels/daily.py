"""The days of a season as a grid: sums of all companies to read, or one company's counts to enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop_app.services.results.daily import DailyEntry, DailyItem, DailyRow, DailySheet
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours
from desktop_app.views.qtmodels.columns import Align
from desktop_app.views.qtmodels.rows import CELL_PX

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

HEADS = ("日期", "星期", "收寄量", "应投量", "妥投量", "妥投率%", "同比%", "倍数", "未报")
ITEMS = {2: DailyItem.COLLECTED, 3: DailyItem.DUE, 4: DailyItem.DELIVERED}
"""Columns that are entered."""
_TIPS = {2: "件", 3: "件", 4: "件", 5: "妥投 ÷ 应投", 6: "收寄量与上年同日比", 7: "收寄量是日常量的几倍"}
_BLANK = {"", "未报", "-", "—"}
_MOST = 10**14
"""More 件 than a column of the ledger could hold with its decimals."""

Drafts = dict[tuple[int, int], str]


def read_count(text: str) -> int | None:
    """What was typed: a count of 件, or None for 未报.

    :raises ValueError: anything else, in words for the user.
    """
    plain = text.replace(",", "").replace("，", "").replace(" ", "").strip()
    if plain in _BLANK:
        return None
    if not plain.isascii() or not plain.isdigit():
        raise ValueError(f"“{text.strip()}”不是整件数；请填 0 或正整数，没有数就留空")
    if int(plain) >= _MOST:
        raise ValueError("数太大了，请核对")
    return int(plain)


class DailyModel(QAbstractTableModel):
    """Holds what was typed (``drafts``) until it is saved; every step can be undone. ``drafted`` fires on change."""

    drafted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[DailyRow, ...] = ()
        self._company: int | None = None
        self.drafts: Drafts = {}
        self._past: list[Drafts] = []
        self._future: list[Drafts] = []

    def set_sheet(self, sheet: DailySheet, *, keep: bool) -> None:
        """Show a sheet; ``keep`` what has been typed but not saved."""
        self.beginResetModel()
        self._rows, self._company = sheet.rows, sheet.company_id
        if not keep:
            self.drafts, self._past, self._future = {}, [], []
        self.endResetModel()
        self.drafted.emit()

    @property
    def rows(self) -> tuple[DailyRow, ...]:
        """The season, then its days."""
        return self._rows

    # ------------------------------------------------------------------------------------------- typing

    def editable(self, row: int, column: int) -> bool:
        """Whether a cell is entered."""
        return self._company is not None and column in ITEMS and self._rows[row].day is not None

    def put(self, cells: Sequence[tuple[int, int, str]]) -> int:
        """Type into several cells as one step; returns how many took it."""
        taken = [(r, c, text) for r, c, text in cells if 0 <= r < len(self._rows) and self.editable(r, c)]
        if not taken:
            return 0
        after = dict(self.drafts)
        for row, column, text in taken:
            if self._same(row, column, text):
                after.pop((row, column), None)
            else:
                after[row, column] = text.strip()
        if after != self.drafts:
            self._past.append(self.drafts)
            self._future.clear()
            self._show(after)
        return len(taken)

    def _same(self, row: int, column: int, text: str) -> bool:
        """Whether a text says what is stored already."""
        stored = self._rows[row].cells[column - 2].value
        try:
            return read_count(text) == (None if stored is None else int(stored))
        except ValueError:
            return False

    def undo(self) -> None:
        """Take the last step back."""
        if self._past:
            self._future.append(self.drafts)
            self._show(self._past.pop())

    def redo(self) -> None:
        """Do it again."""
        if self._future:
            self._past.append(self.drafts)
            self._show(self._future.pop())

    def clear(self) -> None:
        """Drop everything that is not saved; can be undone."""
        if self.drafts:
            self._past.append(self.drafts)
            self._show({})

    def _show(self, drafts: Drafts) -> None:
        self.drafts = drafts
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(HEADS) - 1))
        self.drafted.emit()

    def wrong(self) -> str:
        """What is wrong with the first cell that cannot be saved; empty when all can."""
        for (row, column), text in sorted(self.drafts.items()):
            if words := _fault(text):
                return f"{self._rows[row].label}{HEADS[column]}：{words}"
        return ""

    def entries(self) -> tuple[DailyEntry, ...]:
        """What was typed, to be saved; nothing while something is wrong."""
        if self._company is None or self.wrong():
            return ()
        return tuple(
            DailyEntry(day, self._company, ITEMS[column], read_count(text))
            for (row, column), text in sorted(self.drafts.items())
            if (day := self._rows[row].day) is not None
        )

    def overwrites(self) -> int:
        """How many figures that are stored would change."""
        return sum(1 for row, column in self.drafts if self._rows[row].cells[column - 2].value is not None)

    # ------------------------------------------------------------------------------------------- Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return HEADS[section]
        if role == Role.ToolTipRole:
            return _TIPS.get(section)
        return _align(section).flag if role == Role.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = super().flags(index)
        return plain | Qt.ItemFlag.ItemIsEditable if self.editable(index.row(), index.column()) else plain

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        return role == Role.EditRole and self.put([(index.row(), index.column(), str(value))]) > 0

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        if (row, column) in self.drafts:
            return self.drafts[row, column] or "未报"
        line = self._rows[row]
        if column in ITEMS:
            return line.cells[column - 2].text
        return (line.label, line.weekday, "", "", "", line.rate_text, line.yoy_text, line.multiple_text, line.lacking)[
            column
        ]

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        row, column = index.row(), index.column()
        draft = self.drafts.get((row, column))
        answers: dict[int, Callable[[], object]] = {
            Role.DisplayRole: lambda: self.text(row, column),
            Role.EditRole: lambda: self._typed(row, column, draft),
            Role.TextAlignmentRole: lambda: _align(column).flag,
            Role.ForegroundRole: lambda: self._ink(row, column, draft),
            Role.BackgroundRole: lambda: self._ground(row, draft),
            Role.FontRole: lambda: sized(CELL_PX, bold=self._strong(row, column, draft)),
            Role.ToolTipRole: lambda: (_fault(draft) if draft is not None else self._tip(row, column)) or None,
        }
        answer = answers.get(role)
        return answer() if answer is not None else None

    def _typed(self, row: int, column: int, draft: str | None) -> str:
        """What the editor begins with."""
        stored = self._rows[row].cells[column - 2].value if column in ITEMS else None
        return draft if draft is not None else "" if stored is None else f"{stored}"

    def _strong(self, row: int, column: int, draft: str | None) -> bool:
        line = self._rows[row]
        return line.day is None or draft is not None or (column <= min(ITEMS) and line.festival)

    def _ink(self, row: int, column: int, draft: str | None) -> object:
        if draft is not None:
            return colours().colour("bad" if _fault(draft) else "accent")
        if column in ITEMS and self._rows[row].cells[column - 2].value is None:
            return colours().colour("muted")
        return colours().colour("warn") if column == len(HEADS) - 1 else None

    def _ground(self, row: int, draft: str | None) -> object:
        if draft is not None:
            return colours().colour("bad_soft" if _fault(draft) else "info_soft")
        return colours().colour("total_soft") if self._rows[row].day is None else None

    def _tip(self, row: int, column: int) -> str:
        return self._rows[row].cells[column - 2].tip if column in ITEMS else ""


def _fault(text: str) -> str:
    try:
        read_count(text)
    except ValueError as error:
        return str(error)
    return ""


def _align(column: int) -> Align:
    return Align.RIGHT if 2 <= column <= 7 else Align.LEFT
