"""The recognised table as plain CSV: header and data, cells as they stood."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.importing.normalise import write_normalised_csv
from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.planner import inspect_file
from tests.importing.makers import Rows, csv_bytes, save


def _written(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8"), newline="")))


def test_title_notes_and_blanks_are_gone(tmp_path: Path) -> None:
    rows: Rows = [
        ["2021年3月快递业务量"],
        ["单位：件"],
        ["企业名称", "业务量", "", "备注"],
        ["", "本月", "累计", ""],
        ["示例甲快递", "1,234", "０5", "说“好”,\n换行"],
        [],
        ["示例乙快递", "007", "", ""],
        ["合计", "1,241", "", ""],
        ["注：示例"],
    ]
    out = tmp_path / "out.csv"
    reading = write_normalised_csv(save(tmp_path, "表.csv", csv_bytes(rows, "gb18030")), out, join=" ")
    assert reading.encoding == "gb18030"
    assert _written(out) == [
        ["企业名称", "业务量 本月", "业务量 累计", "备注"],
        ["示例甲快递", "1,234", "０5", "说“好”,\n换行"],
        ["示例乙快递", "007", "", ""],
        ["合计", "1,241", "", ""],
    ]
    assert out.read_bytes().endswith(b"\r\n")


def test_a_reading_made_before_can_be_written(tmp_path: Path) -> None:
    path = save(tmp_path, "表.csv", [["企业名称", "业务量"], ["示例甲快递", "5"]])
    out = tmp_path / "out.csv"
    write_normalised_csv(inspect_file(path, ImportOptions()), out)
    assert _written(out) == [["企业名称", "业务量"], ["示例甲快递", "5"]]


WORD = st.text(st.characters(whitelist_categories=("Lo", "Nd"), max_codepoint=0x9FFF), min_size=1, max_size=6)
CELL = st.one_of(WORD, st.sampled_from(["1,234", "“引”号", 'a"b', "换\n行", "007", "-5", "", " 空格 ", "；分号"]))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(WORD, st.integers(0, 10**9).map(str), CELL), min_size=1, max_size=10))
def test_data_cells_come_through_unchanged(rows: list[tuple[str, str, str]]) -> None:
    table = [["名称一", "数值甲", "备注乙"], *map(list, rows)]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.csv"
        reading = write_normalised_csv(save(Path(folder), "表.csv", table), out)
        kept = [list(row.cells) for row in reading.rows if row.role.value in {"数", "计"}]
        assert _written(out)[1:] == kept
        assert all(row in table for row in kept)
