"""二、快递进村: the rate, the townships, the trend."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from desktop_app.catalogue.format import format_pct
from desktop_app.indicators.results.rural import TownRow
from desktop_app.models.values import quantize
from desktop_app.reporting.cells import count_cell, rate_cell, words_cell
from desktop_app.reporting.content import (
    Align,
    Block,
    ChartBlock,
    Column,
    Heading,
    Measure,
    Paragraph,
    Row,
    Table,
    Text,
)
from desktop_app.reporting.monthly_data import MonthlyData, RuralPart
from desktop_app.reporting.slots import FigureSlots
from desktop_app.reporting.templates import Templates, fill_section
from desktop_app.reporting.wording import (
    Origin,
    Runs,
    area_words,
    count_words,
    listed_runs,
    month_words,
    points_words,
    share_words,
)

CODES = {"any": "RUR.REACH", "direct": "RUR.DIRECT", "major": "RUR.MAJOR"}
"""Definition → indicator."""
VILLAGES = "RUR.VILLAGES"
LOW_TOWNS = 3


def rate_code(definition: str) -> str:
    """Indicator of a definition; K brands have no code of their own and count as 通达率."""
    return CODES.get(definition, CODES["any"])


def year_change(part: RuralPart) -> Decimal | None:
    """Points since the same month last year, rounded once."""
    now, then = part.coverage.exact_pct, part.previous_year_pct
    return None if now is None or then is None else quantize(now - then, 1)


def rural_section(data: MonthlyData, templates: Templates) -> list[Block]:
    """Heading, text, 表 of the townships, trend."""
    heading = Heading(templates.text("heading_rural"))
    return [
        heading,
        *rural_text(data, templates),
        *towns_table(data, templates),
        *trend_block(data, templates),
    ]


def _reported(data: MonthlyData) -> RuralPart | None:
    return None if data.rural is None or data.rural.coverage.rate_pct is None else data.rural


def rural_text(data: MonthlyData, templates: Templates) -> list[Block]:
    """The sentences, or that nothing has been entered."""
    part = _reported(data)
    if part is None:
        return [Paragraph((Text(templates.text("none_rural", month=month_words(data.month))),))]
    return [*fill_section(templates, "rural", FigureSlots(data.figures, rural_words(data, part)), january=False)]


def towns_table(data: MonthlyData, templates: Templates) -> list[Block]:
    """A row a township and their total."""
    part = _reported(data)
    if part is None or not part.towns:
        return []
    return [_table(data, part, templates.text("table_rural", region=data.region_name, month=data.month.label))]


def trend_block(data: MonthlyData, templates: Templates) -> list[Block]:
    """The rate over twelve months."""
    part = _reported(data)
    if part is None or part.chart is None:
        return []
    return [ChartBlock(part.chart, templates.text("chart_rural", region=data.region_name), 38)]


def rural_words(data: MonthlyData, part: RuralPart) -> Mapping[str, Runs | str | None]:
    """Plain slots of the section: villages, rate, gaps, the townships furthest behind."""
    coverage = part.coverage
    rate = Origin(rate_code(coverage.definition), str(data.month))
    villages = Origin(VILLAGES, str(data.month))
    full = sum(town.villages > 0 and town.covered == town.villages for town in part.towns)
    relapsed = sum(gap.relapsed for gap in coverage.gaps)
    gaps = coverage.villages - coverage.covered
    return {
        "area": area_words(data.region_name),
        "month_end": f"{data.month.month}月末",
        "definition": coverage.definition_text,
        "villages": count_words(coverage.villages, "个", villages, Measure.VALUE),
        "covered": count_words(coverage.covered, "个", rate, Measure.NUMERATOR),
        "rate": share_words(_one(coverage.rate_pct), rate, Measure.VALUE),
        "rate_change": points_words(year_change(part), rate, Measure.YOY, up="提高"),
        "towns": count_words(len(part.towns), "个", rate) if part.towns else None,
        "towns_full": count_words(full, "个", rate) if full else None,
        "towns_low": _lowest(data, part),
        "gaps": count_words(gaps, "个", rate) if gaps else None,
        "relapsed": count_words(relapsed, "个", rate) if relapsed else None,
        "all_covered": None if gaps else (),
    }


def _one(rate: Decimal | None) -> Decimal | None:
    return None if rate is None else quantize(rate, 1)


def _lowest(data: MonthlyData, part: RuralPart) -> Runs | None:
    """The townships furthest behind, lowest first: 甲镇（61.5%）、乙乡（70.0%）."""
    code = rate_code(part.coverage.definition)
    behind = [
        (town.rate_pct, town) for town in part.towns if town.rate_pct is not None and town.covered < town.villages
    ]
    behind.sort(key=lambda pair: pair[0])
    named: list[Runs] = []
    for rate, town in behind[:LOW_TOWNS]:
        run = Origin(code, str(data.month), town.code).run(
            format_pct(rate, with_unit=True), Measure.VALUE, quantize(rate, 1), "%"
        )
        named.append((Text(f"{town.name}（"), run, Text("）")))
    return listed_runs(named) if named else None


def _table(data: MonthlyData, part: RuralPart, title: str) -> Table:
    code = rate_code(part.coverage.definition)
    total = TownRow(
        code="",
        name="合计",
        villages=sum(town.villages for town in part.towns),
        covered=sum(town.covered for town in part.towns),
        rate_pct=part.coverage.rate_pct,
        cells=(),
        stations=sum(town.stations for town in part.towns),
        relapsed=sum(town.relapsed for town in part.towns),
    )
    rows = [_row(town, code, data, bold=False) for town in part.towns]
    return Table(
        title=title,
        columns=(
            Column("乡镇（街道）", Align.LEFT, weight=Decimal("1.6")),
            Column("建制村"),
            Column("通快递"),
            Column("未通"),
            Column("通达率（%）"),
            Column("村级站点"),
            Column("停运回退"),
        ),
        unit="个",
        rows=(*rows, _row(total, code, data, bold=True)),
    )


def _row(town: TownRow, code: str, data: MonthlyData, *, bold: bool) -> Row:
    origin = Origin(code, str(data.month), town.code)
    return Row(
        (
            words_cell(town.name),
            count_cell(town.villages, Origin(VILLAGES, str(data.month), town.code)),
            count_cell(town.covered, origin),
            count_cell(town.villages - town.covered, origin),
            rate_cell(_one(town.rate_pct), origin, Measure.VALUE),
            count_cell(town.stations, Origin("RUR.STATION", str(data.month), town.code)),
            count_cell(town.relapsed, origin),
        ),
        bold=bold,
    )
