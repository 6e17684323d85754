"""快递进村通报: rates by definition, townships, every village that is not reached, relapses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from desktop_app.catalogue.format import format_pct
from desktop_app.indicators.results.rural import CoverageReport, Gap
from desktop_app.models.values import quantize
from desktop_app.reporting.cells import count_cell, rate_cell, words_cell
from desktop_app.reporting.content import (
    Align,
    Block,
    Column,
    Document,
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
from desktop_app.reporting.monthly.build import badges_of
from desktop_app.reporting.monthly.rural import VILLAGES, rate_code, rural_text, towns_table, trend_block, year_change
from desktop_app.reporting.monthly_data import MonthlyData
from desktop_app.reporting.templates import load_templates
from desktop_app.reporting.wording import Origin, points_words


@dataclass(frozen=True)
class RuralBulletinData:
    """``base``: the month with its ``rural`` part and the gaps inside.

    ``rates``: now and a year ago by definition, the latter unrounded.
    """

    base: MonthlyData
    rates: tuple[tuple[CoverageReport, Fraction | None], ...]


def build_rural(data: RuralBulletinData) -> Document:
    """Title, key figures, 总体情况, 各乡镇, 未通名单, 停运回退, notes, signatures."""
    own, base = load_templates("rural"), data.base
    names = {"region": base.region_name, "month": base.month.label}
    part = base.rural
    gaps = part.coverage.gaps if part is not None else ()
    definition = part.coverage.definition_text if part is not None else ""
    words = {**names, "definition": definition}
    blocks: tuple[Block, ...] = (
        KeyFigures(_key_figures(base)),
        Heading(own.text("heading_state")),
        *rural_text(base, load_templates("monthly")),
        _rates_table(data, own.text("table_rates", **names)),
        *trend_block(base, load_templates("monthly")),
        Heading(own.text("heading_towns")),
        *towns_table(base, load_templates("monthly")),
        Heading(own.text("heading_gaps")),
        *_list(gaps, base, own.text("table_gaps", **words), own.text("no_gaps", **words)),
        Heading(own.text("heading_relapsed")),
        *_list(
            [gap for gap in gaps if gap.relapsed], base, own.text("table_relapsed", **names), own.text("no_relapsed")
        ),
        Note((Text("1. " + own.text("note_as_of", **names)),), label="备注"),
        KeepTogether((Note((Text("2. " + own.text("note_definitions")),)), SignatureBlock())),
    )
    return Document(
        title=own.text("title", **names),
        period_label=base.month.label,
        blocks=blocks,
        edition=base.edition,
        made_on=base.made_on,
        issuer=base.bureau,
        badges=badges_of(base),
    )


def _key_figures(base: MonthlyData) -> tuple[KeyFigure, ...]:
    part = base.rural
    if part is None or part.coverage.rate_pct is None:
        return (KeyFigure("建制村快递服务通达率", StateRun()),)
    coverage = part.coverage
    origin = Origin(rate_code(coverage.definition), str(base.month))
    change = points_words(year_change(part), origin, Measure.YOY, up="提高")

    def count(label: str, number: int, code: str, measure: Measure) -> KeyFigure:
        run = Origin(code, str(base.month)).run(str(number), measure, Decimal(number), "个")
        return KeyFigure(label, run, "个")

    rate = origin.run(format_pct(coverage.rate_pct), Measure.VALUE, quantize(coverage.rate_pct or 0, 1), "%")
    return (
        count("建制村", coverage.villages, VILLAGES, Measure.VALUE),
        count("已通快递", coverage.covered, origin.code, Measure.NUMERATOR),
        KeyFigure("通达率", rate, "%", (Text("同比"), *change) if change else ()),
        count("未通快递", coverage.villages - coverage.covered, origin.code, Measure.COUNT),
    )


def _rates_table(data: RuralBulletinData, title: str) -> Table:
    return Table(
        title=title,
        columns=(
            Column("口径", Align.LEFT, Decimal(2)),
            Column("建制村（个）"),
            Column("达到（个）"),
            Column("未达到（个）"),
            Column("比率（%）"),
            Column("与上年同期比\n（百分点）"),
        ),
        rows=tuple(_rate_row(report, before, data.base) for report, before in data.rates),
    )


def _rate_row(report: CoverageReport, before: Fraction | None, base: MonthlyData) -> Row:
    origin = Origin(rate_code(report.definition), str(base.month))
    rate, now = report.rate_pct, report.exact_pct
    change = None if now is None or before is None else quantize(now - before, 1)
    return Row(
        (
            words_cell(report.definition_text),
            count_cell(report.villages, Origin(VILLAGES, str(base.month))),
            count_cell(report.covered, origin),
            count_cell(report.villages - report.covered, origin),
            rate_cell(None if rate is None else quantize(rate, 1), origin, Measure.VALUE),
            rate_cell(change, origin, Measure.YOY, "百分点"),
        )
    )


def _list(gaps: Sequence[Gap], base: MonthlyData, title: str, none: str) -> Iterator[Block]:
    """A row a village in the order of ``coverage --gaps``, or the sentence that there are none."""
    if not gaps or base.rural is None:
        yield Paragraph((Text(none),))
        return
    yield Table(
        title=title,
        columns=(
            Column("序号", Align.CENTER, Decimal("0.5")),
            Column("乡镇（街道）", Align.LEFT, Decimal("1.3")),
            Column("建制村", Align.LEFT, Decimal("1.5")),
            Column("区划代码", Align.CENTER, Decimal("1.2")),
            Column("所缺服务", Align.LEFT, Decimal("1.4")),
            Column("未通起始", Align.CENTER),
            Column("距上次核实", Align.CENTER),
        ),
        rows=tuple(
            Row(
                tuple(
                    words_cell(text)
                    for text in (str(number), gap.town, gap.name, gap.code, gap.missing, gap.since, gap.evidence)
                )
            )
            for number, gap in enumerate(gaps, start=1)
        ),
    )
