"""企业汇总表 and 绿色包装表: rows = companies (or one company), columns = indicators; also one company's months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from desktop_app.catalogue.model import Indicator, Kind, Unit
from desktop_app.importing.dates import DateRead, read_date
from desktop_app.importing.draft import Draft, Fact, Figure
from desktop_app.importing.kinds.cells import column_unit, read_figure, says_something, warn_blank_months
from desktop_app.importing.plan import KnownEnterprise, RowRole
from desktop_app.importing.recognise.county_rates import settle_owner
from desktop_app.importing.recognise.figures import Aspect, FigureColumn, means_period, of_stretch
from desktop_app.importing.recognise.months import find_month
from desktop_app.importing.recognise.places import place_of_company
from desktop_app.importing.recognise.report_month import NOT_A_MONTH, NOT_A_MONTH_HINT, settle_month
from desktop_app.importing.recognise.side_rows import sort_out_rows, without_of_which
from desktop_app.importing.recognise.towns import TownIndex, row_town, settle_company_of_towns
from desktop_app.importing.recognise.units import base_unit
from desktop_app.importing.said import SKIP, Answer
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
    town: int | None = None
    """The column of 乡镇: the row's figures are that town's."""


def sort_columns(draft: Draft, figures: Sequence[FigureColumn], company: int | None, month: int | None) -> Layout:
    """Split what is stored from computed rates, and take unmarked columns as 累计 when the title says 1—3月."""
    turned = {f.indicator.code for f in figures if draft.cumulative and _is_period(f)}
    stored: list[FigureColumn] = []
    rates: list[FigureColumn] = []
    for figure in figures:
        if is_computed(figure.indicator):
            rates.append(figure)
            draft.mean(figure.column, f"{figure.indicator.name}（由程序计算，只作核对）")
            continue
        aspect = figure.aspect
        if figure.indicator.code in turned:
            aspect = of_stretch(aspect)
            draft.ground("表题写的是1月以来的期间，没有注明的列和“本期”按本年累计读")
        stored.append(FigureColumn(figure.column, figure.name, figure.indicator, aspect, figure.unit, figure.explicit))
    return Layout(tuple(stored), company, month, tuple(rates))


def _is_period(figure: FigureColumn) -> bool:
    """Whether the column becomes 累计 where the period is a stretch from January; stocks stay."""
    period = figure.aspect is Aspect.MONTH and means_period(figure.name, explicit=figure.explicit)
    return period and figure.indicator.kind.adds_over_months and not is_computed(figure.indicator)


def is_computed(indicator: Indicator) -> bool:
    """Whether the program computes it: files may carry it beside its inputs, where it is compared and not stored."""
    return indicator.formula is not None or indicator.kind in {Kind.RATIO, Kind.COVERAGE}


def gives_alone(indicator: Indicator) -> bool:
    """Whether this rate may be given without numerator and denominator: the green ones."""
    return indicator.green_rate


def build(
    draft: Draft, figures: Sequence[FigureColumn], company: int | None, month: int | None, town: int | None = None
) -> None:
    """Facts of every data row."""
    _settle_file(draft, figures, company, month, town)
    _tell_heads(draft, figures)
    if draft.stopped():
        return
    layout = replace(sort_columns(draft, figures, company, month), town=town)
    towns = TownIndex(draft.context.villages) if town is not None else None
    if not _no_double_columns(draft, layout.figures):
        return
    units = {figure.column: column_unit(draft, figure) for figure in layout.figures}
    if draft.stopped():
        return
    for figure in layout.figures:
        if (unit := units[figure.column]) is not None:
            draft.mean(figure.column, _meaning(figure, unit))
            draft.figure_units[figure.column] = figure, unit
    sort_out_rows(draft, None if town is not None else company)
    for row, role in draft.body():
        if role is RowRole.TOTAL:
            draft.skipped.add(row)
        elif row not in draft.skipped:
            _read_row(draft, row, layout, units, towns)
    _blank_months(draft, layout)
    _lone_plans(draft, layout)
    _lone_rates(draft, layout)


def _lone_plans(draft: Draft, layout: Layout) -> None:
    """A plan without what was reached: most likely a column whose head says something else than was meant."""
    reached = {figure.indicator.code for figure in layout.figures if not figure.aspect.planned}
    for figure in layout.figures:
        if figure.aspect.planned and figure.indicator.code not in reached:
            draft.warn(
                "UNREAD_COLUMN",
                f"“{figure.name}”是计划，不是实际数，没有收；表里没有{figure.indicator.name}的实际数",
                "请企业补报实际完成数；不报的写明原因",
                column=figure.name,
            )


def _blank_months(draft: Draft, layout: Layout) -> None:
    rows = draft.table.data_rows
    told = {f.column: any(draft.cell(row, f.column) for row in rows) for f in layout.figures}
    ytd = {f.indicator.code: f for f in layout.figures if f.aspect is Aspect.YTD and told[f.column]}
    pairs = [
        (f.name, ytd[f.indicator.code].name)
        for f in layout.figures
        if f.aspect is Aspect.MONTH and not told[f.column] and f.indicator.code in ytd
    ]
    warn_blank_months(draft, [month for month, _ in pairs], [total for _, total in pairs])


def _tell_heads(draft: Draft, figures: Sequence[FigureColumn]) -> None:
    """What the heads say, for a file that gets no further."""
    for figure in figures:
        draft.mean(figure.column, _meaning(figure, figure.unit))


def _settle_file(
    draft: Draft, figures: Sequence[FigureColumn], company: int | None, month: int | None, town: int | None
) -> None:
    """What no column says: month and company of the whole file."""
    if month is None:
        settle_month(draft)
    if town is not None and company is None and not draft.options.company:
        settle_company_of_towns(draft)
    elif company is None or draft.options.company:
        settle_owner(draft, figures)


def _meaning(figure: FigureColumn, unit: Unit | None) -> str:
    aspect = "" if figure.aspect is Aspect.MONTH else figure.aspect.value
    return f"{figure.indicator.name}{aspect}" + (f" · {unit.name}" if unit is not None else "")


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
                answers=[
                    Answer(f"只用“{kept.name}”", meanings=((draft.key(left.column), SKIP),))
                    for kept, left in ((earlier, figure), (figure, earlier))
                ],
            )
    return not draft.stopped()


def _read_row(draft: Draft, row: int, layout: Layout, units: dict[int, Unit | None], towns: TownIndex | None) -> None:
    enterprise = draft.enterprise if layout.company is None else row_company(draft, row, layout.company)
    month, stretch = (draft.month, False) if layout.month is None else row_period(draft, row, layout.month)
    region = draft.region if layout.town is None or towns is None else row_town(draft, row, layout.town, towns)
    if (layout.company is not None and enterprise is None) or month is None or region is None:
        return
    aspects = row_aspects(draft, row, layout, stretch=stretch)
    if aspects is None:
        return
    cells: dict[tuple[str, Aspect], Figure | None] = {}
    for figure in layout.figures:
        unit = units[figure.column]
        if unit is not None:
            aspect = aspects[figure.column]
            cell = read_figure(draft, row, figure.column, figure.name, unit)
            cells[figure.indicator.code, aspect] = cell
            if cell is None:
                draft.unread.add(figure.indicator.code)
    wanted = {f.indicator.code: f.indicator for f in layout.figures}
    for rate in layout.rates:
        unit = rate.unit or base_unit(rate.indicator.base_unit)
        if rate.aspect is Aspect.MONTH and unit.base == rate.indicator.base_unit:
            told = read_figure(draft, row, rate.column, rate.name, unit)
            if told is not None and (enterprise or draft.handed_down) and _alone(rate.indicator, told, cells):
                wanted[rate.indicator.code] = rate.indicator
                cells[rate.indicator.code, Aspect.MONTH] = told
            elif told is not None:
                draft.rates.append((rate, enterprise, month, told))
    add_facts(draft, wanted, cells, enterprise, month, region)


def _alone(indicator: Indicator, told: Figure, cells: Mapping[tuple[str, Aspect], Figure | None]) -> bool:
    """Whether a company gives a green rate without any of its inputs: kept apart, never in the county's (◇)."""
    if indicator.formula is None or not gives_alone(indicator) or not says_something(told):
        return False
    return not any(says_something(cells.get((code, Aspect.MONTH))) for code in indicator.formula.inputs)


def row_aspects(draft: Draft, row: int, layout: Layout, *, stretch: bool) -> dict[int, Aspect] | None:
    """Column → what its cell in this row says; None after an error.

    :param stretch: the row speaks of January up to its month: unmarked figures are the 累计, beside which no other
        may stand.
    """
    turned = {f.indicator.code for f in layout.figures if stretch and _is_period(f)}
    for figure in layout.figures:
        if figure.indicator.code in turned and figure.aspect is Aspect.YTD and draft.cell(row, figure.column):
            draft.error(
                "NOT_A_MONTH",
                f"这一行写的是1月以来的期间，没有注明的列也成了本年累计，与“{figure.name}”重复",
                "请企业按月填报，或只留累计一列",
                row=row,
                column=draft.name(layout.month),
                value=draft.cell(row, layout.month),
            )
            return None
    return {f.column: of_stretch(f.aspect) if f.indicator.code in turned else f.aspect for f in layout.figures}


def add_facts(
    draft: Draft,
    indicators: dict[str, Indicator],
    cells: dict[tuple[str, Aspect], Figure | None],
    enterprise: KnownEnterprise | None,
    month: Month,
    region: str = "",
) -> None:
    """Month and cumulative facts of one company and month, each with what stands beside it.

    A cumulative cell that is blank says nothing; a blank month cell is 未报.

    :param region: whose they are, where they are not the file's region's.
    """
    for code, indicator in indicators.items():
        for main, span in ((Aspect.MONTH, Span.MONTH), (Aspect.YTD, Span.YTD)):
            figure = cells.get((code, main))
            if figure is None or (span is Span.YTD and not says_something(figure)):
                continue
            previous, yoy, last = (cells.get((code, side)) if side else None for side in _SIDE[main])
            if span is Span.MONTH and _to_date(draft, indicator, figure, cells):
                span = Span.YTD  # noqa: PLW2901 - of this cell only
            fact = Fact(indicator, month, span, region or draft.region, enterprise, figure, previous, yoy, last)
            draft.facts.append(fact)


def _to_date(
    draft: Draft, indicator: Indicator, figure: Figure, cells: Mapping[tuple[str, Aspect], Figure | None]
) -> bool:
    """Whether a cell that says nothing of its stretch is the 累计: so where figures are counted by quarter or year."""
    if not indicator.told_to_date or any(word in figure.name for word in ("本月", "当月")):
        return False
    if says_something(cells.get((indicator.code, Aspect.YTD))):
        return False
    draft.ground(f"{indicator.name}按季、按年统计，没有写明的数按本年累计读（单月的数请在列名写“本月”）")
    return True


def row_company(draft: Draft, row: int, column: int) -> KnownEnterprise | None:
    """The company of a row; None after an error."""
    text = draft.cell(row, column)
    if not text:
        draft.error("COMPANY_MISSING", "这一行没有写企业名称", "请补上企业名称", row=row, column=draft.name(column))
        return None
    found = draft.companies.in_cell(without_of_which(text))
    if found.one is not None:
        if draft.options.company and draft.enterprise and found.one.id != draft.enterprise.id:
            draft.skipped.add(row)
            return None
        draft.seen[found.one.id] = found.one
        _tell_other_place(draft, row, column, text)
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
        + "请核对名称；确是新企业的，先用企业名录文件登记，或给已有企业加上这个别名",
        row=row,
        column=draft.name(column),
        value=text,
    )
    return None


def _tell_other_place(draft: Draft, row: int, column: int, text: str) -> None:
    """A company of a known name with another county before it may be another company."""
    place = "" if draft.companies.knows(text) else place_of_company(text, draft.context.region_name)
    if place:
        draft.warn(
            "REGION_DIFFERS",
            f"“{text}”写着“{place}”，本台账是{draft.context.region_name}的",
            "请核对是不是别处的企业；是同一家的，给企业加上这个别名就不再问",
            row=row,
            column=draft.name(column),
            value=text,
        )


def _ask_day(draft: Draft, row: int, column: int, found: DateRead) -> None:
    """A row of one day is not the month's; the first of a month and its last day are how tables write the month."""
    if found.day is None or found.day.day == 1 or (found.day + timedelta(days=1)).day == 1:
        return
    if not any(issue.code == "MONTH_DIFFERS" and issue.row is not None for issue in draft.issues):
        draft.warn(
            "MONTH_DIFFERS",
            f"这一行写的是{found.day.isoformat()}这一天，按{found.month.label}读（别的行也照此）",
            "请核对是不是整月的数；逐日的数请企业按月合计再报",
            row=row,
            column=draft.name(column),
            value=draft.cell(row, column),
        )


def row_month(draft: Draft, row: int, column: int) -> Month | None:
    """The month of a row whose figures are those at a month's end; None after an error."""
    return row_period(draft, row, column)[0]


def row_period(draft: Draft, row: int, column: int) -> tuple[Month | None, bool]:
    """The month of a row and whether the row speaks of January up to it (2021年一季度); None after an error."""
    text = draft.cell(row, column)
    found = read_date(text)
    if found is not None:
        if found.why:
            draft.change(row, column, found.month.label, found.why)
        draft.seen_months.add(found.month)
        _ask_day(draft, row, column, found)
        return found.month, found.cumulative
    if find_month(text).stretch:
        draft.error(
            "NOT_A_MONTH", f"“{text}”{NOT_A_MONTH}", NOT_A_MONTH_HINT, row=row, column=draft.name(column), value=text
        )
        return None, False
    month, cumulative = _bare_month(draft, text)
    if month is None:
        draft.error(
            "MONTH_UNREADABLE",
            f"“{text}”不是月份" if text else "这一行没有写月份",
            "请写成 2021-03 或 2021年3月",
            row=row,
            column=draft.name(column),
            value=text,
        )
    else:
        draft.seen_months.add(month)
    return month, cumulative


def _bare_month(draft: Draft, text: str) -> tuple[Month | None, bool]:
    """``3月``, ``3`` or ``1—3月`` in a table whose title names the year."""
    mention = find_month(text)
    if mention.number is None:
        mention = find_month(f"{text}月")
    year = find_month(draft.table.title).year or (m.year if (m := find_month(draft.table.title).month) else None)
    return (Month(year, mention.number) if year and mention.number else None), mention.cumulative


def _lone_rates(draft: Draft, layout: Layout) -> None:
    """A computed rate without its inputs cannot be stored: a county rate is a ratio of sums."""
    present = {figure.indicator.code for figure in layout.figures} | {fact.indicator.code for fact in draft.facts}
    for rate in layout.rates:
        inputs = rate.indicator.formula.inputs if rate.indicator.formula else ()
        missing = [code for code in inputs if code not in present]
        if missing and rate.indicator.code not in present:
            words = "、".join(draft.catalogue.indicators[code].name for code in missing)
            draft.warn(
                "RATE_WITHOUT_INPUTS",
                f"“{rate.name}”只报了比率，没有报{words}，不能入库",
                "全县比率是分子合计除以分母合计，请企业补报分子和分母",
                column=rate.name,
            )
