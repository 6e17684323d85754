"""Text cell → amount or state. Nothing is coerced in silence: every change of form is told with the amount."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from desktop_app.catalogue.lookup import find_unit
from desktop_app.catalogue.model import Unit
from desktop_app.models.values import SCALE, CellState, round_half_away

STATES: dict[str, CellState] = {
    "": CellState.MISSING,
    "未报": CellState.MISSING,
    "未报送": CellState.MISSING,
    "未上报": CellState.MISSING,
    "缺报": CellState.MISSING,
    "漏报": CellState.MISSING,
    "待报": CellState.MISSING,
    "暂缺": CellState.MISSING,
    "不详": CellState.MISSING,
    "缺": CellState.MISSING,
    "…": CellState.MISSING,
    "……": CellState.MISSING,
    "...": CellState.MISSING,
    "......": CellState.MISSING,
    "null": CellState.MISSING,
    "nan": CellState.MISSING,
    "?": CellState.MISSING,
    "不适用": CellState.NOT_APPLICABLE,
    "无": CellState.NOT_APPLICABLE,
    "/": CellState.NOT_APPLICABLE,
    "\\": CellState.NOT_APPLICABLE,
    "-": CellState.NOT_APPLICABLE,
    "--": CellState.NOT_APPLICABLE,
    "n/a": CellState.NOT_APPLICABLE,
    "na": CellState.NOT_APPLICABLE,
    "×": CellState.NOT_APPLICABLE,
    "退回": CellState.RETURNED,
    "已退回": CellState.RETURNED,
    "退回重报": CellState.RETURNED,
}
"""Words that stand instead of a number (— and … as usual in Chinese tables: 不适用, 数据不详). 0 is a value."""

_DASHES = str.maketrans(dict.fromkeys("—–−‐‑―－﹣ー─━", "-"))
_AMOUNT = re.compile(
    r"(?P<sign>[-+]?)(?P<money>[¥￥$]?)(?P<number>[\d,. ']*\d[\d,. ']*?)(?P<exp>[eE][-+]?\d{1,3})?"
    r"(?P<scale>[十百千]?[万亿]?亿?)(?P<unit>[^\d\s,.-]*)(?P<tail>-?)"
)
_SCALES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
}
_SCALES |= {"十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}
MAX_FIXED = 9 * 10**18
"""Largest amount that a 64-bit column holds."""


@dataclass(frozen=True)
class Amount:
    """A cell understood: a value in the unit as written, or a state; ``problem`` when it is neither.

    ``number`` is exact, scale words (万, 亿) multiplied in; ``unit`` the unit word behind it, if any; ``step`` one unit
    of its last written digit, so that the tolerance of sums can be derived; ``change`` says in Chinese how the
    text was read when that is not plain.
    """

    state: CellState
    number: Decimal | None = None
    unit: str = ""
    step: Decimal = Decimal(1)
    change: str = ""
    problem: str = ""


@lru_cache(maxsize=65536)
def read_amount(text: str) -> Amount:
    """``１,234.5``, ``3.2万件``, ``（12）``, ``96.4%``, ``未报``, ``—`` … → Amount. Never raises."""
    if text.isascii() and text.isdigit():
        return Amount(CellState.VALUE, Decimal(text))
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
    folded = plain.lower()
    state = STATES.get(folded if folded in STATES else "".join(folded.split()))
    if state is None and re.fullmatch(r"[-]+|[.·]+|[*]+", folded):
        state = CellState.NOT_APPLICABLE if folded[0] == "-" else CellState.MISSING
    if state is not None:
        return Amount(state, change="" if text.strip() in {"", state.label} else f"“{text.strip()}”按{state.label}读")
    return _number(text.strip(), plain)


def _number(original: str, plain: str) -> Amount:
    # An apostrophe is how spreadsheets mark a number kept as text.
    body, negative = _sign(plain.removeprefix("'").removeprefix("`"))
    match = _AMOUNT.fullmatch(body)
    if match is None or match["scale"] not in _SCALES:
        return _problem(original)
    digits = _digits(match["number"])
    if digits is None or (match["exp"] and match["scale"]):
        return _problem(original)
    number = Decimal(digits + (match["exp"] or ""))
    decimals = len(digits.partition(".")[2])
    step = Decimal(1).scaleb(-decimals + int((match["exp"] or "e0")[1:]))
    factor = _SCALES[match["scale"]]
    minus = (match["sign"] == "-") + (match["tail"] == "-") + negative
    if minus > 1:
        return _problem(original)
    number = number * factor * (-1 if minus else 1)
    unit = match["unit"] or ("元" if match["money"] else "")
    if unit and find_unit(unit) is None:
        return _problem(original)
    amount = Amount(CellState.VALUE, number, unit, step * factor)
    return _tell(amount, original, usual=_usual_form(original, negative or match["tail"] == "-", match["exp"], factor))


def _sign(plain: str) -> tuple[str, bool]:
    """Brackets around the whole number are an accountant's minus."""
    if plain.startswith("(") and plain.endswith(")") and plain.count("(") == 1:
        return plain[1:-1].strip(), True
    return plain, False


def _digits(number: str) -> str | None:
    """Digits with separators → plain decimal text; None when the separators make no sense.

    Thousands (1,234) and the Indian-like slip 1,23,456 are accepted: all groups but the first have two or three
    digits and the last has three. ``1,5`` is not: it may be a decimal comma.
    """
    number = number.strip().replace("'", ",")
    whole, point, fraction = number.partition(".")
    if "." in fraction or "," in fraction or " " in fraction:
        return None
    if "," in whole or " " in whole:
        groups = re.split(r"[, ]", whole)
        if not 1 <= len(groups[0]) <= 3 or len(groups[-1]) != 3 or any(len(g) not in {2, 3} for g in groups[1:]):
            return None
        whole = "".join(groups)
    return (whole or "0") + (point + fraction if fraction else "")


def _usual_form(original: str, odd_minus: bool, exponent: str | None, factor: int) -> bool:  # noqa: FBT001
    if odd_minus or exponent or factor != 1 or not original.isascii() or original[0] in "'`":
        return False
    groups = original.lstrip("+-").partition(".")[0].split(",")
    return all(len(group) == 3 for group in groups[1:])


def _tell(amount: Amount, original: str, *, usual: bool) -> Amount:
    if usual or amount.number is None:
        return amount
    shown = format(amount.number, "f")
    return Amount(amount.state, amount.number, amount.unit, amount.step, f"“{original}”按 {shown}{amount.unit} 读")


def _problem(original: str) -> Amount:
    return Amount(CellState.MISSING, problem=f"“{original}”不是数字")


def to_stored(number: Decimal, unit: Unit) -> tuple[int, bool]:
    """Amount in ``unit`` → fixed-point base units, and whether that is exact (at most four decimals)."""
    exact = Fraction(number) * Fraction(unit.factor) * SCALE
    return round_half_away(exact), exact.denominator == 1
