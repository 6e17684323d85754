"""Figures of the peak season (旺季) within a period: as told, else from the days of the companies (旺季日报)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop_app.catalogue.model import Indicator
from desktop_app.indicators.amount import NOTHING, Amount, absent
from desktop_app.indicators.daily import SEASON_MONTH, seasons_in
from desktop_app.indicators.facts import Facts, Member
from desktop_app.models.values import CellState, Month, Period, PeriodKind

if TYPE_CHECKING:
    from desktop_app.indicators.amounts import Calculator

Told = Callable[[Indicator, Period, Member | None], Amount]
"""What is stored of an indicator in a period."""

USUAL_MEAN = "MKT.VOL.DAILY"
"""Of its third quarter is the usual day taken, as the published 2.8倍 of 2020 was."""


def usual_quarter(period: Period) -> Period | None:
    """The third quarter before the season that lies in the period; None where none or several do."""
    seasons = seasons_in(period.months)
    if len(seasons) != 1:
        return None
    end = seasons[0].shift(9 - SEASON_MONTH)
    return Period(PeriodKind.QUARTER, end.shift(-2), end)


def usual_amount(calculator: Calculator, code: str, period: Period, members: frozenset[int] | None) -> Amount:
    """日常量 of the season: as entered, else the daily mean of the third quarter of the same companies."""
    quarter = usual_quarter(period)
    if quarter is None:
        return Amount(None, CellState.NOT_APPLICABLE)
    everybody = {member.id for member in calculator.facts.active_members(seasons_in(period.months))}
    told = calculator.handed_down(code, period) if members is None or members >= everybody else NOTHING
    if told.value is not None:
        return told
    gone = {member.id for member in calculator.facts.active_members(quarter.months)} - everybody
    # Who had closed before the season has no part in its days, and none in the usual one.
    mean = calculator.over(USUAL_MEAN, quarter, frozenset(everybody) if members is None and gone else members)
    # A mean over fewer companies than told the day would make the multiple too high.
    return mean if mean.value is None or mean.complete else replace(mean, value=None, state=CellState.MISSING)


def season_amount(told: Told, facts: Facts, indicator: Indicator, period: Period, member: Member | None) -> Amount:
    """The seasons that lie in the period; 不适用 where none does, or the company was not open then.

    What was told as one figure goes before the days. ``partial``: some day is lacking.
    """
    whole = told(indicator, period, member)
    seasons = [m for m in seasons_in(period.months) if member is None or member.active(m)]
    if whole.value is not None or not seasons:
        return whole if whole.value is not None else Amount(None, CellState.NOT_APPLICABLE)
    pieces = [_of_month(told, facts, indicator, month, member) for month in seasons]
    if any(piece.value is None for piece in pieces):
        return absent(pieces)
    return Amount(
        sum((piece.value for piece in pieces if piece.value is not None), Fraction(0)),
        CellState.VALUE,
        partial=frozenset().union(*(piece.partial for piece in pieces)),
        keys=tuple(key for piece in pieces for key in piece.keys),
    )


def _of_month(told: Told, facts: Facts, indicator: Indicator, month: Month, member: Member | None) -> Amount:
    stored = told(indicator, Period.of_month(month), member)
    if stored.value is not None or member is None:
        return stored
    value, whole = facts.season.count(indicator.code, month.year, member.id)
    if value is None:
        return NOTHING
    return Amount(value, CellState.VALUE, partial=frozenset() if whole else frozenset({member.id}))
