"""企业汇总表 and 绿色包装表: rows = companies (or one company), columns = indicators; also one company's months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop_app.catalogue.model import Indicator, Kind, Unit
from desktop_app.importing.dates import read_date
from desktop_app.importing.draft import Draft, Fact, Figure
from desktop_app.importing.kinds.cells import column_unit, read_figure, says_something
from desktop_app.importing.plan import KnownEnterprise, RowRole
from desktop_app.importing.recognise.context import settle_company, settle_month
from desktop_app.importing.recognise.figures import Aspect, FigureColumn
from desktop_app.importing.recognise.months import find_month
from desktop_app.importing.recognise.units import base_unit
from desktop_app.models.values import Month, Span

_SIDE = {
    Aspect.MONTH: (Aspect.PREVIOUS_YEAR, Aspect.YOY, Aspect.LAST_MONTH),
    Aspect.YTD: (Aspect.YTD_PREVIOUS_YEAR, Aspect.YTD_YOY, None),
}


@dataclass(frozen=True)
class Layout:
    """Columns of a table of figures; ``figures`` without those that are not stored."""

    figures: tuple[FigureColumn, ...]
    company: int | None = None
    month: int | None = None
    rates: tuple[FigureColumn, ...] = field(default=())
    """Computed rates that the file reports beside their inputs: compared, never stored."""


def sort_columns(draft: Draft, figures: Sequence[FigureColumn], company: int | None, month: int | None) -> Layout:
    """Split what is stored from computed rates, and take unmarked columns as 累计 when the title says 1—3月."""
    stored: list[FigureColumn] = []
    rates: list[FigureColumn] = []
    for figure in figures:
        if _is_computed(figure.indicator):
            rates.append(figure)
            draft.mean(figure.column, f"{figure.indicator.name}（由程序计算，只作核对）")
            continue
        aspect = figure.aspect
        if draft.cumulative and not figure.explicit and figure.indicator.kind.adds_over_months:
            aspect = Aspect.YTD
            draft.ground("表题写的是1月以来的期间，没有注明的列按本年累计读")
        stored.append(FigureColumn(figure.column, figure.name, figure.indicator, aspect, figure.unit, figure.explicit))
    return Layout(tuple(stored), company, month, tuple(rates))


def _is_computed(indicator: Indicator) -> bool:
    return indicator.formula is not None or indicator.kind in {Kind.RATIO, Kind.COVERAGE}


def build(draft: Draft, figures: Sequence[FigureColumn], company: int | None, month: int | None) -> None:
    """Facts of every data row."""
    if month is None:
        settle_month(draft)
    if company is None or draft.options.company:
        settle_company(draft)
    if draft.stopped():
        return
    layout = sort_columns(draft, figures, company, month)
    if not _no_double_columns(draft, layout.figures):
        return
    units = {figure.column: column_unit(draft, figure) for figure in layout.figures}
    if draft.stopped():
        return
    for figure in layout.figures:
        if (unit := units[figure.column]) is not None:
            draft.mean(figure.column, _meaning(figure, unit))
            draft.figure_units[figure.column] = figure, unit
    for row, role in draft.body():
        if role is RowRole.TOTAL:
            draft.skipped.add(row)
        else:
            _read_row(draft, row, layout, units)
    _lone_rates(draft, layout)


def _meaning(figure: FigureColumn, unit: Unit) -> str:
    aspect = "" if figure.aspect is Aspect.MONTH else figure.aspect.value
    return f"{figure.indicator.name}{aspect} · {unit.name}"


def _no_double_columns(draft: Draft, figures: Sequence[FigureColumn]) -> bool:
    seen: dict[tuple[str, Aspect], FigureColumn] = {}
    for figure in figures:
        earlier = seen.setdefault((figure.indicator.code, figure.aspect), figure)
        if earlier is not figure:
            draft.error(
                "DUPLICATE_COLUMN",
                f"“{earlier.name}”和“{figure.name}”两列都是{figure.indicator.name}{figure.aspect.value}",
                "请只留一列，或改正列名",
                column=figure.name,
            )
    return not draft.stopped()


def _read_row(draft: Draft, row: int, layout: Layout, units: dict[int, Unit | None]) -> None:
    enterprise = draft.enterprise if layout.company is None else row_company(draft, row, layout.company)
    month = draft.month if layout.month is None else row_month(draft, row, layout.month)
    if (layout.company is not None and enterprise is None) or month is None:
        return
    cells: dict[tuple[str, Aspect], Figure | None] = {}
    for figure in layout.figures:
        unit = units[figure.column]
        if unit is not None:
            cells[figure.indicator.code, figure.aspect] = read_figure(draft, row, figure.column, figure.name, unit)
    add_facts(draft, {f.indicator.code: f.indicator for f in layout.figures}, cells, enterprise, month)
    for rate in layout.rates:
        unit = rate.unit or base_unit(rate.indicator.base_unit)
        if rate.aspect is Aspect.MONTH and unit.base == rate.indicator.base_unit:
            told = read_figure(draft, row, rate.column, rate.name, unit)
            if told is not None:
                draft.rates.append((rate, enterprise, month, told))


def add_facts(
    draft: Draft,
    indicators: dict[str, Indicator],
    cells: dict[tuple[str, Aspect], Figure | None],
    enterprise: KnownEnterprise | None,
    month: Month,
) -> None:
    """Month and cumulative facts of one company and month, each with what stands beside it.

    A cumulative cell that is blank says nothing; a blank month cell is 未报.
    """
    for code, indicator in indicators.items():
        for main, span in ((Aspect.MONTH, Span.MONTH), (Aspect.YTD, Span.YTD)):
            figure = cells.get((code, main))
            if figure is None or (span is Span.YTD and not says_something(figure)):
                continue
            previous, yoy, last = (cells.get((code, side)) if side else None for side in _SIDE[main])
            fact = Fact(indicator, month, span, draft.region, enterprise, figure, previous, yoy, last)
            draft.facts.append(fact)


def row_company(draft: Draft, row: int, column: int) -> KnownEnterprise | None:
    """The company of a row; None after an error."""
    text = draft.cell(row, column)
    if not text:
        draft.error("COMPANY_MISSING", "这一行没有写企业名称", "请补上企业名称", row=row, column=draft.name(column))
        return None
    found = draft.companies.in_cell(text)
    if found.one is not None:
        if draft.options.company and draft.enterprise and found.one.id != draft.enterprise.id:
            draft.skipped.add(row)
            return None
        draft.seen[found.one.id] = found.one
        return found.one
    if found.matches:
        names = "、".join(e.short_name or e.name for e in found.matches[:6])
        draft.error(
            "COMPANY_AMBIGUOUS",
            f"“{text}”可以是：{names}",
            "请写企业全称",
            row=row,
            column=draft.name(column),
            value=text,
        )
        return None
    near = draft.companies.nearest(text)
    draft.error(
        "UNKNOWN_COMPANY",
        f"“{text}”不在企业名录里",
        (f"是不是“{near}”？" if near else "")
        + "请核对名称；确是新企业的，先在企业档案里登记，或给已有企业加上这个别名",
        row=row,
        column=draft.name(column),
        value=text,
    )
    return None


def row_month(draft: Draft, row: int, column: int) -> Month | None:
    """The month of a row; None after an error."""
    text = draft.cell(row, column)
    found = read_date(text)
    if found is not None and found.why:
        draft.change(row, column, found.month.label, found.why)
    month = found.month if found is not None else _bare_month(draft, text)
    if month is None:
        draft.error(
            "MONTH_UNREADABLE",
            f"“{text}”不是月份" if text else "这一行没有写月份",
            "请写成 2021-03 或 2021年3月",
            row=row,
            column=draft.name(column),
            value=text,
        )
    return month


def _bare_month(draft: Draft, text: str) -> Month | None:
    """``3月`` or ``3`` in a table whose title names the year."""
    number = find_month(text if "月" in text else f"{text}月").number
    year = find_month(draft.table.title).year or (m.year if (m := find_month(draft.table.title).month) else None)
    return Month(year, number) if year and number else None


def _lone_rates(draft: Draft, layout: Layout) -> None:
    """A computed rate without its inputs cannot be stored: a county rate is a ratio of sums."""
    present = {figure.indicator.code for figure in layout.figures}
    for rate in layout.rates:
        inputs = rate.indicator.formula.inputs if rate.indicator.formula else ()
        missing = [code for code in inputs if code not in present]
        if missing:
            words = "、".join(draft.catalogue.indicators[code].name for code in missing)
            draft.warn(
                "RATE_WITHOUT_INPUTS",
                f"“{rate.name}”只报了比率，没有报{words}，不能入库",
                "全县比率是分子合计除以分母合计，请企业补报分子和分母",
                column=rate.name,
            )
