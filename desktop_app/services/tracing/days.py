"""The trace of a figure of the peak season (旺季日报): by day and company down to what was typed or imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop_app.errors import UserError
from desktop_app.indicators import daily
from desktop_app.indicators.daily import season_days
from desktop_app.models.values import CellState, DailyItem, Month, from_fixed, quantize
from desktop_app.services import context
from desktop_app.services.daily import season_data
from desktop_app.services.daily_sheet import SeasonData, usual_of
from desktop_app.services.results.tracing import (
    DAY,
    FigureAddress,
    FigureTrace,
    Lacking,
    StoredPlace,
    TraceNode,
    VersionLine,
)
from desktop_app.storage.daily import DailyKey, DayVersion, day_versions
from desktop_app.storage.engine import Ledger

MEASURES = {"value": "量", "rate": "妥投率", "yoy": "同比", "multiple": "倍数"}
"""Of a count itself the word after its name: 收寄量."""
_FORMULAS = {
    "rate": "妥投率 = 妥投量 ÷ 应投量 × 100%，只算两个数都报了的企业和日子",
    "yoy": "同比 =（收寄量 − 上年同日收寄量）÷ 上年同日收寄量 × 100%，只在两年报送的企业相同时算",
    "multiple": "倍数 = 当日收寄量 ÷ 日常量",
}


@dataclass(frozen=True)
class _Season:
    """What is known of one season; ``history``: every stored version."""

    data: SeasonData
    history: dict[DailyKey, list[DayVersion]]

    def count(self, day: date, company: int, item: DailyItem) -> Fraction | None:
        return self.data.given.get((day, company, item))

    @property
    def names(self) -> dict[int, str]:
        """Name of every company whose figures are summed."""
        return {m.id: m.name for m in self.data.members if m.id in self.data.companies}


def trace_days(ledger: Ledger, address: FigureAddress) -> FigureTrace:
    """A count, rate, growth or multiple of a day or of the whole season.

    :raises UserError: the day is none of a season, or there is no such company or count.
    """
    item = _item(address)
    year, days = _days(address.period)
    company = int(address.subject) if address.subject.isdecimal() else None
    season = _season(ledger, year, company)
    if company is not None and company not in season.names:
        raise UserError(f"台账里没有编号为 {company} 的企业", hint="请刷新旺季日报后再看")
    items = (DailyItem.DELIVERED, DailyItem.DUE) if address.measure == "rate" else (item,)
    tree = [_node(season, days, each, address.subject) for each in items]
    if address.measure == "yoy":
        before = tuple(day.replace(year=year - 1) for day in days)
        tree.append(_node(_season(ledger, year - 1, company), before, item, address.subject))
    lines = [("公式", _FORMULAS.get(address.measure, _sum_words(season, days, item)))]
    if address.measure == "multiple":
        usual, lead = _usual(ledger, season, days[0])
        lines.append(lead)
        tree += usual
    lines.append(("口径", "旺季为 11月1日至18日，单位：件；未报不作 0 计"))
    text = address.printed or tree[0].text
    return FigureTrace(
        address=address,
        title=_title(season, days, item, address),
        text=text,
        state=CellState.VALUE if any(map(str.isdigit, text)) else CellState.MISSING,
        lines=(("数值", text), *lines),
        tree=tuple(tree),
        lacking=_lacking(season, days, items),
    )


def _item(address: FigureAddress) -> DailyItem:
    try:
        return DailyItem[address.code.removeprefix(DAY)]
    except KeyError:
        raise UserError(f"日报里没有 {address.code}") from None


def _days(period: str) -> tuple[int, tuple[date, ...]]:
    if period.isdecimal():
        return int(period), season_days(int(period))
    try:
        day = date.fromisoformat(period)
    except ValueError:
        raise UserError(f"日期写法不对：{period}", hint="应为 2020-11-11") from None
    return day.year, (day,)


def _season(ledger: Ledger, year: int, company: int | None) -> _Season:
    days = season_days(year)
    with ledger.read() as session:
        history = day_versions(session, context.home(ledger).region, days[0], days[-1])
    return _Season(season_data(ledger, year, company), history)


def _title(season: _Season, days: Sequence[date], item: DailyItem, address: FigureAddress) -> str:
    when = f"{season.data.year}年旺季" if len(days) > 1 else f"{season.data.year}年{_label(days[0])}"
    whose = season.names.get(season.data.enterprise_id or 0, "全部企业")
    what = f"{item.value}量" if address.measure == "value" else MEASURES.get(address.measure, "")
    return f"{when} {whose} {what}"


def _label(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _sum_words(season: _Season, days: Sequence[date], item: DailyItem) -> str:
    over = [] if season.data.enterprise_id is not None else ["各企业"]
    over += ["各日"] if len(days) > 1 else []
    return f"{item.value}量 = {''.join(over)}报数之和" if over else f"{item.value}量，企业报的数"


# ----------------------------------------------------------------------------------------------- tree


def _node(season: _Season, days: Sequence[date], item: DailyItem, subject: str) -> TraceNode:
    """The sum of the days, or of the companies of one day."""
    total = daily.season_sum(season.data.given, days, item, season.data.companies).value
    year = season.data.year
    name = f"{year}年 {item.value}量" if len(days) > 1 else f"{year}年{_label(days[0])} {item.value}量"
    if len(days) > 1:
        children = tuple(_day_node(season, day, item, subject) for day in days)
    else:
        children = tuple(_stored_node(season, days[0], who, item, who_name) for who, who_name in season.names.items())
        if subject and children:
            return _stored_node(season, days[0], int(subject), item, name)
    return TraceNode(name, _text(total), _state(total), children=children)


def _day_node(season: _Season, day: date, item: DailyItem, subject: str) -> TraceNode:
    if subject:
        return _stored_node(season, day, int(subject), item, _label(day))
    total = daily.day_sum(season.data.given, day, item, season.data.companies).value
    return TraceNode(_label(day), _text(total), _state(total), address=_address(day, item, ""))


def _stored_node(season: _Season, day: date, company: int, item: DailyItem, name: str) -> TraceNode:
    value = season.count(day, company, item)
    place = _place(season.history.get(DailyKey(day, company, item), []), item)
    return TraceNode(name, _text(value), _state(value), place=place, address=_address(day, item, str(company)))


def _address(day: date, item: DailyItem, subject: str) -> FigureAddress:
    return FigureAddress(f"{DAY}{item.name}", day.isoformat(), subject=subject)


def _text(value: Fraction | None) -> str:
    return CellState.MISSING.label if value is None else f"{int(value):,}件"


def _state(value: Fraction | None) -> CellState:
    return CellState.MISSING if value is None else CellState.VALUE


def _place(history: Sequence[DayVersion], item: DailyItem) -> StoredPlace | None:
    if not history:
        return None
    last = history[-1]
    lines = tuple(_version(each, item, counts=each is last) for each in history)
    now = lines[-1]
    return StoredPlace(0, now.file, "", now.row, now.column, now.version, lines, now.sha256)


def _version(version: DayVersion, item: DailyItem, *, counts: bool) -> VersionLine:
    stored = version.stored
    return VersionLine(
        version=stored.version,
        text=_text(None if stored.value is None else Fraction(from_fixed(stored.value))),
        status="",
        counts=counts,
        standing="计入" if counts else "被更正",
        batch=0,
        file=stored.source,
        sheet="",
        row=stored.row or 0,
        column=f"{item.value}量" if stored.row else "",
        who=version.by,
        when=f"{version.at.astimezone():%Y-%m-%d %H:%M}",
        why=stored.reason or f"第 {stored.entry} 次录入",
        sha256=version.sha256 or "",
    )


def _usual(ledger: Ledger, season: _Season, day: date) -> tuple[list[TraceNode], tuple[str, str]]:
    """日常量 of the companies that reported the day."""
    collected = daily.day_sum(season.data.given, day, DailyItem.COLLECTED, season.data.companies)
    usual = usual_of(context.calculator(ledger, Month(day.year, 11)), season.data, collected.reporters)
    address = FigureAddress(usual.code, str(usual.period), subject=str(season.data.enterprise_id or ""))
    number = "没有" if usual.value is None else f"{quantize(usual.value, 0):,}件"
    node = TraceNode(f"日常量：{usual.words}", number, _state(usual.value), address=address)
    return [node], ("日常量", f"{usual.words}：{number}")


def _lacking(season: _Season, days: Sequence[date], items: Sequence[DailyItem]) -> tuple[Lacking, ...]:
    found = []
    for who, name in season.names.items():
        for item in items:
            absent = [day for day in days if season.count(day, who, item) is None]
            if absent:
                when = _label(absent[0]) if len(absent) == 1 else f"{len(absent)} 天"
                found.append(Lacking(name, f"{when}{item.value}量", "还没有录入或导入"))
    return tuple(found)
