"""What every part of the backend has of the whole: the open ledger."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.services.ledger import Ledger


class LedgerBackend(ABC):
    """One subject of the window's questions. Called inside jobs only, never in the UI thread."""

    @abstractmethod
    def _opened(self) -> Ledger:
        """The ledger of this window, opened at the first call."""
