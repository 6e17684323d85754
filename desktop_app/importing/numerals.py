"""Chinese numerals (中文数字): 一千二百三十四, 壹仟贰佰元整, 三点五万, 3万5千. Loose speech (一万二) is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_FOLDED = str.maketrans(
    "〇○壹贰貳叁參肆伍陆陸柒捌玖两兩弌弍弎拾佰仟萬億点點圆圓",
    "零零一二二三三四五六六七八九二二一二三十百千万亿点点元元",
)
_SMALL = {"十": 10, "百": 100, "千": 1000}
_BIG = (("亿", 10**8), ("万", 10**4))
_LETTERS = "零一二三四五六七八九十百千万亿点"
_NUMERAL = re.compile(rf"(?P<body>[{_LETTERS}\d]*[{_LETTERS}][{_LETTERS}\d]*)(?P<unit>[^{_LETTERS}\d]*)")
_MONEY = re.compile(
    rf"(?P<yuan>[{_LETTERS}\d]+)元(?:整|正|(?:(?P<jiao>[零一二三四五六七八九])角)?(?:(?P<fen>[零一二三四五六七八九])分)?整?)"
)
_PERCENT = re.compile(rf"(?P<base>百|千)分之(?P<body>[{_LETTERS}\d]+)")
_TOKEN = re.compile(r"\d+|[零一二三四五六七八九十百千]")
_LONGEST = 40
"""Longer texts are no numerals: written in full, 九千九百九十九万亿… with 元角分 takes fewer letters."""


@dataclass(frozen=True)
class Numeral:
    """A numeral understood; ``problem`` (and no number) when it can mean two numbers."""

    number: Decimal | None
    unit: str = ""
    step: Decimal = Decimal(1)
    problem: str = ""


class _LooseError(Exception):
    """一万二: 12 000 in speech, 10 002 by the letter."""


@lru_cache(maxsize=4096)
def read_numeral(text: str) -> Numeral | None:
    """A numeral with the unit word behind it; None when the text is no numeral at all. Never raises."""
    if len(text) > 2 * _LONGEST:
        return None
    plain = "".join(text.split()).translate(_FOLDED).removeprefix("人民币").removeprefix(":")
    if len(plain) > _LONGEST:
        return None
    try:
        return _money(plain) or _percent(plain) or _counted(plain)
    except _LooseError:
        return Numeral(None, problem=f"“{text}”说不清是多少")


def _money(plain: str) -> Numeral | None:
    match = _MONEY.fullmatch(plain)
    if match is None:
        return None
    number = _number(match["yuan"])
    if number is None:
        return None
    cents = 10 * _DIGITS.get(match["jiao"] or "", 0) + _DIGITS.get(match["fen"] or "", 0)
    exact = Decimal("0.01") if match["jiao"] or match["fen"] else Decimal(1)
    return Numeral(number[0] + (Decimal(cents).scaleb(-2) if cents else 0), "元", exact)


def _percent(plain: str) -> Numeral | None:
    match = _PERCENT.fullmatch(plain)
    number = _number(match["body"]) if match else None
    if match is None or number is None:
        return None
    return Numeral(number[0], "%" if match["base"] == "百" else "‰", number[1])


def _counted(plain: str) -> Numeral | None:
    match = _NUMERAL.fullmatch(plain)
    number = _number(match["body"]) if match else None
    return Numeral(number[0], match["unit"], number[1]) if match and number else None


def _number(body: str) -> tuple[Decimal, Decimal] | None:
    """Number and one unit of its last written digit."""
    whole, point, fraction = body.partition("点")
    if not point:
        exact = _whole(body)
        return None if exact is None else (Decimal(exact), Decimal(1))
    scale = 1
    for word, size in _BIG:
        if fraction.endswith(word):
            fraction, scale = fraction[:-1], size
    digits = "".join(str(_DIGITS.get(char, char)) for char in fraction)
    before = _whole(whole)
    if before is None or not digits.isascii() or not digits.isdigit():
        return None
    step = Decimal(1).scaleb(-len(digits))
    return (before + int(digits) * step) * scale, step * scale


def _whole(body: str) -> int | None:
    """A whole number; digit by digit when no 十百千万亿 stands in it."""
    if not body:
        return None
    if all(char in _DIGITS for char in body):
        if len(body) > 1 and body[0] == "零":
            return None
        return int("".join(str(_DIGITS[char]) for char in body))
    return _sections(body, 10**16)


def _sections(body: str, below: int) -> int | None:
    """…亿…万…: every section is read below its size; ``below`` bounds the whole."""
    for word, size in _BIG:
        left, found, right = body.rpartition(word)
        if not found:
            continue
        high = _sections(left, below // size)
        if high is None:
            return None
        low = _tail(right, size)
        return None if low is None else high * size + low
    return _small(body, below)


def _tail(body: str, size: int) -> int | None:
    """What stands behind 万 or 亿: nothing, a number with its own scale, one behind 零, or all digits written."""
    if not body:
        return 0
    if body.isdigit() and body.isascii() and len(body) != len(str(size)) - 1:
        raise _LooseError
    if len(body) == 1 and body in _DIGITS:
        raise _LooseError
    low = _sections(body, size)
    return low if low is not None and low < size else None


def _small(body: str, below: int) -> int | None:
    """Up to 9999 by 千百十; scales must fall."""
    tokens: list[str] = _TOKEN.findall(body)
    if "".join(tokens) != body:
        return None
    total, last, held, zero = 0, below, None, False
    for word in tokens:
        if word in _SMALL:
            size = _SMALL[word]
            if size >= last or (held is None and (total or word != "十")):
                return None
            total += (1 if held is None else held) * size
            last, held, zero = size, None, False
        elif held is not None:
            return None
        elif word == "零":
            zero = True
        else:
            held = _DIGITS[word] if word in _DIGITS else int(word)
            if held >= last:
                return None
    if held is None:
        return total if total or zero else None
    if total and last > 10 and not zero and len(str(held)) != len(str(last)) - 1:
        raise _LooseError
    return total + held
