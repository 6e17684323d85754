"""What Qt and the tests need from Debian and its relatives (Ubuntu, UOS, Kylin): installed where missing."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable

from console import Stop, say

# Each entry lists one package's names over the releases; the first is the one to install.
QT = (
    ("libgl1",),
    ("libegl1",),
    ("libglib2.0-0", "libglib2.0-0t64"),
    ("libgssapi-krb5-2",),
    ("libdbus-1-3",),
    ("libfontconfig1",),
    # Printing goes through CUPS; Wayland is the desktop of newer UOS and Debian.
    ("libcups2", "libcups2t64"),
    ("libwayland-cursor0",),
    ("libwayland-egl1",),
    ("libxkbcommon0",),
    ("libxkbcommon-x11-0",),
    ("libx11-xcb1",),
    ("libxcb-cursor0",),
    ("libxcb-glx0",),
    ("libxcb-icccm4",),
    ("libxcb-image0",),
    ("libxcb-keysyms1",),
    ("libxcb-randr0",),
    ("libxcb-render-util0",),
    ("libxcb-shape0",),
    ("libxcb-sync1",),
    ("libxcb-xfixes0",),
    ("libxcb-xkb1",),
)
TESTS = (("postgresql",), ("sqlite3",))


def ensure(*, for_tests: bool) -> None:
    """Install what is missing; does nothing, and asks no server, when all is there or the system has no apt.

    Without root and sudo, packages that the program needs stop the run; those of the tests are only named, and the
    tests that want them say that they were skipped.
    """
    if not sys.platform.startswith("linux") or not shutil.which("dpkg-query"):
        return
    needed = missing([*python_needs(), *QT])
    wanted = missing(TESTS) if for_tests else []
    if not needed and not wanted:
        return
    prefix = privilege()
    if prefix is None and needed:
        raise Stop(no_privilege(needed))
    if prefix is None:
        say(f"缺少 {' '.join(wanted)}，相关测试将跳过。", f"Without {' '.join(wanted)} some tests are skipped.")
        return
    install(prefix, [*needed, *wanted])


def python_needs() -> list[tuple[str, ...]]:
    """Debian keeps pip for new environments in a package of its own."""
    return [] if importlib.util.find_spec("ensurepip") else [("python3-venv",)]


def missing(packages: Iterable[tuple[str, ...]]) -> list[str]:
    """The packages of which no name is installed, by the name to install."""
    packages = list(packages)
    names = [name for alternatives in packages for name in alternatives]
    query = ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Abbrev}\n", *names]
    # Its exit status says only that some name is unknown, which is what we are here to learn.
    answer = subprocess.run(query, check=False, capture_output=True, text=True).stdout
    installed = {line.split()[0] for line in answer.splitlines() if line.split()[1:] == ["ii"]}
    return [names[0] for names in packages if installed.isdisjoint(names)]


def privilege() -> list[str] | None:
    """The words to put before a command for root's rights: none for root, sudo, or None when there is no way."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    # Where nobody can type a password, sudo must not wait for one.
    probe = ["sudo", "-v"] if sys.stdin.isatty() else ["sudo", "-n", "true"]
    return ["sudo"] if subprocess.run(probe, check=False).returncode == 0 else None


def install(prefix: list[str], packages: list[str]) -> None:
    """Fetch the package lists and install; apt's many words are shown only when it fails."""
    say(f"正在安装系统组件：{' '.join(packages)}", "Installing system packages")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    # A list that cannot be refreshed may still do; the install itself decides.
    subprocess.run([*apt, "update"], check=False)
    command = [*apt, "install", "-y", "--no-install-recommends", *packages]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        print(done.stdout)
        raise Stop(f"系统组件安装失败，原因见上。 / Installing system packages failed: {' '.join(packages)}")


def no_privilege(packages: list[str]) -> str:
    """What to tell somebody who may not install."""
    command = f"apt-get install {' '.join(packages)}"
    return (
        f"缺少系统组件，而当前用户不是 root，也不能使用 sudo。\n请让管理员执行：{command}\n"
        f"System packages are missing and there is neither root nor sudo. Ask the administrator to run:\n  {command}"
    )
