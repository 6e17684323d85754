"""``targets`` as CLI.md promises it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_the_register_as_of_a_month(run: Run, spring_file: Path) -> None:
    rows = run("--db", spring_file, "targets", "--period", "2021-03", "--json").json
    assert {row["document"] for row in rows} >= {"“十四五”邮政业发展规划", "吉林市快递业发展“十四五”规划"}
    reach = next(row for row in rows if row["indicator"] == "RUR.REACH" and row["clause"] == "专栏3")
    assert (reach["comparator"], reach["target"], reach["unit"], reach["due"]) == ("≥", "100", "%", "2022-12")
    assert reach["state"] in {"on_track", "behind", "open", "met"}
    assert reach["value"] is not None


def test_contradictions(run: Run, spring_file: Path) -> None:
    found = run("--db", spring_file, "targets", "--conflicts", "--json").json
    assert any("≥10万个" in row["message"] and "≥15万个" in row["message"] for row in found)


def test_the_monitoring_table_is_printed(run: Run, spring_file: Path, tmp_path: Path) -> None:
    made = run("--db", spring_file, "report", "plan", "--period", "2021-Q1", "-o", tmp_path / "p.pdf", "--json").json
    assert Path(made["file"]).read_bytes().startswith(b"%PDF-")
    assert made["pages"] >= 5
    assert made["missing_glyphs"] == []
