"""One file of a batch on which storing fails: it alone ends, with nothing of it stored, and a report."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from desktop_app.paths import log_dir
from tests.cli.conftest import Run
from tests.services.demo import MARCH_FILES

NAMES = ("甲_202103.xlsx", "乙3月.csv", "丙 月报(终).xls")
BROKEN = """
CREATE TRIGGER broken BEFORE INSERT ON observation
WHEN NEW.enterprise_id IN (SELECT id FROM enterprise WHERE name LIKE 'COMPANY%')
BEGIN SELECT RAISE(ABORT, 'broken'); END
"""


def break_storing(db: Path, company: str) -> None:
    """Figures of these companies can no longer be written: the batch is in the transaction already when they fail."""
    with closing(sqlite3.connect(db)) as connection:
        connection.execute(BROKEN.replace("COMPANY", company))
        connection.commit()


def test_a_fault_while_storing_ends_its_file_only(run: Run, registers: Path) -> None:
    break_storing(registers, "示例乙")
    files = [MARCH_FILES / name for name in NAMES]
    answer = run("--db", registers, "import", *files, "--accept-warnings", "已核实", "--json")
    assert answer.status == 1
    assert [(each["file"], each["outcome"]) for each in answer.json] == [
        (NAMES[0], "committed"), (NAMES[1], "refused"), (NAMES[2], "committed"),
    ]  # fmt: skip
    first = answer.json[1]["issues"][0]
    assert (first["code"], first["message"]) == ("PROGRAM_FAULT", "入库时程序出错，没有入库")
    (report,) = log_dir().glob("故障-*.txt")
    assert str(report) in first["suggestion"]
    with closing(sqlite3.connect(registers)) as connection:
        stored = [name for (name,) in connection.execute("SELECT file_name FROM import_batch ORDER BY id")]
    assert stored[-2:] == [NAMES[0], NAMES[2]]
    assert NAMES[1] not in stored


def test_every_fault_has_a_report_of_its_own(run: Run, registers: Path) -> None:
    break_storing(registers, "示例")
    files = [MARCH_FILES / name for name in NAMES]
    answer = run("--db", registers, "import", *files, "--accept-warnings", "已核实", "--json")
    told = {each["issues"][0]["suggestion"] for each in answer.json}
    assert len(told) == len(list(log_dir().glob("故障-*.txt"))) == len(NAMES)


def test_a_damaged_ledger_is_not_the_files_fault(run: Run, registers: Path) -> None:
    with registers.open("r+b") as ledger:
        ledger.seek(4096 * 2)
        ledger.write(b"\xff" * 4096 * 60)
    answer = run("--db", registers, "import", MARCH_FILES / NAMES[0], "--dry-run")
    assert answer.status == 1
    assert "已损坏" in answer.err
    assert "bureau-ledger restore" in answer.err
    assert "不读" not in answer.err
