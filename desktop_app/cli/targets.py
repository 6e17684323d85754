"""``targets``: the register with progress, or its contradictions."""

from __future__ import annotations

import argparse
from contextlib import closing
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop_app.cli.opening import opened
from desktop_app.cli.output import emit, table
from desktop_app.errors import UserError
from desktop_app.models.values import plain

if TYPE_CHECKING:
    from desktop_app.services.results.targets import TargetConflict, TargetProgress


def targets(arguments: argparse.Namespace) -> int:
    """``targets [--period P] [--conflicts]``, or ``--text`` and ``--sheet`` for entering."""
    from desktop_app.services import targets as service

    if arguments.words is not None and (arguments.text is None or not arguments.enter):
        raise UserError("--words 要和 --text、--enter 同用", hint="先不加 --enter 看一遍没有认成目标的话和序号")
    if arguments.text is not None or arguments.sheet is not None:
        from desktop_app.cli.target_entry import by_sheet, by_text

        return by_text(arguments) if arguments.text is not None else by_sheet(arguments)

    month = arguments.period.last if arguments.period else None
    with closing(opened(arguments)) as ledger:
        if arguments.conflicts:
            found = service.conflicts(ledger, month)
            cells = [[c.kind_label, c.message] for c in found]
            emit(arguments, [_conflict(each) for each in found], table(["类别", "说明"], cells))
            return 0
        rows = service.targets(ledger, month)
    heads = ["文件", "条款", "指标", "目标", "完成", "完成%", "序时%", "同期%", "状态", "还需、说明"]
    cells = [
        [
            r.document,
            r.clause,
            r.name,
            r.target_text,
            r.value_text,
            _text(r.completion_pct) or "—",
            _text(r.straight_pct) or "—",
            _text(r.seasonal_pct) or "—",
            r.standing.label,
            "；".join(dict.fromkeys(filter(None, (r.needed_text, r.pace_note, r.needed_note)))),
        ]
        for r in rows
    ]
    emit(arguments, [_row(row) for row in rows], table(heads, cells))
    return 0


def _row(row: TargetProgress) -> dict[str, object]:
    return {
        "code": row.code,
        "document": row.document,
        "clause": row.clause,
        "region": row.region,
        "scope": row.scope or None,
        "indicator": row.indicator or None,
        "name": row.name,
        "measure": row.measure,
        "comparator": row.comparator,
        "target": _text(row.target),
        "unit": row.unit,
        "target_text": row.target_text,
        "due": row.due,
        "baseline": _text(row.baseline),
        "value": _text(row.value),
        "value_of": row.basis or None,
        "completion_pct": _text(row.completion_pct),
        "pace_pct": _text(row.straight_pct),
        "seasonal_pace_pct": _text(row.seasonal_pct),
        "expected": _text(row.expected),
        "pace_note": row.pace_note or None,
        "needed_per_month": _text(row.needed_per_month),
        "needed_text": row.needed_text or None,
        "needed_note": row.needed_note or None,
        "state": row.standing.value,
        "text": row.text,
    }


def _conflict(conflict: TargetConflict) -> dict[str, object]:
    return {
        "indicator": conflict.indicator,
        "name": conflict.name,
        "kind": conflict.kind,
        "message": conflict.message,
        "targets": list(conflict.targets),
        "clauses": list(conflict.clauses),
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)
