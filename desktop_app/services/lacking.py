"""Why a figure cannot be said: what it is waiting for, in words."""

from __future__ import annotations

from desktop_app.catalogue.model import Indicator, Kind, Owner
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.daily import seasons_in
from desktop_app.indicators.figures import Scope
from desktop_app.models.values import CellState, Period

_MOST = 4
_SILENT = {
    Owner.COMPANY: "没有企业报送",
    Owner.BUREAU: "本局没有录入",
    Owner.SUPERIOR: "上级没有下发",
    Owner.COMPUTED: "没有可以计算的数",
}


def why_unsaid(calculator: Calculator, indicator: Indicator, period: Period, scope: Scope) -> str:
    """One sentence for a figure without a value."""
    if (words := _out_of_place(indicator, period)) or (words := _inputs_lacking(calculator, indicator, period, scope)):
        return words
    if indicator.formula is not None:
        return "所需的数都有，但分母为零，或要比的那一年没有数"
    if indicator.season is not None:
        return f"{period.label}{_SILENT[indicator.owner]}{indicator.name}，旺季日报也没有录入"
    state = calculator.amount(indicator.code, period, scope.members).state
    return f"{period.label}{_silence(indicator, state)}{indicator.name}"


def _out_of_place(indicator: Indicator, period: Period) -> str:
    """Why there can be no such figure in the period; empty when there can."""
    if indicator.kind is Kind.CATEGORY:
        return f"{indicator.name}是分类，没有自己的数"
    if not indicator.valid(period.last):
        return f"{indicator.name}的这一口径在{period.label}不适用"
    if indicator.kind is Kind.COVERAGE:
        return f"{period.label}还没有进村记录，或没有村级名录"
    if indicator.season is not None and not seasons_in(period.months):
        return f"旺季在每年 11 月 1 日至 18 日，{period.label}里没有旺季"
    return ""


def _inputs_lacking(calculator: Calculator, indicator: Indicator, period: Period, scope: Scope) -> str:
    """The inputs of a formula that have no figure, else the earlier year that it needs; empty when all have."""
    lacking = [
        f"{calculator.catalogue.indicator(code).name}（{found.state.label}）"
        for code in calculator.inputs(indicator, period.last)
        if code != indicator.code and (found := calculator.over(code, period, scope.members)).value is None
    ]
    if lacking:
        more = f"等 {len(lacking)} 项" if len(lacking) > _MOST else ""
        return f"缺{'、'.join(lacking[:_MOST])}{more}"
    for code, years in indicator.formula.earlier if indicator.formula is not None else ():
        then = period.years_before(years)
        if calculator.over(code, then, scope.members).value is None:
            return f"缺{then.label}的{calculator.catalogue.indicator(code).name}"
    return ""


def _silence(indicator: Indicator, state: CellState) -> str:
    match state:
        case CellState.RETURNED:
            return "退回后还没有重报"
        case CellState.NOT_APPLICABLE:
            return "不适用"
        case _:
            return _SILENT[indicator.owner]
