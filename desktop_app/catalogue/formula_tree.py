"""A parsed formula looked at from outside: its tree line by line, and whether the units of its inputs fit together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from desktop_app.catalogue.formula import Formula
from desktop_app.catalogue.model import Indicator, Unit
from desktop_app.catalogue.nodes import (
    Ago,
    AverageGrowth,
    Binary,
    Code,
    Concentration,
    Days,
    Extreme,
    Negative,
    Node,
    Number,
    describe,
)

_WORDS = {"+": "相加", "-": "相减", "*": "相乘", "/": "相除"}
_EXTREMES = {"min": "取其中最小的", "max": "取其中最大的"}
_PURE = {"%": 100, "百分点": 100, "倍": 1, "指数": 1, "是/否": 1}
"""Units without a dimension, and what stands for one whole in them."""
_MULTIPLE = re.compile(r"^([十百千万亿]+)(.+)$")
_DIGITS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_DAY = "天"
_LEAST_SLIP = 10
_COUNTERS = frozenset("个处家组项辆架起次座场所条份笔点位名") | {"家次", "条航线"}
"""Counters: 网点 in 个 and 机构 in 处 may well be counted together."""


def outline(node: Node, names: Mapping[str, str], depth: int = 0) -> Iterator[tuple[int, str]]:
    """The tree from the top down: (depth, words), leaves with names for codes."""
    match node:
        case Binary(sign, left, right):
            yield depth, _WORDS[sign]
            yield from outline(left, names, depth + 1)
            yield from outline(right, names, depth + 1)
        case Negative(operand):
            yield depth, "取负"
            yield from outline(operand, names, depth + 1)
        case Extreme(name, terms):
            yield depth, _EXTREMES[name]
            for term in terms:
                yield from outline(term, names, depth + 1)
        case _:
            yield depth, describe(node, names)


@dataclass(frozen=True)
class _Measure:
    """What a part of a formula is measured in; ``scale``: what stands for one, None = cannot be told.

    ``any`` is a bare number, which fits beside everything.
    """

    dimensions: Mapping[str, int]
    scale: Fraction | None = Fraction(1)
    any: bool = False

    def times(self, other: _Measure, power: int) -> _Measure:
        """Multiplied (1) or divided (−1)."""
        found = dict(self.dimensions)
        for name, count in other.dimensions.items():
            found[name] = found.get(name, 0) + power * count
        scale = None
        if self.scale is not None and other.scale:
            scale = self.scale * other.scale**power
        return _Measure({n: c for n, c in found.items() if c}, scale, self.any and other.any)

    def words(self) -> str:
        """件, 元/件, 无单位的数."""
        over = "·".join(name for name, count in self.dimensions.items() for _ in range(count))
        under = "·".join(name for name, count in self.dimensions.items() for _ in range(-count))
        if not over and not under:
            return "没有单位的数"
        return f"{over or '1'}/{under}" if under else over


def unit_doubts(
    formula: Formula, base_unit: str, indicators: Mapping[str, Indicator], units: Mapping[str, Unit]
) -> tuple[str, ...]:
    """Where units do not fit, in words: 件 + 人, a result in 元/件 for an indicator in %, a forgotten × 100.

    Inputs that are not in ``indicators`` fit everywhere; they are told elsewhere.
    """
    check = _UnitCheck(indicators, units)
    result, wanted = check.measure(formula.tree), measure_of(base_unit, units)
    doubts = [words for words, grave in check.found if not grave]
    if not result.any and result.dimensions != wanted.dimensions:
        doubts.append(f"公式算出来的单位是{result.words()}，指标的单位是{base_unit}，对不上")
    elif not result.any and result.scale and wanted.scale:
        doubts += _slip(result.scale, wanted.scale, base_unit)
    return tuple(dict.fromkeys(doubts))


def unit_clashes(formula: Formula, indicators: Mapping[str, Indicator], units: Mapping[str, Unit]) -> tuple[str, ...]:
    """What cannot be added or compared, in words: 件 + 元. Different counters (个、处、家) are a doubt only."""
    check = _UnitCheck(indicators, units)
    check.measure(formula.tree)
    return tuple(dict.fromkeys(words for words, grave in check.found if grave))


class _UnitCheck:
    """Measures a tree from the leaves up and remembers what did not fit."""

    def __init__(self, indicators: Mapping[str, Indicator], units: Mapping[str, Unit]) -> None:
        self.found: list[tuple[str, bool]] = []
        """What does not fit, in words, and whether it is beyond doubt."""
        self._indicators = indicators
        self._units = units
        self._names = {code: entry.name for code, entry in indicators.items()}

    def measure(self, node: Node) -> _Measure:
        """What a node is measured in."""
        match node:
            case Binary(sign, left, right):
                return self._both(sign, left, right)
            case Extreme(_, terms):
                return self._together(terms, "比大小")
            case Negative(operand):
                return self.measure(operand)
            case _:
                return self._leaf(node)

    def _leaf(self, node: Node) -> _Measure:
        match node:
            case Number(value):
                return _Measure({}, value, any=True)
            case Days():
                return _Measure({_DAY: 1})
            case Code(code) | Ago(code) if code in self._indicators:
                return measure_of(self._indicators[code].base_unit, self._units)
            case AverageGrowth() | Concentration():
                return _Measure({}, Fraction(100))
            case _:
                return _Measure({}, None, any=True)

    def _both(self, sign: str, left: Node, right: Node) -> _Measure:
        if sign in "*/":
            return self.measure(left).times(self.measure(right), 1 if sign == "*" else -1)
        return self._together((left, right), "相加" if sign == "+" else "相减")

    def _together(self, nodes: Sequence[Node], word: str) -> _Measure:
        """Terms that have to be of one kind."""
        sure = [(node, found) for node in nodes if not (found := self.measure(node)).any]
        if not sure:
            return _Measure({}, None, any=True)
        first_node, first = sure[0]
        for node, found in sure[1:]:
            if found.dimensions != first.dimensions:
                words = (
                    f"“{describe(first_node, self._names)}”的单位是{first.words()}，"
                    f"“{describe(node, self._names)}”的是{found.words()}，不能{word}"
                )
                counted = {*first.dimensions, *found.dimensions} <= _COUNTERS
                self.found.append((words, not counted))
        same = all(found.scale == first.scale for _, found in sure)
        return _Measure(first.dimensions, first.scale if same else None)


def _slip(found: Fraction, wanted: Fraction, base_unit: str) -> list[str]:
    """A factor of 10 or more between what is computed and what the unit says."""
    factor = wanted / found
    if factor >= _LEAST_SLIP:
        return [f"指标的单位是{base_unit}，公式似乎少了 × {_plain(factor)}（公式按基本单位算，不按万件、万元算）"]
    if factor <= Fraction(1, _LEAST_SLIP):
        return [f"指标的单位是{base_unit}，公式似乎少了 ÷ {_plain(1 / factor)}（公式按基本单位算，不按万件、万元算）"]
    return []


def _plain(factor: Fraction) -> str:
    return str(factor) if factor.denominator == 1 else f"{float(factor):g}"


def measure_of(base_unit: str, units: Mapping[str, Unit]) -> _Measure:
    """What a base unit measures: 元/件 → 元 over 件; 个/万人 → 个 over 人, with 10 000 for one."""
    if base_unit in _PURE:
        return _Measure({}, Fraction(_PURE[base_unit]))
    over, _, under = base_unit.partition("/")
    if not under:
        return _Measure({base_unit: 1})
    below, factor = _below(under, units)
    return _Measure({over: 1}).times(_Measure({below: 1}, 1 / factor), -1)


def _below(text: str, units: Mapping[str, Unit]) -> tuple[str, Fraction]:
    """The unit below a stroke and its size: 百万件 → 件, 1 000 000; 百km² → 平方公里, 100; 日 → 天, 1."""
    if text == "日":
        return _DAY, Fraction(1)
    for unit in units.values():
        if text == unit.name or text in unit.aliases:
            return unit.base, Fraction(unit.factor)
    multiple = _MULTIPLE.match(text)
    if multiple is None:
        return text, Fraction(1)
    base, factor = _below(multiple[2], units)
    for digit in multiple[1]:
        factor *= _DIGITS[digit]
    return base, factor
