"""What only a real process shows: exit statuses, Chinese in a plain locale, a reader that goes away."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.demo import MARCH_FILES, ROOT


def started(*words: str | Path, home: Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    environment = {
        name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ
    }
    environment |= {"LC_ALL": "C", "PYTHONUTF8": "0", "BUREAU_LEDGER_HOME": str(home), **more}
    command = [sys.executable, "-m", "desktop_app", *map(str, words)]
    return subprocess.run(command, capture_output=True, check=False, cwd=ROOT, env=environment, timeout=120)


def test_a_month_s_question_from_the_shell(spring_file: Path, own_home: Path) -> None:
    ended = started(
        "indicator", "MKT.VOL", "--period", "2021-03", "--json", home=own_home, BUREAU_LEDGER_DB=str(spring_file)
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert json.loads(ended.stdout.decode("utf-8"))["sentence"] == "62.84万件，同比增长18.6%"


@pytest.mark.parametrize(
    ("words", "status"),
    [(["duties", "--period", "2021-03"], 1), (["duties"], 2), (["inspect", str(MARCH_FILES / "其实是PDF.csv")], 1)],
)
def test_statuses_and_chinese_words_in_a_plain_locale(words: list[str], status: int, own_home: Path) -> None:
    ended = started(*words, "--json", home=own_home)
    assert (ended.returncode, ended.stdout) == (status, b"")
    said = ended.stderr.decode("utf-8")
    assert any("一" <= char <= "鿿" for char in said)
    assert "Traceback" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="a shell pipeline of POSIX")
def test_a_reader_that_has_seen_enough_is_no_fault(spring_file: Path, own_home: Path) -> None:
    words = "coverage --period 2021-03 --by town --gaps --json"
    line = f'"{sys.executable}" -m desktop_app --db "{spring_file}" {words} | head -1'
    environment = os.environ | {"BUREAU_LEDGER_HOME": str(own_home)}
    ended = subprocess.run(  # noqa: S602 (a line of our own)
        line, shell=True, capture_output=True, check=False, cwd=ROOT, env=environment, timeout=120
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"{\n", b"")


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a screen")
def test_without_a_screen_the_window_says_so(spring_file: Path, own_home: Path) -> None:
    ended = started("gui", home=own_home, BUREAU_LEDGER_DB=str(spring_file))
    assert ended.returncode == 1
    assert "这里没有屏幕，打不开窗口" in ended.stderr.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="needs bash")
def test_a_refused_file_is_refused_though_nobody_reads_on(spring_file: Path, own_home: Path, tmp_path: Path) -> None:
    bad = tmp_path / "空表.csv"
    bad.write_bytes(b"")
    command = f'"{sys.executable}" -m desktop_app import "{bad}" --json | true; exit ${{PIPESTATUS[0]}}'
    environment = {**os.environ, "BUREAU_LEDGER_HOME": str(own_home), "BUREAU_LEDGER_DB": str(spring_file)}
    ended = subprocess.run(["bash", "-c", command], capture_output=True, check=False, cwd=ROOT, env=environment)
    assert ended.returncode == 1
