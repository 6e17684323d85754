"""Where the numbers of a finished report stand, as the preview counts, with the address of each (此数从何来)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.services.results.reports import PlacedFigure
from desktop_app.services.results.tracing import FigureAddress

if TYPE_CHECKING:
    from desktop_app.reporting.pdf.pen import FigurePlace
    from desktop_app.reporting.written import WrittenReport


def placed_figures(written: WrittenReport) -> tuple[PlacedFigure, ...]:
    """Numbers, and the words that stand in place of known ones, in reading order; none of a format without pages."""
    places = sorted((*written.places, *written.silences), key=_reading_order)
    return tuple(_placed(place, written.page_height) for place in places)


def _reading_order(place: FigurePlace) -> tuple[int, float, float]:
    return place.page, -round(place.bottom), place.left


def _placed(place: FigurePlace, page_height: float) -> PlacedFigure:
    """A place of the writer, which counts from the lower left corner, as the preview counts."""
    run = place.run
    address = FigureAddress(run.code, run.period, run.measure.value, run.subject, printed=run.text)
    top = page_height - place.bottom - place.height
    return PlacedFigure(place.page - 1, place.left, top, place.width, place.height, address)
