"""The project's own environment, .venv: made from constraints.txt, and left alone while nothing has changed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

from console import Stop, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
INPUTS = ("pyproject.toml", "constraints.txt")
EXTRAS = {"run": "[postgres]", "dev": "[postgres,dev]"}


def python(environment: Path = VENV) -> Path:
    """The environment's Python."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def script(name: str, environment: Path = VENV) -> Path:
    """A command that was installed into the environment."""
    return environment / (f"Scripts/{name}.exe" if os.name == "nt" else f"bin/{name}")


def fingerprint(root: Path = ROOT) -> str:
    """What the environment depends on: the pinned parts, the project's file, its place, and Python's version."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {root}".encode())
    for name in INPUTS:
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def is_current(level: str, environment: Path = VENV, root: Path = ROOT) -> bool:
    """Whether nothing has to be done for ``level`` (``run`` or ``dev``); the ``dev`` environment serves ``run`` too."""
    stamp = environment / "setup-stamp.txt"
    if not stamp.is_file() or not python(environment).exists():
        return False
    done = stamp.read_text(encoding="utf-8").split()
    return done in ([level, fingerprint(root)], ["dev", fingerprint(root)])


def ensure(level: str) -> None:
    """Make or refresh .venv for ``level``. The stamp is written last, so an interrupted run is taken up again."""
    if is_current(level):
        return
    stamp = VENV / "setup-stamp.txt"
    stamp.unlink(missing_ok=True)
    if not works(python()):
        say("正在建立 .venv……", "Making .venv …")
        venv.create(VENV, clear=True, symlinks=os.name != "nt", with_pip=True)
    say("正在安装所需组件（首次约一两分钟）……", "Installing parts (a minute or two the first time) …")
    # The build tool is pinned as well, and used as it is installed: no second, unpinned download.
    pip("install", "setuptools")
    # Compiling everything ahead doubles the time; Python compiles what it uses, when it first does.
    pip("install", "--no-compile", "--no-build-isolation", "--editable", f".{EXTRAS[level]}")
    stamp.write_text(f"{level}\n{fingerprint()}\n", encoding="utf-8")


def works(interpreter: Path) -> bool:
    """Whether this is a Python of our version that starts and has pip."""
    if not interpreter.exists():
        return False
    probe = f"import sys, pip; sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r})"
    return subprocess.run([str(interpreter), "-c", probe], check=False, capture_output=True).returncode == 0


def pip(*arguments: str) -> None:
    """Run the environment's pip with the pinned versions; of its own words only errors are shown."""
    command = [str(python()), "-m", "pip", "-qq", "--disable-pip-version-check", *arguments, "-c", "constraints.txt"]
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise Stop(
            "组件安装失败，原因见上；请检查网络或软件源后重试。\n"
            "Installing the parts failed, see above; check the network or the package source and try again."
        )
