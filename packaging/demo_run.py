"""`make run`: the demo ledger in its window or, without a screen, its sample month from the files to the PDF."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import environment
from console import Stop, say

DEMO = environment.ROOT / "build" / "demo"
LEDGER = DEMO / "demo.db"
MONTH = "2021-03"
SAMPLE = environment.ROOT / "resources" / "sample" / MONTH
REGION = "220281"


def main(arguments: list[str]) -> int:
    """Open the window when a screen is there; ``--headless`` does the work of the month without one."""
    unknown = [word for word in arguments if word != "--headless"]
    if unknown:
        raise Stop(f"不认识的参数 / unknown argument: {' '.join(unknown)}")
    if "--headless" in arguments or not has_screen(sys.platform, os.environ):
        return month_without_screen()
    if not LEDGER.exists():
        make_ledger(LEDGER)
    say(f"正在打开示例台账 {shown(LEDGER)}", "Opening the demo ledger")
    return ledger_command(LEDGER, "gui").returncode


def has_screen(platform: str, variables: Mapping[str, str]) -> bool:
    """Windows and macOS always have one; elsewhere a display server must be named."""
    return platform in {"win32", "darwin"} or bool(variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY"))


def month_without_screen() -> int:
    """Fresh ledger → the sample month's files → the monthly report; 1 when a step goes otherwise than it must."""
    started = time.monotonic()
    ledger = DEMO / "headless.db"
    make_ledger(ledger)
    # Files that need the same answer to a warning go in by one command: starting one takes longer than a file does.
    wrong = []
    for warning, group in groupby(sample_files(SAMPLE), key=lambda file: file.warning):
        wrong += import_files(ledger, list(group), warning)
    target = DEMO / f"月报_{MONTH}.pdf"
    target.unlink(missing_ok=True)
    arguments = ("report", "monthly", "--period", MONTH, "--format", "pdf", "-o", str(target))
    if ledger_command(ledger, *arguments).returncode != 0 or not target.is_file():
        raise Stop("月报没有印成，原因见上。 / The monthly report was not made, see above.")
    say(f"月报已存为 {shown(target)}（用时 {time.monotonic() - started:.0f} 秒）", "The monthly report")
    if wrong:
        say(f"以下文件的处理结果与预期不符：{'、'.join(wrong)}", "These files did not come out as they must")
    return 1 if wrong else 0


def make_ledger(ledger: Path) -> None:
    """A fresh ledger with the demo county; nothing of an older or half-made one is left."""
    ledger.parent.mkdir(parents=True, exist_ok=True)
    for old in ledger.parent.glob(f"{ledger.name}*"):
        old.unlink()
    say("正在建立示例台账……", "Making the demo ledger …")
    if ledger_command(ledger, "init", "--region", REGION, "--sample").returncode != 0:
        raise Stop("示例台账没有建成，原因见上。 / The demo ledger was not made, see above.")


@dataclass(frozen=True)
class SampleFile:
    """One file of the sample month: what must become of it, and the warning that has to be accepted, if any."""

    name: str
    expect: str
    warning: str


def sample_files(folder: Path) -> list[SampleFile]:
    """The files in the order to import them: as the companies sent them, then what they sent again after a refusal."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    entries = [*manifest["files"], *manifest["corrections"]]
    return [SampleFile(entry["name"], entry["expect"], entry["warning"]) for entry in entries]


def import_files(ledger: Path, files: list[SampleFile], warning: str) -> list[str]:
    """Import files by one command and say what became of each; gives the names that came out otherwise."""
    accept = ("--accept-warnings", f"已向企业核实：{warning}") if warning else ()
    paths = [str(SAMPLE / file.name) for file in files]
    done = ledger_command(ledger, "import", "--json", *accept, *paths, capture=True)
    outcomes = read_outcomes(done.stdout)
    if len(outcomes) != len(files):
        raise Stop(f"导入命令没有答复。 / The import gave no answer.\n{done.stderr}")
    wrong = []
    for file, (outcome, reason) in zip(files, outcomes, strict=True):
        words = {"committed": "已导入", "refused": "已拒绝"}.get(outcome, outcome)
        mark = "✓" if outcome == file.expect else "✗"
        print(f"  {mark} {words}  {file.name}{'：' + reason if reason else ''}", flush=True)
        if outcome != file.expect:
            wrong.append(file.name)
    if not wrong and done.returncode != int(any(file.expect == "refused" for file in files)):
        raise Stop(f"导入命令的退出状态是 {done.returncode}。 / The import ended with an unexpected status.")
    return wrong


def read_outcomes(stdout: str) -> list[tuple[str, str]]:
    """For each imported file its outcome and the first error, from the command's JSON; nothing when it is none."""
    try:
        results = json.loads(stdout)
    except ValueError:
        return []
    errors = [[issue["message"] for issue in one["issues"] if issue["severity"] == "error"] for one in results]
    return [(one["outcome"], found[0] if found else "") for one, found in zip(results, errors, strict=True)]


def ledger_command(ledger: Path, *arguments: str, capture: bool = False) -> subprocess.CompletedProcess[str]:
    """Run the program's own command on a ledger, with the rest of the user's environment as it is."""
    command = [str(environment.script("bureau-ledger")), "--db", str(ledger), *arguments]
    variables = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(command, check=False, capture_output=capture, encoding="utf-8", env=variables)


def shown(path: Path) -> str:
    """A path as the user would type it from the project's folder."""
    return str(path.relative_to(environment.ROOT))
