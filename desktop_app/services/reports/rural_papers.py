"""Papers of 快递进村: 进村进度表, 未通村清单, 镇级台账, 村档案 and the blank 巡查表."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop_app.models.values import Month, Period, PeriodKind
from desktop_app.services import context
from desktop_app.services.reports.kinds import ReportKind
from desktop_app.services.rural import coverage_report, total_row, town_rows
from desktop_app.services.town_sheets import town_sheets
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.reporting.content import Document
    from desktop_app.reporting.villages.paper import Paper

DEFINITION = "any"
"""Definition of the printed lists: the one that ``coverage`` uses unless told otherwise."""
_PERIODS = frozenset({PeriodKind.MONTH})
_HINT = "例如 2021-03"
_MEND = "请到“数据导入”放入村级名录和快递进村表"


def paper_of(ledger: Ledger, month: Month, edition: str, made_on: date) -> Paper:
    """Head and foot of a paper of this ledger."""
    from desktop_app.reporting.content import Edition
    from desktop_app.reporting.villages.paper import Paper

    own = context.home(ledger)
    return Paper(own.name or own.region[:6], month, made_on, Edition(edition), own.sample, own.bureau)


def _no_records(ledger: Ledger, period: Period) -> str:
    first = context.coverage_book(ledger).first_month()
    if _no_villages(ledger, period):
        return _no_villages(ledger, period)
    return "" if first is not None and first <= period.last else f"{period.last.label}及以前没有进村数据"


def _no_villages(ledger: Ledger, period: Period) -> str:
    return "" if context.coverage_book(ledger).snapshot(period.last).villages else "台账里还没有村级名录"


def _gaps(ledger: Ledger, period: Period, edition: str, made_on: date) -> Document:
    from desktop_app.reporting.villages.gaps import gap_blocks

    paper = paper_of(ledger, period.last, edition, made_on)
    report = coverage_report(ledger, period.last, DEFINITION, gaps=True)
    return paper.document(f"{paper.region_name}未通村清单（{paper.month.label}）", gap_blocks(paper, report))


def _progress(ledger: Ledger, period: Period, edition: str, made_on: date) -> Document:
    from desktop_app.reporting.villages.progress import Progress, progress_blocks
    from desktop_app.services.rural_rates import rate_table, reach_paces

    month = period.last
    paper = paper_of(ledger, month, edition, made_on)
    book = context.coverage_book(ledger)
    first, last_month = book.first_month(), month.shift(-1)
    before = rate_table(ledger, last_month) if first is not None and first <= last_month else None
    snapshot = book.snapshot(month)
    rows = (*town_rows(book, snapshot, DEFINITION, ()), total_row(book, snapshot, DEFINITION, ()))
    lost = {town.code: town.relapsed for town in rows}
    data = Progress(rate_table(ledger, month), before, lost, reach_paces(book, month))
    title = f"{paper.region_name}快递进村进度表（{month.label}）"
    return paper.document(title, progress_blocks(paper, data), across=True)


def _town_sheets(ledger: Ledger, period: Period, edition: str, made_on: date) -> Document:
    from desktop_app.reporting.villages.towns import town_blocks

    paper = paper_of(ledger, period.last, edition, made_on)
    title = f"{paper.region_name}快递进村镇级台账（{paper.month.label}）"
    return paper.document(title, town_blocks(paper, town_sheets(ledger, period.last)), across=True)


def _files(ledger: Ledger, period: Period, edition: str, made_on: date) -> Document:
    from desktop_app.reporting.villages.files import file_blocks
    from desktop_app.services.village_pages import village_pages

    paper = paper_of(ledger, period.last, edition, made_on)
    title = f"{paper.region_name}村档案（{paper.month.label}）"
    return paper.document(title, file_blocks(paper, village_pages(ledger, period.last)))


def _visit_form(ledger: Ledger, period: Period, edition: str, made_on: date) -> Document:
    from desktop_app.reporting.villages.visits import visit_blocks

    paper = paper_of(ledger, period.last, edition, made_on)
    title = f"{paper.region_name}快递进村巡查表（账上情况截至{paper.month.label}）"
    return paper.document(title, visit_blocks(town_sheets(ledger, period.last), period.last), across=True)


PROGRESS = ReportKind("progress", "进村进度表", _PERIODS, _HINT, _no_records, _MEND, _progress)
GAPS = ReportKind("gaps", "未通村清单", _PERIODS, _HINT, _no_records, _MEND, _gaps)
TOWNS = ReportKind("towns", "镇级台账（快递进村）", _PERIODS, _HINT, _no_records, _MEND, _town_sheets, in_set=False)
VILLAGES = ReportKind("villages", "村档案", _PERIODS, _HINT, _no_records, _MEND, _files, in_set=False)
VISITS = ReportKind("visits", "巡查表（空表）", _PERIODS, _HINT, _no_villages, _MEND, _visit_form, in_set=False)
RURAL_PAPERS = (PROGRESS, GAPS, TOWNS, VILLAGES, VISITS)
