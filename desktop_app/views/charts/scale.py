"""Axis ranges and the words on them."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.charts import ChartKind, ChartSpec, nice_ticks


def value_ticks(spec: ChartSpec) -> tuple[Decimal, ...]:
    """Round ticks that enclose every value and target; the first and last bound the axis."""
    values = [v for series in spec.series for v in series.values if v is not None]
    if spec.kind is ChartKind.STACKED:
        values = [
            sum((s.values[i] or Decimal(0) for s in spec.series), Decimal(0)) for i in range(len(spec.categories))
        ]
    values += [t.value for t in spec.targets]
    if not values:
        return (Decimal(0), Decimal(1))
    low = spec.minimum if spec.minimum is not None else min(Decimal(0), *values)
    high = spec.maximum if spec.maximum is not None else max(Decimal(0), *values)
    ticks = nice_ticks(low, high)
    if spec.maximum is not None:
        ticks = tuple(t for t in ticks if t <= spec.maximum) or ticks
    return ticks


def tick_words(ticks: tuple[Decimal, ...]) -> list[str]:
    """Ticks as text, all with the same number of decimals, thousands separated."""
    places = max((max(0, -int(t.normalize().as_tuple().exponent)) for t in ticks), default=0)
    return [f"{t:,.{places}f}".replace("-", "−") for t in ticks]


def value_words(value: Decimal | None, decimals: int, unit: str) -> str:
    """A value for the tooltip; a gap says so."""
    if value is None:
        return "无数据"
    return f"{value:,.{decimals}f}".replace("-", "−") + unit
