"""Reading ``[rules]`` and ``[[check]]`` entries."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.catalogue.indicators import choice
from desktop_app.catalogue.reading import Entry
from desktop_app.catalogue.rules import Check, CheckRules, RuleError, Threshold, check_order
from desktop_app.models.values import Strictness


def read_rules(entry: Entry, checks: Mapping[str, Check]) -> CheckRules:
    """What belongs to no single check, each within the range in which it means something; with the checks."""
    rules = CheckRules(entry.integers("slip_factors"), checks)
    entry.finish()
    if not rules.slip_factors or any(factor < 10 for factor in rules.slip_factors):
        raise entry.error("单位错位的倍数 slip_factors 应不小于 10，至少写一个")
    return rules


def read_check(entry: Entry) -> Check:
    """One check with its thresholds."""
    severity = choice(entry, "severity", Strictness)
    fixed = entry.flag("fixed", default=False)
    choices = _choices(entry)
    thresholds = [_read_threshold(place) for place in entry.tables("threshold")]
    check = Check(
        code=entry.text("code"),
        name=entry.text("name"),
        text=entry.text("text"),
        severity=severity,
        fixed=fixed,
        choices=(severity,) if fixed else choices,
        thresholds={threshold.name: threshold for threshold in thresholds},
        checks_files=entry.flag("checks_files", default=True),
    )
    entry.finish()
    if len(check.thresholds) != len(thresholds):
        raise entry.error("同一个界限写了两次")
    if severity not in check.choices:
        raise entry.error(f"choices 里没有 severity 的值“{severity.value}”")
    if fixed and severity is Strictness.OFF:
        raise entry.error("fixed = true 的规则不能是 off")
    try:
        check_order(check.thresholds)
    except RuleError as error:
        raise entry.error(str(error)) from None
    return check


def _choices(entry: Entry) -> tuple[Strictness, ...]:
    words = entry.texts("choices")
    try:
        return tuple(Strictness(word) for word in words) or tuple(Strictness)
    except ValueError:
        allowed = "、".join(word.value for word in Strictness)
        raise entry.error(f"choices 里有不认识的值，可用：{allowed}") from None


def _read_threshold(entry: Entry) -> Threshold:
    threshold = Threshold(
        name=entry.text("name"),
        label=entry.text("label"),
        value=entry.decimal("value"),
        unit=entry.text("unit", ""),
        low=entry.decimal("min"),
        high=entry.decimal("max"),
        whole=entry.flag("whole", default=False),
    )
    entry.finish()
    try:
        return threshold.at(threshold.value)
    except RuleError as error:
        raise entry.error(str(error)) from None
