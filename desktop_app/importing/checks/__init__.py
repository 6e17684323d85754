"""Checks (审核): every rule is a function of the facts of one file and of what the ledger holds.

Hard rules block the row and so the file; soft ones ask for a reason. ``resources/catalogue/checks.toml`` says how
strict each is and where its thresholds lie, the ledger's own settings on top: a check calls ``draft.report(code, …)``
and reads ``draft.rules.threshold(code, name)``.
"""

from __future__ import annotations

from desktop_app.importing.checks import (
    county,
    green,
    growths,
    habits,
    outliers,
    relations,
    reported,
    single,
    slips,
    soft,
    totals,
    towns,
)
from desktop_app.importing.checks.facts import FactIndex
from desktop_app.importing.draft import Draft
from desktop_app.importing.plan import FileKind


def run_checks(draft: Draft) -> None:
    """Run every rule that fits the file's kind; findings become issues of the draft."""
    if not draft.facts:
        return
    index = FactIndex(draft)
    totals.check(draft, index)
    single.duplicates(draft)
    county.check(draft, index)
    single.amounts(draft)
    single.shares(draft, index)
    single.halves(draft)
    single.open_companies(draft)
    single.future_months(draft)
    single.open_months(draft)
    habits.shares(draft)
    slipped = slips.check(draft, index)
    relations.check(draft, index, slipped)
    reported.growth(draft, index, slipped)
    if draft.kind is FileKind.NATIONAL:
        # Published figures are what they are: growth, price and revision are not ours to question.
        return
    doubted = soft.check(draft, index, slipped) | slipped
    outliers.check(draft, index, doubted)
    habits.falling_cumulations(draft, index, slipped)
    habits.flow_balance(draft, index, doubted)
    habits.stock_jumps(draft, index, slipped)
    habits.context_bounds(draft)
    habits.rate_bases(draft, index)
    habits.parcel_bounds(draft, index)
    green.lone_rate_bounds(draft)
    green.lone_rates(draft, index)
    green.county_rates(draft, index)
    green.lone_halves(draft, index)
    green.full_rates(draft, index)
    green.parcels(draft, index)
    growths.check(draft, index, slipped)
    towns.check(draft, index)
    reported.rates(draft, index)
    reported.previous_year(draft, index, slipped)
    reported.corrections(draft, index)
