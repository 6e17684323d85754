"""Words of official releases around a number: 增长/下降, 上升/下降 x 个百分点, 基本持平, 累计 words, lists.

Sources: releases of the State Post Bureau 2019–2023 and of cities. A decline is 下降 with the absolute value; it cannot
exceed 100 %. None means that it cannot be said: the clause is then dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.catalogue.format import format_pct
from desktop_app.indicators.results.figures import Figure
from desktop_app.models.values import CellState, Month, cumulative_words, quantize
from desktop_app.reporting.content import FigureRun, Measure, Run, StateRun, Text

Runs = tuple[Run, ...]

LEVEL = "基本持平"
"""A change that rounds to 0.0."""
EQUAL = "持平"
"""No change at all."""
_COUNTED = frozenset({"件", "元"})
"""Units of which a whole number can be said where the larger one rounds to nothing."""
TOTAL_DECLINE = Decimal(-100)


@dataclass(frozen=True)
class Origin:
    """Where a printed number comes from, for its run."""

    code: str
    period: str
    subject: str = ""

    def run(self, text: str, measure: Measure, value: Decimal, unit: str = "") -> FigureRun:
        """The typed run of a number of this origin."""
        return FigureRun(text, self.code, measure, self.period, value, unit, self.subject)

    def silence(self, state: CellState | None, measure: Measure = Measure.VALUE) -> StateRun:
        """What stands there when the number cannot be said."""
        return StateRun(state, self.code, self.period, measure, self.subject)


def month_words(month: Month) -> str:
    """3月份."""
    return f"{month.month}月份"


def span_words(month: Month) -> str | None:
    """1—2月, 一季度, 1—4月, 上半年, 前三季度, 全年; None for January, which has no cumulative sentence."""
    return None if month.month == 1 else cumulative_words(month)


def area_words(region_name: str) -> str:
    """全市, 全县, 全区, 全旗 after the last character of the region's name; 全国 for the country."""
    if region_name in {"全国", "中国"}:
        return "全国"
    kinds = {"市": "全市", "县": "全县", "区": "全区", "旗": "全旗", "省": "全省", "州": "全州", "盟": "全盟"}
    return kinds.get(region_name[-1:], "全域")


def growth_words(pct: Decimal | None, origin: Origin, measure: Measure, *, equal: bool = False) -> Runs | None:
    """增长31.2%, 下降5.9%, 基本持平; 持平 when ``equal`` says that both amounts are the same.

    ``pct`` in %, rounded to one decimal here if it is not yet. None when there is no rate or it is below −100 %.
    """
    if pct is None or pct < TOTAL_DECLINE:
        return None
    rounded = quantize(pct, 1)
    if rounded == 0:
        return (Text(EQUAL if equal else LEVEL),)
    word = "增长" if rounded > 0 else "下降"
    return Text(word), origin.run(format_pct(abs(rounded), with_unit=True), measure, rounded, "%")


def points_words(
    points: Decimal | None,
    origin: Origin,
    measure: Measure,
    *,
    up: str = "上升",
    down: str = "下降",
    unit: str = "个百分点",
) -> Runs | None:
    """上升1.8个百分点, 下降2.8个百分点, 基本持平 when it rounds to 0.0."""
    if points is None:
        return None
    rounded = quantize(points, 1)
    if rounded == 0:
        return (Text(LEVEL),)
    words = format_pct(abs(rounded)) + unit
    return Text(up if rounded > 0 else down), origin.run(words, measure, rounded, unit)


def amount_words(figure: Figure, measure: Measure = Measure.VALUE) -> Runs | None:
    """833.6亿件: the figure's month value or its cumulative one with its unit; None when there is no value."""
    if measure is Measure.CUMULATIVE:
        value, text = figure.cumulative, figure.cumulative_text
    else:
        value, text = (figure.value if figure.state is CellState.VALUE else None), figure.text
    if value is None:
        return None
    return (origin_of(figure).run(_with_unit(figure, value, text), measure, value, figure.unit),)


def _with_unit(figure: Figure, value: Decimal, text: str) -> str:
    """0件 and 23件 where 万件 would print 0.00."""
    if figure.display_unit == "‱":
        # The bundled fonts have no sign for it.
        return f"万分之{text}"
    if text.strip("0.") or figure.unit not in _COUNTED or figure.unit == figure.display_unit:
        return text + figure.display_unit
    return f"{quantize(value, 0)}{figure.unit}"


def share_words(pct: Decimal | None, origin: Origin, measure: Measure) -> Runs | None:
    """12.1%."""
    return None if pct is None else (origin.run(format_pct(pct, with_unit=True), measure, pct, "%"),)


def count_words(count: int, unit: str, origin: Origin, measure: Measure = Measure.COUNT) -> Runs:
    """256个."""
    return (origin.run(f"{count}{unit}", measure, Decimal(count), unit),)


def origin_of(figure: Figure) -> Origin:
    """Code and period of a figure; the region is the document's."""
    return Origin(figure.code, figure.period)


def listed(parts: Sequence[str]) -> str:
    """甲、乙和丙."""
    return parts[0] if len(parts) == 1 else "、".join(parts[:-1]) + "和" + parts[-1] if parts else ""


def listed_runs(parts: Sequence[Runs]) -> Runs:
    """The same for runs."""
    joined: list[Run] = []
    for number, part in enumerate(parts):
        if number:
            joined.append(Text("和" if number == len(parts) - 1 else "、"))
        joined += part
    return tuple(joined)


def day_words(day: date) -> str:
    """2021年4月12日."""
    return f"{day.year}年{day.month}月{day.day}日"
