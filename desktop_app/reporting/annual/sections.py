"""Tables and charts of the annual report, and the words of its counts and areas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from desktop_app.indicators.results.figures import Figure
from desktop_app.models.values import CellState
from desktop_app.reporting.annual_data import AnnualData, AreaFigures
from desktop_app.reporting.cells import Cell, change_cell, rate_cell, value_cell, words_cell
from desktop_app.reporting.content import Align, Block, ChartBlock, Column, Measure, Row, StateRun, Table, Text
from desktop_app.reporting.templates import TableRow, Templates
from desktop_app.reporting.wording import (
    Origin,
    Runs,
    amount_words,
    area_words,
    count_words,
    listed,
    listed_runs,
    share_words,
)

LEDGER = "LEDGER"
"""Code of counts that come from the registers, not from an indicator."""
_WIDE = Decimal("1.8")
_COUNTS = {
    "companies": "家", "brands": "个", "due": "家次", "reported": "家次", "lacking": "家次", "targets": "项",
    "targets_met": "项", "targets_on_track": "项", "targets_behind": "项", "targets_no_data": "项",
    "files": "份", "returned": "份", "corrected": "家次", "scored": "家",
    "visited": "个", "visits": "村次", "chased": "份",
    "green_met": "项", "green_unmet": "项", "green_unreported": "项",
}  # fmt: skip
_CHARTS = {
    "volume": (("volume", "chart_years"), ("volume_months", "chart_months")),
    "revenue": (("revenue", "chart_revenue"),),
    "products": (("products", "chart_composition"),),
}


def words_of(data: AnnualData) -> Mapping[str, Runs | str | None]:
    """Plain slots: year, area, counts, areas."""
    origin = Origin(LEDGER, str(data.period))
    counts = data.counts or {}
    words: dict[str, Runs | str | None] = {
        "year": str(data.period.first.year),
        "area": area_words(data.region_name),
        "gdp": "国内生产总值" if data.scale == "national" else "地区生产总值",
        "programme": data.programme or None,
        "behind_names": listed(data.behind) or None,
        "campaigns": "；".join(data.campaigns) or None,
        "all_reported": () if counts.get("due") and not counts.get("lacking") else None,
        **_area_words(data.areas),
    }
    for name, unit in _COUNTS.items():
        number = counts.get(name)
        words[name] = count_words(number, unit, origin) if number or (number == 0 and name == "reported") else None
    return words


def _area_words(areas: Sequence[AreaFigures]) -> Mapping[str, Runs | str | None]:
    """东部、中部和西部; 661.9亿件、111.2亿件和60.5亿件; 79.4%、13.3%和7.3%."""

    def amounts(figures: Sequence[Figure | None]) -> Runs | None:
        said = [None if figure is None else amount_words(figure) for figure in figures]
        return None if not said or None in said else listed_runs([runs for runs in said if runs is not None])

    def rates(code: str, shares: Sequence[Decimal | None]) -> Runs | None:
        said = [
            share_words(share, _origin(area, code), Measure.SHARE) for area, share in zip(areas, shares, strict=True)
        ]
        return None if not said or None in said else listed_runs([runs for runs in said if runs is not None])

    return {
        "area_names": listed([area.name for area in areas]) or None,
        "area_volumes": amounts([area.volume for area in areas]),
        "area_revenues": amounts([area.revenue for area in areas]),
        "area_volume_shares": rates("MKT.VOL", [area.volume_share for area in areas]),
        "area_revenue_shares": rates("MKT.REV", [area.revenue_share for area in areas]),
    }


def _origin(area: AreaFigures, code: str) -> Origin:
    figure = area.volume or area.revenue
    return Origin(code, figure.period if figure is not None else "", area.key)


def illustrations(section: str, data: AnnualData, templates: Templates) -> Iterator[Block]:
    """What stands behind the text of a section."""
    names = {"region": data.region_name, "year": str(data.period.first.year)}
    if section == "areas" and data.areas:
        yield _areas_table(data, templates.text("table_areas", **names))
    shown = [(data.charts or {}).get(key) for key, _ in _CHARTS.get(section, ())]
    charts = [
        (spec, templates.text(caption, **names))
        for spec, (_, caption) in zip(shown, _CHARTS.get(section, ()), strict=True)
        if spec is not None and not spec.empty
    ]
    for spec, caption in charts:
        yield ChartBlock(spec, caption, 45, half=len(charts) > 1)


def main_table(data: AnnualData, templates: Templates) -> Table:
    """表1: 本年 | 上年 | 增减, the parts moved in; only what has a figure in one of both years."""
    names = {"region": data.region_name, "year": str(data.period.first.year)}
    known = [row for row in templates.rows if _worth(data.figures.get(row.code))]
    return Table(
        title=templates.text("table_main", **names),
        columns=(
            Column("指标", Align.LEFT, weight=_WIDE),
            Column("计量单位", Align.CENTER),
            Column("本年"),
            Column("上年"),
            Column("增减（%）"),
        ),
        rows=tuple(_main_row(row, data.figures[row.code]) for row in known),
        reason=templates.text("none_table", **names),
    )


def _worth(figure: Figure | None) -> bool:
    return figure is not None and (figure.value is not None or figure.previous_year is not None)


def _main_row(row: TableRow, figure: Figure) -> Row:
    before: Cell = (StateRun(),)
    if figure.previous_year is not None:
        run = Origin(figure.code, figure.period).run(
            figure.previous_year_text, Measure.PREVIOUS_YEAR, figure.previous_year, figure.unit
        )
        before = (run,)
    change = change_cell(figure, figure.yoy_pct if figure.state is CellState.VALUE else None, Measure.YOY)
    cells = (words_cell(figure.name), words_cell(figure.display_unit), value_cell(figure), before, change)
    return Row(cells, indent=row.indent)


def _areas_table(data: AnnualData, title: str) -> Table:
    volume, revenue = data.figures["MKT.VOL"], data.figures["MKT.REV"]
    return Table(
        title=title,
        columns=(
            Column("地区", Align.LEFT, weight=_WIDE),
            Column(f"业务量\n（{volume.display_unit}）"),
            Column("占比（%）"),
            Column("同比（%）"),
            Column(f"业务收入\n（{revenue.display_unit}）"),
            Column("占比（%）"),
            Column("同比（%）"),
        ),
        rows=tuple(_area_row(area) for area in data.areas),
    )


def _area_row(area: AreaFigures) -> Row:
    def growth(figure: Figure | None) -> Cell:
        rate = None if figure is None else figure.yoy_pct
        return change_cell(figure, rate, Measure.YOY)

    return Row(
        (
            (Text(area.name),),
            value_cell(area.volume),
            rate_cell(area.volume_share, _origin(area, "MKT.VOL"), Measure.SHARE),
            growth(area.volume),
            value_cell(area.revenue),
            rate_cell(area.revenue_share, _origin(area, "MKT.REV"), Measure.SHARE),
            growth(area.revenue),
        )
    )
