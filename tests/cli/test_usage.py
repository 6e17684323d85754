"""Where options may stand, wrong usage, help, faults of ours, and what people read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.paths import log_dir
from tests.cli.conftest import Run
from tests.cli.said import chinese, refused, rows
from tests.services.demo import MARCH_FILES


@pytest.mark.parametrize("place", ["before", "after", "environment"])
def test_where_the_ledger_is_said(run: Run, spring_file: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words: list[str | Path] = ["batches"]
    if place == "environment":
        monkeypatch.setenv("BUREAU_LEDGER_DB", str(spring_file))
    elif place == "before":
        words = ["--db", spring_file, *words]
    else:
        words += ["--db", spring_file]
    for given in (["--json", *words], [*words, "--json"]):
        answer = run(*given)
        assert answer.status == 0
        assert answer.json[0]["file"]


def test_the_option_wins_over_the_environment(
    run: Run, spring_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUREAU_LEDGER_DB", str(tmp_path / "没有.db"))
    assert run("--db", spring_file, "duties", "--period", "2021-03").status == 0
    refused(run("duties", "--period", "2021-03", "--json"))


def test_without_a_ledger_one_is_told_how_to_make_one(run: Run) -> None:
    answer = run("indicator", "MKT.VOL", "--period", "2021-03", "--json")
    refused(answer)
    assert "bureau-ledger init" in answer.err


@pytest.mark.parametrize(
    "words",
    [
        ["没有这个命令"],
        ["indicator"],
        ["indicator", "MKT.VOL"],
        ["indicator", "MKT.VOL", "--period", "2021-13"],
        ["indicator", "MKT.VOL", "--period", "三月"],
        ["indicator", "MKT.VOL", "--period", "2021-03", "--by", "week"],
        ["coverage", "--period", "2021-03", "--bogus"],
        ["init", "--region", "12345"],
        ["import"],
        ["import", "x.csv", "--status", "初报"],
        ["undo", "一"],
        ["regions"],
        ["report", "monthly", "--period", "2021-03"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_said_in_chinese(run: Run, words: list[str]) -> None:
    answer = run(*words, "--json")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("用法不对：")
    for english in ("error", "usage", "invalid", "required", "argument", "choose", "expected", "unrecognized"):
        assert english not in answer.err


@pytest.mark.parametrize("words", [[], ["import"], ["regions"], ["regions", "import"], ["report"], ["indicator"]])
def test_help_is_chinese(run: Run, words: list[str]) -> None:
    answer = run(*words, "--help")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith("用法：bureau-ledger")
    for english in ("usage", "positional", "options:", "show this help", "program's version"):
        assert english not in answer.out


def test_a_fault_of_ours_is_reported_in_a_file(run: Run, spring_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_app.services import duties

    def broken(*_: object) -> None:
        raise ZeroDivisionError("示例甲快递 182304")

    monkeypatch.setattr(duties, "duties", broken)
    answer = run("--db", spring_file, "duties", "--period", "2021-03", "--json")
    assert (answer.status, answer.out) == (3, "")
    assert "Traceback" not in answer.err
    (report,) = log_dir().glob("故障-*.txt")
    assert str(report) in answer.err
    assert "ZeroDivisionError" in report.read_text(encoding="utf-8")


READERS: dict[str, Callable[[Path], list[str | Path]]] = {
    "indicator": lambda db: ["--db", db, "indicator", "MKT.VOL", "--period", "2021-03"],
    "coverage": lambda db: ["--db", db, "coverage", "--period", "2021-03", "--by", "brand", "--gaps"],
    "green": lambda db: ["--db", db, "green", "--period", "2021-03"],
    "duties": lambda db: ["--db", db, "duties", "--period", "2021-03"],
    "batches": lambda db: ["--db", db, "batches"],
    "enterprises": lambda db: ["--db", db, "enterprises", "list"],
    "inspect": lambda _: ["inspect", MARCH_FILES / "辛3月明细.csv"],
    "check": lambda db: ["--db", db, "check"],
}


@pytest.mark.parametrize("name", READERS)
def test_people_get_chinese_text(run: Run, spring_file: Path, name: str) -> None:
    answer = run(*READERS[name](spring_file))
    assert (answer.status, answer.err) == (0, "")
    assert chinese(answer.out)
    assert "None" not in answer.out


def test_reading_leaves_the_ledger_as_it_is(run: Run, spring: Path) -> None:
    before = rows(spring)
    for words in READERS.values():
        assert run(*words(spring), "--json").status == 0
    assert rows(spring) == before


# ----------------------------------------------------------------------------------------------- slips


def test_a_table_is_never_written_over_its_own_file_or_a_ledger(run: Run, spring: Path, tmp_path: Path) -> None:
    file = tmp_path / "乙3月.csv"
    file.write_bytes((MARCH_FILES / "乙3月.csv").read_bytes())
    before, ledger = file.read_bytes(), spring.read_bytes()
    link = tmp_path / "链接.csv"
    link.symlink_to(file)
    (tmp_path / "夹").mkdir()
    for out in (file, link, tmp_path / "夹" / ".." / file.name):
        answer = run("inspect", file, "--csv", out)
        assert answer.status == 1
        assert "要写的就是读入的这个文件" in answer.err
        assert file.read_bytes() == before
    answer = run("inspect", file, "--csv", spring)
    assert (answer.status, "台账" in answer.err) == (1, True)
    assert spring.read_bytes() == ledger
    assert run("inspect", file, "--csv", tmp_path / "别的.csv").status == 0


def test_of_several_files_it_says_how_many_went_in(run: Run, spring: Path, tmp_path: Path) -> None:
    good = MARCH_FILES / "乙3月.csv"
    answer = run("--db", spring, "import", good, tmp_path / "不存在.csv", "--accept-warnings", "已核实")
    assert answer.status == 1
    assert "共 2 个文件：1 个已入库，1 个未入库（每个文件单独入库，互不影响）" in answer.err
    answer = run("--db", spring, "import", good, good, "--dry-run")
    assert "共 2 个文件：0 个可以入库，0 个不能，2 个重复未再入库（只核对，没有入库）" in answer.err


def test_a_folder_is_named_by_its_path(run: Run, spring: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    answer = run("--db", spring, "import", ".")
    assert answer.status == 1
    assert f"{tmp_path.resolve()}：未入库" in answer.err
    assert "这是文件夹" in answer.err


def test_green_by_enterprise_prints_every_company(run: Run, spring_file: Path) -> None:
    words = ("--db", spring_file, "green", "--period", "2021-03")
    plain, each = run(*words), run(*words, "--by", "enterprise")
    assert "示例甲快递" not in plain.out
    assert each.out.startswith(plain.out.rstrip("\n"))
    assert "示例甲快递" in each.out
    document = run(*words, "--by", "enterprise", "--json").json
    assert "示例甲快递" in document["enterprises"]
    row = document["rows"][0]
    assert len(row["cells"]) == len(document["enterprises"])
    assert row["cells"][document["enterprises"].index("示例甲快递")]["text"] in each.out


@pytest.mark.parametrize(("region", "said"), [("12", "省级"), ("2202", "市级"), ("220281", "")])
def test_a_short_code_is_told_to_be_no_county(run: Run, tmp_path: Path, region: str, said: str) -> None:
    answer = run("--db", tmp_path / "l.db", "init", "--region", region)
    assert answer.status == 0
    assert (f"建的是{said}台账" in answer.err) is bool(said)
    code = region.ljust(6, "0")
    assert f"地区 {code}，" in answer.out


@pytest.mark.parametrize("region", ["99", "0", "000000", "9901", "992281"])
def test_a_code_that_is_no_region_is_refused(run: Run, tmp_path: Path, region: str) -> None:
    assert run("--db", tmp_path / "l.db", "init", "--region", region).status != 0
    assert not (tmp_path / "l.db").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["improt", "x.csv"], "没有“improt”这个命令，是不是“import”？可用：init、regions、"),
        (
            ["rules", "lst"],
            "没有“lst”这个动作，是不是“list”？可用：list、set、reset、history。\n用 bureau-ledger rules --help",
        ),
        (["rules"], "还缺 动作。可用：list、set、reset、history。"),
        (["batches", "--bogus", "3"], "不认识 “--bogus”“3”。"),
        (["import"], "还缺 FILE。\n用 bureau-ledger import --help 看用法。"),
        (["report", "monthly", "--period", "2021-03"], "还缺 -o/--output。"),
        (["import", "x.csv", "--status", "初报"], "--status：没有“初报”这种状态，可用：预计、快报、月报、年报。"),
        (["undo", "一"], "批次号 不能是“一”，要写一个数。"),
        (["init", "--region"], "--region 后面要有内容。"),
    ],
)
def test_a_slip_of_the_fingers_is_told_with_what_there_is(run: Run, words: list[str], says: str) -> None:
    answer = run(*words)
    assert (answer.status, answer.out) == (2, "")
    assert says in answer.err
    assert "'" not in answer.err, "Chinese quotes throughout"


def test_a_locked_workbook_is_read_with_its_password(run: Run, tmp_path: Path) -> None:
    locked = MARCH_FILES / "加密.xlsx"
    asked = run("inspect", locked)
    refused(asked)
    assert "--password" in asked.err
    refused(run("inspect", locked, "--password", "不是这个"))
    out = tmp_path / "表.csv"
    password = json.loads((MARCH_FILES / "manifest.json").read_text(encoding="utf-8"))["password"]
    answer = run("inspect", locked, "--password", password, "--csv", out, "--json")
    assert (answer.status, answer.json["layout"]) == (0, "official_form")
    assert "快递业务量合计,件,04,182304" in out.read_text(encoding="utf-8")


def test_importing_a_locked_workbook_asks_for_the_password_in_its_own_words(run: Run, spring_file: Path) -> None:
    (result,) = run("--db", spring_file, "import", MARCH_FILES / "加密.xlsx", "--dry-run", "--json").json
    assert [(issue["code"], "--password" in issue["suggestion"]) for issue in result["issues"]] == [
        ("ASK_PASSWORD", True)
    ]
