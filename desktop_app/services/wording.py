"""Short sentences on one figure, in the words of the releases."""

from __future__ import annotations

from desktop_app.catalogue.format import format_pct
from desktop_app.models.values import NATIONAL_REGION
from desktop_app.services.results.figures import Figure


def figure_sentence(figure: Figure) -> str:
    """“833.6亿件，同比增长31.2%”; the growth is left out when it cannot be said."""
    if figure.value is None:
        return figure.text
    head = f"{figure.text}{figure.display_unit}"
    if figure.yoy_pct is None:
        return f"{head}{_cumulative_words(figure)}"
    national = figure.region == NATIONAL_REGION
    size = format_pct(abs(figure.yoy_pct), drop_zeros=national)
    if figure.yoy_pct == 0:
        words = "同比基本持平" if figure.yoy_is_points else "同比持平"
    elif figure.yoy_is_points:
        words = f"同比{'上升' if figure.yoy_pct > 0 else '下降'}{size}{figure.points_unit}"
    else:
        words = f"同比{'增长' if figure.yoy_pct > 0 else '下降'}{size}%"
    on_base = "按可比口径" if figure.yoy_basis == "可比口径" else ""
    return f"{head}，{on_base}{words}{_cumulative_words(figure)}"


def _cumulative_words(figure: Figure) -> str:
    """“；累计同比按可比口径增长25.2%”, where a month's figure has a cumulation on a comparable base."""
    rate = figure.cumulative_yoy_pct
    if figure.cumulative_yoy_basis != "可比口径" or rate is None or figure.cumulative == figure.value:
        return ""
    national = figure.region == NATIONAL_REGION
    unit = figure.points_unit if figure.yoy_is_points else "%"
    return f"；累计同比按可比口径{'增长' if rate >= 0 else '下降'}{format_pct(abs(rate), drop_zeros=national)}{unit}"
