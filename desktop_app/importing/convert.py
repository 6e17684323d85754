"""Text cell → amount or state. Nothing is coerced in silence: every change of form is told with the amount."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from desktop_app.catalogue.lookup import find_unit
from desktop_app.catalogue.model import Unit
from desktop_app.importing.numerals import read_numeral
from desktop_app.models.values import SCALE, CellState, round_half_away

STATES: dict[str, CellState] = {
    "": CellState.MISSING,
    "未报": CellState.MISSING,
    "未报送": CellState.MISSING,
    "未上报": CellState.MISSING,
    "未填": CellState.MISSING,
    "未填报": CellState.MISSING,
    "未统计": CellState.MISSING,
    "未提供": CellState.MISSING,
    "无数据": CellState.MISSING,
    "数据不详": CellState.MISSING,
    "待核实": CellState.MISSING,
    "待定": CellState.MISSING,
    "空": CellState.MISSING,
    "缺报": CellState.MISSING,
    "漏报": CellState.MISSING,
    "待报": CellState.MISSING,
    "暂缺": CellState.MISSING,
    "暂无": CellState.MISSING,
    "暂无数据": CellState.MISSING,
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
    "//": CellState.NOT_APPLICABLE,
    "n/a": CellState.NOT_APPLICABLE,
    "na": CellState.NOT_APPLICABLE,
    "n.a.": CellState.NOT_APPLICABLE,
    "无此业务": CellState.NOT_APPLICABLE,
    "无此项": CellState.NOT_APPLICABLE,
    "×": CellState.NOT_APPLICABLE,
    "退回": CellState.RETURNED,
    "已退回": CellState.RETURNED,
    "退回重报": CellState.RETURNED,
}
"""Words that stand instead of a number (— and … as usual in Chinese tables: 不适用, 数据不详). 0 is a value."""

_DASHES = str.maketrans(dict.fromkeys("—–−‐‑―－﹣ー─━", "-"))
_AMOUNT = re.compile(
    r"(?P<sign>[-+]?)(?P<money>[¥￥]?)(?P<number>[\d,. ']*\d[\d,. ']*?)(?P<exp>[eE][-+]?\d{1,3})?"
    r"(?P<scale>(?:[十千]|百(?!分点))?[万亿]?亿?)(?P<unit>[^\d\s,.-]*)(?P<tail>-?)"
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
_MARKED = re.compile(
    r"(?P<body>.*[\d%％）)万亿件元个票])\s*(?P<mark>[*＊※#＃†‡]{1,2}|[①-⑳]|[(（\[［【]?注\s*\d{0,2}[)）\]］】]?|[\[［]\d{1,2}[\]］])"
)
"""A figure and the mark of a footnote behind it."""
_DIRECTION = re.compile(
    r"(?:同比|环比)?(?P<word>下降|减少|降低|回落|增长|增加|上升|提高|负(?=[\d.])|[↓↑▼])(?:了)?(?P<rest>[\d.,]+\s*(?:%|‰|个?百分点|[万亿]?[件元票个]?))"
)
_DOWN = {"下降", "减少", "降低", "回落", "负", "↓", "▼"}
_COMMA = re.compile(r"[-+]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d{1,3}\s*%?")
_ABOUT = ("约", "近", "余", "左右", "大概", "上下", "多")
MAX_FIXED = 9 * 10**18
"""Largest amount that a 64-bit column holds."""


@dataclass(frozen=True)
class Amount:
    """A cell understood: a value in the unit as written, or a state; ``problem`` when it is neither.

    ``number`` is exact, scale words (万, 亿) multiplied in; ``unit`` the unit word behind it, if any; ``step`` one unit
    of its last written digit, so that the tolerance of sums can be derived; ``change`` says in Chinese how the
    text was read when that is not plain, ``read_as`` and ``why`` say the same in two parts. ``lost``: the cell was
    written with fewer digits than the number has (科学计数法).
    """

    state: CellState
    number: Decimal | None = None
    unit: str = ""
    step: Decimal = Decimal(1)
    change: str = ""
    problem: str = ""
    read_as: str = ""
    why: str = ""
    lost: bool = False
    mark: str = ""
    """A footnote's mark behind the number (*, ①, 注1)."""


@lru_cache(maxsize=65536)
def read_amount(text: str) -> Amount:
    """``１,234.5``, ``3.2万件``, ``（12）``, ``96.4%``, ``未报``, ``—`` … → Amount. Never raises."""
    if text.isascii() and text.isdigit():
        return Amount(CellState.VALUE, Decimal(text))
    if (marked := _marked(text.strip())) is not None:
        return marked
    if any(unicodedata.category(char) == "No" for char in text):
        # 5² would become 52.
        return Amount(CellState.MISSING, problem=f"“{text.strip()}”里有注码或上标，不能当数读")
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
    folded = plain.lower()
    state = STATES.get(folded if folded in STATES else "".join(folded.split()))
    if state is None and re.fullmatch(r"[-]+|[.·]+|[*]+", folded):
        state = CellState.NOT_APPLICABLE if folded[0] == "-" else CellState.MISSING
    if state is not None:
        if text.strip() in {"", state.label}:
            return Amount(state)
        return Amount(state, change=f"“{text.strip()}”按{state.label}读", read_as=state.label, why="代替数字的词")
    amount = _number(text.strip(), plain)
    return (_directed(text.strip(), plain) or _worded(text.strip(), plain) or amount) if amount.problem else amount


def _marked(text: str) -> Amount | None:
    """A number with the mark of a footnote behind it: 1234*, 1234①, 1234（注1）."""
    match = _MARKED.fullmatch(text)
    inner = read_amount(match["body"]) if match else None
    if match is None or inner is None or inner.number is None:
        return None
    why = "，".join(part for part in (inner.why, f"数后的“{match['mark']}”是注码") if part)
    return tell(replace(inner, mark=match["mark"]), text, why)


def _directed(original: str, plain: str) -> Amount | None:
    """A direction or a minus in words: 下降5.2%, ↓3.1, 负12. None when there is none."""
    match = _DIRECTION.fullmatch(plain)
    inner = read_amount(match["rest"]) if match else None
    if match is None or inner is None or inner.number is None or inner.number < 0:
        return None
    number = -inner.number if match["word"] in _DOWN else inner.number
    return tell(replace(inner, number=number), original, "正负写成了文字")


def _worded(original: str, plain: str) -> Amount | None:
    """Numbers in words: 一千二百件, 壹仟元整, 3万5千. None when it is something else."""
    body = plain.removeprefix("负")
    numeral = read_numeral(body)
    if numeral is None or (numeral.unit and find_unit(numeral.unit) is None):
        return None
    if numeral.number is None:
        return Amount(CellState.MISSING, problem=f"“{original}”说不清是多少，请用阿拉伯数字写全")
    number = -numeral.number if body != plain else numeral.number
    return tell(Amount(CellState.VALUE, number, numeral.unit, numeral.step), original, "中文数字")


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
    amount = Amount(CellState.VALUE, number, unit, step * factor, lost=bool(match["exp"]) and step > 1)
    return tell(amount, original, _why(original, match, factor, bracketed=negative))


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


def _why(original: str, match: re.Match[str], factor: int, *, bracketed: bool) -> str:
    """What is unusual about the writing; empty when nothing is."""
    if bracketed or match["tail"] == "-":
        return "括号表示负数" if bracketed else "负号写在数后"
    if match["exp"]:
        return "科学计数法"
    if factor != 1:
        return f"数后带“{match['scale']}”"
    if original[0] in "'`":
        return "以文本存的数字"
    if not original.isascii():
        return "" if original[1:].isascii() and original[0] in "¥￥" else _odd_letters(original)
    groups = original.lstrip("+-").partition(".")[0].split(",")
    return "" if all(len(group) == 3 for group in groups[1:]) else "分节不是三位一节"


def _odd_letters(original: str) -> str:
    return "全角字符" if any(unicodedata.normalize("NFKC", c) != c for c in original) else "数后带单位"


def tell(amount: Amount, original: str, why: str) -> Amount:
    """The amount with how its text was read; as it is when there is nothing to say."""
    if not why or amount.number is None:
        return amount
    shown = f"{amount.number:f}{amount.unit}"
    return replace(amount, change=f"“{original}”按 {shown} 读", read_as=shown, why=why)


def _problem(original: str) -> Amount:
    plain = unicodedata.normalize("NFKC", original)
    words = f"“{original}”不是数字"
    if any(word in plain for word in _ABOUT) and re.search(r"[\d一二三四五六七八九十百千万]", plain):
        words = f"“{original}”是约数，不是数字"
    elif re.fullmatch(r"[\d,.oOlI]+", plain) and re.search(r"\d", plain) and re.search(r"[oOlI]", plain):
        words = f"“{original}”不是数字，里面的字母像是 0 或 1"
    elif _COMMA.fullmatch(plain):
        shown = plain.replace(".", "").replace(",", ".")
        words = f"“{original}”里的逗号像是小数点（欧洲写法），是的话应写成 {shown}"
    elif plain[:1] in {"▲", "△"} and re.search(r"\d", plain):
        words = f"“{original}”说不清是增是减（{plain[0]}有时表示负数），请写成正数或负数"
    elif plain in {"同上", "〃", '"', "''"}:
        words = f"“{original}”不是数字，请把数写出来"
    return Amount(CellState.MISSING, problem=words)


def to_stored(number: Decimal, unit: Unit) -> tuple[int, bool]:
    """Amount in ``unit`` → fixed-point base units, and whether that is exact (at most four decimals)."""
    exact = Fraction(number) * Fraction(unit.factor) * SCALE
    return round_half_away(exact), exact.denominator == 1
