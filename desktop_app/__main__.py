"""``python -m desktop_app`` and the ``bureau-ledger`` command."""

from __future__ import annotations

import sys

from desktop_app.cli.main import main

if __name__ == "__main__":
    sys.exit(main())

__all__ = ["main"]
