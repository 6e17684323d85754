"""Rows under a figure: its parts, its companies, its months."""

from __future__ import annotations

from desktop_app.indicators.amount import Amount
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.figures import (
    Scope,
    amount_text,
    completeness,
    exact,
    growth_over_year,
    one_decimal,
    shares,
)
from desktop_app.indicators.growth import change, share_pct
from desktop_app.indicators.moves import Side, move_of
from desktop_app.indicators.remarks import share_words
from desktop_app.indicators.results.figures import FigureRow
from desktop_app.models.values import Month, Period, months_between


def part_rows(calculator: Calculator, code: str, period: Period, scope: Scope) -> tuple[FigureRow, ...]:
    """One row per part (分项) with its share in the whole."""
    whole = calculator.catalogue.indicator(code)
    rows = []
    for part_code in whole.parts:
        part = calculator.catalogue.indicator(part_code)
        amount = calculator.amount(part_code, period, scope.members)
        share, share_change = shares(calculator, part, period, scope)
        growth = growth_over_year(calculator, part, period, scope)
        move = move_of(Side(calculator, part_code, scope.members), Side(calculator, code, scope.members), period)
        rows.append(
            FigureRow(
                key=part_code,
                code=part_code,
                name=part.short,
                value=exact(amount.value),
                state=amount.state,
                text=amount_text(part, amount, scope.scale),
                share_pct=one_decimal(share),
                share_change_pp=one_decimal(share_change),
                yoy_pct=one_decimal(growth.rate),
                contribution_pp=one_decimal(move.pull_pp),
                contribution_pct=one_decimal(move.rate_pct),
                lacking=_lacking(calculator, code, part_code, period, scope) if amount.value is not None else "",
            )
        )
    return tuple(rows)


def _lacking(calculator: Calculator, whole: str, part: str, period: Period, scope: Scope) -> str:
    """Who is lacking in a part, and over whom its share is computed."""
    words = completeness(calculator.amount(part, period, scope.members), scope.names).words
    return "；".join(filter(None, (words, share_words(calculator, part, whole, period, scope))))


def enterprise_rows(calculator: Calculator, code: str, period: Period, scope: Scope) -> tuple[FigureRow, ...]:
    """One row per company that is open in the period, largest first, those without a value last (企业构成)."""
    indicator = calculator.catalogue.indicator(code)
    before = period.previous_year()
    whole = calculator.amount(code, period, scope.members)
    whole_before = calculator.amount(code, before, scope.members)
    additive = calculator.additive(code)
    rows: list[tuple[Amount, FigureRow]] = []
    for member in calculator.facts.active_members(period.months):
        if scope.members is not None and member.id not in scope.members:
            continue
        only = frozenset({member.id})
        amount = calculator.amount(code, period, only)
        base = calculator.amount(code, before, only)
        own_scope = Scope(scope.region, scope.region_name, scope.scale, only, scope.names)
        growth = growth_over_year(calculator, indicator, period, own_scope)
        now = share_pct(amount.value, whole.value) if additive else None
        then = share_pct(base.value, whole_before.value) if additive else None
        move = move_of(Side(calculator, code, only), Side(calculator, code, scope.members), period)
        rows.append(
            (
                amount,
                FigureRow(
                    key=str(member.id),
                    name=member.name,
                    value=exact(amount.value),
                    state=amount.state,
                    text=amount_text(indicator, amount, scope.scale),
                    share_pct=one_decimal(now),
                    share_change_pp=one_decimal(change(now, then)),
                    yoy_pct=one_decimal(growth.rate),
                    contribution_pp=one_decimal(move.pull_pp) if additive else None,
                    contribution_pct=one_decimal(move.rate_pct) if additive else None,
                    code=code,
                ),
            )
        )
    rows.sort(key=lambda pair: (pair[0].value is None, -(pair[0].value or 0)))
    return tuple(row for _, row in rows)


def month_rows(calculator: Calculator, code: str, first: Month, last: Month, scope: Scope) -> tuple[FigureRow, ...]:
    """One row per month from ``first`` to ``last``."""
    indicator = calculator.catalogue.indicator(code)
    rows = []
    for month in months_between(first, last):
        period = Period.of_month(month)
        amount = calculator.amount(code, period, scope.members)
        growth = growth_over_year(calculator, indicator, period, scope)
        # A whole has no share: 100 % in every month would say nothing.
        share, share_change = shares(calculator, indicator, period, scope) if indicator.parent else (None, None)
        rows.append(
            FigureRow(
                key=str(month),
                name=month.label,
                value=exact(amount.value),
                state=amount.state,
                text=amount_text(indicator, amount, scope.scale),
                share_pct=one_decimal(share),
                share_change_pp=one_decimal(share_change),
                yoy_pct=one_decimal(growth.rate),
                code=code,
                lacking=completeness(amount, scope.names).words if amount.value is not None else "",
            )
        )
    return tuple(rows)
