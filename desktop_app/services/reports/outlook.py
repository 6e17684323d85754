"""What the monthly summary sets its figures against: the month before, the neighbours, the targets of the year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop_app.indicators.comparing import COMPARABLE
from desktop_app.indicators.figures import Scope, growth_over_year, one_decimal
from desktop_app.models.values import NATIONAL_REGION, Month, Period, region_ancestors
from desktop_app.services import context
from desktop_app.services.figures import regions_with_figures
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.indicators.amounts import Calculator
    from desktop_app.reporting.monthly_data import RegionalPlace

CODES = ("MKT.VOL", "MKT.REV")
_LEAST = 3
"""Among fewer areas a place says nothing."""


def rates_before(calc: Calculator, period: Period, scope: Scope) -> dict[str, Decimal]:
    """同比 of the period before in %, where both of its years hold the same companies.

    A rate on a comparable base and one on a published base are not held against each other.
    """
    found: dict[str, Decimal] = {}
    for code in CODES:
        growth, now = (
            growth_over_year(calc, calc.catalogue.indicator(code), each, scope) for each in (period.previous(), period)
        )
        rate = one_decimal(growth.rate)
        alike = (growth.basis == COMPARABLE) is (now.basis == COMPARABLE)
        if rate is not None and alike and not growth.surplus and not growth.broken:
            found[code] = rate
    return found


def regional_places(ledger: Ledger, period: Period) -> tuple[RegionalPlace, ...]:
    """The area's place among the areas beside it of which the ledger has figures."""
    from desktop_app.reporting.monthly_data import RegionalPlace

    own = context.home(ledger).region
    above = region_ancestors(own)
    if not above or above[0] == NATIONAL_REGION:
        return ()
    beside = [
        choice.key
        for choice in regions_with_figures(ledger)
        if choice.key != own and region_ancestors(choice.key)[:1] == above[:1]
    ]
    whole = context.region_name(ledger, above[0])
    if len(beside) + 1 < _LEAST or whole == above[0]:
        return ()
    places = []
    for code in CODES:
        values: dict[str, Fraction] = {}
        for key in (own, *beside):
            value = context.calculator(ledger, period.last, key).amount(code, period).value
            if value is not None:
                values[key] = value
        if own in values and len(values) >= _LEAST:
            ahead = sum(value > values[own] for value in values.values())
            places.append(RegionalPlace(code, ahead + 1, len(values), whole))
    return tuple(places)


def lagging_targets(ledger: Ledger, month: Month, edition: str, made_on: date) -> tuple[str, ...]:
    """Names of the targets of the area that lag, each once."""
    from desktop_app.services.reports.plan import plan_data

    plans = plan_data(ledger, month, edition, made_on).plans
    return tuple(dict.fromkeys(line.name for plan in plans for line in plan.year if line.grade.lags))
