"""名次: companies or towns by one indicator, with the places won and lost against last month and last year."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from desktop_app.catalogue.format import in_display_unit
from desktop_app.catalogue.model import Indicator
from desktop_app.charts import ChartKind, ChartSpec, Series
from desktop_app.indicators.figures import amount_text, completeness, growth_over_year, one_decimal
from desktop_app.indicators.growth import share_pct
from desktop_app.indicators.pivot import Subject
from desktop_app.indicators.ranking import movement, places
from desktop_app.models.values import Month, Period, Polarity
from desktop_app.services import context
from desktop_app.services.figures import find_indicator, regions_with_figures
from desktop_app.services.results.pivot import Axis, RankBoard, RankRow
from desktop_app.services.subjects import Field, field_of
from desktop_app.storage.engine import Ledger


@dataclass(frozen=True)
class _Then:
    """The three periods of a ranking; ``before`` None where there is none (累计 of January)."""

    now: Period
    before: Period | None
    last_year: Period


def rank_board(
    ledger: Ledger,
    code: str,
    month: Month,
    *,
    axis: Axis = Axis.COMPANY,
    cumulative: bool = False,
    region: str | None = None,
) -> RankBoard:
    """Companies or towns in order, those without a figure last.

    Equal figures share a place. What should be small (申诉率) is ranked from the smallest.

    :raises UserError: unknown indicator or region.
    """
    indicator = find_indicator(ledger, code)
    if region is not None:
        context.check_region(ledger, region)
    then = _periods(month, cumulative=cumulative)
    field = field_of(ledger, indicator, axis, (then.now,), region)
    rows = _rows(indicator, field, then)
    scale = field.whole.scope.scale
    return RankBoard(
        code=indicator.code,
        name=indicator.name,
        unit=indicator.display[scale].unit.name,
        period_label=then.now.label,
        rows=rows,
        chart=_chart(indicator, rows, scale, then, field.reason),
        notes=_notes(indicator, field, then),
        reason="" if rows else field.reason,
        regions=regions_with_figures(ledger),
    )


def _periods(month: Month, *, cumulative: bool) -> _Then:
    if not cumulative:
        now = Period.of_month(month)
        return _Then(now, now.previous(), now.previous_year())
    now = Period.to_date(month)
    before = Period.to_date(month.shift(-1)) if month.month > 1 else None
    return _Then(now, before, now.previous_year())


def _rows(indicator: Indicator, field: Field, then: _Then) -> tuple[RankRow, ...]:
    smallest = indicator.polarity is Polarity.DOWN
    now, before, last_year = (
        places(_values(field.rows, period), smallest_first=smallest) if period is not None else {}
        for period in (then.now, then.before, then.last_year)
    )
    whole = field.whole.amount(then.now).value
    rows = [_row(indicator, subject, then, whole, now, before, last_year) for subject in field.rows]
    return tuple(sorted(rows, key=lambda row: (row.rank is None, row.rank or 0)))


def _values(subjects: tuple[Subject, ...], period: Period) -> dict[str, Fraction | None]:
    return {subject.key: subject.amount(period).value for subject in subjects}


def _row(
    indicator: Indicator,
    subject: Subject,
    then: _Then,
    whole: Fraction | None,
    now: dict[str, int],
    before: dict[str, int],
    last_year: dict[str, int],
) -> RankRow:
    amount = subject.amount(then.now)
    scale = subject.scope.scale
    shares = indicator.kind.adds_over_companies
    growth = growth_over_year(subject.calculator(then.now), indicator, then.now, subject.scope)
    key = subject.key
    return RankRow(
        key=key,
        name=subject.name,
        text=amount_text(indicator, amount, scale),
        state=amount.state,
        value=None if amount.value is None else in_display_unit(indicator, amount.value, scale),
        rank=now.get(key),
        share_pct=one_decimal(share_pct(amount.value, whole)) if shares else None,
        yoy_pct=one_decimal(growth.rate),
        last_month=before.get(key),
        last_year=last_year.get(key),
        month_move=movement(now.get(key), before.get(key)),
        year_move=movement(now.get(key), last_year.get(key)),
    )


def _chart(indicator: Indicator, rows: tuple[RankRow, ...], scale: str, then: _Then, reason: str) -> ChartSpec:
    display = indicator.display[scale]
    return ChartSpec(
        kind=ChartKind.RANK,
        title=f"{then.now.label}{indicator.name}名次",
        unit=display.unit.name,
        categories=tuple(row.name for row in rows),
        series=(Series(indicator.short, tuple(row.value for row in rows)),),
        decimals=display.decimals,
        keys=tuple(row.key for row in rows),
        captions=tuple(row.text for row in rows),
        reason=reason
        or ("" if any(row.value is not None for row in rows) else f"{then.now.label}没有{indicator.name}的数"),
    )


def _notes(indicator: Indicator, field: Field, then: _Then) -> tuple[str, ...]:
    notes = []
    if indicator.polarity is Polarity.DOWN:
        notes.append("此项越小越好，由小到大排")
    now = field.whole.amount(then.now)
    absent = len((now.missing | now.returned) - now.reported)
    if absent:
        notes.append(f"{absent} 家未报或退回，不排名次，其后的企业名次相应靠前")
    if partial := len(now.partial):
        notes.append(f"{partial} 家有月份未报，按已报的月份排")
    if then.before is not None:
        before = completeness(field.whole.amount(then.before), field.whole.scope.names).words
        notes += [f"上期{before}，名次变动受此影响"] * bool(before)
    else:
        notes.append("1月的累计没有上月可比")
    return tuple(notes)
