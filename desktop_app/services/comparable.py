"""可比口径: the base on which growth is computed where the published one cannot be compared; entered with a reason."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from desktop_app.catalogue.format import format_amount
from desktop_app.catalogue.model import Indicator
from desktop_app.errors import UserError
from desktop_app.importing.convert import read_amount
from desktop_app.models.values import NATIONAL_REGION, Period, PeriodKind, Span, from_fixed, plain, to_fixed
from desktop_app.services import context
from desktop_app.services.figures import find_indicator
from desktop_app.services.ledger import actor
from desktop_app.services.results.comparable import BaseQuestion, ComparableRow
from desktop_app.storage import audit, comparable
from desktop_app.storage.engine import Ledger

ACTION = "可比口径"
SLIP = 3
"""How many times larger or smaller than the published figure a number without a unit may be."""


def set_base(
    ledger: Ledger, code: str, period: Period, amount: str, reason: str, region: str | None = None
) -> ComparableRow:
    """Say what the year before ``period`` comes to on comparable terms; the published figure stays as it is.

    :param period: the period whose growth is meant: a month, or one that begins in January (its 累计).
    :param amount: with a unit (296.3亿件) or in base units.
    :raises UserError: unknown indicator or region, a period that has no base of its own, no reason, or no amount.
    """
    indicator = find_indicator(ledger, code)
    if region is not None:
        context.check_region(ledger, region)
    where = region or context.nearest_region_with(ledger, indicator.code, period.last)
    if not reason.strip():
        raise UserError("可比口径要写明原因", hint="例如：2023年起口径调整，上级下发了可比基数")
    if not indicator.kind.adds_over_months and period.kind is not PeriodKind.MONTH:
        raise UserError(f"{indicator.name}不按月相加，可比基数请按月录入", hint="期间写成 2021-03")
    if period.kind is not PeriodKind.MONTH and period.first.month != 1:
        raise UserError(f"{period.label}不从1月开始，没有累计基数", hint="请录入各月的，或 1 月起的累计")
    span = Span.MONTH if period.kind is PeriodKind.MONTH else Span.YTD
    value, with_unit = _amount(indicator, amount)
    before = period.previous_year()
    published = context.calculator(ledger, period.last, where).amount(indicator.code, before).value
    if published is not None and not with_unit:
        _check_size(indicator, value, published, "national" if where == NATIONAL_REGION else "county")
    stood = _standing(ledger, indicator.code, before, span, where)
    with ledger.write() as session:
        comparable.add_base(
            session,
            indicator.code,
            before.last,
            span,
            where,
            None,
            published=None if published is None else to_fixed(published),
            comparable=to_fixed(value),
            reason=reason.strip(),
        )
        detail = {"base_of": str(period), "amount": amount, "reason": reason.strip(), "region": where}
        if stood is not None:
            detail |= {"instead_of": plain(stood.comparable), "its_reason": stood.reason}
        audit.append(session, actor(), ACTION, indicator.code, detail)
    row = _standing(ledger, indicator.code, before, span, where)
    if row is None:
        raise RuntimeError("a base that was stored does not count")
    return row if stood is None else replace(row, replaced=stood.comparable, replaced_reason=stood.reason)


def _standing(ledger: Ledger, code: str, before: Period, span: Span, region: str) -> ComparableRow | None:
    wanted = code, str(before.last), span is Span.YTD, region
    return next((row for row in bases(ledger) if (row.code, row.month, row.cumulative, row.region) == wanted), None)


def base_question(ledger: Ledger, code: str, period: Period, region: str | None = None) -> BaseQuestion:
    """What is asked for when a base is entered: the published figure of the year before, and the base that stands.

    :raises UserError: unknown indicator or region.
    """
    indicator = find_indicator(ledger, code)
    where = region or context.nearest_region_with(ledger, indicator.code, period.last)
    scale = "national" if where == NATIONAL_REGION else "county"
    before = period.previous_year()
    span = Span.MONTH if period.kind is PeriodKind.MONTH else Span.YTD
    published = context.calculator(ledger, period.last, where).amount(indicator.code, before).value
    stands = _standing(ledger, indicator.code, before, span, where)

    def shown(amount: Fraction) -> str:
        return format_amount(indicator, amount, scale, with_unit=True)

    return BaseQuestion(
        code=indicator.code,
        name=indicator.name,
        period=str(period),
        region=where,
        base_label=before.label,
        published="" if published is None else shown(published),
        unit=indicator.display[scale].unit.name,
        stands="" if stands is None else shown(Fraction(stands.comparable)),
        stands_reason="" if stands is None else stands.reason,
    )


def bases(ledger: Ledger) -> tuple[ComparableRow, ...]:
    """Every comparable base that counts."""
    catalogue = context.catalogue(ledger)
    with ledger.read() as session:
        stored = comparable.current_bases(session)
    return tuple(
        ComparableRow(
            code=base.indicator,
            name=catalogue.indicator(base.indicator).name,
            month=str(base.month),
            cumulative=base.span is Span.YTD,
            region=base.region,
            published=None if base.published is None else from_fixed(base.published),
            comparable=from_fixed(base.comparable),
            unit=catalogue.indicator(base.indicator).base_unit,
            reason=base.reason,
        )
        for base in stored
    )


def _check_size(indicator: Indicator, value: Fraction, published: Fraction, scale: str) -> None:
    """A bare number far from the published figure was most likely meant in another unit."""
    if published <= 0 or (published <= value * SLIP and value <= published * SLIP):
        return
    told = [format_amount(indicator, amount, scale, with_unit=True) for amount in (value, published)]
    raise UserError(
        f"没有写单位，按{indicator.base_unit}读是 {told[0]}，和上年同期公布数 {told[1]} 相差 {SLIP} 倍以上",
        hint=f"请写上单位，例如 {told[1]}；确是这个数的，在数后写上“{indicator.base_unit}”",
    )


def _amount(indicator: Indicator, text: str) -> tuple[Fraction, bool]:
    """Base units from a written amount, and whether it names its unit.

    :raises UserError: no number, a negative one, or a unit of something else.
    """
    from desktop_app.catalogue.lookup import find_unit

    read = read_amount(text)
    if read.number is None or read.number < 0:
        raise UserError(f"“{text}”不是数", hint="例如 296.3亿件，或不带单位的 29630000000")
    unit = find_unit(read.unit) if read.unit else None
    if unit is not None and unit.base != indicator.base_unit:
        raise UserError(f"{indicator.name}的单位是{indicator.base_unit}，不能用{unit.name}")
    scaled = any(word in text for word in "万亿千百")
    return Fraction(read.number) * Fraction(unit.factor if unit is not None else 1), unit is not None or scaled
