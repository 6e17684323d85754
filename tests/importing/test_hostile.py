"""Damaged and hostile files: read or refused in Chinese, quickly, never anything else."""

from __future__ import annotations

import io
import random
import time
import zipfile
from pathlib import Path

import pytest

from desktop_app.errors import FileRefusedError
from desktop_app.importing.plan import ImportOptions, ImportPlan
from desktop_app.importing.planner import plan_import
from tests.importing.makers import (
    ROOT,
    Rows,
    context,
    csv_bytes,
    market_row,
    market_table,
    old_xls_bytes,
    save,
    xls_bytes,
    xlsx_bytes,
)

TABLE: Rows = market_table(market_row("示例甲快递", 1000, 80_000, 10), market_row("示例乙快递", 900, 70_000, 5))
SEEDS = {
    "csv": csv_bytes(TABLE, "gb18030"),
    "xlsx": xlsx_bytes(TABLE),
    "xls": xls_bytes(TABLE),
    "old xls": old_xls_bytes(TABLE),
}


def _scratch(data: bytes, rng: random.Random) -> bytes:
    """A few bytes changed, lost, doubled or added."""
    body = bytearray(data)
    for _ in range(rng.randint(1, 20)):
        at, kind = rng.randrange(len(body)), rng.random()
        if kind < 0.4:
            body[at] = rng.randrange(256)
        elif kind < 0.6:
            del body[at : at + rng.randint(1, 40)]
        elif kind < 0.8:
            body[at:at] = rng.randbytes(rng.randint(1, 9))
        else:
            body[at:at] = body[at : at + rng.randint(1, 200)]
    return bytes(body)


def _scratch_parts(data: bytes, rng: random.Random) -> bytes:
    """The same inside the parts of a workbook, so that the archive itself stays whole; some parts get lost."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            if rng.random() > 0.05:
                new.writestr(info.filename, _scratch(part, rng) if rng.random() < 0.3 else part)
    return out.getvalue()


def _outcome(path: Path) -> ImportPlan | FileRefusedError:
    try:
        return plan_import(path, context(), ImportOptions())
    except FileRefusedError as refusal:
        return refusal


@pytest.mark.parametrize("kind", SEEDS)
def test_scratched_files_are_read_or_refused(tmp_path: Path, kind: str) -> None:
    rng = random.Random(kind)  # noqa: S311  (scratches of a test, the same every time)
    start = time.process_time()
    for turn in range(60):
        seed = SEEDS[kind]
        data = _scratch_parts(seed, rng) if kind == "xlsx" and turn % 4 else _scratch(seed, rng)
        outcome = _outcome(save(tmp_path, "表.bin", data))
        if isinstance(outcome, ImportPlan):
            counts = outcome.counts
            assert counts.read == counts.accepted + counts.rejected + counts.skipped
        else:
            assert outcome.hint
    assert time.process_time() - start < 60


def test_shared_strings_that_lie_about_their_number(tmp_path: Path) -> None:
    path = next((ROOT / "resources" / "sample" / "2021-03").glob("甲*.xlsx"))
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            part = old.read(info)
            if info.filename.endswith("sharedStrings.xml"):
                part = part.replace(b"<si>", b"<si>", 1).replace(b'count="', b'count="99999999')
            new.writestr(info.filename, part)
    outcome = _outcome(save(tmp_path, "甲.xlsx", out.getvalue()))
    assert isinstance(outcome, ImportPlan)


def test_a_cell_with_megabytes_of_text(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月"], ["企业名称", "投递量（件）", "备注"], ["示例甲快递", "5", "长" * 2_000_000]]
    start = time.process_time()
    outcome = _outcome(save(tmp_path, "表.csv", rows))
    assert isinstance(outcome, ImportPlan)
    assert len(outcome.observations) == 1
    assert time.process_time() - start < 10
