"""Figures in a sentence of a plan: 百分之十五, 八百万件, 1亿2000万件, 1.8万亿元, 翻一番 → a number with its unit.

Every figure that stands in a text is found, so that one that nobody has used can be said back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from desktop_app.catalogue.lookup import find_unit
from desktop_app.catalogue.model import Indicator
from desktop_app.importing.numerals import read_numeral

_WIDE = str.maketrans("０１２３４５６７８９％．＞＜", "0123456789%.><")
_CHINESE = "零〇一二两三四五六七八九十百千"
_UNITS = (
    "件/十万件|件/百万件|人次|家次|场次|个百分点|百分点|平方公里|平方米|公里|小时|条航线|‰|‱|%|件|元|人|名|个|处|家|起|"
    "组|村|分|项|天|位|辆|架|台|套|次|倍|米|份|笔|番"
)
_SCALES = {"": 1, "万": 10**4, "亿": 10**8}
_WRITTEN = {"百": (100, ""), "千": (1000, ""), "百万": (100, "万"), "千万": (1000, "万"), "万亿": (10**4, "亿")}
"""Scales that no unit of ours has: how many of which one they are."""
_OF = {"百": "%", "千": "‰", "万": "‱", "十万": "件/十万件", "百万": "件/百万件"}
_FRACTION = re.compile(rf"(?P<base>百万|十万|百|千|万)分之(?P<body>[{_CHINESE}点]+|\d+(?:\.\d+)?)")
_SPOKEN = re.compile(
    rf"(?<![/{_CHINESE}])(?P<body>[{_CHINESE}]+(?:点[{_CHINESE}]+)?(?:[万亿][{_CHINESE}]*)*)(?=[多余来]?(?:{_UNITS}))"
)
_MIXED = re.compile(r"(?P<high>\d+(?:\.\d+)?)亿(?P<low>\d+(?:\.\d+)?)万")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_FIGURE = re.compile(
    rf"(?P<sign>[-−+]?)(?P<number>\d+(?:\.\d+)?)\s*(?P<about>[多余来])?(?P<scale>万亿|百万|千万|亿|万|千|百)?"
    rf"(?P<about2>[多余])?(?P<unit>{_UNITS})"
)
_EACH = frozenset({"件", "日", "人"})
"""单件收入9元, 日均1万件: what the name says of each the figure leaves out."""
_DOUBLED = re.compile(r"翻(?P<times>[一两二三四]?)番")
_SPEECH = ("次", "分", "天", "位")
"""不再二次包装, 十分重要: after one numeral these are speech, no units."""
_TIMES = {"": 1, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4}
_RANK = re.compile(r"前([一二三四五六七八九十])(?:名|位)?(?![\d一二三四五六七八九十年季月])")
_YEAR = re.compile(r"[二两]([零〇][零〇一二三四五六七八九]{2})(?=年)")
_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")
_MINUS = {"-", "−"}


@dataclass(frozen=True)
class FoundFigure:
    """A number with its unit as written (``万件``); ``start`` and ``end`` are its place in the text."""

    number: Decimal
    scale: str
    unit: str
    start: int
    end: int
    about: bool = False

    @property
    def plain(self) -> Decimal:
        """The number in the unit without 万 and 亿."""
        return self.number * _SCALES[self.scale]


def plain_numbers(text: str) -> str:
    """The text with every number in Arabic digits and one scale: 百分之十五 → 15%, 翻两番 → 累计增长300%."""
    text = _THOUSANDS.sub("", text.translate(_WIDE))
    text = _YEAR.sub(lambda match: "2" + match[1].translate(_DIGITS), text)
    text = _FRACTION.sub(_fraction, text)
    text = _DOUBLED.sub(lambda match: f"累计增长{100 * (2 ** _TIMES[match['times']] - 1)}%", text)
    text = _RANK.sub(lambda match: f"前{_number(match[1])}位", text)
    text = _SPOKEN.sub(_spoken, text)
    return _MIXED.sub(lambda match: f"{Decimal(match['high']) * 10000 + Decimal(match['low']):f}万", text)


def _fraction(match: re.Match[str]) -> str:
    number = _number(match["body"])
    return match[0] if number is None else f"{number:f}{_OF[match['base']]}"


def _spoken(match: re.Match[str]) -> str:
    if len(match["body"]) == 1 and match.string.startswith(_SPEECH, match.end()):
        return match[0]
    number = _number(match["body"])
    if number is None:
        return match[0]
    for word in ("亿", "万"):
        scaled = number / _SCALES[word]
        if number >= _SCALES[word] and scaled == scaled.quantize(Decimal("0.0001")) and word in match["body"]:
            return f"{scaled.normalize():f}{word}"
    return f"{number:f}"


def _number(body: str) -> Decimal | None:
    if re.fullmatch(r"\d+(?:\.\d+)?", body):
        return Decimal(body)
    read = read_numeral(body)
    return None if read is None or read.unit else read.number


def figures(text: str) -> Iterator[FoundFigure]:
    """The figures of a text that went through :func:`plain_numbers`, in its order."""
    for match in _FIGURE.finditer(text):
        times, scale = _WRITTEN.get(match["scale"] or "", (1, match["scale"] or ""))
        number = (
            Decimal(f"{(Decimal(match['number']) * times).normalize():f}") if times != 1 else Decimal(match["number"])
        )
        yield FoundFigure(
            -number if match["sign"] in _MINUS else number,
            scale,
            match["unit"],
            match.start(),
            match.end(),
            bool(match["about"] or match["about2"]),
        )


def in_unit_of(indicator: Indicator, figure: FoundFigure) -> tuple[Decimal, str, str]:
    """Number and unit as they are registered for an indicator, and what is to be said of them.

    新增就业岗位500个 → 500 人; 3.2万名 → 32000 人. 40% of what is counted in 件 does not fit: the unit is empty then.
    """
    for number, name in ((figure.number, figure.scale + figure.unit), (figure.plain, figure.unit)):
        unit = find_unit(name)
        if unit is not None and unit.base == indicator.base_unit:
            return number, unit.name, ""
    if indicator.base_unit == "%" and figure.unit in {"个百分点", "百分点"}:
        return figure.number, "%", ""
    counted = {"项": {"个"}, "人": {"个", "名", "位"}, "人次": {"次", "人", "名"}, "个": {"台", "套"}, "家次": {"次"}}
    if figure.unit in counted.get(indicator.base_unit, set()):
        note = f"句中单位是{figure.unit}，按{indicator.base_unit}登记" if figure.unit != "名" else ""
        scaled = find_unit(figure.scale + indicator.base_unit)
        if scaled is not None and scaled.base == indicator.base_unit:
            return figure.number, scaled.name, note
        return figure.plain, indicator.base_unit, note
    counted_unit, _, each = indicator.base_unit.partition("/")
    per = find_unit(f"{figure.scale}{figure.unit}/{each}") if each in _EACH and figure.unit == counted_unit else None
    if per is not None and per.base == indicator.base_unit:
        return figure.number, per.name, f"句中单位是{figure.scale}{figure.unit}，按{per.name}登记"
    return figure.number, "", f"{indicator.name}的单位是{indicator.base_unit}，句中是{figure.scale}{figure.unit}"
