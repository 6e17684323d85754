"""Rows of the catalogue of the sources that are several indicators (A.B/C/D) or a form: their members side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.catalogue.format import DASH
from desktop_app.catalogue.model import Catalogue, Indicator
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.figures import Scope, build_figure
from desktop_app.indicators.results.figures import Figure, FigureRow
from desktop_app.models.values import CellState, Period


def members_of(catalogue: Catalogue, code: str) -> tuple[Indicator, ...]:
    """``MKT.SHARE.LOCAL/INTER/INTL`` → its three indicators; empty when it is no such row or one is unknown."""
    head, *others = code.upper().split("/")
    if not others or "." not in head:
        return ()
    stem = head.rpartition(".")[0]
    codes = [head, *(f"{stem}.{other}" for other in others)]
    return tuple(catalogue.indicators[each] for each in codes) if set(codes) <= catalogue.indicators.keys() else ()


def form_members(catalogue: Catalogue, code: str) -> tuple[Indicator, ...]:
    """The indicators of a form's rows, each once."""
    form = catalogue.forms[code]
    return tuple(catalogue.indicators[each] for each in dict.fromkeys(row.indicator for row in form.rows))


def combined_figure(
    calculator: Calculator, code: str, name: str, members: Sequence[Indicator], note: str, period: Period, scope: Scope
) -> tuple[Figure, tuple[FigureRow, ...]]:
    """A figure without a number of its own that says why, and its members as rows."""
    figures = [build_figure(calculator, member.code, period, scope) for member in members]
    rows = tuple(
        FigureRow(
            key=member.code,
            code=member.code,
            name=member.name,
            value=figure.value,
            state=figure.state,
            text=f"{figure.text}{figure.display_unit}" if figure.value is not None else figure.text,
            yoy_pct=figure.yoy_pct,
        )
        for member, figure in zip(members, figures, strict=True)
    )
    lead = build_figure(calculator, members[0].code if members else "MKT.VOL", period, scope)
    bare = Figure(
        code=code,
        name=name,
        unit=lead.unit if members else "",
        period=lead.period,
        period_label=lead.period_label,
        region=lead.region,
        region_name=lead.region_name,
        value=None,
        state=CellState.NOT_APPLICABLE,
        text=DASH,
        display_unit="",
        definition=note,
    )
    return replace(bare, notes=(note,)), rows
