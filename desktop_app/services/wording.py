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
        return head
    national = figure.region == NATIONAL_REGION
    size = format_pct(abs(figure.yoy_pct), drop_zeros=national)
    if figure.yoy_pct == 0:
        words = "同比基本持平" if figure.yoy_is_points else "同比持平"
    elif figure.yoy_is_points:
        unit = "个百分点" if figure.display_unit == "%" else ""
        words = f"同比{'上升' if figure.yoy_pct > 0 else '下降'}{size}{unit}"
    else:
        words = f"同比{'增长' if figure.yoy_pct > 0 else '下降'}{size}%"
    return f"{head}，{words}"
