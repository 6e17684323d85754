"""Asking Debian's own records what is missing, and what is said to somebody who may not install."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import system_packages

SCRIPTS = Path(system_packages.__file__).parent

pytestmark = pytest.mark.skipif(not shutil.which("dpkg-query"), reason="no Debian system")


def test_only_what_is_not_installed_is_missing() -> None:
    assert system_packages.missing([("dpkg",), ("no-such-package-zq",)]) == ["no-such-package-zq"]


def test_a_package_counts_under_its_newer_name_too() -> None:
    assert system_packages.missing([("no-such-package-zq", "dpkg")]) == []


def test_nothing_is_asked_for_when_nothing_is_needed() -> None:
    assert system_packages.missing([]) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can become a user without rights")
def test_without_root_and_sudo_the_user_learns_what_to_ask_for() -> None:
    # All is imported while still root: another user may not enter the checkout.
    program = (
        "import os, sys, importlib.util, subprocess\n"
        f"sys.path.insert(0, {str(SCRIPTS)!r})\n"
        "import system_packages, console\n"
        "os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "system_packages.QT = (('no-such-package-zq',),)\n"
        "try: system_packages.ensure(for_tests=False)\n"
        "except console.Stop as reason: print(reason)\n"
    )
    command = [sys.executable, "-I", "-X", "utf8", "-c", program]
    done = subprocess.run(
        command, check=False, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8"
    )
    assert "请让管理员执行：apt-get install no-such-package-zq" in done.stdout, done.stderr
    assert "neither root nor sudo" in done.stdout
