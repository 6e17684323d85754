"""绿色包装整改通知: which companies fall short of the programme in a month, and by how much."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from desktop_app.catalogue.format import DASH, format_pct, format_pp
from desktop_app.catalogue.model import Indicator, Programme, ProgrammeLine
from desktop_app.indicators.figures import exact
from desktop_app.indicators.green import (
    green_rates,
    input_pair,
    programme_target,
    target_in_base,
    target_text,
)
from desktop_app.indicators.green_company import company_sample
from desktop_app.indicators.rate_only import company_rate
from desktop_app.models.values import Month, Period, PeriodKind
from desktop_app.services import context
from desktop_app.services.green import find_programme
from desktop_app.services.registers import list_enterprises
from desktop_app.services.reports.kinds import ReportKind
from desktop_app.services.reports.monthly import remarks
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.indicators.amounts import Calculator
    from desktop_app.indicators.facts import Member
    from desktop_app.reporting.content import Document
    from desktop_app.reporting.green_notice import CompanyNotice, Shortfall


def notices(ledger: Ledger, month: Month) -> tuple[str, tuple[CompanyNotice, ...]]:
    """The programme's name, and a notice for every company with a rate below its target; 未报 is no shortfall."""
    from desktop_app.reporting.green_notice import CompanyNotice

    calc = context.calculator(ledger, month)
    period = Period.of_month(month)
    programme = find_programme(calc.catalogue, None, month, calc.facts.region)
    names = {company.id: company.name for company in list_enterprises(ledger)}
    found = []
    for member in calc.facts.active_members(period.months):
        lines = tuple(
            line for rate in green_rates(calc.catalogue) if (line := _line(calc, programme, rate, period, member))
        )
        if lines:
            found.append(CompanyNotice(member.name, lines, names.get(member.id, "")))
    return programme.name, tuple(found)


def _line(calc: Calculator, programme: Programme, rate: Indicator, period: Period, member: Member) -> Shortfall | None:
    from desktop_app.reporting.green_notice import Shortfall

    line = programme_target(programme, rate.code)
    target = target_in_base(calc.catalogue, line) if line else None
    amount, alone = company_rate(calc, rate, period, member)
    value = amount.value
    exactly = exact(value)
    if line is None or target is None or value is None or exactly is None or line.comparator.met(value, target):
        return None
    gap = value - target
    return Shortfall(
        code=rate.code,
        name=rate.name,
        target_text=target_text(line),
        value=exactly,
        value_text=format_pct(value) + (" ◇" if alone else ""),
        gap=exact(gap) or exactly - exactly,
        gap_text=format_pp(gap),
        lacking=DASH if alone else _lacking(calc, rate, line, target, period, member),
        clause=line.clause,
        remark="◇ 只报了比率，没有报分子分母，不计入合计；请补报分子、分母"
        if alone
        else company_sample(calc, rate, period, member),
    )


def _lacking(
    calc: Calculator, rate: Indicator, line: ProgrammeLine, target: Fraction, period: Period, member: Member
) -> str:
    """How many more in the numerator reach the target over the same denominator: t·d/100 − n, rounded up."""
    pair = input_pair(rate)
    if pair is None or not line.comparator.value.startswith(("≥", ">")):
        return DASH
    used = calc.inputs_used(rate, period, frozenset({member.id}))
    above, below = used[pair[0]].value, used[pair[1]].value
    if above is None or not below:
        return DASH
    return f"{ceil(target * below / 100 - above):,} {calc.catalogue.indicator(pair[0]).base_unit}"


def blocked(ledger: Ledger, period: Period) -> str:
    """Nobody falls short, or nobody has reported."""
    return "" if notices(ledger, period.last)[1] else f"{period.last.label}没有企业的绿色包装指标低于目标"


def build(ledger: Ledger, period: Period, _edition: str, made_on: date) -> Document:
    """A letter to every company that falls short."""
    from desktop_app.reporting.green_notice import NoticeData, build_notices

    own = context.home(ledger)
    programme, found = notices(ledger, period.last)
    name = own.name or own.region[:6]
    return build_notices(
        NoticeData(
            region_name=name,
            month=period.last,
            made_on=made_on,
            programme=programme,
            notices=found,
            bureau=own.bureau,
            sample=own.sample,
        )
    )


GREEN_NOTICE = ReportKind(
    code="green-notice",
    title="绿色包装整改通知",
    periods=frozenset({PeriodKind.MONTH}),
    period_hint="例如 2021-03",
    blocked=blocked,
    blocked_hint="未报的企业请先催报",
    build=build,
    remarks=remarks,
    editions=("internal",),
)
