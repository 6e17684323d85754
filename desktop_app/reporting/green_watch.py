"""绿色方案监测表: every line of the programmes that are measured, its gap, its pace and what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop_app.indicators.results.green import GreenLine, GreenReport
from desktop_app.indicators.results.savings import Estimate
from desktop_app.reporting.cells import words_cell
from desktop_app.reporting.content import (
    Align,
    Block,
    Column,
    Document,
    FigureRun,
    Heading,
    KeepTogether,
    KeyFigure,
    KeyFigures,
    Measure,
    Note,
    Row,
    SignatureBlock,
    Table,
    Text,
)
from desktop_app.reporting.green_estimates import estimate_blocks
from desktop_app.reporting.monthly.build import badges_of
from desktop_app.reporting.monthly.green import fraction_cell, gap_cell, target_cell, value_cell
from desktop_app.reporting.monthly_data import MonthlyData
from desktop_app.reporting.templates import Templates, load_templates

_SHORT_CLAUSE = 9
_NAME, _REMARK = Decimal("1.9"), Decimal("2.1")


@dataclass(frozen=True)
class GreenWatchData:
    """``base``: the period, without figures. ``programmes``: the most fitting first."""

    base: MonthlyData
    programmes: tuple[GreenReport, ...]
    estimates: tuple[Estimate, ...] = ()


def build_green_watch(data: GreenWatchData) -> Document:
    """How many lines stand how, a table a programme, who gave a rate alone, notes, signatures; on paper across."""
    own, base = load_templates("green"), data.base
    names = {"region": base.region_name, "month": base.label}
    blocks: list[Block] = [KeyFigures(_counts(data))]
    for report in data.programmes:
        blocks += [Heading(report.programme_name), _table(data, report, own)]
    if words := data.programmes[0].rate_only_words:
        blocks.append(Note((Text(own.text("note_rate_only", names=words)),)))
    blocks += estimate_blocks(data.estimates)
    notes = (
        Note((Text("1. " + own.text("note_watch_rate")),), label="备注"),
        Note((Text("2. " + own.text("note_watch_pace")),)),
    )
    blocks.append(KeepTogether((*notes, SignatureBlock())))
    return Document(
        title=own.text("title_watch", **names),
        period_label=base.label,
        blocks=tuple(blocks),
        edition=base.edition,
        made_on=base.made_on,
        issuer=base.bureau,
        badges=badges_of(base),
        across=True,
    )


def _counts(data: GreenWatchData) -> tuple[KeyFigure, ...]:
    lines = [line for report in data.programmes for line in report.lines]
    whole = FigureRun(f"{len(lines)}项", "GRN", Measure.COUNT, str(data.base.time), Decimal(len(lines)), "项")
    undecided = [line for line in lines if line.met is None]
    groups = (
        ("已达到", [line for line in lines if line.met]),
        ("未达到", [line for line in lines if line.met is False]),
        ("未报", [line for line in undecided if line.state_text.startswith("未报")]),
        ("治理和上级总数", [line for line in undecided if not line.state_text.startswith("未报")]),
    )
    return tuple(
        KeyFigure(
            label,
            FigureRun(str(len(found)), "GRN", Measure.COUNT, str(data.base.time), Decimal(len(found)), "项"),
            "项",
            (Text("共"), whole),
        )
        for label, found in groups
    )


def _table(data: GreenWatchData, report: GreenReport, own: Templates) -> Table:
    names = {"region": data.base.region_name, "month": data.base.label, "programme": report.programme_name}
    return Table(
        title=own.text("table_watch", **names),
        columns=(
            Column("指标", Align.LEFT, _NAME),
            Column("条款", _clause_align(report), Decimal("1.1")),
            Column("期限", Align.CENTER, Decimal("0.8")),
            Column("目标", Align.RIGHT),
            Column("现值", Align.RIGHT),
            Column("与目标差", Align.RIGHT, Decimal("0.8")),
            Column("分子 / 分母", Align.RIGHT, Decimal("1.5")),
            Column("状态", Align.CENTER, Decimal("1.3")),
            Column("几个月到", Align.RIGHT),
            Column("说明", Align.LEFT, _REMARK),
        ),
        rows=tuple(_row(line, data) for line in report.lines),
        reason="方案里没有目标",
    )


def _clause_align(report: GreenReport) -> Align:
    """Short clauses (三（四）1) are kept on one line: only words set to the left are broken."""
    return Align.CENTER if max((len(line.clause) for line in report.lines), default=0) <= _SHORT_CLAUSE else Align.LEFT


def _row(line: GreenLine, data: GreenWatchData) -> Row:
    return Row(
        (
            words_cell(line.name),
            words_cell(line.clause),
            words_cell(line.as_of),
            target_cell(line, data.base),
            value_cell(line, data.base),
            gap_cell(line, data.base),
            fraction_cell(line, data.base),
            words_cell(line.state_text),
            words_cell(line.arrival),
            words_cell(line.remark),
        )
    )
