"""企业 × 指标: which company meets which target. Four states that are never confused: value, 未报, 不适用, 退回."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from desktop_app.models.values import CellState
from desktop_app.services.results.green import GreenCell, GreenMatrixRow, GreenReport
from desktop_app.services.results.overview import Tone
from desktop_app.views.green.lines import RATE_ONLY
from desktop_app.views.naming import brief_names
from desktop_app.views.qtmodels.columns import Align, CellKind, Column, Heat, HeatLook

TOP_PCT = Decimal(100)
FAINT, SPREAD = 0.12, 0.5
"""Depth of the green of a rate that just meets its target, and what the best adds to it."""
FROZEN = 3
"""Indicator, target and county stay in sight."""
BY_REGISTER = ""
RATES, PLACES, COUNTS = "rates", "places", "counts"
"""What the cells of companies show."""


def heat_of(cell: GreenCell, target: Decimal | None, *, places: bool = False) -> Heat:
    """How a cell looks: green when met, stripes when not, dashed with its word when there is no figure.

    :param places: the company's place (3/10) stands in the cell and not its rate.
    """
    if cell.state is CellState.NOT_APPLICABLE:
        return Heat(cell.text, HeatLook.NONE)
    if cell.state is not CellState.VALUE or cell.value is None:
        return Heat(cell.text, HeatLook.MISSING)
    text = f"{cell.text} {RATE_ONLY}" if cell.rate_only else cell.text
    if places:
        text = cell.place or RATE_ONLY
    if cell.met is None or target is None:
        return Heat(text, HeatLook.PLAIN)
    if not cell.met:
        return Heat(text, HeatLook.HATCH)
    ahead = abs(cell.value - target) / max(TOP_PCT - target, Decimal(1))
    return Heat(text, HeatLook.FILL, FAINT + SPREAD * float(min(ahead, Decimal(1))))


def cell_words(company: str, row: GreenMatrixRow, cell: GreenCell) -> str:
    """A cell in a sentence, for its tooltip."""
    head = f"{company} · {row.name}"
    if cell.state is not CellState.VALUE or cell.value is None:
        why = {
            CellState.MISSING: "不作 0 计，也不入合计",
            CellState.RETURNED: "文件已退回企业，待重报",
            CellState.NOT_APPLICABLE: "本月没有发生，分母为 0 或不涉及",
        }
        return f"{head}：{cell.text}\n{why.get(cell.state, '')}".strip()
    words = f"{head}：{cell.text}{row.unit}"
    if row.target_text and cell.met is not None:
        words += f"\n目标 {row.target_text}，{'达标' if cell.met else '未达'}"
    words += f"\n位次 {cell.place}" if cell.place else ""
    return words + (f"\n{RATE_ONLY} 只报了比率，没有分子分母，不入全县合计" if cell.rate_only else "")


def company_order(report: GreenReport, by: str) -> tuple[int, ...]:
    """Places of the companies: as registered, or by one indicator, worst first and those without a figure last."""
    places = range(len(report.enterprises))
    row = next((r for r in (*report.matrix, *report.counts) if r.indicator == by), None)
    if row is None:
        return tuple(places)
    values = [cell.value if cell.state is CellState.VALUE else None for cell in row.cells]
    return tuple(sorted(places, key=lambda i: (values[i] is None, values[i] or 0, i)))


def rows_with_targets_first(report: GreenReport) -> tuple[GreenMatrixRow, ...]:
    """What the programme measures stands above what it leaves out; otherwise the catalogue's order."""
    return tuple(sorted(report.matrix, key=lambda row: row.target is None))


def matrix_columns(
    report: GreenReport, order: Sequence[int], reported: str, *, places: bool = False, counts: bool = False
) -> tuple[Column[GreenMatrixRow], ...]:
    """Indicator, target, county, then one column a company with its rates or (``places``) its places.

    :param counts: what is counted: the unit stands instead of the target.
    """
    brief = brief_names(report.enterprises, beginning=False)
    return (
        Column("指标", lambda r: r.name, width=13.5),
        Column("单位", lambda r: r.unit, Align.RIGHT, width=6, muted=True)
        if counts
        else Column("目标", lambda r: r.target_text or "—", Align.RIGHT, width=6, muted=True),
        Column(
            "全县",
            lambda r: r.county.text,
            Align.RIGHT,
            bold=lambda r: r.county.state is CellState.VALUE,
            tone=lambda r: None if r.county.state is CellState.VALUE else Tone.NEUTRAL,
            width=6.5,
            tip=lambda r: cell_words("全县", r, r.county),
            head_tip="各企业之和" if counts else f"各企业分子之和 ÷ 分母之和；{reported}",
        ),
        *(_company_column(report.enterprises[i], brief[report.enterprises[i]], i, places=places) for i in order),
    )


def _company_column(name: str, head: str, place: int, *, places: bool) -> Column[GreenMatrixRow]:
    return Column(
        head,
        lambda r: heat_of(r.cells[place], r.target, places=places).text,
        Align.CENTER,
        CellKind.HEAT,
        cell=lambda r: heat_of(r.cells[place], r.target, places=places),
        tip=lambda r: cell_words(name, r, r.cells[place]),
        width=6.2,
        stretch=True,
        head_tip=name,
    )


def reporting_words(report: GreenReport) -> str:
    """How many companies have given any figure this month: “12 家中 2 家未报”, “12 家都已报”."""
    count = len(report.enterprises)
    states = [{row.cells[i].state for row in report.matrix} for i in range(count)]
    missing = sum(1 for found in states if found == {CellState.MISSING})
    returned = sum(1 for found in states if CellState.RETURNED in found)
    parts = [f"{missing} 家未报"] if missing else []
    parts += [f"{returned} 家退回"] if returned else []
    alone = len({name for _, companies in report.rate_only for name in companies})
    parts += [f"{alone} 家只报比率"] if alone else []
    if not count:
        return "还没有登记企业"
    if missing == count:
        return f"{count} 家都未报"
    return f"{count} 家中 {'、'.join(parts)}" if parts else f"{count} 家都已报"
