"""Growth, change in points and shares as official statistics define them. Exact fractions in, exact fractions out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction

ROOT_DIGITS = 40
"""Digits of a root, which has no exact fraction: far more than any figure prints."""


def growth_pct(value: Fraction | None, base: Fraction | None) -> Fraction | None:
    """(本期−基期)/基期 × 100; None prints as “—”.

    None when either is missing, when the base is zero or negative, and when the value is negative: a decline cannot
    exceed 100 %.
    """
    if value is None or base is None or base <= 0 or value < 0:
        return None
    return (value - base) / base * 100


def implied_base(value: Fraction, growth: Fraction) -> Fraction | None:
    """The base that a value and its growth in % ask for (倒算的基数): 24亿件、+15 % → 20.87亿件; None below −100 %."""
    return None if growth <= -100 else value / (1 + growth / 100)


def change(value: Fraction | None, base: Fraction | None) -> Fraction | None:
    """Plain difference, for rates in percentage points and for scores."""
    return None if value is None or base is None else value - base


def share_pct(part: Fraction | None, whole: Fraction | None) -> Fraction | None:
    """Share of a part in a whole in %; None when the whole is zero, negative or missing."""
    if part is None or whole is None or whole <= 0:
        return None
    return part / whole * 100


def contribution_pp(part: Fraction | None, part_base: Fraction | None, whole_base: Fraction | None) -> Fraction | None:
    """拉动: points of the whole's growth that come from one part, Δpart / base of the whole × 100."""
    if part is None or part_base is None or whole_base is None or whole_base <= 0:
        return None
    return (part - part_base) / whole_base * 100


def contribution_pct(
    part: Fraction | None, part_base: Fraction | None, whole: Fraction | None, whole_base: Fraction | None
) -> Fraction | None:
    """贡献率 in %: share of one part in the whole's change, Δpart / Δwhole × 100.

    None where nothing changed, or where the whole has no growth (see :func:`growth_pct`).
    """
    if part is None or part_base is None or growth_pct(whole, whole_base) is None:
        return None
    moved = change(whole, whole_base)
    return (part - part_base) / moved * 100 if moved else None


def average_growth_pct(value: Fraction | None, base: Fraction | None, years: int) -> Fraction | None:
    """年均增速 in % over ``years`` years, the base year not counted: the geometric mean (水平法).

    So computed in the “十四五”邮政业发展规划 专栏1. None where :func:`growth_pct` is None or no year has passed.
    """
    growth = growth_pct(value, base)
    if growth is None or years < 1:
        return None
    ratio = 1 + growth / 100
    context = Context(prec=ROOT_DIGITS)
    root = context.power(
        context.divide(Decimal(ratio.numerator), Decimal(ratio.denominator)), context.divide(Decimal(1), Decimal(years))
    )
    return (Fraction(root) - 1) * 100


def concentration(rule: str, amounts: Sequence[Fraction]) -> Fraction:
    """Concentration of a market (集中度): ``CRn`` = share of the n largest × 100, ``HHI`` = Σ (share in %)².

    :param amounts: amount of every brand, in one unit, of which at least one is positive.
    """
    whole = sum(amounts, Fraction(0))
    if rule == "HHI":
        return sum(((amount / whole * 100) ** 2 for amount in amounts), Fraction(0))
    largest = sorted(amounts, reverse=True)[: int(rule.removeprefix("CR"))]
    return sum(largest, Fraction(0)) / whole * 100
