"""The log file and fault reports: what a fault of ours leaves behind, without names or figures of companies."""

from __future__ import annotations

import logging
import sys
import traceback
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from desktop_app import __version__
from desktop_app.paths import log_dir

LOGGER = logging.getLogger("bureau_ledger")
MAX_BYTES = 1_000_000


def start_logging() -> None:
    """Write warnings and worse to the log file; without a writable folder the program goes on without."""
    if LOGGER.handlers:
        return
    try:
        log_dir().mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            log_dir() / "bureau-ledger.log", maxBytes=MAX_BYTES, backupCount=3, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)


def write_fault_report(error: BaseException, doing: str) -> Path | None:
    """Write what happened to a file of its own and return it; None when nothing can be written."""
    import platform  # only a fault needs it; it takes part of the time before the first window

    now = datetime.now().astimezone()
    lines = [
        f"邮管台账 {__version__}",
        f"时间 {now:%Y-%m-%d %H:%M:%S}",
        f"系统 {platform.platform()}，Python {sys.version.split()[0]}",
        f"正在 {doing}",
        "",
        *traceback.format_exception(error),
    ]
    target = log_dir() / f"故障-{now:%Y%m%d-%H%M%S}.txt"
    try:
        # Several files of one batch may fail within a second; each has a report of its own.
        number = 1
        while target.exists():
            number += 1
            target = target.with_name(f"故障-{now:%Y%m%d-%H%M%S}-{number}.txt")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(lines), encoding="utf-8")
    except OSError:
        return None
    return target
