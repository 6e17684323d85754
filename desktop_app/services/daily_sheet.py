"""The daily sheet laid out: days with sums, growth and multiples, key figures, chart, and what is lacking in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from desktop_app.catalogue.format import DASH, format_amount, format_pct
from desktop_app.charts import ChartKind, ChartSpec, Role, Series
from desktop_app.indicators import daily
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.daily import FESTIVAL, SEASON_MONTH, Peak, season_days
from desktop_app.indicators.facts import Member
from desktop_app.indicators.figures import Scope, one_decimal
from desktop_app.indicators.growth import growth_pct
from desktop_app.indicators.season import USUAL_MEAN, usual_quarter
from desktop_app.models.values import CellState, DailyItem, Month, Period, quantize
from desktop_app.services.results.daily import DailyCell, DailyKpi, DailyRow, DailySheet
from desktop_app.services.results.figures import Choice

WEEKDAYS = "一二三四五六日"
ITEMS = (DailyItem.COLLECTED, DailyItem.DUE, DailyItem.DELIVERED)
VOLUME, OWN_USUAL = "MKT.VOL", "OPS.PEAK.BASE"
USUAL_SOURCE = (
    "日常量取当年三季度日均快递业务量：2020年公布“日常量的2.8倍”即 6.75亿件 ÷ 三季度日均 2.42亿件；"
    "录入“旺季比较用的日常量”（11月）后按录入的算"
)


@dataclass(frozen=True)
class SeasonData:
    """What a sheet is made of; ``given`` and ``before`` are this season's and last season's figures in 件."""

    year: int
    enterprise_id: int | None
    members: tuple[Member, ...]
    given: Mapping[tuple[date, int, DailyItem], Fraction]
    before: Mapping[tuple[date, int, DailyItem], Fraction]
    years: tuple[int, ...]
    last_entry: int | None

    @property
    def companies(self) -> tuple[int, ...]:
        """Whose figures are summed."""
        return tuple(m.id for m in self.members) if self.enterprise_id is None else (self.enterprise_id,)

    def last_year(self, day: date) -> daily.Sum:
        """What was collected on the same date of last year."""
        return daily.day_sum(self.before, day.replace(year=self.year - 1), DailyItem.COLLECTED, self.companies)


@dataclass(frozen=True)
class Usual:
    """日常量 of the companies that reported the day, in 件 a day; ``code`` and ``period`` of the figure it is."""

    value: Fraction | None
    words: str
    code: str
    period: Period


def build_sheet(calc: Calculator, scope: Scope, data: SeasonData) -> DailySheet:
    """Everything that the page shows of one season."""
    days = season_days(data.year)
    peak = daily.peak_of(data.given, days, data.companies)
    empty = not any((day, who) in {(d, c) for d, c, _ in data.given} for day in days for who in data.companies)
    company = next((m.name for m in data.members if m.id == data.enterprise_id), "全部企业")
    return DailySheet(
        year=data.year,
        company=company,
        company_id=data.enterprise_id,
        rows=(_total(data, days), *(_row(calc, day, data) for day in days)),
        kpis=_kpis(calc, scope, data, days, peak),
        chart=_chart(data, days, company),
        years=data.years,
        companies=tuple(Choice(str(m.id), m.name) for m in data.members),
        notes=_notes(calc, data, days, peak),
        reason=_why_empty(data, company) if empty else "",
        last_entry=data.last_entry,
    )


def _why_empty(data: SeasonData, company: str) -> str:
    if not data.members:
        return "台账里没有企业，请先导入企业名录，再录入旺季日报"
    whose = f"{company}的" if data.enterprise_id is not None else ""
    return f"{data.year}年11月1日至18日还没有{whose}日报；选定一家企业后在表里录入，或导入日报文件"


# ------------------------------------------------------------------------------------------------ rows


def _row(calc: Calculator, day: date, data: SeasonData) -> DailyRow:
    sums = [daily.day_sum(data.given, day, item, data.companies) for item in ITEMS]
    collected = sums[0]
    growth = one_decimal(_growth(collected, data.last_year(day)))
    usual = usual_of(calc, data, collected.reporters).value
    times = daily.multiple(collected.value, usual)
    rate = one_decimal(daily.delivery_rate(data.given, [day], data.companies))
    return DailyRow(
        day=day,
        label=f"{day.month}月{day.day}日",
        weekday=f"周{WEEKDAYS[day.weekday()]}",
        cells=(_cell(sums[0], data), _cell(sums[1], data), _cell(sums[2], data)),
        rate_text=format_pct(rate),
        yoy_text=format_pct(growth, signed=True),
        multiple_text=_times(times),
        lacking=_lacking(collected, data),
        festival=day.day == FESTIVAL,
        rate=rate,
        yoy=growth,
        multiple=one_decimal(times),
    )


def _total(data: SeasonData, days: tuple[date, ...]) -> DailyRow:
    sums = [daily.season_sum(data.given, days, item, data.companies) for item in ITEMS]
    growth = one_decimal(_season_growth(data, days))
    rate = one_decimal(daily.delivery_rate(data.given, days, data.companies))
    gaps = sum(1 for day in days for who in data.companies if (day, who, DailyItem.COLLECTED) not in data.given)
    return DailyRow(
        day=None,
        label="合计",
        weekday="",
        cells=(_cell(sums[0], data), _cell(sums[1], data), _cell(sums[2], data)),
        rate_text=format_pct(rate),
        yoy_text=format_pct(growth, signed=True),
        multiple_text="",
        lacking=f"缺 {gaps} 家次" if gaps and sums[0].value is not None else "",
        rate=rate,
        yoy=growth,
    )


def _cell(found: daily.Sum, data: SeasonData) -> DailyCell:
    if found.value is None:
        return DailyCell(CellState.MISSING.label)
    number = quantize(found.value, 0)
    return DailyCell(f"{number:,}", number, CellState.VALUE, _lacking_names(found, data))


def _lacking(found: daily.Sum, data: SeasonData) -> str:
    """“2 家未报”, where anybody has reported at all."""
    absent = len(data.companies) - len(found.reporters)
    return f"{absent} 家未报" if found.value is not None and absent and data.enterprise_id is None else ""


def _lacking_names(found: daily.Sum, data: SeasonData) -> str:
    absent = [m.name for m in data.members if m.id in data.companies and m.id not in found.reporters]
    return f"{len(data.companies)} 家中 {len(absent)} 家未报：{'、'.join(absent)}" if absent else ""


def _growth(now: daily.Sum, then: daily.Sum) -> Fraction | None:
    """Against the same date of last year; not told where other companies are in the two sums."""
    return growth_pct(now.value, then.value) if now.reporters == then.reporters else None


def _season_growth(data: SeasonData, days: tuple[date, ...]) -> Fraction | None:
    """Of the whole season, where the same companies gave the same days in both years."""
    now = {(d.day, who) for d, who, item in data.given if item is DailyItem.COLLECTED and who in data.companies}
    then = {(d.day, who) for d, who, item in data.before if item is DailyItem.COLLECTED and who in data.companies}
    if now != then:
        return None
    earlier = [day.replace(year=data.year - 1) for day in days]
    return growth_pct(
        daily.season_sum(data.given, days, DailyItem.COLLECTED, data.companies).value,
        daily.season_sum(data.before, earlier, DailyItem.COLLECTED, data.companies).value,
    )


def usual_of(calc: Calculator, data: SeasonData, reporters: frozenset[int]) -> Usual:
    """日常量: as the bureau has entered it, else the daily mean of the third quarter of the same companies."""
    november = Period.of_month(Month(data.year, SEASON_MONTH))
    everybody = data.enterprise_id is None and len(reporters) == len(data.companies)
    found = calc.over(OWN_USUAL, november, None if everybody else reporters or frozenset(data.companies))
    if any(key.indicator == OWN_USUAL for key in found.keys):
        return Usual(found.value, "录入的旺季比较用的日常量", OWN_USUAL, november)
    return Usual(found.value, "三季度日均快递业务量", USUAL_MEAN, usual_quarter(november) or november)


def _times(value: Fraction | None) -> str:
    return DASH if value is None else f"{quantize(value, 1)}倍"


# ------------------------------------------------------------------------------------------------ key figures


def _kpis(
    calc: Calculator, scope: Scope, data: SeasonData, days: tuple[date, ...], peak: Peak | None
) -> tuple[DailyKpi, ...]:
    volume = calc.catalogue.indicator(VOLUME)

    def printed(value: Fraction | None) -> str:
        return DASH if value is None else format_amount(volume, value, scope.scale, with_unit=True)

    whole, festival = _total(data, days), next(day for day in days if day.day == FESTIVAL)
    on_day = daily.day_sum(data.given, festival, DailyItem.COLLECTED, data.companies)
    usual = usual_of(calc, data, peak.reporters if peak else frozenset())
    season = daily.season_sum(data.given, days, DailyItem.COLLECTED, data.companies)
    on_peak = _gaps_words(data, [peak.day], ITEMS[:1]) if peak else ""
    peak_day = peak.day.isoformat() if peak else ""
    year = str(data.year)
    return (
        DailyKpi("旺季业务量", printed(season.value), _grown(whole.yoy), _gaps_words(data, days, ITEMS[:1]), year),
        DailyKpi(
            "双11当日",
            printed(on_day.value),
            _grown(one_decimal(_growth(on_day, data.last_year(festival)))),
            _gaps_words(data, [festival], ITEMS[:1]),
            festival.isoformat(),
        ),
        DailyKpi(
            "最高日",
            printed(peak.value if peak else None),
            f"{peak.day.month}月{peak.day.day}日" if peak else "",
            on_peak,
            peak_day,
        ),
        DailyKpi(
            "峰值倍数",
            _times(daily.multiple(peak.value, usual.value) if peak else None),
            f"日常量 {printed(usual.value)}" if usual.value is not None else "没有日常量可比",
            on_peak,
            peak_day,
            "multiple",
        ),
        DailyKpi(
            "妥投率",
            format_pct(whole.rate, with_unit=True) if whole.rate is not None else DASH,
            "妥投 ÷ 应投",
            _gaps_words(data, days, ITEMS[1:]),
            year,
            "rate",
        ),
    )


def _gaps_words(data: SeasonData, days: Sequence[date], items: Sequence[DailyItem]) -> str:
    """“12 家中 10 家未报、2 家缺 34 天”; empty where every company gave every day, or nobody gave any."""
    given = {who: sum(all((day, who, item) in data.given for item in items) for day in days) for who in data.companies}
    silent = sum(1 for count in given.values() if not count)
    some = [len(days) - count for count in given.values() if 0 < count < len(days)]
    if silent == len(given) or not (silent or some):
        return ""
    if data.enterprise_id is not None:
        return f"{len(days)} 天中缺 {sum(some)} 天"
    pieces = [f"{silent} 家未报"] * bool(silent) + [f"{len(some)} 家缺 {sum(some)} 天"] * bool(some)
    return f"{len(given)} 家中 {'、'.join(pieces)}"


def _grown(rate: Decimal | None) -> str:
    return "" if rate is None else f"同比 {format_pct(rate, signed=True, with_unit=True)}"


def _chart(data: SeasonData, days: tuple[date, ...], company: str) -> ChartSpec:
    now = [daily.day_sum(data.given, day, DailyItem.COLLECTED, data.companies).value for day in days]
    then = [data.last_year(day).value for day in days]
    series = [Series(f"{data.year}年", tuple(None if v is None else quantize(v, 0) for v in now))]
    if any(value is not None for value in then):
        old = tuple(None if v is None else quantize(v, 0) for v in then)
        series.append(Series(f"{data.year - 1}年同日", old, Role.PREVIOUS))
    return ChartSpec(
        kind=ChartKind.LINE,
        title=f"{company}每日收寄量",
        unit="件",
        categories=tuple(f"{day.day}日" for day in days),
        keys=tuple(day.isoformat() for day in days),
        series=tuple(series),
        reason="" if any(v is not None for v in now) else _why_empty(data, company),
        highlights=(FESTIVAL - 1,),
    )


def _notes(calc: Calculator, data: SeasonData, days: tuple[date, ...], peak: Peak | None) -> tuple[str, ...]:
    if not data.given:
        return ()
    notes = [USUAL_SOURCE] if peak else []
    if peak and usual_of(calc, data, peak.reporters).value is None:
        notes.append("最高日报送的企业里有的缺三季度月报，没有日常量可比")
    before = [day for day in days if data.last_year(day).value is not None]
    if before and _season_growth(data, days) is None:
        notes.append("两年报送的企业或天数不同，合计不算同比；当日企业相同的才算当日同比")
    return tuple(notes)
