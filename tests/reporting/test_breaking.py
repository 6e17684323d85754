"""Lines of Chinese text as a reader checks them: nothing torn, nothing hanging, nothing lost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop_app.reporting.content import FigureRun, Measure, Run, Text
from desktop_app.reporting.pdf.breaking import NO_END, NO_START, atoms_of
from desktop_app.reporting.pdf.fonts import Face, FontBook, clean
from desktop_app.reporting.pdf.geometry import BODY_SIZE, BODY_WIDTH
from desktop_app.reporting.pdf.lines import Line, set_lines

WIDTH = BODY_WIDTH


def set_text(*runs: Run, width: float = WIDTH, justify: bool = True) -> list[Line]:
    atoms = atoms_of(runs, FontBook(), Face.SERIF, Face.SERIF_BOLD, BODY_SIZE)
    return set_lines(atoms, width, indent=2 * BODY_SIZE, justify=justify)


def words(line: Line) -> str:
    return "".join(piece.text for piece in line.pieces)


CHINESE = st.text(
    st.sampled_from("快递业务量累计完成同比增长下降比重市场一二三的，。、；：（）“”《》％国际港澳台"),
    min_size=1,
    max_size=160,
)


@given(CHINESE)
@settings(max_examples=150, deadline=None)
@example("（" * 40)
@example("。" * 90)
def test_nothing_is_lost_and_nothing_runs_over(text: str) -> None:
    lines = set_text(Text(text))
    assert "".join(words(line) for line in lines) == text
    assert all(line.width <= WIDTH + 0.01 for line in lines)


PLAIN = st.lists(
    st.tuples(
        st.text(st.sampled_from("快递业务量累计完成同比增长"), min_size=2, max_size=9), st.sampled_from("，。；：）%")
    )
)


@given(PLAIN)
@settings(max_examples=150, deadline=None)
def test_no_mark_begins_a_line_and_no_bracket_ends_one(parts: list[tuple[str, str]]) -> None:
    text = "".join(("（" if mark == "）" else "") + piece + mark for piece, mark in parts)
    for line in set_text(Text(text)) if text else []:
        assert words(line)[0] not in NO_START
        assert words(line)[-1] not in NO_END


@given(st.integers(min_value=0, max_value=60))
@settings(deadline=None)
def test_a_number_keeps_its_unit(shift: int) -> None:
    held = ("144.19万件", "2021年", "1.8个百分点", "24.4%", "1—3月", "15.5元/件", "≥98%")
    lines = [words(line) for line in set_text(Text("量" * shift + "和".join(held)))]
    for unit in held:
        assert any(unit in line for line in lines), unit


@given(st.integers(min_value=0, max_value=60))
@settings(deadline=None)
def test_a_figure_is_never_cut(shift: int) -> None:
    figure = FigureRun("下降12.5个百分点", "X", Measure.YOY, "2021-03", Decimal("-12.5"))
    lines = [words(line) for line in set_text(Text("量" * shift), figure, Text("。" + "量" * 30))]
    assert any("下降12.5个百分点" in line for line in lines)


def test_full_lines_end_at_the_margin_and_the_last_does_not() -> None:
    lines = set_text(Text("一季度，全市快递服务企业业务量累计完成164.31万件，同比增长21.7%；" * 3))
    assert all(line.width == pytest.approx(WIDTH, abs=0.01) for line in lines[:-1])
    assert lines[-1].width < WIDTH


def test_twenty_eight_characters_fill_a_line() -> None:
    first, second, *_ = set_text(Text("邮" * 80))
    assert (len(words(first)), len(words(second))) == (26, 28)


def test_glyphs_do_not_overlap_where_marks_meet() -> None:
    for line in set_text(
        Text("径：任一品牌通达），通达率为94.4%，与去年同期相比提高6.2个百分点。九个乡镇（街道）中，尚有12个村")
    ):
        for left, right in zip(line.pieces, line.pieces[1:], strict=False):
            # Only the white of a mark may be given to the next character.
            overlap = left.x + left.width - right.x
            assert overlap <= 0.01 or (left.text[-1] in "）。，：" and overlap <= BODY_SIZE / 2 + 0.01)


def test_a_long_word_is_cut_rather_than_printed_over_the_margin() -> None:
    code = "9122028199990001" * 6
    lines = set_text(Text(code), width=120.0, justify=False)
    assert "".join(words(line) for line in lines) == code
    assert all(line.width <= 120.01 for line in lines)


def test_characters_that_print_nothing_go() -> None:
    assert clean("甲\u200b乙\ufeff丙\n丁\t戊\u00a0己\x07") == "甲乙丙 丁 戊 己 "
    assert clean("全\u3000角") == "全\u3000角"


def test_a_rare_character_is_taken_from_another_face() -> None:
    book = FontBook()
    spans = book.spans("张䶮", Face.SERIF_BOLD)
    assert [(span.face, span.text) for span in spans] == [(Face.SERIF_BOLD, "张"), (Face.SANS, "䶮")]
    assert not book.missing
