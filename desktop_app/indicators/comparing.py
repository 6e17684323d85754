"""Change against a year or a period before: on which base, over which companies, and when no rate may be named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from desktop_app.catalogue.model import Indicator
from desktop_app.indicators.amount import Amount
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.comparable import comparable_base, has_unused_base
from desktop_app.indicators.growth import change, growth_pct
from desktop_app.indicators.scope import Scope, completeness, in_points, moves_in_points
from desktop_app.models.values import SCALE, CellState, Month, Period, Span, plain, quantize

COMPARABLE = "可比口径"
"""The basis of a growth against a comparable base."""


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
    """How many companies are in the base that are lacking now: they pull the rate of a sum down."""
    gap: int = 0
    """How many companies are in the value that are lacking in the base: they push the rate of a sum up."""
    withheld: str = ""
    """Why there is no rate although both amounts are known: too much of one of them has nothing on the other side."""
    unused: bool = False
    """Whether some inputs have a comparable base that this figure could not use, since others have none."""


def growth_over_year(calculator: Calculator, indicator: Indicator, period: Period, scope: Scope) -> Growth:
    """同比: on the comparable base where one is stored, else on our own figure, else on what the file reports."""
    current = calculator.amount(indicator.code, period, scope.members)
    before = period.previous_year()
    comparable = comparable_base(calculator, indicator, period, scope.members)
    if comparable is not None:
        published = calculator.amount(indicator.code, before, scope.members)
        rate = _rate(indicator, current.value, comparable)
        # The base that was entered is whole, whoever gave last year's figures; who is lacking now is told all the same.
        surplus = len(published.reported & _silent(current))
        sides = ((before, period, "本期未报的企业占上年同期"),) if rate is not None and surplus else ()
        withheld = _withheld(calculator, indicator, sides, period.last, scope)
        rate = None if withheld else rate
        return Growth(comparable, rate, COMPARABLE, published=published.value, surplus=surplus, withheld=withheld)
    base = calculator.amount(indicator.code, before, scope.members)
    if words := break_words(calculator, indicator, before, period):
        return Growth(base.value, None, broken=words)
    if base.value is None:
        return _reported_growth(calculator, indicator, current)
    unused = has_unused_base(calculator, indicator, period, scope.members)
    lacking = completeness(base, scope.names).words
    return _growth(
        calculator, indicator, (period, current), (before, base), scope, "上年同期", lacking=lacking, unused=unused
    )


def growth_over_month(calculator: Calculator, indicator: Indicator, period: Period, scope: Scope) -> Growth:
    """环比: refused over a break; who stands on one side only is counted. A year has none."""
    before = period.previous()
    if before == period.previous_year():
        return Growth(None, None)
    base = calculator.amount(indicator.code, before, scope.members)
    if break_words(calculator, indicator, before, period):
        return Growth(base.value, None)
    now = calculator.amount(indicator.code, period, scope.members)
    return _growth(calculator, indicator, (period, now), (before, base), scope, "上期")


def break_words(calculator: Calculator, indicator: Indicator, earlier: Period, later: Period) -> str:
    """Why two periods cannot be compared, from the indicator's own breaks or those of what it is computed from."""
    for code in dict.fromkeys((indicator.code, *calculator.inputs(indicator))):
        entry = calculator.catalogue.indicator(code)
        found = entry.break_between(earlier.last, later.last)
        if found is not None:
            return f"{entry.name}{found.month.label}起{found.reason}，与以前的数不可比；录入可比口径基数后才算增速"
    return ""


def _rate(indicator: Indicator, value: Fraction | None, base: Fraction | None) -> Fraction | None:
    return in_points(indicator, change(value, base)) if moves_in_points(indicator) else growth_pct(value, base)


_Side = tuple[Period, Amount]


def _growth(
    calculator: Calculator,
    indicator: Indicator,
    now: _Side,
    then: _Side,
    scope: Scope,
    word: str,
    *,
    lacking: str = "",
    unused: bool = False,
) -> Growth:
    value, base = now[1], then[1]
    rate = _rate(indicator, value.value, base.value)
    surplus = len(base.reported & _silent(value))
    gap = len(value.reported & _silent(base))
    withheld = ""
    if rate is not None and (surplus or gap):
        sides = (then[0], now[0], f"本期未报的企业占{word}"), (now[0], then[0], f"{word}未报的企业占本期")
        withheld = _withheld(calculator, indicator, sides, now[0].last, scope)
    return Growth(
        base.value,
        None if withheld else rate,
        lacking=lacking,
        surplus=surplus,
        gap=gap,
        withheld=withheld,
        unused=unused,
    )


def _silent(amount: Amount) -> frozenset[int]:
    return amount.missing | amount.returned | amount.partial


# ----------------------------------------------------------------------------------------------- one side only


def _withheld(
    calculator: Calculator,
    indicator: Indicator,
    sides: Sequence[tuple[Period, Period, str]],
    month: Month,
    scope: Scope,
) -> str:
    """Why no rate is named: more than the threshold of one side comes from who is lacking on the other.

    Of a computed figure the amounts meant are those that companies give for it.

    :param sides: a period, the one with which it is compared, and the words for what is lacking there.
    :param month: by the definitions of which month the figure is computed.
    """
    limit = calculator.catalogue.rules.threshold("GROWTH_COVERAGE", "lacking_pct")
    for of, lacking_in, words in sides:
        for leaf in calculator.company_inputs(indicator, month):
            part = one_sided_pct(calculator, leaf, of, lacking_in, scope.members)
            if part > limit:
                return f"{words}{leaf.name}的 {quantize(part, 1)}%，超过 {plain(limit)}%"
    return ""


def one_sided_pct(
    calculator: Calculator, leaf: Indicator, of: Period, lacking_in: Period, members: frozenset[int] | None
) -> Fraction:
    """Per cent of the amount in ``of`` that comes from companies and months that are lacking in ``lacking_in``.

    :param leaf: an indicator that is summed over companies.
    :param lacking_in: a period as long as ``of``; its months answer to those of ``of`` in order.
    """
    whole = calculator.amount(leaf.code, of, members)
    other = calculator.amount(leaf.code, lacking_in, members)
    if not whole.value or whole.value < 0:
        return Fraction(0)
    apart = Fraction(0)
    for company in whole.reported & _silent(other):
        only = frozenset({company})
        if company not in other.partial:
            apart += calculator.amount(leaf.code, of, only).value or 0
            continue
        for here, there in zip(of.months, lacking_in.months, strict=True):
            lacking = calculator.amount(leaf.code, Period.of_month(there), only).state
            if lacking in {CellState.MISSING, CellState.RETURNED}:
                apart += calculator.amount(leaf.code, Period.of_month(here), only).value or 0
    return apart / whole.value * 100


# ----------------------------------------------------------------------------------------------- 报送


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
