"""Tables of Chinese exports come out whole: heads joined, preamble and notes gone, totals kept, cells unchanged."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from desktop_app.importing.normalise import write_normalised_csv
from tests.importing.chinese import Chinese, chinese
from tests.importing.chinese_more import more
from tests.importing.chinese_offices import offices
from tests.importing.chinese_printed import printed

FILES = {**chinese(), **more(), **offices(), **printed()}


@pytest.mark.parametrize(("name", "item"), FILES.items(), ids=FILES)
def test_the_table_of_an_export(tmp_path: Path, name: str, item: Chinese) -> None:
    source, out = tmp_path / name, tmp_path / "out.csv"
    source.write_bytes(item.data)
    write_normalised_csv(source, out)
    assert list(csv.reader(io.StringIO(out.read_bytes().decode("utf-8"), newline=""))) == item.table


def test_there_are_at_least_a_hundred_and_fifty() -> None:
    assert len(FILES) >= 150
