"""Every part stands at one pinned version, and no file says where parts are fetched from."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS_OR_THE_INSTALLER = {"bureau-ledger", "pip"}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonical(name): version for name, version in pairs}


def test_all_that_is_installed_is_pinned_at_its_version() -> None:
    installed = {canonical(part.name): part.version for part in metadata.distributions()}
    loose = {name: version for name, version in installed.items() if name not in OURS_OR_THE_INSTALLER}
    assert {name: version for name, version in loose.items() if pins().get(name) != version} == {}


def test_all_that_the_program_needs_is_pinned_for_every_system() -> None:
    needed = [re.split(r"[\s;<>=!~\[(]", line)[0] for line in metadata.requires("bureau-ledger") or []]
    assert [name for name in needed if canonical(name) not in pins()] == []


def test_qt_is_the_newest_that_runs_on_glibc_2_28() -> None:
    assert (pins()["pyside6-essentials"], pins()["shiboken6"]) == ("6.9.3", "6.9.3")


def test_no_file_of_the_set_up_names_a_server() -> None:
    files = ["pyproject.toml", "constraints.txt", "Makefile", ".ci/run"]
    files += [path.relative_to(ROOT).as_posix() for path in (ROOT / "packaging").glob("*.py")]
    named = {name: re.findall(r"https?://\S+|--(?:extra-)?index-url", (ROOT / name).read_text()) for name in files}
    assert {name: found for name, found in named.items() if found} == {}
