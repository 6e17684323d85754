"""一企一档: a section a company: who it is, its figures and place, green rates, reporting record, doubts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop_app.charts import ChartSpec
from desktop_app.indicators.results.figures import Figure
from desktop_app.indicators.results.green import GreenCell
from desktop_app.models.values import CellState, Month
from desktop_app.reporting.cells import Cell, change_cell, cumulative_cell, rate_cell, value_cell, words_cell
from desktop_app.reporting.content import (
    Align,
    Block,
    ChartBlock,
    Column,
    Document,
    FigureRun,
    Heading,
    KeepTogether,
    Measure,
    Note,
    PageBreak,
    Paragraph,
    Row,
    Run,
    SignatureBlock,
    StateRun,
    Table,
    Text,
)
from desktop_app.reporting.monthly.build import badges_of
from desktop_app.reporting.monthly.standing import DUTY
from desktop_app.reporting.monthly_data import MonthlyData
from desktop_app.reporting.templates import Templates, fill, load_templates
from desktop_app.reporting.wording import Origin, Runs, area_words, count_words, share_words

VOLUME = "MKT.VOL"
_WIDE = Decimal("1.8")


@dataclass(frozen=True)
class GreenRate:
    """One green rate of a company beside the county's and the target."""

    code: str
    name: str
    target_text: str
    own: GreenCell
    county: GreenCell


@dataclass(frozen=True)
class Reported:
    """How a company stood in one month. ``volume``: exact, in 件; ``state`` in words."""

    month: Month
    state: str
    volume: Decimal | None
    remark: str = ""


@dataclass(frozen=True)
class CompanyFile:
    """Everything that is told of one company.

    ``facts``: captions with what the register says. ``figures`` with ``shares``: of the county's sum in %, by code.
    ``place``: from 1 by volume among ``placed`` companies with a figure. ``doubts``: what was doubted and the reason.
    """

    key: str
    name: str
    facts: tuple[tuple[str, str], ...]
    figures: tuple[Figure, ...]
    shares: Mapping[str, Decimal]
    place: int | None
    placed: int
    green: tuple[GreenRate, ...]
    record: tuple[Reported, ...]
    doubts: tuple[tuple[str, str], ...]
    chart: ChartSpec | None = None


def build_enterprise(base: MonthlyData, companies: tuple[CompanyFile, ...]) -> Document:
    """A section a company, each on a page of its own; notes and signatures at the end."""
    own = load_templates("enterprise")
    blocks: list[Block] = []
    for company in companies:
        if blocks:
            blocks.append(PageBreak())
        blocks += _company(company, base, own)
    area = area_words(base.region_name).removeprefix("全")
    blocks += [
        Note((Text("1. " + own.text("note_share", area=area)),), label="备注"),
        KeepTogether((Note((Text("2. " + own.text("note_internal")),)), SignatureBlock())),
    ]
    return Document(
        title=own.text("title", region=base.region_name, month=base.label),
        period_label=base.label,
        blocks=tuple(blocks),
        edition=base.edition,
        made_on=base.made_on,
        issuer=base.bureau,
        badges=badges_of(base),
    )


def _company(company: CompanyFile, base: MonthlyData, own: Templates) -> Iterator[Block]:
    names = {"company": company.name, "month": base.label}
    yield Heading(company.name)
    yield Table(
        title=own.text("table_facts", **names),
        columns=(Column("项目", Align.LEFT, Decimal("0.6")), Column("内容", Align.LEFT, Decimal(2))),
        rows=tuple(Row((words_cell(caption), words_cell(text))) for caption, text in company.facts),
    )
    yield Heading(own.text("heading_figures"), 2)
    yield from _figures(company, base, own)
    yield Heading(own.text("heading_green"), 2)
    if company.green:
        yield _green(company, base, own.text("table_green", **names))
    else:
        yield Paragraph((Text(own.text("no_green", **names)),))
    yield Heading(own.text("heading_record"), 2)
    yield from _record(company, base, own)
    yield Heading(own.text("heading_doubts"), 2)
    for what, reason in company.doubts:
        yield Paragraph((Text(own.text("doubt", what=what, reason=reason)),))
    if not company.doubts:
        yield Paragraph((Text(own.text("no_doubts", **names)),))


def _figures(company: CompanyFile, base: MonthlyData, own: Templates) -> Iterator[Block]:
    names = {"company": company.name, "month": base.label}
    if not company.figures:
        yield Paragraph((Text(own.text("no_figures", **names)),))
        return
    if company.place is not None:
        origin = Origin(VOLUME, str(base.time), company.key)
        words: Mapping[str, Runs | None] = {
            "month": (Text(base.label),),
            "company": (Text(company.name),),
            "area": (Text(area_words(base.region_name)),),
            "place": (origin.run(str(company.place), Measure.COUNT, Decimal(company.place), "位"),),
            "count": count_words(company.placed, "家", Origin(VOLUME, str(base.time))),
            "share": share_words(company.shares.get(VOLUME), origin, Measure.SHARE),
        }
        yield Paragraph(fill(own.texts["rank"], words.get) or ())
    yield Table(
        title=own.text("table_figures", **names),
        columns=(
            Column("指标", Align.LEFT, _WIDE),
            Column("单位", Align.CENTER),
            Column(base.this),
            Column("同比（%）"),
            Column("累计"),
            Column("累计同比\n（%）"),
            Column(f"占{area_words(base.region_name)}\n（%）"),
        ),
        rows=tuple(_figure_row(figure, company) for figure in company.figures),
        notes=(Note((Text(own.text("note_torn")),), "注"),) if any(_torn(company.figures)) else (),
    )
    if company.chart is not None and not company.chart.empty:
        yield ChartBlock(company.chart, own.text("chart_volume", **names), 40)


def _torn(figures: Sequence[Figure]) -> Iterator[bool]:
    """Whether growth is left out of a row because months are lacking."""
    for figure in figures:
        yield figure.yoy_pct is not None and not figure.completeness.complete
        yield figure.cumulative_yoy_pct is not None and not figure.cumulative_completeness.complete


def _figure_row(figure: Figure, company: CompanyFile) -> Row:
    origin = Origin(figure.code, figure.period, company.key)
    # Fewer months than last year: the difference is no growth.
    if not figure.completeness.complete:
        figure = replace(figure, yoy_pct=None)
    if not figure.cumulative_completeness.complete:
        figure = replace(figure, cumulative_yoy_pct=None)
    cells: tuple[Cell, ...] = (
        value_cell(figure),
        change_cell(figure, figure.yoy_pct, Measure.YOY),
        cumulative_cell(figure),
        change_cell(figure, figure.cumulative_yoy_pct, Measure.CUMULATIVE_YOY),
        rate_cell(company.shares.get(figure.code), origin, Measure.SHARE),
    )
    told = (tuple(_of(run, company.key) for run in cell) for cell in cells)
    indent = next((row.indent for row in load_templates("monthly").rows if row.code == figure.code), 0)
    return Row((words_cell(figure.name), words_cell(figure.display_unit), *told), indent=indent)


def _of(run: Run, subject: str) -> Run:
    """A number told of a company instead of the area."""
    return replace(run, subject=subject) if isinstance(run, FigureRun) else run


def _green(company: CompanyFile, base: MonthlyData, title: str) -> Table:
    def cell(rate: GreenRate, found: GreenCell, subject: str) -> Cell:
        if found.value is None or found.state is not CellState.VALUE:
            return (StateRun(found.state if found.state is not CellState.VALUE else None),)
        run = Origin(rate.code, str(base.time), subject).run(found.text, Measure.VALUE, found.value, "%")
        return (replace(run, bold=found.met is False),)

    return Table(
        title=title,
        columns=(
            Column("指标", Align.LEFT, _WIDE),
            Column("目标", Align.CENTER),
            Column("本企业"),
            Column(area_words(base.region_name)),
            Column("评价", Align.CENTER),
        ),
        rows=tuple(
            Row(
                (
                    words_cell(rate.name),
                    words_cell(rate.target_text),
                    cell(rate, rate.own, company.key),
                    cell(rate, rate.county, ""),
                    words_cell({True: "达到", False: "未达到", None: ""}[rate.own.met]),
                )
            )
            for rate in company.green
        ),
    )


def _record(company: CompanyFile, base: MonthlyData, own: Templates) -> Iterator[Block]:
    origin = Origin(DUTY, str(base.month), company.key)
    states = [entry.state for entry in company.record]

    def number(*wanted: str) -> Runs | None:
        count = sum(state in wanted for state in states)
        return count_words(count, "次", origin) if count else None

    words: Mapping[str, Runs | None] = {
        "due": count_words(len(states), "次", origin),
        "reported": count_words(sum(state not in ("未报", "退回") for state in states), "次", origin),
        "missing": number("未报"),
        "returned": number("退回"),
        "corrected": number("更正"),
    }
    yield Paragraph(fill(own.texts["record"], words.get) or ())
    yield Table(
        title=own.text("table_record", company=company.name),
        columns=(
            Column("月份", Align.CENTER, Decimal("0.8")),
            Column("状态", Align.CENTER, Decimal("0.6")),
            Column("业务量（件）", Align.RIGHT),
            Column("说明", Align.LEFT, Decimal("2.6")),
        ),
        rows=tuple(_record_row(entry, company) for entry in company.record),
    )


def _record_row(entry: Reported, company: CompanyFile) -> Row:
    volume: Cell = (StateRun(),)
    if entry.volume is not None:
        run = Origin(VOLUME, str(entry.month), company.key).run(
            f"{int(entry.volume):,}", Measure.VALUE, entry.volume, "件"
        )
        volume = (run,)
    return Row((words_cell(entry.month.label), words_cell(entry.state), volume, words_cell(entry.remark)))
