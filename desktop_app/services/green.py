"""绿色包装: a programme's board for the tab, the command line and the reports."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from desktop_app.catalogue.format import format_pct, in_display_unit
from desktop_app.catalogue.model import Catalogue, Indicator, Kind, Programme, ProgrammeLine
from desktop_app.charts import ChartKind, ChartSpec, Role, Series, TargetLine
from desktop_app.errors import UserError
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.figures import Scope
from desktop_app.indicators.green import (
    build_green,
    green_rates,
    programme_target,
    target_in_base,
    target_text,
)
from desktop_app.indicators.green_drag import drag_text, drags
from desktop_app.indicators.growth import share_pct
from desktop_app.models.values import YES_NO_UNIT, Month, Period, quantize
from desktop_app.services import charting, context
from desktop_app.services.green_area import with_area
from desktop_app.services.green_estimates import estimates, estimates_on
from desktop_app.services.results.green import GreenBoard, GreenReport
from desktop_app.storage import observations
from desktop_app.storage.engine import Ledger

LEVEL_ORDER = ("本局", "县级", "市级", "省级", "全国")


def programmes_for(catalogue: Catalogue, month: Month, region: str) -> tuple[Programme, ...]:
    """Programmes, the most fitting first.

    Those set for the region or above it before others; those still to be met before past ones, and before own ones
    of years to come; the nearest level first, then the nearest year. Retired ones are left out.
    """

    def rank(programme: Programme) -> tuple[bool, bool, bool, int, int, str]:
        past = max(line.as_of for line in programme.lines) < f"{month.year:04d}"
        ahead = programme.code in catalogue.own_programmes and programme.year > month.year
        level = LEVEL_ORDER.index(programme.level) if programme.level in LEVEL_ORDER else len(LEVEL_ORDER)
        return not programme.binds(region), past, ahead, level, abs(programme.year - month.year), programme.code

    return tuple(sorted((p for p in catalogue.programmes.values() if not p.retired), key=rank))


def also_running(catalogue: Catalogue, month: Month, region: str, chosen: str) -> tuple[Programme, ...]:
    """The bureau's other own programmes that run in the month: several are active at once."""
    running = (p for p in programmes_for(catalogue, month, region) if p.code in catalogue.own_programmes)
    year = f"{month.year:04d}"
    return tuple(
        p for p in running if p.code != chosen and p.year <= month.year and max(line.as_of for line in p.lines) >= year
    )


def watched(catalogue: Catalogue, month: Month, region: str) -> tuple[Programme, ...]:
    """Programmes that are measured in the month, the most fitting first: it, this year's, and what is due this year."""
    offered = programmes_for(catalogue, month, region)
    year = f"{month.year:04d}"
    also = {each.code for each in also_running(catalogue, month, region, offered[0].code)} | {
        p.code
        for p in offered[1:]
        if p.code not in catalogue.own_programmes
        and p.binds(region)
        and (p.year == month.year or any(line.as_of.startswith(year) for line in p.lines))
    }
    return (offered[0], *(p for p in offered[1:] if p.code in also))


def find_programme(catalogue: Catalogue, code: str | None, month: Month, region: str) -> Programme:
    """The programme named, or the most fitting one for the month and region.

    :raises UserError: there is none of this code.
    """
    if code is None:
        return programmes_for(catalogue, month, region)[0]
    found = catalogue.programmes.get(code)
    if found is None:
        raise UserError(f"没有绿色方案 {code}", hint=f"可用：{'、'.join(catalogue.programmes)}")
    return found


def green_report(ledger: Ledger, period: Period, programme: str | None = None) -> GreenReport:
    """A programme's lines and the company matrix in ``period``.

    :raises UserError: unknown programme.
    """
    calc = context.calculator(ledger, period.last)
    chosen = find_programme(calc.catalogue, programme, period.last, calc.facts.region)
    report = with_area(ledger, build_green(calc, chosen, period, context.scope(ledger)), chosen, period)
    return with_evidence(ledger, report, period.last)


def with_evidence(ledger: Ledger, report: GreenReport, month: Month) -> GreenReport:
    """The report with the evidence (依据) under which each yes or no was entered."""
    known = context.catalogue(ledger).indicators
    bans = {
        line.indicator for line in report.lines if line.indicator and known[line.indicator].base_unit == YES_NO_UNIT
    }
    if not bans:
        return report
    with ledger.read() as session:
        stored = observations.current_observations(
            session, indicators=bans, first=month, last=month, regions=[context.home(ledger).region]
        )
    told = {each.indicator: f"依据：{each.reason}" for each in stored if each.reason and each.enterprise_id is None}
    lines = tuple(replace(line, note=told.get(line.indicator, line.note)) for line in report.lines)
    return replace(report, lines=lines)


def green_board(ledger: Ledger, month: Month, programme: str | None = None, focus: str | None = None) -> GreenBoard:
    """Everything that 绿色包装 shows.

    :param focus: indicator that the charts are about; None = the programme's first unmet rate.
    :raises UserError: unknown programme or indicator.
    """
    period = Period.of_month(month)
    calc = context.calculator(ledger, month)
    chosen = find_programme(calc.catalogue, programme, month, calc.facts.region)
    scope = context.scope(ledger)
    report = green_report(ledger, period, chosen.code)
    indicator = _focused(calc, chosen, period, focus)
    has_figures = any(calc.facts.knows(code) for rate in green_rates(calc.catalogue) for code in calc.inputs(rate))
    known = has_figures or bool(calc.catalogue.own_programmes or context.outlet_facts(ledger))
    known = known or any(line.area for line in report.lines)
    reason = "" if known else "还没有绿色包装数据。请到“数据导入”放入绿色包装表（企业 × 分子、分母）；方案可以先加。"
    return GreenBoard(
        month=str(month),
        report=report,
        programmes=tuple((p.code, p.name) for p in programmes_for(calc.catalogue, month, calc.facts.region)),
        drag=drag_chart(calc, chosen, indicator, period),
        trend=trend_chart(calc, chosen, indicator, month, scope),
        empty_reason=reason,
        focus=indicator.code,
        estimates=estimates(ledger, period),
        estimating=estimates_on(ledger),
        outlook=outlook(calc, chosen, indicator, period),
    )


def _focused(calc: Calculator, programme: Programme, period: Period, code: str | None) -> Indicator:
    if code is None:
        return focus_indicator(calc, programme, period)
    found = calc.catalogue.indicators.get(code)
    if found is None:
        raise UserError(f"没有指标 {code}", hint="请在指标目录里核对代码")
    return found


def focus_indicator(calc: Calculator, programme: Programme, period: Period) -> Indicator:
    """The rate that the charts are about: the first unmet line of the programme, else its first rate."""
    rates = {rate.code: rate for rate in green_rates(calc.catalogue)}
    first: Indicator | None = None
    for line in programme.lines:
        rate = rates.get(line.indicator or "")
        target = target_in_base(calc.catalogue, line)
        if rate is None or target is None:
            continue
        first = first or rate
        value = calc.amount(rate.code, period).value
        if value is not None and not line.comparator.met(value, target):
            return rate
    return first or next(iter(rates.values()))


def drag_chart(calc: Calculator, programme: Programme, indicator: Indicator, period: Period) -> ChartSpec:
    """谁拉低了全县: companies below the target by the points that they cost, worst first."""
    line, target = _target(calc, programme, indicator)
    found = drags(calc, indicator, target, period) if target is not None else ()
    costing = [drag for drag in found if drag.points < 0]
    cost = sum((drag.points for drag in costing), Fraction(0))
    if indicator.kind is not Kind.RATIO:
        reason = f"{indicator.short}是个数，不是比率，分不出谁拉低了全县"
    elif target is None:
        reason = f"本方案没有{indicator.short}的比率目标"
    elif not found:
        reason = f"{period.label}没有{indicator.name}的数据"
    else:
        reason = "" if costing else f"各企业{indicator.short}都不低于目标"
    return ChartSpec(
        kind=ChartKind.RANK,
        title="谁拉低了全县",
        unit="百分点",
        categories=tuple(drag.name for drag in costing),
        keys=tuple(drag.name for drag in costing),
        series=(Series("影响", tuple(quantize(-drag.points, 2) for drag in costing), Role.WARN),),
        decimals=2,
        captions=tuple(f"{drag_text(drag)}　{format_pct(share_pct(-drag.points, -cost))}%" for drag in costing),
        reason=reason,
        note=f"{indicator.short}，距{target_text(line)}的点数、占比" if line else "",
        warned=tuple(range(len(costing))),
    )


def _target(
    calc: Calculator, programme: Programme, indicator: Indicator
) -> tuple[ProgrammeLine | None, Fraction | None]:
    """The programme's first target for the indicator, in base units."""
    line = programme_target(programme, indicator.code)
    return line, target_in_base(calc.catalogue, line) if line else None


def outlook(calc: Calculator, programme: Programme, indicator: Indicator, period: Period) -> str:
    """What the county would reach if the company that costs most just met the target; empty when there is none.

    Raising company i to the target adds t·dᵢ − nᵢ to the sum of numerators, its drag in points of the county's rate.
    """
    line, target = _target(calc, programme, indicator)
    county = calc.amount(indicator.code, period).value
    found = drags(calc, indicator, target, period) if target is not None and indicator.kind is Kind.RATIO else ()
    if line is None or target is None or county is None or not found or found[0].points >= 0:
        return ""
    reached = county - found[0].points
    wanted = format_pct(target, with_unit=True, drop_zeros=True)
    head = f"若{found[0].name}升到 {wanted}，全县由 {format_pct(county)}% 升到 {format_pct(reached)}%，"
    if line.comparator.met(reached, target):
        return head + "本月即达标。"
    if line.comparator.met(county, target):
        return head + "全县已达标。"
    return f"{head}距目标还差 {format_pct(target - reached)} 个百分点。"


def trend_chart(calc: Calculator, programme: Programme, indicator: Indicator, last: Month, scope: Scope) -> ChartSpec:
    """The county's rate (or count) over twelve months with last year's and the target's line."""
    spec = charting.trend_chart(calc, indicator, last, scope, count=12)
    line, target = _target(calc, programme, indicator)
    if indicator.base_unit != "%":
        return replace(spec, targets=_count_targets(indicator, line, target, spec, scope), highlights=())
    known = [v for s in spec.series for v in s.values if v is not None]
    floor = min([*known, *([Decimal(int(target))] if target is not None else [])], default=None)
    return replace(
        spec,
        unit="%",
        decimals=1,
        targets=(TargetLine(quantize(target, 1), f"目标 {target_text(line)}"),) if line and target is not None else (),
        minimum=None if floor is None else Decimal(int(floor) // 10 * 10),
        maximum=Decimal(100),
        highlights=(),
    )


def _count_targets(
    indicator: Indicator, line: ProgrammeLine | None, target: Fraction | None, spec: ChartSpec, scope: Scope
) -> tuple[TargetLine, ...]:
    """The line of a count's target, left out when it lies so high that the figures would shrink to nothing."""
    known = [v for s in spec.series for v in s.values if v is not None]
    if line is None or target is None or line.increment or not known:
        return ()
    height = in_display_unit(indicator, target, scope.scale)
    return () if height > 3 * max(known) else (TargetLine(height, f"目标 {target_text(line)}"),)
