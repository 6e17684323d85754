"""One figure with everything derived from it: the single place where a shown number is made."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from desktop_app.catalogue.format import DASH, format_amount
from desktop_app.catalogue.model import Indicator, Kind
from desktop_app.indicators.amount import Amount
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.comparable import comparable_base
from desktop_app.indicators.comparing import Growth, break_words, growth_over_month, growth_over_year
from desktop_app.indicators.growth import change, share_pct
from desktop_app.indicators.remarks import Said, remarks
from desktop_app.indicators.results.figures import Completeness, Figure
from desktop_app.indicators.scope import Scope, completeness, moves_in_points, points_unit
from desktop_app.models.values import FigureStatus, Period, cumulative_words, quantize

__all__ = [
    "Growth",
    "Scope",
    "amount_text",
    "break_words",
    "build_figure",
    "completeness",
    "exact",
    "formula_text",
    "growth_over_year",
    "moves_in_points",
    "one_decimal",
    "points_unit",
    "share_of",
    "shares",
    "weakest_status",
]

STORED_DECIMALS = 4
"""Places of stored amounts and of ratios in exact outputs; printed text is rounded from the fraction itself."""


def build_figure(calculator: Calculator, code: str, period: Period, scope: Scope) -> Figure:
    """The figure of ``code`` in ``period`` with 同比, 环比, 累计, shares and who is in it.

    :raises KeyError: when the catalogue has no such indicator.
    """
    indicator = calculator.catalogue.indicator(code).at(period.last)
    amount = calculator.amount(code, period, scope.members)
    yearly = growth_over_year(calculator, indicator, period, scope)
    month_on_month = growth_over_month(calculator, indicator, period, scope)
    to_date = _cumulation(calculator, indicator, period)
    cumulative_growth = growth_over_year(calculator, indicator, to_date, scope) if to_date else Growth(None, None)
    cumulative = calculator.amount(code, to_date, scope.members) if to_date else None
    said = Said(
        calculator,
        indicator,
        scope,
        period,
        amount,
        yearly,
        month_on_month,
        to_date,
        cumulative,
        cumulative_growth,
    )
    share, share_change = shares(calculator, indicator, period, scope)
    cum_share, cum_share_change = shares(calculator, indicator, to_date, scope) if to_date else (None, None)
    return Figure(
        code=code,
        name=indicator.name,
        unit=indicator.base_unit,
        period=str(period),
        period_label=period.label,
        region=scope.region,
        region_name=scope.region_name,
        value=exact(amount.value),
        state=amount.state,
        text=amount_text(indicator, amount, scope.scale),
        display_unit=indicator.display[scope.scale].unit.name,
        previous_year=exact(yearly.base),
        previous_year_text=DASH if yearly.base is None else format_amount(indicator, yearly.base, scope.scale),
        yoy_pct=one_decimal(yearly.rate),
        yoy_basis=yearly.basis,
        yoy_is_points=moves_in_points(indicator),
        points_unit=points_unit(indicator, scope.scale),
        previous=exact(month_on_month.base),
        mom_applies=period.previous() != period.previous_year(),
        mom_pct=one_decimal(month_on_month.rate),
        cumulative=exact(cumulative.value) if cumulative else None,
        cumulative_text=amount_text(indicator, cumulative, scope.scale) if cumulative else DASH,
        cumulative_label=cumulative_words(period.last) if to_date else "",
        cumulative_yoy_pct=one_decimal(cumulative_growth.rate),
        cumulative_yoy_basis=cumulative_growth.basis,
        share_pct=one_decimal(share),
        share_change_pp=one_decimal(share_change),
        cumulative_share_pct=one_decimal(cum_share),
        cumulative_share_change_pp=one_decimal(cum_share_change),
        polarity=indicator.polarity,
        completeness=completeness(amount, scope.names),
        cumulative_completeness=completeness(cumulative, scope.names) if cumulative else Completeness(),
        definition=f"{indicator.code} 第{indicator.definition_version}版口径：{indicator.definition}",
        formula=formula_text(calculator, indicator),
        status=weakest_status(calculator, amount),
        yoy_surplus=yearly.surplus if yearly.rate is not None else 0,
        cumulative_yoy_surplus=cumulative_growth.surplus if cumulative_growth.rate is not None else 0,
        mom_surplus=month_on_month.surplus if month_on_month.rate is not None else 0,
        mom_gap=month_on_month.gap if month_on_month.rate is not None else 0,
        notes=remarks(said),
    )


def exact(value: Fraction | None) -> Decimal | None:
    """Decimal in base units: exact for sums (stored to four places), computed ratios are kept to four places."""
    return None if value is None else quantize(value, STORED_DECIMALS)


def one_decimal(value: Fraction | None) -> Decimal | None:
    """A rate as it is printed everywhere: one decimal, rounded once."""
    return None if value is None else quantize(value, 1)


def amount_text(indicator: Indicator, amount: Amount, scale: str) -> str:
    """The printed value, or the word of its state."""
    if amount.value is None:
        return amount.state.label or DASH
    return format_amount(indicator, amount.value, scale)


# ----------------------------------------------------------------------------------------------- 累计, shares


def _cumulation(calculator: Calculator, indicator: Indicator, period: Period) -> Period | None:
    """January up to the period's last month for what can be cumulated; None for stocks, scores, coverage."""
    if indicator.kind.adds_over_months or indicator.kind is Kind.INDEX:
        return Period.to_date(period.last)
    if indicator.kind is Kind.RATIO:
        leaves = (calculator.catalogue.indicator(code) for code in calculator.inputs(indicator))
        return Period.to_date(period.last) if any(leaf.kind.adds_over_months for leaf in leaves) else None
    return None


def shares(
    calculator: Calculator, indicator: Indicator, period: Period, scope: Scope
) -> tuple[Fraction | None, Fraction | None]:
    """Share in the parent in % and its change over a year in 百分点, both from unrounded values (比重)."""
    if indicator.parent is None:
        whole = Fraction(100) if indicator.parts else None
        has_value = calculator.amount(indicator.code, period, scope.members).value is not None
        return (whole, None) if has_value else (None, None)
    now = share_of(calculator, indicator.code, indicator.parent, period, scope.members)
    then = share_of(calculator, indicator.code, indicator.parent, period.previous_year(), scope.members)
    parent = calculator.catalogue.indicator(indicator.parent)
    bases = [comparable_base(calculator, each, period, scope.members) for each in (indicator, parent)]
    if None not in bases:
        then = share_pct(*bases)
    return now, change(now, then)


def share_of(
    calculator: Calculator, part: str, whole: str, period: Period, members: frozenset[int] | None
) -> Fraction | None:
    """A part's share in its whole in %, over the companies that gave both; as 比重 computed by formula."""
    return share_pct(*(each.value for each in calculator.together((part, whole), period, members)))


# ----------------------------------------------------------------------------------------------- words


def weakest_status(calculator: Calculator, amount: Amount) -> str:
    """The least final status among the stored figures used (预计 < 快报 < 月报 < 年报)."""
    order = [status.value for status in FigureStatus]
    found = {calculator.facts.values[key].status for key in amount.keys}
    return min(found, key=order.index, default="")


def formula_text(calculator: Calculator, indicator: Indicator) -> str:
    """The formula in Chinese names, or the sum of parts; empty for a plain reported figure."""
    names = {code: entry.name for code, entry in calculator.catalogue.indicators.items()}
    if indicator.formula is not None:
        return f"{indicator.name} = {indicator.formula.describe(names)}"
    if indicator.parts:
        return f"{indicator.name} = " + " + ".join(names[part] for part in indicator.parts)
    return ""
