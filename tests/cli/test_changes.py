"""Cell diffs and ``undo --dry-run`` from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.importing.makers import csv_bytes, save
from tests.services.test_changes import sheet


def test_an_import_tells_its_diff_and_an_undo_what_hangs_on_it(run: Run, registers: Path, tmp_path: Path) -> None:
    one = save(tmp_path, "一.csv", csv_bytes(sheet(("示例丙快递", 1000, 2000))))
    two = save(tmp_path, "二.csv", csv_bytes(sheet(("示例丙快递", 1000, 2100))))
    first = run("--db", registers, "--json", "import", one, "--accept-warnings", "已核实").json[0]
    assert first["diff"] is None
    looked = run("--db", registers, "--json", "import", two, "--dry-run")
    diff = looked.json[0]["diff"]
    assert (diff["changed"], diff["unchanged"], diff["same_as"]) == (2, 2, [])
    cell = next(cell for cell in diff["cells"] if cell["code"] == "MKT.VOL.INTER")
    assert {key: cell[key] for key in ("of", "period", "column", "old", "new", "difference", "old_batch", "unit")} == {
        "of": "示例丙快递",
        "period": "2021-03",
        "column": "本月",
        "old": "2000",
        "new": "2100",
        "difference": "+100",
        "old_batch": first["batch"],
        "unit": "件",
    }
    assert "更正：2 格不同，2 格相同" in looked.err
    second = run("--db", registers, "--json", "import", two, "--accept-warnings", "报错").json[0]

    told = run("--db", registers, "--json", "undo", str(second["batch"]), "--dry-run")
    assert told.status == 0
    assert (told.json["possible"], told.json["disappear"]) == (True, 0)
    assert [(c["old"], c["new"]) for c in told.json["come_back"]] == [("2100", "2000"), ("3100", "3000")]
    assert "还没有撤销" in run("--db", registers, "undo", str(second["batch"]), "--dry-run").out
    rows = {row["id"]: row["state"] for row in run("--db", registers, "--json", "batches").json}
    assert rows[second["batch"]] == "committed", "nothing has been undone"


def test_a_dry_run_of_what_cannot_be_undone_says_why(run: Run, spring: Path) -> None:
    told = run("--db", spring, "--json", "undo", "1", "--dry-run")
    assert told.status == 1
    assert told.json["possible"] is False
    assert "已有它们的数据" in told.json["refused"]
    assert told.json["used_by"][0]["file"].startswith("进村")


def test_a_return_sheet_carries_the_reason(run: Run, registers: Path, tmp_path: Path) -> None:
    file = save(tmp_path, "丙.csv", csv_bytes(sheet(("示例丙快递", 1000, 2000))))
    out = tmp_path / "退回.xlsx"
    words = ("returns", "make", file, "-o", out, "--reason", "漏了乡镇网点的件")
    assert run("--db", registers, "--json", *words).status == 0
    assert out.exists()
