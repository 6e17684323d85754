"""Printed reports: which can be made for a month, and making one."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.catalogue.format import DASH
from desktop_app.errors import CancelledError, UserError
from desktop_app.indicators.breakdown import enterprise_rows
from desktop_app.indicators.figures import build_figure
from desktop_app.models.values import Month, Period, PeriodKind
from desktop_app.services import charting, context, definitions
from desktop_app.services.duties import due_label, duties
from desktop_app.services.green import find_programme, focus_indicator, green_report
from desktop_app.services.green import trend_chart as green_trend
from desktop_app.services.progress import Cancelled, Progress, never, quiet
from desktop_app.services.reasons import explained_doubts
from desktop_app.services.results.overview import DutyRow, Tone
from desktop_app.services.results.reports import PrintedFigure, ReportChoice, ReportFile, ReportRemark
from desktop_app.services.results.tracing import FigureAddress
from desktop_app.services.rural import coverage_report, town_rows
from desktop_app.services.rural import trend_chart as rural_trend
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop_app.indicators.amounts import Calculator
    from desktop_app.indicators.results.figures import Figure
    from desktop_app.reporting.monthly_data import GreenPart, MonthlyData, ReportingPart, RuralPart, UsedDefinition
    from desktop_app.reporting.pdf.pen import FigurePlace

MONTHLY = "monthly"
TITLES = {MONTHLY: "邮政快递业月报"}
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
EDITIONS = ("internal", "upward")


def available(ledger: Ledger, month: Month) -> tuple[ReportChoice, ...]:
    """Reports for the month; those that cannot be made say why."""
    calc = context.calculator(ledger, month)
    has_market = calc.amount("MKT.VOL", Period.of_month(month)).value is not None
    blocked = "" if has_market else f"{month.label}还没有企业报送业务量"
    return (ReportChoice(MONTHLY, TITLES[MONTHLY], month.label, blocked),)


def make_report(
    ledger: Ledger,
    kind: str,
    period: Period,
    fmt: str,
    edition: str,
    out: Path,
    progress: Progress = quiet,
    cancelled: Cancelled = never,
    *,
    made_on: date | None = None,
) -> ReportFile:
    """Write one report to ``out``. ``made_on``: 报出日期, today unless given; nothing else in the bytes varies.

    :raises UserError: unknown kind, format, edition or period, no figures for the period, or the file can't be written.
    """
    _check_request(ledger, kind, period, fmt, edition)
    _check_place(ledger, fmt, out)
    from desktop_app.reporting.monthly import build_monthly
    from desktop_app.reporting.pdf.writer import write_pdf

    progress(0, 2, "汇总数据")
    day = made_on or datetime.now().astimezone().date()
    data = monthly_data(ledger, period.last, edition, day)
    if cancelled():
        raise CancelledError
    progress(1, 2, "排版")
    written = write_pdf(build_monthly(data), out)
    progress(2, 2, "")
    return ReportFile(
        file=written.file,
        pages=written.pages,
        figures=written.figures,
        missing_glyphs=tuple(written.missing_glyphs),
        remarks=_remarks(duties(ledger, period.last)),
        printed=tuple(_printed(place) for place in sorted((*written.places, *written.silences), key=_reading_order)),
    )


def _reading_order(place: FigurePlace) -> tuple[int, float, float]:
    return place.page, -round(place.bottom), place.left


def _printed(place: FigurePlace) -> PrintedFigure:
    """A place of the writer, which counts from the lower left corner, as the preview counts."""
    from desktop_app.reporting.pdf.geometry import PAGE_HEIGHT

    run = place.run
    address = FigureAddress(run.code, run.period, run.measure.value, run.subject, printed=run.text)
    top = PAGE_HEIGHT - place.bottom - place.height
    return PrintedFigure(place.page - 1, place.left, top, place.width, place.height, address)


def _check_request(ledger: Ledger, kind: str, period: Period, fmt: str, edition: str) -> None:
    if kind not in TITLES:
        raise UserError(f"还不能打印这种报表：{kind}", hint=f"可用：{'、'.join(TITLES)}")
    if fmt != "pdf":
        raise UserError(f"{TITLES[kind]}只能输出 PDF，不能输出 {fmt}", hint="请用 --format pdf")
    if edition == "public":
        raise UserError("公开版要先遮蔽可推知单个企业的数，尚不能输出", hint="请用 internal（内部）或 upward（上报）")
    if edition not in EDITIONS:
        raise UserError(f"没有这种版本：{edition}", hint=f"可用：{'、'.join(EDITIONS)}")
    if period.kind is not PeriodKind.MONTH:
        raise UserError(f"月报的期间应是一个月，不是 {period}", hint="例如 --period 2021-03")
    blocked = available(ledger, period.last)[0].blocked
    if blocked:
        raise UserError(blocked, hint="请先导入该月的企业报表")


def _check_place(ledger: Ledger, fmt: str, out: Path) -> None:
    """A report is written over an earlier report, never over a ledger or a company's file."""
    if out.suffix.lower() != f".{fmt}":
        raise UserError(f"报表要存成 .{fmt} 文件", hint=f"例如 {out.stem}.{fmt}", where=str(out))
    if ledger.path is not None and out.exists() and out.samefile(ledger.path):
        raise UserError("报表不能盖掉台账", hint="请另取一个文件名", where=str(out))
    if out.exists() and out.is_file() and out.stat().st_size and not _is_pdf(out):
        raise UserError("那里有一个不是 PDF 的文件，没有覆盖它", hint="请另取一个文件名", where=str(out))


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) == b"%PDF-"


# ----------------------------------------------------------------------------------------------- data


def monthly_data(ledger: Ledger, month: Month, edition: str, made_on: date) -> MonthlyData:
    """Everything that the monthly summary says, computed once."""
    from desktop_app.reporting.content import Edition
    from desktop_app.reporting.monthly_data import MonthlyData

    calc = context.calculator(ledger, month)
    scope = context.scope(ledger)
    own = context.home(ledger)
    period = Period.of_month(month)
    figures = {code: build_figure(calc, code, period, scope) for code in (*MARKET_CODES, *EXTRA_CODES)}
    volume = calc.catalogue.indicator("MKT.VOL")
    rural, green = _rural_part(ledger, month), _green_part(ledger, month)
    return MonthlyData(
        region_name=own.name or own.region[:6],
        month=month,
        made_on=made_on,
        figures=figures,
        edition=Edition(edition),
        sample=own.sample,
        bureau=own.bureau,
        extra=tuple(code for code in EXTRA_CODES if figures[code].value is not None),
        ranking=enterprise_rows(calc, "MKT.VOL", period, scope),
        volume_chart=charting.trend_chart(calc, volume, month, scope, count=12),
        rural=rural,
        green=green,
        reporting=_reporting_part(ledger, month),
        explained=explained_doubts(ledger, month),
        definitions=_definitions(calc, period, rural, green, figures),
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


def _rural_part(ledger: Ledger, month: Month) -> RuralPart | None:
    from desktop_app.reporting.monthly_data import RuralPart

    book = context.coverage_book(ledger)
    first = book.first_month()
    snapshot = book.snapshot(month)
    if first is None or month < first or not snapshot.villages:
        return None
    before = month.shift(-12)
    report = coverage_report(ledger, month, gaps=True)
    last_year = coverage_report(ledger, before).rate_pct if first <= before else None
    return RuralPart(
        coverage=report,
        towns=town_rows(book, snapshot, report.definition, book.brands),
        brands=book.brands,
        previous_year_rate_pct=last_year,
        chart=rural_trend(book, month, report.definition),
    )


def _green_part(ledger: Ledger, month: Month) -> GreenPart | None:
    from desktop_app.reporting.monthly_data import GreenPart

    calc = context.calculator(ledger, month)
    period = Period.of_month(month)
    report = green_report(ledger, period)
    if all(row.county.value is None for row in report.matrix):
        return None
    programme = find_programme(calc.catalogue, report.programme, month, calc.facts.region)
    focus = focus_indicator(calc, programme, period)
    return GreenPart(report, green_trend(calc, programme, focus, month, context.scope(ledger)))


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
