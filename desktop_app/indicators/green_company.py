"""One company among the others: its rates against the county's, its places, and what the county would read."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from desktop_app.catalogue.format import DASH, format_pct, format_pp
from desktop_app.catalogue.model import Indicator, Programme
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.facts import Member
from desktop_app.indicators.figures import amount_text, exact
from desktop_app.indicators.green import (
    input_pair,
    programme_target,
    sample_of,
    shown_rates,
    target_in_base,
    target_text,
)
from desktop_app.indicators.rate_only import company_rate, place_of
from desktop_app.indicators.results.green import ProfileRow
from desktop_app.indicators.sampling import sample_words
from desktop_app.models.values import Period


def profile(calculator: Calculator, programme: Programme, period: Period, member: Member) -> tuple[ProfileRow, ...]:
    """Every green rate of the company beside the county's, with its place among those that gave a figure."""
    return tuple(_row(calculator, programme, rate, period, member) for rate in shown_rates(calculator, period))


def _row(
    calculator: Calculator, programme: Programme, indicator: Indicator, period: Period, member: Member
) -> ProfileRow:
    amount, alone = company_rate(calculator, indicator, period, member)
    members = calculator.facts.active_members(period.months)
    given = [company_rate(calculator, indicator, period, each) for each in members]
    county = calculator.amount(indicator.code, period)
    own = amount.value
    line = programme_target(programme, indicator.code)
    target = target_in_base(calculator.catalogue, line) if line else None
    difference = own - county.value if own is not None and county.value is not None else None
    return ProfileRow(
        indicator=indicator.code,
        name=indicator.short,
        value=exact(own),
        text=amount_text(indicator, amount, "county") + (" ◇" if alone else ""),
        county=exact(county.value),
        county_text=amount_text(indicator, county, "county"),
        difference_text=DASH if difference is None else format_pp(difference),
        place=DASH if alone else place_of(amount, given) or DASH,
        target_text=target_text(line) if line else "",
        met=None if line is None or target is None or own is None else line.comparator.met(own, target),
        rate_only=alone,
        sample=company_sample(calculator, indicator, period, member),
    )


def company_sample(calculator: Calculator, indicator: Indicator, period: Period, member: Member) -> str:
    """Size and confidence of a company's sample; empty for what is not sampled."""
    pair = input_pair(indicator)
    if pair is None or not indicator.sampled:
        return ""
    used = calculator.inputs_used(indicator, period, frozenset({member.id}))
    drawn = sample_of(indicator, used[pair[0]].value, used[pair[1]].value)
    return sample_words(*drawn) if drawn else ""


@dataclass(frozen=True)
class WhatIf:
    """The county's rate now and if one company had another; in percent."""

    company: Fraction
    now: Fraction
    then: Fraction


def what_if(
    calculator: Calculator, indicator: Indicator, period: Period, company: int, rate_pct: Fraction
) -> WhatIf | None:
    """(N − nᵢ + r·dᵢ) / D; None when the company or the county has no numerator and denominator."""
    pair = input_pair(indicator)
    whole = calculator.amount(indicator.code, period)
    if pair is None or whole.value is None or company not in whole.reported:
        return None
    all_of_them = calculator.inputs_used(indicator, period)
    own = calculator.inputs_used(indicator, period, frozenset({company}))
    above, below = all_of_them[pair[0]].value, all_of_them[pair[1]].value
    mine, base = own[pair[0]].value, own[pair[1]].value
    if above is None or not below or mine is None or not base:
        return None
    return WhatIf(mine * 100 / base, above * 100 / below, (above - mine + rate_pct * base / 100) * 100 / below)


def what_if_words(name: str, found: WhatIf, rate_pct: Fraction) -> str:
    """“若企业甲由 84.0% 升到 95%，全县由 90.8% 升到 92.3%（+1.5 个百分点）。”"""
    verb = "升到" if rate_pct >= found.company else "降到"
    wanted = format_pct(rate_pct, with_unit=True, drop_zeros=True)
    change = f"{format_pct(found.now)}% 变为 {format_pct(found.then)}%（{format_pp(found.then - found.now)} 个百分点）"
    return f"若{name}由 {format_pct(found.company)}% {verb} {wanted}，全县由 {change}。"
