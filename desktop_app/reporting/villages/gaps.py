"""未通村清单: line for line what ``coverage --gaps`` lists, in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from desktop_app.indicators.results.rural import CoverageReport, Gap
from desktop_app.reporting.cells import count_cell, words_cell
from desktop_app.reporting.content import (
    Align,
    Block,
    Column,
    KeepTogether,
    Note,
    Paragraph,
    Row,
    SignatureBlock,
    Table,
    Text,
)
from desktop_app.reporting.villages.paper import REACH, VILLAGES, Paper

_COLUMNS = (
    Column("序号", Align.CENTER, Decimal("0.5")),
    Column("村代码", Align.CENTER, Decimal("1.3")),
    Column("乡镇（街道）", Align.LEFT, Decimal("1.2")),
    Column("村", Align.LEFT, Decimal("1.2")),
    Column("所缺服务", Align.LEFT, Decimal("2.4")),
    Column("未通起始", Align.CENTER, Decimal("0.8")),
    Column("回退", Align.CENTER, Decimal("0.6")),
    Column("距上次核实", Align.CENTER, Decimal("1.2")),
)


def gap_blocks(paper: Paper, report: CoverageReport) -> list[Block]:
    """How many villages lack the service, the list, what its columns mean, who signs."""
    origin = paper.origin(REACH)
    lost = sum(gap.relapsed for gap in report.gaps)
    opening = Paragraph(
        (
            Text(f"截至{paper.month.label}末，按“{report.definition_text}”，建制村"),
            *count_cell(report.villages, paper.origin(VILLAGES)),
            Text("个，未通"),
            *count_cell(len(report.gaps), origin),
            Text("个，其中回退"),
            *count_cell(lost, origin),
            Text("个。回退的村列在前面，其余按村代码排列。"),
        )
    )
    table = Table(
        title=f"{paper.region_name}{paper.month.label}未通快递的建制村",
        columns=_COLUMNS,
        rows=tuple(_row(number, gap) for number, gap in enumerate(report.gaps, start=1)),
        reason="按此口径，全部建制村都已通达",
    )
    meaning = (
        "“未通起始”为本次中断开始的月份，“从未”为没有过通达的记录；"
        "“距上次核实”为最近一次核实距月末的天数，“—”为没有核实记录。"
    )
    return [opening, table, KeepTogether((Note((Text(meaning),), label="注"), SignatureBlock()))]


def _row(number: int, gap: Gap) -> Row:
    texts: Sequence[str] = (
        str(number), gap.code, gap.town, gap.name, gap.missing, gap.since, "回退" if gap.relapsed else "", gap.evidence,
    )  # fmt: skip
    return Row(tuple(words_cell(text) for text in texts))
