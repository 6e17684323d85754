"""Text cells → exact amounts and states; nothing changes silently."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.catalogue.model import Unit
from desktop_app.importing.codes import read_code
from desktop_app.importing.convert import read_amount, to_stored
from desktop_app.importing.dates import read_date
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
    "text",
    ["1,5", "12.3.4", "约100", "一百二", "一万二", "3万5", "abc", "1,2345", "12,34", "1-2", "=A1", "100左右", "--5"],
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


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("一千二百三十四", "1234", ""),
        ("一万二千", "12000", ""),
        ("壹仟", "1000", ""),
        ("〇", "0", ""),
        ("二〇二一", "2021", ""),
        ("两千零五", "2005", ""),
        ("一亿三千万", "130000000", ""),
        ("三点五万", "35000", ""),
        ("3万5千", "35000", ""),
        ("3亿2000万", "320000000", ""),
        ("三千二百件", "3200", "件"),
        ("壹仟贰佰叁拾肆元伍角陆分", "1234.56", "元"),
        ("人民币壹佰元整", "100", "元"),
        ("百分之九十六点四", "96.4", "%"),
        ("千分之三", "3", "‰"),
        ("负12", "-12", ""),
        ("下降5.2%", "-5.2", "%"),
        ("增长0.3个百分点", "0.3", "个百分点"),
        ("0.5百分点", "0.5", "百分点"),
        ("3‰", "3", "‰"),
    ],
)
def test_numbers_in_chinese_words(text: str, number: str, unit: str) -> None:
    amount = read_amount(text)
    assert (amount.problem, amount.number, amount.unit) == ("", Decimal(number), unit)
    assert amount.why
    assert amount.read_as


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("约1200", "约数"),
        ("近一万", "约数"),
        ("1O0", "字母"),
        ("同上", "写出来"),
        ("一万二", "说不清"),
        ("持平", "不是数字"),
        ("▲12", "说不清是增是减"),
        ("△3.1%", "说不清是增是减"),
    ],
)
def test_refusals_say_what_is_odd(text: str, reason: str) -> None:
    assert reason in read_amount(text).problem


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("１２", "全角"),
        ("1,23,456", "三位一节"),
        ("(12)", "括号"),
        ("12-", "负号"),
        ("1e3", "科学"),
        ("3.2万", "万"),
        ("'12", "文本"),
        ("一百", "中文"),
        ("/", "词"),
    ],
)
def test_why_a_cell_was_read_otherwise(text: str, why: str) -> None:
    assert why in read_amount(text).why


def chinese(number: int) -> str:
    """How a clerk writes a whole number below 10^8 in words."""
    if number >= 10_000:
        low = number % 10_000
        joint = "零" if 0 < low < 1000 else ""
        return chinese(number // 10_000) + "万" + joint + (chinese(low) if low else "")
    words, gap = "", False
    for size, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            words += ("零" if gap and words else "") + "零一二三四五六七八九"[digit] + word
        gap = gap or False if digit == 0 and not words else digit == 0
    return words or "零"


@given(st.integers(min_value=0, max_value=10**8 - 1))
def test_words_and_digits_are_the_same_number(number: int) -> None:
    assert read_amount(chinese(number)).number == number


@pytest.mark.parametrize(
    "text",
    [
        *("2021年3月5日", "2021-3-5", "2021/03/05", "2021.3.5", "20210305", "44260", "二〇二一年三月五日", "21.3.5"),
        *("2021-03-05 00:00:00", "2021-03-05T08:30:00", "５-Mar-2021", "2021年3月5日 星期五", "２０２１年３月５日"),
        *("2021年3月5号", "2021年3月5日（星期五）", "2021_03_05", "20210305101112", "Mar 5, 2021", "2021-Mar-05"),
    ],
)
def test_a_day_in_every_shape(text: str) -> None:
    found = read_date(text)
    assert found is not None
    assert found.day is not None
    assert found.day.isoformat() == "2021-03-05"


@pytest.mark.parametrize("text", ["Mar-21", "3/2021", "2021M03", "21年3月", "2021年第3月", "202103", "二○二一年三月份"])
def test_a_month_in_every_shape(text: str) -> None:
    found = read_date(text)
    assert found is not None
    assert (str(found.month), found.day) == ("2021-03", None)


@pytest.mark.parametrize(
    "text", ["2021-02-30", "2021.13", "12", "12345", "下月", "", "abc-21", "2021年3月上旬", "20210305251112"]
)
def test_no_date_is_made_up(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize("text", ["220281001200", "000000000012", "91220281MA0Y1A2B3C"])
def test_codes_stay_as_they_are(text: str) -> None:
    read = read_code(text, (12, 18))
    assert (read.code, read.why, read.problem) == (text, "", "")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("220281001200.0", "小数"),
        ("２２０２８１００１２００", "全角"),
        ("220 281 001 200", "空格"),
        ('="220281001200"', "引号"),
    ],
)
def test_codes_that_lost_nothing_are_restored_and_told(text: str, why: str) -> None:
    read = read_code(text, (12,))
    assert read.code == "220281001200"
    assert why in read.why


def test_a_short_row_code_gets_its_zero_back() -> None:
    assert read_code("1", (2,)).code == "01"


@pytest.mark.parametrize("text", ["2.20281E+11", "9.12203E+17"])
def test_codes_in_scientific_notation_are_refused(text: str) -> None:
    read = read_code(text, (12, 18))
    assert read.code == text
    assert "不能恢复" in read.problem
    assert "文本" in read.hint


@pytest.mark.parametrize("text", ["22028100120", "2202810012001"])
def test_a_missing_digit_is_never_guessed(text: str) -> None:
    assert read_code(text, (12,)).code == text


@pytest.mark.parametrize("cell", ["亿" * 1000, "一万" * 1000, "一" * 1000 + "元整", "百分之" + "万" * 1000])
def test_a_numeral_without_end_is_no_number(cell: str) -> None:
    amount = read_amount(cell)
    assert amount.number is None
    assert "不是数字" in amount.problem
