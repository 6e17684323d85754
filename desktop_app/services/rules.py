"""Tuning of the check rules (审核规则): listed, set and put back with a reason; every step is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.rules import Check, RuleError
from desktop_app.errors import UserError
from desktop_app.models.values import Strictness
from desktop_app.services import context
from desktop_app.services.ledger import actor
from desktop_app.services.results.rules import RuleBook, RuleChange, RuleRow
from desktop_app.storage import audit, rules
from desktop_app.storage.engine import Ledger
from desktop_app.storage.rules import StoredSetting

ACTION = "审核规则"
"""Audit word of every change."""
AS_SHIPPED = "恢复出厂设置"
_MEND = "请看“审核规则”中这条规则可设的值"


def rule_book(ledger: Ledger) -> RuleBook:
    """Rules and history at once, for the window."""
    return RuleBook(list_rules(ledger), history(ledger))


def list_rules(ledger: Ledger) -> tuple[RuleRow, ...]:
    """Every rule as it is in force, in the catalogue's order."""
    shipped, tuned = load_catalogue().rules.checks, context.catalogue(ledger).rules
    with ledger.read() as session:
        settings = rules.in_force(session)
    return tuple(
        _row(check, tuned.checks[code], settings.get(code), tuned.problems.get(code, ""))
        for code, check in shipped.items()
    )


def _row(shipped: Check, check: Check, setting: StoredSetting | None, problem: str) -> RuleRow:
    own = setting is not None and (setting.severity is not None or bool(setting.thresholds))
    return RuleRow(
        code=check.code,
        name=check.name,
        text=check.text,
        severity=check.severity,
        fixed=check.fixed,
        choices=check.choices,
        thresholds=tuple(check.thresholds.values()),
        shipped_severity=shipped.severity,
        shipped_thresholds=tuple(shipped.thresholds.values()),
        reason=setting.reason if setting is not None and own else "",
        changed_at=_local(setting.created_at) if setting is not None and own else "",
        changed_by=setting.created_by if setting is not None and own else "",
        problem=problem,
    )


def set_rule(
    ledger: Ledger,
    code: str,
    severity: Strictness | None = None,
    thresholds: Mapping[str, str] | None = None,
    reason: str = "",
) -> RuleRow:
    """Set how strict a rule is (None: as it is) and some of its thresholds, numbers as text in the rule's own unit.

    :raises UserError: no reason, an unknown or fixed rule, a value that is not allowed, or nothing that changes.
    """
    shipped, check = _known(code), context.catalogue(ledger).rules.checks[code]
    values = {name: _number(check, name, text) for name, text in (thresholds or {}).items()}
    try:
        wanted = check.set(severity, values)
    except RuleError as error:
        raise UserError(str(error), hint=_MEND, where=code) from None
    if wanted == check:
        raise UserError("没有改动", hint="给出新的松紧或界限", where=code)
    _store(ledger, shipped, wanted, reason)
    return next(row for row in list_rules(ledger) if row.code == code)


def reset_rule(ledger: Ledger, code: str, reason: str = "") -> RuleRow:
    """Put a rule back to how it is shipped.

    :raises UserError: no reason, an unknown rule, or one that is as shipped already.
    """
    shipped = _known(code)
    row = next(row for row in list_rules(ledger) if row.code == code)
    if not row.changed and not row.problem:
        raise UserError(f"“{shipped.name}”本来就是出厂设置", where=code)
    _store(ledger, shipped, shipped, reason)
    return next(row for row in list_rules(ledger) if row.code == code)


def _store(ledger: Ledger, shipped: Check, wanted: Check, reason: str) -> None:
    why = reason.strip()
    if not why:
        raise UserError(
            "改审核规则要写明原因", hint="例如：本县企业少，同比起落大，经局务会研究放宽", where=shipped.code
        )
    severity = None if wanted.severity is shipped.severity else wanted.severity
    changed = {n: t.value for n, t in wanted.thresholds.items() if t.value != shipped.thresholds[n].value}
    with ledger.write() as session:
        number = rules.add_setting(session, shipped.code, severity, changed, reason=why, created_by=actor())
        detail = {"setting": number, "severity": severity, "thresholds": changed, "reason": why}
        audit.append(session, actor(), ACTION, f"{shipped.code} {shipped.name}", detail)


def _known(code: str) -> Check:
    found = load_catalogue().rules.checks.get(code)
    if found is None:
        raise UserError(
            f"没有代码为 {code} 的审核规则",
            hint="全部规则见“审核规则”",
            command="用 bureau-ledger rules list 看全部规则",
        )
    return found


def _number(check: Check, name: str, text: str) -> Decimal:
    try:
        return Decimal(text.strip().rstrip("%％"))
    except InvalidOperation:
        label = check.thresholds[name].label if name in check.thresholds else name
        raise UserError(f"{label}应为数字，不能是“{text}”", hint="只写数字，例如 35", where=check.code) from None


# ----------------------------------------------------------------------------------------------- history


def history(ledger: Ledger, code: str | None = None) -> tuple[RuleChange, ...]:
    """Every step, newest first; of one rule or of all.

    :raises UserError: an unknown rule.
    """
    if code is not None:
        _known(code)
    with ledger.read() as session:
        steps = rules.settings_of(session, code)
    by_code: dict[str, list[StoredSetting]] = {}
    for step in reversed(steps):
        by_code.setdefault(step.code, []).append(step)
    words = {
        now.id: _what(now.code, before, now)
        for own in by_code.values()
        for before, now in pairwise([None, *own])
        if now is not None
    }
    names = {known: check.name for known, check in load_catalogue().rules.checks.items()}
    return tuple(
        RuleChange(s.id, s.code, names.get(s.code, s.code), words[s.id], s.reason, _local(s.created_at), s.created_by)
        for s in steps
    )


def _what(code: str, before: StoredSetting | None, now: StoredSetting) -> str:
    """What the step changed, against the step before it or the shipped rule."""
    check = load_catalogue().rules.checks.get(code)
    if check is None:
        return "这条规则已不再使用"
    if now.severity is None and not now.thresholds:
        return AS_SHIPPED
    said: list[str] = []
    old = (before.severity if before else None) or check.severity
    new = now.severity or check.severity
    if old is not new:
        said.append(f"{old.label} → {new.label}")
    for name, threshold in check.thresholds.items():
        was = (before.thresholds if before else {}).get(name, threshold.value)
        is_now = now.thresholds.get(name, threshold.value)
        if was != is_now:
            said.append(f"{threshold.label} {threshold.shown(was)} → {threshold.shown(is_now)}")
    return "；".join(said) or "没有变化"


def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
