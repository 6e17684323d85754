"""Figures in words that a person has written: typed where they hold, marked where they have moved or are hers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.reporting.content import FigureRun, Measure, Paragraph, Run, Text
from desktop_app.reporting.edits import Edit, apply_edits, cells_of, edit_of, renewed, words_of
from desktop_app.reporting.matching import MarkKind, match_words
from tests.reporting.test_contract import document


def run(text: str, value: str, measure: Measure = Measure.VALUE, code: str = "MKT.VOL", subject: str = "") -> FigureRun:
    return FigureRun(text, code, measure, "2021-03", Decimal(value), "", subject)


VOLUME, GROWTH = run("62.84万件", "62.84"), run("5.9%", "5.9", Measure.YOY)
REVENUE, DECLINE = run("879.10万元", "879.10", code="MKT.REV"), run("5.9%", "-5.9", Measure.YOY, "MKT.REV")
TWELVE, THREE = run("12家", "12", Measure.COUNT, "DUTY"), run("3家", "3", Measure.COUNT, "DUTY")
RUNS: tuple[Run, ...] = (
    Text("3月份，业务量完成"), VOLUME, Text("，同比增长"), GROWTH,
    Text("；收入完成"), REVENUE, Text("，同比下降"), DECLINE,
    Text("。CR8为示例，共"), TWELVE, Text("、"), THREE, Text("。"),
)  # fmt: skip


def figures(runs: tuple[Run, ...]) -> list[FigureRun]:
    return [each for each in runs if isinstance(each, FigureRun)]


def matched(text: str, now: tuple[Run, ...] = RUNS) -> tuple[list[FigureRun], list[tuple[str, str, str]]]:
    then = [cells_of(each) for each in figures(RUNS)]
    made = match_words(text, then, figures(now), figures(now), [each.text for each in RUNS if isinstance(each, Text)])
    assert words_of(made.runs) == text, "no word is changed"
    return figures(made.runs), [(mark.kind.value, mark.text, mark.now) for mark in made.marks]


def replaced(old: FigureRun, new: FigureRun) -> tuple[Run, ...]:
    return tuple(new if each is old else each for each in RUNS)


def test_the_computed_words_come_back_as_they_were() -> None:
    found, marks = matched(words_of(RUNS))
    assert found == figures(RUNS)
    assert marks == []


def test_two_numbers_alike_are_told_apart_by_their_direction() -> None:
    found, marks = matched("收入下降5.9%，业务量增长5.9%。")
    assert found == [DECLINE, GROWTH]
    assert marks == []


def test_figures_that_changed_places_are_not_taken_for_each_other() -> None:
    places: dict[Run, Run] = {TWELVE: THREE, THREE: TWELVE}
    swapped = tuple(places.get(each, each) for each in RUNS)
    found, marks = matched("应报12家，缺3家。", swapped)
    assert found == []
    assert marks == [("stale", "12家", "3家"), ("stale", "3家", "12家")]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("完成62.84万件", []),
        ("完成162.84万件", [("loose", "162.84", "")]),
        ("完成62.8万件", [("loose", "62.8", "")]),
        ("同比下降5.9%", []),
        ("2021年3月1日至31日、1—3月、第2次、表3、附件2", []),
        ("CR8为示例", []),
        ("比上年多3个百分点", [("loose", "3", "")]),
    ],
)
def test_what_a_number_is(text: str, marks: list[tuple[str, str, str]]) -> None:
    assert matched(text)[1] == marks


def test_a_figure_that_turned_is_marked_with_its_direction() -> None:
    now = replaced(GROWTH, run("1.2%", "-1.2", Measure.YOY))
    assert matched("业务量增长5.9%。", now) == ([], [("stale", "增长5.9%", "下降1.2%")])


def test_a_figure_that_cannot_be_said_any_more_is_marked_without_a_new_one() -> None:
    now = tuple(each for each in RUNS if each is not VOLUME)
    assert matched("完成62.84万件。", now) == ([], [("stale", "62.84万件", "")])


def test_new_figures_are_put_in_place_of_those_that_moved() -> None:
    before = Paragraph(RUNS, key="market.1")
    text = words_of(RUNS).replace("3月份，", "") + "业务量62.84万件为新高。"
    edit = edit_of(before, text, None)
    now = Paragraph(replaced(VOLUME, run("63.10万件", "63.10")), key="market.1")
    made, (state,) = apply_edits(document(now), {"market.1": edit})
    assert [mark.kind for mark in state.marks] == [MarkKind.STALE] * 2
    fresh = renewed(text, state.marks)
    assert fresh == text.replace("62.84万件", "63.10万件")
    again = edit_of(now, fresh, edit)
    _, (mended,) = apply_edits(document(now), {"market.1": again})
    assert mended.marks == ()
    assert made.blocks != document(now).blocks


@given(st.text(alphabet="增长下降共完成0123456789.,%万件家年月日第\n", max_size=60))
def test_whatever_is_written_no_word_is_lost(text: str) -> None:
    then = [cells_of(each) for each in figures(RUNS)]
    made = match_words(text, then, figures(RUNS), figures(RUNS), [])
    assert words_of(made.runs) == text
    for mark in made.marks:
        assert text[mark.start : mark.start + mark.length] == mark.text
    edit = Edit(text, "", tuple(then))
    printed, _ = apply_edits(document(Paragraph(RUNS, key="k")), {"k": edit})
    said = "".join(words_of(block.runs) for block in printed.blocks if isinstance(block, Paragraph))
    assert said.replace("\n", "") == "".join(line for line in text.split("\n") if line.strip())
