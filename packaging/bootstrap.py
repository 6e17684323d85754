r"""From a bare machine to the running program, with one command; the Makefile is thin over this.

    python3 packaging/bootstrap.py run        (Linux; on Windows: py -3 packaging\bootstrap.py run)

Standard library only: it runs before anything is installed. Words after the command are handed on, so that
``bootstrap.py test tests/storage -k backup`` and ``bootstrap.py run --headless`` work.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

if sys.version_info < (3, 11):  # noqa: UP036  the point is to say so on an old Python, before newer syntax is met
    sys.exit("需要 Python 3.11 或更高版本 / Python 3.11 or later is needed; found " + sys.version.split()[0])

import demo_run
import environment
import system_packages
from console import Stop, say

WINDOW = "tests/gui"
"""The tests of the window: they run in a process of their own."""

USAGE = """用法 / usage: bootstrap.py COMMAND [...]
  setup   安装所需并建立 .venv / install what is needed
  run     打开示例台账；没有屏幕时导入示例月份并印出月报 / open the demo ledger, or print its month without a screen
  test    全部测试 / the whole test suite, offscreen
  check   规范、类型、层次 / lint, types, layers
  bench   性能测量 / benchmarks
  shots   各页面截图 / screenshots of every view
"""


def setup(_rest: list[str]) -> int:
    """System packages and the environment with the development tools."""
    system_packages.ensure(for_tests=True)
    environment.ensure("dev")
    say("环境已就绪。", "The environment is ready.")
    return 0


def run(rest: list[str]) -> int:
    """Open the demo ledger, or do its month's work without a screen."""
    system_packages.ensure(for_tests=False)
    environment.ensure("run")
    return demo_run.main(rest)


def test(rest: list[str]) -> int:
    """The whole suite, without a screen; what is given on top goes to one pytest.

    The window's tests wait much and calculate little, the others the reverse: side by side they take half the time on
    two cores. What the window's tests say is printed behind the others.
    """
    setup([])
    if rest:
        return call("-m", "pytest", *rest)
    with tempfile.TemporaryFile() as said:
        window = subprocess.Popen(
            python_call("-m", "pytest", WINDOW), cwd=environment.ROOT, env=offscreen(), stdout=said, stderr=said
        )
        try:
            others = call("-m", "pytest", f"--ignore={WINDOW}")
        finally:
            status = window.wait()
        said.seek(0)
        print(said.read().decode("utf-8", "replace"), flush=True)
    return others or status


def check(_rest: list[str]) -> int:
    """Lint, format, types and layers; all are run, so that one look shows everything."""
    setup([])
    steps = {
        "ruff check": ("-m", "ruff", "check", "."),
        "ruff format": ("-m", "ruff", "format", "--check", "."),
        "mypy": ("-m", "mypy"),
        "layers": ("-m", "pytest", "-q", "tests/test_architecture.py"),
    }
    failed = []
    for name, arguments in steps.items():
        print(f"== {name}", flush=True)
        if call(*arguments) != 0:
            failed.append(name)
    print(f"check: {'failed: ' + ', '.join(failed) if failed else 'ok'}", flush=True)
    return 1 if failed else 0


def bench(rest: list[str]) -> int:
    """The measurements of benchmarks/, and those that lie among the tests; no part of the ordinary run."""
    setup([])
    return call("-m", "pytest", "benchmarks", "tests", "--benchmark-only", "--quiet", "-rN", *rest)


def shots(rest: list[str]) -> int:
    """Every view as a picture in build/shots/."""
    setup([])
    return call(str(environment.ROOT / "packaging" / "shots.py"), *rest)


COMMANDS = {"setup": setup, "run": run, "test": test, "check": check, "bench": bench, "shots": shots}


def call(*arguments: str) -> int:
    """Run the environment's Python without a screen, in the project's folder; gives its exit status."""
    return subprocess.run(python_call(*arguments), cwd=environment.ROOT, env=offscreen(), check=False).returncode


def python_call(*arguments: str) -> list[str]:
    """The command line of the environment's Python."""
    return [str(environment.python()), *arguments]


def offscreen() -> dict[str, str]:
    """The variables of a run without a screen."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}


def main(arguments: list[str]) -> int:
    """Carry out one command; 2 for a word that is none."""
    for stream in (sys.stdout, sys.stderr):
        # A console that has no Chinese shows a substitute instead of breaking off.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # both are real text files here
    if not arguments or arguments[0] not in COMMANDS:
        print(USAGE)
        return 0 if arguments[:1] in ([], ["-h"], ["--help"]) else 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
