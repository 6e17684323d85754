"""What a share, a pull, an index or a rest is held against: the whole, the base month, the towns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from desktop_app.catalogue.format import format_amount, format_pct, format_pp
from desktop_app.catalogue.model import Indicator
from desktop_app.errors import UserError
from desktop_app.indicators.amounts import Amount, Calculator
from desktop_app.indicators.figures import Scope, break_words, one_decimal
from desktop_app.indicators.growth import share_pct
from desktop_app.indicators.indexed import index_number
from desktop_app.indicators.moves import Side, move_of
from desktop_app.indicators.results.pivot import Axis
from desktop_app.models.values import Period
from desktop_app.services import context
from desktop_app.services.results.tracing import ALL_COMPANIES, WHOLE_REGION, FigureAddress, TraceNode
from desktop_app.services.subjects import field_of
from desktop_app.services.tracing.address import named
from desktop_app.storage.engine import Ledger

Beside = tuple[list[tuple[str, str]], list[TraceNode]]
"""Lines for the formula, and numbers to follow."""
_TIMES = " × 100% = "


@dataclass(frozen=True)
class _Number:
    """One indicator of some companies at some place."""

    calc: Calculator
    indicator: Indicator
    members: frozenset[int] | None
    region: str
    scale: str
    name: str

    def amount(self, period: Period) -> Amount:
        return self.calc.amount(self.indicator.code, period, self.members)

    def text(self, value: Fraction | None) -> str:
        return "未报" if value is None else format_amount(self.indicator, value, self.scale)

    def node(self, period: Period, name: str = "") -> TraceNode:
        found = self.amount(period)
        text = (
            found.state.label
            if found.value is None
            else format_amount(self.indicator, found.value, self.scale, with_unit=True)
        )
        company = str(next(iter(self.members))) if self.members else ""
        address = FigureAddress(self.indicator.code, *named(period), company, self.region)
        return TraceNode(name or self.name, text, found.state, address=address)


def beside(
    ledger: Ledger, calc: Calculator, indicator: Indicator, address: FigureAddress, period: Period, scope: Scope
) -> Beside:
    """Formula and further numbers of what is not an amount by itself; nothing for other measures.

    :raises UserError: what it is held against does not exist.
    """
    own = _Number(calc, indicator, scope.members, scope.region, scope.scale, indicator.name)
    if address.measure == "rest":
        return _rest(ledger, own, period)
    if not address.against:
        return [], []
    if address.measure == "index":
        return _index(own, period, address.against)
    whole = _whole(ledger, own, period, address.against)
    match address.measure:
        case "share" | "cumulative_share":
            return _share(own, whole, period)
        case "contribution" | "contribution_pct":
            return _pull(own, whole, period)
        case _:
            return [], []


def _whole(ledger: Ledger, own: _Number, period: Period, against: str) -> _Number:
    if against == ALL_COMPANIES:
        return replace(own, members=None, name="全部企业")
    if against == WHOLE_REGION:
        home = context.home(ledger)
        calc = context.calculator(ledger, period.last, home.region)
        return replace(own, calc=calc, region=home.region, name=home.name or "全县")
    if against not in own.calc.catalogue.indicators:
        raise UserError(f"没有指标 {against}")
    indicator = own.calc.catalogue.indicator(against)
    return replace(own, indicator=indicator, name=indicator.name)


def _share(own: _Number, whole: _Number, period: Period) -> Beside:
    part, all_of_it = own.amount(period).value, whole.amount(period).value
    if own.indicator.code != whole.indicator.code:
        pair = own.calc.together((own.indicator.code, whole.indicator.code), period, own.members)
        part, all_of_it = (each.value for each in pair)
    rate = share_pct(part, all_of_it)
    words = f"{own.text(part)} ÷ {whole.name} {whole.text(all_of_it)}{_TIMES}{format_pct(one_decimal(rate))}%"
    return [("比重", words)] * (rate is not None), [whole.node(period)]


def _pull(own: _Number, whole: _Number, period: Period) -> Beside:
    move = move_of(
        Side(own.calc, own.indicator.code, own.members), Side(whole.calc, whole.indicator.code, whole.members), period
    )
    before = period.previous_year()
    nodes = [whole.node(period), whole.node(before, f"{whole.name} {before.label}")]
    if move.pull_pp is None and move.rebased and move.part_base is None:
        return [("拉动", f"—：{whole.name}的同比按可比口径，{own.name}没有录入可比口径基数")], nodes
    if move.pull_pp is None:
        return [("拉动", "—：本期或上年同期有一个没有数，或者前后不可比")], nodes
    then = "上年可比数" if move.rebased else "上年同期"
    part = f"（本期 {own.text(move.part)} − {then} {own.text(move.part_base)}）"
    base = f"{whole.name}{then} {whole.text(move.whole_base)}"
    lines = [("拉动", f"{part}÷ {base} × 100 = {format_pp(one_decimal(move.pull_pp), with_unit=True)}")]
    if move.rate_pct is not None:
        change = f"（{whole.name}本期 {whole.text(move.whole)} − {then} {whole.text(move.whole_base)}）"
        lines.append(("贡献率", f"{part}÷ {change}{_TIMES}{format_pct(one_decimal(move.rate_pct))}%"))
    return lines, nodes


def _index(own: _Number, period: Period, against: str) -> Beside:
    base = Period.parse(against)
    earlier, later = sorted((base, period), key=lambda each: each.last)
    nodes = [own.node(base, f"{base.label}（基期）")]
    if words := break_words(own.calc, own.indicator, earlier, later):
        return [("定基指数", f"—：{words}")], nodes
    now, then = own.amount(period).value, own.amount(base).value
    number = format_pct(one_decimal(index_number(now, then)))
    return [("定基指数", f"本期 {own.text(now)} ÷ {base.label} {own.text(then)} × 100 = {number}")], nodes


def _rest(ledger: Ledger, own: _Number, period: Period) -> Beside:
    towns = field_of(ledger, own.indicator, Axis.TOWN, (period,)).rows
    nodes = [
        replace(own, calc=town.calculator(period), region=town.scope.region, name=town.name).node(period)
        for town in towns
    ]
    return [("公式", f"未分到乡镇 = {own.name} − 下列 {len(towns)} 个乡镇之和")], nodes
