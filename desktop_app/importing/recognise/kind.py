"""What kind of file it is, from the heads of its columns and a look at its cells; the ground is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.importing.dates import read_date
from desktop_app.importing.draft import Draft
from desktop_app.importing.kinds import (
    by_company,
    coverage,
    coverage_words,
    enterprises,
    long,
    months,
    national,
    official,
    outlets,
    registry,
    wide,
)
from desktop_app.importing.kinds.by_outlet import OUTLET_WORDS, sum_outlets
from desktop_app.importing.kinds.official_heads import find_shape as find_form
from desktop_app.importing.lines import is_number
from desktop_app.importing.plan import FileKind, RowRole
from desktop_app.importing.recognise.by_profile import COMPANY_WORDS
from desktop_app.importing.recognise.county_rates import names_only_county, only_rates, own_rows
from desktop_app.importing.recognise.figures import FigureColumn, read_head
from desktop_app.importing.recognise.months import find_month
from desktop_app.importing.recognise.places import regions_in
from desktop_app.importing.recognise.towns import town_column
from desktop_app.importing.recognise.words import find_column, find_columns
from desktop_app.importing.said import AUTO

_MOST_COLUMNS = 2000
"""No report has more; looking for words in the heads of a sheet as wide as a spreadsheet can be takes for ever."""
_MONTH_WORDS = long.VOCABULARY["month"]


@dataclass(frozen=True)
class Recognised:
    """A kind, why, and how to build the plan of it."""

    kind: FileKind
    ground: str
    build: Callable[[Draft], None]


def recognise(draft: Draft) -> Recognised | None:
    """The kind of the table, most particular kinds first; None when nothing fits."""
    if draft.table.head is None or draft.table.width > _MOST_COLUMNS:
        return None
    for attempt in (_outlets, _coverage, _registry, _enterprises, _long, _months, _official, _by_company, _figures):
        found = attempt(draft)
        if found is not None:
            return found
    return None


def _coverage(draft: Draft) -> Recognised | None:
    columns = find_columns(draft.names, {k: w for k, w in coverage_words.VOCABULARY.items() if k != "ignored"})
    place = "village" in columns or ("town" in columns and "code" in columns)
    if not place and not ("code" in columns and ("mode" in columns or _holds_codes(draft, columns["code"]))):
        return None
    if not place and registry.NAMES & find_columns(draft.names, registry.VOCABULARY).keys():
        return None
    by_row = "brand" in columns and ("mode" in columns or "state" in columns)
    brands = [] if by_row else coverage.brand_columns(draft, columns)
    if not by_row and not brands and not {"frequency", "evidence", "mode", "state"} & columns.keys():
        return None
    ground = "种类：快递进村表（有村和品牌、进村方式）"
    return Recognised(FileKind.COVERAGE, ground, lambda d: coverage.build(d, columns, brands))


def _outlets(draft: Draft) -> Recognised | None:
    columns = find_columns(draft.names, outlets.VOCABULARY)
    # A station tells how many parcels it has handed over, as a village sheet does; it also tells whose.
    own = {"brands", "serves", "income"} & columns.keys()
    roles = ("mode", "frequency") if own else ("mode", "frequency", "parcels_in", "parcels_out")
    of_villages = {role: coverage_words.VOCABULARY[role] for role in roles}
    if find_columns(draft.names, of_villages) or not outlets.looks_like(draft, columns):
        return None
    of_companies = find_column(draft.names, enterprises.VOCABULARY["uscc"]) is not None
    if of_companies and "网点" not in draft.names[columns["name"]]:
        return None
    told = [draft.names[column] for role, column in columns.items() if role in {"name", "kind", "filing", "address"}]
    ground = f"种类：网点名录（有{'、'.join(told)}等列）"
    return Recognised(FileKind.OUTLETS, ground, lambda d: outlets.build(d, columns))


def _holds_codes(draft: Draft, column: int) -> bool:
    """Whether most cells are codes of villages or towns."""
    cells = [draft.cell(row, column) for row in draft.table.data_rows[:50]]
    return sum(cell.isdigit() and 9 <= len(cell) <= 12 for cell in cells) * 2 >= len(cells)


def _registry(draft: Draft) -> Recognised | None:
    columns = find_columns(draft.names, registry.VOCABULARY)
    if "code" not in columns and {"name", "town"} <= columns.keys() and not _figure_columns(draft):
        # 名称 alone may be anything's; 村名, or a county beside it, says what is listed.
        if "county" in columns or "村" in draft.names[columns["name"]]:
            ground = "种类：村级名录（有名称、乡镇，没有代码）"
            return Recognised(FileKind.REGISTRY, ground, lambda d: registry.build(d, columns))
        return None
    if "code" not in columns or not registry.NAMES & columns.keys():
        return None
    if not _holds_codes(draft, columns["code"]):
        return None
    ground = "种类：村级名录（有12位统计用区划代码和名称）"
    return Recognised(FileKind.REGISTRY, ground, lambda d: registry.build(d, columns))


def _enterprises(draft: Draft) -> Recognised | None:
    columns = find_columns(draft.names, enterprises.VOCABULARY)
    marks = {"uscc", "licence_no", "aliases", "short_name", "opened"} & columns.keys()
    # A short list of names and telephones is a register when it says so.
    if "name" in columns and any("企业名录" in line for line in (draft.file.stem, *draft.table.lines(RowRole.TITLE))):
        marks |= {"phone", "contact", "brand", "kind", "closed"} & columns.keys()
        enough = bool(marks)
    else:
        enough = "uscc" in marks or len(marks) > 1 or {"short_name", "brand"} <= columns.keys()
    if not enough or _figure_columns(draft):
        return None
    ground = f"种类：企业名录（有{'、'.join(draft.names[columns[mark]] for mark in sorted(marks)[:3])}等列）"
    return Recognised(FileKind.ENTERPRISES, ground, lambda d: enterprises.build(d, columns))


def _long(draft: Draft) -> Recognised | None:
    columns = find_columns(draft.names, long.VOCABULARY)
    if "indicator" not in columns or not {"month", "company", "unit"} & columns.keys():
        return None
    names = [draft.cell(row, columns["indicator"]) for row in draft.table.data_rows[:200]]
    known = sum(long.row_indicator(name)[0] is not None for name in set(names))
    enough = known * 2 >= len(set(names)) and bool(names)
    if "value" in columns and not enough and not {"month", "company"} <= columns.keys():
        return None
    if "month" not in columns and "company" not in columns:
        return None
    if "value" not in columns and not ({"month", "company"} <= columns.keys() and enough):
        return None
    ground = "种类：指标明细表（每行一个指标的一个数）"
    return Recognised(FileKind.LONG, ground, lambda d: long.build(d, columns))


def _months(draft: Draft) -> Recognised | None:
    company = _company_column(draft)
    shape = months.find_shape(draft, company)
    if shape is None:
        return None
    rows = "每行一家企业" if company is not None else "每行一个指标"
    ground = f"种类：分月表（{len(shape.months)} 列月份，{rows}）"
    return Recognised(FileKind.MONTHS, ground, lambda d: months.build(d, shape))


def _by_company(draft: Draft) -> Recognised | None:
    shape = by_company.find_shape(draft)
    if shape is None:
        return None
    ground = f"种类：{FileKind.WIDE.label}（每行一个指标，{len(shape.columns)} 列企业）"
    return Recognised(FileKind.WIDE, ground, lambda d: by_company.build(d, shape))


def _official(draft: Draft) -> Recognised | None:
    shape = find_form(draft)
    if shape is None or _company_column(draft) is not None:
        return None
    form = next(
        (f for f in draft.catalogue.forms.values() if any(word in draft.table.title for word in f.title_words)), None
    )
    ground = f"种类：{form.name}（表题写明）" if form else "种类：企业月报（每行一个指标，分本月、累计等栏）"
    return Recognised(FileKind.OFFICIAL_FORM, ground, lambda d: official.build(d, shape))


def _figures(draft: Draft) -> Recognised | None:
    """Tables whose columns are indicators: company by company, one company, or month by month."""
    figures = _figure_columns(draft)
    if not figures:
        return None
    company, month = _company_column(draft), find_column(draft.names, _MONTH_WORDS)
    if month is not None and not _holds_months(draft, month):
        month = None
    if company is not None and only_rates(figures) and names_only_county(draft, company):
        company = None
    if company is None and month is not None and national.looks_national(draft, figures):
        ground = "种类：全国月度数据（每行一个月，单位到亿）"
        return Recognised(FileKind.NATIONAL, ground, lambda d: national.build(d, figures, month))
    green = sum(figure.indicator.code.startswith("GRN.") for figure in figures) * 2 > len(figures)
    kind = FileKind.GREEN if green else FileKind.WIDE
    town = town_column(draft)
    outlet = find_column(draft.names, OUTLET_WORDS) if kind is FileKind.GREEN else None
    shape = "每行一家企业" if company is not None else "一家企业" if town is None else "每行一个乡镇"
    if outlet is not None:
        town, shape = None, "每行一个网点"
    ground = f"种类：{kind.label}（{shape}，{len(figures)} 列指标）"
    return Recognised(kind, ground, lambda d: _build_wide(d, figures, (company, month, town, outlet)))


def _build_wide(
    draft: Draft,
    figures: list[FigureColumn],
    places: tuple[int | None, int | None, int | None, int | None],
) -> None:
    company, month, town, outlet = places
    handed_down = only_rates(figures) and len(own_rows(draft)) == 1
    if handed_down:
        # The city's list of its counties: the others' rows are not ours.
        draft.skipped |= {row for row in draft.table.data_rows if row not in own_rows(draft)}
    if places == (None, None, None, None) and len(draft.table.data_rows) > 1 and not handed_down:
        if found := regions_in(draft.cell(row, 0) for row in draft.table.data_rows):
            hint = "台账收本县各企业的数，分地区的表不用导入；是本县企业的表，请补上企业名称列再发"
            draft.error("MISSING_COLUMN", f"表里各行是地区（{'、'.join(found[:3])}等），不是企业", hint)
            return
        word = "月份" if national.looks_national(draft, figures) else "企业名称"
        draft.error("MISSING_COLUMN", f"表里有几行数据，却没有“{word}”列", f"请补上{word}列再发")
        return
    draft.mean(company, "企业")
    draft.mean(month, "月份")
    draft.mean(town, "乡镇")
    draft.mean(outlet, "网点，按企业相加")
    wide.build(draft, figures, company, month, town)
    if outlet is not None:
        sum_outlets(draft, outlet)


def _figure_columns(draft: Draft) -> list[FigureColumn]:
    found: list[FigureColumn] = []
    for column, levels in enumerate(draft.levels):
        figure = read_head(levels, column, draft.shown[column]) if levels else None
        if figure is not None:
            found.append(figure)
    return found


def _company_column(draft: Draft) -> int | None:
    """By its head, else the column whose cells are mostly companies of the ledger."""
    column = find_column(draft.names, COMPANY_WORDS)
    if column is not None and not _holds_numbers(draft, column) and not _holds_indicators(draft, column):
        return column
    rows = draft.table.data_rows[:100]
    for candidate in range(min(draft.table.width, 8)):
        if draft.said.get(candidate, AUTO) != AUTO:
            continue
        cells = [draft.cell(row, candidate) for row in rows]
        known = sum(bool(cell) and bool(draft.companies.in_cell(cell).matches) for cell in cells)
        if known and known * 2 >= len(cells):
            draft.ground(f"第{candidate + 1}列的内容是企业名称，按企业列读")
            return candidate
    return None


def _holds_numbers(draft: Draft, column: int) -> bool:
    cells = [draft.cell(row, column) for row in draft.table.data_rows[:50]]
    return bool(cells) and all(is_number(cell) for cell in cells if cell) and any(cells)


def _holds_indicators(draft: Draft, column: int) -> bool:
    """名称 of an official list: names of indicators and not of companies."""
    cells = [cell for row in draft.table.data_rows[:50] if (cell := draft.cell(row, column))]
    if any(draft.companies.in_cell(cell).matches for cell in cells):
        return False
    # Parts below a section (其中：同城) are named by it alone.
    return sum(long.row_indicator(cell)[0] is not None for cell in cells) > 1


def _holds_months(draft: Draft, column: int) -> bool:
    cells = [draft.cell(row, column) for row in draft.table.data_rows[:50]]
    told = (read_date(cell) is not None or "月" in cell or find_month(cell).stretch for cell in cells)
    return sum(told) * 2 >= len(cells)
