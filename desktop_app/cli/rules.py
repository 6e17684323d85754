"""``rules``: the check rules listed, set, put back, and their history."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from desktop_app.cli.opening import opened
from desktop_app.cli.output import emit, table
from desktop_app.errors import UserError
from desktop_app.models.values import Strictness, plain

if TYPE_CHECKING:
    from desktop_app.cli.exchange import AddAction
    from desktop_app.services.results.rules import RuleChange, RuleRow

GROUPS = {"rules": "审核规则（查什么、多严、界限多少）"}


def add_grammar(add: AddAction) -> None:
    """Enter the actions; ``add`` takes group, action, function and help."""
    add("rules", "list", rules_list, "列出审核规则")
    setting = add("rules", "set", rules_set, "改一条规则的松紧或界限")
    setting.add_argument("code", metavar="代码", help="例如 YOY_LIMIT")
    words = "、".join(f"{each.value}（{each.label}）" for each in Strictness)
    setting.add_argument("--severity", choices=[each.value for each in Strictness], help=f"松紧：{words}")
    setting.add_argument(
        "--threshold", action="append", default=[], metavar="名字=值", help="界限，例如 limit_pct=40；可以写几次"
    )
    setting.add_argument("--reason", default="", metavar="原因", help="为什么改（必写）")
    resetting = add("rules", "reset", rules_reset, "恢复出厂设置")
    resetting.add_argument("code", metavar="代码")
    resetting.add_argument("--reason", default="", metavar="原因", help="为什么改回（必写）")
    past = add("rules", "history", rules_history, "规则改过哪些、谁、何时、为何")
    past.add_argument("code", nargs="?", metavar="代码", help="只看这一条")


def _data(row: RuleRow) -> dict[str, object]:
    shipped = {threshold.name: threshold for threshold in row.shipped_thresholds}
    return {
        "code": row.code,
        "name": row.name,
        "text": row.text,
        "severity": row.severity.value,
        "shipped_severity": row.shipped_severity.value,
        "fixed": row.fixed,
        "choices": [choice.value for choice in row.choices],
        "thresholds": [
            {
                "name": t.name,
                "label": t.label,
                "value": plain(t.value),
                "shipped": plain(shipped[t.name].value),
                "unit": t.unit,
                "min": plain(t.low),
                "max": plain(t.high),
                "whole": t.whole,
            }
            for t in row.thresholds
        ],
        "changed": row.changed,
        "reason": row.reason or None,
        "changed_at": row.changed_at or None,
        "changed_by": row.changed_by or None,
        "problem": row.problem or None,
    }


def _note(row: RuleRow) -> str:
    if row.problem:
        return row.problem
    return f"本局改过：{row.reason}" if row.changed else ("必须执行" if row.fixed else "")


def rules_list(arguments: argparse.Namespace) -> int:
    """``rules list``."""
    from desktop_app.services.rules import list_rules

    with closing(opened(arguments)) as ledger:
        rows = list_rules(ledger)
    cells = [[r.code, r.name, r.severity.label, r.thresholds_text, _note(r)] for r in rows]
    emit(arguments, [_data(row) for row in rows], table(["代码", "规则", "松紧", "界限", "备注"], cells))
    return 0


def rules_set(arguments: argparse.Namespace) -> int:
    """``rules set``."""
    from desktop_app.services.rules import set_rule

    values: dict[str, str] = {}
    for text in arguments.threshold:
        name, found, value = text.partition("=")
        if not found or not name.strip() or not value.strip():
            raise UserError(f"界限“{text}”要写成 名字=值", hint="例如 --threshold limit_pct=40")
        values[name.strip()] = value
    severity = Strictness(arguments.severity) if arguments.severity else None
    with closing(opened(arguments)) as ledger:
        row = set_rule(ledger, arguments.code, severity, values, arguments.reason)
    _say(arguments, row, "已改")
    return 0


def rules_reset(arguments: argparse.Namespace) -> int:
    """``rules reset``."""
    from desktop_app.services.rules import reset_rule

    with closing(opened(arguments)) as ledger:
        row = reset_rule(ledger, arguments.code, arguments.reason)
    _say(arguments, row, "已恢复出厂设置")
    return 0


def _say(arguments: argparse.Namespace, row: RuleRow, done: str) -> None:
    limits = f"，{row.thresholds_text}" if row.thresholds else ""
    emit(arguments, _data(row), f"{done}：{row.name}（{row.code}）现为{row.severity.label}{limits}。")


def rules_history(arguments: argparse.Namespace) -> int:
    """``rules history``."""
    from desktop_app.services.rules import history

    with closing(opened(arguments)) as ledger:
        steps = history(ledger, arguments.code)
    cells = [[s.at, s.by, s.name, s.what, s.reason] for s in steps]
    emit(arguments, [_step(s) for s in steps], table(["时间", "谁", "规则", "改动", "原因"], cells))
    return 0


def _step(step: RuleChange) -> dict[str, object]:
    return {
        "id": step.id,
        "code": step.code,
        "name": step.name,
        "what": step.what,
        "reason": step.reason,
        "at": step.at,
        "by": step.by,
    }
