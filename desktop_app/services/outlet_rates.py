"""Green rates of single outlets in a month, from the companies' sheets by outlet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from desktop_app.catalogue.format import format_pct
from desktop_app.catalogue.model import Indicator
from desktop_app.indicators.figures import exact
from desktop_app.indicators.green import green_rates, input_pair, second_definitions
from desktop_app.models.values import SCALE, Month, plain, quantize
from desktop_app.services import context
from desktop_app.services.results.scoring import OutletRate, OutletRates
from desktop_app.storage import outlet_figures
from desktop_app.storage.engine import Ledger


def outlet_rates(ledger: Ledger, month: Month) -> tuple[OutletRates, ...]:
    """Every outlet of which something was given for the month, by company and name, with each green rate."""
    known = context.catalogue(ledger)
    names = {member.id: member.name for member in context.members(ledger)}
    rates = (*green_rates(known), *second_definitions(known))
    with ledger.read() as session:
        stored = outlet_figures.figures_of(session, month)
    order = list(names)
    found = [
        OutletRates(
            names.get(company or 0, ""), outlet, {rate.code: found for rate in rates if (found := _rate(rate, figures))}
        )
        for (company, outlet), figures in sorted(
            stored.items(), key=lambda each: (order.index(each[0][0]) if each[0][0] in names else -1, each[0][1])
        )
    ]
    return tuple(each for each in found if each.rates)


def rate_heads(ledger: Ledger, found: Sequence[OutletRates]) -> tuple[tuple[str, str], ...]:
    """Code and short name of every rate that some outlet has, in the catalogue's order."""
    known = context.catalogue(ledger)
    rates = (*green_rates(known), *second_definitions(known))
    return tuple((rate.code, rate.short) for rate in rates if any(rate.code in each.rates for each in found))


def _rate(rate: Indicator, figures: Mapping[str, int]) -> OutletRate | None:
    """From both halves, else as it was given alone; None when nothing can be said (分母为 0 as well)."""
    pair = input_pair(rate)
    above, below = (figures.get(code) for code in pair) if pair is not None else (None, None)
    if above is not None and below:
        value = Fraction(above * 100, below)
        halves = f"{_count(above)} / {_count(below)}"
        return OutletRate(exact(value), format_pct(value), halves)
    alone = figures.get(rate.code)
    if alone is None:
        return None
    value = Fraction(alone, SCALE)
    return OutletRate(exact(value), f"{format_pct(value)} ◇", "只报了比率")


def _count(stored: int) -> str:
    return f"{plain(quantize(Fraction(stored, SCALE), 0))}"
