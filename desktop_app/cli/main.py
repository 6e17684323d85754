"""Entry point: runs one command and turns what happened into an exit status.

0 done; 1 refused or failed for a reason that the user can mend; 2 wrong usage; 3 a fault of ours, with a report file.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from desktop_app.cli.parser import build_parser
from desktop_app.errors import CancelledError, UserError
from desktop_app.log import start_logging, write_fault_report
from desktop_app.paths import default_ledger

DONE, REFUSED, USAGE, FAULT = 0, 1, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; never lets a stack trace through."""
    _start_lightly()
    _speak_utf8()
    parser = build_parser()
    arguments = parser.parse_args(argv)
    start_logging()
    if arguments.run is None:
        arguments = parser.parse_args([*(argv if argv is not None else sys.argv[1:]), "gui"])
    arguments.db = arguments.db or os.environ.get("BUREAU_LEDGER_DB") or str(default_ledger())
    try:
        return int(arguments.run(arguments))
    except UserError as error:
        print(error.on_command_line, file=sys.stderr)
        return REFUSED
    except (CancelledError, KeyboardInterrupt):
        print("已取消，没做完的一步没有留下改动。", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # The reader of our output (head, less) has gone: nothing more to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # noqa: BLE001 (the last resort: every other fault is ours)
        report = write_fault_report(error, f"执行 {arguments.command}")
        print(f"程序出错：{type(error).__name__}。", end="", file=sys.stderr)
        print(f"故障报告在 {report}，请交给维护人员。" if report else "故障报告也写不出来。", file=sys.stderr)
        return FAULT


def _start_lightly() -> None:
    """Loading makes several hundred thousand objects that stay: looking through them for garbage takes 0.1 s.

    numpy's linear algebra, which nothing here uses, would start a thread for each core that waits busily for work.
    """
    gc.set_threshold(50_000, 20, 20)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _speak_utf8() -> None:
    """Chinese must come through pipes and old Windows consoles alike."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
