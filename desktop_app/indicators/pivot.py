"""透视: companies, towns or parts over periods. Every cell, total and share is an amount as ``indicator`` gives it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from desktop_app.catalogue.format import DASH, MINUS, format_pct, format_pp
from desktop_app.catalogue.model import Indicator
from desktop_app.indicators.amount import Amount
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.figures import (
    Scope,
    amount_text,
    completeness,
    growth_over_year,
    moves_in_points,
    one_decimal,
    share_of,
)
from desktop_app.indicators.growth import share_pct
from desktop_app.indicators.moves import Move, Side
from desktop_app.indicators.moves import move_of as move_between
from desktop_app.indicators.results.pivot import LineKind, Measure, PivotCell, PivotLine
from desktop_app.models.values import CellState, Period

Years = Callable[[int], Calculator]
"""The calculator whose window ends with a year: the one that a figure of that year comes from."""


@dataclass(frozen=True)
class Subject:
    """What one line is about: whose figures of which indicator."""

    key: str
    name: str
    code: str
    years: Years
    scope: Scope

    def calculator(self, period: Period) -> Calculator:
        """The calculator for a period."""
        return self.years(period.last.year)

    def amount(self, period: Period) -> Amount:
        """The amount in a period."""
        return self.calculator(period).amount(self.code, period, self.scope.members)

    def side(self, period: Period) -> Side:
        """It as a part or a whole of a growth."""
        return Side(self.calculator(period), self.code, self.scope.members)

    def indicator(self, period: Period) -> Indicator:
        """The indicator as the period's catalogue has it."""
        return self.calculator(period).catalogue.indicator(self.code)


def line_of(
    subject: Subject, periods: Sequence[Period], measure: Measure, whole: Subject, kind: LineKind = LineKind.ROW
) -> PivotLine:
    """One line over the periods; ``whole`` is what its shares are taken of."""
    return PivotLine(subject.key, subject.name, tuple(cell(subject, each, measure, whole) for each in periods), kind)


def cell(subject: Subject, period: Period, measure: Measure, whole: Subject) -> PivotCell:
    """One cell."""
    amount = subject.amount(period)
    indicator = subject.indicator(period)
    note = ""
    match measure:
        case Measure.VALUE:
            text = amount_text(indicator, amount, subject.scope.scale)
            number = printed_number(text) if amount.value is not None else None
        case Measure.SHARE:
            number = one_decimal(_share(subject, amount, period, whole))
            text = _rate_text(amount, number, format_pct(number))
        case Measure.YOY:
            rate = growth_over_year(subject.calculator(period), indicator, period, subject.scope).rate
            number = one_decimal(rate)
            text = _rate_text(amount, number, format_pp(number) if moves_in_points(indicator) else _signed(number))
        case Measure.CONTRIBUTION:
            move = move_of(subject, period, whole)
            number = one_decimal(move.rate_pct if move is not None else None)
            text = _rate_text(amount, number, format_pct(number))
            if number is not None and move is not None:
                note = f"拉动 {format_pp(one_decimal(move.pull_pp), with_unit=True)}"
    lacking = "" if amount.complete else completeness(amount, subject.scope.names).words
    return PivotCell(text, number, amount.state, amount.value, indicator.base_unit, lacking, note)


def printed_number(text: str) -> Decimal | None:
    """The number that a printed amount shows; None where it is a word (是、否)."""
    try:
        return Decimal(text.replace(MINUS, "-"))
    except InvalidOperation:
        return None


def _share(subject: Subject, amount: Amount, period: Period, whole: Subject) -> Fraction | None:
    if not _adds_up(subject, period):
        return None
    if subject.code != whole.code:
        return share_of(subject.calculator(period), subject.code, whole.code, period, subject.scope.members)
    return share_pct(amount.value, whole.amount(period).value)


def move_of(subject: Subject, period: Period, whole: Subject) -> Move | None:
    """What a row brings to the growth of the whole; None where rows do not add up to it."""
    if not _adds_up(subject, period):
        return None
    return move_between(subject.side(period), whole.side(period), period)


def _adds_up(subject: Subject, period: Period) -> bool:
    """Only where the rows add up to the whole."""
    if not subject.indicator(period).kind.adds_over_companies:
        return False
    return subject.scope.members is None or subject.calculator(period).additive(subject.code)


def _signed(number: Decimal | None) -> str:
    return format_pct(number, signed=True)


def _rate_text(amount: Amount, number: Decimal | None, text: str) -> str:
    """The rate; who has no amount is told as such rather than by a dash."""
    return text if number is not None or amount.state is CellState.VALUE else amount.state.label or DASH


def rest_of(subjects: Sequence[Subject], whole: Subject, periods: Sequence[Period], name: str) -> PivotLine | None:
    """What the whole has beyond its rows, where every row has a figure; None when nothing is left anywhere."""
    cells = []
    left = False
    for period in periods:
        total = whole.amount(period).value
        values = [value for each in subjects if (value := each.amount(period).value) is not None]
        if total is None or len(values) < len(subjects):
            cells.append(PivotCell(DASH))
            continue
        rest = total - sum(values, Fraction(0))
        left = left or rest != 0
        indicator = whole.indicator(period)
        amount = Amount(rest, CellState.VALUE)
        text = amount_text(indicator, amount, whole.scope.scale)
        cells.append(PivotCell(text, printed_number(text), exact=rest, unit=indicator.base_unit))
    return PivotLine("", name, tuple(cells), LineKind.REST) if left else None


def lacking_line(whole: Subject, periods: Sequence[Period]) -> PivotLine | None:
    """“2 家未报” under every total that is not whole; None when all are."""
    words = []
    for period in periods:
        complete = completeness(whole.amount(period), whole.scope.names)
        pieces = [f"{number}家{word}" for number, word in complete.counts]
        tip = "、".join((*complete.missing, *complete.returned))
        words.append(PivotCell("，".join(pieces), None, CellState.MISSING, lacking=tip))
    if not any(each.text for each in words):
        return None
    return PivotLine("", "未报、退回", tuple(words), LineKind.NOTE)
