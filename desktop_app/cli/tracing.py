"""``trace`` and ``definitions``: where a figure comes from, and the same matter by every definition (口径)."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING

from desktop_app.cli.commands import Arguments
from desktop_app.cli.opening import opened
from desktop_app.cli.output import emit, table
from desktop_app.errors import UserError
from desktop_app.models.values import plain

if TYPE_CHECKING:
    from desktop_app.services.results.definitions import DefinitionTable
    from desktop_app.services.results.tracing import FigureTrace, TraceNode

_VERSION_KEYS = ("version", "text", "status", "counts", "standing", "batch", "who", "when", "why")


def trace(arguments: Arguments) -> int:
    """``trace``."""
    from desktop_app.services.results.tracing import FigureAddress
    from desktop_app.services.tracing import trace_figure

    with closing(opened(arguments)) as ledger:
        found = trace_figure(
            ledger,
            FigureAddress(
                arguments.code.upper(),
                str(arguments.period),
                "cumulative" if arguments.to_date else "value",
                arguments.subject,
                arguments.region or "",
                definition=arguments.definition,
            ),
        )
    emit(arguments, _trace_data(found), _trace_text(found))
    return 0


def definitions(arguments: Arguments) -> int:
    """``definitions``."""
    from desktop_app.services.definitions import compare
    from desktop_app.services.figures import find_indicator

    with closing(opened(arguments)) as ledger:
        code = find_indicator(ledger, arguments.code).code
        found = compare(ledger, code, arguments.period)
    if found is None:
        raise UserError(f"{code} 只有一个口径", hint="有几个口径的：RUR.REACH、GRN.TAPE、IND.GROSS、SVC.SAT 等")
    heads = ["口径", "数", "怎么得来", "出自", "代码、版本", "有效期"]
    rows = [
        [("* " if d.used else "  ") + d.name, d.text, d.fraction or d.why or "—", d.clause, d.source, d.validity]
        for d in found.lines
    ]
    emit(arguments, _definition_data(found), f"{found.period_label}{found.name}\n{table(heads, rows)}")
    return 0


def definition_lines(found: DefinitionTable) -> list[dict[str, object]]:
    """The definitions side by side, as JSON."""
    return [
        {**asdict(line), "value": None if line.value is None else plain(line.value), "state": line.state.value}
        for line in found.lines
    ]


def _definition_data(found: DefinitionTable) -> dict[str, object]:
    return {
        "code": found.code,
        "name": found.name,
        "period": found.period_label,
        "note": found.note,
        "definitions": definition_lines(found),
    }


def _trace_data(found: FigureTrace) -> dict[str, object]:
    return {
        "code": found.address.code,
        "title": found.title,
        "text": found.text,
        "state": found.state.value,
        "lines": [{"caption": caption, "words": words} for caption, words in found.lines],
        "tree": [_node_data(node) for node in found.tree],
        "lacking": [asdict(row) for row in found.lacking],
        "definitions": None if found.definitions is None else _definition_data(found.definitions)["definitions"],
    }


def _node_data(node: TraceNode) -> dict[str, object]:
    data: dict[str, object] = {"name": node.name, "text": node.text, "state": node.state.value, "note": node.note}
    if (place := node.place) is not None:
        data |= {"batch": place.batch, "file": place.file, "sheet": place.sheet, "row": place.row}
        data |= {"column": place.column, "version": place.version}
        data["versions"] = [{key: getattr(each, key) for key in _VERSION_KEYS} for each in place.versions]
    if node.children:
        data["children"] = [_node_data(child) for child in node.children]
    return data


def _trace_text(found: FigureTrace) -> str:
    lines = [f"{found.title}　{found.text}", *(f"{caption}：{words}" for caption, words in found.lines)]
    for node in found.tree:
        lines += _node_text(node, 0)
    lines += [f"{found.lacking_word}：{row.who}　{row.what}　{row.why}" for row in found.lacking]
    return "\n".join(lines)


def _node_text(node: TraceNode, depth: int) -> list[str]:
    where = node.place.words if node.place is not None else ""
    lines = ["　".join(filter(None, ("  " * depth + node.name, node.text, node.note, where)))]
    for child in node.children:
        lines += _node_text(child, depth + 1)
    return lines
