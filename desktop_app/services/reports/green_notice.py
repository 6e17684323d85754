"""绿色包装整改通知: which companies fall short of the programme in a month, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from desktop_app.catalogue.format import DASH, format_pct, format_pp
from desktop_app.catalogue.model import Catalogue, Indicator, Programme, ProgrammeLine
from desktop_app.indicators.figures import exact
from desktop_app.indicators.green import (
    green_rates,
    input_pair,
    second_definitions,
    target_in_base,
    target_text,
)
from desktop_app.indicators.green_company import company_sample
from desktop_app.indicators.rate_only import company_rate
from desktop_app.models.values import Comparator, Month, Period, PeriodKind
from desktop_app.services import context
from desktop_app.services.green import also_running, find_programme
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
    """The programmes' names, and a notice for every company with a rate below a target of theirs; 未报 is no shortfall.

    The fitting programme is held against them and with it the bureau's own ones that run in the month.
    """
    from desktop_app.reporting.green_notice import CompanyNotice

    calc = context.calculator(ledger, month)
    period = Period.of_month(month)
    first = find_programme(calc.catalogue, None, month, calc.facts.region)
    programmes = (first, *also_running(calc.catalogue, month, calc.facts.region, first.code))
    targets = _targets(calc.catalogue, programmes)
    names = {company.id: company.name for company in list_enterprises(ledger)}
    found = []
    for member in calc.facts.active_members(period.months):
        lines = tuple(line for target in targets if (line := _line(calc, target, period, member)))
        if lines:
            found.append(CompanyNotice(member.name, lines, names.get(member.id, "")))
    return "、".join(programme.name for programme in programmes), tuple(found)


@dataclass(frozen=True)
class _Target:
    """One target for a rate; ``clauses``: every place where it is set."""

    rate: Indicator
    line: ProgrammeLine
    pct: Fraction
    clauses: str


def _targets(catalogue: Catalogue, programmes: Sequence[Programme]) -> list[_Target]:
    """Every distinct target for a rate that companies report: two clauses may set two (≥98 and ≥99)."""
    found: dict[tuple[str, str, Fraction], tuple[ProgrammeLine, list[str]]] = {}
    for programme in programmes:
        for line in programme.lines:
            pct = target_in_base(catalogue, line)
            if line.indicator is None or pct is None:
                continue
            named = f"{programme.name} {line.clause}".strip() if len(programmes) > 1 else line.clause
            _, clauses = found.setdefault((line.indicator, line.comparator.value, pct), (line, []))
            if named and named not in clauses:
                clauses.append(named)
    rates = {rate.code: rate for rate in (*green_rates(catalogue), *second_definitions(catalogue))}
    order = list(rates)
    asked = sorted((key for key in found if key[0] in rates), key=lambda key: order.index(key[0]))
    return [_Target(rates[key[0]], found[key][0], key[2], "、".join(found[key][1])) for key in asked]


def _line(calc: Calculator, target: _Target, period: Period, member: Member) -> Shortfall | None:
    from desktop_app.reporting.green_notice import Shortfall

    rate = target.rate
    amount, alone = company_rate(calc, rate, period, member)
    value, exactly = amount.value, exact(amount.value)
    if value is None or exactly is None or target.line.comparator.met(value, target.pct):
        return None
    gap = value - target.pct
    return Shortfall(
        code=rate.code,
        name=rate.name,
        target_text=target_text(target.line),
        value=exactly,
        value_text=format_pct(value) + (" ◇" if alone else ""),
        gap=exact(gap) or exactly - exactly,
        gap_text=format_pp(gap),
        lacking=DASH if alone else _lacking(calc, rate, target.line, target.pct, period, member),
        clause=target.clauses,
        remark="◇ 只报了比率，没有报分子分母，不计入合计；请补报分子、分母"
        if alone
        else company_sample(calc, rate, period, member),
    )


def _lacking(
    calc: Calculator, rate: Indicator, line: ProgrammeLine, target: Fraction, period: Period, member: Member
) -> str:
    """How many more in the numerator reach the target over the same denominator: t·d/100 − n, rounded up.

    Of a target that has to be exceeded one more where it comes out even.
    """
    pair = input_pair(rate)
    if pair is None or line.comparator not in {Comparator.GE, Comparator.GT}:
        return DASH
    used = calc.inputs_used(rate, period, frozenset({member.id}))
    above, below = used[pair[0]].value, used[pair[1]].value
    if above is None or not below:
        return DASH
    wanted = target * below / 100 - above
    more = floor(wanted) + 1 if line.comparator is Comparator.GT else ceil(wanted)
    return f"{more:,} {calc.catalogue.indicator(pair[0]).base_unit}"


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
