"""一企一档: what the ledger knows of every company that is open in the period."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop_app.indicators.breakdown import enterprise_rows
from desktop_app.indicators.figures import build_figure, exact, one_decimal
from desktop_app.indicators.growth import share_pct
from desktop_app.models.values import CellState, Month, Period, PeriodKind, months_between
from desktop_app.services import charting, context
from desktop_app.services.duties import duties
from desktop_app.services.green import green_report
from desktop_app.services.reasons import explained_doubts
from desktop_app.services.registers import list_enterprises
from desktop_app.services.reports.kinds import ReportKind
from desktop_app.services.reports.monthly import MARKET_CODES, bare_data
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from desktop_app.indicators.amounts import Calculator
    from desktop_app.indicators.facts import Member
    from desktop_app.indicators.results.green import GreenReport
    from desktop_app.reporting.content import Document
    from desktop_app.reporting.enterprise import CompanyFile, GreenRate, Reported
    from desktop_app.reporting.monthly_data import ExplainedDoubts
    from desktop_app.services.results.overview import DutyRow
    from desktop_app.storage.enterprises import StoredEnterprise

CODES = (*MARKET_CODES, "MKT.UNITPRICE", "OPS.IN", "SVC.CMPL")
_VOLUME = "MKT.VOL"
_MONTHS = 12


def blocked(ledger: Ledger, period: Period) -> str:
    """Without a company there is no file of one."""
    calc = context.calculator(ledger, period.last)
    return "" if calc.facts.active_members(period.months) else f"{period.label}没有在册企业"


def build(ledger: Ledger, period: Period, edition: str, made_on: date) -> Document:
    """The files of all companies of the period, in the register's order."""
    from desktop_app.reporting.enterprise import build_enterprise

    calc = context.calculator(ledger, period.last)
    months = months_between(period.last.shift(1 - _MONTHS), period.last)
    standing = {month: {row.enterprise_id: row for row in duties(ledger, month)} for month in months}
    register = {company.id: company for company in list_enterprises(ledger)}
    green = green_report(ledger, period)
    doubts = [doubt for month in period.months for doubt in explained_doubts(ledger, month)]
    ranked = [
        row.key
        for row in enterprise_rows(calc, _VOLUME, period, context.scope(ledger))
        if row.value is not None and row.state is CellState.VALUE
    ]
    files = tuple(
        _file(ledger, calc, member, register[member.id], period, standing, green, doubts, ranked)
        for member in calc.facts.active_members(period.months)
    )
    return build_enterprise(bare_data(ledger, period, edition, made_on), files)


def _file(
    ledger: Ledger,
    calc: Calculator,
    member: Member,
    stored: StoredEnterprise,
    period: Period,
    standing: Mapping[Month, Mapping[int, DutyRow]],
    green: GreenReport,
    doubts: list[ExplainedDoubts],
    ranked: list[str],
) -> CompanyFile:
    from desktop_app.reporting.enterprise import CompanyFile

    scope = context.scope(ledger, enterprise_id=member.id)
    key = str(member.id)
    figures = [build_figure(calc, code, period, scope) for code in CODES]
    shares: dict[str, Decimal] = {}
    for code in CODES:
        mine = calc.amount(code, period, scope.members).value
        whole = calc.amount(code, period).value
        share = one_decimal(share_pct(mine, whole)) if calc.additive(code) else None
        if share is not None:
            shares[code] = share
    known = [figure for figure in figures if figure.value is not None or figure.cumulative is not None]
    volume = calc.catalogue.indicator(_VOLUME)
    return CompanyFile(
        key=key,
        name=member.name,
        facts=_facts(stored),
        figures=tuple(known),
        shares=shares,
        place=ranked.index(key) + 1 if key in ranked else None,
        placed=len(ranked),
        green=_rates(green, member.name),
        record=_record(calc, member, standing),
        doubts=tuple((what, group.reason) for group in doubts for what, names in group.doubts if member.name in names),
        chart=charting.trend_chart(calc, volume, period.last, scope, count=_MONTHS),
    )


def _facts(stored: StoredEnterprise) -> tuple[tuple[str, str], ...]:
    opened = stored.opened.label if stored.opened else ""
    closed = f"，{stored.closed.label}停业" if stored.closed else ""
    return (
        ("企业名称", stored.name),
        ("统一社会信用代码", stored.uscc),
        ("品牌", stored.brand),
        ("许可证号", stored.licence_no),
        ("类型", stored.kind),
        ("开业", opened + closed),
        ("联系人、电话", " ".join(filter(None, (stored.contact, stored.phone)))),
    )


def _rates(green: GreenReport, name: str) -> tuple[GreenRate, ...]:
    """The company's green rates; none when it has reported none."""
    from desktop_app.reporting.enterprise import GreenRate

    if name not in green.enterprises:
        return ()
    at = green.enterprises.index(name)
    rates = tuple(
        GreenRate(row.indicator, row.name, row.target_text, row.cells[at], row.county) for row in green.matrix
    )
    return rates if any(rate.own.value is not None for rate in rates) else ()


def _record(calc: Calculator, member: Member, standing: Mapping[Month, Mapping[int, DutyRow]]) -> tuple[Reported, ...]:
    from desktop_app.reporting.enterprise import Reported

    entries = []
    for month, rows in standing.items():
        row = rows.get(member.id)
        if row is None or row.state == "不适用":
            continue
        found = calc.amount(_VOLUME, Period.of_month(month), frozenset({member.id})).value
        entries.append(Reported(month, row.state, exact(found) if row.batches else None, row.problem))
    return tuple(entries)


ENTERPRISE = ReportKind(
    code="enterprise",
    title="一企一档",
    periods=frozenset({PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR}),
    period_hint="例如 2021-03、2021-Q1 或 2021",
    blocked=blocked,
    blocked_hint="请先导入企业名录",
    build=build,
)
