"""Opening the ledger that ``--db`` names."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.services.ledger import Ledger


def opened(arguments: argparse.Namespace) -> Ledger:
    """The ledger of this command; whoever opens it closes it.

    :raises UserError: there is none, or it cannot be opened.
    """
    from desktop_app.services.ledger import open_ledger

    return open_ledger(arguments.db)
