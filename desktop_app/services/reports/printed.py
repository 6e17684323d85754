"""Where the numbers of a finished report stand, as the preview counts, with the address of each (此数从何来)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.services.results.reports import PrintedFigure
from desktop_app.services.results.tracing import FigureAddress

if TYPE_CHECKING:
    from desktop_app.reporting.pdf.pen import FigurePlace
    from desktop_app.reporting.written import WrittenReport


def printed_figures(written: WrittenReport) -> tuple[PrintedFigure, ...]:
    """Numbers, and the words that stand in place of known ones, in reading order; none of a format without pages."""
    places = sorted((*written.places, *written.silences), key=_reading_order)
    return tuple(_printed(place) for place in places)


def _reading_order(place: FigurePlace) -> tuple[int, float, float]:
    return place.page, -round(place.bottom), place.left


def _printed(place: FigurePlace) -> PrintedFigure:
    """A place of the writer, which counts from the lower left corner, as the preview counts."""
    from desktop_app.reporting.pdf.geometry import PAGE_HEIGHT

    run = place.run
    address = FigureAddress(run.code, run.period, run.measure.value, run.subject, printed=run.text)
    top = PAGE_HEIGHT - place.bottom - place.height
    return PrintedFigure(place.page - 1, place.left, top, place.width, place.height, address)
