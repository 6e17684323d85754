"""The one place that turns an exact amount into printed text: units, fixed decimals, signs, rounding once."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from desktop_app.catalogue.model import Display, Indicator
from desktop_app.models.values import YES_NO_UNIT, quantize

WHOLE_PCT = 100
"""No share is higher."""
DASH = "—"
"""Printed where a rate cannot be computed: the base is zero, missing or negative."""
MINUS = "−"
"""U+2212, as wide as the plus sign; pass ``minus="-"`` for texts that a machine reads."""

Exact = Decimal | Fraction | int


def display_for(indicator: Indicator, scale: str = "county") -> Display:
    """Unit and decimals at ``county`` or ``national`` scale; ``KeyError`` for any other word."""
    return indicator.display[scale]


def in_display_unit(indicator: Indicator, amount: Exact, scale: str = "county") -> Decimal:
    """Base units → the printed number, rounded once, half away from zero, with its fixed decimals."""
    display = display_for(indicator, scale)
    return quantize(Fraction(amount) / Fraction(display.unit.factor), display.decimals)


def format_amount(
    indicator: Indicator,
    amount: Exact,
    scale: str = "county",
    *,
    with_unit: bool = False,
    grouping: bool = False,
    minus: str = MINUS,
) -> str:
    """An amount in base units as printed: ``62.84``, ``62.84万件``; national ``833.6亿件``, ``65亿件``.

    National releases of 2019–2021 drop a zero decimal; the county's tables keep theirs so that columns align.

    :param grouping: thousands separators (``628,412``).
    """
    unit = display_for(indicator, scale).unit
    if unit.name == YES_NO_UNIT:
        return "是" if amount else "否"
    text = _text(in_display_unit(indicator, amount, scale), minus, drop_zeros=scale == "national", grouping=grouping)
    return text + unit.name if with_unit else text


def format_pct(
    value: Exact | None,
    decimals: int = 1,
    *,
    signed: bool = False,
    with_unit: bool = False,
    drop_zeros: bool = False,
    minus: str = MINUS,
) -> str:
    """A percentage (18.6 means 18.6 %): ``18.6``, signed ``+18.6`` / ``−5.9`` / ``0.0``; ``None`` → ``—``.

    :param drop_zeros: ``11%`` instead of ``11.0%``, as national releases of 2019–2021 print.
    """
    if value is None:
        return DASH
    text = _text(quantize(value, decimals), minus, signed=signed, drop_zeros=drop_zeros)
    return text + "%" if with_unit else text


def format_pp(value: Exact | None, decimals: int = 1, *, with_unit: bool = False, minus: str = MINUS) -> str:
    """A change in percentage points, signed: ``+1.8``, ``−2.8``, ``0.0``; ``None`` → ``—``.

    :param with_unit: adds 个百分点.
    """
    if value is None:
        return DASH
    text = _text(quantize(value, decimals), minus, signed=True)
    return text + "个百分点" if with_unit else text


def _text(
    number: Decimal, minus: str, *, signed: bool = False, drop_zeros: bool = False, grouping: bool = False
) -> str:
    text = format(abs(number), ",f" if grouping else "f")
    if drop_zeros and "." in text:
        text = text.rstrip("0").rstrip(".")
    if number < 0:
        return minus + text
    return "+" + text if signed and number > 0 else text
