"""Tuning of the check rules: what may be set, that it holds at once, that nothing checked otherwise is stored."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Month
from desktop_app.services import imports, rules
from desktop_app.services.duties import duties
from desktop_app.services.ledger import open_ledger
from desktop_app.services.maintenance import check
from desktop_app.services.overview import build_overview
from desktop_app.services.results.imports import Outcome
from desktop_app.services.results.rules import RuleRow, Strictness
from desktop_app.services.rural import coverage_report, rural_board
from desktop_app.storage import audit
from desktop_app.storage import rules as stored
from desktop_app.storage.engine import Ledger
from tests.services.demo import MARCH, MARCH_FILES, brought
from tests.services.demo import stored as fingerprint

ZERO = MARCH_FILES / "庚_零报.xlsx"
WHY = "县内只有一家代办点，零报属正常，经局务会研究"


def row(ledger: Ledger, code: str) -> RuleRow:
    return next(row for row in rules.list_rules(ledger) if row.code == code)


def codes(ledger: Ledger, file: Path) -> list[str]:
    return [issue.code for issue in imports.preview_file(ledger, file, ImportOptions()).issues]


def test_a_new_ledger_has_the_shipped_rules(spring: Ledger) -> None:
    rows = rules.list_rules(spring)
    assert not any(row.changed or row.reason or row.problem for row in rows)
    assert row(spring, "PRICE_BAND").thresholds_text == "单件收入下限 5 元/件；单件收入上限 25 元/件"
    assert row(spring, "PARTS_SUM").fixed
    assert rules.history(spring) == ()


def test_a_rule_switched_off_asks_no_more_and_can_be_put_back(spring: Ledger) -> None:
    assert "ZERO_REPORT" in codes(spring, ZERO)
    changed = rules.set_rule(spring, "ZERO_REPORT", Strictness.OFF, reason=WHY)
    assert (changed.severity, changed.changed, changed.reason) == (Strictness.OFF, True, WHY)
    assert changed.changed_by
    assert "ZERO_REPORT" not in codes(spring, ZERO)
    rules.set_rule(spring, "ZERO_REPORT", Strictness.ERROR, reason="本月起零报一律退回核实")
    assert imports.preview_file(spring, ZERO, ImportOptions()).outcome is Outcome.REFUSED
    back = rules.reset_rule(spring, "ZERO_REPORT", "按省局通知恢复")
    assert (back.severity, back.changed, back.reason) == (Strictness.WARNING, False, "")
    assert "ZERO_REPORT" in codes(spring, ZERO)
    said = [(step.what, step.reason) for step in rules.history(spring, "ZERO_REPORT")]
    assert said == [
        ("恢复出厂设置", "按省局通知恢复"),
        ("不查 → 错误", "本月起零报一律退回核实"),
        ("提示 → 不查", WHY),
    ]


def test_thresholds_add_up_and_survive_closing(spring: Ledger) -> None:
    rules.set_rule(spring, "PRICE_BAND", None, {"high": "30"}, "本县有生鲜专线")
    rules.set_rule(spring, "PRICE_BAND", None, {"low": "4.5"}, "集中发货的单价低")
    assert spring.path is not None
    with closing(open_ledger(spring.path)) as again:
        assert row(again, "PRICE_BAND").thresholds_text == "单件收入下限 4.5 元/件；单件收入上限 30 元/件"
        assert [step.what for step in rules.history(again)] == [
            "单件收入下限 5 元/件 → 4.5 元/件",
            "单件收入上限 25 元/件 → 30 元/件",
        ]
        assert all(result.ok for result in check(again)), "the audit chain holds"
    with spring.read() as session:
        event = audit.last_of(session, rules.ACTION)
    assert event is not None
    assert event.subject == "PRICE_BAND 单件收入不在正常范围"
    assert "集中发货的单价低" in event.detail


REFUSED = {
    "no reason": (("YOY_LIMIT", None, {"limit_pct": "40"}, "  "), "改审核规则要写明原因"),
    "fixed": (("PARTS_SUM", Strictness.WARNING, {}, WHY), "必须执行的规则"),
    "fixed warning": (("CORRECTION", Strictness.OFF, {}, WHY), "必须执行的规则"),
    "beyond": (("YOY_LIMIT", None, {"limit_pct": "1001"}, WHY), "同比界限应在 1 与 1000 之间"),
    "words": (("YOY_LIMIT", None, {"limit_pct": "三成"}, WHY), "同比界限应为数字，不能是“三成”"),
    "unknown rule": (("NO_SUCH", None, {}, WHY), "没有代码为 NO_SUCH 的审核规则"),
    "unknown threshold": (("YOY_LIMIT", None, {"max": "3"}, WHY), "没有名为 max 的界限"),
    "nothing new": (("YOY_LIMIT", Strictness.WARNING, {"limit_pct": "30.0"}, WHY), "没有改动"),
    "band": (("PRICE_BAND", None, {"low": "25"}, WHY), "单件收入下限 25 应小于单件收入上限 25"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_setting_changes_nothing(spring: Ledger, name: str) -> None:
    (code, severity, thresholds, reason), words = REFUSED[name]
    before = fingerprint(spring)
    with pytest.raises(UserError) as caught:
        rules.set_rule(spring, code, severity, thresholds, reason)
    assert words in caught.value.message
    assert caught.value.hint
    assert fingerprint(spring) == before


def test_a_reset_wants_a_reason_and_something_to_reset(spring: Ledger) -> None:
    with pytest.raises(UserError, match="本来就是出厂设置"):
        rules.reset_rule(spring, "YOY_LIMIT", WHY)
    rules.set_rule(spring, "YOY_LIMIT", None, {"limit_pct": "45%"}, WHY)
    with pytest.raises(UserError, match="要写明原因"):
        rules.reset_rule(spring, "YOY_LIMIT", "")
    assert row(spring, "YOY_LIMIT").thresholds_text == "同比界限 45%"


def test_a_file_checked_under_other_rules_is_not_stored(spring: Ledger) -> None:
    preview = imports.preview_file(spring, ZERO, ImportOptions())
    rules.set_rule(spring, "MOM_LIMIT", Strictness.ERROR, reason="起落大的一律退回核实")
    before = fingerprint(spring)
    (result,) = imports.commit_previews(spring, [preview], "已核实")
    assert (result.outcome, result.issues[0].message) == (Outcome.REFUSED, "审核规则在核对之后又改了")
    assert fingerprint(spring) == before
    rules.set_rule(spring, "MOM_LIMIT", Strictness.OFF, reason="试行后取消")
    assert brought(spring, ZERO).outcome is Outcome.COMMITTED


def test_alarms_follow_the_limit(county: Ledger, own_county: Ledger) -> None:
    month = Month(2021, 12)

    def growth(of: Ledger) -> list[str]:
        return [alarm.detail for alarm in build_overview(of, month).alarms if "核实界限" in alarm.detail]

    assert growth(county), "the demo county has companies beyond 30 %"
    rules.set_rule(own_county, "YOY_LIMIT", None, {"limit_pct": "1000"}, WHY)
    assert growth(own_county) == []


def test_due_day_and_age_of_evidence_are_the_bureaus_own(spring: Ledger) -> None:
    rules.set_rule(spring, "DUE_DAY", None, {"day": "5"}, "省局通知")
    assert "截止 5月5日" in {row.problem for row in duties(spring, Month(2021, 4))}
    stale = {village.evidence for village in rural_board(spring, MARCH).villages if "待核实" in village.evidence}
    rules.set_rule(spring, "EVIDENCE_AGE", None, {"days": "1"}, "半年一查改为逐月查")
    more = [village.evidence for village in rural_board(spring, MARCH).villages if "待核实" in village.evidence]
    assert len(more) > len(stale)
    assert any(gap.evidence.startswith("待核实") for gap in coverage_report(spring, MARCH, gaps=True).gaps)
    with pytest.raises(UserError, match="应为整数"):
        rules.set_rule(spring, "DUE_DAY", None, {"day": "5.5"}, "试")


def test_a_setting_that_no_longer_fits_is_told_and_not_applied(spring: Ledger) -> None:
    """Another version of the program may have a rule fixed, or a narrower range."""
    with spring.write() as session:
        stored.add_setting(session, "PARTS_SUM", Strictness.WARNING, {}, reason="旧版", created_by="王")
        stored.add_setting(session, "GONE", Strictness.OFF, {}, reason="旧版", created_by="王")
        audit.append(session, "王", rules.ACTION, "旧版")
    kept = row(spring, "PARTS_SUM")
    assert kept.severity is Strictness.ERROR
    assert "已不适用，现按出厂设置" in kept.problem
    assert rules.history(spring)[0].what == "这条规则已不再使用"
    assert rules.reset_rule(spring, "PARTS_SUM", "换新版").problem == ""
