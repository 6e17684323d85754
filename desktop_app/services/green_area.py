"""A wider area's programme against that area's own published figures: the nation's rates month by month (9792)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.indicators.green import programme_lines
from desktop_app.models.values import Period
from desktop_app.services import context

if TYPE_CHECKING:
    from desktop_app.catalogue.model import Programme
    from desktop_app.indicators.results.green import GreenLine, GreenReport
    from desktop_app.storage.engine import Ledger


def with_area(ledger: Ledger, report: GreenReport, programme: Programme, period: Period) -> GreenReport:
    """The report with what the programme's own area reads, line by line, where the ledger holds its figures."""
    where = programme.region
    if where == context.home(ledger).region:
        return report
    calc = context.calculator(ledger, period.last, where)
    if not calc.facts.values:
        return report
    found = programme_lines(calc, programme, period, context.scope(ledger, where), sparks=False)
    name = context.region_name(ledger, where)
    name = programme.level if name == where else name
    lines = tuple(_beside(own, area, name) for own, area in zip(report.lines, found, strict=True))
    return replace(report, lines=lines)


def _beside(own: GreenLine, area: GreenLine, name: str) -> GreenLine:
    if area.value is None or not own.indicator:
        return own
    stands = "" if area.met is None else "已达" if area.met else "未达"
    return replace(own, area=f"{name} {area.value_text} {stands}".strip(), area_met=area.met)
