"""Slots of a year's sentences: growth without 同比, net increase, change against last year in the figure's own unit."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from desktop_app.catalogue.format import format_amount, in_display_unit
from desktop_app.catalogue.loader import load_catalogue
from desktop_app.indicators.results.figures import Figure
from desktop_app.models.values import CellState
from desktop_app.reporting.content import Measure, Text
from desktop_app.reporting.slots import FigureSlots
from desktop_app.reporting.wording import EQUAL, LEVEL, Runs, growth_words, origin_of

_POINT_UNITS = {"%": "个百分点", "‰": "个千分点", "‱": "个万分点", "指数": ""}
_OF_THE_BASE = {"growth", "net", "moved", "share_change", "yoy"}


class AnnualSlots:
    """Finds ``CODE:measure`` among the figures of the year and remembers what could not be said.

    ``unsaid``: codes without a figure; ``baseless``: codes with one of which last year's is lacking.
    """

    def __init__(self, figures: Mapping[str, Figure], scale: str, words: Mapping[str, Runs | str | None]) -> None:
        self._figures = figures
        self._scale = scale
        self._plain = FigureSlots(figures, words)
        self.unsaid: dict[str, None] = {}
        self.baseless: dict[str, None] = {}

    def __call__(self, name: str) -> Runs | None:
        """Runs of a slot; None when it cannot be said."""
        code, colon, measure = name.partition(":")
        if not colon:
            return self._plain(name)
        figure = self._figures.get(code)
        found = None if figure is None else self._said(figure, measure)
        if found is None:
            self._missed(code, measure, figure)
        return found

    def _missed(self, code: str, measure: str, figure: Figure | None) -> None:
        if figure is None or figure.value is None:
            self.unsaid[code] = None
        elif measure.partition("/")[0] in _OF_THE_BASE:
            self.baseless[code] = None

    def _said(self, figure: Figure, measure: str) -> Runs | None:
        if figure.state is not CellState.VALUE or figure.value is None:
            return None
        kind, _, words = measure.partition("/")
        found: Runs | None
        match kind:
            case "growth":
                equal = figure.value == figure.previous_year
                found = growth_words(figure.yoy_pct, origin_of(figure), Measure.YOY, equal=equal)
            case "net":
                found = self._moved(figure, "净增", "净减")
            case "moved":
                up, _, down = words.partition("/")
                found = self._moved(figure, up, down)
            case "number" | "each":
                unit = figure.display_unit.partition("/")[0] if kind == "each" else ""
                found = (origin_of(figure).run(figure.text + unit, Measure.VALUE, figure.value, figure.unit),)
            case _:
                found = self._plain(f"{figure.code}:{measure}")
        return found

    def _moved(self, figure: Figure, up: str, down: str) -> Runs | None:
        """上升2.03小时, 降低2.15个百分点: value minus last year's, as exact as the figure itself is printed."""
        if figure.value is None or figure.previous_year is None:
            return None
        difference = figure.value - figure.previous_year
        indicator = load_catalogue().indicator(figure.code)
        if in_display_unit(indicator, difference, self._scale) == 0:
            return (Text(EQUAL if difference == 0 else LEVEL),)
        unit = _POINT_UNITS.get(figure.display_unit, figure.display_unit)
        text = format_amount(indicator, abs(difference), self._scale) + unit
        word = up if difference > Decimal(0) else down
        return Text(word), origin_of(figure).run(text, Measure.CHANGE, difference, figure.unit)
