"""A region's own total of what its companies report (COUNTY_TOTAL).

Such a total is refused and not kept with a warning: the figure of the region is the sum of its companies, so that a
stored total would be in the ledger and never be seen. Regions without companies (全国), and those where no company has
ever given the indicator, go on as before: there the total is the figure.
"""

from __future__ import annotations

from desktop_app.importing.checks.facts import FactIndex, label, say
from desktop_app.importing.draft import Draft, Fact


def check(draft: Draft, index: FactIndex) -> None:
    """Every figure without a company of an indicator, or of its parts, that companies of the region have given."""
    known: dict[tuple[str, str, int], bool] = {}
    for fact in draft.facts:
        if fact.enterprise is not None or not fact.indicator.kind.adds_over_companies or fact.indicator.judged:
            continue
        place = fact.indicator.code, fact.region, fact.month.year
        if place not in known:
            known[place] = _companies_report(draft, fact)
        if known[place]:
            _report(draft, index, fact)


def _companies_report(draft: Draft, fact: Fact) -> bool:
    codes = {fact.indicator.code, *fact.indicator.parts}
    here = any(
        other.enterprise is not None
        and other.indicator.code in codes
        and other.region == fact.region
        and other.month.year <= fact.month.year
        for other in draft.facts
    )
    return here or draft.context.history.companies_report(codes, fact.region, fact.month)


def _report(draft: Draft, index: FactIndex, fact: Fact) -> None:
    unit = fact.indicator.base_unit
    given = [
        value
        for company in draft.context.enterprises
        if (value := index.known((fact.region, company.id, fact.month), fact.indicator.code, fact.span)) is not None
    ]
    compared = ""
    if given and fact.value is not None:
        total = sum(given)
        apart = f"相差 {say(abs(fact.value - total), unit)}" if fact.value != total else "两者相等"
        compared = f"；已有 {len(given)} 家企业之和 {say(total, unit)}，这一行是 {say(fact.value, unit)}，{apart}"
    draft.report(
        "COUNTY_TOTAL",
        f"{fact.month.label}{label(fact)}没有写企业：这是企业报送的指标，县级合计由企业数相加得出，不另收{compared}",
        "请删去这一行，或在企业列写明是哪家的数；与上级核定的数不符的，请企业更正，或为上年同期录入可比口径",
        row=fact.figure.row,
        column=fact.figure.name,
        value=fact.figure.text,
    )
