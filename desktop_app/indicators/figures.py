"""One figure with everything derived from it: the single place where a shown number is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from desktop_app.catalogue.format import DASH, format_amount
from desktop_app.catalogue.model import Indicator, Kind
from desktop_app.indicators.amount import Amount
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.facts import FactKey
from desktop_app.indicators.growth import change, growth_pct, share_pct
from desktop_app.indicators.results.figures import Completeness, Figure
from desktop_app.models.values import (
    SCALE,
    CellState,
    FigureStatus,
    Month,
    Period,
    PeriodKind,
    Span,
    cumulative_words,
    quantize,
)

STORED_DECIMALS = 4
"""Places of stored amounts and of ratios in exact outputs; printed text is rounded from the fraction itself."""
POINT_UNITS = frozenset({"%", "‰", "指数", "分"})
"""Units whose change over a year is a difference (百分点、点、分), not a growth rate."""


@dataclass(frozen=True)
class Scope:
    """Whose figures: a region, printed at county or national scale, and perhaps only some companies."""

    region: str
    region_name: str
    scale: str = "county"
    members: frozenset[int] | None = None
    names: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Growth:
    """Change against a base: the base, the rate (or points) and whose base it is."""

    base: Fraction | None
    rate: Fraction | None
    basis: str = ""
    lacking: str = ""
    """Who is lacking in the base, in words."""
    published: Fraction | None = None
    """Under a comparable base: the previous year's figure as it was published."""
    broken: str = ""
    """Why base and value cannot be compared, in words (断点)."""
    surplus: int = 0
    """How many companies are in the base that are lacking now: they pull the rate down."""
    gap: int = 0
    """How many companies are in the value that are lacking in the base: they push the rate up."""


def build_figure(calculator: Calculator, code: str, period: Period, scope: Scope) -> Figure:
    """The figure of ``code`` in ``period`` with 同比, 环比, 累计, shares and who is in it.

    :raises KeyError: when the catalogue has no such indicator.
    """
    indicator = calculator.catalogue.indicator(code).at(period.last)
    amount = calculator.amount(code, period, scope.members)
    yearly = growth_over_year(calculator, indicator, period, scope)
    before = calculator.amount(code, period.previous(), scope.members)
    month_on_month = _growth_over_month(calculator, indicator, period, amount, before)
    to_date = _cumulation(calculator, indicator, period)
    cumulative_growth = growth_over_year(calculator, indicator, to_date, scope) if to_date else Growth(None, None)
    cumulative = calculator.amount(code, to_date, scope.members) if to_date else None
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
        previous=exact(before.value),
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
        notes=(
            *_notes(indicator, amount, yearly, period, scope),
            *_lopsided_notes(indicator, month_on_month, cumulative, cumulative_growth, scope),
        ),
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


def moves_in_points(indicator: Indicator) -> bool:
    """Whether the indicator's change over time is a difference in points."""
    return indicator.kind in (Kind.SCORE, Kind.INDEX, Kind.RANK) or indicator.base_unit in POINT_UNITS


def _rate(indicator: Indicator, value: Fraction | None, base: Fraction | None) -> Fraction | None:
    return change(value, base) if moves_in_points(indicator) else growth_pct(value, base)


# ----------------------------------------------------------------------------------------------- 同比


def growth_over_year(calculator: Calculator, indicator: Indicator, period: Period, scope: Scope) -> Growth:
    """同比: on the comparable base where one is stored, else on our own figure, else on what the file reports."""
    current = calculator.amount(indicator.code, period, scope.members)
    comparable = _comparable_base(calculator, indicator, period, scope)
    if comparable is not None:
        published = calculator.amount(indicator.code, period.previous_year(), scope.members).value
        rate = _rate(indicator, current.value, comparable)
        return Growth(comparable, rate, "可比口径", published=published)
    base = calculator.amount(indicator.code, period.previous_year(), scope.members)
    if words := break_words(calculator, indicator, period.previous_year(), period):
        return Growth(base.value, None, broken=words)
    if base.value is not None:
        return Growth(
            base.value,
            _rate(indicator, current.value, base.value),
            lacking=completeness(base, scope.names).words,
            surplus=len(base.reported & (current.missing | current.returned | current.partial)),
        )
    return _reported_growth(calculator, indicator, current)


def _growth_over_month(
    calculator: Calculator, indicator: Indicator, period: Period, now: Amount, before: Amount
) -> Growth:
    """环比: refused over a break; who stands on one side only is counted."""
    if break_words(calculator, indicator, period.previous(), period):
        return Growth(before.value, None)
    return Growth(
        before.value,
        _rate(indicator, now.value, before.value),
        surplus=len(before.reported & (now.missing | now.returned | now.partial)),
        gap=len(now.reported & (before.missing | before.returned | before.partial)),
    )


def break_words(calculator: Calculator, indicator: Indicator, earlier: Period, later: Period) -> str:
    """Why two periods cannot be compared, from the indicator's own breaks or those of what it is computed from."""
    for code in dict.fromkeys((indicator.code, *calculator.inputs(indicator))):
        entry = calculator.catalogue.indicator(code)
        found = entry.break_between(earlier.last, later.last)
        if found is not None:
            return f"{entry.name}{found.month.label}起{found.reason}，与以前的数不可比；录入可比口径基数后才算增速"
    return ""


def _comparable_base(calculator: Calculator, indicator: Indicator, period: Period, scope: Scope) -> Fraction | None:
    if scope.members is not None and len(scope.members) != 1:
        return None
    who = next(iter(scope.members)) if scope.members else None
    span = Span.MONTH if period.kind is PeriodKind.MONTH else Span.YTD
    if span is Span.YTD and period.first.month != 1:
        return None
    stored = calculator.facts.comparable.get(FactKey(indicator.code, period.last.key, span, who))
    return None if stored is None else Fraction(stored, SCALE)


def _reported_growth(calculator: Calculator, indicator: Indicator, current: Amount) -> Growth:
    """The base that the files themselves give (报送): 上年同期 of every figure in the sum, or one reported 同比."""
    facts = [calculator.facts.values[key] for key in current.keys]
    if current.value is None or not facts or indicator.formula is not None:
        return Growth(None, None)
    if all(fact.reported_previous is not None for fact in facts) and _one_span(current):
        base = Fraction(sum(fact.reported_previous or 0 for fact in facts), SCALE)
        return Growth(base, _rate(indicator, current.value, base), "报送")
    if len(facts) == 1 and facts[0].reported_yoy is not None:
        return Growth(None, Fraction(facts[0].reported_yoy, SCALE), "报送")
    return Growth(None, None)


def _one_span(amount: Amount) -> bool:
    """Whether the figure is a plain sum of figures (a difference of two 累计 is not)."""
    spans = {key.span for key in amount.keys}
    months = {key.month for key in amount.keys}
    return spans == {Span.MONTH} or (spans == {Span.YTD} and len(months) == 1)


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
    now = _share(calculator, indicator.code, indicator.parent, period, scope)
    then = _share(calculator, indicator.code, indicator.parent, period.previous_year(), scope)
    return now, change(now, then)


def _share(calculator: Calculator, part: str, whole: str, period: Period, scope: Scope) -> Fraction | None:
    return share_pct(
        calculator.amount(part, period, scope.members).value, calculator.amount(whole, period, scope.members).value
    )


# ----------------------------------------------------------------------------------------------- words


def completeness(amount: Amount, names: Mapping[int, str]) -> Completeness:
    """Names of who is in the sum and who is not, in the register's order."""
    lacking = amount.missing | amount.partial
    expected = amount.reported | lacking | amount.returned

    def listed(ids: frozenset[int]) -> tuple[str, ...]:
        return tuple(names.get(i, str(i)) for i in sorted(ids))

    return Completeness(len(amount.reported - amount.partial), len(expected), listed(lacking), listed(amount.returned))


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


def _lopsided_notes(
    indicator: Indicator, monthly: Growth, cumulative: Amount | None, cumulative_growth: Growth, scope: Scope
) -> tuple[str, ...]:
    """Who stands on one side only of 环比 and of 累计同比: without a word these rates would be silently wrong."""
    notes = []
    if monthly.rate is not None and indicator.kind.adds_over_companies:
        if monthly.surplus:
            notes.append(f"{indicator.name}：上期含本期未报、退回的 {monthly.surplus} 家，环比偏低")
        if monthly.gap:
            notes.append(f"{indicator.name}：上期缺 {monthly.gap} 家而本期已报，环比偏高")
    if cumulative is not None and indicator.kind.adds_over_companies:
        if words := completeness(cumulative, scope.names).words:
            notes.append(f"{indicator.name}累计：{words}，不作 0 计")
        if cumulative_growth.surplus and cumulative_growth.rate is not None:
            notes.append(f"{indicator.name}：上年累计含今年未报、退回的 {cumulative_growth.surplus} 家，累计同比偏低")
    return tuple(notes)


def _published_words(indicator: Indicator, yearly: Growth, scope: Scope) -> str:
    """“（上年同期公布数268.9亿件，可比数296.4亿件）”."""
    if yearly.published is None or yearly.base is None:
        return ""
    told = [format_amount(indicator, amount, scope.scale, with_unit=True) for amount in (yearly.published, yearly.base)]
    return f"（上年同期公布数{told[0]}，可比数{told[1]}）"


def _carried_from(indicator: Indicator, amount: Amount, period: Period) -> Month | None:
    """The older month whose figure still stands, for what is counted once a year."""
    months = [key.month for key in amount.keys]
    if not indicator.carried_months or not months or max(months) == period.last.key:
        return None
    return Month.from_key(max(months))


def _notes(indicator: Indicator, amount: Amount, yearly: Growth, period: Period, scope: Scope) -> tuple[str, ...]:
    notes = []
    words = completeness(amount, scope.names).words
    if words and amount.state is CellState.VALUE:
        notes.append(f"{indicator.name}：{words}，不作 0 计")
    if amount.cumulated is not None and amount.value is not None:
        months_sum = format_amount(indicator, amount.value, scope.scale, with_unit=True)
        reported = format_amount(indicator, amount.cumulated, scope.scale, with_unit=True)
        notes.append(f"{indicator.name}：各月之和 {months_sum}，报送累计 {reported}，两者不等，按各月之和")
    if yearly.lacking and amount.value is not None:
        notes.append(f"{indicator.name}：上年同期{yearly.lacking}")
    if yearly.surplus and yearly.rate is not None and indicator.kind.adds_over_companies:
        notes.append(f"{indicator.name}：上年同期含本期未报、退回的 {yearly.surplus} 家，同比偏低")
    if yearly.broken and amount.value is not None:
        notes.append(yearly.broken)
    if carried := _carried_from(indicator, amount, period):
        notes.append(f"{indicator.name}：沿用{carried.label}的数")
    if yearly.basis:
        notes.append(f"{indicator.name}：同比按{yearly.basis}{_published_words(indicator, yearly, scope)}")
    return tuple(notes)
