"""打开原件: the kept file's cells, standing at the one that the number came from."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.services.results.tracing import OriginalSheet
from desktop_app.views.qtmodels.columns import Align, Column
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

_HEAD, _WIDEST = 12, 30
"""Characters of a head that is shown whole; digits of the widest column."""
Line = tuple[int, tuple[str, ...]]
"""Line number in the file, its cells."""


def letters(number: int) -> str:
    """0 → A, 25 → Z, 26 → AA, as Excel and WPS name columns."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


class OriginalDialog(QDialog):
    """A file as it came; nothing can be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("原件")
        self.setModal(False)
        self.title = Words("", "heading")
        self.note = Words("", "muted")
        self.table: DataTable[Line] = DataTable((), select_rows=False, row_height=26)
        self.table.setAccessibleName("原件")
        actions = QHBoxLayout()
        actions.addWidget(self.note, 1)
        actions.addWidget(button("复制全部", self.table.copy_all))
        actions.addWidget(button("关闭", self.close, kind="primary"))
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(10)
        box.addWidget(self.title)
        box.addWidget(self.table, 1)
        box.addLayout(actions)
        self.resize(980, 560)

    def show_sheet(self, sheet: OriginalSheet) -> None:
        """Show the rows and stand at the wanted cell."""
        name = f"“{sheet.sheet}”" if sheet.sheet else ""
        line = sheet.first + sheet.row
        cell = f"{letters(sheet.column)}{line}" if sheet.column >= 0 else f"第 {line} 行"
        self.title.setText(f"{sheet.file}{name}　{cell}")
        self.note.setText(f"批次 {sheet.batch} 留存的原文件，只读" if sheet.batch else "留存的原文件，只读")
        width = max((len(row) for row in sheet.rows), default=0)
        columns = [Column[Line]("", lambda r: str(r[0]), Align.RIGHT, width=4, muted=True, ground=lambda _r: "panel")]
        columns += [
            Column[Line](
                letters(number),
                partial(_cell, number),
                width=_width(sheet, number),
                ground=partial(_ground, line, sheet.column, number),
                bold=partial(_is_wanted, line, sheet.column, number),
            )
            for number in range(width)
        ]
        rows = [(sheet.first + number, row) for number, row in enumerate(sheet.rows)]
        self.table.set_columns(columns, rows)
        index = self.table.rows_model.index(sheet.row, max(sheet.column, 0) + 1)
        self.table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        middle = self.table.rows_model.index(sheet.row, 0)
        self.table.scrollTo(middle, DataTable.ScrollHint.PositionAtCenter)
        self.table.scrollTo(index)
        self.table.setFocus()


def _cell(number: int, row: Line) -> str:
    return row[1][number] if number < len(row[1]) else ""


def _width(sheet: OriginalSheet, number: int) -> float:
    """As wide as its cells, so that heads can be read; long titles and notes run out of it."""
    cells = [row[number] for row in sheet.rows if number < len(row) and row[number]]
    lengths = sorted(len(cell.encode("gb18030", "replace")) for cell in cells)
    # Nine of ten cells fit: a title above the table does not make its column as wide as the page.
    common = lengths[len(lengths) * 9 // 10 - 1] if len(lengths) > 1 else sum(lengths)
    head = max((len(c.encode("gb18030", "replace")) for c in cells if len(c) <= _HEAD), default=0)
    return min(max(common, head, 4), _WIDEST) * 0.95 + 1


def _is_wanted(line: int, column: int, number: int, row: Line) -> bool:
    return row[0] == line and number == column


def _ground(line: int, column: int, number: int, row: Line) -> str:
    if row[0] != line:
        return ""
    return "warn_soft" if number == column else "total_soft"
