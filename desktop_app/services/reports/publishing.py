"""公开版: the monthly summary without names and without figures that tell of a single company."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.charts import ChartSpec
from desktop_app.indicators.publication import Publication, plan_publication, withheld_months
from desktop_app.models.values import Month

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from desktop_app.indicators.amounts import Calculator
    from desktop_app.reporting.monthly_data import GreenPart, MonthlyData

_VOLUME = "MKT.VOL"
_REASON = "可推知单个企业的数，不予公布"


def published(calculator: Calculator, data: MonthlyData) -> MonthlyData:
    """The data of a public edition: withheld figures gone, charts with gaps, green lines left out and named."""
    green = [line.indicator for line in data.green.report.lines if line.indicator] if data.green is not None else []
    known = [code for code in green if code in calculator.catalogue.indicators]
    plan = plan_publication(calculator, [*data.figures, *known], data.month, data.time)
    gone = [code for code in (*data.figures, *dict.fromkeys(known)) if code in plan.month | plan.cumulative]
    composition = data.composition_chart
    if composition is not None and any(part in gone for part in calculator.catalogue.indicator(_VOLUME).parts):
        composition = None
    return replace(
        data,
        figures={code: plan.figure(figure) for code, figure in data.figures.items()},
        ranking=(),
        rates_before=_rates_before(calculator, data, plan),
        # Pulls are a part's change over the whole's base: each of them must be public.
        drivers=()
        if plan.telling.intersection(row.code for row in data.drivers) | plan.telling & {_VOLUME}
        else data.drivers,
        places=tuple(place for place in data.places if place.code not in plan.telling),
        volume_chart=None if data.volume_chart is None else public_chart(calculator, _VOLUME, data.volume_chart),
        composition_chart=composition,
        green=None if data.green is None else _green(calculator, data.green, plan.month),
        withheld=tuple(calculator.catalogue.indicator(code).name for code in gone),
    )


def _rates_before(calculator: Calculator, data: MonthlyData, plan: Publication) -> Mapping[str, Decimal]:
    """同比 of the period before where neither of its years is withheld."""
    before = data.time.previous()
    then = plan_publication(calculator, [*data.figures], before.last, before)
    return {code: rate for code, rate in data.rates_before.items() if code not in plan.telling | then.telling}


def public_chart(calculator: Calculator, code: str, chart: ChartSpec) -> ChartSpec:
    """A chart by months (``keys``) with a gap where a month is withheld; last year's line likewise."""
    series = []
    for line, shift in zip(chart.series, (0, -12), strict=False):
        months = [Month.parse(key).shift(shift) for key in chart.keys]
        hidden = withheld_months(calculator, code, months)
        values = (None if month in hidden else value for month, value in zip(months, line.values, strict=True))
        series.append(replace(line, values=tuple(values)))
    made = replace(chart, series=tuple(series))
    return replace(made, reason=_REASON, note="") if made.empty and not chart.empty else made


def _green(calculator: Calculator, part: GreenPart, hidden: frozenset[str]) -> GreenPart:
    lines = tuple(line for line in part.report.lines if line.indicator not in hidden)
    chart = part.chart
    if chart is not None:
        chart = public_chart(calculator, part.focus, chart) if part.focus and chart.keys else None
    return replace(part, report=replace(part.report, lines=lines, matrix=(), enterprises=()), chart=chart)
