"""Slots of the templates: ``CODE:measure`` for figures, plain names for words and counts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from desktop_app.indicators.results.figures import Figure
from desktop_app.models.values import CellState
from desktop_app.reporting.content import Measure, Text
from desktop_app.reporting.wording import (
    Origin,
    Runs,
    amount_words,
    growth_words,
    origin_of,
    points_words,
    share_words,
)

"""Unit of an indicator that moves in points → unit of its change; others (分) keep their own."""


class FigureSlots:
    """Looks up ``MKT.VOL:cumulative_yoy`` among figures and plain names among ``words``."""

    def __init__(self, figures: Mapping[str, Figure], words: Mapping[str, Runs | str | None]) -> None:
        self._figures = figures
        self._words = words

    def __call__(self, name: str) -> Runs | None:
        """Runs of a slot; None when it cannot be said; ``KeyError`` for a name that nobody knows."""
        code, colon, measure = name.partition(":")
        if colon:
            figure = self._figures.get(code)
            if figure is None or (measure.startswith("cumulative") and nobody_complete(figure)):
                return None
            return figure_words(figure, Measure(measure))
        found = self._words[name]
        return (Text(found),) if isinstance(found, str) else found


def nobody_complete(figure: Figure) -> bool:
    """Whether not a single company has given all months of the year so far: the sum is then none of the year."""
    lacking = figure.cumulative_completeness
    return lacking.expected > 0 and len(lacking.missing) + len(lacking.returned) >= lacking.expected


def figure_words(figure: Figure, measure: Measure) -> Runs | None:
    """The number of a figure in words: 62.84万件, 同比增长18.6%, 12.1%, 下降1.8个百分点."""
    origin = origin_of(figure)
    found: Runs | None
    match measure:
        case Measure.VALUE | Measure.CUMULATIVE:
            found = amount_words(figure, measure)
        case Measure.YOY:
            equal = figure.value is not None and figure.value == figure.previous_year
            found = _change("同比", figure, figure.yoy_pct, measure, equal=equal)
        case Measure.CUMULATIVE_YOY:
            found = _change("同比", figure, figure.cumulative_yoy_pct, measure)
        case Measure.MOM:
            equal = figure.value is not None and figure.value == figure.previous
            found = _change("环比", figure, figure.mom_pct, measure, equal=equal)
        case Measure.SHARE:
            found = share_words(figure.share_pct, origin, measure)
        case Measure.CUMULATIVE_SHARE:
            found = share_words(figure.cumulative_share_pct, origin, measure)
        case Measure.SHARE_CHANGE:
            found = points_words(figure.share_change_pp, origin, measure)
        case Measure.CUMULATIVE_SHARE_CHANGE:
            found = points_words(figure.cumulative_share_change_pp, origin, measure)
        case _:
            raise KeyError(measure.value)
    return found


def _change(lead: str, figure: Figure, rate: Decimal | None, measure: Measure, *, equal: bool = False) -> Runs | None:
    if figure.state is not CellState.VALUE and measure is not Measure.CUMULATIVE_YOY:
        return None
    origin: Origin = origin_of(figure)
    if figure.yoy_is_points:
        words = points_words(rate, origin, measure, up="提高", unit=figure.points_unit)
    else:
        words = growth_words(rate, origin, measure, equal=equal)
    return None if words is None else (Text(lead), *words)
