"""``python -m desktop_app`` and the ``bureau-ledger`` command."""

from __future__ import annotations

import sys

from desktop_app.cli.main import main

if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        # In a frozen build the process that reads workbooks is this program again. Elsewhere the import only costs
        # time before the first window.
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())

__all__ = ["main"]
