"""``python -m desktop_app`` and the ``bureau-ledger`` command."""

from __future__ import annotations

import gc
import sys

from desktop_app.cli.main import main

if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        # In a frozen build the process that reads workbooks is this program again. Elsewhere the import only costs
        # time before the first window.
        from multiprocessing import freeze_support

        freeze_support()
    status = main()
    # Leaving looks through all objects for garbage once more; the whole memory is given back anyway.
    gc.freeze()
    sys.exit(status)

__all__ = ["main"]
