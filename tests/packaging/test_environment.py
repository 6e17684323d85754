"""The environment is made once, and made again when, and only when, what it depends on has changed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import environment
import pytest

ROOT = Path(__file__).resolve().parents[2]
BOOTSTRAP = ROOT / "packaging" / "bootstrap.py"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder that has the files the environment depends on."""
    for name in environment.INPUTS:
        (tmp_path / name).write_text(f"{name}\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def made(project: Path) -> Path:
    """A finished environment for development."""
    folder = project / ".venv"
    environment.python(folder).parent.mkdir(parents=True)
    environment.python(folder).touch()
    (folder / "setup-stamp.txt").write_text(f"dev\n{environment.fingerprint(project)}\n", encoding="utf-8")
    return folder


def test_a_finished_environment_is_left_alone(project: Path, made: Path) -> None:
    assert environment.is_current("dev", made, project)


def test_the_development_environment_also_runs_the_program(project: Path, made: Path) -> None:
    assert environment.is_current("run", made, project)


def test_the_programs_environment_does_not_serve_development(project: Path, made: Path) -> None:
    (made / "setup-stamp.txt").write_text(f"run\n{environment.fingerprint(project)}\n", encoding="utf-8")
    assert environment.is_current("run", made, project)
    assert not environment.is_current("dev", made, project)


@pytest.mark.parametrize("changed", environment.INPUTS)
def test_a_changed_pin_or_project_file_is_noticed(project: Path, made: Path, changed: str) -> None:
    (project / changed).write_text("another version\n", encoding="utf-8")
    assert not environment.is_current("dev", made, project)


def test_an_interrupted_installation_is_taken_up_again(project: Path, made: Path) -> None:
    (made / "setup-stamp.txt").unlink()
    assert not environment.is_current("dev", made, project)


def test_an_environment_without_python_is_made_again(project: Path, made: Path) -> None:
    environment.python(made).unlink()
    assert not environment.is_current("dev", made, project)


def test_a_python_that_does_not_start_is_no_environment(tmp_path: Path) -> None:
    broken = tmp_path / "python"
    assert not environment.works(broken)
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    assert not environment.works(broken)
    assert environment.works(Path(sys.executable))


def bootstrap(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(BOOTSTRAP), *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False, env=utf8())


def utf8() -> dict[str, str]:
    return {**os.environ, "PYTHONUTF8": "1"}


def test_usage_names_every_command(tmp_path: Path) -> None:
    done = bootstrap("--help", cwd=tmp_path)
    assert done.returncode == 0
    for command in ("setup", "run", "test", "check", "bench", "shots"):
        assert f"\n  {command} " in done.stdout


def test_an_unknown_command_is_wrong_usage() -> None:
    assert bootstrap("destroy").returncode == 2


def test_a_console_without_chinese_does_not_stop_the_set_up() -> None:
    variables = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, str(BOOTSTRAP), "--help"]
    done = subprocess.run(command, capture_output=True, env=variables, check=False)
    assert done.returncode == 0
    assert b"open the demo ledger" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="make is for Unix; on Windows bootstrap.py is called directly")
@pytest.mark.parametrize("target", ["run", "setup", "test", "check", "bench", "shots"])
def test_make_hands_each_target_to_the_script(target: str) -> None:
    # As from a fresh shell: the tests themselves may have been started by make.
    shell = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        ["make", "-n", target], cwd=ROOT, capture_output=True, encoding="utf-8", env=shell, check=False
    )
    assert done.stdout.split() == ["python3", "packaging/bootstrap.py", target]
