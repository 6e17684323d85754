"""Rates that companies give without numerator and denominator (◇): shown, never in the county's ratio of sums."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop_app.catalogue.format import format_pct
from desktop_app.indicators.amount import Amount
from desktop_app.models.values import SCALE, CellState, Period, Span

if TYPE_CHECKING:
    from desktop_app.catalogue.model import Indicator
    from desktop_app.indicators.amounts import Calculator
    from desktop_app.indicators.facts import Member


def reported_rate(calculator: Calculator, indicator: Indicator, period: Period, member: Member) -> Amount | None:
    """A month's rate that the company gave without its numerator and denominator; None when it did not.

    Of a longer period there is none: the rate of one month says nothing about the others.
    """
    if len(period.months) > 1:
        return None
    fact = calculator.facts.get(indicator.code, period.last, Span.MONTH, member.id)
    if fact is None or fact.value is None:
        return None
    return Amount(Fraction(fact.value, SCALE), CellState.VALUE)


def handed_down(calculator: Calculator, indicator: Indicator | None, period: Period, shown: Amount) -> str:
    """The month's rate of the county as it was handed down, “上级下发 65%”; empty without one.

    Where the companies gave nothing to compute from, the county's figure is the one handed down, and that is said.
    """
    if indicator is None or not indicator.green_rate or len(period.months) > 1:
        return ""
    told = calculator.handed_down(indicator.code, period)
    if told.value is None:
        return ""
    if any(key.indicator == indicator.code for key in shown.keys):
        return "上级下发，企业没有报分子、分母"
    return f"上级下发 {format_pct(told.value, with_unit=True, drop_zeros=True)}"


def company_rate(calculator: Calculator, indicator: Indicator, period: Period, member: Member) -> tuple[Amount, bool]:
    """A company's rate, and whether it is one that it gave alone."""
    amount = calculator.amount(indicator.code, period, frozenset({member.id}))
    alone = None if amount.value is not None else reported_rate(calculator, indicator, period, member)
    return (amount, False) if alone is None else (alone, True)


def rate_only_names(calculator: Calculator, indicator: Indicator, period: Period) -> tuple[str, ...]:
    """Companies that gave this rate alone, in the register's order; in a longer period, in any of its months."""
    months = [Period.of_month(month) for month in period.months]
    members = calculator.facts.active_members(period.months)
    return tuple(m.name for m in members if any(company_rate(calculator, indicator, each, m)[1] for each in months))


def place_of(own: Amount, given: Sequence[tuple[Amount, bool]]) -> str:
    """“3/10”: how many are better, plus one, of those that gave both halves; empty without a figure.

    :param given: every company's rate, and whether it gave it alone.
    """
    if own.value is None:
        return ""
    known = [amount.value for amount, alone in given if amount.value is not None and not alone]
    return f"{1 + sum(value > own.value for value in known)}/{len(known)}"
