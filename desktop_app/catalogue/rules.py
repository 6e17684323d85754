"""Reading ``[rules]``: thresholds of the checks (审核规则)."""

from __future__ import annotations

from desktop_app.catalogue.model import CheckRules
from desktop_app.catalogue.reading import Entry


def read_rules(entry: Entry) -> CheckRules:
    """All thresholds, each within the range in which it means something."""
    rules = CheckRules(
        yoy_limit_pct=entry.decimal("yoy_limit_pct"),
        mom_limit_pct=entry.decimal("mom_limit_pct"),
        unit_price_min=entry.decimal("unit_price_min"),
        unit_price_max=entry.decimal("unit_price_max"),
        slip_factors=entry.integers("slip_factors"),
        slip_tolerance_pct=entry.decimal("slip_tolerance_pct"),
        due_day=entry.integer("due_day"),
        evidence_days=entry.integer("evidence_days"),
    )
    entry.finish()
    if rules.yoy_limit_pct <= 0 or rules.mom_limit_pct <= 0:
        raise entry.error("同比、环比的界限应大于 0")
    if not 0 <= rules.unit_price_min < rules.unit_price_max:
        raise entry.error("单件收入的下限应不小于 0，且小于上限")
    if any(factor < 10 for factor in rules.slip_factors):
        raise entry.error("单位错位的倍数 slip_factors 应不小于 10")
    if not 0 < rules.slip_tolerance_pct < 100:
        raise entry.error("slip_tolerance_pct 应在 0 与 100 之间")
    if not 1 <= rules.due_day <= 28:
        raise entry.error("报送截止日 due_day 应在 1 到 28 之间")
    if rules.evidence_days < 1:
        raise entry.error("证据有效天数 evidence_days 应不小于 1")
    return rules
