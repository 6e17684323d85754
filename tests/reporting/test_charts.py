from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise
from pathlib import Path
from statistics import mean

import pytest
from PIL import Image

from desktop_app.charts import ChartKind, ChartSpec, Role, Series
from desktop_app.reporting.content import ChartBlock, Document, Edition
from desktop_app.reporting.pdf.writer import write_pdf
from tests.reporting.reading import glyphs, greys, page_texts, render, whole_text
from tests.reporting.sample import COMPANIES, composition, trend

D = Decimal
ALL = (Role.PART_1, Role.PART_2, Role.PART_3, Role.PART_4, Role.PREVIOUS, Role.WARN)


def chart(spec: ChartSpec, out: Path, **changes: object) -> Path:
    block = replace(ChartBlock(spec, "示例图"), **changes)  # type: ignore[arg-type]  # single fields by name
    document = Document("示例", "2021年3月", (block,), Edition.INTERNAL, date(2021, 4, 12))
    return write_pdf(document, out).file


def bars(kind: ChartKind = ChartKind.STACKED) -> ChartSpec:
    return ChartSpec(
        kind=kind,
        title="示例",
        unit="万件",
        categories=("一", "二", "三", "四", "五", "六", "七", "八"),
        series=tuple(Series(role.value, (D(20),) * 8, role) for role in ALL),
    )


def test_a_line_says_unit_legend_scale_and_months(tmp_path: Path) -> None:
    text = whole_text(chart(trend(), tmp_path / "c.pdf"))
    for words in ("单位：万件", "本期", "上年同期", "★双11", "20年4月", "3月", "62.84", "图1示例图"):
        assert words in text
    for tick in ("20", "40", "60", "80"):
        assert tick in text


def test_a_chart_without_data_says_why(tmp_path: Path) -> None:
    spec = replace(trend(), series=(Series("本期", (None,) * 12),), reason="2020年4月至2021年3月没有快递业务量的数据")
    text = whole_text(chart(spec, tmp_path / "c.pdf"))
    assert "2020年4月至2021年3月没有快递业务量的数据" in text
    assert "单位" not in text


def test_a_missing_month_is_a_gap_and_not_zero(tmp_path: Path) -> None:
    full = replace(trend(), series=trend().series[:1], highlights=())
    zero = replace(full, series=(Series("本期", tuple(v or D(0) for v in full.series[0].values)),))
    with_gap = render(chart(full, tmp_path / "gap.pdf"), scale=3)
    with_zero = render(chart(zero, tmp_path / "zero.pdf"), scale=3)
    assert ink(with_gap) < ink(with_zero)


def ink(image: Image.Image) -> int:
    return sum(count for level, count in enumerate(image.convert("L").histogram()) if level < 128)


def test_series_differ_without_colour(tmp_path: Path) -> None:
    """The parts of one bar, printed in greys: each pair differs clearly in grey, or in the grain of its hatch."""
    spec = replace(
        bars(ChartKind.BAR), categories=("一",), series=tuple(replace(s, values=(D(20),)) for s in bars().series)
    )
    image = render(chart(spec, tmp_path / "c.pdf"), scale=4)
    width, height = image.size
    y = int(height * (37 + 40) / 297)
    left = int(width * 0.15)
    row = greys(image, (left, y, int(width * 0.87), y + 1))
    printed = [x for x, grey in enumerate(row) if grey < 250]
    each = (printed[-1] - printed[0]) / len(ALL)
    areas = []
    for number in range(len(ALL)):
        middle = left + int(printed[0] + each * (number + 0.46))
        areas.append(greys(image, (middle - 30, y - 30, middle + 30, y + 30)))
    for first, second in combinations(areas, 2):
        grain = mean(abs(a - b) for a, b in zip(first, second, strict=True))
        assert abs(mean(first) - mean(second)) > 20 or grain > 20


@pytest.mark.parametrize("kind", list(ChartKind))
def test_every_kind_draws_inside_its_page(tmp_path: Path, kind: ChartKind) -> None:
    spec = bars(kind)
    if kind is ChartKind.RANK:
        spec = replace(
            spec,
            categories=COMPANIES,
            series=(Series("业务量", (*tuple(D(30 - 4 * i) for i in range(11)), None)),),
            captions=(*tuple(f"{30 - 4 * i} 万件" for i in range(11)), "未报"),
            warned=(2,),
        )
    file = chart(spec, tmp_path / "c.pdf")
    image = render(file)
    width, height = image.size
    assert set(greys(image, (0, 0, int(width * 27 / 210), height))) == {255}
    assert len(page_texts(file)) == 1
    if kind is ChartKind.RANK:
        assert "示例丑快递未报" in whole_text(file)


def test_halves_stand_side_by_side(tmp_path: Path) -> None:
    blocks = (ChartBlock(trend(), "左", half=True), ChartBlock(composition(), "右", half=True))
    document = Document("示例", "2021年3月", blocks, Edition.INTERNAL, date(2021, 4, 12))
    written = write_pdf(document, tmp_path / "c.pdf")
    text = whole_text(written.file)
    assert text.index("图1左") < text.index("图2右")


def test_many_months_are_named_without_touching(tmp_path: Path) -> None:
    months = tuple(f"{20 + i // 12}年{i % 12 + 1}月" for i in range(36))
    spec = replace(trend(), categories=months, series=(Series("本期", tuple(D(i) for i in range(36))),), highlights=())
    text = whole_text(chart(spec, tmp_path / "c.pdf"))
    named = [month for month in months if month in text.replace("1" + month, "")]
    steps = {months.index(two) - months.index(one) for one, two in pairwise(named)}
    assert named[0] == "20年1月"
    assert len(named) < 36
    assert len(steps) == 1, "even steps"


def test_an_axis_that_does_not_begin_at_zero_says_so(tmp_path: Path) -> None:
    assert "纵轴不从0起" in whole_text(chart(replace(trend(), minimum=D(20)), tmp_path / "cut.pdf"))
    assert "纵轴不从0起" not in whole_text(chart(trend(), tmp_path / "whole.pdf"))


@pytest.mark.parametrize(("values", "below"), [((20, 90, 30), True), ((20, 30, 90), False), ((90, 60, 60), False)])
def test_no_line_runs_through_the_newest_number(tmp_path: Path, values: tuple[int, ...], below: bool) -> None:
    """After a steep fall the number stands below its point: the line comes from above."""
    line = Series("本期", tuple(D(value) for value in values))
    spec = replace(trend(), categories=("1月", "2月", "3月"), series=(line,), highlights=(), decimals=2, maximum=D(100))
    found = glyphs(chart(spec, tmp_path / "c.pdf"))
    words = "".join(g.char for g in found)
    zero = min((g for g in found if g.char == "0" and g.left < 100), key=lambda g: g.bottom)
    hundred = found[words.index("100")]
    point = zero.bottom + (hundred.bottom - zero.bottom) * values[-1] / 100
    number = found[words.index(f"{values[-1]}.00")]
    assert (number.top < point) is below
    assert (number.bottom > point) is not below
