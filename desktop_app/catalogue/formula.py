"""Formulas of computed indicators: parsed once into a tree, evaluated exactly in fractions.

Grammar (``*`` = any number of times)::

    sum    = term (("+" | "-") term)*
    term   = factor (("*" | "/") factor)*
    factor = "-" factor | number | code | function | "(" sum ")"
    function = "days()" | "min(" sum ("," sum)* ")" | "max(" sum ("," sum)* ")"
             | "ago(" code "," years ")" | "cagr(" code "," years ")" | "cr(" code "," n ")"

A number is an unsigned decimal (``100``, ``0.5``); a code is written as in the catalogue (``MKT.VOL.LOCAL``).
``ago(MKT.VOL, 5)`` is the amount of the same period five years before, ``cagr(MKT.VOL, 5)`` the geometric average
growth over them in %, ``cr(MKT.VOL, 8)`` the share of the eight largest brands in %.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from desktop_app.catalogue import nodes
from desktop_app.catalogue.nodes import (
    NO_PAST,
    Ago,
    AverageGrowth,
    Binary,
    Code,
    Concentration,
    Days,
    Extreme,
    Lookup,
    Negative,
    Node,
    Number,
    Past,
)

MAX_LENGTH = 500
MAX_YEARS = 20
"""How far back ``ago`` and ``cagr`` may look."""
MAX_BRANDS = 50
"""How many brands ``cr`` may take together."""
MAX_DEPTH = 40
"""Brackets and minus signs inside each other; more is a slip of the hand and would exhaust the stack."""

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?![\w.])"
    r"|(?P<code>[A-Z][A-Z0-9_]*(?:\.[A-Z0-9_]+)*)(?![\w.])"
    r"|(?P<function>[a-z]+)(?![\w.])"
    r"|(?P<sign>[-+*/(),]))"
)


class FormulaError(ValueError):
    """A formula that cannot be parsed; ``position`` counts characters from 1."""

    def __init__(self, reason: str, text: str, position: int) -> None:
        super().__init__(f"公式“{text}”第{position}个字符处：{reason}")
        self.reason = reason
        self.text = text
        self.position = position


@dataclass(frozen=True)
class Formula:
    """A parsed formula: the text as written and its tree."""

    text: str
    tree: Node

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """Codes that the formula reads, each once, in the order of their first appearance."""
        return tuple(dict.fromkeys(nodes.codes(self.tree)))

    @property
    def same_as(self) -> str | None:
        """The code this formula merely repeats (``OPS.OUT = MKT.VOL``); ``None`` for a real computation."""
        return self.tree.code if isinstance(self.tree, Code) else None

    @cached_property
    def years_back(self) -> int:
        """How many years before the period the formula looks; 0 for most."""
        return nodes.years_back(self.tree)

    @cached_property
    def earlier(self) -> tuple[tuple[str, int], ...]:
        """Code and years back of every amount that the formula takes from an earlier year."""
        return tuple(dict.fromkeys(nodes.earlier(self.tree)))

    def evaluate(self, lookup: Lookup, days: int, past: Past = NO_PAST) -> Fraction | None:
        """Exact value in base units.

        :param lookup: code → amount in base units, already summed over companies, towns and months.
        :param days: calendar days of the period, read by ``days()``.
        :param past: asked by ``ago()`` and ``cagr()``.
        :returns: ``None`` when an input is ``None`` or something is divided by zero.
        """
        return nodes.evaluate(self.tree, lookup, days, past)

    def describe(self, names: Mapping[str, str]) -> str:
        """The formula in Chinese, with names for codes and + − × ÷."""
        return nodes.describe(self.tree, names)


def parse_formula(text: str) -> Formula:
    """Text → Formula; raises :class:`FormulaError` (a ``ValueError``) that names the position."""
    if len(text) > MAX_LENGTH:
        raise FormulaError(f"公式超过 {MAX_LENGTH} 个字符", text[:20] + "…", MAX_LENGTH + 1)
    return Formula(text, _Parser(text).whole())


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    position: int

    @property
    def said(self) -> str:
        return f"“{self.text}”" if self.text else "公式结尾"


_AS_WRITTEN = str.maketrans("÷×－−＋（），．", "/*--+(),.")
"""Signs as people write and as the program shows them, each in the place of the plain one."""


def _tokens(text: str) -> list[_Token]:
    text = text.translate(_AS_WRITTEN)
    found: list[_Token] = []
    at = 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise FormulaError(f"看不懂“{text[at]}”；只用指标代码、数字和 + - * / ( )", text, at + 1)
        found.append(_Token(match.lastgroup, match[match.lastgroup], match.start(match.lastgroup) + 1))
        at = match.end()
    found.append(_Token("end", "", end + 1))
    return found


_OF_A_CODE: Mapping[str, tuple[Callable[[str, int], Node], str, int]] = {
    "ago": (Ago, "年数", MAX_YEARS),
    "cagr": (AverageGrowth, "年数", MAX_YEARS),
    "cr": (Concentration, "品牌个数", MAX_BRANDS),
}


class _Parser:
    """Recursive descent over the tokens of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        if self._next.kind == "end":
            raise self._error("公式是空的")
        tree = self._sum()
        if self._next.kind != "end":
            raise self._error(f"{self._next.said}多余，或者前面缺少运算符")
        return tree

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        token = self._next
        self._at += 1
        return token

    def _error(self, reason: str) -> FormulaError:
        return FormulaError(reason, self._text, self._next.position)

    def _sum(self) -> Node:
        left = self._term()
        while self._next.text in {"+", "-"}:
            sign = self._take().text
            left = Binary(sign, left, self._term())
        return left

    def _term(self) -> Node:
        left = self._factor()
        while self._next.text in {"*", "/"}:
            sign = self._take().text
            left = Binary(sign, left, self._factor())
        return left

    def _factor(self) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._error(f"括号或负号超过 {MAX_DEPTH} 层")
        node = self._atom()
        self._depth -= 1
        return node

    def _atom(self) -> Node:
        token = self._next
        if token.text == "-":
            self._take()
            return Negative(self._factor())
        if token.text == "(":
            self._take()
            inner = self._sum()
            self._close()
            return inner
        match token.kind:
            case "number":
                self._take()
                return Number(Fraction(token.text), token.text)
            case "code":
                self._take()
                return Code(token.text)
            case "function":
                return self._function()
            case _:
                raise self._error(f"此处应为指标代码、数字或括号，却是{token.said}")

    def _function(self) -> Node:
        name = self._next.text
        if name not in {"days", "min", "max", "ago", "cagr", "cr"}:
            raise self._error(f"没有函数“{name}”；可用 days()、min()、max()、ago()、cagr()、cr()")
        self._take()
        if self._next.text != "(":
            raise self._error(f"函数 {name} 后面应为“(”")
        self._take()
        if name == "days":
            self._close()
            return Days()
        if name in _OF_A_CODE:
            return self._of_a_code(name)
        terms = [self._sum()]
        while self._next.text == ",":
            self._take()
            terms.append(self._sum())
        self._close()
        return Extreme(name, tuple(terms))

    def _of_a_code(self, name: str) -> Node:
        """A function of a code and a number: years back, or how many brands."""
        make, word, most = _OF_A_CODE[name]
        if self._next.kind != "code":
            raise self._error(f"{name}() 里先写指标代码，却是{self._next.said}")
        code = self._take().text
        if self._next.text != ",":
            raise self._error(f"指标代码后面应为“,”和{word}，却是{self._next.said}")
        self._take()
        number = self._next.text
        if not number.isdigit() or not 1 <= int(number) <= most:
            raise self._error(f"{word}应为 1 到 {most} 的整数，却是{self._next.said}")
        self._take()
        self._close()
        return make(code, int(number))

    def _close(self) -> None:
        if self._next.text != ")":
            raise self._error(f"此处应为“)”，却是{self._next.said}")
        self._take()
