"""Text cells → exact amounts and states; nothing changes silently."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.catalogue.model import Unit
from desktop_app.importing.convert import read_amount, to_stored
from desktop_app.models.values import CellState

WAN = Unit("万件", "件", Decimal(10_000))
PIECE = Unit("件", "件", Decimal(1))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("12345", "12345"),
        ("12,345", "12345"),
        ("1,23,456", "123456"),
        ("１２,３４５．６", "12345.6"),
        ("12 345", "12345"),
        ("-5", "-5"),
        ("－5", "-5"),
        ("（1,234）", "-1234"),
        ("(12)", "-12"),
        ("12-", "-12"),
        ("+7.50", "7.50"),
        ("¥1,000.00", "1000.00"),
        ("96.4%", "96.4"),
        ("3.2万", "32000"),
        ("3.2万件", "32000"),
        ("1.5亿", "150000000"),
        ("12件", "12"),
        ("1e3", "1000"),
        ("1.2E+05", "120000"),
        (".5", "0.5"),
    ],
)
def test_numbers_in_every_dress(text: str, number: str) -> None:
    amount = read_amount(text)
    assert amount.problem == ""
    assert amount.state is CellState.VALUE
    assert amount.number == Decimal(number)


@pytest.mark.parametrize(
    "text", ["1,5", "12.3.4", "约100", "一百", "abc", "1,2345", "12,34", "1-2", "=A1", "100左右", "--5"]
)
def test_what_is_no_number_is_never_guessed(text: str) -> None:
    amount = read_amount(text)
    assert amount.number is None
    assert text in amount.problem


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", CellState.MISSING),
        ("  ", CellState.MISSING),
        ("未报", CellState.MISSING),
        ("未 报", CellState.MISSING),
        ("…", CellState.MISSING),
        ("……", CellState.MISSING),
        ("不详", CellState.MISSING),
        ("—", CellState.NOT_APPLICABLE),
        ("——", CellState.NOT_APPLICABLE),
        ("-", CellState.NOT_APPLICABLE),
        ("/", CellState.NOT_APPLICABLE),
        ("无", CellState.NOT_APPLICABLE),
        ("不适用", CellState.NOT_APPLICABLE),
        ("退回", CellState.RETURNED),
        ("0", CellState.VALUE),
    ],
)
def test_four_states_are_kept_apart(text: str, state: CellState) -> None:
    assert read_amount(text).state is state


@pytest.mark.parametrize(
    ("text", "told"), [("３１,077", "31077"), ("（12）", "-12"), ("3.2万", "32000"), ("—", "不适用")]
)
def test_every_change_of_form_is_told(text: str, told: str) -> None:
    assert told in read_amount(text).change


@pytest.mark.parametrize("text", ["12", "12,345", "0.5", "未报", "", "不适用"])
def test_plain_cells_need_no_telling(text: str) -> None:
    assert read_amount(text).change == ""


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4, allow_nan=False))
def test_written_and_read_back_exactly(number: Decimal) -> None:
    for text in (format(number, "f"), format(number, ",f")):
        amount = read_amount(text)
        assert amount.number == number
        stored, exact = to_stored(number, PIECE)
        assert exact
        assert stored == int(number * 10_000)


@given(st.integers(min_value=0, max_value=10**12))
def test_full_width_and_grouped_digits_mean_the_same(number: int) -> None:
    wide = str(number).translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})
    assert read_amount(wide).number == read_amount(f"{number:,}").number == number


@given(st.text(max_size=30))
def test_any_text_is_answered(text: str) -> None:
    amount = read_amount(text)
    assert (amount.number is None) == (amount.state is not CellState.VALUE)
    assert not (amount.problem and amount.change)


def test_more_decimals_than_can_be_stored_are_noticed() -> None:
    assert to_stored(Decimal("1.23456"), PIECE) == (12346, False)
    assert to_stored(Decimal("1.23456789"), WAN) == (123456789, True)


@pytest.mark.parametrize(("text", "step"), [("12", "1"), ("12.30", "0.01"), ("3.2万", "1000"), ("1e3", "1000")])
def test_step_is_one_unit_of_the_last_digit(text: str, step: str) -> None:
    assert read_amount(text).step == Decimal(step)
