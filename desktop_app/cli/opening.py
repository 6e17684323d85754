"""Opening the ledger that ``--db`` names."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.services.ledger import Ledger


def opened(arguments: argparse.Namespace) -> Ledger:
    """The ledger of this command; whoever opens it closes it.

    :raises UserError: there is none, or it cannot be opened.
    """
    from desktop_app.services.ledger import open_ledger
    from desktop_app.services.own_file import faults

    ledger = open_ledger(arguments.db)
    for fault in faults(ledger):
        # Beside the answer, not in it: what does not rest on the faulty entry is as right as ever.
        print(f"自设指标有错：{fault}", file=sys.stderr)
    return ledger
