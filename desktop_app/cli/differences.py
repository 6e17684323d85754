"""JSON and words for cell diffs and for what hangs on a batch."""

from __future__ import annotations

from desktop_app.cli.output import table
from desktop_app.services.results.changes import CellDiff, Dependants, ImportDiff, LaterBatch

Json = dict[str, object]

_TOLD = 20
"""So many differences are written out for people; JSON has them all."""


def import_diff(diff: ImportDiff | None) -> Json | None:
    """``diff`` of an element of ``import``'s list; null when the file touches nothing that is stored."""
    if diff is None:
        return None
    return {
        "headline": diff.headline,
        "changed": diff.changed,
        "added": diff.added,
        "gone": diff.gone,
        "unchanged": diff.unchanged,
        "kept": diff.kept,
        "same_as": list(diff.same_as),
        "cells": [cell(row) for row in diff.rows],
    }


def cell(row: CellDiff) -> Json:
    """One difference; amounts are exact decimals in base units, null where the state is no value."""
    figure = row.subject == "figure"
    return {
        "subject": row.subject,
        "change": row.change,
        "code": row.code,
        "name": row.name,
        "of": row.whose or None,
        "period": row.period or None,
        "column": row.span or None,
        "unit": row.unit or None,
        "old": row.old_amount if figure else row.old or None,
        "old_state": row.old_state or None,
        "old_batch": row.old_batch,
        "new": row.new_amount if figure else row.new or None,
        "new_state": row.new_state or None,
        "difference": row.difference.replace(",", "").replace("−", "-") or None,
    }


def diff_text(diff: ImportDiff | None) -> str:
    """Headline and the first differences; empty when there is nothing to say."""
    if diff is None or not (diff.rows or diff.same_as):
        return ""
    cells = [[r.whose, r.name, r.span, r.period, r.old, r.new, r.difference] for r in diff.rows[:_TOLD]]
    lines = [f"  {diff.headline}"]
    if cells:
        lines.append(table(["", "项目", "栏", "月份", "原", "新", "差"], cells))
    if len(diff.rows) > _TOLD:
        lines.append(f"  …… 共 {len(diff.rows)} 处")
    return "\n".join(lines)


def dependants(found: Dependants) -> Json:
    """``undo BATCH --dry-run``."""
    return {
        "batch": found.batch,
        "file": found.file,
        "state": found.state,
        "possible": not found.refused,
        "refused": found.refused or None,
        "hint": found.hint or None,
        "disappear": found.disappear,
        "come_back": [cell(row) for row in found.come_back],
        "corrected_by": [_later(batch) for batch in found.corrected_by],
        "checked_by": [_later(batch) for batch in found.checked_by],
        "used_by": [_later(batch) for batch in found.used_by],
        "lines": list(found.lines),
    }


def _later(batch: LaterBatch) -> Json:
    return {"batch": batch.id, "file": batch.file, "what": batch.what}


def dependants_text(found: Dependants) -> str:
    """The same for people."""
    head = f"撤销第 {found.batch} 号批次（{found.file}）会怎样（还没有撤销）："
    return "\n".join([head, *(f"  {line}" for line in found.lines)])


def undone_text(found: Dependants) -> str:
    """What an undo has done and how to get it back; asked of the ledger before it was done."""
    head = f"已撤销第 {found.batch} 号批次（{found.file}）："
    back = "要恢复：把原文件再导入一次（import 文件）；原文件仍留存在台账里。以后可先用 --dry-run 看会牵连什么。"
    return "\n".join([head, *(f"  {line}" for line in found.lines), back])
