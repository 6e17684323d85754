"""Cells of tables: numbers as typed runs, states as words, “—” where nothing can be said."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.catalogue.format import DASH, format_pct
from desktop_app.indicators.results.figures import Figure
from desktop_app.models.values import CellState
from desktop_app.reporting.content import FigureRun, Measure, Run, StateRun, Text
from desktop_app.reporting.wording import Origin, origin_of

Cell = tuple[Run, ...]


def words_cell(text: str) -> Cell:
    """Words; never empty."""
    return (Text(text or DASH),)


def value_cell(figure: Figure | None) -> Cell:
    """The month's value without unit, or its state; a figure that is not there at all is 未报."""
    if figure is None:
        return (StateRun(CellState.MISSING),)
    if figure.value is None or figure.state is not CellState.VALUE:
        return (origin_of(figure).silence(figure.state),)
    return (origin_of(figure).run(figure.text, Measure.VALUE, figure.value, figure.unit),)


def cumulative_cell(figure: Figure | None) -> Cell:
    """本年累计 without unit; “—” for what cannot be cumulated."""
    if figure is None:
        return (StateRun(CellState.MISSING),)
    if figure.cumulative is None:
        lacking = CellState.MISSING if figure.cumulative_label else None
        return (origin_of(figure).silence(lacking, Measure.CUMULATIVE),)
    return (origin_of(figure).run(figure.cumulative_text, Measure.CUMULATIVE, figure.cumulative, figure.unit),)


def change_cell(figure: Figure | None, rate: Decimal | None, measure: Measure) -> Cell:
    """A rate in %, with a minus sign for a decline; indicators that move in points say so."""
    if figure is None:
        return (StateRun(),)
    if rate is None:
        return (origin_of(figure).silence(None, measure),)
    unit = figure.points_unit.removeprefix("个") or "%"
    text = format_pct(rate) + (unit if figure.yoy_is_points else "")
    return (origin_of(figure).run(text, measure, rate, unit),)


def rate_cell(rate: Decimal | None, origin: Origin, measure: Measure, unit: str = "%") -> Cell:
    """A percentage or points with one decimal."""
    return (origin.silence(None, measure),) if rate is None else (origin.run(format_pct(rate), measure, rate, unit),)


def count_cell(count: int, origin: Origin, unit: str = "个") -> Cell:
    """A whole number."""
    return (FigureRun(str(count), origin.code, Measure.COUNT, origin.period, Decimal(count), unit, origin.subject),)
