"""规划监测表: per document the year's progress (年度监测) and the middle of the plan (中期评估)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from desktop_app.catalogue.format import format_pct
from desktop_app.charts import ChartKind, ChartSpec, Role, Series, TargetLine
from desktop_app.indicators.results.plan_watch import Grade, MidTermLine, Quantity, WatchedPlan, WatchLine
from desktop_app.reporting.cells import Cell, words_cell
from desktop_app.reporting.content import (
    Align,
    Block,
    ChartBlock,
    Column,
    Document,
    Edition,
    FigureRun,
    Heading,
    KeepTogether,
    KeyFigure,
    KeyFigures,
    Measure,
    Note,
    Paragraph,
    Row,
    SignatureBlock,
    StateRun,
    Table,
    Text,
)
from desktop_app.reporting.monthly.build import INTERNAL, SAMPLE
from desktop_app.reporting.plan_data import PlanData
from desktop_app.reporting.templates import Templates, load_templates

_WIDE, _WIDER = Decimal("1.6"), Decimal(2)
_SHORT_CLAUSE = 9
_LONGEST_NAME = 18
"""Letters of a name before a bar."""
_MOST_BARS = 20
"""Bars of one chart, so that it fits on a page lying across."""


def build_plan(data: PlanData) -> Document:
    """Title, how many targets stand how, 年度监测, 中期评估, notes, signatures; on paper that lies across."""
    templates = load_templates("plan")
    notes = _notes(data, templates)
    blocks: list[Block] = [
        KeyFigures(_counts(data)),
        *_year(data, templates),
        *_middle(data, templates),
        *notes[:-1],
        KeepTogether((notes[-1], SignatureBlock())),
    ]
    badges = (*((SAMPLE,) if data.sample else ()), *((INTERNAL,) if data.edition is Edition.INTERNAL else ()))
    return Document(
        title=templates.text("title", region=data.region_name, month=data.month.label),
        period_label=data.month.label,
        blocks=tuple(blocks),
        edition=data.edition,
        made_on=data.made_on,
        issuer=data.bureau,
        badges=badges,
        across=True,
    )


def _lines(data: PlanData) -> list[WatchLine]:
    return [line for plan in data.plans for line in plan.year]


def _counts(data: PlanData) -> tuple[KeyFigure, ...]:
    lines = _lines(data)
    groups = (
        ("已达到", {Grade.MET}),
        ("符合进度", {Grade.ON_TRACK}),
        ("滞后、未完成", {Grade.BEHIND, Grade.MISSED}),
        ("推进中、无数据", {Grade.UNDER_WAY, Grade.NO_DATA}),
    )
    figures = []
    for label, grades in groups:
        count = sum(1 for line in lines if line.grade in grades)
        run = FigureRun(str(count), "PLAN", Measure.COUNT, str(data.month), Decimal(count), "项")
        whole = FigureRun(f"{len(lines)}项", "PLAN", Measure.COUNT, str(data.month), Decimal(len(lines)), "项")
        figures.append(KeyFigure(label, run, "项", (Text("共"), whole)))
    return tuple(figures)


# ----------------------------------------------------------------------------------------------- the year


def _year(data: PlanData, templates: Templates) -> list[Block]:
    names = {"region": data.region_name, "month": data.month.label}
    blocks: list[Block] = [Heading(templates.text("heading_year", **names))]
    for plan in data.plans:
        blocks.append(_year_table(plan, templates.text("table_year", document=plan.name, **names)))
        if bars := [line for line in plan.year if line.completion_pct is not None]:
            blocks.append(
                ChartBlock(
                    _bars(bars[:_MOST_BARS], templates),
                    templates.text("chart_year", document=plan.name, month=data.month.label),
                )
            )
    if not data.plans:
        blocks.append(Paragraph((Text(templates.text("none_year")),)))
    return blocks


def _year_table(plan: WatchedPlan, title: str) -> Table:
    return Table(
        title=title,
        columns=(
            Column("指标", Align.LEFT, _WIDER),
            Column("单位", Align.CENTER),
            Column("性质", Align.CENTER),
            Column("基期值", mixed=True),
            Column("目标值", mixed=True),
            Column("当期值", mixed=True),
            Column("完成率\n（%）"),
            Column("序时进度\n（%）"),
            Column("上年同期\n进度（%）"),
            Column("评价", Align.CENTER),
            Column("说明", Align.LEFT, _WIDE),
            Column("依据条款", _clause_align(plan.year)),
        ),
        rows=tuple(_year_row(line) for line in plan.year),
        reason="没有目标",
    )


def _clause_align(lines: Sequence[WatchLine | MidTermLine]) -> Align:
    """Short clauses (三（一）2) are kept on one line: only words set to the left are broken."""
    return Align.CENTER if max((len(line.clause) for line in lines), default=0) <= _SHORT_CLAUSE else Align.LEFT


def _year_row(line: WatchLine) -> Row:
    def share(pct: Decimal | None, measure: Measure) -> Cell:
        if pct is None:
            return (StateRun(),)
        return (FigureRun(format_pct(pct), line.indicator, measure, line.period, pct, "%"),)

    return Row(
        (
            words_cell(line.name),
            words_cell(line.unit),
            words_cell(line.nature),
            _quantity(line.base, line, Measure.BASE),
            _quantity(line.target, line, Measure.TARGET),
            _quantity(line.value, line, Measure.VALUE),
            share(line.completion_pct, Measure.COMPLETION),
            share(line.straight_pct, Measure.PACE),
            share(line.seasonal_pct, Measure.PACE),
            _verdict(line.grade),
            words_cell(line.reason),
            words_cell(line.clause),
        )
    )


def _verdict(grade: Grade) -> Cell:
    """What lags stands out on a mono print too."""
    return (Text(grade.label, bold=grade.lags),)


def _quantity(number: Quantity, line: WatchLine | MidTermLine, measure: Measure) -> Cell:
    if not number.text:
        return (StateRun(number.state),)
    if number.value is None:
        return (Text(number.text),)
    return (FigureRun(number.text, line.indicator, measure, line.period, number.value, number.unit),)


def _bars(lines: list[WatchLine], templates: Templates) -> ChartSpec:
    paces = tuple(line.seasonal_pct if line.seasonal_pct is not None else line.straight_pct for line in lines)
    return ChartSpec(
        kind=ChartKind.RANK,
        title="目标完成进度",
        unit="%",
        categories=tuple(f"{_short(line.name)} {_short(line.clause)}" for line in lines),
        series=(
            Series("完成率", tuple(line.completion_pct for line in lines)),
            Series("应有进度", paces, Role.TARGET),
        ),
        decimals=1,
        captions=tuple(f"{format_pct(line.completion_pct, with_unit=True)} {line.grade.label}" for line in lines),
        targets=(TargetLine(Decimal(100), "目标"),),
        warned=tuple(index for index, line in enumerate(lines) if line.grade.lags),
        note=templates.text("chart_note"),
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"


# ----------------------------------------------------------------------------------------------- the middle


def _middle(data: PlanData, templates: Templates) -> list[Block]:
    names = {"region": data.region_name, "month": data.month.label}
    blocks: list[Block] = [Heading(templates.text("heading_middle", **names))]
    watched = [plan for plan in data.plans if plan.middle]
    for plan in watched:
        title = templates.text("table_middle", region=data.region_name, document=plan.name)
        blocks.append(_middle_table(plan.middle, title))
    if not watched:
        blocks.append(Paragraph((Text(templates.text("none_middle")),)))
    return blocks


def _middle_table(lines: tuple[MidTermLine, ...], title: str) -> Table:
    return Table(
        title=title,
        columns=(
            Column("指标", Align.LEFT, _WIDER),
            Column("单位", Align.CENTER),
            Column("年份", Align.CENTER),
            Column("基期值", mixed=True),
            Column("中期值", mixed=True),
            Column("目标值", mixed=True),
            Column("计划年均\n（推算）", mixed=True),
            Column("文件所列", mixed=True),
            Column("实际年均", mixed=True),
            Column("余下年均\n需要", mixed=True),
            Column("年均\n单位", Align.CENTER),
            Column("评价", Align.CENTER),
            Column("说明", Align.LEFT, _WIDE),
            Column("依据条款", _clause_align(lines)),
        ),
        rows=tuple(_middle_row(line) for line in lines),
    )


def _middle_row(line: MidTermLine) -> Row:
    def yearly(rate: Decimal | None) -> Cell:
        if rate is None:
            return (StateRun(),)
        return (FigureRun(format_pct(rate), line.indicator, Measure.YEARLY, line.period, rate, line.rate_unit),)

    years = dict.fromkeys(str(year) for year in (line.base_year, line.middle_year, line.due_year) if year)
    return Row(
        (
            words_cell(line.name),
            words_cell(line.unit),
            words_cell("→".join(years)),
            _quantity(line.base, line, Measure.BASE),
            _quantity(line.middle, line, Measure.VALUE),
            _quantity(line.target, line, Measure.TARGET),
            yearly(line.planned),
            words_cell(line.stated),
            yearly(line.reached),
            yearly(line.needed),
            words_cell(line.rate_unit),
            _verdict(line.grade),
            words_cell(line.reason),
            words_cell(line.clause),
        )
    )


# ----------------------------------------------------------------------------------------------- notes


def _notes(data: PlanData, templates: Templates) -> list[Note]:
    sentences = list(_sentences(data, templates))
    return [
        Note((Text(f"{number}. {sentence}"),), label="备注" if number == 1 else "")
        for number, sentence in enumerate(sentences, start=1)
    ]


def _sentences(data: PlanData, templates: Templates) -> Iterable[str]:
    yield templates.text("note_pace")
    yield templates.text("note_middle")
    for plan in data.plans:
        if plan.worded:
            told = "；".join(plan.worded)
            yield templates.text("worded", document=plan.name, count=str(len(plan.worded)), targets=told)
    yield templates.text("note_nature")
    if data.conflicts:
        yield templates.text("note_conflict", conflicts="；".join(data.conflicts))
    lacking = list(dict.fromkeys(line.name for line in _lines(data) if line.grade is Grade.NO_DATA))
    if lacking:
        count = sum(1 for line in _lines(data) if line.grade is Grade.NO_DATA)
        yield templates.text("note_lacking", count=str(count), names="、".join(lacking))
    if data.definitions:
        yield templates.text("note_definition", definitions="；".join(data.definitions))
