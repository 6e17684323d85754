"""Figures of published documents put into facts as a ledger holds them, and read back as the product prints them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from desktop_app.catalogue.format import in_display_unit
from desktop_app.catalogue.formula import parse_formula
from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.lookup import find_unit
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.facts import Fact, FactKey, Facts, Member
from desktop_app.indicators.figures import Scope, build_figure
from desktop_app.indicators.results.figures import Figure
from desktop_app.models.values import (
    NATIONAL_REGION,
    CellState,
    FigureStatus,
    Month,
    Period,
    Span,
    quantize,
    to_fixed,
)

Amounts = Mapping[tuple[str, int], str | Fraction]
"""(indicator, year) → an amount as printed (833.6亿件), or in base units."""


def base_units(text: str | Fraction) -> Fraction:
    """833.6亿件 → 83 360 000 000."""
    if isinstance(text, Fraction):
        return text
    number = text.rstrip("亿万千件元个处家人分平方公里/")
    unit = find_unit(text[len(number) :])
    assert unit is not None, text
    return Fraction(number) * Fraction(unit.factor)


def annual(amounts: Amounts, companies: tuple[str, ...] = ()) -> Calculator:
    """Annual figures as 累计 of December: of the region itself, or of the companies named (indicator ``CODE@name``)."""
    members = tuple(Member(n, name, name) for n, name in enumerate(companies, 1))
    ids = {member.name: member.id for member in members}
    catalogue = load_catalogue()
    values = {}
    for (code, year), amount in amounts.items():
        indicator, _, company = code.partition("@")
        span = Span.YTD if catalogue.indicator(indicator).kind.value == "flow" else Span.MONTH
        at = FactKey(indicator, Month(year, 12).key, span, ids.get(company))
        values[at] = Fact(to_fixed(base_units(amount)), CellState.VALUE, FigureStatus.FINAL.value, 0)
    return Calculator(catalogue, Facts(NATIONAL_REGION, values, members))


def figure(calculator: Calculator, code: str, year: int, scale: str = "national") -> Figure:
    """The figure of a year."""
    return build_figure(calculator, code, Period.year(year), Scope(NATIONAL_REGION, "全国", scale))


def printed(calculator: Calculator, code: str, year: int, unit: str, decimals: int) -> str:
    """A value in another unit than the product's own tables use, from the unrounded amount."""
    value = calculator.amount(code, Period.year(year)).value
    assert value is not None
    found = find_unit(unit)
    assert found is not None
    return rounded(value / Fraction(found.factor), decimals)


def shown(calculator: Calculator, code: str, year: int) -> str:
    """The value as the product prints it, trailing zeros kept."""
    value = calculator.amount(code, Period.year(year)).value
    assert value is not None
    return str(in_display_unit(load_catalogue().indicator(code), value, "national"))


def computed(formula: str, inputs: Mapping[str, str], days: int = 366) -> Fraction:
    """A formula of the catalogue's language over printed amounts."""
    value = parse_formula(formula).evaluate(lambda code: base_units(inputs[code]), days)
    assert value is not None
    return value


def rounded(value: Fraction | None, decimals: int) -> str:
    """Rounded once, half away from zero."""
    assert value is not None
    return str(quantize(value, decimals))


def decimal(value: Decimal | None) -> str:
    """A derived percentage of a figure."""
    assert value is not None
    return str(value)
