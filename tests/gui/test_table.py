"""The house's table: what is copied, sorted, picked and how wide things are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.services.results.tone import Tone
from desktop_app.views.fonts import sized
from desktop_app.views.qtmodels.columns import Align, CellKind, Column, Heat, HeatLook, number_key
from desktop_app.views.widgets.table import DataTable


@dataclass(frozen=True)
class Line:
    name: str
    volume: Decimal | None
    change: str
    note: str = ""


LINES = (
    Line("示例甲快递", Decimal(182304), "+21.3%"),
    Line("示例乙快递", None, "—", "逾期 3 天，已电话催报两次，对方称系统升级"),
    Line("示例丙快递", Decimal(0), "−100.0%"),
    Line("示例丁快递", Decimal(98120), "−6.2%", "第2版"),
)


def volume(line: Line) -> str:
    return "未报" if line.volume is None else f"{line.volume:,}"


COLUMNS: tuple[Column[Line], ...] = (
    Column("企业", lambda r: r.name, sort=lambda r: r.name),
    Column(
        "业务量",
        volume,
        Align.RIGHT,
        sort=lambda r: number_key(r.volume),
        tone=lambda r: Tone.BAD if r.volume is None else None,
    ),
    Column("同比", lambda r: r.change, Align.RIGHT),
    Column("问题", lambda r: r.note, muted=True, stretch=True),
)


@pytest.fixture
def table(qtbot: QtBot) -> DataTable[Line]:
    made: DataTable[Line] = DataTable(COLUMNS)
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.set_rows(LINES)
    made.show()
    return made


def clipboard() -> list[list[str]]:
    return [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]


def mark(table: DataTable[Line], cells: Sequence[tuple[int, int]]) -> None:
    for row, column in cells:
        flag = QItemSelectionModel.SelectionFlag.Select
        table.selectionModel().select(table.rows_model.index(row, column), flag)


def test_the_whole_table_is_copied_with_its_heads(table: DataTable[Line]) -> None:
    table.copy_all()
    copied = clipboard()
    assert copied[0] == ["企业", "业务量", "同比", "问题"]
    assert [row[1] for row in copied[1:]] == ["182,304", "未报", "0", "98,120"]


def test_a_minus_is_copied_so_that_a_spreadsheet_reads_a_number(table: DataTable[Line]) -> None:
    table.copy_all()
    assert clipboard()[3][2] == "-100.0%"


def test_ctrl_c_copies_the_marked_lines(qtbot: QtBot, table: DataTable[Line]) -> None:
    table.select_row(3)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == [["示例丁快递", "98,120", "-6.2%", "第2版"]]


def test_a_block_of_cells_is_copied_as_a_block(qtbot: QtBot) -> None:
    made: DataTable[Line] = DataTable(COLUMNS, select_rows=False)
    qtbot.addWidget(made)
    made.set_rows(LINES)
    mark(made, [(0, 1), (0, 2), (1, 1), (1, 2)])
    made.copy_selection()
    assert clipboard() == [["182,304", "+21.3%"], ["未报", "—"]]


def test_three_clicks_on_a_head_sort_down_up_and_back(qtbot: QtBot, table: DataTable[Line]) -> None:
    head = table.horizontalHeader()
    orders = []
    for _ in range(3):
        head.sectionClicked.emit(1)
        orders.append([row.name[2] for row in table.rows])
    assert orders == [list("乙甲丁丙"), list("丙丁甲乙"), list("甲乙丙丁")]


def test_a_column_without_a_sort_key_stays(table: DataTable[Line]) -> None:
    table.horizontalHeader().sectionClicked.emit(3)
    assert table.rows == LINES


def test_sorting_keeps_the_chosen_line(table: DataTable[Line]) -> None:
    table.select_row(3)
    table.horizontalHeader().sectionClicked.emit(1)
    chosen = table.current_row
    assert chosen is not None
    assert chosen.name == "示例丁快递"


def test_new_rows_keep_the_order_the_user_chose(table: DataTable[Line]) -> None:
    table.horizontalHeader().sectionClicked.emit(1)
    table.horizontalHeader().sectionClicked.emit(1)
    table.set_rows([Line("示例辛快递", Decimal(5), ""), *LINES])
    assert [row.name[2] for row in table.rows] == list("丙辛丁甲乙")


def test_enter_and_double_click_pick_the_line(qtbot: QtBot, table: DataTable[Line]) -> None:
    picked: list[Line] = []
    table.picked.connect(picked.append)
    table.select_row(2)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert picked == [LINES[2]]


def test_figures_stand_right_and_are_never_cut(qtbot: QtBot, table: DataTable[Line]) -> None:
    metrics = QFontMetricsF(sized(13))
    for width in (600, 360, 240):
        table.resize(width, 200)
        assert table.columnWidth(1) >= metrics.horizontalAdvance("182,304") + 16
        assert table.columnWidth(2) >= metrics.horizontalAdvance("−100.0%") + 16
    alignment = table.rows_model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole)
    assert alignment & Qt.AlignmentFlag.AlignRight


def test_notes_give_way_before_names_do(table: DataTable[Line]) -> None:
    table.resize(330, 200)
    name = QFontMetricsF(sized(13)).horizontalAdvance("示例甲快递")
    assert table.columnWidth(0) >= name + 16
    assert table.columnWidth(3) < QFontMetricsF(sized(13)).horizontalAdvance(LINES[1].note)


def test_the_table_fills_its_width_when_there_is_room(table: DataTable[Line]) -> None:
    table.resize(1200, 200)
    assert abs(sum(table.columnWidth(n) for n in range(4)) - table.viewport().width()) <= 4


def heat(look: HeatLook, line: Line) -> Heat:
    return Heat("66", look, 0.6)


def test_every_kind_of_cell_can_be_painted(qtbot: QtBot) -> None:
    columns: list[Column[Line]] = [
        Column("状态", volume, kind=CellKind.TAG, tone=lambda _: Tone.WARN),
        *(Column("甲", volume, kind=CellKind.HEAT, width=6, cell=partial(heat, look)) for look in HeatLook),
    ]
    made: DataTable[Line] = DataTable(columns)
    qtbot.addWidget(made)
    made.set_rows(LINES)
    made.resize(500, 200)
    made.show()
    colours = {made.grab().toImage().pixelColor(x, 45).name() for x in range(0, 480, 3)}
    assert len(colours) > 4
