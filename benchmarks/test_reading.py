"""How well and how fast files are read: ``pytest benchmarks/test_reading.py --benchmark-only -s`` prints the score."""

from __future__ import annotations

from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from desktop_app.importing.normalise import write_normalised_csv
from tests.importing import pollock
from tests.importing.pollution import pollutions, score


def test_score_of_polluted_files(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """Every fourth line struck in each of its cells."""
    source, out = tmp_path / "polluted.csv", tmp_path / "out.csv"
    scores: dict[str, float] = {}

    def read_all() -> None:
        for polluted in pollutions(step=4):
            if polluted.data:
                source.write_bytes(polluted.data)
                write_normalised_csv(source, out, join=" ")
                with out.open(encoding="utf-8", newline="") as stream:
                    scores[polluted.name] = score(polluted, stream.read())

    # The plugin leaves this call without annotations.
    benchmark.pedantic(read_all, rounds=1, iterations=1)  # type: ignore[no-untyped-call]
    mean = sum(scores.values()) / len(scores)
    worst = sorted(scores.items(), key=lambda item: item[1])[:3]
    print(f"\n{len(scores)} polluted files: {mean:.3f} of 10; lowest: {worst}")
    assert mean >= 9.9


def test_score_by_the_published_rules(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """All 2 290 files, unweighted and weighted."""
    source, out = tmp_path / "polluted.csv", tmp_path / "out.csv"
    scores: list[tuple[float, float]] = []

    def read_all() -> None:
        for item in pollock.files():
            source.write_bytes(item.data)
            write_normalised_csv(source, out, join=" ")
            scores.append((pollock.score(item.truth, out.read_bytes().decode("utf-8")), item.weight))

    # The plugin leaves this call without annotations.
    benchmark.pedantic(read_all, rounds=1, iterations=1)  # type: ignore[no-untyped-call]
    mean = sum(value for value, _ in scores) / len(scores)
    weighted = sum(value * weight for value, weight in scores) / sum(weight for _, weight in scores)
    print(f"\n{len(scores)} files by the published rules: {mean:.3f} of 10, weighted {weighted:.3f}")
    assert mean >= 9.95
    assert weighted >= 9.95
