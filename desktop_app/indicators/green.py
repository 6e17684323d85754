"""绿色包装: a programme's lines against their targets, companies side by side. Rates are ratios of sums."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from desktop_app.catalogue.format import DASH, MINUS, WHOLE_PCT, format_amount, format_pp
from desktop_app.catalogue.model import Catalogue, Indicator, Kind, Programme, ProgrammeLine
from desktop_app.indicators.amount import NOTHING, Amount
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.campaigns import campaign_line
from desktop_app.indicators.facts import Member
from desktop_app.indicators.figures import Scope, amount_text, exact
from desktop_app.indicators.green_counts import count_rows
from desktop_app.indicators.pace import NOT_SAID, WINDOW, Arrival, arrival, pace
from desktop_app.indicators.rate_only import company_rate, handed_down, place_of, rate_only_names
from desktop_app.indicators.results.green import GreenCell, GreenLine, GreenMatrixRow, GreenReport
from desktop_app.indicators.results.tone import Tone
from desktop_app.indicators.sampling import sample_range, sample_words
from desktop_app.models.values import (
    YES_NO_UNIT,
    CellState,
    Comparator,
    Month,
    Period,
    PeriodKind,
    plain,
    quantize,
)

SPARK_MONTHS = 12


def build_green(calculator: Calculator, programme: Programme, period: Period, scope: Scope) -> GreenReport:
    """The programme as of ``period`` with the company × indicator matrix of all green rates."""
    members = calculator.facts.active_members(period.months)
    return GreenReport(
        period=str(period),
        programme=programme.code,
        programme_name=programme.name,
        lines=programme_lines(calculator, programme, period, scope),
        enterprises=tuple(member.name for member in members),
        matrix=tuple(
            _matrix_row(calculator, programme, indicator, period, members)
            for indicator in shown_rates(calculator, period)
        ),
        counts=count_rows(calculator, period, members),
    )


def programme_lines(
    calculator: Calculator, programme: Programme, period: Period, scope: Scope, *, sparks: bool = True
) -> tuple[GreenLine, ...]:
    """The lines alone; without ``sparks`` no month but the period's own is computed."""
    return tuple(_line(calculator, programme, line, period, scope, sparks=sparks) for line in programme.lines)


def green_rates(catalogue: Catalogue) -> tuple[Indicator, ...]:
    """The green indicators that are rates, in order; of a matter with several definitions the leading one."""
    rates = (i for i in catalogue.indicators.values() if i.green_rate)
    return tuple(rate for rate in rates if rate.code not in catalogue.alternates)


def second_definitions(catalogue: Catalogue) -> tuple[Indicator, ...]:
    """The green rates that define anew what a leading one says (瘦身胶带 by purchase); shown where there are any."""
    rates = (i for i in catalogue.indicators.values() if i.green_rate)
    return tuple(rate for rate in rates if rate.code in catalogue.alternates)


def shown_rates(calculator: Calculator, period: Period) -> tuple[Indicator, ...]:
    """The leading rates, and of the second definitions those of which a company has given a figure in the period."""
    members = calculator.facts.active_members(period.months)

    def given(rate: Indicator) -> bool:
        return any(company_rate(calculator, rate, period, member)[0].value is not None for member in members)

    return (*green_rates(calculator.catalogue), *filter(given, second_definitions(calculator.catalogue)))


def target_in_base(catalogue: Catalogue, line: ProgrammeLine) -> Fraction | None:
    """The line's target in base units (万个 → 个); None for a campaign."""
    if line.value is None:
        return None
    return Fraction(line.value) * Fraction(catalogue.units[line.unit].factor)


def line_amount(calculator: Calculator, line: ProgrammeLine, period: Period) -> Amount:
    """What stands against the target: the level, a count's total since January, or what was added since December.

    Only companies that gave both ends are compared; one that opened since began with nothing.
    """
    if line.indicator is None:
        return NOTHING
    indicator = calculator.catalogue.indicator(line.indicator)
    if indicator.kind.adds_over_months and period.kind is PeriodKind.MONTH:
        period = Period.to_date(period.last)  # 全年目标对本年累计
    now = calculator.amount(line.indicator, period)
    if not line.increment or now.value is None:
        return now
    december = Period.of_month(Month(period.last.year - 1, 12))
    start = calculator.amount(line.indicator, december)
    if now.reported:
        lacking = start.missing | start.returned
        both = now.reported - lacking
        missing = now.missing | (now.reported & lacking)
        now = replace(calculator.amount(line.indicator, period, both), missing=missing, returned=now.returned)
        start = calculator.amount(line.indicator, december, both)
    begun = Fraction(0) if start.state is CellState.NOT_APPLICABLE else start.value
    if now.value is None or begun is None:
        return Amount(None, CellState.MISSING, missing=now.missing, returned=now.returned)
    return replace(now, value=now.value - begun, cumulated=None, months_sum=None)


# ----------------------------------------------------------------------------------------------- lines


@dataclass(frozen=True)
class _Standing:
    text: str
    tone: Tone
    met: bool | None = None


def _line(
    calculator: Calculator, programme: Programme, line: ProgrammeLine, period: Period, scope: Scope, *, sparks: bool
) -> GreenLine:
    if line.campaign:
        return campaign_line(calculator, line, target_text(line), period, scope)
    amount = line_amount(calculator, line, period)
    target = target_in_base(calculator.catalogue, line)
    indicator = calculator.catalogue.indicators.get(line.indicator) if line.indicator else None
    numerator, denominator = _fraction(calculator, indicator, period)
    drawn = sample_of(indicator, numerator, denominator)
    comparable = _comparable(programme, line, scope)
    gap = amount.value - target if comparable and amount.value is not None and target is not None else None
    standing = _standing(programme, line, amount, target, comparable=comparable)
    spark = _spark(calculator, line, period.last) if sparks else []
    arrived = _arrival(calculator, line, amount, target, period) if sparks and comparable else NOT_SAID
    return GreenLine(
        indicator=line.indicator or "",
        name=line.name,
        comparator=line.comparator.value,
        target=line.value,
        target_text=target_text(line),
        value=exact(amount.value),
        value_text=_value_text(indicator, amount, scope),
        unit=indicator.base_unit if indicator else line.unit,
        gap_text=_gap_text(indicator, gap, scope),
        gap=exact(gap),
        numerator=exact(numerator),
        denominator=exact(denominator),
        fraction_text=_fraction_text(calculator, indicator, numerator, denominator, scope),
        met=standing.met,
        state_text=standing.text,
        state_tone=standing.tone,
        clause=line.clause,
        spark=tuple(exact(value) for value in spark),
        as_of=line.as_of,
        state=amount.state,
        arrival=arrived.text,
        arrival_months=arrived.months,
        arrival_words=arrived.words,
        note=sample_words(*drawn) if drawn else "",
        sample_range=sample_range(*drawn) if drawn else "",
        rate_only=_alone(calculator, indicator, period, amount),
        partial=_partial(calculator, period, amount),
        handed_down=handed_down(calculator, indicator, period, amount),
    )


def _partial(calculator: Calculator, period: Period, amount: Amount) -> tuple[str, ...]:
    """Who has reported some months of a longer period only."""
    if period.kind is PeriodKind.MONTH or amount.value is None:
        return ()
    return tuple(calculator.facts.member(each).name for each in sorted(amount.partial))


def sample_of(
    indicator: Indicator | None, numerator: Fraction | None, denominator: Fraction | None
) -> tuple[int, int] | None:
    """Passed and drawn of a sampled rate; None of any other."""
    if indicator is None or not indicator.sampled or numerator is None or not denominator or numerator > denominator:
        return None
    return int(numerator), int(denominator)


def _alone(calculator: Calculator, indicator: Indicator | None, period: Period, amount: Amount) -> tuple[str, ...]:
    """Who gave the rate alone; nobody is left out of a rate that was handed down for the region itself."""
    if indicator is None or indicator.kind is not Kind.RATIO or any(k.indicator == indicator.code for k in amount.keys):
        return ()
    return rate_only_names(calculator, indicator, period)


def _arrival(
    calculator: Calculator, line: ProgrammeLine, amount: Amount, target: Fraction | None, period: Period
) -> Arrival:
    """Over levels, the pace of the last months; over what adds up from January, the year's own mean month."""
    if amount.value is None or target is None or line.indicator is None:
        return NOT_SAID
    if line.increment or calculator.catalogue.indicator(line.indicator).kind.adds_over_months:
        change: Fraction | None = amount.value / period.last.month
        basis = "今年以来"
    else:
        change, basis = pace(_spark(calculator, line, period.last, WINDOW + 1)), f"近 {WINDOW} 个月"
    return arrival(line.comparator, amount.value, target, change, period.last, Month.parse(line.as_of), basis)


def target_text(line: ProgrammeLine) -> str:
    """“≥95%”, “新增≥2万个”, 完成; 100% without ≥, for no share is higher."""
    if line.value is None:
        return line.comparator.value
    number = format(line.value.normalize(), "f")
    if line.value == WHOLE_PCT and line.unit == "%" and line.comparator is Comparator.GE and not line.increment:
        return f"{number}%"
    return f"{'新增' if line.increment else ''}{line.comparator.value}{number}{line.unit}"


def _value_text(indicator: Indicator | None, amount: Amount, scope: Scope) -> str:
    if indicator is None:
        return DASH
    if amount.value is None:
        return amount_text(indicator, amount, scope.scale)
    if indicator.base_unit == YES_NO_UNIT:
        return "是" if amount.value >= 1 else "否"
    return format_amount(indicator, amount.value, scope.scale, with_unit=True)


def _gap_text(indicator: Indicator | None, gap: Fraction | None, scope: Scope) -> str:
    """The gap signed: points for rates, units otherwise."""
    if indicator is None or gap is None:
        return DASH
    if indicator.base_unit == "%":
        return format_pp(gap)
    text = format_amount(indicator, abs(gap), scope.scale)
    return text if gap == 0 else ("+" if gap > 0 else MINUS) + text


def _comparable(programme: Programme, line: ProgrammeLine, scope: Scope) -> bool:
    """Whether the target can be held against the scope's figure.

    A total (万个) set for a wider area, or for another one, says nothing about one county's count; a rate does.
    """
    return line.unit == "%" or programme.region == scope.region


def _standing(
    programme: Programme, line: ProgrammeLine, amount: Amount, target: Fraction | None, *, comparable: bool
) -> _Standing:
    if line.indicator is None:
        return _Standing("专项治理", Tone.NEUTRAL)
    if target is None:
        return _ban(amount)
    torn = "，两处不一致" if conflicts(programme, line) else ""
    if not comparable:
        return _Standing(f"{programme.level}总数{torn}", Tone.BAD if torn else Tone.NEUTRAL)
    if amount.value is None:
        return _Standing(amount.state.label or "未报", Tone.NEUTRAL)
    if line.comparator.met(amount.value, target):
        return _Standing(f"已达{torn}", Tone.BAD if torn else Tone.GOOD, met=True)
    return _Standing(f"未达{torn}", Tone.BAD if torn else Tone.WARN, met=False)


def _ban(amount: Amount) -> _Standing:
    """禁止使用: yes or no."""
    if amount.value is None:
        return _Standing(amount.state.label or "未报", Tone.NEUTRAL)
    done = amount.value >= 1
    return _Standing("已做到" if done else "未做到", Tone.GOOD if done else Tone.WARN, met=done)


def conflicts(programme: Programme, line: ProgrammeLine) -> bool:
    """Whether another clause of the same programme sets another value for the same indicator."""
    return any(
        other is not line
        and other.indicator == line.indicator
        and (other.value, other.unit) != (line.value, line.unit)
        and other.as_of == line.as_of
        for other in programme.lines
    )


def _fraction(
    calculator: Calculator, indicator: Indicator | None, period: Period
) -> tuple[Fraction | None, Fraction | None]:
    """Numerator and denominator as they are evaluated: over the companies that gave both."""
    pair = input_pair(indicator) if indicator and indicator.kind is Kind.RATIO else None
    if indicator is None or pair is None:
        return None, None
    rate = calculator.amount(indicator.code, period)
    if rate.value is None or any(key.indicator == indicator.code for key in rate.keys):  # handed down as a rate
        return None, None
    used = calculator.inputs_used(indicator, period)
    return used[pair[0]].value, used[pair[1]].value


def input_pair(indicator: Indicator) -> tuple[str, str] | None:
    """Codes of numerator and denominator of a plain ratio."""
    inputs = indicator.formula.inputs if indicator.formula else ()
    return (inputs[0], inputs[1]) if len(inputs) == 2 else None


def _fraction_text(
    calculator: Calculator,
    indicator: Indicator | None,
    numerator: Fraction | None,
    denominator: Fraction | None,
    scope: Scope,
) -> str:
    pair = input_pair(indicator) if indicator else None
    if pair is None or numerator is None or denominator is None:
        return ""
    above, below = (calculator.catalogue.indicator(code) for code in pair)
    if abs(denominator) < below.display[scope.scale].unit.factor:  # 307 / 335 件, not 0.03 / 0.03 万件
        return f"{plain(quantize(numerator, 0))} / {plain(quantize(denominator, 0))}{below.base_unit}"
    return f"{format_amount(above, numerator, scope.scale)} / " + format_amount(
        below, denominator, scope.scale, with_unit=True
    )


def _spark(
    calculator: Calculator, line: ProgrammeLine, last: Month, count: int = SPARK_MONTHS
) -> list[Fraction | None]:
    months = [last.shift(-back) for back in reversed(range(count))]
    return [line_amount(calculator, line, Period.of_month(month)).value for month in months]


# ----------------------------------------------------------------------------------------------- matrix


def programme_target(programme: Programme, code: str) -> ProgrammeLine | None:
    """The programme's first line for this indicator."""
    return next((line for line in programme.lines if line.indicator == code and line.value is not None), None)


def _matrix_row(
    calculator: Calculator,
    programme: Programme,
    indicator: Indicator,
    period: Period,
    members: tuple[Member, ...],
) -> GreenMatrixRow:
    line = programme_target(programme, indicator.code)
    target = target_in_base(calculator.catalogue, line) if line else None

    def cell(amount: Amount, place: str = "", *, rate_only: bool = False) -> GreenCell:
        met = (
            line.comparator.met(amount.value, target)
            if line and target is not None and amount.value is not None
            else None
        )
        return GreenCell(
            amount_text(indicator, amount, "county"), amount.state, met, exact(amount.value), rate_only, place
        )

    given = [company_rate(calculator, indicator, period, member) for member in members]
    return GreenMatrixRow(
        indicator=indicator.code,
        name=indicator.short,
        target_text=target_text(line) if line else "",
        target=line.value if line else None,
        cells=tuple(cell(amount, "" if alone else place_of(amount, given), rate_only=alone) for amount, alone in given),
        county=cell(calculator.amount(indicator.code, period)),
        rate_only=rate_only_names(calculator, indicator, period),
    )
