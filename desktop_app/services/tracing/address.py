"""From the address of a printed number to whose number it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.errors import UserError
from desktop_app.indicators.coverage import CoverageBook
from desktop_app.indicators.figures import Scope
from desktop_app.models.values import Month, Period, PeriodKind
from desktop_app.services import context
from desktop_app.services.results.tracing import BY_MODE, FigureAddress
from desktop_app.storage.engine import Ledger

TO_DATE = frozenset({"cumulative", "cumulative_yoy", "cumulative_share", "cumulative_share_change"})
"""Measures of January up to the period's last month."""
MEASURES = {
    "value": "",
    "previous_year": "上年同期",
    "yoy": "同比",
    "yoy_change": "增速变化",
    "mom": "环比",
    "cumulative": "",
    "cumulative_yoy": "同比",
    "share": "比重",
    "share_change": "比重变化",
    "cumulative_share": "比重",
    "cumulative_share_change": "比重变化",
    "contribution": "拉动",
    "contribution_pct": "贡献率",
    "index": "定基指数",
    "rest": "未分到乡镇",
    "target": "目标",
    "gap": "与目标之差",
    "numerator": "分子",
    "denominator": "分母",
    "count": "个数",
}
"""What of an indicator is printed → the word for it."""
UNIT_CODE = 12
"""Digits of the code of a town or village."""


@dataclass(frozen=True)
class Subject:
    """Whose number: ``scope`` for figures, ``unit`` (town or village code) for villages; ``name`` for the title."""

    scope: Scope
    unit: str = ""
    name: str = ""


def named(period: Period) -> tuple[str, str]:
    """Period and measure by which an address names the amount of a period."""
    if period.kind is not PeriodKind.YTD:
        return str(period), "value"
    if period.first == Month(period.last.year, 1):
        return str(period), "cumulative"
    return f"{period.first}..{period.last}", "value"


def period_of(address: FigureAddress) -> Period:
    """The period that the number is of: a calendar period, or the months ``2020-04..2021-03`` of a whole table.

    :raises UserError: it is written wrongly.
    """
    first, between, last = address.period.partition("..")
    try:
        if between:
            return Period(PeriodKind.YTD, Month.parse(first), Month.parse(last))
        period = Period.parse(address.period)
    except ValueError as error:
        raise UserError(str(error)) from None
    if address.measure in TO_DATE and period.kind is PeriodKind.MONTH:
        return Period.to_date(period.last)
    return period


def subject_of(ledger: Ledger, address: FigureAddress) -> Subject:
    """Company, town or village by id, code or name; the whole region without one.

    :raises UserError: there is none such.
    """
    scope = context.scope(ledger, address.region or None)
    wanted = address.subject
    if not wanted:
        return Subject(scope)
    if wanted.isdigit() and len(wanted) == UNIT_CODE:
        return Subject(scope, wanted, _unit_name(context.coverage_book(ledger), wanted))
    for member in context.members(ledger):
        if wanted in {str(member.id), member.name}:
            return Subject(replace(scope, members=frozenset({member.id})), "", member.name)
    raise UserError(f"台账里没有“{wanted}”", hint="企业可能已改名；请核对企业名录")


def title_of(period: Period, subject: Subject, name: str, address: FigureAddress) -> str:
    """“2021年3月 示例甲快递 快递业务量 同比”."""
    whose = f"{subject.name} " if subject.name else ""
    brand = f"{address.brand} " if address.brand else ""
    if address.definition.startswith(BY_MODE):
        name = f"{name}（{address.definition.removeprefix(BY_MODE)}）"
    return " ".join(filter(None, (period.label, f"{whose}{brand}{name}", MEASURES.get(address.measure, ""))))


def _unit_name(book: CoverageBook, code: str) -> str:
    for village, _, _ in book.register:
        if village.code == code:
            return f"{village.town}{village.name}"
        if village.town_code == code:
            return village.town
    return code
