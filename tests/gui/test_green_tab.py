"""绿色包装 as its user meets it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app.models.values import CellState, Month
from desktop_app.services.results.green import GreenCell, GreenLine, GreenMatrixRow, GreenReport
from desktop_app.services.results.overview import Tone
from desktop_app.views.green.chooser import split_programmes
from desktop_app.views.green.lines import gap_text, grouped, spark
from desktop_app.views.green.matrix import cell_words, company_order, heat_of, matrix_columns, reporting_words
from desktop_app.views.green.tab import GreenTab
from desktop_app.views.qtmodels.columns import CellRole, Heat, HeatLook
from desktop_app.views.widgets.frozen import FrozenTable
from tests.gui.rural_green import FEBRUARY, click, empty_county, press, shown, small_county

COUNTY, FIRST_COMPANY = 2, 3
"""Columns of the matrix."""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_county(tmp_path_factory.mktemp("county") / "ledger.db")


@pytest.fixture
def tab(qtbot: QtBot, county: Path) -> Iterator[GreenTab]:
    with shown(qtbot, GreenTab, county) as made:
        yield made


def line_texts(tab: GreenTab, head: str) -> list[str]:
    """One column of the programme's lines as shown."""
    columns = tab.lines.rows_model.columns
    place = next(n for n, column in enumerate(columns) if column.head == head)
    return [str(tab.lines.rows_model.index(row, place).data()) for row in range(len(tab.lines.rows))]


def matrix_texts(tab: GreenTab, company: str) -> dict[str, str]:
    """A company's column: indicator → what stands in the cell."""
    model = tab.matrix.rows_model
    place = next(n for n, column in enumerate(model.columns) if column.head == company)
    return {row.name: str(model.index(n, place).data()) for n, row in enumerate(tab.matrix.rows)}


def choose_programme(qtbot: QtBot, tab: GreenTab, code: str) -> None:
    with qtbot.waitSignal(tab.answered):
        tab.chooser.pills._pills[code].click()


def click_row(qtbot: QtBot, table: FrozenTable[GreenMatrixRow], indicator: str) -> None:
    row = next(n for n, r in enumerate(table.rows) if r.indicator == indicator)
    where = table.visualRect(table.rows_model.index(row, 0)).center()
    click(table.viewport(), where)


# ----------------------------------------------------------------------------------------------- the programme


def test_the_month_stands_against_the_programme_of_its_own_city(tab: GreenTab) -> None:
    assert tab.chooser.key == "JILIN-2025"
    assert "电商快件不再二次包装率" in line_texts(tab, "指标")
    number = line_texts(tab, "指标").index("电商快件不再二次包装率")
    assert line_texts(tab, "目标")[number] == "≥98%"
    assert line_texts(tab, "现值")[number] == "90.8%"
    assert line_texts(tab, "差距")[number] == "−7.2"
    assert line_texts(tab, "分子 / 分母、依据")[number] == "47.28 / 52.07万件"
    assert line_texts(tab, "状态")[number] == "未达"


def test_another_programme_brings_its_own_lines(qtbot: QtBot, tab: GreenTab) -> None:
    choose_programme(qtbot, tab, "2582")
    assert tab.lines_card.subtitle == "5 项，已达 1，未达 0"
    assert line_texts(tab, "状态")[0] == "专项治理"
    box = line_texts(tab, "指标").index("可循环快递箱（盒）")
    assert line_texts(tab, "状态")[box] == "全国总数"
    assert line_texts(tab, "差距")[box] == "—", "a national total is not the county's to reach"


def test_a_programme_from_the_list_takes_a_place_among_the_pills(qtbot: QtBot, tab: GreenTab) -> None:
    action = next(a for a in tab.chooser.rest._menu.actions() if a.data() == "29551")
    with qtbot.waitSignal(tab.answered):
        action.trigger()
    assert tab.chooser.key == "29551"
    assert "29551" not in [a.data() for a in tab.chooser.rest._menu.actions()]
    assert "市级总数，两处不一致" in line_texts(tab, "状态")


def test_another_month_shows_its_own_numbers(qtbot: QtBot, tab: GreenTab) -> None:
    number = line_texts(tab, "指标").index("电商快件不再二次包装率")
    with qtbot.waitSignal(tab.answered):
        tab.desk.set_month(FEBRUARY)
    assert line_texts(tab, "现值")[number] == "90.7%"
    assert "12 家" in tab.matrix_card.subtitle


# ----------------------------------------------------------------------------------------------- the matrix


def test_companies_that_did_not_report_are_never_zero(tab: GreenTab) -> None:
    for company in ("示例己", "示例癸"):
        assert set(matrix_texts(tab, company).values()) == {"未报"}
    assert tab.matrix_card.subtitle.startswith("12 家中 2 家未报")
    model = tab.matrix.rows_model
    place = next(n for n, column in enumerate(model.columns) if column.head == "示例己")
    heat = model.index(0, place).data(CellRole.CELL)
    assert isinstance(heat, Heat)
    assert heat.look is HeatLook.MISSING
    assert "不作 0 计" in model.index(0, place).data(Qt.ItemDataRole.ToolTipRole)


def test_a_company_without_parcels_is_not_concerned(tab: GreenTab) -> None:
    words = matrix_texts(tab, "示例庚")
    assert words["电子面单"] == "不适用"
    assert words["回收装置覆盖"] == "100.0", "its outlets still count"


def test_the_countys_column_is_the_ratio_of_sums_in_bold(tab: GreenTab) -> None:
    assert matrix_texts(tab, "全县")["不再二次包装"] == "90.8"
    assert tab.matrix.rows_model.index(0, COUNTY).data(Qt.ItemDataRole.FontRole).bold()


def test_companies_can_be_ordered_by_an_indicator_worst_first(tab: GreenTab) -> None:
    action = next(a for a in tab.order._menu.actions() if a.data() == "GRN.NOREPACK")
    action.trigger()
    heads = [column.head for column in tab.matrix.rows_model.columns[FIRST_COMPANY:]]
    assert heads[0] == "示例丙"
    assert set(heads[-3:]) == {"示例己", "示例庚", "示例癸"}, "those without a figure come last"


def test_what_the_programme_leaves_out_stands_below_without_colour(qtbot: QtBot, tab: GreenTab) -> None:
    choose_programme(qtbot, tab, "2582")
    assert tab.matrix.rows[0].indicator == "GRN.NOREPACK"
    cell = tab.matrix.rows_model.index(1, FIRST_COMPANY).data(CellRole.CELL)
    assert isinstance(cell, Heat)
    assert cell.look is HeatLook.PLAIN


def test_the_matrix_is_copied_with_its_words(tab: GreenTab) -> None:
    tab.matrix.copy_all()
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert lines[0][:4] == ["指标", "目标", "全县", "示例甲"]
    assert len(lines) == 1 + len(tab.matrix.rows)
    assert "未报" in lines[1]
    assert all(len(line) == len(lines[0]) for line in lines)


def test_in_a_narrow_window_the_indicators_stay_while_companies_scroll(qtbot: QtBot, county: Path) -> None:
    with shown(qtbot, GreenTab, county, size=(1090, 600)) as tab:
        matrix = tab.matrix
        assert matrix.keeps_columns
        matrix.horizontalScrollBar().setValue(matrix.horizontalScrollBar().maximum())
        pane = matrix._pane
        assert pane is not None
        assert pane.indexAt(QPoint(10, 5)).data() == tab.matrix.rows[0].name
        matrix.setCurrentIndex(matrix.rows_model.index(0, FIRST_COMPANY))
        assert matrix.visualRect(matrix.currentIndex()).left() >= pane.width() - 1


# ----------------------------------------------------------------------------------------------- charts


def test_the_charts_begin_with_the_first_unmet_rate(tab: GreenTab) -> None:
    assert tab.trend_card.title == "电商快件不再二次包装率"
    assert tab.drag.spec is not None
    assert tab.drag.spec.categories[0] == "示例丙快递"
    assert tab.outlook.text().startswith("若示例丙快递升到 98%，全县由 90.8% 升到 93.0%")


def test_a_click_in_the_matrix_turns_the_charts(qtbot: QtBot, tab: GreenTab) -> None:
    with qtbot.waitSignal(tab.answered):
        click_row(qtbot, tab.matrix, "GRN.TAPE")
    assert tab.trend_card.title == "瘦身胶带封装比例"
    assert tab.lines.current_row is not None
    assert tab.lines.current_row.indicator == "GRN.TAPE", "the line of the programme is marked with it"


def test_the_arrow_keys_walk_through_the_lines_and_the_charts_follow(qtbot: QtBot, tab: GreenTab) -> None:
    tab.lines.setFocus()
    with qtbot.waitSignal(tab.answered):
        press(tab.lines, Qt.Key.Key_Down)
    assert tab.trend_card.title == "可循环中转袋使用率"


def test_a_count_has_a_trend_but_nobody_drags_it_down(qtbot: QtBot, tab: GreenTab) -> None:
    with qtbot.waitSignal(tab.answered):
        tab.lines.select_where(lambda line: line.indicator == "GRN.BOX")
    assert tab.trend.spec is not None
    assert not tab.trend.spec.empty
    assert tab.trend.spec.unit == "个"
    assert "不是比率" in tab.drag.empty_words
    assert tab.outlook.isHidden()


def test_places_stand_in_the_matrix_when_wanted(tab: GreenTab) -> None:
    tab.shown.set_key("places")
    tab.shown.chosen.emit("places")
    texts = {column.text(tab.matrix.rows[0]) for column in tab.matrix.rows_model.columns[FIRST_COMPANY:]}
    assert {"1/9", "9/9", "未报", "不适用"} <= texts
    tab.shown.set_key("rates")
    tab.shown.chosen.emit("rates")


def test_what_is_counted_is_shown_with_its_unit(tab: GreenTab) -> None:
    tab.shown.set_key("counts")
    tab.shown.chosen.emit("counts")
    box = tab.matrix.rows[0]
    assert (box.name, box.unit) == ("可循环箱", "个")
    assert box.county.value == sum(cell.value or 0 for cell in box.cells)
    assert [column.head for column in tab.matrix.rows_model.columns[:3]] == ["指标", "单位", "全县"]
    assert tab.matrix_card.subtitle == "各企业之和为全县"
    assert cell_words("甲", box, box.cells[0]).startswith(f"甲 · 可循环箱：{box.cells[0].text}个")


def test_a_sampled_rate_shows_its_interval_in_the_table(tab: GreenTab) -> None:
    bases = line_texts(tab, "分子 / 分母、依据")
    assert "307 / 335件，88.2—94.2%" in bases


def test_estimates_are_shown_only_while_they_are_wanted(qtbot: QtBot, tmp_path: Path) -> None:
    with shown(qtbot, GreenTab, small_county(tmp_path / "own.db")) as tab:
        assert not tab.estimates.isVisibleTo(tab)
        click(tab.estimating)
        qtbot.waitUntil(lambda: tab.estimates.isVisibleTo(tab), timeout=20_000)
        assert "少用比例 = 瘦身胶带封装比例" in tab.estimates.text()
        assert "假设：" in tab.estimates.text()
        click(tab.estimating)
        qtbot.waitUntil(lambda: not tab.estimates.isVisibleTo(tab), timeout=20_000)


# ----------------------------------------------------------------------------------------------- nothing to show


def test_an_empty_ledger_says_what_to_do_first(qtbot: QtBot, tmp_path: Path) -> None:
    with shown(qtbot, GreenTab, empty_county(tmp_path / "empty.db")) as tab:
        assert tab._empty.isVisible()
        assert "还没有绿色包装数据" in tab._empty.words
        with qtbot.waitSignal(tab.desk.goto_asked) as asked:
            tab._empty.acted.emit()
        assert asked.args[0].tab == "数据导入"


def test_a_month_that_nobody_reported_is_missing_throughout(qtbot: QtBot, county: Path) -> None:
    with shown(qtbot, GreenTab, county, Month(2021, 9)) as tab:
        assert tab.matrix_card.subtitle.startswith("12 家都未报")
        assert set(matrix_texts(tab, "全县").values()) == {"未报"}
        assert "0%" not in line_texts(tab, "现值")
        assert tab.drag.empty_words == "2021年9月没有电子面单使用率的数据"


# ----------------------------------------------------------------------------------------------- without a ledger


def cell(
    text: str, state: CellState = CellState.VALUE, *, met: bool | None = None, rate_only: bool = False
) -> GreenCell:
    value = Decimal(text) if state is CellState.VALUE else None
    return GreenCell(text, state, met, value, rate_only)


@pytest.mark.parametrize(
    ("given", "text", "look"),
    [
        (cell("99.0", met=True), "99.0", HeatLook.FILL),
        (cell("0.0", met=False), "0.0", HeatLook.HATCH),
        (cell("97.4", met=False, rate_only=True), "97.4 ◇", HeatLook.HATCH),
        (cell("97.4"), "97.4", HeatLook.PLAIN),
        (cell("未报", CellState.MISSING), "未报", HeatLook.MISSING),
        (cell("退回", CellState.RETURNED), "退回", HeatLook.MISSING),
        (cell("不适用", CellState.NOT_APPLICABLE), "不适用", HeatLook.NONE),
    ],
)
def test_every_state_has_a_look_of_its_own(given: GreenCell, text: str, look: HeatLook) -> None:
    shown_cell = heat_of(given, Decimal(95) if given.met is not None else None)
    assert (shown_cell.text, shown_cell.look) == (text, look)


def test_the_better_the_deeper() -> None:
    depths = [heat_of(cell(text, met=True), Decimal(95)).level for text in ("95.0", "97.0", "100.0")]
    assert depths == sorted(depths)
    assert depths[0] < depths[-1]


def report(names: tuple[str, ...], cells: tuple[GreenCell, ...]) -> GreenReport:
    row = GreenMatrixRow("GRN.TAPE", "瘦身胶带", "≥95%", Decimal(95), cells, cell("96.0", met=True))
    return GreenReport("2021-03", "X", "方案", (), names, (row,))


def test_returned_files_are_counted_apart_from_missing_ones() -> None:
    states = (cell("96.0", met=True), cell("退回", CellState.RETURNED), cell("未报", CellState.MISSING))
    three = report(("甲", "乙", "丙"), states)
    assert reporting_words(three) == "3 家中 1 家未报、1 家退回"
    assert company_order(three, "GRN.TAPE") == (0, 1, 2)
    assert "待重报" in cell_words("乙", three.matrix[0], states[1])
    assert "不入全县合计" in cell_words("甲", three.matrix[0], cell("96.0", met=True, rate_only=True))


def test_company_heads_lose_what_all_names_share_at_their_end() -> None:
    two = report(("示例甲快递", "示例乙快递"), (cell("96.0", met=True), cell("未报", CellState.MISSING)))
    columns = matrix_columns(two, (1, 0), "")
    assert [column.head for column in columns[FIRST_COMPANY:]] == ["示例乙", "示例甲"]
    assert [column.head_tip for column in columns[FIRST_COMPANY:]] == ["示例乙快递", "示例甲快递"]


def test_the_chosen_programme_is_always_among_the_pills() -> None:
    options = [(str(i), f"方案{i}") for i in range(6)]
    pills, rest = split_programmes(options, "4")
    assert [code for code, _ in pills] == ["0", "1", "4"]
    assert [code for code, _ in rest] == ["2", "3", "5"]
    assert split_programmes(options[:2], "1") == (options[:2], [])
    long = [(str(n), f"2021年蛟河市快递绿色包装方案第{n}号") for n in range(4)]
    assert [code for code, _ in split_programmes(long, "3")[0]] == ["3"], "the chosen one alone where names are long"


def green_line(value: str | None, target: str, target_text: str, unit: str, *, met: bool | None) -> GreenLine:
    amount = None if value is None else Decimal(value)
    state = CellState.MISSING if value is None else CellState.VALUE
    return GreenLine(
        indicator="GRN.BOX",
        name="可循环快递箱",
        comparator="≥",
        target=Decimal(target),
        target_text=target_text,
        value=amount,
        value_text=value or "未报",
        unit=unit,
        gap_text="−143204",
        numerator=None,
        denominator=None,
        fraction_text="",
        met=met,
        state_text="未达",
        state_tone=Tone.WARN,
        clause="",
        spark=(amount,) * 12,
        as_of="2021-12",
        state=state,
        gap=None if amount is None else amount - 150_000,
    )


def test_long_numbers_are_grouped_and_targets_of_another_unit_are_not_drawn() -> None:
    far = green_line("6796", "15", "≥15万个", "个", met=False)
    assert gap_text(far) == "−143,204"
    assert grouped("6796个") == "6796个"
    drawn = spark(far)
    assert drawn is not None
    assert drawn.target is None, "15 of 万个 is not 15 个"
    near = spark(green_line("22", "30", "≥30个", "个", met=False))
    assert near is not None
    assert near.target == 30
    assert spark(green_line(None, "30", "≥30个", "个", met=None)) is None
