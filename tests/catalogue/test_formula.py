"""Formulas: exact values against an oracle of plain fractions, refusals with positions, the Chinese rendering."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.catalogue.formula import Formula, FormulaError, parse_formula

FIGURES: dict[str, Fraction | None] = {
    "A.X": Fraction(7),
    "B": Fraction(0),
    "C.D.E9": Fraction(1, 3),
    "SVC.72H": Fraction(-5),
    "GONE": None,
}
DAYS = 29

Written = tuple[str, Fraction | None]
"""A formula as text and the value an independent computation gives it."""


def _join(sign: str, left: Fraction | None, right: Fraction | None) -> Fraction | None:
    if left is None or right is None or (sign == "/" and right == 0):
        return None
    operations: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: a / b,
    }
    return operations[sign](left, right)


def _number(whole: int, tail: str) -> Written:
    text = f"{whole}.{tail}" if tail else str(whole)
    return text, Fraction(text)


def _bracketed(inside: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    def binary(left: Written, sign: str, right: Written, gap: str) -> Written:
        return f"({left[0]}{gap}{sign}{gap}{right[0]})", _join(sign, left[1], right[1])

    def extreme(name: str, terms: list[Written]) -> Written:
        values = [value for _, value in terms if value is not None]
        best = (min(values) if name == "min" else max(values)) if len(values) == len(terms) else None
        return f"{name}({', '.join(text for text, _ in terms)})", best

    return st.one_of(
        st.builds(binary, inside, st.sampled_from("+-*/"), inside, st.sampled_from(["", " ", "\t"])),
        st.builds(lambda term: ("-" + term[0], _join("-", Fraction(0), term[1])), inside),
        st.builds(extreme, st.sampled_from(["min", "max"]), st.lists(inside, min_size=1, max_size=3)),
    )


LEAVES = st.one_of(
    st.builds(_number, st.integers(0, 10**6), st.text("0123456789", max_size=3)),
    st.sampled_from(list(FIGURES.items())),
    st.just(("days()", Fraction(DAYS))),
)


@given(st.recursive(LEAVES, _bracketed, max_leaves=8).filter(lambda written: len(written[0]) <= 500))
def test_value_equals_the_oracle(written: Written) -> None:
    text, expected = written
    assert parse_formula(text).evaluate(FIGURES.__getitem__, DAYS) == expected


@given(LEAVES, st.lists(st.tuples(st.sampled_from("+-*/"), LEAVES), max_size=12))
def test_products_bind_before_sums_and_both_run_left_to_right(first: Written, rest: list[tuple[str, Written]]) -> None:
    text = first[0] + "".join(f" {sign} {term[0]}" for sign, term in rest)
    products: list[tuple[str, Fraction | None]] = [("+", first[1])]
    for sign, (_, value) in rest:
        if sign in "*/":
            earlier = products.pop()
            products.append((earlier[0], _join(sign, earlier[1], value)))
        else:
            products.append((sign, value))
    expected: Fraction | None = Fraction(0)
    for sign, value in products:
        expected = _join(sign, expected, value)
    assert parse_formula(text).evaluate(FIGURES.__getitem__, DAYS) == expected


@given(st.recursive(LEAVES, _bracketed, max_leaves=8).filter(lambda written: len(written[0]) <= 500))
def test_chinese_rendering_says_the_same(written: Written) -> None:
    formula = parse_formula(written[0])
    said = formula.describe({})
    words = {"−": "-", "×": "*", "÷": "/", "（": "(", "）": ")", "，": ",", "取小": "min", "取大": "max"}
    for word, sign in {**words, "报告期日数": "days()"}.items():
        said = said.replace(word, sign)
    assert parse_formula(said).evaluate(FIGURES.__getitem__, DAYS) == written[1]


def test_inputs_come_once_in_order() -> None:
    formula = parse_formula("(MKT.REV - REL.X) / MKT.VOL + MKT.REV * max(Z, days())")
    assert formula.inputs == ("MKT.REV", "REL.X", "MKT.VOL", "Z")


def test_a_missing_input_or_a_zero_base_gives_nothing() -> None:
    share = parse_formula("A.X / B * 100")
    assert share.evaluate(FIGURES.__getitem__, DAYS) is None
    assert parse_formula("GONE * 0").evaluate(FIGURES.__getitem__, DAYS) is None
    assert parse_formula("B / A.X").evaluate(FIGURES.__getitem__, DAYS) == 0


def test_describe_uses_names() -> None:
    names = {"MKT.REV": "快递业务收入", "MKT.VOL": "快递业务量"}
    assert parse_formula("MKT.REV / MKT.VOL").describe(names) == "快递业务收入 ÷ 快递业务量"
    assert parse_formula("MKT.VOL / days()").describe(names) == "快递业务量 ÷ 报告期日数"
    assert parse_formula("X - (Y - Z) * 100").describe(names) == "X − （Y − Z） × 100"


def test_repetition_is_recognised() -> None:
    assert parse_formula(" (MKT.VOL) ").same_as == "MKT.VOL"
    assert parse_formula("MKT.VOL * 1").same_as is None


def test_equal_texts_are_equal_formulas() -> None:
    assert parse_formula("A/B") == parse_formula("A/B")
    assert isinstance(parse_formula("A/B"), Formula)


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("", 1, "公式是空的"),
        ("   ", 1, "公式是空的"),
        ("A +", 4, "却是公式结尾"),
        ("A B", 3, "“B”多余，或者前面缺少运算符"),
        ("2 3", 3, "“3”多余"),
        ("(A", 3, "此处应为“)”"),
        ("A)", 2, "“)”多余"),
        ("A / / B", 5, "却是“/”"),
        ("A ^ B", 3, "看不懂“^”"),
        ("业务量 / 2", 1, "看不懂“业”"),
        ("A.B. + 1", 1, "看不懂“A”"),
        ("A..B", 1, "看不懂“A”"),
        ("1.5.2", 1, "看不懂“1”"),
        (".5", 1, "看不懂“.”"),
        ("1e5", 1, "看不懂“1”"),
        ("A ** 2", 4, "却是“*”"),
        ("sum(A)", 1, "没有函数“sum”"),
        ("__import__('os')", 1, "看不懂“_”"),
        ("days", 5, "后面应为“(”"),
        ("days(A)", 6, "此处应为“)”"),
        ("min()", 5, "却是“)”"),
        ("max(A,)", 7, "却是“)”"),
        ("A, B", 2, "“,”多余"),
        ("(" * 60 + "A" + ")" * 60, 41, "超过 40 层"),
        ("-" * 60 + "A", 41, "超过 40 层"),
        ("A+" * 300 + "A", 501, "超过 500 个字符"),
    ],
)
def test_refusal_names_the_place(text: str, position: int, reason: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    assert caught.value.position == position
    assert reason in str(caught.value)
    assert f"第{position}个字符处" in str(caught.value)


@given(st.text("ABM.T0195+-*/(),days minx#'\n業", max_size=40))
def test_any_text_is_parsed_or_refused_with_a_position_inside(text: str) -> None:
    with suppress(FormulaError):
        parse_formula(text)
        return
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    assert 1 <= caught.value.position <= len(text) + 1


class FiveYearsAgo:
    """Asked for the past, answers from a table."""

    def ago(self, code: str, years: int) -> Fraction | None:
        return {("A.X", 5): Fraction(4)}.get((code, years))

    def concentration(self, code: str, count: int) -> Fraction | None:
        return Fraction(count) if code == "MKT.VOL" else None

    def average_growth(self, code: str, years: int) -> Fraction | None:
        return {("A.X", 5): Fraction(21, 2)}.get((code, years))


def test_a_formula_may_ask_for_earlier_years() -> None:
    multiple = parse_formula("A.X / ago(A.X, 5)")
    assert multiple.inputs == ("A.X",)
    assert multiple.years_back == 5
    assert multiple.evaluate(lambda _code: Fraction(10), DAYS, FiveYearsAgo()) == Fraction(5, 2)
    assert multiple.evaluate(lambda _code: Fraction(10), DAYS) is None
    assert multiple.describe({"A.X": "业务量"}) == "业务量 ÷ 5年前同期业务量"
    rate = parse_formula("cagr(A.X, 5)")
    assert rate.evaluate(lambda _code: None, DAYS, FiveYearsAgo()) == Fraction(21, 2)
    assert rate.describe({"A.X": "业务量"}) == "业务量5年年均增速（水平法）"
    assert parse_formula("-max(ago(A.X, 2), cagr(B, 7)) * 2").years_back == 7


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ago(5, A.X)", "先写指标代码"),
        ("ago(A.X)", "应为“,”和年数"),
        ("ago(A.X, 0)", "年数应为 1 到 20 的整数"),
        ("cagr(A.X, 1.5)", "年数应为 1 到 20 的整数"),
        ("cagr(A.X, 5", "此处应为“)”"),
        ("last(A.X)", "没有函数“last”"),
    ],
)
def test_a_past_that_is_written_wrong_is_named(text: str, reason: str) -> None:
    with pytest.raises(FormulaError, match=re.escape(reason)):
        parse_formula(text)


def test_signs_are_read_as_they_are_shown() -> None:
    amounts = {"A": Fraction(5), "B": Fraction(2), "C": Fraction(3)}
    assert parse_formula("（A － B）÷ C × 100").evaluate(amounts.get, 31) == 100
