"""全国月度数据: one row a month, columns = indicators of the month and 累计 with their 同比. Blanks are absent.

Green rates are stored as they are published: nobody publishes the nation's numerators.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.importing.draft import Draft, Figure
from desktop_app.importing.kinds.cells import column_unit, read_figure, says_something
from desktop_app.importing.kinds.wide import add_facts, gives_alone, row_aspects, row_period, sort_columns
from desktop_app.importing.plan import RowRole
from desktop_app.importing.recognise.context import settle_national_region
from desktop_app.importing.recognise.figures import Aspect, FigureColumn
from desktop_app.importing.recognise.units import base_unit


def build(draft: Draft, figures: Sequence[FigureColumn], month: int) -> None:
    """Facts of every month; a cell that is blank says nothing."""
    settle_national_region(draft)
    layout = sort_columns(draft, figures, None, month)
    units = {figure.column: column_unit(draft, figure) for figure in layout.figures}
    if draft.stopped():
        return
    draft.mean(month, "月份")
    for figure in layout.figures:
        unit = units[figure.column]
        draft.mean(figure.column, f"{figure.indicator.name}{_word(figure.aspect)} · {unit.name if unit else ''}")
    indicators = {figure.indicator.code: figure.indicator for figure in layout.figures}
    rates = [rate for rate in layout.rates if gives_alone(rate.indicator) and rate.aspect is Aspect.MONTH]
    for rate in rates:
        draft.mean(rate.column, f"{rate.indicator.name}当月（公布的比率，照收）")
    for row, role in draft.body():
        if role is RowRole.TOTAL:
            draft.skipped.add(row)
            continue
        when, stretch = row_period(draft, row, month)
        aspects = None if when is None else row_aspects(draft, row, layout, stretch=stretch)
        if when is None or aspects is None:
            continue
        cells: dict[tuple[str, Aspect], Figure | None] = {}
        for figure in layout.figures:
            unit = units[figure.column]
            if unit is not None and draft.cell(row, figure.column):
                aspect = aspects[figure.column]
                cells[figure.indicator.code, aspect] = read_figure(draft, row, figure.column, figure.name, unit)
        published = [rate for rate in rates if draft.cell(row, rate.column) and not _computable(rate, cells)]
        cells |= {(rate.indicator.code, Aspect.MONTH): _read_rate(draft, row, rate) for rate in published}
        add_facts(draft, indicators | {r.indicator.code: r.indicator for r in published}, cells, None, when)
    draft.facts = [fact for fact in draft.facts if says_something(fact.figure)]


def _read_rate(draft: Draft, row: int, rate: FigureColumn) -> Figure | None:
    return read_figure(draft, row, rate.column, rate.name, rate.unit or base_unit(rate.indicator.base_unit))


def _computable(rate: FigureColumn, cells: Mapping[tuple[str, Aspect], Figure | None]) -> bool:
    """Whether the row gives numerator or denominator: then the rate is computed and the published one not stored."""
    inputs = rate.indicator.formula.inputs if rate.indicator.formula is not None else ()
    return any(says_something(cells.get((code, Aspect.MONTH))) for code in inputs)


def _word(aspect: Aspect) -> str:
    return "当月" if aspect is Aspect.MONTH else aspect.value


def looks_national(draft: Draft, figures: Sequence[FigureColumn]) -> bool:
    """全国 in title or file name, or figures in hundreds of millions: no county writes 亿件."""
    if "全国" in draft.table.title or "全国" in draft.file.stem or "national" in draft.file.stem.lower():
        return True
    return any(figure.unit is not None and figure.unit.name in {"亿件", "亿元"} for figure in figures)
