"""The whole monthly summary from its data."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.catalogue.format import format_pct
from desktop_app.models.values import CellState, quantize
from desktop_app.reporting.content import (
    Block,
    Document,
    Edition,
    KeepTogether,
    KeyFigure,
    KeyFigures,
    Measure,
    SignatureBlock,
    StateRun,
    Text,
)
from desktop_app.reporting.monthly.green import counted, green_section
from desktop_app.reporting.monthly.market import market_section
from desktop_app.reporting.monthly.notes import month_notes
from desktop_app.reporting.monthly.outlook import outlook_sections, service_section
from desktop_app.reporting.monthly.rural import rate_code, rural_section, year_change
from desktop_app.reporting.monthly.standing import reporting_section
from desktop_app.reporting.monthly_data import MonthlyData
from desktop_app.reporting.slots import figure_words
from desktop_app.reporting.templates import load_templates
from desktop_app.reporting.wording import Origin, count_words, origin_of, points_words

SAMPLE = "示例数据"
INTERNAL = "内部资料"

NOTES_WITH_SIGNATURE = 2
"""So many of the last notes go with the signatures to a new page; the others fill the page before."""


def build_monthly(data: MonthlyData) -> Document:
    """Title, key figures, 市场运行, 快递进村, 绿色包装, 服务质量, 报送情况, 存在问题, 下月重点, 备注, signatures.

    A section without data says so; a clause whose figure is 未报 is dropped and the gap said in a note.
    """
    templates = load_templates("monthly")
    notes = month_notes(data, templates)
    blocks: list[Block] = [
        key_figures(data),
        *market_section(data, templates),
        *rural_section(data, templates),
        *green_section(data, templates),
        *service_section(data, templates),
        *reporting_section(data, templates),
        *outlook_sections(data, templates),
        *notes[:-NOTES_WITH_SIGNATURE],
        # Nobody signs a page on which nothing else stands.
        KeepTogether((*notes[-NOTES_WITH_SIGNATURE:], SignatureBlock())),
    ]
    return Document(
        title=templates.text("title", region=data.region_name, month=data.label),
        period_label=data.label,
        blocks=tuple(blocks),
        edition=data.edition,
        made_on=data.made_on,
        issuer=data.bureau,
        badges=badges_of(data),
        remarks=_remarks(data),
    )


def badges_of(data: MonthlyData) -> tuple[str, ...]:
    """Words that every page bears."""
    return (*((SAMPLE,) if data.sample else ()), *((INTERNAL,) if data.edition is Edition.INTERNAL else ()))


def key_figures(data: MonthlyData) -> KeyFigures:
    """Volume, revenue, coverage, green lines."""
    return KeyFigures(
        (
            _amount(data, "MKT.VOL", "快递业务量"),
            _amount(data, "MKT.REV", "快递业务收入"),
            _coverage(data),
            _green(data),
        )
    )


def _amount(data: MonthlyData, code: str, label: str) -> KeyFigure:
    figure = data.figures.get(code)
    if figure is None or figure.value is None or figure.state is not CellState.VALUE:
        state = figure.state if figure else CellState.MISSING
        return KeyFigure(label, Origin(code, str(data.month)).silence(state))
    run = origin_of(figure).run(figure.text, Measure.VALUE, figure.value, figure.unit)
    return KeyFigure(label, run, figure.display_unit, figure_words(figure, Measure.YOY) or ())


def _coverage(data: MonthlyData) -> KeyFigure:
    label = "建制村快递服务通达率"
    part = data.rural
    if part is None or part.coverage.rate_pct is None:
        return KeyFigure(label, Origin(rate_code("any"), str(data.month)).silence(CellState.MISSING))
    origin = Origin(rate_code(part.coverage.definition), str(data.month))
    run = origin.run(format_pct(part.coverage.rate_pct), Measure.VALUE, quantize(part.coverage.rate_pct, 1), "%")
    change = points_words(year_change(part), origin, Measure.YOY, up="提高")
    return KeyFigure(label, run, "%", (Text("同比"), *change) if change else ())


def _green(data: MonthlyData) -> KeyFigure:
    """How many of the lines that somebody reported have met their target."""
    label = "绿色包装已达目标"
    if data.green is None:
        return KeyFigure(label, StateRun(CellState.MISSING))
    met, unmet, unreported = counted(data.green.report)
    if not met and not unmet:
        return KeyFigure(label, StateRun(CellState.MISSING))
    origin = Origin(data.green.report.programme, str(data.month))
    figure = origin.run(str(len(met)), Measure.COUNT, Decimal(len(met)), "项")
    of = count_words(len(met) + len(unmet) + len(unreported), "项", origin)
    return KeyFigure(label, figure, "项", (Text("共"), *of, Text("量化目标")))


def _remarks(data: MonthlyData) -> tuple[str, ...]:
    """What the signer should look at before signing."""
    remarks = []
    part = data.reporting
    if part is not None and part.missing:
        remarks.append(f"{len(part.missing)} 家企业未报：{'、'.join(part.missing)}")
    if part is not None and part.returned:
        remarks.append(f"{len(part.returned)} 家企业的报表已退回：{'、'.join(part.returned)}")
    if data.rural is None or data.rural.coverage.rate_pct is None:
        remarks.append("没有录入进村数据")
    if data.green is None:
        remarks.append("没有录入绿色包装数据")
    return tuple(remarks)
