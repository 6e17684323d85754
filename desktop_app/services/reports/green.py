"""绿色包装通报: the fitting programme over a month, quarter or year, by company."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.indicators.green import green_rates, target_in_base, target_text
from desktop_app.indicators.green_drag import drags
from desktop_app.models.values import Period, PeriodKind, quantize
from desktop_app.services import context
from desktop_app.services.green import drag_chart, find_programme
from desktop_app.services.green_estimates import estimates
from desktop_app.services.outlet_rates import outlet_rates, rate_heads
from desktop_app.services.reports.kinds import ReportKind
from desktop_app.services.reports.monthly import bare_data, green_part
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.catalogue.model import Programme
    from desktop_app.indicators.amounts import Calculator
    from desktop_app.reporting.content import Document
    from desktop_app.reporting.green_bulletin import Drag

_NAMED = 3
"""Companies named for each indicator."""


def blocked(ledger: Ledger, period: Period) -> str:
    """Without any green figure there is nothing to tell."""
    calc = context.calculator(ledger, period.last)
    known = any(calc.amount(rate.code, period).value is not None for rate in green_rates(calc.catalogue))
    return "" if known else f"{period.label}没有绿色包装数据"


def build(ledger: Ledger, period: Period, edition: str, made_on: date) -> Document:
    """The content of the bulletin."""
    from desktop_app.reporting.green_bulletin import GreenBulletinData, OutletLine, build_green

    calc = context.calculator(ledger, period.last)
    part = green_part(ledger, period)
    base = replace(bare_data(ledger, period, edition, made_on), green=part)
    if part is None:
        return build_green(GreenBulletinData(base))
    programme = find_programme(calc.catalogue, part.report.programme, period.last, calc.facts.region)
    focus = calc.catalogue.indicators.get(part.focus)
    outlets = outlet_rates(ledger, period.last) if period.kind is PeriodKind.MONTH else ()
    heads = rate_heads(ledger, outlets)
    return build_green(
        GreenBulletinData(
            base,
            drags=_drags(calc, programme, period),
            chart=drag_chart(calc, programme, focus, period) if focus is not None else None,
            chart_name=focus.name if focus is not None else "",
            estimates=estimates(ledger, period),
            outlets=tuple(
                OutletLine(
                    each.company,
                    each.outlet,
                    tuple(each.rates[code].text if code in each.rates else "" for code, _ in heads),
                )
                for each in outlets
            ),
            outlet_heads=tuple(name for _, name in heads),
            keys=tuple(_keys(calc)[name] for name in part.report.enterprises),
        )
    )


def _keys(calc: Calculator) -> dict[str, str]:
    return {member.name: str(member.id) for member in calc.facts.members}


def _drags(calc: Calculator, programme: Programme, period: Period) -> tuple[Drag, ...]:
    """For every unmet rate the companies that cost most, in the order of the programme."""
    from desktop_app.reporting.green_bulletin import Drag

    keys, found, seen = _keys(calc), [], set()
    for line in programme.lines:
        indicator = calc.catalogue.indicators.get(line.indicator or "")
        target = target_in_base(calc.catalogue, line)
        if indicator is None or target is None or indicator.code in seen or indicator.base_unit != "%":
            continue
        value = calc.amount(indicator.code, period).value
        if value is None or line.comparator.met(value, target):
            continue
        seen.add(indicator.code)
        costing = [drag for drag in drags(calc, indicator, target, period) if drag.points < 0][:_NAMED]
        found += [
            Drag(
                indicator.code, indicator.name, target_text(line), drag.name, keys[drag.name], quantize(drag.points, 2)
            )
            for drag in costing
        ]
    return tuple(found)


GREEN = ReportKind(
    code="green",
    title="绿色包装通报",
    periods=frozenset({PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR}),
    period_hint="例如 2021-03、2021-Q1 或 2021",
    blocked=blocked,
    blocked_hint="请先导入绿色包装表",
    build=build,
)
