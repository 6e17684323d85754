"""``rules`` from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.services.demo import MARCH_FILES, REASON, written
from tests.services.test_reasons import table, zero

ZERO = MARCH_FILES / "庚_零报.xlsx"


def test_rules_are_listed_set_put_back_and_told(run: Run, spring: Path) -> None:
    listed = run("--db", spring, "--json", "rules", "list").json
    yoy = next(rule for rule in listed if rule["code"] == "YOY_LIMIT")
    assert (yoy["severity"], yoy["fixed"], yoy["changed"]) == ("warning", False, False)
    assert yoy["thresholds"][0] == {
        "name": "limit_pct", "label": "同比界限", "value": "30", "shipped": "30", "unit": "%",
        "min": "1", "max": "1000", "whole": False,
    }  # fmt: skip
    done = run("--db", spring, "rules", "set", "YOY_LIMIT", "--threshold", "limit_pct=40", "--reason", "试行")
    assert done.status == 0
    assert "同比变动过大（YOY_LIMIT）现为提示，同比界限 40%" in done.out
    assert "本局改过：试行" in run("--db", spring, "rules", "list").out
    again = run("--db", spring, "--json", "rules", "set", "YOY_LIMIT", "--severity", "error", "--reason", "从严").json
    assert (again["severity"], again["thresholds"][0]["value"]) == ("error", "40")
    assert run("--db", spring, "--json", "rules", "reset", "YOY_LIMIT", "--reason", "到期").json["changed"] is False
    steps = run("--db", spring, "--json", "rules", "history", "YOY_LIMIT").json
    assert [(step["what"], step["reason"]) for step in steps] == [
        ("恢复出厂设置", "到期"),
        ("提示 → 错误", "从严"),
        ("同比界限 30% → 40%", "试行"),
    ]
    assert run("--db", spring, "rules", "history", "MOM_LIMIT").out.strip() == "（没有）"


def test_what_may_not_be_set_is_refused(run: Run, spring: Path) -> None:
    for words, said in (
        (("PARTS_SUM", "--severity", "off", "--reason", "试"), "必须执行"),
        (("YOY_LIMIT", "--threshold", "limit_pct=0", "--reason", "试"), "1 与 1000 之间"),
        (("YOY_LIMIT", "--threshold", "40", "--reason", "试"), "要写成 名字=值"),
        (("YOY_LIMIT", "--threshold", "limit_pct=40"), "要写明原因"),
        (("YOY_LIMIT", "--reason", "试"), "没有改动"),
    ):
        refused = run("--db", spring, "rules", "set", *words)
        assert (refused.status, refused.out) == (1, ""), words
        assert said in refused.err
    assert run("--db", spring, "rules", "set", "YOY_LIMIT", "--severity", "soft", "--reason", "试").status == 2


def test_a_rule_switched_off_lets_the_file_in_without_a_reason(run: Run, spring: Path) -> None:
    assert run("--db", spring, "import", ZERO).status == 1
    run("--db", spring, "rules", "set", "ZERO_REPORT", "--severity", "off", "--reason", "只有一个代办点")
    codes = [i["code"] for i in run("--db", spring, "--json", "import", ZERO, "--dry-run").json[0]["issues"]]
    for code in codes:
        run("--db", spring, "rules", "set", code, "--severity", "off", "--reason", "同上")
    assert run("--db", spring, "--json", "import", ZERO).json[0]["outcome"] == "committed"


def test_earlier_reasons_are_suggested(run: Run, spring: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "庚4月.csv", table(zero("示例庚快递")))
    refused = run("--db", spring, "import", file)
    assert refused.status == 1
    assert f"此企业以前对同样问题的说明：{REASON}" in refused.err
    (answer,) = run("--db", spring, "--json", "import", file, "--dry-run").json
    assert answer["earlier_reasons"] == [REASON]
