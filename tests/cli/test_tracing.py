"""``trace`` and ``definitions`` on the demo county."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_a_figure_is_traced_to_its_row(run: Run, spring_file: Path) -> None:
    found = run("--db", spring_file, "trace", "MKT.VOL", "--period", "2021-03", "--subject", "1", "--json").json
    assert found["text"] == "18.23万件"
    node = found["tree"][0]
    assert (node["file"], node["row"], node["column"]) == ("企业月报_2021年3月.csv", 4, "快递业务量合计")
    assert [(each["version"], each["standing"]) for each in node["versions"]] == [(1, "计入")]
    said = run("--db", spring_file, "trace", "MKT.VOL", "--period", "2021-03")
    assert "公式：快递业务量 = " in said.out
    assert "缺报：示例己快递" in said.out


def test_definitions_stand_side_by_side(run: Run, spring_file: Path) -> None:
    found = run("--db", spring_file, "definitions", "RUR.REACH", "--period", "2021-03", "--json").json
    lines = {line["key"]: line for line in found["definitions"]}
    assert [lines[key]["fraction"] for key in ("any", "2", "3", "major", "direct")] == [
        f"{count} / 256 村" for count in (221, 217, 201, 0, 138)
    ]
    assert lines["major"]["value"] == "0"
    assert all(line["clause"] for line in found["definitions"])
    assert [key for key, line in lines.items() if line["used"]] == ["any"]


def test_a_matter_with_one_definition_says_so(run: Run, spring_file: Path) -> None:
    answer = run("--db", spring_file, "definitions", "MKT.VOL", "--period", "2021-03")
    assert answer.status == 1
    assert "只有一个口径" in answer.err
