from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.models.values import CellState, Month
from desktop_app.reporting import wording
from desktop_app.reporting.content import FigureRun, Measure, Run
from desktop_app.reporting.wording import Origin, Runs
from tests.reporting.sample import FIGURES

ORIGIN = Origin("MKT.VOL", "2021-03")
RATES = st.decimals(min_value=-400, max_value=2000, places=4)


def said(runs: Runs | None) -> str | None:
    return None if runs is None else "".join(run.text for run in runs)


def growth(rate: str, *, equal: bool = False) -> str | None:
    return said(wording.growth_words(Decimal(rate), ORIGIN, Measure.YOY, equal=equal))


def test_growth_and_decline_are_said_without_a_sign() -> None:
    assert growth("31.2") == "增长31.2%"
    assert growth("-5.9") == "下降5.9%"
    assert growth("12") == "增长12.0%"
    assert growth("0.04") == "基本持平"
    assert growth("-0.05") == "下降0.1%"
    assert growth("0", equal=True) == "持平"
    assert growth("-100") == "下降100.0%"
    assert growth("-100.1") is None
    assert said(wording.growth_words(None, ORIGIN, Measure.YOY)) is None


@given(RATES)
def test_no_decline_is_negative_or_above_a_hundred(rate: Decimal) -> None:
    words = said(wording.growth_words(rate, ORIGIN, Measure.YOY))
    if words is None:
        assert rate < -100
        return
    assert "-" not in words
    assert "−" not in words
    if words.startswith("下降"):
        assert 0 < Decimal(words.removeprefix("下降").removesuffix("%")) <= 100


@given(RATES)
def test_level_if_and_only_if_it_rounds_to_nothing(rate: Decimal) -> None:
    small = abs(rate) < Decimal("0.05")
    assert (said(wording.points_words(rate, ORIGIN, Measure.SHARE_CHANGE)) == "基本持平") is small
    if rate >= -100:
        assert (said(wording.growth_words(rate, ORIGIN, Measure.YOY)) == "基本持平") is small


@given(RATES)
def test_the_run_keeps_the_sign_that_the_words_drop(rate: Decimal) -> None:
    runs = wording.points_words(rate, ORIGIN, Measure.SHARE_CHANGE) or ()
    for run in runs:
        if isinstance(run, FigureRun):
            assert abs(run.value) == Decimal(run.text.removesuffix("个百分点"))
            assert (run.value > 0) is (runs[0].text == "上升")


def test_points_take_the_words_of_their_matter() -> None:
    assert said(wording.points_words(Decimal("-2.8"), ORIGIN, Measure.SHARE_CHANGE)) == "下降2.8个百分点"
    assert said(wording.points_words(Decimal("2.8"), ORIGIN, Measure.YOY, up="提高")) == "提高2.8个百分点"


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (1, None),
        (2, "1—2月"),
        (3, "一季度"),
        (5, "1—5月"),
        (6, "上半年"),
        (9, "前三季度"),
        (11, "1—11月"),
        (12, "全年"),
    ],
)
def test_cumulative_words(month: int, words: str | None) -> None:
    assert wording.span_words(Month(2021, month)) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [("蛟河市", "全市"), ("印江土家族苗族自治县", "全县"), ("昌邑区", "全区"), ("全国", "全国"), ("开发园", "全域")],
)
def test_the_whole_area(name: str, words: str) -> None:
    assert wording.area_words(name) == words


def test_amounts_carry_their_unit_and_unsaid_ones_are_none() -> None:
    figure = FIGURES["MKT.VOL"]
    assert said(wording.amount_words(figure)) == "62.84万件"
    assert said(wording.amount_words(figure, Measure.CUMULATIVE)) == "164.31万件"
    from dataclasses import replace

    missing = replace(figure, value=None, state=CellState.MISSING, text="未报")
    assert wording.amount_words(missing) is None


def test_lists_end_in_and() -> None:
    one: Run = ORIGIN.run("12.1%", Measure.SHARE, Decimal("12.1"))
    assert wording.listed(["甲"]) == "甲"
    assert wording.listed(["甲", "乙", "丙"]) == "甲、乙和丙"
    assert said(wording.listed_runs([(one,), (one,), (one,)])) == "12.1%、12.1%和12.1%"
