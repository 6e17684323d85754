"""What to do this month, most pressing first (要处理的事)."""

from __future__ import annotations

from desktop_app.catalogue.format import format_pct
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.breakdown import enterprise_rows
from desktop_app.indicators.figures import Scope
from desktop_app.indicators.green import programme_lines
from desktop_app.indicators.rural_rates import relapses
from desktop_app.models.values import Month, Period, plain
from desktop_app.services import context
from desktop_app.services.duties import due_label
from desktop_app.services.green import find_programme
from desktop_app.services.key_figures import GREEN_TAB, INDICATOR_TAB, RURAL_TAB
from desktop_app.services.own_file import faults
from desktop_app.services.results.green import GreenLine
from desktop_app.services.results.overview import Alarm, DutyRow, Tone
from desktop_app.services.rural import coverage_report, evidence_age
from desktop_app.services.target_alarms import target_alarms
from desktop_app.storage.engine import Ledger

IMPORT_TAB = "数据导入"


def alarms(
    ledger: Ledger, calc: Calculator, scope: Scope, month: Month, rows: tuple[DutyRow, ...]
) -> tuple[Alarm, ...]:
    """What to do, most pressing first."""
    return (
        *_own_file_alarms(ledger),
        *_relapse_alarms(ledger, month),
        *_duty_alarms(rows, calc, month),
        *(target_alarms(ledger, month) if calc.facts.values else ()),
        *_green_alarms(calc, scope, month),
        *_evidence_alarm(ledger, month),
        *_growth_alarms(calc, scope, month),
    )


def _own_file_alarms(ledger: Ledger) -> list[Alarm]:
    return [
        Alarm("改正", Tone.BAD, f"自设指标有错：{fault.message}", f"{fault.where}；{fault.hint}", INDICATOR_TAB)
        for fault in faults(ledger)
    ]


def _relapse_alarms(ledger: Ledger, month: Month) -> list[Alarm]:
    if not context.coverage_book(ledger).register:
        return []
    gaps = [gap for gap in coverage_report(ledger, month, gaps=True).gaps if gap.relapsed]
    brands: dict[str, list[str]] = {}
    for lost in relapses(context.coverage_book(ledger), month):
        brands.setdefault(lost.code, []).append(lost.brand)
    towns: dict[str, list[str]] = {}
    since: dict[str, str] = {}
    for gap in gaps:
        whose = f"（{'、'.join(brands[gap.code])}）" if gap.code in brands else ""
        towns.setdefault(gap.town, []).append(gap.name + whose)
        since[gap.town] = min(since.get(gap.town, gap.since), gap.since)
    return [
        Alarm(
            "回退",
            Tone.BAD,
            f"{town} {len(names)} 个村失去快递服务",
            f"自 {since[town]} 起：{'、'.join(names[:4])}",
            RURAL_TAB,
        )
        for town, names in towns.items()
    ]


def _duty_alarms(rows: tuple[DutyRow, ...], calc: Calculator, month: Month) -> list[Alarm]:
    found = []
    missing = [row.enterprise for row in rows if row.state == "未报"]
    returned = [row.enterprise for row in rows if row.state == "退回"]
    if missing and any(row.state not in ("未报", "退回") for row in rows):
        detail = f"{'、'.join(missing)}；截止 {due_label(calc, month)}"
        found.append(Alarm("未报", Tone.BAD, f"{len(missing)} 家企业未报 {month.month}月数据", detail, IMPORT_TAB))
    if returned:
        found.append(Alarm("退回", Tone.BAD, f"{len(returned)} 家企业退回待重报", "、".join(returned), IMPORT_TAB))
    return found


def _green_alarms(calc: Calculator, scope: Scope, month: Month) -> list[Alarm]:
    programme = find_programme(calc.catalogue, None, month, calc.facts.region)
    lines = programme_lines(calc, programme, Period.of_month(month), scope, sparks=False)
    return [
        Alarm(
            _green_word(line),
            Tone.WARN,
            f"{line.name} {line.value_text}，目标 {line.target_text}",
            _green_detail(programme.name, line),
            GREEN_TAB,
        )
        for line in lines
        if line.met is False
    ]


def _green_word(line: GreenLine) -> str:
    return "冲突" if "不一致" in line.state_text else "未达"


def _green_detail(programme: str, line: GreenLine) -> str:
    unit = "个百分点" if line.unit == "%" else ""
    return f"{programme} {line.clause}；差 {line.gap_text.lstrip('−')}{unit}"


def _evidence_alarm(ledger: Ledger, month: Month) -> list[Alarm]:
    limit = context.calculator(ledger, month).catalogue.rules.evidence_days
    ages = [evidence_age(village, month) for village in context.coverage_book(ledger).snapshot(month).villages]
    stale = sum(1 for age in ages if age is not None and age > limit)
    if not stale:
        return []
    return [Alarm("核实", Tone.INFO, f"{stale} 个村的通达证据已超过 {limit} 天", "请安排下乡核查", RURAL_TAB)]


def _growth_alarms(calc: Calculator, scope: Scope, month: Month) -> list[Alarm]:
    rules = calc.catalogue.rules
    limit = rules.threshold("YOY_LIMIT", "limit_pct")
    return [
        Alarm(
            "核实",
            Tone.INFO,
            f"{row.name}业务量同比 {format_pct(row.yoy_pct, signed=True, with_unit=True)}",
            f"超过 {plain(limit)}% 的核实界限",
            INDICATOR_TAB,
        )
        for row in enterprise_rows(calc, "MKT.VOL", Period.of_month(month), scope)
        if rules.asks("YOY_LIMIT") and row.yoy_pct is not None and abs(row.yoy_pct) > limit
    ]
