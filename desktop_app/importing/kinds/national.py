"""全国月度数据: one row a month, columns = indicators of the month and 累计 with their 同比. Blanks are absent."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.importing.draft import Draft
from desktop_app.importing.kinds.cells import column_unit, read_figure, says_something
from desktop_app.importing.kinds.wide import add_facts, row_aspects, row_period, sort_columns
from desktop_app.importing.plan import RowRole
from desktop_app.importing.recognise.context import settle_national_region
from desktop_app.importing.recognise.figures import Aspect, FigureColumn


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
    for row, role in draft.body():
        if role is RowRole.TOTAL:
            draft.skipped.add(row)
            continue
        when, stretch = row_period(draft, row, month)
        aspects = None if when is None else row_aspects(draft, row, layout, stretch=stretch)
        if when is None or aspects is None:
            continue
        cells = {}
        for figure in layout.figures:
            unit = units[figure.column]
            if unit is not None and draft.cell(row, figure.column):
                aspect = aspects[figure.column]
                cells[figure.indicator.code, aspect] = read_figure(draft, row, figure.column, figure.name, unit)
        add_facts(draft, indicators, cells, None, when)
    draft.facts = [fact for fact in draft.facts if says_something(fact.figure)]


def _word(aspect: Aspect) -> str:
    return "当月" if aspect is Aspect.MONTH else aspect.value


def looks_national(draft: Draft, figures: Sequence[FigureColumn]) -> bool:
    """全国 in title or file name, or figures in hundreds of millions: no county writes 亿件."""
    if "全国" in draft.table.title or "全国" in draft.file.stem or "national" in draft.file.stem.lower():
        return True
    return any(figure.unit is not None and figure.unit.name in {"亿件", "亿元"} for figure in figures)
