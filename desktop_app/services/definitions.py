"""口径对比: one matter by every definition that the catalogue has, for the same period and over a year."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.catalogue.families import DefinitionFamily, DefinitionVersion, How
from desktop_app.catalogue.format import format_amount
from desktop_app.charts import ChartKind, ChartSpec, Role, Series
from desktop_app.indicators.amounts import NOTHING, Amount, Calculator
from desktop_app.indicators.coverage import ratio_pct
from desktop_app.indicators.figures import Scope, amount_text, exact
from desktop_app.models.values import CellState, Month, Period, months_between
from desktop_app.services import charting, context
from desktop_app.services.results.definitions import DefinitionLine, DefinitionTable
from desktop_app.storage.engine import Ledger

TREND_MONTHS = 12
_ROLES = (Role.CURRENT, Role.PART_2, Role.PART_3, Role.PART_4, Role.WARN, Role.TARGET)


@dataclass(frozen=True)
class _Found:
    amount: Amount
    fraction: str = ""
    why: str = ""


def compare(
    ledger: Ledger, code: str, period: Period, scope: Scope | None = None, definition: str = ""
) -> DefinitionTable | None:
    """Every definition of the matter that ``code`` belongs to; None when it has but one.

    :param definition: key of the definition that the figure in question is of, where the code does not tell.
    """
    where = scope or context.scope(ledger)
    calc = context.calculator(ledger, period.last, where.region)
    family = calc.catalogue.family_of(code)
    if family is None:
        return None
    used = used_version(family, code, definition, period.last)
    lines = []
    for version in family.versions:
        found = _value(ledger, calc, version, period, where)
        entry = calc.catalogue.indicator(version.indicator)
        text = amount_text(entry, found.amount, where.scale)
        if found.amount.value is not None:
            text = format_amount(entry, found.amount.value, where.scale, with_unit=True)
        lines.append(
            DefinitionLine(
                key=version.key,
                name=version.name,
                text=text,
                state=found.amount.state,
                fraction=found.fraction,
                clause=version.clause,
                source=f"{entry.code} 第{entry.definition_version}版",
                validity=version.validity,
                used=version is used,
                why=found.why,
                value=exact(found.amount.value),
            )
        )
    return DefinitionTable(
        family.code, family.name, period.label, tuple(lines), _trend(ledger, family, period.last, where), family.note
    )


def used_of(calc: Calculator, code: str, period: Period, definition: str = "") -> tuple[str, str, str] | None:
    """Name of the matter, of the definition in use, and code with version; None where there is but one definition."""
    family = calc.catalogue.family_of(code)
    amount = calc.amount(code, period)
    if family is None or amount.value is None:
        return None
    handed = any(key.indicator == code for key in amount.keys)
    used = used_version(family, code, definition, period.last, handed=handed)
    entry = calc.catalogue.indicator(code)
    return None if used is None else (entry.name, used.name, f"{code} 第{entry.definition_version}版")


def used_version(
    family: DefinitionFamily, code: str, definition: str, month: Month, *, handed: bool = True
) -> DefinitionVersion | None:
    """The definition by which a figure of ``code`` is made.

    :param definition: its key when it is known, e.g. of the villages that count as reached.
    :param handed: the figure was handed down rather than computed.
    """
    own = [v for v in family.versions if v.indicator == code and v.valid(month)]
    if definition:
        # A number of brands that the catalogue does not list is of none of these.
        return next((v for v in family.versions if v.key == definition), None)
    if any(v.how is How.HANDED for v in own):
        wanted = How.HANDED if handed else How.COMPUTED
        return next((v for v in own if v.how is wanted), None)
    return own[0] if own else None


def _value(ledger: Ledger, calc: Calculator, version: DefinitionVersion, period: Period, scope: Scope) -> _Found:
    if not version.valid(period.last):
        return _Found(Amount(None, CellState.NOT_APPLICABLE), why=f"此口径{version.validity}有效")
    match version.how:
        case How.REACHED:
            return _reached(ledger, version.key, period.last, scope)
        case How.COMPUTED:
            return _fraction(calc, version.indicator, period, scope, calc.computed(version.indicator, period))
        case How.HANDED:
            found = calc.handed_down(version.indicator, period)
            return _Found(found, why="" if found.value is not None else "上级没有下发")
        case How.PLAIN:
            return _fraction(
                calc, version.indicator, period, scope, calc.amount(version.indicator, period, scope.members)
            )


def _reached(ledger: Ledger, key: str, month: Month, scope: Scope) -> _Found:
    if scope.region != context.home(ledger).region or scope.members is not None:
        return _Found(Amount(None, CellState.NOT_APPLICABLE), why="只按本局辖区的村计算")
    book = context.coverage_book(ledger)
    first = book.first_month()
    snapshot = book.snapshot(month)
    if first is None or month < first or not snapshot.villages:
        return _Found(NOTHING, why="当月还没有进村记录")
    count, whole = snapshot.count(key), len(snapshot.villages)
    return _Found(Amount(ratio_pct(count, whole), CellState.VALUE), f"{count} / {whole} 村")


def _fraction(calc: Calculator, code: str, period: Period, scope: Scope, amount: Amount) -> _Found:
    entry = calc.catalogue.indicator(code)
    lacking = [
        calc.catalogue.indicator(each).name
        for each in calc.inputs(entry)
        if calc.over(each, period, scope.members).value is None
    ]
    why = f"没有{'、'.join(lacking)}" if amount.value is None and lacking else ""
    if entry.formula is None or amount.value is None:
        return _Found(amount, why=why)
    names = {
        each: format_amount(calc.catalogue.indicator(each), used.value, scope.scale, with_unit=True)
        for each, used in calc.inputs_used(entry, period, scope.members).items()
        if used.value is not None
    }
    return _Found(amount, entry.formula.describe(names))


def _trend(ledger: Ledger, family: DefinitionFamily, last: Month, scope: Scope) -> ChartSpec:
    """A line a definition over twelve months."""
    months = months_between(last.shift(1 - TREND_MONTHS), last)
    calc = context.calculator(ledger, last, scope.region)
    leading = calc.catalogue.indicator(family.code)
    display = leading.display[scope.scale]
    series = []
    for role, version in zip(_ROLES, family.versions, strict=False):
        found = [_value(ledger, calc, version, Period.of_month(month), scope).amount.value for month in months]
        entry = calc.catalogue.indicator(version.indicator)
        series.append(Series(version.name, tuple(charting.shown(entry, v, scope.scale) for v in found), role))
    empty = all(value is None for each in series for value in each.values)
    return ChartSpec(
        kind=ChartKind.LINE,
        title=f"{family.name}：各口径",
        unit=display.unit.name,
        categories=charting.month_labels(months),
        series=tuple(series),
        decimals=display.decimals,
        keys=tuple(str(month) for month in months),
        reason=f"{months[0].label}至{last.label}没有{family.name}的数据" if empty else "",
    )
