"""Blind reading of polluted files: what each pollution leaves must come out whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.importing.normalise import write_normalised_csv
from tests.importing.pollution import Polluted, pollutions, score

FILES = [polluted for polluted in pollutions(step=28) if polluted.data]
OF_THE_FILE = [polluted for polluted in FILES if " at " not in polluted.name]


def _score(folder: Path, polluted: Polluted) -> float:
    source, out = folder / "polluted.csv", folder / "out.csv"
    source.write_bytes(polluted.data)
    write_normalised_csv(source, out, join=" ")
    with out.open(encoding="utf-8", newline="") as stream:
        return score(polluted, stream.read())


def test_polluted_files_score_at_least_nine_point_nine(tmp_path: Path) -> None:
    scores = {polluted.name: _score(tmp_path, polluted) for polluted in FILES}
    assert len(scores) > 100
    assert sum(scores.values()) / len(scores) >= 9.9
    assert {name: value for name, value in scores.items() if value < 9.5} == {}


@pytest.mark.parametrize("polluted", OF_THE_FILE[:24], ids=lambda polluted: polluted.name)
def test_each_delimiter_quote_escape_and_line_end_is_read_whole(tmp_path: Path, polluted: Polluted) -> None:
    assert _score(tmp_path, polluted) == 10
