"""绿色包装通报: the programme's lines, the companies, and what holds the county back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop_app.catalogue.format import MINUS
from desktop_app.charts import ChartSpec
from desktop_app.indicators.results.green import GreenCell, GreenMatrixRow, GreenReport
from desktop_app.indicators.results.savings import Estimate
from desktop_app.models.values import CellState
from desktop_app.reporting.cells import Cell, words_cell
from desktop_app.reporting.content import (
    Align,
    Block,
    ChartBlock,
    Column,
    Document,
    Heading,
    KeepTogether,
    Measure,
    Note,
    Paragraph,
    Row,
    SignatureBlock,
    StateRun,
    Table,
    Text,
)
from desktop_app.reporting.green_estimates import estimate_blocks
from desktop_app.reporting.monthly.build import badges_of
from desktop_app.reporting.monthly.green import green_blocks
from desktop_app.reporting.monthly_data import MonthlyData
from desktop_app.reporting.numbering import chinese_number
from desktop_app.reporting.templates import Templates, load_templates
from desktop_app.reporting.wording import Origin, area_words

PER_TABLE = 4
"""Indicators side by side on an upright page."""


@dataclass(frozen=True)
class Drag:
    """What one company costs the county (below 0) in points against the target of an indicator."""

    indicator: str
    name: str
    target_text: str
    company: str
    company_key: str
    points: Decimal


@dataclass(frozen=True)
class OutletLine:
    """Rates of one outlet as text (“97.5”, “88.5 ◇”), in the order of the heads; empty where it gave none."""

    company: str
    outlet: str
    rates: tuple[str, ...]


@dataclass(frozen=True)
class GreenBulletinData:
    """``base``: the period with its ``green`` part. ``drags``: by indicator, the costliest company first."""

    base: MonthlyData
    drags: tuple[Drag, ...] = ()
    chart: ChartSpec | None = None
    chart_name: str = ""
    keys: tuple[str, ...] = ()
    """Of the companies, in the order of the matrix."""
    estimates: tuple[Estimate, ...] = ()
    outlets: tuple[OutletLine, ...] = ()
    """Of a single month, by company."""
    outlet_heads: tuple[str, ...] = ()


def build_green(data: GreenBulletinData) -> Document:
    """Title, 对照目标, 各企业, 主要环节, notes, signatures."""
    own, base = load_templates("green"), data.base
    names = {"region": base.region_name, "month": base.label}
    area = area_words(base.region_name).removeprefix("全")
    blocks: tuple[Block, ...] = (
        Heading(own.text("heading_state")),
        *green_blocks(base, load_templates("monthly")),
        Heading(own.text("heading_companies")),
        *_companies(data, own),
        *_lacking(data, own),
        Heading(own.text("heading_drags", area=area)),
        *_drags(data, own),
        *_outlets(data, own),
        *estimate_blocks(data.estimates),
        KeepTogether(
            (
                Note((Text("1. " + own.text("note_bold", area=area)),), label="备注"),
                Note((Text("2. " + own.text("note_drags", area=area)),)),
                SignatureBlock(),
            )
        ),
    )
    return Document(
        title=own.text("title", **names),
        period_label=base.label,
        blocks=blocks,
        edition=base.edition,
        made_on=base.made_on,
        issuer=base.bureau,
        badges=badges_of(base),
    )


def _reported(report: GreenReport) -> list[GreenMatrixRow]:
    """Indicators of which anybody has given a figure."""
    return [row for row in report.matrix if any(cell.value is not None for cell in row.cells)]


def _companies(data: GreenBulletinData, own: Templates) -> Iterator[Block]:
    part = data.base.green
    rows = _reported(part.report) if part is not None else []
    if part is None or not (rows or part.report.counts):
        yield Paragraph((Text(own.text("no_companies")),))
        return
    for found, key in ((rows, "table_matrix"), (part.report.counts, "table_counts")):
        title = own.text(key, region=data.base.region_name, month=data.base.label)
        several = len(found) > PER_TABLE
        for number, start in enumerate(range(0, len(found), PER_TABLE), start=1):
            chosen = list(found[start : start + PER_TABLE])
            # Two tables of one name could not be told apart in a list of tables or in talk.
            yield _matrix(data, part.report, chosen, f"{title}（{chinese_number(number)}）" if several else title)


def _matrix(data: GreenBulletinData, report: GreenReport, rows: list[GreenMatrixRow], title: str) -> Table:
    county = Row(
        (words_cell("合计"), *(_cell(row.county, row, data) for row in rows)), bold=True
    )  # fmt: skip
    targets = Row((words_cell("目标"), *(words_cell(row.target_text) for row in rows)))
    aimed = (targets,) if any(row.target_text for row in rows) else ()
    companies = (
        Row((words_cell(name), *(_cell(row.cells[at], row, data, key) for row in rows)))
        for at, (name, key) in enumerate(zip(report.enterprises, data.keys, strict=True))
    )
    return Table(
        title=title,
        columns=(Column("企业", Align.LEFT, Decimal("1.2")), *(Column(_head(row)) for row in rows)),
        rows=(*aimed, *companies, county),
    )


def _head(row: GreenMatrixRow) -> str:
    return _broken(row.name) if row.unit == "%" else f"{_broken(row.name)}\n（{row.unit}）"


def _broken(name: str, longest: int = 8) -> str:
    """A long head in lines of about equal length."""
    lines = -(-len(name) // longest)
    size = -(-len(name) // lines)
    return "\n".join(name[at : at + size] for at in range(0, len(name), size))


def _cell(cell: GreenCell, row: GreenMatrixRow, data: GreenBulletinData, subject: str = "") -> Cell:
    if cell.value is None or cell.state is not CellState.VALUE:
        return (StateRun(cell.state if cell.state is not CellState.VALUE else None),)
    run = Origin(row.indicator, str(data.base.time), subject).run(cell.text, Measure.VALUE, cell.value, row.unit)
    shown = replace(run, bold=cell.met is False)
    return (shown, Text(" ◇")) if cell.rate_only else (shown,)


def _drags(data: GreenBulletinData, own: Templates) -> Iterator[Block]:
    names = {"region": data.base.region_name, "month": data.base.label}
    if not data.drags:
        yield Paragraph((Text(own.text("no_drags")),))
        return
    yield Table(
        title=own.text("table_drags", **names),
        columns=(
            Column("指标", Align.LEFT, Decimal(2)),
            Column("目标", Align.CENTER),
            Column("企业", Align.LEFT, Decimal("1.3")),
            Column("影响（百分点）"),
        ),
        rows=tuple(_drag_row(drag, data) for drag in data.drags),
    )
    if data.chart is not None and not data.chart.empty:
        yield ChartBlock(data.chart, own.text("chart_drags", indicator=data.chart_name, **names), 50)


def _outlets(data: GreenBulletinData, own: Templates) -> Iterator[Block]:
    """The outlets of companies that give their figures by outlet."""
    if not data.outlets:
        return
    yield Heading(own.text("heading_outlets"))
    title = own.text("table_outlets", region=data.base.region_name, month=data.base.label)
    several = len(data.outlet_heads) > PER_TABLE
    for number, start in enumerate(range(0, len(data.outlet_heads), PER_TABLE), start=1):
        shown = slice(start, start + PER_TABLE)
        yield Table(
            title=f"{title}（{chinese_number(number)}）" if several else title,
            columns=(
                Column("企业", Align.LEFT, Decimal("1.2")),
                Column("网点", Align.LEFT, Decimal("1.4")),
                *(Column(_broken(head)) for head in data.outlet_heads[shown]),
            ),
            rows=tuple(
                Row((words_cell(line.company), words_cell(line.outlet), *map(words_cell, line.rates[shown])))
                for line in data.outlets
                if any(line.rates[shown])
            ),
        )
    yield Note((Text(own.text("note_outlets")),))


def _drag_row(drag: Drag, data: GreenBulletinData) -> Row:
    text = f"{MINUS if drag.points < 0 else ''}{abs(drag.points)}"
    run = Origin(drag.indicator, str(data.base.time), drag.company_key).run(
        text, Measure.CONTRIBUTION, drag.points, "百分点"
    )
    return Row((words_cell(drag.name), words_cell(drag.target_text), words_cell(drag.company), (run,)))


def _lacking(data: GreenBulletinData, own: Templates) -> Iterator[Block]:
    """Companies of which no green figure stands."""
    part = data.base.green
    if part is None:
        return
    report = part.report
    silent = [
        name for at, name in enumerate(report.enterprises) if all(row.cells[at].value is None for row in report.matrix)
    ]
    if report.rate_only:
        yield Note((Text(own.text("note_rate_only", names=report.rate_only_words)),))
    if silent:
        yield Note((Text(own.text("note_lacking", names="、".join(silent))),))
