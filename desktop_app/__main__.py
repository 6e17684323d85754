"""``python -m desktop_app`` and the ``bureau-ledger`` command."""

from __future__ import annotations

import sys
from multiprocessing import freeze_support

from desktop_app.cli.main import main

if __name__ == "__main__":
    # In a frozen build the process that reads workbooks is this program again.
    freeze_support()
    sys.exit(main())

__all__ = ["main"]
