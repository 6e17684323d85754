"""What must be said beside a figure (注): who is lacking, which base, what is not comparable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from desktop_app.catalogue.format import format_amount
from desktop_app.catalogue.model import Indicator
from desktop_app.indicators.amount import Amount
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.comparing import COMPARABLE, Growth, one_sided_pct
from desktop_app.indicators.scope import Scope, completeness
from desktop_app.models.values import CellState, Month, Period, Span, quantize

_MONTHS_NAMED = 6
"""Months with somebody lacking that are named one by one; with more of them the sentence would be a list."""


@dataclass(frozen=True)
class Said:
    """One figure with the changes that are printed beside it."""

    calculator: Calculator
    indicator: Indicator
    scope: Scope
    period: Period
    amount: Amount
    yearly: Growth
    monthly: Growth
    to_date: Period | None
    cumulative: Amount | None
    cumulative_growth: Growth


def remarks(said: Said) -> tuple[str, ...]:
    """The notes in the order in which they are printed, each with the name of the figure."""
    notes = dict.fromkeys((*_of_period(said), *_of_month_before(said), *_of_cumulation(said)))
    return tuple(note if note.startswith(said.indicator.name) else f"{said.indicator.name}：{note}" for note in notes)


def _of_period(said: Said) -> Iterator[str]:
    words = lacking_words(said.calculator, said.indicator.code, said.period, said.scope)
    if words and said.amount.state is CellState.VALUE:
        yield f"{words}，不作 0 计"
    if said.amount.value is not None:
        yield from _two_sums(said, said.amount)
        if said.yearly.lacking:
            yield f"上年同期{said.yearly.lacking}"
    yield from _growth(said, said.yearly, "上年同期", "本期", "同比")
    if said.yearly.broken and said.amount.value is not None:
        yield said.yearly.broken
    if carried := _carried_from(said.indicator, said.amount, said.period):
        yield f"沿用{carried.label}的数"
    yield from _counted_once(said)
    yield from _shared(said)
    yield from _years_ago(said)
    yield from _basis(said, said.yearly, "同比")


def _of_month_before(said: Said) -> Iterator[str]:
    if said.period.previous() != said.period.previous_year():
        yield from _growth(said, said.monthly, "上期", "本期", "环比", both=True)


def _of_cumulation(said: Said) -> Iterator[str]:
    if said.cumulative is None or said.to_date is None or said.cumulative.value is None:
        return
    if said.to_date.months == said.period.months:
        # January and the stretches from January: all is said already.
        return
    if words := lacking_words(said.calculator, said.indicator.code, said.to_date, said.scope):
        yield f"{said.indicator.name}累计：{words}，不作 0 计"
    yield from _two_sums(said, said.cumulative)
    if said.cumulative_growth.lacking:
        yield f"上年累计{said.cumulative_growth.lacking}"
    yield from _growth(said, said.cumulative_growth, "上年累计", "今年", "累计同比")
    yield from _basis(said, said.cumulative_growth, "累计同比")


def lacking_words(calculator: Calculator, code: str, period: Period, scope: Scope) -> str:
    """“12 家中 11 家未报、1 家缺部分月份（1月报 1 家，2月报 0 家）”; empty when nobody is lacking."""
    amount = calculator.amount(code, period, scope.members)
    words = completeness(amount, scope.names).words
    if not words or not amount.partial:
        return words
    if calculator.catalogue.indicator(code).season is not None:
        return words.replace("缺部分月份", "缺部分日子")
    named = []
    for month in period.months:
        part = calculator.amount(code, Period.of_month(month), scope.members)
        if not part.complete:
            named.append(f"{month.month}月报 {len(part.reported)} 家")
    return f"{words}（{'，'.join(named)}）" if 0 < len(named) <= _MONTHS_NAMED else words


# ----------------------------------------------------------------------------------------------- growth


def one_sided_words(indicator: Indicator, growth: Growth, then: str, now: str, rate: str, *, both: bool) -> list[str]:
    """Who stands on one side only: without a word the rate would be silently wrong.

    Of a sum the direction is known; a rate or an index may move either way.

    :param both: also when somebody is lacking in the base of a sum, where that is not said elsewhere.
    """
    if growth.rate is None or not (growth.surplus or growth.gap):
        return []
    if not indicator.kind.adds_over_companies:
        return [f"{then}与{now}的企业不一致，{rate}不可直接比"]
    words = []
    if growth.surplus:
        words.append(f"{then}含{now}未报、退回的 {growth.surplus} 家，{rate}偏低")
    if growth.gap and both:
        words.append(f"{then}缺 {growth.gap} 家而{now}已报，{rate}偏高")
    return words


def _growth(said: Said, growth: Growth, then: str, now: str, rate: str, *, both: bool = False) -> Iterator[str]:
    if growth.withheld:
        yield f"{growth.withheld}，不算{rate}"
    yield from one_sided_words(said.indicator, growth, then, now, rate, both=both)


def _basis(said: Said, growth: Growth, rate: str) -> Iterator[str]:
    if growth.basis:
        yield f"{rate}按{growth.basis}{_published(said, growth)}"
        if growth.basis == COMPARABLE and rate == "同比" and said.calculator.additive(said.indicator.code):
            yield "没有可比口径基数的企业、分项不算拉动和贡献率"
    if growth.unused and growth.rate is not None:
        own = said.indicator.formula is None and said.indicator.kind.adds_over_months
        what = "有的月份" if own else "计算用的数"
        yield f"{what}录有可比口径基数，但不齐，{rate}没有用，仍按公布数"


def _published(said: Said, growth: Growth) -> str:
    """“（上年同期公布数268.9亿件，可比数296.4亿件）”."""
    if growth.published is None or growth.base is None:
        return ""
    told = [
        format_amount(said.indicator, amount, said.scope.scale, with_unit=True)
        for amount in (growth.published, growth.base)
    ]
    return f"（上年同期公布数{told[0]}，可比数{told[1]}）"


# ----------------------------------------------------------------------------------------------- the amount


def _two_sums(said: Said, amount: Amount) -> Iterator[str]:
    """The reported 累计 and the sum of the months, where they differ, and which of them is the figure."""
    if amount.months_sum is None or amount.cumulated is None:
        return

    def shown(value: Fraction) -> str:
        return format_amount(said.indicator, value, said.scope.scale, with_unit=True)

    apart = abs(amount.cumulated - amount.months_sum)
    reported = amount.value == amount.cumulated
    by_months = amount.value == amount.months_sum
    which = "按报送累计" if reported else "报送累计较早，按各月之和" if by_months else "各企业按后报的"
    reasons = _reasons(said, amount) if reported else []
    why = f"（原因：{'；'.join(reasons)}）" if reasons else ""
    yield (
        f"各月之和 {shown(amount.months_sum)}，报送累计 {shown(amount.cumulated)}，相差 {shown(apart)}，{which}{why}"
    )


def _reasons(said: Said, amount: Amount) -> Sequence[str]:
    values = said.calculator.facts.values
    reasons = (values[key].reason for key in amount.keys if key.span is Span.YTD)
    return list(dict.fromkeys(reason for reason in reasons if reason))[:3]


def _years_ago(said: Said) -> Iterator[str]:
    """Who stands in a figure of years ago that is lacking now: 年均增速 and 倍数 are low by them."""
    if said.indicator.formula is None or said.amount.value is None:
        return
    for code, years in said.indicator.formula.earlier:
        then = said.period.years_before(years)
        for leaf in said.calculator.company_inputs(said.calculator.catalogue.indicator(code), said.period.last):
            now, old = (said.calculator.amount(leaf.code, each, said.scope.members) for each in (said.period, then))
            late = old.reported & (now.missing | now.returned | now.partial)
            if not late:
                continue
            part = one_sided_pct(said.calculator, leaf, then, said.period, said.scope.members)
            yield f"{then.label}的{leaf.name}含本期未报、退回的 {len(late)} 家（占 {quantize(part, 1)}%），结果偏低"


def _shared(said: Said) -> Iterator[str]:
    if said.indicator.parent is None or said.amount.value is None:
        return
    if words := share_words(said.calculator, said.indicator.code, said.indicator.parent, said.period, said.scope):
        yield words


def share_words(calculator: Calculator, part: str, whole: str, period: Period, scope: Scope) -> str:
    """Over whom a share is computed where some gave the whole without the part; empty where all gave both."""
    plain = calculator.amount(whole, period, scope.members)
    both = calculator.together((part, whole), period, scope.members)[1]
    if both.value is None or both.value == plain.value:
        return ""
    return f"有企业只报了{calculator.catalogue.indicator(whole).name}，比重按两个数都报了的企业算"


def _counted_once(said: Said) -> Iterator[str]:
    """Which year's population or area a figure per head or per area was divided by: it is counted once a year."""
    if said.indicator.formula is None or said.amount.value is None:
        return
    for code in said.calculator.inputs(said.indicator):
        entry = said.calculator.catalogue.indicator(code)
        months = [key.month for key in said.amount.keys if key.indicator == code]
        if entry.carried_months and months:
            month = Month.from_key(max(months))
            yield f"{entry.name}用{f'{month.year}年末' if month.month == 12 else month.label}的数"


def _carried_from(indicator: Indicator, amount: Amount, period: Period) -> Month | None:
    """The older month whose figure still stands, for what is counted once a year."""
    months = [key.month for key in amount.keys]
    if not indicator.carried_months or not months or max(months) == period.last.key:
        return None
    return Month.from_key(max(months))
