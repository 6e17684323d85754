"""The parsed tree of a formula: numbers, codes, calls, operators; exact evaluation and a Chinese rendering."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

Lookup = Callable[[str], Fraction | None]
"""Indicator code → amount in base units; ``None`` where there is no figure (未报)."""


class Past(Protocol):
    """What a formula may ask beside the period's sums: earlier years, brands; ``None`` where it is not known."""

    def ago(self, code: str, years: int) -> Fraction | None:
        """Amount in the same period so many years before, in base units."""
        ...

    def average_growth(self, code: str, years: int) -> Fraction | None:
        """Average yearly growth over so many years, in %."""
        ...

    def concentration(self, code: str, count: int) -> Fraction | None:
        """Share of the so many largest brands in the period, in %."""
        ...


_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2}
_UNARY_STRENGTH = 3
_FUNCTION_WORDS = {"min": "取小", "max": "取大"}


@dataclass(frozen=True)
class Number:
    """A decimal constant, kept exactly; ``text`` as written."""

    value: Fraction
    text: str


@dataclass(frozen=True)
class Code:
    """The amount of another indicator."""

    code: str


@dataclass(frozen=True)
class Days:
    """``days()``: calendar days of the reporting period (报告期日数; a leap year has 366)."""


@dataclass(frozen=True)
class Negative:
    """Unary minus."""

    operand: Node


@dataclass(frozen=True)
class Binary:
    """``left sign right`` with sign one of ``+ - * /``."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Extreme:
    """``min(…)`` or ``max(…)`` of one or more terms."""

    name: str
    terms: tuple[Node, ...]


@dataclass(frozen=True)
class Ago:
    """``ago(CODE, n)``: the amount in the same period ``n`` years before (n 年前同期)."""

    code: str
    years: int


@dataclass(frozen=True)
class AverageGrowth:
    """``cagr(CODE, n)``: the average yearly growth over ``n`` years in %, geometric (年均增速，水平法)."""

    code: str
    years: int


@dataclass(frozen=True)
class Concentration:
    """``cr(CODE, n)``: the share of the ``n`` largest brands in %, CRn (集中度)."""

    code: str
    count: int


Node = Number | Code | Days | Negative | Binary | Extreme | Ago | AverageGrowth | Concentration


class NoPast:
    """Nothing is known of earlier years."""

    def ago(self, _code: str, _years: int) -> Fraction | None:
        """Nothing."""
        return None

    def average_growth(self, _code: str, _years: int) -> Fraction | None:
        """Nothing."""
        return None

    def concentration(self, _code: str, _count: int) -> Fraction | None:
        """Nothing."""
        return None


NO_PAST = NoPast()


def evaluate(  # noqa: PLR0911 (one line a kind of node)
    node: Node, lookup: Lookup, days: int, past: Past = NO_PAST
) -> Fraction | None:
    """Exact value; ``None`` when any input is ``None`` or something is divided by zero (印作“—”)."""
    match node:
        case Number(value):
            return value
        case Code(code):
            return lookup(code)
        case Days():
            return Fraction(days)
        case Negative(operand):
            return _combine("-", Fraction(0), evaluate(operand, lookup, days, past))
        case Extreme(name, terms):
            return _extreme(name, [evaluate(term, lookup, days, past) for term in terms])
        case Binary(sign, left, right):
            return _combine(sign, evaluate(left, lookup, days, past), evaluate(right, lookup, days, past))
        case Ago(code, years):
            return past.ago(code, years)
        case AverageGrowth(code, years):
            return past.average_growth(code, years)
        case Concentration(code, count):
            return past.concentration(code, count)


def _extreme(name: str, amounts: list[Fraction | None]) -> Fraction | None:
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts):
        return None
    return min(known) if name == "min" else max(known)


def _combine(sign: str, left: Fraction | None, right: Fraction | None) -> Fraction | None:
    if left is None or right is None:
        return None
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    return None if right == 0 else left / right


def codes(node: Node) -> Iterator[str]:
    """Codes of the tree from left to right, with repetitions."""
    match node:
        case Code(code) | Ago(code) | AverageGrowth(code) | Concentration(code):
            yield code
        case Negative(operand):
            yield from codes(operand)
        case Binary(_, left, right):
            yield from codes(left)
            yield from codes(right)
        case Extreme(_, terms):
            for term in terms:
                yield from codes(term)
        case _:
            return


def years_back(node: Node) -> int:
    """How many years before the period the tree looks."""
    match node:
        case Ago(_, years) | AverageGrowth(_, years):
            return years
        case Negative(operand):
            return years_back(operand)
        case Binary(_, left, right):
            return max(years_back(left), years_back(right))
        case Extreme(_, terms):
            return max(years_back(term) for term in terms)
        case _:
            return 0


def earlier(node: Node) -> Iterator[tuple[str, int]]:
    """Codes that the tree asks of earlier years, with how many years."""
    match node:
        case Ago(code, years) | AverageGrowth(code, years):
            yield code, years
        case Negative(operand):
            yield from earlier(operand)
        case Binary(_, left, right):
            yield from earlier(left)
            yield from earlier(right)
        case Extreme(_, terms):
            for term in terms:
                yield from earlier(term)


def describe(node: Node, names: Mapping[str, str]) -> str:  # noqa: PLR0911 (one line a kind of node)
    """Chinese rendering with indicator names, e.g. ``快递业务收入 ÷ 快递业务量``; a code without a name stays."""
    match node:
        case Number(_, text):
            return text
        case Code(code):
            return names.get(code, code)
        case Days():
            return "报告期日数"
        case Ago(code, years):
            return f"{years}年前同期{names.get(code, code)}"
        case AverageGrowth(code, years):
            return f"{names.get(code, code)}{years}年年均增速（水平法）"
        case Concentration(code, count):
            return f"{names.get(code, code)}前{count}位品牌的比重（CR{count}）"
        case Negative(operand):
            return "−" + _wrapped(operand, names, _UNARY_STRENGTH)
        case Extreme(name, terms):
            return f"{_FUNCTION_WORDS[name]}（{'，'.join(describe(term, names) for term in terms)}）"
        case Binary(sign, left, right):
            strength = _STRENGTH[sign]
            # − and ÷ do not associate: an equal operator on their right side needs its brackets.
            right_strength = strength + 1 if sign in "-/" else strength
            return f"{_wrapped(left, names, strength)} {_SIGNS[sign]} {_wrapped(right, names, right_strength)}"


def _wrapped(node: Node, names: Mapping[str, str], needed: int) -> str:
    text = describe(node, names)
    match node:
        case Binary(sign) if _STRENGTH[sign] < needed:
            return f"（{text}）"
        case Negative():
            return f"（{text}）"
        case _:
            return text
