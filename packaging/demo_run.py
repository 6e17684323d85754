"""`make run`: the demo ledger in its window or, without a screen, its sample month from the files to the PDF."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
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
    wrong = [file.name for file in sample_files(SAMPLE) if not import_as_expected(ledger, file)]
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


def import_as_expected(ledger: Path, file: SampleFile) -> bool:
    """Import one file and say what became of it; whether that is what it must be."""
    accept = ("--accept-warnings", f"已向企业核实：{file.warning}") if file.warning else ()
    done = ledger_command(ledger, "import", "--json", str(SAMPLE / file.name), *accept, capture=True)
    outcome, reason = read_outcome(done.stdout, done.stderr)
    as_expected = outcome == file.expect and done.returncode == (1 if file.expect == "refused" else 0)
    words = {"committed": "已导入", "refused": "已拒绝"}.get(outcome, outcome)
    print(f"  {'✓' if as_expected else '✗'} {words}  {file.name}{'：' + reason if reason else ''}", flush=True)
    return as_expected


def read_outcome(stdout: str, stderr: str) -> tuple[str, str]:
    """The outcome of one imported file and the first reason against it, from the command's answer."""
    try:
        result = json.loads(stdout)[0]
    except (ValueError, LookupError, TypeError):
        lines = stderr.strip().splitlines()
        return "refused", lines[0] if lines else "?"
    errors = [issue["message"] for issue in result["issues"] if issue["severity"] == "error"]
    return result["outcome"], errors[0] if errors else ""


def ledger_command(ledger: Path, *arguments: str, capture: bool = False) -> subprocess.CompletedProcess[str]:
    """Run the program's own command on a ledger, with the rest of the user's environment as it is."""
    command = [str(environment.script("bureau-ledger")), "--db", str(ledger), *arguments]
    variables = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(command, check=False, capture_output=capture, encoding="utf-8", env=variables)


def shown(path: Path) -> str:
    """A path as the user would type it from the project's folder."""
    return str(path.relative_to(environment.ROOT))
