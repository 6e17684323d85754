"""三、绿色包装: a programme's lines against their targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from desktop_app.indicators.results.green import GreenLine, GreenReport
from desktop_app.models.values import CellState
from desktop_app.reporting.cells import Cell, words_cell
from desktop_app.reporting.content import (
    Align,
    Block,
    ChartBlock,
    Column,
    Heading,
    Measure,
    Note,
    Paragraph,
    Row,
    Run,
    StateRun,
    Table,
    Text,
)
from desktop_app.reporting.monthly_data import MonthlyData
from desktop_app.reporting.slots import FigureSlots
from desktop_app.reporting.templates import Templates, fill_section
from desktop_app.reporting.wording import Origin, Runs, area_words, count_words, listed_runs

NAMED = 3
"""So many lines are named in the text."""


def green_section(data: MonthlyData, templates: Templates) -> list[Block]:
    """Heading, text, 表 of the lines, trend."""
    return [Heading(templates.text("heading_green")), *green_blocks(data, templates)]


def green_blocks(data: MonthlyData, templates: Templates) -> list[Block]:
    """The section without its heading."""
    names = {"region": data.region_name, "month": data.label}
    part = data.green
    if part is None or all(line.value is None for line in part.report.lines):
        return [Paragraph((Text(templates.text("none_green", month=data.words)),))]
    slots = FigureSlots(data.figures, green_words(data, part.report))
    blocks: list[Block] = [*fill_section(templates, "green", slots, january=data.whole)]
    blocks.append(_table(data, part.report, templates.text("table_green", **names)))
    blocks += [
        _table(data, each, templates.text("table_green_also", programme=each.programme_name, **names))
        for each in part.also
    ]
    blocks += remark_notes(part.report)
    if part.chart is not None:
        caption = part.chart.title and f"{data.region_name}{part.chart.title}"
        blocks.append(ChartBlock(part.chart, caption or templates.text("chart_green", **names), 38))
    return blocks


def remark_notes(report: GreenReport) -> list[Block]:
    """What belongs to the values: sample and confidence, evidence, companies that gave a rate alone."""
    said = dict.fromkeys(f"{line.name}：{line.remark}" for line in report.lines if line.remark)
    return [Note((Text("；".join(said) + "。"),), label="说明")] if said else []


def counted(report: GreenReport) -> tuple[list[GreenLine], list[GreenLine], list[GreenLine]]:
    """Lines that met their target, that did not, and that nobody reported; campaigns and wider totals are in none."""
    measurable = [line for line in _targets(report) if line.indicator and line.target is not None]
    met = [line for line in measurable if line.met is True]
    unmet = [line for line in measurable if line.met is False]
    return met, unmet, [line for line in measurable if line.met is None and line.value is None]


def _targets(report: GreenReport) -> list[GreenLine]:
    """One line a target: a clause that repeats a target of another one (瘦身胶带 twice) sets none of its own."""
    distinct: dict[tuple[object, ...], GreenLine] = {}
    for line in report.lines:
        key = (line.indicator or line.name, line.comparator, line.target, line.unit, line.as_of, line.target_text)
        distinct.setdefault(key, line)
    return list(distinct.values())


def green_words(data: MonthlyData, report: GreenReport) -> Mapping[str, Runs | str | None]:
    """Plain slots of the section: how many lines stand how, and which fall short."""
    met, unmet, unreported = counted(report)
    origin = Origin(report.programme, str(data.time))

    def number(lines: Sequence[GreenLine]) -> Runs | None:
        return count_words(len(lines), "项", origin) if lines else None

    def said(lines: Sequence[GreenLine], *, gap: bool) -> Runs | None:
        return listed_runs([_said(line, data, gap=gap) for line in lines]) if lines else None

    # The text names few; table 3 has them all.
    reached, short = _joined(met), _once(sorted(unmet, key=_shortfall))
    return {
        "this": data.this,
        "area": area_words(data.region_name),
        "programme": report.programme_name,
        "measured": number([*met, *unmet, *unreported]),
        "met": number(met),
        "unmet": number(unmet),
        "unreported": number(unreported),
        "met_list": said(reached, gap=False) if len(reached) <= NAMED else None,
        "unmet_list": said(short, gap=True) if len(short) <= NAMED else None,
        "worst_list": said(short[:NAMED], gap=True) if len(short) > NAMED else None,
    }


def _once(lines: Sequence[GreenLine]) -> list[GreenLine]:
    """Programmes may set two targets for one indicator; the text names it once, with the first of them."""
    return list({line.indicator: line for line in reversed(lines)}.values())[::-1]


def _joined(lines: Sequence[GreenLine]) -> list[GreenLine]:
    """Named once, with every target that is met (≥98%、≥99%): as many as the text has counted."""
    return [
        replace(line, target_text="、".join(n.target_text for n in lines if n.indicator == line.indicator))
        for line in _once(lines)
    ]


def _shortfall(line: GreenLine) -> Decimal:
    """Value minus target, the furthest behind first; what is no rate comes last."""
    gap = _gap(line)
    return Decimal(0) if gap is None else gap


def _said(line: GreenLine, data: MonthlyData, *, gap: bool) -> Runs:
    """瘦身胶带封装比例（94.3%，目标≥90%）, with how far it is from the target when it is short of it."""
    runs: list[Run] = [Text(f"{line.name}（"), *_value(line, data), Text(f"，目标{line.target_text}")]
    difference = _gap(line)
    if gap and difference is not None:
        unit = "个百分点" if line.unit == "%" else line.unit
        text = line.gap_text.lstrip("+−-")
        runs += [
            Text("，低" if difference < 0 else "，高"),
            _origin(line, data).run(f"{text}{unit}", Measure.GAP, difference, unit),
        ]
    return (*runs, Text("）"))


def _gap(line: GreenLine) -> Decimal | None:
    """Value minus target of a rate; None for what is not a rate, whose printed unit is not known here."""
    return line.gap if line.unit == "%" else None


def _origin(line: GreenLine, data: MonthlyData) -> Origin:
    return Origin(line.indicator, str(data.time))


def _value(line: GreenLine, data: MonthlyData) -> Cell:
    if not line.indicator and line.value is not None:  # 专项治理: no figure of one indicator
        return words_cell(line.value_text)
    if line.value is None:
        return (_origin(line, data).silence(line.state if line.state is not CellState.VALUE else None),)
    return (_origin(line, data).run(line.value_text, Measure.VALUE, line.value, line.unit),)


def _table(data: MonthlyData, report: GreenReport, title: str) -> Table:
    return Table(
        title=title,
        columns=(
            Column("指标", Align.LEFT, weight=Decimal("1.5")),
            Column("目标", Align.RIGHT),
            Column(data.this, Align.RIGHT),
            Column("与目标差", Align.RIGHT),
            Column("分子 / 分母", Align.RIGHT),
            Column("状态", Align.CENTER),
        ),
        rows=tuple(_row(line, data) for line in _targets(report)),
    )


def _row(line: GreenLine, data: MonthlyData) -> Row:
    return Row(
        (
            words_cell(line.name),
            target_cell(line, data),
            value_cell(line, data),
            gap_cell(line, data),
            fraction_cell(line, data),
            words_cell(line.state_text),
        )
    )


def target_cell(line: GreenLine, data: MonthlyData) -> Cell:
    """The target as a number, or 完成."""
    if line.target is None:
        return words_cell(line.target_text)
    return (_origin(line, data).run(line.target_text, Measure.TARGET, line.target, line.unit),)


def value_cell(line: GreenLine, data: MonthlyData) -> Cell:
    """The value or its state; “—” for a campaign of which nothing has been entered."""
    return _value(line, data) if line.indicator or line.value is not None else (StateRun(),)


def gap_cell(line: GreenLine, data: MonthlyData) -> Cell:
    """The signed gap as the calculation printed it."""
    if line.gap is None:
        return words_cell(line.gap_text)
    return (_origin(line, data).run(line.gap_text, Measure.GAP, line.gap, line.unit),)


def fraction_cell(line: GreenLine, data: MonthlyData) -> Cell:
    """Numerator and denominator, each a number of its own."""
    above, slash, below = line.fraction_text.partition("/")
    if not slash or line.numerator is None or line.denominator is None:
        return words_cell(line.fraction_text)
    origin = _origin(line, data)
    return (
        origin.run(above.strip(), Measure.NUMERATOR, line.numerator),
        Text(" / "),
        origin.run(below.strip(), Measure.DENOMINATOR, line.denominator),
    )
