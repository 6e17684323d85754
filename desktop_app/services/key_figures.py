"""The five key figures of 总览."""

from __future__ import annotations

from desktop_app.catalogue.format import format_pct, format_pp
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.figures import Scope, build_figure
from desktop_app.indicators.green import programme_target, target_in_base, target_text
from desktop_app.models.values import Month, Period, Polarity, quantize
from desktop_app.services.green import find_programme
from desktop_app.services.results.figures import Figure
from desktop_app.services.results.overview import Kpi, Tone
from desktop_app.services.rural_charts import REACH_TARGET

RURAL_TAB, GREEN_TAB, INDICATOR_TAB = "快递进村", "绿色包装", "行业指标"


def key_figures(calc: Calculator, scope: Scope, month: Month) -> tuple[Kpi, ...]:
    """Volume, revenue, 通达率, 不再二次包装率 and 有效申诉率 of the month as cards."""
    period = Period.of_month(month)

    def figure(code: str) -> Figure:
        return build_figure(calc, code, period, scope)

    price = figure("MKT.UNITPRICE")
    price_words = f"单价 {price.text} 元" if price.value is not None else ""
    return (
        _flow_card(figure("MKT.VOL"), ""),
        _flow_card(figure("MKT.REV"), price_words),
        _reach_card(figure("RUR.REACH"), calc, month),
        _green_card(figure("GRN.NOREPACK"), calc, month),
        _complaint_card(figure("SVC.CMPLRATE"), figure("SVC.CMPL")),
    )


def _arrow(figure: Figure) -> tuple[str, Tone]:
    """“▲ 同比 18.6%” and whether that is good."""
    if figure.yoy_pct is None:
        return "同比 —", Tone.NEUTRAL
    size = (
        f"{format_pct(abs(figure.yoy_pct))}{figure.points_unit}" if figure.yoy_is_points else f"{abs(figure.yoy_pct)}%"
    )
    if figure.yoy_pct == 0:
        return "同比持平", Tone.NEUTRAL
    rising = figure.yoy_pct > 0
    good = figure.polarity is Polarity.NEUTRAL or rising == (figure.polarity is Polarity.UP)
    basis = f"（{figure.yoy_basis}）" if figure.yoy_basis else ""
    return f"{'▲' if rising else '▼'} 同比 {size}{basis}", Tone.GOOD if good else Tone.BAD


def _unit(figure: Figure) -> str:
    return figure.display_unit if figure.value is not None else ""


def _flow_card(figure: Figure, aside: str) -> Kpi:
    words, tone = _arrow(figure)
    mom = "" if figure.mom_pct is None else f"环比 {format_pct(figure.mom_pct, signed=True, with_unit=True)}"
    foot = ""
    if figure.cumulative is not None:
        growth = format_pct(figure.cumulative_yoy_pct, signed=True, with_unit=True)
        foot = f"{figure.cumulative_label}累计 {figure.cumulative_text}{figure.display_unit}，同比 {growth}"
    lacking = figure.completeness.words
    return Kpi(
        title=figure.name,
        text=figure.text,
        unit=_unit(figure),
        change=words,
        change_tone=tone,
        aside=aside or mom,
        footnote=lacking or foot,
        code=figure.code,
        tab=INDICATOR_TAB,
    )


def _reach_card(figure: Figure, calc: Calculator, month: Month) -> Kpi:
    villages = calc.amount("RUR.VILLAGES", Period.of_month(month)).value
    rate = calc.amount("RUR.REACH", Period.of_month(month)).value
    words, tone = _arrow(figure)
    count = ""
    if rate is not None and villages:
        count = f"{quantize(rate * villages / 100, 0)}/{quantize(villages, 0)} 村"
    return Kpi(
        title="建制村通达率",
        text=figure.text,
        unit=_unit(figure),
        change=words,
        change_tone=tone,
        aside=count,
        footnote=f"口径：任一品牌；2025年目标 >{REACH_TARGET}%",
        bar=None if figure.value is None else float(figure.value) / 100,
        mark=None if figure.value is None else float(REACH_TARGET) / 100,
        code=figure.code,
        tab=RURAL_TAB,
    )


def _green_card(figure: Figure, calc: Calculator, month: Month) -> Kpi:
    programme = find_programme(calc.catalogue, None, month, calc.facts.region)
    line = programme_target(programme, figure.code)
    target = target_in_base(calc.catalogue, line) if line else None
    rate = calc.amount(figure.code, Period.of_month(month)).value
    words, tone = _arrow(figure)
    if rate is not None and target is not None and line is not None:
        if line.comparator.met(rate, target):
            words, tone = "已达目标", Tone.GOOD
        else:
            words, tone = f"距目标 {format_pp(abs(rate - target), with_unit=True).lstrip('+')}", Tone.WARN
    return Kpi(
        title="不再二次包装率",
        text=figure.text,
        unit=_unit(figure),
        change=words,
        change_tone=tone,
        aside="",
        footnote=f"{programme.name}：{target_text(line)}" if line else figure.completeness.words,
        bar=None if figure.value is None else float(figure.value) / 100,
        mark=None if figure.value is None or target is None else float(target) / 100,
        code=figure.code,
        tab=GREEN_TAB,
    )


def _complaint_card(figure: Figure, count: Figure) -> Kpi:
    words, tone = _arrow(figure)
    return Kpi(
        title="有效申诉率",
        text=figure.text,
        unit=_unit(figure),
        change=words,
        change_tone=tone,
        aside=f"有效申诉 {count.text} 件" if count.value is not None else "",
        footnote=figure.completeness.words or "有效申诉量 ÷ 快递业务量",
        code=figure.code,
        tab=INDICATOR_TAB,
    )
