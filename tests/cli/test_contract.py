"""Every command of the contract: its JSON, its exit status, nothing else on stdout, nothing left by a refusal."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.said import chinese, refused, rows
from tests.services.demo import DATA, MARCH_FILES, NATIONAL, REASON, SAMPLE, VILLAGES

INDICATOR = {
    "code", "name", "unit", "period", "value", "previous_year", "yoy_pct", "previous", "mom_pct", "cumulative",
    "cumulative_yoy_pct", "share_pct", "share_change_pp", "state", "definition", "sources", "rows",
}  # fmt: skip
READING = {
    "encoding", "delimiter", "quote", "sheet", "title", "unit", "layout", "header_rows", "columns", "rows",
    "total_rows", "note_rows", "warnings",
}  # fmt: skip
IMPORT = {"file", "sha256", "outcome", "batch", "kind", "company", "period", "rows", "totals", "issues"}
ISSUE = {"severity", "code", "sheet", "row", "column", "value", "message", "suggestion"}


# ----------------------------------------------------------------------------------------------- init, registers


def test_init_makes_a_ledger(run: Run, tmp_path: Path) -> None:
    db = tmp_path / "新" / "台账.db"
    answer = run("--db", db, "init", "--region", "220281", "--name", "蛟河市", "--json")
    assert (answer.status, answer.err) == (0, "")
    assert answer.json == {"db": str(db), "schema": answer.json["schema"], "region": "220281"}
    again = run("--db", db, "init", "--region", "220281", "--json")
    assert again.json == answer.json


def test_init_refuses_another_county_s_ledger(run: Run, registers: Path) -> None:
    before = rows(registers)
    refused(run("--db", registers, "init", "--region", "320500", "--json"))
    refused(run("--db", registers, "init", "--region", "220281", "--sample"))
    assert rows(registers) == before


def test_init_refuses_what_is_no_ledger(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "论文.docx"
    file.write_bytes(b"not a database")
    refused(run("--db", file, "init", "--region", "220281"))
    assert file.read_bytes() == b"not a database"


def test_the_demo_exists_for_one_county_only(run: Run, tmp_path: Path) -> None:
    refused(run("--db", tmp_path / "x.db", "init", "--region", "320500", "--sample"))
    assert list(tmp_path.glob("x.db*")) == []


def test_a_demo_that_cannot_be_filled_leaves_no_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation whose sample lacks a month's file is damaged: refused, and no half county stays behind."""
    from desktop_app.services import sample

    broken = tmp_path / "sample"
    shutil.copytree(SAMPLE, broken, ignore=shutil.ignore_patterns("2020-0[2-9]", "2020-1*", "2021-*"))
    (broken / "months" / "2020-01" / "企业月报_2020年1月.csv").write_text("坏了\n", encoding="utf-8")
    monkeypatch.setattr(sample, "sample_dir", lambda: broken)
    db = tmp_path / "demo.db"
    refused(run("--db", db, "init", "--region", "220281", "--sample"))
    assert list(tmp_path.glob("demo.db*")) == []


def test_the_registry_of_the_county(run: Run, tmp_path: Path) -> None:
    db = tmp_path / "t.db"
    run("--db", db, "init", "--region", "220281")
    answer = run("--db", db, "regions", "import", VILLAGES, "--json")
    assert answer.status == 0
    assert {key: answer.json[key] for key in ("added", "changed", "closed", "refused", "villages")} == {
        "added": 286,
        "changed": 0,
        "closed": 0,
        "refused": 0,
        "villages": 256,
    }
    assert answer.json["read"] >= 286


def test_a_later_registry_tells_that_closed_villages_hand_nothing_on(run: Run, tmp_path: Path) -> None:
    db, later = tmp_path / "t.db", tmp_path / "新名录.csv"
    run("--db", db, "init", "--region", "220281")
    assert run("--db", db, "regions", "import", VILLAGES).err == ""
    lines = VILLAGES.read_text(encoding="utf-8-sig").splitlines()
    later.write_text("\n".join(line for line in lines if not line.startswith("220281104208")), encoding="utf-8")
    answer = run("--db", db, "regions", "import", later, "--from", "2021-03", "--json")
    assert (answer.status, answer.json["closed"]) == (0, 1)
    assert f"undo {answer.json['batch']}" in answer.err
    assert "核对新名录" in answer.err


def test_the_register_of_companies(run: Run, tmp_path: Path) -> None:
    db = tmp_path / "t.db"
    run("--db", db, "init", "--region", "220281")
    assert run("--db", db, "enterprises", "import", SAMPLE / "enterprises.csv", "--json").json["added"] == 12
    listed = run("--db", db, "enterprises", "list", "--json")
    assert listed.status == 0
    assert len(listed.json) == 12
    assert {"name", "brand", "uscc", "licence_no", "kind", "aliases", "opened", "closed"} <= set(listed.json[0])
    refused(run("--db", db, "enterprises", "import", NATIONAL, "--json"))
    refused(run("--db", db, "regions", "import", SAMPLE / "enterprises.csv", "--json"))


def test_the_register_of_outlets(run: Run, registers: Path) -> None:
    (done,) = run("--db", registers, "import", SAMPLE / "outlets.csv", "--json").json
    assert (done["outcome"], done["kind"], done["rows"]["rejected"]) == ("committed", "outlets", 0)
    assert done["totals"] == {"OUTLETS": str(done["rows"]["accepted"])}
    listed = run("--db", registers, "outlets", "list", "--json").json
    assert len(listed) == done["rows"]["accepted"]
    assert {"name", "kind", "company", "filing_no", "region", "town", "green", "recycling", "standardised"} <= set(
        listed[0]
    )
    words = ("--db", registers, "outlets", "list", "--company", "示例甲", "--kind", "末端网点")
    mine = run(*words, "--json").json
    assert {(row["company"], row["kind"]) for row in mine} == {("示例甲快递有限公司", "末端网点")}
    assert mine[0]["name"] in run(*words).out
    refused(run("--db", registers, "outlets", "list", "--company", "示例寅", "--json"))
    wrong = run("--db", registers, "outlets", "list", "--kind", "驿站")
    assert (wrong.status, "没有“驿站”这种网点，可用：分支机构、末端网点" in wrong.err) == (2, True)
    assert run("--db", registers, "undo", done["batch"], "--json").json["state"] == "undone"
    assert run("--db", registers, "outlets", "list", "--json").json == []


# ----------------------------------------------------------------------------------------------- files in


def test_inspect_imports_nothing_and_needs_no_ledger(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "表.csv"
    answer = run("inspect", MARCH_FILES / "乙3月.csv", "--csv", out, "--json")
    assert answer.status == 0
    assert set(answer.json) >= READING
    assert (answer.json["encoding"], answer.json["layout"], answer.json["delimiter"]) == (
        "gb18030",
        "official_form",
        ",",
    )
    content = out.read_bytes()
    assert content.startswith("".join(answer.json["columns"][:1]).encode())
    assert b"\r\n" in content
    assert len(content.decode("utf-8").splitlines()) >= answer.json["rows"] + 1
    refused(run("inspect", tmp_path / "没有.csv", "--json"))
    refused(run("inspect", MARCH_FILES / "加密.xlsx", "--json"))


def test_a_dry_run_says_all_and_stores_nothing(run: Run, spring: Path) -> None:
    before = rows(spring)
    answer = run("--db", spring, "import", MARCH_FILES / "甲_202103.xlsx", "--dry-run", "--json")
    assert answer.status == 0
    (result,) = answer.json
    assert set(result) >= IMPORT
    assert (result["outcome"], result["batch"], result["kind"]) == ("preview", None, "official_form")
    assert (result["company"], result["period"]) == ("示例甲快递有限公司", "2021-03")
    counts = result["rows"]
    assert counts["read"] == counts["accepted"] + counts["rejected"] + counts["skipped"]
    assert result["totals"]["MKT.VOL"] == "182304"
    assert rows(spring) == before


def test_import_undo_and_the_list_of_batches(run: Run, spring: Path) -> None:
    answer = run("import", MARCH_FILES / "甲_202103.xlsx", "--json", "--db", spring)
    (result,) = answer.json
    assert (answer.status, result["outcome"]) == (0, "committed")
    assert chinese(answer.err)
    again = run("import", MARCH_FILES / "甲_202103.xlsx", "--json", "--db", spring)
    assert (again.status, again.json[0]["outcome"], again.json[0]["batch"]) == (0, "duplicate", result["batch"])
    undone = run("--db", spring, "undo", str(result["batch"]), "--reason", "放错了", "--json")
    assert (undone.status, undone.json["state"]) == (0, "undone")
    listed = run("--db", spring, "batches", "--json").json
    assert (listed[0]["id"], listed[0]["state"], listed[0]["reason"]) == (result["batch"], "undone", "放错了")
    refused(run("--db", spring, "undo", str(result["batch"]), "--json"))
    refused(run("--db", spring, "undo", "9999", "--json"))


def test_a_mixed_list_tells_each_file_s_fate(run: Run, spring: Path) -> None:
    """One file is one transaction: the refused one leaves nothing, the good one stays, the status says look here."""
    files = [MARCH_FILES / name for name in ("甲_202103.xlsx", "丁快递3月.csv", "无此企业.csv", "没有.csv")]
    answer = run("--db", spring, "import", *files, "--json")
    assert answer.status == 1
    assert [result["outcome"] for result in answer.json] == ["committed", "refused", "refused", "refused"]
    for result in answer.json[1:]:
        (issue,) = result["issues"]
        assert set(issue) == ISSUE
        assert issue["severity"] == "error"
        assert result["batch"] is None
    assert answer.json[1]["issues"][0]["row"] == 9
    batches = run("--db", spring, "batches", "--json").json
    assert [batch["file"] for batch in batches[:1]] == ["甲_202103.xlsx"]


@pytest.mark.parametrize("name", ["缺列.csv", "空表.csv", "加密.xlsx", "其实是PDF.csv", "无此企业.csv"])
def test_bad_input_gets_one_line_and_leaves_no_row(run: Run, spring: Path, name: str) -> None:
    before = rows(spring)
    answer = run("--db", spring, "import", MARCH_FILES / name)
    assert answer.status == 1
    assert answer.out == ""
    assert answer.err.count("错误") == 1
    assert rows(spring) == before


def test_warnings_are_accepted_with_a_reason_only(run: Run, spring: Path) -> None:
    file, before = MARCH_FILES / "庚_零报.xlsx", rows(spring)
    answer = run("--db", spring, "import", file, "--json")
    assert (answer.status, answer.json[0]["outcome"]) == (1, "refused")
    assert [issue["severity"] for issue in answer.json[0]["issues"]] == ["warning"]
    assert "--accept-warnings" in answer.err
    assert rows(spring) == before
    accepted = run("--db", spring, "import", file, "--accept-warnings", REASON, "--json")
    assert (accepted.status, accepted.json[0]["outcome"]) == (0, "committed")


def test_a_confirmed_unit_mends_a_slip_in_one_go(run: Run, spring: Path) -> None:
    file = MARCH_FILES / "癸_202103.xlsx"
    answer = run("--db", spring, "import", file, "--json")
    assert (answer.status, answer.json[0]["outcome"]) == (1, "refused")
    assert "--accept-repairs" in answer.err
    mended = run("--db", spring, "import", file, "--accept-repairs", "企业电话确认是万元", "--json")
    assert (mended.status, mended.json[0]["outcome"]) == (0, "committed")
    (issue,) = mended.json[0]["issues"]
    assert set(issue) == ISSUE
    assert (issue["code"], issue["severity"]) == ("UNIT_REPAIRED", "warning")
    assert "企业电话确认是万元" in issue["message"]


def test_a_password_opens_a_locked_workbook(run: Run, spring: Path) -> None:
    password = json.loads((MARCH_FILES / "manifest.json").read_text(encoding="utf-8"))["password"]
    answer = run("--db", spring, "import", MARCH_FILES / "加密.xlsx", "--password", password, "--dry-run", "--json")
    assert answer.json[0]["kind"] != "unknown"


# ----------------------------------------------------------------------------------------------- figures


def test_an_indicator(run: Run, spring_file: Path) -> None:
    answer = run("--db", spring_file, "indicator", "MKT.VOL", "--period", "2021-03", "--json")
    found = answer.json
    assert (answer.status, answer.err) == (0, "")
    assert set(found) >= INDICATOR
    assert {key: found[key] for key in ("value", "previous_year", "yoy_pct", "previous", "cumulative", "state")} == {
        "value": "628366",
        "previous_year": "529792",
        "yoy_pct": "18.6",
        "previous": "448514",
        "cumulative": "1657933",
        "state": "value",
    }
    assert {"batch", "file", "row"} <= set(found["sources"][0])
    assert [row["share_pct"] for row in found["rows"]] == ["12.1", "87.8", "0.1"]


def test_an_indicator_that_is_missing_is_null(run: Run, spring_file: Path) -> None:
    found = run("--db", spring_file, "indicator", "mkt.vol", "--period", "2022-Q3", "--json").json
    assert [found[key] for key in ("value", "yoy_pct", "previous", "mom_pct", "cumulative", "share_pct")] == [None] * 6
    assert (found["state"], found["text"], found["sources"]) == ("missing", "未报", [])


@pytest.mark.parametrize(("by", "count"), [("enterprise", 12), ("month", 3), ("region", 1)])
def test_an_indicator_by_company_month_and_region(run: Run, spring_file: Path, by: str, count: int) -> None:
    words = ["--db", str(spring_file), "indicator", "MKT.VOL", "--period", "2021-03", "--by", by, "--json"]
    found = run(*words, "--from", "2021-01", "--to", "2021-03").json
    assert len(found["rows"]) == count
    assert {"key", "name", "value", "state", "share_pct", "yoy_pct"} <= set(found["rows"][0])


def test_rates_move_in_points(run: Run, spring_file: Path) -> None:
    found = run("--db", spring_file, "indicator", "GRN.NOREPACK", "--period", "2021-03", "--json").json
    assert found["yoy_pct"] is None
    assert found["yoy_pp"] == "5.9"
    assert found["value"] == "90.7952"


def test_the_national_year_in_words_and_in_json(run: Run, national_file: Path) -> None:
    words = run("--db", national_file, "indicator", "MKT.VOL", "--period", "2020")
    assert (words.status, words.err) == (0, "")
    assert "833.6亿件，同比增长31.2%" in words.out
    found = run("--db", national_file, "indicator", "MKT.VOL", "--period", "2020", "--json").json
    assert (found["value"], found["yoy_pct"], found["region"]) == ("83360000000", "31.2", "000000000000")
    assert {row["code"]: row["share_pct"] for row in found["rows"]} == {
        "MKT.VOL.INTER": "83.2",
        "MKT.VOL.LOCAL": "14.6",
        "MKT.VOL.INTL": "2.2",
    }
    hole = run("--db", national_file, "indicator", "MKT.VOL", "--period", "2020-03", "--json").json
    assert (hole["value"], hole["state"]) == (None, "missing")


def test_coverage(run: Run, spring_file: Path) -> None:
    answer = run("--db", spring_file, "coverage", "--period", "2021-03", "--by", "town", "--gaps", "--json")
    found = answer.json
    assert {key: found[key] for key in ("villages", "covered", "rate_pct", "definition")} == {
        "villages": 256,
        "covered": 221,
        "rate_pct": "86.3",
        "definition": "any",
    }
    assert len(found["gaps"]) == 35
    assert {"code", "town", "name", "missing"} <= set(found["gaps"][0])
    assert sum(line["covered"] for line in found["by"]) == 221
    plain = run("--db", spring_file, "coverage", "--period", "2021-03", "--definition", "3", "--json").json
    assert (plain["definition"], plain["by"], plain["gaps"]) == ("3", [], [])
    early = run("--db", spring_file, "coverage", "--period", "2019-06", "--by", "brand", "--json").json
    assert early["rate_pct"] is None
    refused(run("--db", spring_file, "coverage", "--period", "2021-03", "--definition", "0", "--json"))


def test_green(run: Run, spring_file: Path) -> None:
    found = run("--db", spring_file, "green", "--period", "2021-03", "--programme", "9792", "--json").json
    assert found["programme"] == "9792"
    keys = {"indicator", "comparator", "target", "value", "numerator", "denominator", "met"}
    assert all(keys <= set(line) for line in found["lines"])
    tape = next(line for line in found["lines"] if line["indicator"] == "GRN.TAPE")
    assert (tape["comparator"], tape["target"], tape["numerator"], tape["denominator"], tape["met"]) == (
        "≥",
        "90",
        "482913",
        "516089",
        True,
    )
    wide = run("--db", spring_file, "green", "--period", "2021-03", "--by", "enterprise", "--json").json
    assert len(wide["enterprises"]) == 12
    assert {len(row["cells"]) for row in wide["rows"]} == {12}
    refused(run("--db", spring_file, "green", "--period", "2021-03", "--programme", "1", "--json"))


def test_duties(run: Run, spring_file: Path) -> None:
    found = run("--db", spring_file, "duties", "--period", "2021-03", "--json").json
    assert len(found) == 12
    assert [row["enterprise"] for row in found if row["state"] == "未报"] == ["示例己快递", "示例癸快递"]


# ----------------------------------------------------------------------------------------------- report, backup


def test_a_report(run: Run, spring_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "月报.pdf"
    answer = run("--db", spring_file, "report", "monthly", "--period", "2021-03", "-o", out, "--json")
    assert (answer.status, answer.err) == (0, "")
    assert set(answer.json) == {"file", "pages", "figures", "missing_glyphs"}
    assert (answer.json["file"], answer.json["missing_glyphs"]) == (str(out), [])
    assert answer.json["pages"] >= 2
    first = out.read_bytes()
    assert first.startswith(b"%PDF")
    run("--db", spring_file, "report", "monthly", "--period", "2021-03", "-o", out, "--json")
    assert out.read_bytes() == first


@pytest.mark.parametrize(
    "words",
    [
        ["monthly", "--period", "2022-05"],
        ["monthly", "--period", "2021"],
        ["monthly", "--period", "2021-03", "--format", "docx"],
        ["nonsense", "--period", "2021-03"],
    ],
)
def test_a_report_that_cannot_be_made_leaves_no_file(
    run: Run, spring_file: Path, tmp_path: Path, words: list[str]
) -> None:
    out = tmp_path / "月报.pdf"
    refused(run("--db", spring_file, "report", *words, "-o", out, "--json"))
    assert list(tmp_path.glob("*月报*")) == []


def test_a_report_into_a_folder_that_is_not_there(run: Run, spring_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "没有" / "月报.pdf"
    refused(run("--db", spring_file, "report", "monthly", "--period", "2021-03", "-o", out))
    assert not out.parent.exists()


def test_backup_restore_and_check(run: Run, spring: Path, tmp_path: Path) -> None:
    made = run("--db", spring, "backup", tmp_path / "U盘", "--json")
    assert (made.status, made.json["verified"]) == (0, True)
    copy = Path(made.json["file"])
    assert copy.parent == tmp_path / "U盘"
    run("--db", spring, "import", MARCH_FILES / "己.csv")
    changed = run("--db", spring, "indicator", "MKT.VOL", "--period", "2021-03", "--json").json["value"]
    assert changed != "628366"
    restored = run("--db", spring, "restore", copy, "--json")
    assert restored.status == 0
    assert Path(restored.json["replaced"]).exists()
    assert run("--db", spring, "indicator", "MKT.VOL", "--period", "2021-03", "--json").json["value"] == "628366"
    sound = run("--db", spring, "check", "--json")
    assert (sound.status, sound.json["ok"]) == (0, True)


def test_a_tampered_figure_fails_the_check(run: Run, spring: Path) -> None:
    with closing(sqlite3.connect(spring)) as connection:
        triggers = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'")]
        for name in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE observation SET value = value + 10000 WHERE id = (SELECT max(id) FROM observation)")
        connection.commit()
    answer = run("--db", spring, "check", "--json")
    assert (answer.status, answer.json["ok"]) == (1, False)
    assert [check for check in answer.json["checks"] if not check["ok"]]


def test_restoring_what_is_not_there_or_no_backup(run: Run, spring: Path, tmp_path: Path) -> None:
    before = spring.read_bytes()
    answer = run("--db", spring, "restore", tmp_path / "没有.db", "--json")
    refused(answer)
    assert "找不到这个备份文件" in answer.err
    refused(run("--db", spring, "restore", DATA / "national_express_monthly.csv", "--json"))
    assert spring.read_bytes() == before


@pytest.mark.slow
def test_the_self_test_passes(run: Run) -> None:
    answer = run("self-test", "--json")
    assert answer.status == 0
    assert [step["step"] for step in answer.json["steps"]] == [
        "新建台账",
        "导入示例",
        "计算指标",
        "画图",
        "打印月报",
        "检查台账",
    ]
