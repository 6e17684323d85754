"""Programs measured from outside, each a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_LAUNCHER = """
import os, subprocess, sys, time
begin = time.perf_counter()
process = subprocess.Popen(sys.argv[1:])
_, status, usage = os.wait4(process.pid, 0)
print()
print(time.perf_counter() - begin, usage.ru_maxrss, usage.ru_utime + usage.ru_stime)
sys.exit(os.waitstatus_to_exitcode(status))
"""


@dataclass(frozen=True)
class Run:
    """What one process took: seconds by the clock and of processor time, megabytes at its peak."""

    seconds: float
    megabytes: float
    processor: float
    output: str


def run(command: Sequence[str], typed: str = "", variables: Mapping[str, str] | None = None) -> Run:
    """Run to the end by a small launcher: a child starts with the peak of its parent, and this process is large."""
    launched = [sys.executable, "-c", _LAUNCHER, *command]
    done = subprocess.run(
        launched, input=typed, stdout=subprocess.PIPE, encoding="utf-8", env=variables, check=True, timeout=300
    )
    output, _, told = done.stdout.rstrip("\n").rpartition("\n")
    seconds, kilobytes, processor = told.split()
    return Run(float(seconds), int(kilobytes) / 1024, float(processor), output)
