"""Rates that companies give without numerator and denominator (◇): shown, never in the county's ratio of sums."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

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
