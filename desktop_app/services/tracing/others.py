"""Numbers that are no indicator: how many lines of a green programme are met, how many companies have reported."""

from __future__ import annotations

from desktop_app.errors import UserError
from desktop_app.models.values import CellState, Period
from desktop_app.reporting.monthly.standing import DUTY
from desktop_app.services.context import catalogue
from desktop_app.services.duties import duties
from desktop_app.services.green import green_report
from desktop_app.services.results.tracing import FigureAddress, FigureTrace, Lacking, TraceNode
from desktop_app.storage.engine import Ledger

_SILENT = ("未报", "退回")


def trace_other(ledger: Ledger, address: FigureAddress, period: Period) -> FigureTrace:
    """A programme's or the duties' number.

    :raises UserError: the code is neither.
    """
    if address.code in catalogue(ledger).programmes:
        return _programme(ledger, address, period)
    if address.code == DUTY:
        return _duties(ledger, address, period)
    raise UserError(f"没有指标 {address.code}", hint="这个数不是指标，没有来源可查")


def _programme(ledger: Ledger, address: FigureAddress, period: Period) -> FigureTrace:
    report = green_report(ledger, period, address.code)
    known = catalogue(ledger).indicators
    nodes = tuple(
        TraceNode(
            line.name,
            line.value_text,
            line.state,
            "　".join(filter(None, (f"目标 {line.target_text}", line.state_text, line.fraction_text))),
            address=FigureAddress(line.indicator, str(period)) if line.indicator in known else None,
        )
        for line in report.lines
    )
    met = sum(1 for line in report.lines if line.met)
    return FigureTrace(
        address=address,
        title=f"{period.label} {report.programme_name}",
        text=address.printed or f"{met} 项已达",
        state=CellState.VALUE,
        lines=(
            ("公式", "逐项与目标比较后计数；没有报数的既不算已达也不算未达"),
            ("方案", f"{report.programme_name}：{len(report.lines)} 项，已达 {met} 项"),
        ),
        tree=(TraceNode(report.programme_name, f"{met}/{len(report.lines)} 项已达", children=nodes),),
        lacking=tuple(Lacking(line.name, "没有可比的数", line.state_text) for line in report.lines if line.met is None),
    )


def _duties(ledger: Ledger, address: FigureAddress, period: Period) -> FigureTrace:
    rows = duties(ledger, period.last)
    nodes = tuple(
        TraceNode(
            row.enterprise,
            row.state,
            CellState.MISSING if row.state in _SILENT else CellState.VALUE,
            f"批次 {'、'.join(map(str, row.batches))}" if row.batches else row.problem,
            address=FigureAddress("MKT.VOL", str(period), subject=str(row.enterprise_id)),
        )
        for row in rows
    )
    reported = sum(1 for row in rows if row.state not in _SILENT)
    return FigureTrace(
        address=address,
        title=f"{period.label} 报送情况",
        text=address.printed or f"{reported} 家已报",
        state=CellState.VALUE,
        lines=(("公式", "按企业当月报送状态计数"), ("报送", f"{len(rows)} 家应报，{reported} 家已报")),
        tree=(TraceNode("应报企业", f"{len(rows)} 家", children=nodes),),
        lacking=tuple(
            Lacking(row.enterprise, f"{period.label}月报", row.problem or row.state)
            for row in rows
            if row.state in _SILENT
        ),
    )
