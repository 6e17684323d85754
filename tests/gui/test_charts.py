"""Charts: gaps stay gaps, values are read, clicks lead on, numbers are copied."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.charts import ChartKind, ChartSpec, Role, Series, TargetLine, even_labels
from desktop_app.views.charts import plotting
from desktop_app.views.charts.hover import HoverBox
from desktop_app.views.charts.scale import tick_words, value_ticks
from desktop_app.views.charts.view import ChartView

MONTHS = ("1月", "2月", "3月", "4月")
TREND = ChartSpec(
    ChartKind.LINE,
    "快递业务量",
    "万件",
    MONTHS,
    (
        Series("本期", (Decimal("57.00"), Decimal("44.51"), None, Decimal("62.84"))),
        Series("上年同期", (Decimal("51.00"), None, Decimal("53.00"), Decimal("47.20")), Role.PREVIOUS),
    ),
    decimals=2,
    keys=("2021-01", "2021-02", "2021-03", "2021-04"),
)
RANK = ChartSpec(
    ChartKind.RANK,
    "企业构成",
    "万件",
    ("示例甲快递", "示例乙快递", "示例丙快递"),
    (Series("业务量", (Decimal(18), Decimal(12), None)),),
    keys=("1", "2", "3"),
    captions=("18.23　+6.0", "12.19　+3.0", "未报"),
    warned=(1,),
)


@pytest.fixture
def chart(qtbot: QtBot) -> ChartView:
    plotting.load()
    made = ChartView()
    qtbot.addWidget(made)
    made.resize(420, 260)
    made.show()
    return made


def hover_words(chart: ChartView) -> str:
    box = chart.findChild(HoverBox)
    assert box is not None
    return box.words if box.isVisible() else ""


def place(chart: ChartView, index: int) -> QPoint:
    canvas = chart._canvas
    assert canvas is not None
    return canvas.place_of(index).toPoint()


def viewport(chart: ChartView) -> QWidget:
    assert chart._canvas is not None
    return chart._canvas.viewport


def click(chart: ChartView, at: QPoint) -> None:
    QTest.mouseClick(viewport(chart), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def test_pointing_reads_every_series_with_its_unit(qtbot: QtBot, chart: ChartView) -> None:
    chart.set_spec(TREND)
    QTest.mouseMove(viewport(chart), place(chart, 3))
    assert hover_words(chart).split("\n") == ["4月", "本期 62.84万件", "上年同期 47.20万件"]


def test_a_gap_is_no_zero(chart: ChartView) -> None:
    chart.set_spec(TREND)
    assert chart.read(2) == [("本期", "无数据"), ("上年同期", "53.00万件")]
    assert chart.numbers_text().split("\n")[3] == "3月\t\t53.00"


def test_clicking_a_month_hands_over_its_key(qtbot: QtBot, chart: ChartView) -> None:
    chart.set_spec(TREND)
    picked: list[str] = []
    chart.picked.connect(picked.append)
    click(chart, place(chart, 1))
    assert picked == ["2021-02"]


def test_clicking_a_bar_hands_over_its_key(qtbot: QtBot, chart: ChartView) -> None:
    chart.set_spec(RANK)
    picked: list[str] = []
    chart.picked.connect(picked.append)
    click(chart, place(chart, 1) + QPoint(5, 0))
    assert picked == ["2"]


def test_arrows_walk_and_enter_leads_on(qtbot: QtBot, chart: ChartView) -> None:
    chart.set_spec(TREND)
    picked: list[str] = []
    chart.picked.connect(picked.append)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Return):
        QTest.keyClick(chart, key)
    assert picked == ["2021-03"]
    assert hover_words(chart).startswith("3月")


def test_a_chart_without_keys_leads_nowhere(qtbot: QtBot, chart: ChartView) -> None:
    chart.set_spec(ChartSpec(ChartKind.BAR, "量", "件", MONTHS, (Series("本期", (Decimal(1),) * 4),)))
    picked: list[str] = []
    chart.picked.connect(picked.append)
    click(chart, place(chart, 1))
    assert picked == []


def test_a_chart_without_data_says_why(chart: ChartView) -> None:
    chart.set_spec(TREND)
    chart.set_spec(
        ChartSpec(ChartKind.LINE, "量", "件", MONTHS, (Series("本期", (None,) * 4),), reason="本月还没有企业报送")
    )
    assert chart.empty_words == "本月还没有企业报送"
    assert chart.numbers_text().count("\t") == 5
    chart.set_spec(TREND)
    assert chart.empty_words == ""


def test_the_wheel_does_not_zoom(chart: ChartView) -> None:
    chart.set_spec(TREND)
    before = place(chart, 0), place(chart, 3)
    middle = QPointF(200, 100)
    turn = QWheelEvent(
        middle,
        middle,
        QPoint(0, 240),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport(chart), turn)
    assert (place(chart, 0), place(chart, 3)) == before


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard")
def test_the_menu_is_ours_and_copies_numbers(qtbot: QtBot, chart: ChartView) -> None:
    chart.set_spec(TREND)
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Menu)
    menu = chart.findChild(QMenu)
    assert menu is not None
    assert [a.text() for a in menu.actions()] == ["复制图片", "复制数字（可粘贴到 WPS）"]
    menu.actions()[1].trigger()
    menu.close()
    first, *_, last = QGuiApplication.clipboard().text().split("\n")
    assert first == "快递业务量（万件）\t本期\t上年同期"
    assert last == "4月\t62.84\t47.20"


def test_the_picture_is_copied(chart: ChartView) -> None:
    chart.set_spec(TREND)
    chart.copy_picture()
    assert not QGuiApplication.clipboard().image().isNull()


def test_a_chart_shown_before_the_library_is_loaded_is_drawn_when_asked_again(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plotting, "_ready", False)
    made = ChartView()
    qtbot.addWidget(made)
    made.set_spec(TREND)
    assert made._canvas is None
    plotting.load()
    made.redraw()
    assert made._canvas is not None


@pytest.mark.parametrize("kind", list(ChartKind))
def test_every_kind_is_drawn_in_its_colour(chart: ChartView, kind: ChartKind) -> None:
    spec = RANK if kind is ChartKind.RANK else ChartSpec(kind, "量", "件", MONTHS, (Series("甲", (Decimal(9),) * 4),))
    chart.set_spec(spec)
    image = chart.grab().toImage()
    found = {image.pixelColor(x, y).name() for x in range(0, 420, 2) for y in range(0, 200, 2)}
    assert "#00693c" in found


def test_hatched_parts_differ_without_colour(chart: ChartView) -> None:
    parts = tuple(
        Series(f"部分{n}", (Decimal(10),) * 4, role)
        for n, role in enumerate((Role.PART_1, Role.PART_2, Role.PART_3, Role.PART_4))
    )
    chart.set_spec(ChartSpec(ChartKind.STACKED, "构成", "%", MONTHS, parts))
    image = chart.grab().toImage()
    assert len({image.pixelColor(x, y).name() for x in range(60, 400) for y in range(20, 180, 2)}) > 8


def test_targets_and_values_lie_inside_the_axis() -> None:
    spec = ChartSpec(
        ChartKind.LINE,
        "通达率",
        "%",
        ("1月",),
        (Series("本期", (Decimal(71),)),),
        targets=(TargetLine(Decimal(103), "目标"),),
        minimum=Decimal(60),
    )
    ticks = value_ticks(spec)
    assert ticks[0] <= 60
    assert ticks[-1] >= 103


def test_a_stack_reaches_the_sum_of_its_parts() -> None:
    parts = (Series("a", (Decimal(60),)), Series("b", (Decimal(70),)))
    assert value_ticks(ChartSpec(ChartKind.STACKED, "", "", ("1月",), parts))[-1] >= 130


def test_tick_words_have_the_same_decimals() -> None:
    assert tick_words((Decimal("-2.5"), Decimal(0), Decimal("2.5"))) == ["−2.5", "0.0", "2.5"]


@pytest.mark.parametrize(("room", "named"), [(600, 12), (240, 6), (90, 2), (20, 1)])
def test_as_many_months_are_named_as_fit_evenly_from_the_first(room: float, named: int) -> None:
    found = even_labels([44.0, *[26.0] * 11], room / 12, 5)
    assert len(found) == named
    assert found[0] == 0, "the first bears the year"
    assert len({two - one for one, two in pairwise(found)}) <= 1, "even steps"


def test_long_names_leave_room_for_the_bars_and_are_told_whole(chart: ChartView) -> None:
    name = "示例吉林省吉林市蛟河市甲快递服务有限责任公司第一分公司"
    chart.resize(300, 220)
    chart.set_spec(replace(RANK, categories=(name, "示例乙快递", "示例丙快递")))
    assert place(chart, 1).x() < 300
    canvas = chart._canvas
    assert canvas is not None
    assert canvas.drawing is not None
    assert canvas._left.width() < 150
    chart.point_at(0)
    assert name in hover_words(chart)
