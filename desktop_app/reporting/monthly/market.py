"""一、市场运行: paragraphs, the market table, the companies, the trend of the volume."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from desktop_app.catalogue.format import DASH
from desktop_app.indicators.results.figures import Figure, FigureRow
from desktop_app.models.values import CellState
from desktop_app.reporting.cells import Cell, change_cell, cumulative_cell, rate_cell, value_cell, words_cell
from desktop_app.reporting.content import (
    Align,
    Block,
    ChartBlock,
    Column,
    FigureRun,
    Heading,
    Measure,
    Note,
    Paragraph,
    Row,
    Table,
    Text,
)
from desktop_app.reporting.monthly.companies import companies_text
from desktop_app.reporting.monthly.moves import VOLUME, move_words
from desktop_app.reporting.monthly_data import MonthlyData
from desktop_app.reporting.slots import FigureSlots
from desktop_app.reporting.templates import TableRow, Templates, fill_section, load_templates
from desktop_app.reporting.wording import Origin, area_words, listed, span_words

_WIDE = Decimal(2)


def market_section(data: MonthlyData, templates: Templates) -> list[Block]:
    """Heading, text, 表1, ranking where companies may be named, charts."""
    names = {"region": data.region_name, "month": data.label}
    blocks: list[Block] = [Heading(templates.text("heading_market"))]
    if not any(figure.state is CellState.VALUE or figure.cumulative is not None for figure in data.figures.values()):
        return [*blocks, Paragraph((Text(templates.text("none_market", month=data.words)),))]
    slots = FigureSlots(
        data.figures,
        {
            "span": span_words(data.month),
            "month": data.words,
            "area": area_words(data.region_name),
            **move_words(data),
        },
    )
    blocks += fill_section(templates, "market", slots, january=data.whole)
    blocks += companies_text(data, templates)
    blocks.append(market_table(data, templates))
    half = data.volume_chart is not None and data.composition_chart is not None
    if data.volume_chart is not None:
        blocks.append(ChartBlock(data.volume_chart, templates.text("chart_market", **names), 40, half=half))
    if data.composition_chart is not None:
        blocks.append(ChartBlock(data.composition_chart, templates.text("chart_composition", **names), 40, half=half))
    if data.ranking and data.edition.names_companies:
        blocks.append(_ranking(data, templates.text("table_ranking", **names)))
    return blocks


def market_table(data: MonthlyData, templates: Templates) -> Table:
    """累计 | 本月 | 累计同比 | 本月同比 with the parts moved in; January has no cumulative columns but 环比."""
    january, this = data.whole, data.this
    heads = (this, "同比（%）", "环比（%）") if january else ("累计", this, "累计\n同比（%）", f"{this}\n同比（%）")
    wanted = [*templates.rows, *(TableRow(code, 0) for code in data.extra)]
    rows = [
        _market_row(data.figures[row.code], row.indent, january=january) for row in wanted if row.code in data.figures
    ]
    return Table(
        title=templates.text("table_market", region=data.region_name, month=data.label),
        columns=(
            Column("指标", Align.LEFT, weight=_WIDE),
            Column("计量单位", Align.CENTER),
            *(Column(head) for head in heads),
        ),
        rows=tuple(rows),
    )


def _market_row(figure: Figure, indent: int, *, january: bool) -> Row:
    month = value_cell(figure)
    yearly = change_cell(figure, figure.yoy_pct, Measure.YOY)
    numbers: tuple[Cell, ...]
    if january:
        numbers = (month, yearly, change_cell(figure, figure.mom_pct, Measure.MOM))
    else:
        to_date = change_cell(figure, figure.cumulative_yoy_pct, Measure.CUMULATIVE_YOY)
        numbers = (cumulative_cell(figure), month, to_date, yearly)
    return Row((words_cell(figure.name), words_cell(figure.display_unit), *numbers), indent=indent)


def _ranking(data: MonthlyData, title: str) -> Table:
    volume = data.figures.get(VOLUME)
    unit = volume.display_unit if volume else ""
    torn = set(volume.completeness.partial) if volume is not None else set()
    rows = tuple(
        # Fewer months than last year: the difference is no growth, neither of the company nor pulled by it.
        _ranking_row(number, replace(row, yoy_pct=None, contribution_pp=None) if row.name in torn else row, data)
        for number, row in enumerate(data.ranking, start=1)
    )
    named = [row.name for row in data.ranking if row.name in torn]
    return Table(
        title=title,
        columns=(
            Column("位次", Align.CENTER),
            Column("企业", Align.LEFT, weight=_WIDE),
            Column(f"业务量（{unit}）"),
            Column("占比（%）"),
            Column("同比（%）"),
            Column("拉动（百分点）"),
        ),
        rows=rows,
        notes=(Note((Text(load_templates("monthly").text("note_torn", names=listed(named))),), "注"),) if named else (),
    )


def _ranking_row(number: int, row: FigureRow, data: MonthlyData) -> Row:
    origin = Origin(VOLUME, str(data.time), row.key)
    amount: Cell = (origin.silence(row.state),)
    place = DASH
    if row.value is not None and row.state is CellState.VALUE:
        amount = (FigureRun(row.text, VOLUME, Measure.VALUE, str(data.time), row.value, "件", row.key),)
        place = str(number)
    return Row(
        (
            words_cell(place),
            words_cell(row.name),
            amount,
            rate_cell(row.share_pct, origin, Measure.SHARE),
            rate_cell(row.yoy_pct, origin, Measure.YOY),
            rate_cell(row.contribution_pp, origin, Measure.CONTRIBUTION, "百分点"),
        )
    )
