from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.models.values import CellState
from desktop_app.reporting.content import (
    Align,
    Block,
    Column,
    Document,
    Edition,
    FigureRun,
    Heading,
    KeepTogether,
    Measure,
    Note,
    Paragraph,
    Row,
    SignatureBlock,
    StateRun,
    Table,
    Text,
)
from desktop_app.reporting.pdf.writer import write_pdf
from tests.reporting.reading import glyphs, greys, page_texts, render, whole_text


def number(text: str) -> FigureRun:
    return FigureRun(text, "X", Measure.VALUE, "2021-03", Decimal(text.replace("−", "-")))


def villages(count: int, name: str = "示例{}村") -> Table:
    rows = tuple(
        Row(((Text(name.format(i)),), (Text(f"220281{i:06d}"),), (number(f"{i}.5"),), (number(str(i)),)))
        for i in range(1, count + 1)
    )
    return Table(
        "示例村名单",
        (Column("村", Align.LEFT, Decimal(2)), Column("代码", Align.LEFT), Column("量"), Column("数")),
        rows,
        unit="万件",
        notes=(Note((Text("示例注。"),), label="注"),),
    )


def document(*blocks: Block) -> Document:
    return Document("示例表", "2021年3月", blocks, Edition.INTERNAL, date(2021, 4, 12))


def test_sixty_rows_go_on_with_their_heads(tmp_path: Path) -> None:
    written = write_pdf(document(villages(60)), tmp_path / "t.pdf")
    pages = page_texts(written.file)
    assert written.pages == 2
    assert "续表1" not in pages[0]
    assert "表1示例村名单" in pages[0]
    assert "续表1示例村名单" in pages[1]
    for page in pages:
        assert page.count("单位：万件") == 1
        assert page.count("村代码量数") == 1
    assert "注：示例注。" not in pages[0]
    assert "注：示例注。" in pages[1]
    assert re.findall(r"示例(\d+)村220281", "".join(pages)) == [str(i) for i in range(1, 61)]


@pytest.mark.parametrize("count", [1, 2, 33, 34, 35, 36, 37, 200])
def test_no_row_is_lost_cut_or_left_alone(tmp_path: Path, count: int) -> None:
    written = write_pdf(document(villages(count)), tmp_path / "t.pdf")
    per_page = [len(re.findall(r"220281\d{6}", page)) for page in page_texts(written.file)]
    assert sum(per_page) == count
    assert min(per_page) >= min(2, count)


@pytest.mark.parametrize("count", [1, 3, 5, *range(26, 38), 75])
def test_a_signature_stands_under_rows_of_its_table(tmp_path: Path, count: int) -> None:
    table = replace(villages(count), notes=())
    foot = KeepTogether((Note((Text("示例填法。"),), label="填法"), SignatureBlock()))
    written = write_pdf(document(Heading("示例乡"), table, foot), tmp_path / "t.pdf")
    pages = page_texts(written.file)
    per_page = [len(re.findall(r"220281\d{6}", page)) for page in pages]
    assert sum(per_page) == count
    assert min(per_page) >= min(2, count)
    assert "填表人" in pages[-1]
    assert "填法：示例填法。" in pages[-1]


@pytest.mark.parametrize("count", [1, 3, 20, *range(28, 42), 63, 64, 65, 66, 67, 68])
def test_nobody_signs_a_page_without_rows(tmp_path: Path, count: int) -> None:
    small_print = Note((Text("各列的意思见填报说明。" * 8),), label="注")
    written = write_pdf(document(villages(count), small_print, SignatureBlock()), tmp_path / "t.pdf")
    pages = page_texts(written.file)
    rows = [len(re.findall(r"220281\d{6}", page)) for page in pages]
    assert sum(rows) == count
    assert "单位负责人" in pages[-1]
    assert "注：各列的意思" in pages[-1]
    assert rows[-1] >= min(2, count)


def test_the_foot_of_a_letter_takes_its_last_lines_along(tmp_path: Path) -> None:
    for lines in range(16, 24):
        letter = Paragraph((Text("一二三四五六七八九十" * 3 * lines),))
        pages = page_texts(write_pdf(document(letter, SignatureBlock()), tmp_path / "t.pdf").file)
        signed = next(page for page in pages if "单位负责人" in page)
        assert "一二三四五" in signed, lines


def test_a_row_of_several_lines_stays_on_one_page(tmp_path: Path) -> None:
    name = "示例" + "很长的村名" * 9 + "{}村"
    written = write_pdf(document(villages(40, name)), tmp_path / "t.pdf")
    assert written.pages >= 2
    for page in page_texts(written.file):
        codes, ends = re.findall(r"220281\d{6}", page), re.findall(r"\d+村", page)
        assert len(codes) == len(ends)


def test_an_empty_table_gives_its_reason(tmp_path: Path) -> None:
    table = Table("空表", (Column("甲"), Column("乙")), (), reason="本月没有退回")
    assert "本月没有退回" in whole_text(write_pdf(document(table), tmp_path / "t.pdf").file)


def test_points_stand_under_points_and_states_are_words(tmp_path: Path) -> None:
    cells = (number("62.84"), number("−12.5"), number("1538"), StateRun(CellState.MISSING), StateRun(), number("0"))
    table = Table("数", (Column("名", Align.LEFT), Column("值")), tuple(Row(((Text("甲"),), (c,))) for c in cells))
    file = write_pdf(document(table), tmp_path / "t.pdf").file
    text = whole_text(file)
    assert "甲未报" in text
    assert "甲—" in text
    # The foot bears a code of letters and digits in smaller type.
    found = [g for g in glyphs(file) if g.page == 1 and g.size > 9.5]
    points = [g.left for g in found if g.char == "."]
    assert points[0] == pytest.approx(points[1], abs=0.3)
    eight = [g for g in found if g.char == "8"][-1]
    assert eight.right == pytest.approx(points[0], abs=2)


def test_numbers_of_several_units_end_under_each_other(tmp_path: Path) -> None:
    """基期值: 3086 people over 82.8 %: points under points would push one of them into the white."""
    cells = (number("82.8"), number("3086"), number("3925.37"))

    def ends(column: Column) -> list[float]:
        columns = (Column("名", Align.LEFT), column)
        table = Table("数", columns, tuple(Row(((Text("甲"),), (c,))) for c in cells))
        found = [g for g in glyphs(write_pdf(document(table), tmp_path / "t.pdf").file) if g.page == 1 and g.size > 9.5]
        names = [g for g in found if g.char == "甲"]
        return [max(g.right for g in found if abs(g.bottom - name.bottom) < 4) for name in names]

    mixed, pointed = ends(Column("基期值", mixed=True)), ends(Column("基期值"))
    assert len(mixed) == len(pointed) == 3
    assert max(mixed) - min(mixed) < 1
    assert max(pointed) - min(pointed) > 5, "in one unit points stand under points"


def test_three_rules_and_open_sides(tmp_path: Path) -> None:
    file = write_pdf(document(villages(5)), tmp_path / "t.pdf").file
    scale = 4.0
    image = render(file, scale=scale).convert("L")
    gutter = int(81 * scale)  # inside the table, left of its first words
    column = greys(image, (gutter, 0, gutter + 1, image.height))
    dark = [y for y, grey in enumerate(column) if grey < 128]
    rules: list[list[int]] = []
    for y in dark:
        if rules and y - rules[-1][-1] <= 1:
            rules[-1].append(y)
        else:
            rules.append([y])
    top, head, foot = (len(rule) for rule in rules[:3])
    assert head < top
    assert head < foot
    assert abs(top - foot) <= 1
    between = (rules[1][-1] + rules[2][0]) // 2
    assert min(greys(image, (int(70 * scale), between, int(82 * scale), between + 1))) > 200


def test_text_and_table_keep_inside_the_type_area(tmp_path: Path) -> None:
    long = Paragraph((Text("示例文字，" * 400),))
    wide = Table(
        "很宽的表" * 12,
        tuple(Column("列名很长" + str(i), Align.LEFT) for i in range(9)),
        tuple(Row(tuple((Text("示例内容" * 3),) for _ in range(9))) for _ in range(30)),
    )
    written = write_pdf(document(Heading("示例"), long, wide), tmp_path / "t.pdf")
    for glyph in glyphs(written.file):
        assert glyph.left >= 28 / 25.4 * 72 - 1
        assert glyph.right <= (210 - 26) / 25.4 * 72 + 1
        assert glyph.size >= 9
