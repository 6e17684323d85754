"""Columns of the dialog's tables, and the whole trace as plain text."""

from __future__ import annotations

from desktop_app.models.values import CellState
from desktop_app.services.results.definitions import DefinitionLine
from desktop_app.services.results.tone import Tone
from desktop_app.services.results.tracing import FigureTrace, Lacking, TraceNode, VersionLine
from desktop_app.views.qtmodels.columns import Align, CellKind, Column

VERSIONS: tuple[Column[VersionLine], ...] = (
    Column("版本", lambda v: f"第 {v.version} 版", bold=lambda v: v.counts),
    Column(
        "",
        lambda v: v.standing,
        kind=CellKind.TAG,
        tone=lambda v: Tone.GOOD if v.counts else Tone.NEUTRAL,
    ),
    Column("数", lambda v: v.text, Align.RIGHT, bold=lambda v: v.counts),
    Column("状态", lambda v: v.status),
    Column("文件", lambda v: v.file),
    Column("行、列", lambda v: f"第{v.row}行 {v.column}".strip() if v.row else "键入"),
    Column("批次", lambda v: str(v.batch or "—"), Align.RIGHT),
    Column("谁", lambda v: v.who),
    Column("何时", lambda v: v.when),
    Column("说明", lambda v: v.why, muted=True, stretch=True, tip=lambda v: v.why),
)

LACKING: tuple[Column[Lacking], ...] = (
    Column("谁", lambda r: r.who, bold=True),
    Column("缺什么", lambda r: r.what),
    Column("现状", lambda r: r.why, muted=True, stretch=True, tip=lambda r: r.why),
)

DEFINITIONS: tuple[Column[DefinitionLine], ...] = (
    Column("口径", lambda d: f"● {d.name}" if d.used else f"　 {d.name}", bold=lambda d: d.used),
    Column(
        "数",
        lambda d: d.text,
        Align.RIGHT,
        bold=lambda d: d.used,
        tone=lambda d: None if d.state is CellState.VALUE else Tone.NEUTRAL,
    ),
    Column("怎么得来", lambda d: d.fraction or d.why or "—", muted=True),
    Column("出自", lambda d: d.clause, stretch=True, tip=lambda d: d.clause),
    Column("代码、版本", lambda d: d.source, muted=True),
    Column("有效期", lambda d: d.validity, muted=True),
)


def as_text(trace: FigureTrace) -> str:
    """Everything in the dialog as lines that can be pasted into a letter or WPS."""
    lines = [f"{trace.title}　{trace.text}", *(f"{caption}：{words}" for caption, words in trace.lines), ""]
    for node in trace.tree:
        lines += _node_lines(node, 0)
    if trace.lacking:
        lines += ["", f"{trace.lacking_word} {len(trace.lacking)}"]
        lines += [f"{row.who}\t{row.what}\t{row.why}" for row in trace.lacking]
    if trace.definitions is not None:
        lines += ["", f"口径对比：{trace.definitions.name}（{trace.definitions.period_label}）"]
        lines += [
            "\t".join((("●" if d.used else "") + d.name, d.text, d.fraction or d.why, d.clause, d.source, d.validity))
            for d in trace.definitions.lines
        ]
    return "\n".join(lines)


def _node_lines(node: TraceNode, depth: int) -> list[str]:
    where = node.place.words if node.place is not None else ""
    cells = ("　" * depth + node.name, node.text, node.note, where)
    lines = ["\t".join(cells).rstrip("\t")]
    for child in node.children:
        lines += _node_lines(child, depth + 1)
    return lines
