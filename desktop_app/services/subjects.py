"""Whose figures a pivot or a ranking lays side by side: companies, towns, parts; and the whole above them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.catalogue.model import Indicator, Kind
from desktop_app.indicators.pivot import Subject, Years
from desktop_app.indicators.results.pivot import Axis
from desktop_app.models.values import Period
from desktop_app.services import context
from desktop_app.services.figures import places_of
from desktop_app.storage.engine import Ledger

VOLUME = "MKT.VOL"
"""What concentrations are computed from."""


@dataclass(frozen=True)
class Field:
    """The rows of a pivot and the whole that they are parts of. ``reason``: why there are no rows."""

    whole: Subject
    rows: tuple[Subject, ...]
    reason: str = ""


def needed(ledger: Ledger, indicator: Indicator) -> frozenset[str]:
    """Every indicator whose figures may enter this one: its parts, its inputs, their parts, the whole above it."""
    catalogue = context.catalogue(ledger)
    found: set[str] = set()
    open_ones = [indicator.code, *([indicator.parent] if indicator.parent else [])]
    while open_ones:
        code = open_ones.pop()
        if code in found:
            continue
        found.add(code)
        entry = catalogue.indicator(code)
        open_ones.extend(entry.parts)
        open_ones.extend(entry.formula.inputs if entry.formula is not None else ())
        if entry.kind is Kind.INDEX:
            open_ones.append(VOLUME)
    return frozenset(found)


def years_of(ledger: Ledger, codes: frozenset[str], years: range, region: str | None = None) -> Years:
    """The calculators of these years."""
    return context.calculators(ledger, codes, years, region).__getitem__


def field_of(
    ledger: Ledger, indicator: Indicator, axis: Axis, periods: tuple[Period, ...], region: str | None = None
) -> Field:
    """Rows and whole for these periods and the years before them that growth needs."""
    years = range(periods[0].first.year - 1, periods[-1].last.year + 1)
    codes = needed(ledger, indicator)
    scope = context.scope(ledger, region)
    known = years_of(ledger, codes, years, region)
    whole = Subject("", "合计", indicator.code, known, scope)
    match axis:
        case Axis.COMPANY:
            return _companies(whole, periods)
        case Axis.PART:
            if not indicator.parts:
                return Field(whole, (), f"{indicator.name}没有分项")
            catalogue = context.catalogue(ledger)
            parts = tuple(replace(whole, key=c, name=catalogue.indicator(c).short, code=c) for c in indicator.parts)
            return Field(whole, parts)
        case Axis.TOWN:
            return _towns(ledger, whole, codes, periods, years)


def _companies(whole: Subject, periods: tuple[Period, ...]) -> Field:
    calc = whole.calculator(periods[-1])
    months = [month for period in periods for month in period.months]
    rows = []
    for member in calc.facts.active_members(months):
        own = replace(whole.scope, members=frozenset({member.id}))
        rows.append(replace(whole, key=str(member.id), name=member.name, scope=own))
    if not rows:
        return Field(whole, (), "台账里没有企业，请先导入企业名录或月报")
    if not any(row.amount(period).value is not None for row in rows for period in periods):
        return Field(whole, (), _no_company_figures(whole, periods))
    return Field(whole, tuple(rows))


def _no_company_figures(whole: Subject, periods: tuple[Period, ...]) -> str:
    name = whole.indicator(periods[-1]).name
    if any(whole.amount(period).value is not None for period in periods):
        return f"{name}不按企业报送，没有企业的数"
    return f"{_stretch_words(periods)}没有企业报送{name}"


def _stretch_words(periods: tuple[Period, ...]) -> str:
    first, last = periods[0].label, periods[-1].label
    return first if first == last else f"{first}至{last}"


def _towns(ledger: Ledger, whole: Subject, codes: frozenset[str], periods: tuple[Period, ...], years: range) -> Field:
    """Regions below the whole's own one that have figures of this indicator, or villages of which it is computed."""
    stem = whole.scope.region.rstrip("0")
    rows = []
    for choice in places_of(ledger, whole.indicator(periods[-1]), periods[-1].last):
        if choice.key == whole.scope.region or not choice.key.startswith(stem):
            continue
        known = years_of(ledger, codes, years, choice.key)
        one = Subject(choice.key, choice.name, whole.code, known, context.scope(ledger, choice.key))
        told = any(known(year).facts.knows(code) for year in years for code in codes)
        if told or any(one.amount(period).value is not None for period in periods):
            rows.append(one)
    name = whole.years(years[-1]).catalogue.indicator(whole.code).name
    reason = "" if rows else f"没有按乡镇（街道）的{name}；导入乡镇表后这里分乡镇列出"
    return Field(
        replace(whole, name=whole.scope.region_name or "合计"), tuple(sorted(rows, key=lambda r: r.key)), reason
    )
