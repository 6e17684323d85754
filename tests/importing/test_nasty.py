"""Nasty files give their table, or the reason why not; no code loses a digit."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from desktop_app.errors import FileRefusedError
from desktop_app.importing.normalise import write_normalised_csv
from tests.importing.nasty import PLAIN, Nasty, Table, nasty

FILES = nasty()
CODES = [row[0] for row in PLAIN[1:]]


def _read(folder: Path, name: str, item: Nasty) -> Table:
    source, out = folder / name, folder / "out.csv"
    source.write_bytes(item.data)
    write_normalised_csv(source, out)
    with out.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_there_are_at_least_eighty() -> None:
    assert len(FILES) >= 80


@pytest.mark.parametrize("name", FILES)
def test_nasty_file(tmp_path: Path, name: str) -> None:
    item = FILES[name]
    if item.refused:
        with pytest.raises(FileRefusedError, match=item.refused) as refusal:
            _read(tmp_path, name, item)
        assert refusal.value.hint
        return
    found = _read(tmp_path, name, item)
    assert found == item.table
    if item.table is PLAIN:
        assert [row[0] for row in found[1:]] == CODES
