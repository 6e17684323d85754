"""邮政快递业月报: the month's market, companies, coverage and green figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.catalogue.format import DASH
from desktop_app.indicators.breakdown import enterprise_rows, part_rows
from desktop_app.indicators.figures import build_figure
from desktop_app.models.values import Month, Period, PeriodKind
from desktop_app.services import charting, context, definitions
from desktop_app.services.duties import due_label, duties
from desktop_app.services.green import also_running, find_programme, focus_indicator, green_report
from desktop_app.services.green import trend_chart as green_trend
from desktop_app.services.reasons import explained_doubts
from desktop_app.services.reports.kinds import EDITIONS, ReportKind
from desktop_app.services.reports.outlook import lagging_targets, rates_before, regional_places
from desktop_app.services.reports.publishing import published
from desktop_app.services.results.overview import DutyRow, Tone
from desktop_app.services.results.reports import ReportRemark
from desktop_app.services.rural import coverage_report, town_rows
from desktop_app.services.rural_charts import trend_chart as rural_trend
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop_app.indicators.amounts import Calculator
    from desktop_app.indicators.results.figures import Figure
    from desktop_app.reporting.content import Document
    from desktop_app.reporting.monthly_data import GreenPart, MonthlyData, ReportingPart, RuralPart, UsedDefinition

MARKET_CODES = (
    "MKT.VOL",
    "MKT.VOL.LOCAL",
    "MKT.VOL.INTER",
    "MKT.VOL.INTL",
    "MKT.REV",
    "MKT.REV.LOCAL",
    "MKT.REV.INTER",
    "MKT.REV.INTL",
    "REL.REVOTHER",
)
EXTRA_CODES = ("MKT.UNITPRICE", "OPS.IN", "OPS.INOUT", "MKT.CR8", "SVC.CMPL", "SVC.CMPLRATE")
"""Further lines of table 1, printed where they have a figure."""
SERVICE_CODES = (
    "SVC.CMPLSAT", "SVC.LOSSBACK", "SVC.SAT", "SVC.TIME", "SVC.72H", "SVC.ONTIME", "SVC.DELAY", "SVC.DAMAGE",
    "SVC.LOSS",
)  # fmt: skip
"""What 服务质量 tells of beside the complaints."""


def blocked(ledger: Ledger, period: Period) -> str:
    """Without any company's volume there is nothing to summarise."""
    calc = context.calculator(ledger, period.last)
    has_market = calc.amount("MKT.VOL", Period.of_month(period.last)).value is not None
    return "" if has_market else f"{period.last.label}还没有企业报送业务量"


def build(ledger: Ledger, period: Period, edition: str, made_on: date) -> Document:
    """The content of the monthly summary."""
    from desktop_app.reporting.monthly import build_monthly

    return build_monthly(_for_edition(ledger, period, edition, made_on))


def build_page(ledger: Ledger, period: Period, edition: str, made_on: date) -> Document:
    """The content of the brief of one page: the same figures."""
    from desktop_app.reporting.brief import build_brief

    return build_brief(_for_edition(ledger, period, edition, made_on))


def _for_edition(ledger: Ledger, period: Period, edition: str, made_on: date) -> MonthlyData:
    data = monthly_data(ledger, period, edition, made_on)
    if not data.edition.names_companies:
        data = published(context.calculator(ledger, period.last), data)
    return data


def remarks(ledger: Ledger, period: Period) -> tuple[ReportRemark, ...]:
    """What the signer should know before signing."""
    found = [(month, remark) for month in period.months for remark in _remarks(duties(ledger, month))]
    if period.kind is PeriodKind.MONTH:
        return tuple(remark for _, remark in found)
    return tuple(replace(remark, text=f"{month.month}月{remark.text}") for month, remark in found)


# ----------------------------------------------------------------------------------------------- data


def monthly_data(ledger: Ledger, period: Period, edition: str, made_on: date) -> MonthlyData:
    """Everything that the summary of a month, quarter or half year says, computed once."""
    month = period.last
    calc = context.calculator(ledger, month)
    scope = context.scope(ledger)
    figures = {code: build_figure(calc, code, period, scope) for code in (*MARKET_CODES, *EXTRA_CODES, *SERVICE_CODES)}
    volume = calc.catalogue.indicator("MKT.VOL")
    rural, green = rural_part(ledger, month), green_part(ledger, period)
    return replace(
        bare_data(ledger, period, edition, made_on),
        figures=figures,
        extra=tuple(code for code in EXTRA_CODES if figures[code].value is not None),
        ranking=enterprise_rows(calc, "MKT.VOL", period, scope),
        volume_chart=charting.trend_chart(calc, volume, month, scope, count=12),
        rural=rural,
        green=green,
        reporting=_reporting_part(ledger, month),
        explained=tuple(
            replace(doubt, month="" if period.kind is PeriodKind.MONTH else f"{each.month}月")
            for each in period.months
            for doubt in explained_doubts(ledger, each)
        ),
        definitions=_definitions(calc, period, rural, green, figures),
        rates_before=rates_before(calc, period, scope),
        drivers=part_rows(calc, "MKT.VOL", period, scope),
        places=regional_places(ledger, period),
        behind=lagging_targets(ledger, month, edition, made_on),
        next_due=due_label(calc, month.shift(1)),
        reporting_before=tuple(
            (each, part) for each in period.months[:-1] if (part := _reporting_part(ledger, each)) is not None
        ),
    )


def bare_data(ledger: Ledger, period: Period, edition: str, made_on: date) -> MonthlyData:
    """Whose and which month's, without any figure: what every bulletin begins with."""
    from desktop_app.reporting.content import Edition
    from desktop_app.reporting.monthly_data import MonthlyData

    own = context.home(ledger)
    return MonthlyData(
        region_name=own.name or own.region[:6],
        month=period.last,
        made_on=made_on,
        figures={},
        edition=Edition(edition),
        sample=own.sample,
        bureau=own.bureau,
        period=period,
    )


def _definitions(
    calc: Calculator, period: Period, rural: RuralPart | None, green: GreenPart | None, figures: Mapping[str, Figure]
) -> tuple[UsedDefinition, ...]:
    """The definition of every printed figure that could be made by another one."""
    from desktop_app.reporting.monthly.rural import rate_code
    from desktop_app.reporting.monthly_data import UsedDefinition

    printed = {code: "" for code, figure in figures.items() if figure.value is not None}
    if rural is not None:
        printed[rate_code(rural.coverage.definition)] = rural.coverage.definition
    if green is not None:
        printed |= {row.indicator: "" for row in green.report.matrix}
    found = (definitions.used_of(calc, code, period, definition) for code, definition in printed.items())
    return tuple(UsedDefinition(*used) for used in found if used is not None)


def rural_part(ledger: Ledger, month: Month) -> RuralPart | None:
    """快递进村 as of the month; None without a register or a record by then."""
    from desktop_app.reporting.monthly_data import RuralPart

    book = context.coverage_book(ledger)
    first = book.first_month()
    snapshot = book.snapshot(month)
    if first is None or month < first or not snapshot.villages:
        return None
    before = month.shift(-12)
    report = coverage_report(ledger, month, gaps=True)
    last_year = coverage_report(ledger, before).exact_pct if first <= before else None
    return RuralPart(
        coverage=report,
        towns=town_rows(book, snapshot, report.definition, book.brands),
        brands=book.brands,
        previous_year_pct=last_year,
        chart=rural_trend(book, month, report.definition),
    )


def green_part(ledger: Ledger, period: Period) -> GreenPart | None:
    """The fitting programme's lines; None when nobody has reported any."""
    from desktop_app.reporting.monthly_data import GreenPart

    month = period.last
    calc = context.calculator(ledger, month)
    report = green_report(ledger, period)
    if all(row.county.value is None for row in report.matrix):
        return None
    programme = find_programme(calc.catalogue, report.programme, month, calc.facts.region)
    focus = focus_indicator(calc, programme, period)
    more = also_running(calc.catalogue, month, calc.facts.region, programme.code)
    also = tuple(green_report(ledger, period, each.code) for each in more)
    return GreenPart(report, green_trend(calc, programme, focus, month, context.scope(ledger)), focus.code, also)


def _reporting_part(ledger: Ledger, month: Month) -> ReportingPart | None:
    from desktop_app.reporting.monthly_data import ReportingPart

    rows = duties(ledger, month)
    if not rows:
        return None

    def named(state: str) -> tuple[str, ...]:
        return tuple(row.enterprise for row in rows if row.state == state)

    return ReportingPart(
        expected=len(rows),
        reported=sum(1 for row in rows if row.state not in ("未报", "退回")),
        missing=named("未报"),
        returned=named("退回"),
        zero=named("零报"),
        corrected=named("更正"),
        due_label=due_label(context.calculator(ledger, month), month),
    )


def _remarks(rows: tuple[DutyRow, ...]) -> tuple[ReportRemark, ...]:
    """What the signer should know before signing."""
    remarks = []
    stands = any(row.state == "退回" and row.volume != DASH for row in rows)
    sent_back = "合计暂用此前所报的数" if stands else "其数不在合计内"
    for state, word, tail in (("未报", "缺报", "正文和表下已加注"), ("退回", "退回", sent_back)):
        names = [row.enterprise for row in rows if row.state == state]
        if names:
            remarks.append(ReportRemark(word, Tone.WARN, f"{len(names)} 家{state}，{tail}", "、".join(names)))
    corrected = [row.enterprise for row in rows if row.state == "更正"]
    if corrected:
        remarks.append(ReportRemark("更正", Tone.INFO, f"{len(corrected)} 家用更正后的数", "、".join(corrected)))
    return tuple(remarks)


MONTHLY = ReportKind(
    code="monthly",
    title="邮政快递业月报",
    periods=frozenset({PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF}),
    period_hint="月报的期间是月、季度或半年，例如 2021-03、2021-Q1、2021-H1",
    blocked=blocked,
    blocked_hint="请先导入该月的企业报表",
    build=build,
    remarks=remarks,
    editions=EDITIONS,
)

BRIEF = replace(MONTHLY, code="brief", title="一页简报", build=build_page)
