"""``profiles``, ``returns`` and ``templates`` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.importing.makers import save
from tests.services.test_returns import BAD, GOOD, table


def test_profiles_from_learning_to_sharing(run: Run, registers: Path, tmp_path: Path) -> None:
    file = save(tmp_path, "丁.csv", table(GOOD))
    assert run("--db", registers, "--json", "import", file, "--accept-warnings", "已核实").status == 0
    listed = run("--db", registers, "--json", "profiles", "list").json
    assert [(p["name"], p["company"], p["uses"]) for p in listed] == [("示例丁快递", "示例丁快递有限公司", 1)]
    shown = run("--db", registers, "--json", "profiles", "show", "示例丁快递").json
    assert {"head": "企业名称", "meaning": "企业", "fixed": False} in shown["columns"]
    assert run("--db", registers, "profiles", "rename", "示例丁快递", "丁").status == 0
    assert "人工指定" in run("--db", registers, "profiles", "set", "丁", "票数=快递业务量 · 件").out
    out = tmp_path / "方案.json"
    assert run("--db", registers, "profiles", "export", "-o", out).status == 0
    assert json.loads(out.read_text(encoding="utf-8"))["profiles"][0]["name"] == "丁"
    assert run("--db", registers, "profiles", "delete", "丁").status == 0
    assert [p["name"] for p in run("--db", registers, "--json", "profiles", "import", out).json] == ["丁"]
    missing = run("--db", registers, "profiles", "show", "戊")
    assert (missing.status, missing.out) == (1, "")
    assert "没有名为“戊”的方案" in missing.err


def test_a_return_sheet_and_its_printed_page(run: Run, registers: Path, tmp_path: Path) -> None:
    file = save(tmp_path, "丁.csv", table(BAD))
    out, pdf = tmp_path / "退回.xlsx", tmp_path / "退回单.pdf"
    made = run("--db", registers, "--json", "returns", "make", file, "-o", out, "--pdf", pdf).json
    assert (made["company"], made["period"], made["pages"]) == ("示例丁快递有限公司", "2021-03", 1)
    assert made["errors"] >= 1
    assert out.exists()
    assert pdf.read_bytes().startswith(b"%PDF")


def test_a_template(run: Run, registers: Path, tmp_path: Path) -> None:
    out = tmp_path / "丙.xlsx"
    (made,) = run(
        "--db", registers, "--json", "templates", "make", "--company", "示例丙", "--period", "2021-03", "-o", out
    ).json
    assert (made["company"], made["period"]) == ("示例丙快递有限公司", "2021-03")
    assert out.exists()
    refused = run("--db", registers, "templates", "make", "--company", "戊己", "--period", "2021-03", "-o", out)
    assert refused.status == 1
    assert "名录" in refused.err


def test_a_column_is_named_on_the_command_line(run: Run, registers: Path, tmp_path: Path) -> None:
    file = tmp_path / "三月.csv"
    file.write_text("2021年3月汇总表\n企业名称,票数,乙栏\n示例丁快递,3.5,x\n", encoding="utf-8")
    said = ("--column", "票数=快递业务量 · 万件", "--column", "第3列=跳过")
    (done,) = run("--db", registers, "--json", "import", file, *said, "--accept-warnings", "已核实").json
    assert (done["outcome"], done["totals"]["MKT.VOL"]) == ("committed", "35000")
    shown = run("--db", registers, "--json", "profiles", "show", "示例丁快递").json
    assert {"head": "票数", "meaning": "快递业务量 · 万件", "fixed": True} in shown["columns"]
    assert run("--db", registers, "import", file, "--column", "票数").status == 2
